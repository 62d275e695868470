"""When a comment was written: which of its elements says so."""

from collections.abc import Iterator
from datetime import date, datetime

from discourse.ingest.html.facts import Facts
from discourse.ingest.html.hints import listed, words_of
from discourse.ingest.html.items import Item
from discourse.ingest.html.quoting import is_quotation
from discourse.ingest.html.shown_times import LONGEST, moments_in, resolve_best, stamp_of, worded_moments
from discourse.ingest.html.tree import Element
from discourse.ingest.times import Moment

_OTHER = listed("not_time")


def time_elements(item: Item, facts: Facts) -> list[Element]:
    """Return a comment's elements that say a time, those first that say it outright."""
    found = [spot.element for spot in item.spots if facts.is_time[spot.element.number]]
    found = [element for element in found if not _is_other(element) and not _is_quoted(element, item)]
    return sorted(found, key=lambda element: (-_strength(element, facts), element.number))


def _strength(element: Element, facts: Facts) -> int:
    hints = facts.hints[element.number]
    if hints.time == 2 or (element.tag == "time" and "datetime" in element.attributes):
        return 3
    if hints.time or element.tag in ("time", "relative-time", "time-ago"):
        return 2
    above = element.parent
    return 1 if above is not None and facts.hints[above.number].time else 0


def _is_other(element: Element) -> bool:
    """Say whether it is the time of an edit, or of joining."""
    for part in (element, element.parent):
        if part is None:
            continue
        names = [*part.classes, part.get("id"), part.get("itemprop")]
        if any(not _OTHER.isdisjoint(words_of(name)) for name in names if len(name) < 80):
            return True
        if len(part.classes) and part is not element:
            break
    return False


def _is_quoted(element: Element, item: Item) -> bool:
    for above in element.ancestors():
        if above.number <= item.first.number:
            return False
        if above.tag == "blockquote" or is_quotation(above):
            return True
    return False


def time_of(
    item: Item, elements: list[Element], facts: Facts, day: date | datetime | None
) -> tuple[datetime | None, Element | None, str]:
    """Return when a comment was written, in UTC; the element that says so; and how."""
    for element in elements:
        moment = _stamp(element)
        if moment is not None:
            return moment, element, "an attribute gives the exact time"
    for element in elements:
        moment = resolve_best(worded_moments(element), day) or resolve_best(_shown(element, facts), day)
        if moment is not None:
            return moment, element, "the time that is shown"
    own = stamp_of(item.first)
    if own is not None:
        return own, item.first, "an attribute of the comment gives the exact time"
    if elements:
        return None, elements[0], "a time is shown, and the page does not say of which day"
    return None, None, "no time is shown"


def _stamp(element: Element) -> datetime | None:
    near = [element, *list(element.elements())[:3]]
    if element.parent is not None and len(element.parent.children) <= 3:
        near.append(element.parent)
    for part in near:
        moment = stamp_of(part)
        if moment is not None:
            return moment
    return None


def _shown(element: Element, facts: Facts) -> Iterator[Moment]:
    text = facts.short_text(element)
    yield from moments_in(text[:LONGEST])
    if element.parent is not None and facts.chars[element.parent.number] < LONGEST:
        yield from worded_moments(element.parent)
