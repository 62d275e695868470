"""Pages whose names stand under the texts, read as if they stood over them: the page's ends tell.

Between two texts nothing says whether a name belongs to the one above or the one below. But over the
first name such a page has a text that nobody wrote, and under the last name none.
"""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from discourse.ingest.pasted.posts import Place
from discourse.ingest.pasted.recurrence import Rows
from discourse.ingest.pasted.rows import Row
from discourse.ingest.pasted.tagging import TEXT

_FEWEST = 4  # posts of a page on which anything can be told
_NEAR = 8  # rows between a text and the names around it
_EMPTY = 0.2  # share of posts that may be without text
_SHARE = 0.5  # share of texts over which a row of the same shape stands, so that it opens them


def turned(page: Rows, places: Sequence[Place], tags: Sequence[int]) -> list[Place]:
    """Return the places with each name at the text above it, where the page's ends show that."""
    if len(places) < _FEWEST or places[0].below:
        return list(places)
    bare = places[-1].texts[1] < places[-1].texts[0]
    first = _text_above(page, tags, places[0].first, plain=bare)
    ends = list(places) if bare else _with_last(page, places)
    empty = sum(last < begun for begun, last in (place.texts for place in places[:-1]))
    if first is None or ends is None or empty > _EMPTY * len(places):
        return list(places)
    opening = _opening(page, places, first)
    if not opening and not _closed_alike(page, places, first):
        return list(places)  # an article, and a page cut behind a header
    texts = [first, *(place.texts for place in places)]
    overs = [first[0] - opening, *(max(place.name, place.last - opening) + 1 for place in places)]
    found = []
    for at, (place, text) in enumerate(zip(ends, texts, strict=False)):
        last = place.last if place is ends[-1] else overs[at + 1] - 1
        over = overs[at] if overs[at] < text[0] else None
        if text[1] >= text[0]:
            found.append(Place(place.first, place.name, last, text, below=True, over=over))
    return found


def _text_above(page: Rows, tags: Sequence[int], first: int, *, plain: bool) -> tuple[int, int] | None:
    """Return the first and last row of a text shortly above the first name; None where there is none.

    `plain` takes running words for a text that the model did not.
    """
    held = [tag == TEXT for tag in tags[:first]]
    if plain and not any(held[-_NEAR:]):
        held = [page.prose(at) or page.rows[at].long for at in range(first)]
    last = next((at for at in range(first - 1, max(-1, first - 1 - _NEAR), -1) if held[at]), None)
    if last is None:
        return None
    begun = last
    while begun and held[begun - 1]:
        begun -= 1
    return begun, last


def _with_last(page: Rows, places: Sequence[Place]) -> list[Place] | None:
    """Return the places with one more, for a name under the last text; None where none stands there."""
    end = places[-1].texts[1]
    known = {page.rows[place.name].text for place in places}
    under = range(end + 1, min(len(page.rows), end + 1 + _NEAR))
    at = next((at for at in under if page.rows[at].text in known), None)
    if at is None:
        steps = Counter(after.name - before.texts[1] for before, after in pairwise(places))
        at = end + steps.most_common(1)[0][0]
        if at - 1 <= end or at >= len(page.rows):
            return None
        over = page.rows[at - 1]
        if sum(_alike(over, page.rows[place.name - 1]) for place in places[1:]) < _SHARE * len(places):
            return None
    return [*places, Place(at, at, at, (at + 1, at), below=True)]


def _opening(page: Rows, places: Sequence[Place], first: tuple[int, int]) -> int:
    """Return how many rows stand over each text that belong to it, as over the first one."""
    count = 0
    while first[0] - count > 0:
        over = page.rows[first[0] - count - 1]
        held = [
            place.last - count > place.name and _alike(over, page.rows[place.last - count])
            for place in places[:-1]
        ]
        if sum(held) < _SHARE * len(held):
            break
        count += 1
    return count


def _closed_alike(page: Rows, places: Sequence[Place], first: tuple[int, int]) -> bool:
    """Say whether the same rows stand under the first text as under most others, up to the next header."""
    under = range(first[1] + 1, places[0].first)
    if not under:
        return False
    same = 0
    for before, after in pairwise(places):
        rows = range(before.texts[1] + 1, after.first)
        same += len(rows) == len(under) and all(
            _alike(page.rows[one], page.rows[other]) for one, other in zip(rows, under, strict=True)
        )
    return same >= _SHARE * (len(places) - 1)


def _alike(one: Row, other: Row) -> bool:
    """Say whether two rows are of one kind: by all that they hold, or by how they begin and end."""
    if one.shape and one.shape == other.shape:
        return True
    ends = [(row.tokens[0].mask, row.tokens[-1].mask) for row in (one, other) if len(row.tokens) > 1]
    return len(ends) == 2 and ends[0] == ends[1]
