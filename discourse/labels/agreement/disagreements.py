"""Where annotators differ, for somebody who settles it: one row for each unit, in the order of the posts."""

from collections.abc import Collection, Iterator, Sequence

from discourse.labels.agreement.reading import MACHINE, CodedPost
from discourse.labels.agreement.units import (
    PRESENCE,
    Unit,
    answer_units,
    comparable,
    presence_units,
    sayers_of,
    value_name,
)
from discourse.labels.people import Row

COLUMNS = ("post_id", "thread_id", "layer", "label", "target", "among", "said", "quotes", "text")
_BEFORE, _AFTER = 80, 240  # code points of a post's text around the first passage that is quoted
_QUOTE = 120  # code points of a quotation
_LAYERS = ("quote", "rhetoric", "reply", "stance", "claim", "link", "split", "turn")


def disagreements(post: CodedPost, layers: Collection[str]) -> Iterator[dict[str, str]]:
    """Yield a row for each unit of a post on which people differ, or people and the machine do.

    Yields
    ------
    dict
        `among`: `people` where people differ among themselves, else `people and machine`; `said`: who
        says what; `quotes`: the passages that carry the label, and whose they are; `text`: the post
        around the first of these, cut with `…`.
    """
    for layer in _LAYERS:
        if layer in layers:
            units = presence_units(post, layer) if layer in PRESENCE else answer_units(post, layer)
            for unit in units:
                if among := _among(unit, post.people):
                    yield _row(post, unit, among)


def _among(unit: Unit, people: Sequence[str]) -> str:
    own = {unit.said[name] for name in people if name in unit.said}
    if len(own) > 1:
        return "people"
    return "people and machine" if own and MACHINE in unit.said and unit.said[MACHINE] not in own else ""


def _row(post: CodedPost, unit: Unit, among: str) -> dict[str, str]:
    rows = [row for row in (*post.said, *post.machine) if _is_of(row, unit, post)]
    names = [*post.people, MACHINE]
    said = [
        f"{_name(name)}: {value_name(unit.layer, unit.said[name])}" for name in names if name in unit.said
    ]
    return {
        "post_id": post.post_id,
        "thread_id": post.thread_id,
        "layer": unit.layer,
        "label": unit.label,
        "target": unit.target or "",
        "among": among,
        "said": "; ".join(said),
        "quotes": " | ".join(_quotes(post, rows)),
        "text": excerpt(post.text, min((row["start"] for row in rows), default=0)),
    }


def _is_of(row: Row, unit: Unit, post: CodedPost) -> bool:
    if row["layer"] != unit.layer or (unit.label and row["label"] != unit.label):
        return False
    target = row["target"] or (post.reply_to if unit.layer == "reply" else None)
    return unit.layer in PRESENCE or comparable(target) == comparable(unit.target)


def _quotes(post: CodedPost, rows: Sequence[Row]) -> Iterator[str]:
    places: dict[tuple[int, int], list[str]] = {}
    for row in rows:
        whose = places.setdefault((row["start"], row["end"]), [])
        whose += [_name(name) for name in sayers_of(row) if name != MACHINE]
    for (start, end), whose in sorted(places.items()):
        quote = post.text[start:end]
        cut = quote if len(quote) <= _QUOTE else f"{quote[:_QUOTE]}…"
        yield f"{', '.join(dict.fromkeys(whose))}: {cut}"


def _name(annotator: str) -> str:
    return annotator.removeprefix("human:")


def excerpt(text: str, at: int) -> str:
    """Return the text around a place, with `…` where it was cut."""
    if len(text) <= _BEFORE + _AFTER:
        return text
    start = max(0, at - _BEFORE)
    end = min(len(text), start + _BEFORE + _AFTER)
    return f"{'…' if start else ''}{text[start:end]}{'…' if end < len(text) else ''}"
