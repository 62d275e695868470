"""Names that the page gives whole elsewhere, where one row's tokens alone gave a part of them."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from discourse.ingest.pasted.layout import Header
from discourse.ingest.pasted.posts import Place
from discourse.ingest.pasted.recurrence import Rows

_ARROW = re.compile(r"(?:[→▶▸►➜➤⟶↪↳↩⤷]|[-=]>)\s{0,3}@?")
_MARKS = " \t:@,;.()[]<>*|"
_HEAD = 200  # characters of a row that are looked at
_OFTEN = 64  # places of a row at which a part of a name is looked at
_SHORT = 2  # characters of a name that may stand anywhere by chance


class _Authors:
    """The authors of a page, to be looked up by what stands at a place of a text."""

    def __init__(self, headers: Sequence[Header]) -> None:
        self.times = Counter(header.author for header in headers)
        self.lengths = sorted({len(name) for name in self.times}, reverse=True)

    def __contains__(self, name: str) -> bool:
        return name in self.times

    def at(self, text: str, start: int) -> Iterator[str]:
        """Yield the names that a text has at a place, the longest first."""
        for length in self.lengths:
            name = text[start : start + length]
            if len(name) == length and name in self.times:
                yield name

    def around(self, text: str, part: str) -> Iterator[str]:
        """Yield the names that a text has around a part of them."""
        found = text.find(part)
        for _ in range(_OFTEN):
            if found < 0:
                break
            for length in self.lengths:
                for start in range(max(0, found + len(part) - length), found + 1):
                    if length > len(part) and text[start : start + length] in self.times:
                        yield text[start : start + length]
            found = text.find(part, found + 1)

    def at_end(self, text: str) -> Iterator[str]:
        """Yield the names that a text ends in, behind a blank, the longest first."""
        place = text.find(" ", max(0, len(text) - self.lengths[0] - 1))
        while place >= 0:
            if text[place + 1 :] in self.times:
                yield text[place + 1 :]
            place = text.find(" ", place + 1)


def with_known_names(page: Rows, places: Sequence[Place], headers: Sequence[Header]) -> list[Header]:
    """Return the headers with the persons answered as they call themselves on the page."""
    authors = _Authors(headers)
    found = []
    for place, given in zip(places, headers, strict=True):
        header = _full(given, page.rows[place.name].text, authors)
        addressee = header.addressee
        if addressee is not None and addressee not in authors:
            rows = [page.rows[at].text for at in range(place.first, place.last + 1)]
            addressee = _whole(addressee, rows, authors) or addressee
        elif addressee is None:
            addressee = _alone(page, place, header.author, authors)
        found.append(header if addressee == header.addressee else _answering(header, addressee, page, place))
    return found


def _full(header: Header, text: str, authors: _Authors) -> Header:
    """Return the header with the whole of a name of which the row gave the beginning alone."""
    start, author = text.find(header.author), header.author
    for name in authors.at(text, start) if start >= 0 else ():
        if len(name) > len(author) and authors.times[name] > authors.times[author]:
            return replace(header, author=name)
    return header


def _answering(header: Header, addressee: str | None, page: Rows, place: Place) -> Header:
    kinds = dict(header.kinds)
    for at in range(place.first, place.last + 1):
        if at != place.name and addressee and addressee in page.rows[at].text:
            kinds[page.rows[at].index] = "addressee"
    return replace(header, addressee=addressee, kinds=kinds)


def _whole(part: str, rows: Sequence[str], authors: _Authors) -> str | None:
    """Return the longest author's name that stands on one of the rows around a part of it."""
    held = (name for text in rows for name in authors.around(text, part))
    return max(held, key=lambda name: (len(name), name), default=None)


def _alone(page: Rows, place: Place, author: str, authors: _Authors) -> str | None:
    """Return the other author whom a row of the header, or the text's beginning, says is answered."""
    for at in range(place.first, place.last + 1):
        row = page.rows[at]
        if at == place.name:
            continue
        if (name := row.text.strip(_MARKS)) in authors and name != author:
            return name
        if (answered := _behind_arrow(row.lead + row.text, author, authors)) is not None:
            return answered
        if (ending := _other(authors.at_end(row.text.rstrip(_MARKS)), author)) is not None:
            return ending
    first, last = place.texts
    if place.below or last < first or first == place.name:
        return None
    row = page.rows[first]
    text = (row.lead + row.text).lstrip()
    return _behind_arrow(text[:_HEAD], author, authors) if _ARROW.match(text) else None


def _other(names: Iterable[str], author: str) -> str | None:
    """Return the first of the names that is another author's, and no such short one as stands by chance."""
    return next((name for name in names if len(name) > _SHORT and name != author), None)


def _behind_arrow(text: str, author: str, authors: _Authors) -> str | None:
    """Return the longest name of another author that stands right behind an arrow; None where none does."""
    for arrow in _ARROW.finditer(text[:_HEAD]):
        if (name := _other(authors.at(text, arrow.end()), author)) is not None:
            return name
    return None
