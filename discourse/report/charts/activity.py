"""When a thread was written: bars over time."""

from collections.abc import Sequence
from datetime import datetime

from discourse.plots.glance import bin_labels
from discourse.report.charts.canvas import INK, LINE, MIXED, SOFT, Canvas

_WIDE, _HIGH = 540.0, 175.0  # pixels
_ROOM = 0.1  # of a bin, left free on either side of its bar
_MOST_NUMBERS, _MOST_LEVELS = 6, 3
_LEAP = 14.0  # pixels from a line of words to the next


def activity_chart(
    edges: Sequence[datetime], posts: Sequence[int], disputed: Sequence[int], *, prefix: str, title: str
) -> str:
    """Draw posts over time: those in disputes as the full foot of each bar, the others hollow upon it.

    Parameters
    ----------
    edges
        Where each bin begins, and where the last one ends.
    posts, disputed
        How many posts stand in each bin, and how many of these in disputes.
    """
    canvas = Canvas()
    most = max([1, *posts])
    wide = _WIDE / max(len(posts), 1)

    def y(count: int) -> float:
        return _HIGH * (1 - count / most)

    for level in levels(most):
        canvas.lines([[(0.0, y(level)), (_WIDE, y(level))]], LINE)
        canvas.text((-6.0, y(level)), f"{level:,}", anchor="end", colour=SOFT)
    for low, high, fill, edge in ((disputed, posts, MIXED, SOFT), ([0] * len(posts), disputed, INK, INK)):
        boxes = [
            ((place + _ROOM) * wide, y(two), (place + 1 - _ROOM) * wide, y(one))
            for place, (one, two) in enumerate(zip(low, high, strict=True))
            if two > one
        ]
        canvas.boxes(boxes, fill, edge)
    places = range(0, len(posts), -(-len(posts) // _MOST_NUMBERS) or 1)
    for place, words in zip(places, bin_labels(edges, places), strict=True):
        for row, line in enumerate(words.split("\n")):
            canvas.text(((place + 0.5) * wide, _HIGH + 13.0 + _LEAP * row), line, colour=SOFT)
    return canvas.svg(prefix=prefix, title=title)


def levels(most: int) -> list[int]:
    """Return the round numbers at which lines stand, from 0 to at most `most`: four of them at most."""
    step = 1
    while most // step > _MOST_LEVELS:
        # 1, 2, 5, 10, 20, 50 and so on
        step = step * 5 // 2 if str(step).startswith("2") else step * 2
    return list(range(0, most + 1, step))
