"""Which field of an export holds what: by its usual names, in several languages, or as the user says."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from discourse.errors import UnreadableSourceError
from discourse.ingest.exports import usual
from discourse.ingest.exports.chunks import Chunk, as_list
from discourse.ingest.exports.personal import holds_personal, is_personal_name
from discourse.ingest.exports.shapes import as_id
from discourse.ingest.exports.usual import OURS, USUAL, WEAK, plain_name

_JUDGED = 2_000  # values of which the first that are not empty are looked at
_SAMPLE = 200  # values that a column is judged by
_PROSE = 20.0  # mean length from which a column of words can be the text
_NAME_LENGTH = 200  # an id longer than this is none

_TEXT_WORDS = frozenset({word for name in USUAL["text"] for word in name.split("_")} | {"comments"})
_TEXT_WORDS -= {
    "tweet",
    "post",
    "full",
    "raw",
    "self",
    "turn",
    "html",
    "com",
    "display",
    "original",
    "review",
}


def choose_fields(chunk: Chunk, named: Mapping[str, str], where: str) -> dict[str, str]:
    """Tell which field of some records holds what.

    Parameters
    ----------
    named
        Which of them the user has named: our names (author, text, id, parent, thread, time) to theirs.

    Returns
    -------
    dict
        Our names to theirs; only the text is always there.

    Raises
    ------
    UnreadableSourceError
        Where no field, or more than one alike, can be the text, or the named one is missing.
    """
    found = named_fields(chunk.columns, named, where)
    for ours in ("text", *(name for name in OURS if name != "text")):
        if ours not in found and (theirs := _chosen(ours, chunk, found.values())) is not None:
            found[ours] = theirs
    if "text" not in found:
        found["text"] = _by_look(chunk, found.values(), where)
    return found


def named_fields(names: Iterable[str], named: Mapping[str, str], where: str) -> dict[str, str]:
    """Find the fields that the user has named: exactly, else apart from case, else by number from 1."""
    present = list(names)
    found = {}
    for ours, wanted in named.items():
        if ours not in OURS:
            raise UnreadableSourceError(
                where=where,
                problem=f"there is no column {ours!r} in our tables",
                fix=f"Use {', '.join(OURS)}",
            )
        alike = [name for name in present if plain_name(name) == plain_name(wanted)]
        if wanted in present:
            found[ours] = wanted
        elif len(alike) == 1:
            found[ours] = alike[0]
        elif wanted.isdigit() and 0 < int(wanted) <= len(present):
            found[ours] = present[int(wanted) - 1]
        else:
            raise _no_column(where, f"it has no column {wanted!r}", present, ours)
    return found


def matching(ours: str, names: Iterable[str]) -> list[str]:
    """Return the fields whose name is one usual for a column of ours, the best first."""
    return list(usual.matching(ours, tuple(names)))


def _chosen(ours: str, chunk: Chunk, taken: Iterable[str]) -> str | None:
    free = [name for name in chunk.columns if name not in set(taken) and not is_personal_name(name)]
    candidates = matching(ours, free)
    if ours == "text":
        candidates += _ending_in_text(free, candidates)
    fitting = [name for name in candidates if fits(ours, _first(chunk.columns[name]))]
    if ours == "thread":
        fitting = [name for name in fitting if not _is_the_posts_own(name, _first(chunk.columns[name]))]
    if ours == "author":  # the name shown before the number of the account
        fitting.sort(key=lambda name: _are_numbers(_first(chunk.columns[name])))
    return fitting[0] if fitting else None


def _is_the_posts_own(name: str, values: Sequence[Any]) -> bool:
    """Say whether a field that may name the thread, such as `url`, names each post instead."""
    present = [str(value) for value in values if value not in (None, "")]
    return plain_name(name) in WEAK["thread"] and len(set(present)) == len(present) > 1


def _are_numbers(values: Sequence[Any]) -> bool:
    present = [value for value in values if value not in (None, "")][:_SAMPLE]
    return all(isinstance(value, int | float) or str(value).isdigit() for value in present)


def _ending_in_text(names: Sequence[str], known: Sequence[str]) -> list[str]:
    """Return fields such as `your_comment`; the more of their words say text the better, a tie gives none."""
    counts = {
        name: sum(word in _TEXT_WORDS for word in words)
        for name in names
        if name not in known and (words := plain_name(name).split("_"))[-1] in _TEXT_WORDS
    }
    best = [name for name, count in counts.items() if count == max(counts.values())]
    return best if len(best) == 1 else []


def _first(values: Any) -> list[Any]:
    return as_list(values[:_JUDGED])


def fits(ours: str, values: Sequence[Any]) -> bool:
    """Say whether a column's first values can be what its name says; one without values can be anything."""
    present = [value for value in values if value not in (None, "")][:_SAMPLE]
    if not present:
        return ours != "text"
    if ours == "text":
        return sum(isinstance(value, str) for value in present) * 2 > len(present) and _are_no_labels(present)
    if ours == "author":
        return not holds_personal(present) and sum(map(_is_name, present)) * 2 > len(present)
    if ours == "thread":  # a title is as good as an id
        return sum(_is_id(value) or _is_name(value) for value in present) * 10 >= len(present) * 9
    if ours in ("id", "parent"):
        return sum(map(_is_id, present)) * 10 >= len(present) * 9
    return True


def _are_no_labels(values: Sequence[Any]) -> bool:
    # a column "response" may hold yes and no
    return len(values) < 20 or len({str(value) for value in values}) > len(values) // 10


def _is_name(value: object) -> bool:
    if isinstance(value, str):
        return len(value) <= _NAME_LENGTH
    return isinstance(value, dict | int | float) and not isinstance(value, bool)


def _is_id(value: object) -> bool:
    # the text of the post answered may stand under the name "parent"
    if isinstance(value, str):
        return len(value) <= _NAME_LENGTH and len(value.split()) == 1
    if isinstance(value, dict):  # as databases write ids
        return as_id(value) is not None
    return isinstance(value, int | float) and not isinstance(value, bool)


def _by_look(chunk: Chunk, taken: Iterable[str], where: str) -> str:
    """Return the only column that reads like prose."""
    names = [name for name in chunk.columns if name not in set(taken)]
    prose = [name for name in names if _reads_like_prose(_first(chunk.columns[name]))]
    # a name alone decides where no column reads like prose: texts may be missing or all alike
    prose = prose or matching("text", names)[:1]
    if len(prose) == 1:
        return prose[0]
    if prose:
        listed = " or ".join(map(repr, prose[:5]))
        raise _no_column(where, f"its text may be {listed}", list(chunk.columns), "text")
    raise _no_column(where, "no column of it can be told to hold texts", list(chunk.columns), "text")


def _reads_like_prose(values: Sequence[Any]) -> bool:
    present = [value for value in values[:_SAMPLE] if value not in (None, "")]
    texts = [value for value in present if isinstance(value, str)]
    if not texts or 2 * len(texts) < len(present) or not _are_no_labels(texts):
        return False
    spaced = sum(" " in text.strip() or not text.isascii() for text in texts)
    return sum(map(len, texts)) / len(texts) >= _PROSE and 2 * spaced > len(texts)


def _no_column(where: str, problem: str, names: Sequence[str], ours: str) -> UnreadableSourceError:
    listed = ", ".join(repr(name) if "," in name else name for name in names[:30]) + (
        " …" if len(names) > 30 else ""
    )
    return UnreadableSourceError(
        where=where,
        problem=f"{problem}; its columns are: {listed}",
        fix=f"Name it with --columns {ours}=NAME",
    )
