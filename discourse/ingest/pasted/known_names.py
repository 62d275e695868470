"""Names that the page gives whole elsewhere, where one row's tokens alone gave a part of them."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from discourse.ingest.pasted.layout import Header
from discourse.ingest.pasted.posts import Place
from discourse.ingest.pasted.recurrence import Rows

_ARROW = re.compile(r"(?:[→▶▸►➜➤⟶↪↳↩⤷]|[-=]>)\s{0,3}@?")
_MARKS = " \t:@,;.()[]<>*|"
_HEAD = 200  # characters of a row that are looked at
_SHORT = 2  # characters of a name that may stand anywhere by chance


def with_known_names(page: Rows, places: Sequence[Place], headers: Sequence[Header]) -> list[Header]:
    """Return the headers with the persons answered as they call themselves on the page."""
    authors = Counter(header.author for header in headers)
    found = []
    for place, given in zip(places, headers, strict=True):
        header = _full(given, page.rows[place.name].text, authors)
        rows = [page.rows[at].text for at in range(place.first, place.last + 1)]
        addressee = header.addressee
        if addressee is not None and addressee not in authors:
            addressee = _whole(addressee, rows, authors) or addressee
        elif addressee is None:
            addressee = _alone(page, place, header.author, authors)
        found.append(header if addressee == header.addressee else _answering(header, addressee, page, place))
    return found


def _full(header: Header, text: str, authors: Counter[str]) -> Header:
    """Return the header with the whole of a name of which the row gave the beginning alone."""
    start = text.find(header.author)
    longer = [
        name
        for name, times in authors.items()
        if len(name) > len(header.author) and times > authors[header.author] and text.startswith(name, start)
    ]
    return replace(header, author=max(longer, key=len)) if longer and start >= 0 else header


def _answering(header: Header, addressee: str | None, page: Rows, place: Place) -> Header:
    kinds = dict(header.kinds)
    for at in range(place.first, place.last + 1):
        if at != place.name and addressee and addressee in page.rows[at].text:
            kinds[page.rows[at].index] = "addressee"
    return replace(header, addressee=addressee, kinds=kinds)


def _whole(part: str, rows: Sequence[str], authors: Counter[str]) -> str | None:
    """Return the longest author's name that stands on one of the rows around a part of it."""
    held = [
        name
        for name in authors
        if part in name and len(name) > len(part) and any(name in text for text in rows)
    ]
    return max(held, key=lambda name: (len(name), name), default=None)


def _alone(page: Rows, place: Place, author: str, authors: Counter[str]) -> str | None:
    """Return the other author whom a row of the header, or the text's beginning, says is answered."""
    others = [name for name in authors if name != author]
    for at in range(place.first, place.last + 1):
        row = page.rows[at]
        if at != place.name and (name := row.text.strip(_MARKS)) in authors and name != author:
            return name
        if at != place.name and (answered := _behind_arrow(row.lead + row.text, others)) is not None:
            return answered
        if at != place.name and (ending := _at_end(row.text.rstrip(_MARKS), others)) is not None:
            return ending
    first, last = place.texts
    if place.below or last < first or first == place.name:
        return None
    row = page.rows[first]
    text = (row.lead + row.text).lstrip()
    return _behind_arrow(text[:_HEAD], others) if _ARROW.match(text) else None


def _at_end(text: str, names: Sequence[str]) -> str | None:
    """Return the longest of the names that a row of a header ends in: "3 May, 18:44 · to Ann"."""
    held = [name for name in names if len(name) > _SHORT and text.endswith(f" {name}")]
    return max(held, key=len, default=None)


def _behind_arrow(text: str, names: Sequence[str]) -> str | None:
    """Return the longest of the names that stands right behind an arrow; None where none does."""
    for arrow in _ARROW.finditer(text[:_HEAD]):
        begun = [name for name in names if len(name) > _SHORT and text.startswith(name, arrow.end())]
        if begun:
            return max(begun, key=len)
    return None
