"""From a page of any layout to its headers: by a model that tells what each row is to a post."""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np
from msgspec.structs import replace

from discourse.ingest.counts import Count, find_counts, nearest_count
from discourse.ingest.furniture import LONGEST, shape
from discourse.ingest.pasted.alike import Floats
from discourse.ingest.pasted.borders import settled
from discourse.ingest.pasted.known_names import with_known_names
from discourse.ingest.pasted.layout import Header, Layout
from discourse.ingest.pasted.naming import Named, full_name, mark_before, read_names
from discourse.ingest.pasted.posts import Place, find_places, tags_at, without_ranks
from discourse.ingest.pasted.reasons import explained
from discourse.ingest.pasted.recurrence import Rows
from discourse.ingest.pasted.tagging import NAME, REST, SIGNED, SPOKEN
from discourse.ingest.pasted.turning import turned
from discourse.ingest.times import Moment

READER = "row-tags"
_FEWEST = 2  # posts of a page
_SURE = 0.5  # how sure a name must be to be taken for the person answered
_CLEAR = 0.9  # how sure most names of a page must be, so that doubtful ones at its ends are none
_AGAIN = 3  # borders between posts on which a line must stand to be the page's
_FOOT = 8  # rows below a text that may say when it was written


def read_tagged_layout(
    page: Rows, odds: Floats, tags: Sequence[int], lines: Sequence[str], counts: Sequence[Count] | None = None
) -> Layout | None:
    """Return the layout of a page as the model of rows sees it; None where it sees no two posts.

    Parameters
    ----------
    odds
        What the model says of the rows (see tagging.RowModel.likely).
    tags
        Their likeliest tags (see tagging.RowModel.path).
    lines
        The whole page.
    counts
        The numbers of comments that it states, where they are known already.
    """
    places = turned(page, _without_odd(without_ranks(page, find_places(tags)), odds), tags)
    places = settled(page, places)
    if len(places) < _FEWEST:
        return None
    names = read_names(page, tags_at(tags, places))
    places = [_with_text(page, place, names.get(place.name)) for place in places]
    places = [place for place in places if not place.below or place.texts[0] <= place.texts[1]]
    if len(places) < _FEWEST:
        return None
    leads = Counter(mark_before(page.rows[place.name].lead) for place in places)
    headers = [_header(page, place, names, leads, odds) for place in places]
    headers = explained(page, places, with_known_names(page, places, headers))
    inside = {index for header in headers for index in header.lines}
    spans = tuple(_span(page, place) for place in places)
    begins = min(headers[0].lines[0], spans[0][0])
    counts = find_counts(list(lines)) if counts is None else counts
    count = nearest_count(counts, begins, headers[-1].last, len(headers), inside)
    return Layout(
        reader=READER,
        score=round(float(np.mean([header.score or 0.0 for header in headers])), 4),
        headers=tuple(headers),
        stated=None if count is None else count.number,
        count_line=None if count is None else count.index,
        furniture=_furniture(page, places),
        spans=spans,
        exact=True,
    )


def _without_odd(places: Sequence[Place], odds: Floats) -> list[Place]:
    """Return the places without the first and last ones that are doubtful where the others are not.

    That is where a page's archive or menu ends, or its foot begins.
    """
    sure = odds[[place.name for place in places]][:, [NAME, SPOKEN, SIGNED]].max(axis=1)
    if not len(sure) or float(np.median(sure)) < _CLEAR:
        return list(places)
    held = np.flatnonzero(sure >= _SURE)
    return list(places[held[0] : held[-1] + 1])


def _with_text(page: Rows, place: Place, said: Named | None) -> Place:
    """Return the place without the row of the name in its text, where nothing but the name stands on it."""
    first, last = place.texts
    row = page.rows[place.name]
    if place.below and last == place.name and not (said and said.until):
        return replace(place, texts=(first, last - 1))
    if (
        place.below
        or first != place.name
        or (said is not None and said.rest is not None and said.rest < len(row.text))
    ):
        return place
    return replace(place, texts=(first + 1, last))


def _header(
    page: Rows, place: Place, names: Mapping[int, Named], leads: Counter[str], odds: Floats
) -> Header:
    rows = page.rows
    inside = place.rows
    said = names.get(place.name)
    author = full_name(page, place.name, said.author if said else None, leads)
    answering = max(
        (at for at in inside if at in names and names[at].sure >= _SURE),
        key=lambda at: names[at].sure,
        default=None,
    )
    spoken = place.texts[0] == place.name and not place.below
    ended = place.texts[1] == place.name and place.below
    kinds = {
        rows[at].index: "addressee" if at == answering else "time" if rows[at].moments else "furniture"
        for at in inside
        if at != place.name
    }
    return Header(
        first=rows[place.first].index,
        last=rows[place.last].index,
        author=author,
        addressee=None if answering is None else _answered(page, names, answering),
        moment=_moment(page, place, said, odds),
        rest=len(rows[place.name].lead) + said.rest if said and said.rest is not None and spoken else None,
        kinds=kinds,
        until=len(rows[place.name].lead) + said.until if said and said.until and ended else None,
        below=place.below,
        over=_over(page, place),
        reason="the rows around it recur as headers do",
        score=round(float(odds[place.name, [NAME, SPOKEN, SIGNED]].max()), 4),
    )


def _over(page: Rows, place: Place) -> tuple[int, int] | None:
    if place.over is None:
        return None
    return page.rows[place.over].index, page.rows[place.texts[0] - 1].index


def _answered(page: Rows, names: Mapping[int, Named], place: int) -> str | None:
    span = names[place].answered
    return None if span is None else page.rows[place].text[span[0] : span[1]]


def _moment(page: Rows, place: Place, said: Named | None, odds: Floats) -> Moment | None:
    """Return when a post was written: what its header says, or else what stands under its text."""
    found = [moment for moment in page.rows[place.name].moments if said is None or _is_stamp(moment, said)]
    for at in place.rows:
        found += page.rows[at].moments if at != place.name else ()
    if not found and not place.below and place.texts[1] >= place.texts[0]:
        found += _moments_under(page, place.texts[1] + 1, odds)
    return next(iter(found), None)


def _is_stamp(moment: Moment, said: Named) -> bool:
    """Say whether a moment on the row of a name is neither the name itself nor in the text behind it."""
    if said.rest is not None and moment.end > said.rest:
        return False
    return said.author is None or moment.end <= said.author[0] or moment.start >= said.author[1]


def _moments_under(page: Rows, first: int, odds: Floats) -> tuple[Moment, ...]:
    for at in range(first, min(first + _FOOT, len(page.rows))):
        if int(odds[at].argmax()) != REST:
            break
        if page.timed(at):
            return page.rows[at].moments
    return ()


def _furniture(page: Rows, places: Sequence[Place]) -> frozenset[str]:
    """Return the shapes of lines between several posts: on a long page they tell where texts end."""
    found = Counter(
        shape(page.rows[at].text)
        for place, after in pairwise(places)
        for at in range(max(place.texts[1], place.last) + 1, after.first)
        if len(page.rows[at].text) <= LONGEST and not place.below
    )
    return frozenset(form for form, times in found.items() if times >= _AGAIN)


def _span(page: Rows, place: Place) -> tuple[int, int]:
    first, last = place.texts
    if last < first:
        after = page.rows[place.last].index + 1
        return after, after - 1
    return page.rows[first].index, page.rows[last].index
