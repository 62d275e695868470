"""Where one post ends and the next begins: what stands above the first post's name opens posts, what stands
below the last one's text closes them.

Between two posts nothing tells "3 points" over a name from "3 points" under a text; the page's first and
last posts do, since nothing comes before and after them.
"""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from msgspec.structs import replace

from discourse.ingest.pasted.posts import Place
from discourse.ingest.pasted.recurrence import Rows

_UP, _DOWN = 6, 10  # rows above the first name and below the last text that are looked at
_MOST = 0.5  # share of borders on which a shape must stand to be told
_FEWEST = 3  # posts of a page on which anything can be told


def settled(page: Rows, places: Sequence[Place]) -> list[Place]:
    """Return the places with those rows over their names that the first and last post show to be theirs."""
    if len(places) < _FEWEST or places[0].below:
        return list(places)
    gaps = [_gap(before, after) for before, after in pairwise(places)]
    usual = _usual(page, gaps)
    over = _shapes(page, range(max(0, places[0].name - _UP), places[0].name))
    end = max(places[-1].texts[1], places[-1].last) + 1
    under = _shapes(page, range(end, min(len(page.rows), end + _DOWN)))
    opening, closing = (usual & over) - under, (usual & under) - over
    if not opening and not closing:
        return list(places)
    floors = [max(0, places[0].name - _UP), *(gap.start for gap in gaps)]
    return [
        _settled(page, place, floor, opening, closing) for place, floor in zip(places, floors, strict=True)
    ]


def _gap(before: Place, after: Place) -> range:
    return range(max(before.texts[1], before.last) + 1, after.name)


def _usual(page: Rows, gaps: Sequence[range]) -> frozenset[str]:
    """Return the shapes that stand on most borders between posts."""
    times = Counter(shape for gap in gaps for shape in _shapes(page, gap))
    return frozenset(shape for shape, held in times.items() if held >= _MOST * len(gaps))


def _shapes(page: Rows, rows: range) -> frozenset[str]:
    return frozenset(page.rows[at].shape for at in rows if not page.rows[at].long)


def _settled(page: Rows, place: Place, floor: int, opening: frozenset[str], closing: frozenset[str]) -> Place:
    first = place.name
    while first > floor:
        shape = page.rows[first - 1].shape
        if shape in closing or (shape not in opening and first - 1 < place.first):
            break
        first -= 1
    return replace(place, first=first)
