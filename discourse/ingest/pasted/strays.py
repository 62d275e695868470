"""Lines of a comment that hold a date and pass for a header, though the page writes its moments otherwise."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from discourse.ingest.counts import Count
from discourse.ingest.pasted.headers import Stamp
from discourse.ingest.times import Moment
from discourse.ingest.timewords import MONTHS, WEEKDAYS, ZONES

_WORD = re.compile(r"[^\W\d_]+")
_KINDS = {
    **{word.lower(): "zone" for word in ZONES},
    **dict.fromkeys(("am", "pm"), "half"),
    **dict.fromkeys(("st", "nd", "rd", "th"), "nth"),
    **{word.lower(): "weekday" for word in WEEKDAYS},
    **dict.fromkeys(MONTHS, "month"),
}

Shape = tuple[str, str]  # what a moment says, and how it is written


def without_strays(stamps: list[Stamp], lines: Sequence[str], counts: Sequence[Count]) -> list[Stamp]:
    """Leave out stamps that stand where a text should begin and say when in another way than the headers.

    Parameters
    ----------
    counts
        The numbers of comments that the page states; those above the first stamp tell. Where the
        stamps are as many as one of them, all stay; where those left over are, it takes no more
        than another shape. Otherwise a stamp goes only if it gives a date as full in another shape.
    """
    numbers = {count.number for count in counts if stamps and count.index < stamps[0].name_index}
    close = _close(stamps, lines)
    shapes = [_shape(stamp, lines) for stamp in stamps]
    model = _usual([shape for shape, follows in zip(shapes, close, strict=True) if not follows])
    if model is None or len(stamps) in numbers:
        return stamps
    strays = _strays(shapes, close, model)
    bold = [stamp for place, stamp in enumerate(stamps) if place not in strays]
    alike = [stamp for stamp, shape in zip(stamps, shapes, strict=True) if shape == model]
    for kept in (bold, alike):
        if len(kept) in numbers:
            return kept
    sure = {place for place in strays if shapes[place][0] == model[0]}
    return [stamp for place, stamp in enumerate(stamps) if place not in sure]


def _close(stamps: Sequence[Stamp], lines: Sequence[str]) -> list[bool]:
    """Say of each stamp whether nothing stands between it and the one before."""
    between = (
        any(line.strip() for line in lines[here.index + 1 : min(there.name_index, there.index)])
        for here, there in pairwise(stamps)
    )
    return [False, *(not text for text in between)][: len(stamps)]


def _usual(shapes: Sequence[Shape]) -> Shape | None:
    """Return the shape of most headers that follow a text; None where hardly two share one."""
    shape, times = next(iter(Counter(shapes).most_common(1)), (None, 0))
    return shape if times >= 2 and 2 * times > len(shapes) else None


def _strays(shapes: Sequence[Shape], close: Sequence[bool], model: Shape) -> frozenset[int]:
    """Return the places of the stamps right below a usual header, or below such a stray, that differ."""
    found: list[int] = []
    for place in range(1, len(shapes)):
        opened = shapes[place - 1] == model or (found and found[-1] == place - 1)
        if close[place] and opened and shapes[place] != model:
            found.append(place)
    return frozenset(found)


def _shape(stamp: Stamp, lines: Sequence[str]) -> Shape:
    moment = stamp.moment
    said = _said(moment)
    if moment.offset is not None:
        return said, said  # "a day ago" and "3 hours ago" are one way of writing
    text = lines[stamp.index][moment.start : moment.end].lower()
    kinds = _WORD.sub(lambda word: _KINDS.get(word[0], word[0]), text)
    return said, " ".join(re.sub(r"\d+", "0", kinds).replace(". ", " ").strip(".,").split())


def _said(moment: Moment) -> str:
    if moment.offset is not None:
        return "day word" if moment.has_clock else "ago"
    return "day" if moment.day is not None else "day of the year"
