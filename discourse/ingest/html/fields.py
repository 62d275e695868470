"""From comment containers to comments: author, time and words of each."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from msgspec import Struct

from discourse.ingest.html.addresses import find_addresses
from discourse.ingest.html.containers import Container
from discourse.ingest.html.facts import Facts
from discourse.ingest.html.hints import listed
from discourse.ingest.html.items import Item, make_items
from discourse.ingest.html.marked_names import names_in_attributes
from discourse.ingest.html.moments import time_elements, time_of
from discourse.ingest.html.people import author_of, find_author_slots
from discourse.ingest.html.shown_times import opening_moment, resolve_best, without_opening
from discourse.ingest.html.slots import Slot, find_extras, find_slots
from discourse.ingest.html.texts import body_of, find_body_slots
from discourse.ingest.html.tree import Element

_DELETED = listed("deleted")
_IDS = (
    "id",
    "data-comment-id",
    "data-id",
    "data-post-id",
    "thingid",
    "data-commentid",
    "data-fullname",
    "about",
)


class Comment(Struct):
    """One comment of a page, with the elements that show its parts."""

    item: Item
    author: str
    author_element: Element | None
    author_reason: str
    timestamp: datetime | None
    time_element: Element | None
    time_reason: str
    text: str
    body_element: Element | None
    body_reason: str
    dom_id: str | None
    is_deleted: bool
    left_out: tuple[tuple[Element, str], ...] = ()  # buttons, badges, counters, with what they show
    addresses: frozenset[int] = frozenset()  # numbers of its elements that say whom it answers


def read_comments(
    containers: Sequence[Container], facts: Facts, day: date | datetime | None
) -> list[Comment]:
    """Return the comments in page order; containers in which nobody says anything are left out."""
    items = make_items(containers, facts)
    slots = find_slots(items)
    extras = find_extras(slots, facts)
    people = find_author_slots(slots, items, facts, extras)
    reading = _Reading(items, slots, people, extras, facts, day)
    comments = [reading.comment(index) for index in range(len(items))]
    return [comment for comment in comments if comment.text or (comment.author and comment.timestamp)]


class _Reading:
    """What is known of all comments while each is read."""

    def __init__(  # noqa: PLR0917 - its one caller has all of them at hand
        self,
        items: Sequence[Item],
        slots: dict[str, Slot],
        people: Sequence[Slot],
        extras: set[int],
        facts: Facts,
        day: date | datetime | None,
    ) -> None:
        self.items, self.extras, self.facts, self.day = items, extras, facts, day
        self.opening = {root.number for item in items for root in item.container.roots}
        marks = {} if people else names_in_attributes(items, facts)
        self.authors = [
            author_of(index, item, people, facts, extras, marks=marks) for index, item in enumerate(items)
        ]
        self.addresses = find_addresses(items, [author[0] for author in self.authors], facts)
        addressed = set().union(*self.addresses) if self.addresses else set()
        if addressed:
            self.extras |= addressed
            within = {n for number in addressed for n in range(number, facts.tree.elements[number].end)}
            self.authors = [
                author_of(index, item, people, facts, extras, within, marks)
                for index, item in enumerate(items)
            ]
        self.times = [self._times(index) for index in range(len(items))]
        self.shown = [self._shown(index) for index in range(len(items))]
        self.heads = [self._head(index) for index in range(len(items))]
        self.bodies = find_body_slots(slots, items, self.heads, self.shown, facts, extras)

    def comment(self, index: int) -> Comment:
        """Return one comment."""
        item = self.items[index]
        author, author_element, author_reason = self.authors[index]
        head, shown = self.heads[index], self.shown[index]
        text, body, reason = body_of(
            index, item, self.bodies, head, shown, self.facts, self.extras, self.opening
        )
        moment, time_element, time_reason = time_of(item, self._outside(index, body), self.facts, self.day)
        is_bare = time_element is None or time_element in item.container.roots
        opening = opening_moment(text) if is_bare and self._opens_with_time(item) else None
        if opening is not None and len(text) > opening.end:
            text = without_opening(text, opening)
            moment, time_reason = resolve_best(iter([opening]), self.day), "its text opens with the time"
        return Comment(
            item=item,
            author=author or _gone(text),
            author_element=author_element,
            author_reason=author_reason,
            timestamp=moment,
            time_element=time_element,
            time_reason=time_reason,
            text=text,
            body_element=body,
            body_reason=reason,
            dom_id=_dom_id(item),
            is_deleted=_is_gone(text) or _is_gone(author),
            left_out=tuple(self._left_out(item)),
            addresses=frozenset(self.addresses[index]),
        )

    def _left_out(self, item: Item) -> Iterator[tuple[Element, str]]:
        """Yield what a comment shows that was taken for no words of its author."""
        until = 0
        for spot in item.spots:
            element = spot.element
            if element.number >= until and element.number in self.extras:
                until = element.end
                text = self.facts.short_text(element)
                if text:
                    yield element, text

    def _opens_with_time(self, item: Item) -> bool:
        return any(self.facts.opens_with_time[spot.element.number] for spot in item.spots[:6])

    def _times(self, index: int) -> list[Element]:
        """Return the elements that say a time; a name such as "Today" is none."""
        found = time_elements(self.items[index], self.facts)
        name = self.authors[index][0]
        return [element for element in found if not name or self.facts.short_text(element) != name]

    def _outside(self, index: int, body: Element | None) -> list[Element]:
        """Return the elements that say a time, without those in the comment's own words."""
        times = self.times[index]
        outside = [element for element in times if body is None or not body.holds(element)]
        return outside or times

    def _shown(self, index: int) -> set[int]:
        """Return the elements that show author and time: the time as often as it is shown."""
        author = self.authors[index][1]
        shown = set() if author is None else {author.number}
        for element in self.times[index]:
            if not _is_prose(element, self.facts):
                shown.add(element.number)
        return shown

    def _head(self, index: int) -> set[int]:
        first = self.items[index].first
        head: set[int] = set()
        author = self.authors[index][1]
        for part in (author, *self.times[index][:1]):
            element = part
            while element is not None and element.number >= first.number and element.number not in head:
                head.add(element.number)
                element = element.parent
        return head


def _is_prose(element: Element, facts: Facts) -> bool:
    """Say whether a time stands in a paragraph of its own words ("see you today")."""
    return element.tag in ("p", "li", "blockquote", "td", "dd") and not facts.hints[element.number].time


def _is_gone(text: str) -> bool:
    return len(text) < 60 and text.strip(" .!").lower() in _DELETED


def _gone(text: str) -> str:
    return text.strip() if _is_gone(text) else ""


def _dom_id(item: Item) -> str | None:
    for spot in item.spots[:4]:
        for key in _IDS:
            value = spot.element.get(key)
            if value:
                return value[:200]
    return None
