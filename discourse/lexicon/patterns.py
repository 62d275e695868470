"""What a lexicon entry's pattern stands for: its forms, or a regular expression of bounded cost."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from math import prod
from re import _constants as _codes  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any

from discourse.lexicon.regex_slots import slots_of_regex
from discourse.lexicon.slots import WHOLE, Slot
from discourse.text.normalise import fold

_GROUP = re.compile(r"\(([^()]*)\)")
_LOOSE = re.compile(r" (?=[,.!?;:](?:[ \n]|\Z))")
_BEFORE = r"(?<!\w)(?<!\w')"
_AFTER = r"(?!\w)(?!'\w)"
# a blank, or nothing where an empty alternative has left two of them side by side
_BLANK = rf"(?: |(?<!\w)|{_AFTER})"
# up to three words and commas, never across the end of a sentence or line; possessive, so it never backtracks
_GAP = r"(?:[ ,]++[\w$%'-]++){0,3}?[ ,]++"

_IS_AFTER = re.compile(_AFTER)
_NO_WORD = re.compile(r"[^\w'() |-]|_|(?<![^\W_])['-]|['-](?![^\W_])")  # marks, but within words

_WHOLE = Slot((WHOLE,))
_LOOK = 3  # code points behind its last one that `_AFTER` looks at, and one more

MATCHES = ("phrase", "inflected", "gap", "regex")
MAX_FORMS = 200  # beyond these a pattern is searched as a regular expression
MAX_WAYS = 100_000  # ways in which a regex may match from one starting point


@lru_cache(maxsize=1 << 13)  # asked for where a pattern is checked, counted and written out
def _pieces(pattern: str) -> list[list[str]]:
    """Split a pattern into alternatives, one list a place; fixed text is a list of one."""
    if set("()|") & set(_GROUP.sub("", pattern)):
        raise ValueError("its brackets do not pair, or lie within each other")
    parts = _GROUP.split(" ".join(pattern.split()))
    return [part.split("|") if place % 2 else [part] for place, part in enumerate(parts)]


def count_forms(pattern: str) -> int:
    """Count the forms of a pattern with alternatives, without writing them out."""
    return prod(map(len, _pieces(pattern)))


def expand(pattern: str) -> list[str]:
    """Return every form of a pattern with alternatives: `you (lot|people)` has two, `(really|) bad` too.

    Blanks left doubled by an empty alternative become one; none stays before a comma or full stop.

    Raises
    ------
    ValueError
        Where a bracket lies within another or has no partner.
    """
    forms = [""]
    for piece in _pieces(pattern):
        forms = [form + word for form in forms for word in piece]
    return list(dict.fromkeys(filter(None, _tight("\n".join(forms)).split("\n"))))


def _tight(lines: str) -> str:
    """Return lines with words one blank apart, and none before the marks that end words.

    So many forms at once, as a lexicon has them by the hundred thousand.
    """
    while "  " in lines:
        lines = lines.replace("  ", " ")
    return _LOOSE.sub("", lines.replace(" \n", "\n").replace("\n ", "\n").strip(" "))


def form_regex(pattern: str, *, gaps: bool = False) -> str:
    """Return a regular expression for the same forms as `expand`; its matches may begin or end in a blank.

    Parameters
    ----------
    gaps
        Whether a `*` between blanks stands for up to three words.
    """
    written = ""
    for place, piece in enumerate(_pieces(pattern)):
        words = [_blanks(re.escape(word), gaps=gaps) for word in sorted(piece, key=len, reverse=True)]
        written += f"(?:{'|'.join(words)})" if place % 2 else words[0]
    return _BEFORE + written + _AFTER


def _blanks(escaped: str, *, gaps: bool) -> str:
    if gaps:
        escaped = escaped.replace(r"\ \*\ ", _GAP)
    return escaped.replace(r"\ ", _BLANK)


def inflect(form: str) -> list[str]:
    """Return a phrase with its last word, or the one before a `~`, in its regular English forms.

    The forms are those of a verb and of a noun alike (s, ed, ing, possessive): a form
    that is no word does no harm.
    """
    head, mark, tail = form.partition("~")
    start, word = head.rpartition(" ")[0], head.rpartition(" ")[2]
    before = f"{start} " if start else ""
    return [f"{before}{changed}{tail if mark else ''}" for changed in _word_forms(word)]


def _word_forms(word: str) -> list[str]:
    if word.endswith("y") and word[-2:-1] not in tuple("aeiou"):
        stem = word[:-1]
        return [word, f"{stem}ies", f"{stem}ied", f"{word}ing", f"{word}'s"]
    if word.endswith("e"):
        return [word, f"{word}s", f"{word}d", f"{word[:-1]}ing", f"{word}'s"]
    if word.endswith(("s", "x", "z", "ch", "sh")):
        return [word, f"{word}es", f"{word}ed", f"{word}ing", f"{word}'s"]
    forms = [word, f"{word}s", f"{word}ed", f"{word}ing", f"{word}'s"]
    if re.fullmatch(r"[^aeiou]*[aeiou][^aeiouwxy]", word):
        forms += [f"{word}{word[-1]}ed", f"{word}{word[-1]}ing"]
    return forms


def forms_of(folded: str, match: str) -> list[str]:
    """Return every form of a folded pattern; none where it is to be searched as a regular expression."""
    if match == "inflected":
        return list(dict.fromkeys(changed for form in expand(folded) for changed in inflect(form)))
    return expand(folded) if match == "phrase" and count_forms(folded) <= MAX_FORMS else []


def nested_forms(pattern: str) -> dict[str, list[str]]:
    """Return for each form of a phrase those that begin with it or with which it begins, word for word.

    Forms without such others are left out, and so are all where they are too many to be written out.
    """
    found: dict[str, list[str]] = {}
    shorter: list[str] = []  # each begins with the one before
    for form in sorted(forms_of(fold(pattern), "phrase")):
        while shorter and not form.startswith(shorter[-1]):
            shorter.pop()
        for other in shorter:
            if ends_word(form, len(other)):
                found.setdefault(form, []).append(other)
                found.setdefault(other, []).append(form)
        shorter.append(form)
    return found


def ends_word(text: str, place: int) -> bool:
    """Say whether a phrase may end at a place of a text."""
    return _IS_AFTER.match(text, place) is not None


def has_only_words(folded: str) -> bool:
    """Say whether a phrase is made of words one blank apart and nothing else."""
    return _NO_WORD.search(folded) is None


def regex_of(pattern: str, match: str) -> str:
    """Return the regular expression of a pattern that is searched as one."""
    return pattern if match == "regex" else form_regex(fold(pattern), gaps=match == "gap")


def slots_of(pattern: str, match: str) -> tuple[list[Slot], int | None]:
    """Return a pattern as slots, and how many code points it looks at from where it begins; None: no end."""
    if match == "regex":
        return slots_of_regex(pattern)
    found = [_WHOLE]
    for piece in _pieces(fold(pattern)):
        if match == "gap" and any("*" in word for word in piece):
            found += _gap_slots(piece)
        else:
            found.append(_slot(piece))
    longest = [slot.longest for slot in found]
    width = None if None in longest else sum(each for each in longest if each is not None) + _LOOK
    return [*found, _WHOLE], width


def _slot(piece: Sequence[str]) -> Slot:
    # a blank beside a mark may be left out in a text
    return Slot(tuple(piece), min(len(word.replace(" ", "")) for word in piece), max(map(len, piece)))


def _gap_slots(piece: Sequence[str]) -> list[Slot]:
    if len(piece) > 1:
        return [Slot((), 0, None)]
    first, *rest = (_slot([part]) for part in piece[0].split(" * "))
    return [first, *(slot for part in rest for slot in (_WHOLE, Slot((), 1, None), _WHOLE, part))]


def trimmed(match: re.Match[str]) -> tuple[int, int]:
    """Return where a match begins and ends without the blanks around it."""
    text = match.group()
    return match.start() + len(text) - len(text.lstrip(" ")), match.end() - len(text) + len(text.rstrip(" "))


def check_pattern(pattern: str, match: str) -> None:
    """Refuse a pattern that cannot be searched in bounded time.

    Raises
    ------
    ValueError
        Saying what is wrong with it.
    """
    if match == "regex":
        check_linear(pattern)
    elif (forms := count_forms(pattern)) > MAX_FORMS and match == "inflected":
        raise ValueError(f"it stands for {forms} forms, more than {MAX_FORMS}")


def check_linear(pattern: str) -> None:
    """Refuse a regular expression whose cost could grow faster than the text.

    Raises
    ------
    ValueError
        For an endless repeat (`*`, `+`, `{2,}`), or where one starting point leaves
        more than `MAX_WAYS` ways of matching.
    """
    ways = _ways(_parse(pattern))
    if ways > MAX_WAYS:
        raise ValueError(f"it can match in {ways} ways from one place, more than {MAX_WAYS}")


def _parse(pattern: str) -> Sequence[Any]:
    try:
        return _parser.parse(pattern)  # type: ignore[no-any-return]
    except re.error as error:
        raise ValueError(f"it is no regular expression: {error}") from error


def _ways(sequence: Sequence[Any]) -> int:
    ways = 1
    for code, value in sequence:
        ways *= _ways_of(code, value)
        if ways > MAX_WAYS:
            break
    return ways


def _ways_of(code: Any, value: Any) -> int:
    if code in (_codes.MAX_REPEAT, _codes.MIN_REPEAT, _codes.POSSESSIVE_REPEAT):
        low, high, inner = value
        if high is _codes.MAXREPEAT:
            raise ValueError("it repeats without end (* + or {n,}); write a limit such as {0,20}")
        if code is _codes.POSSESSIVE_REPEAT:
            return 1
        each = _ways(inner)
        return (
            int(high - low + 1)
            if each == 1
            else min(MAX_WAYS + 1, sum(each**k for k in range(low, high + 1)))
        )
    if code is _codes.GROUPREF_EXISTS:
        raise ValueError("it asks whether a group has matched; write alternatives instead")
    return sum(_ways(part) for part in _parts(code, value)) or 1


def _parts(code: Any, value: Any) -> Iterator[Sequence[Any]]:
    """Yield the sequences that lie within a node, alternatives one by one."""
    if code is _codes.BRANCH:
        yield from value[1]
    elif code is _codes.SUBPATTERN:
        yield value[3]
    elif code is _codes.ATOMIC_GROUP:
        yield value
    elif code in (_codes.ASSERT, _codes.ASSERT_NOT):
        yield value[1]
