"""From a page of any layout to its headers: by what recurs once a post."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from discourse.ingest.counts import Count, find_counts, is_heading
from discourse.ingest.furniture import is_form
from discourse.ingest.pasted.entries import refine
from discourse.ingest.pasted.evidence import holds_comments
from discourse.ingest.pasted.guesses import Guess, Opening, Rows, find_guesses
from discourse.ingest.pasted.judging import Verdict, best, filled, judge, trimmed
from discourse.ingest.pasted.layout import Header, Layout
from discourse.ingest.pasted.names import could_be_name
from discourse.ingest.pasted.rows import read_rows
from discourse.ingest.pasted.surroundings import Surroundings

_ABOVE = 0.1  # share of what recurs that may stand above the heading over comments
_KNOWN = 1.0  # a platform's profile knows what this reading has to guess
_RIVAL = 0.97  # of two readings as good, this one has the names cleaner
_TRIED = 20  # guesses that are refined and judged again
_FOOTER = 12  # rows below the last name that are looked at for text
_DATED = 0.7  # rows that say when for each bare name, from which on they and no bare names divide the page
_ASKED = 3  # of the best ones, how many are asked whether they are comments


def read_shaped_layout(lines: Sequence[str], rivals: Sequence[Layout] = ()) -> Layout | None:
    """Return the layout of a page on which something recurs once a post; None where nothing does.

    Parameters
    ----------
    rivals
        The page as other readers see it: one of them is returned where it explains more.
    """
    page = Rows(read_rows(lines))
    counts = find_counts(list(lines))
    tops = _tops(page, counts)
    verdict = _chosen(page, tops, counts)
    places = {row.index: place for place, row in enumerate(page.rows)}
    judged = [
        (
            judge(_seen(rival, places, page), page).value
            * (_KNOWN if rival.reader.startswith("platform") else _RIVAL),
            rival,
        )
        for rival in rivals
    ]
    value, rival = max(judged, key=lambda pair: pair[0], default=(0.0, None))
    if rival is not None and (verdict is None or value > verdict.value):
        return _cleaned(rival)
    return None if verdict is None or verdict.value <= 0 else _layout(verdict, page, lines, counts)


def _cleaned(layout: Layout) -> Layout:
    """Return another reader's layout without ranks and places in its names, where it dates its posts."""
    if layout.headers[0].moment is None or layout.reader.startswith("platform"):
        return layout
    names = refine([Opening(0, header.author, addressee=header.addressee) for header in layout.headers])
    headers = [
        replace(header, author=name.author, addressee=name.addressee)
        for header, name in zip(layout.headers, names, strict=True)
    ]
    return replace(layout, headers=tuple(headers))


def _chosen(page: Rows, tops: Sequence[int], counts: Sequence[Count]) -> Verdict | None:
    """Return the best guess that can be comments, its names made out."""
    guesses = [_below(guess, page, tops) for guess in find_guesses(page)]
    guesses = [guess for guess in guesses if len(guess.openings) >= 2]
    guesses.sort(
        key=lambda one: (-len(one.openings) * one.used * one.weight**3, one.openings[0].row, one.sign)
    )
    refined = [_whole(trimmed(_refined(guess), page), page, tops) for guess in guesses[:_TRIED]]
    refined += [signed for guess in refined if (signed := _signed(guess, page)) is not None]
    for verdict in best(refined, page)[:_ASKED]:
        first = verdict.guess.openings[0].row
        numbers = [count.number for count in counts]
        if holds_comments(verdict, page, numbers, headed=any(top < first for top in tops)):
            return verdict
    return None


def _refined(guess: Guess) -> Guess:
    return replace(guess, openings=tuple(refine(guess.openings)))


def _seen(layout: Layout, places: Mapping[int, int], page: Rows) -> Guess:
    """Return another reader's layout as a guess."""
    openings = []
    for header in layout.headers:
        index = next(
            (i for i in range(header.first, header.last + 1) if header.kinds.get(i, "author") == "author"),
            header.first,
        )
        if index in places:
            openings.append(
                Opening(
                    places[index],
                    header.author,
                    rest=header.rest if index == header.last else None,
                    moment=header.moment,
                )
            )
    weight = 1.0 if layout.headers[0].moment is not None else 0.9
    if layout.reader == "bare-names" and _timed(openings, page):
        weight = 0.6  # a name and a moment are more than a name
    return Guess(tuple(openings), frozenset(), layout.reader, 1.0, weight=weight)


def _timed(openings: Sequence[Opening], page: Rows) -> bool:
    """Say whether the rows of names have moments, or as many rows below the first say when."""
    if 2 * sum(bool(page.rows[one.row].moments) for one in openings) > len(openings):
        return True
    dated = sum(page.dated(row) for row in range(openings[0].row, len(page.rows)))
    return dated >= _DATED * len(openings)


def _signed(guess: Guess, page: Rows) -> Guess | None:
    """Return the guess with the names under the texts, where that is how the page is laid out.

    Text stands over the first name and over the others, nothing but furniture under the last.
    """
    rows, openings = page.rows, guess.openings
    if guess.tail or openings[0].row == 0 or any(one.rest is not None for one in openings):
        return None
    last = openings[-1].row
    if not _ends(page, last + 1) or guess.sign.endswith(":”"):
        return None
    over = [page.noise(one.row - 1, 3) or is_heading(rows[one.row - 1].text) for one in openings]
    gaps = [(rows[one.row].gap, rows[one.row + 1].gap) for one in openings[:-1]]
    if not any(_says(page, row) for row in _over(page, openings[0].row)):
        return None
    if over[0] or sum(over) > 0.3 * len(over) or sum(up > down for up, down in gaps) > 0.3 * len(gaps):
        return None
    return replace(guess, below=True)


def _over(page: Rows, row: int) -> range:
    """Return the rows over a row, up to a heading."""
    first = row
    while first > max(0, row - _FOOTER) and not is_heading(page.rows[first - 1].text):
        first -= 1
    return range(first, row)


def _says(page: Rows, row: int) -> bool:
    text = page.rows[row].text
    return page.prose(row) and not text.endswith("…") and not page.button[row] and not is_form(text)


def _ends(page: Rows, first: int) -> bool:
    """Say whether nothing that reads as a sentence stands below, up to a form."""
    for place in range(first, min(len(page.rows), first + _FOOTER)):
        if is_form(page.rows[place].text):
            return True
        told = page.prose(place) or (place == first and not page.rows[place].gap)
        if told and not page.noise(place, 3):
            return False
    return True


def _tops(page: Rows, counts: Sequence[Count]) -> list[int]:
    """Return the rows that say that comments begin."""
    stated = {count.index for count in counts}
    return [
        place
        for place, row in enumerate(page.rows)
        if row.index in stated or (not row.long and is_heading(row.text))
    ]


def _below(guess: Guess, page: Rows, tops: Sequence[int]) -> Guess:
    """Leave out what stands above the line that says that comments begin, and in the form below them."""
    openings = guess.openings
    for top in tops:
        below = tuple(one for one in openings if one.row > top)
        if len(guess.openings) - len(below) <= max(1, _ABOVE * len(guess.openings)):
            openings = below
    openings = tuple(one for one in openings if not is_form(page.rows[one.row].text))
    return replace(guess, openings=openings)


def _whole(guess: Guess, page: Rows, tops: Sequence[int]) -> Guess:
    """Add the first post where posts are told by what ends the one before."""
    if not guess.tail:
        return guess
    if not filled(guess, page)[-1] and len(guess.openings) > 2:
        guess = replace(guess, openings=guess.openings[:-1])  # what stands below the last post
    before = min(guess.anchors)
    if guess.openings[0].row < before:
        return guess
    known = {one.author for one in guess.openings}
    top = max((top for top in tops if top < before), default=-1)
    places = range(top + 1, before)
    named = [place for place in places if page.rows[place].text in known]
    if not named and top >= 0:
        named = [
            place
            for place in list(places)[:3]
            if could_be_name(page.rows[place].text) and not page.noise(place, 3)
        ]
    if not named or named[0] >= before - 1:
        return guess
    return replace(guess, openings=(Opening(named[0], page.rows[named[0]].text), *guess.openings))


def _layout(verdict: Verdict, page: Rows, lines: Sequence[str], counts: Sequence[Count]) -> Layout:
    around = Surroundings(page, verdict.guess)
    headers = _apart(around.headers())
    count = _count_near(headers, counts)
    return Layout(
        reader="recurring-lines",
        score=verdict.sure,
        headers=tuple(headers),
        stated=count.number if count is not None else None,
        count_line=count.index if count is not None else None,
    )


def _apart(headers: Sequence[Header]) -> list[Header]:
    """Cut headers that reach into the next one back to the usual height: a short text stands there."""
    heights = sorted(header.last - header.first for header in headers)
    usual = heights[len(heights) // 2] if heights else 0
    kept = []
    for header, after in zip(headers, [*headers[1:], None], strict=True):
        if after is None or header.below or header.last < after.first:
            kept.append(header)
            continue
        inside = range(header.first, min(header.last + 1, after.first))
        least = max((n for n in inside if header.kinds.get(n, "author") != "furniture"), default=header.first)
        last = max(least, min(header.first + usual, after.first - 1))
        kinds = {index: kind for index, kind in header.kinds.items() if index <= last}
        kept.append(replace(header, last=last, kinds=kinds))
    return kept


def _count_near(headers: Sequence[Header], counts: Sequence[Count]) -> Count | None:
    """Return the count that the page states: the nearest above the first header, else one below the last."""
    inside = {index for header in headers for index in range(header.first, header.last + 1)}
    outside = [count for count in counts if count.index not in inside]
    above = [count for count in outside if count.index < headers[0].first]
    below = [count for count in outside if count.index > headers[-1].last]
    exact = [count for count in (*above[::-1], *below) if count.number == len(headers)]
    return next(iter([*exact, *above[::-1]]), None)
