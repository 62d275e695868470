"""Which comment answers which, as the page's markup and layout say it."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet

from msgspec import Struct

from discourse.ingest.html.beside import Beside
from discourse.ingest.html.depths import all_depths
from discourse.ingest.html.facts import Facts
from discourse.ingest.html.hints import listed
from discourse.ingest.html.identities import comments_by_id, comments_by_number, tails_of
from discourse.ingest.html.items import Item
from discourse.ingest.html.surrounding import levels_up_to, opens, words_before
from discourse.ingest.html.tree import Element
from discourse.ingest.html.visible import visible_text
from discourse.ingest.words import any_of
from discourse.model import Evidence

_PARENTS = (
    "data-parent-id data-parent data-parentid parentid parent-id data-reply-to data-in-reply-to "
    "data-replyto data-parent-comment-id data-comment-parent data-reply-to-id data-replyid "
    "data-parent-post-id data-reply-to-post-number"
).split()
_ANSWERS = re.compile(rf"(?:^|[\s(\[])(?:{any_of(listed('answers'))})(?![^\W\d_])", re.IGNORECASE)
_POST_NUMBER = re.compile(r"(?:#|№|no\.?\s?|nr\.?\s?)\s?(\d{1,6})\b", re.IGNORECASE)
_ANCHOR = re.compile(r"(?:>>|≫|＞＞)\s?(\d{1,6})")
_LINKED = re.compile(r"(?:#|[?&](?:p|pid|comment|comment_id|post|id|cid|c)=)([\w-]{1,80})$")
_LONGEST = 120  # characters of a line that names the one answered
_WORDS = 12  # of a name


class Answer(Struct, frozen=True):
    """What a comment answers."""

    parent: int  # index of the comment answered
    evidence: Evidence  # explicit | indent
    score: float  # 0 to 1
    reason: str


def _nearer(within: Answer | None, beside: Answer | None) -> Answer | None:
    """Return the later of two comments above: it stands within, or in the answers of, the other."""
    if within is None or beside is None:
        return within or beside
    return beside if beside.parent > within.parent else within


class Nesting:
    """Reads, for all comments of a page, which of them each answers."""

    def __init__(
        self,
        items: Sequence[Item],
        authors: Sequence[str],
        bodies: Sequence[Element | None],
        facts: Facts,
        addresses: AbstractSet[int] = frozenset(),
    ) -> None:
        self.items = items
        self.authors = authors
        self.bodies = bodies
        self.facts = facts
        self.addresses = addresses  # numbers of elements that say whom a comment answers
        self.by_author: dict[str, list[int]] = {}
        for index, author in enumerate(authors):
            if author:
                self.by_author.setdefault(author.rstrip(")"), []).append(index)
        self.by_id = comments_by_id(items)
        self.by_number = comments_by_number(items, facts)

    def read(self) -> list[Answer | None]:
        """Return what each comment answers; None where the page does not say."""
        stated = [self._stated(index) for index in range(len(self.items))]
        nested = self._nested()
        deep = self._by_depth() if not any(nested) else [None] * len(self.items)
        beside = Beside(self.items, self.facts)
        answers: list[Answer | None] = []
        for index in range(len(self.items)):
            below = _nearer(nested[index], self._beside(index, beside))
            answers.append(self._closest(stated[index], below) or deep[index] or below)
        return answers

    def _beside(self, index: int, beside: Beside) -> Answer | None:
        target = beside.target(self.items[index])
        if target is None or target >= index:
            return None
        return Answer(target, "indent", 0.9, "it stands in a list of answers below that comment")

    def _closest(self, stated: Answer | None, nested: Answer | None) -> Answer | None:
        """Return what is stated; a name means the comment of that author within which it stands."""
        if stated is None or nested is None or stated.score > 0.8:
            return stated
        same = self.authors[stated.parent] == self.authors[nested.parent]
        return Answer(nested.parent, "explicit", 1.0, stated.reason) if same else stated

    # ---- said in so many words ---------------------------------------------------------------

    def _stated(self, index: int) -> Answer | None:
        item = self.items[index]
        for spot in item.spots[:4]:
            for key in _PARENTS:
                value = spot.element.get(key)
                found = self._known(value, index) if value else None
                if found is not None:
                    return Answer(found, "explicit", 1.0, f"attribute {key}")
        return self._linked(index)

    def _known(self, value: str, index: int) -> int | None:
        for name in (value, *tails_of(value)):
            found = self.by_id.get(name)
            if found is not None and found != index:
                return found
        return None

    def _linked(self, index: int) -> Answer | None:
        """Return the comment that a link, or else a line above the text, says is answered."""
        near = list(self._above_words(index))
        for element, in_body in near:
            if element.tag == "a" and (found := self._by_link(element, index, in_body=in_body)) is not None:
                return found
        for element, in_body in near:
            is_line = element.tag != "a" and self.facts.chars[element.number] <= _LONGEST
            hints = self.facts.hints[element.number]
            if (hints.parent and (is_line or not in_body)) or (is_line and not in_body):
                found = self._by_words(element, index)
                if found is not None:
                    return found
        return None

    def _above_words(self, index: int) -> Iterator[tuple[Element, bool]]:
        """Yield a comment's elements up to the end of its words, with whether they are of its words."""
        body = self.bodies[index]
        until = 0
        for spot in self.items[index].spots:
            element = spot.element
            if body is not None and element.number >= body.end:
                return
            if element.number in self.addresses:
                until = element.end
            yield element, body is not None and body.number < element.number and element.number >= until

    def _by_link(self, element: Element, index: int, *, in_body: bool) -> Answer | None:
        anchor = _ANCHOR.fullmatch(self.facts.short_text(element)) if in_body else None
        if anchor is not None and opens(element, self.bodies[index]):
            target = self.by_number.get(anchor[1])
            if target is not None and target < index:
                return Answer(target, "explicit", 0.95, "the number of the comment answered")
        match = _LINKED.search(element.get("href")[-200:])
        if match is None:
            return None
        target = self._known(match[1], index)
        if target is None or (target > index and len(self.items[target].spots) == 0):
            return None
        said = " ".join((visible_text(element) if self.facts.chars[element.number] < 200 else "").split())
        around = words_before(element)
        hints = self.facts.hints[element.number]
        worded = (
            _ANSWERS.search(f"{around} {said} {element.get('title')} {element.get('aria-label')}") is not None
        )
        mentions = (
            said.lstrip("@▸►→ ").strip(" :,") == self.authors[target]
            or said[:1] == "@"
            or said.startswith(">>")
        )
        if in_body and not (
            (worded and not around.strip(" @>\n")) or (mentions and opens(element, self.bodies[index]))
        ):
            return None
        if in_body or worded or hints.parent or mentions:
            return Answer(target, "explicit", 0.95 if in_body else 1.0, "a link to the comment answered")
        return None

    def _by_words(self, element: Element, index: int) -> Answer | None:
        own = "".join(child for child in element.children if isinstance(child, str))
        if not _ANSWERS.search(own) and not self.facts.hints[element.number].parent:
            return None
        text = self.facts.short_text(element)
        number = _POST_NUMBER.search(text)
        if number is not None and (target := self.by_number.get(number[1])) is not None and target != index:
            return Answer(target, "explicit", 0.95, f"it says so: {text[:60]}")
        match = _ANSWERS.search(text)
        # an element that is there to name the one answered may hold nothing but the name
        name = text[match.end() if match else 0 :].strip(" :,#[]").removeprefix("(")
        place = self._last_by(name, index)
        return None if place is None else Answer(place, "explicit", 0.8, f"it says so: {text[:60]}")

    def _last_by(self, name: str, index: int) -> int | None:
        """Return the last comment before one whose author is a name, or what a name begins with."""
        words = name.split(" ")[:_WORDS]
        known = (
            self.by_author.get(" ".join(words[:count]).rstrip(")"), []) for count in range(1, len(words) + 1)
        )
        places = [places[before - 1] for places in known if (before := bisect_left(places, index))]
        return max(places, default=None)

    # ---- said by the layout ------------------------------------------------------------------

    def _nested(self) -> list[Answer | None]:
        """Return the comment within whose element each stands."""
        answers: list[Answer | None] = []
        open_items: list[int] = []
        for index, item in enumerate(self.items):
            number = item.first.number
            while open_items and self._end(open_items[-1]) <= number:
                open_items.pop()
            above = open_items[-1] if open_items else None
            answers.append(
                None
                if above is None
                else Answer(above, "indent", 1.0, "it stands within that comment's element")
            )
            open_items.append(index)
        return answers

    def _end(self, index: int) -> int:
        """Return where a comment's element ends, or the one around it that holds its answers too."""
        return (
            self._outer(index).end
            if len(self.items[index].container.roots) == 1
            else self.items[index].container.end
        )

    def _outer(self, index: int) -> Element:
        element = self.items[index].first
        level = 0
        following = self.items[index + 1].first.number if index + 1 < len(self.items) else None
        before = self.items[index - 1].first.number if index else -1
        while following is not None and element.end <= following and element.parent is not None and level < 3:
            above = element.parent
            if (
                above.number <= before
                or not self._is_shell(above, element)
                or (above.end <= following and level == 2)
            ):
                break
            if self._has_peers(above, index):
                break
            element, level = above, level + 1
        return element

    def _is_shell(self, above: Element, element: Element) -> bool:
        """Say whether an element holds one comment's element first and then only a place for its answers."""
        children = list(above.elements()) if len(above.children) <= 9 else []
        before = next((place for place, child in enumerate(children) if child is element), 9)
        # a portrait may stand before it
        return len(children) <= 4 and not any(self.facts.chars[c.number] for c in children[:before])

    def _has_peers(self, above: Element, index: int) -> bool:
        """Say whether another comment stands as high in an element as its first: then it is their list."""
        level = levels_up_to(self.items[index].first, above)
        for other in range(index + 1, len(self.items)):
            first = self.items[other].first
            if first.number >= above.end:
                return False
            if levels_up_to(first, above) <= level:
                return True
        return False

    def _by_depth(self) -> list[Answer | None]:
        """Return the last comment before each that stands less deep."""
        for reason, depths in all_depths(self.items):
            if len(set(depths)) < 2 or depths[0] > min(depths):
                continue
            answers: list[Answer | None] = []
            above: list[int] = []
            for index, depth in enumerate(depths):
                while above and depths[above[-1]] >= depth:
                    above.pop()
                answers.append(Answer(above[-1], "indent", 0.95, reason) if above else None)
                above.append(index)
            return answers
        return [None] * len(self.items)
