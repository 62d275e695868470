"""From comment containers to comments: author, time and words of each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from discourse.ingest.html.containers import Container
from discourse.ingest.html.facts import Facts
from discourse.ingest.html.hints import listed
from discourse.ingest.html.items import Item, make_items
from discourse.ingest.html.moments import time_elements, time_of
from discourse.ingest.html.people import author_of, find_author_slots
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


@dataclass(slots=True)
class Comment:
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
        self.authors = [author_of(index, item, people, facts, extras) for index, item in enumerate(items)]
        self.times = [self._times(index) for index in range(len(items))]
        self.shown = [self._shown(index) for index in range(len(items))]
        self.heads = [self._head(index) for index in range(len(items))]
        self.bodies = find_body_slots(slots, items, self.heads, facts, extras)

    def comment(self, index: int) -> Comment:
        """Return one comment."""
        item = self.items[index]
        author, author_element, author_reason = self.authors[index]
        head, shown = self.heads[index], self.shown[index]
        text, body, reason = body_of(
            index, item, self.bodies, head, shown, self.facts, self.extras, self.opening
        )
        moment, time_element, time_reason = time_of(item, self._outside(index, body), self.facts, self.day)
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
        )

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
