"""What stands below each element of a page, counted once for all."""

import re
from collections.abc import Iterable
from itertools import accumulate

from discourse.ingest.html.hints import Hints, hints_of, listed
from discourse.ingest.html.shown_times import LONGEST, moments_in, opening_moment, stamp_of, worded_moments
from discourse.ingest.html.tags import UNSEEN
from discourse.ingest.html.tree import Element, Tree
from discourse.ingest.html.visible import plain_text, visible_text
from discourse.ingest.times import Moment

_REPLY = listed("reply")
_TITLES = frozenset("h2 h3 h4 h5".split())
_TITLE = 24  # characters from which on a linked heading is a title and no name
_BEFORE = 4  # children of an element up to the words that may open with a time
_SHORT = 160  # characters of an element whose text is looked at as a whole
_MOST = 200  # elements within one whose text is looked at as a whole
_AVATAR = re.compile(r"avatar|gravatar|userpic|profile|portrait|author|user", re.IGNORECASE)
_ARTICLE = frozenset("hentry type-post type-page h-entry".split())  # the page's own text
_CLOCK = re.compile(r"\s?[(（].{1,6}[)）]\s?\d{1,2}:\d{2}(?::\d{2})?(?:\.\d{1,3})?")
_LETTERS = re.compile(r"[^\W\d_]")
_UNTOLD = frozenset("meta link".split())  # they show nothing and may still say when and by whom


class Facts:
    """Sums over a page, so that "how many times stand below this element" is one subtraction."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        elements = tree.elements
        self.hints: list[Hints] = [hints_of(element) for element in elements]
        self.seen = self._seen()
        self.chars = self._chars()
        times = [self.seen[n] and self._is_time(element) for n, element in enumerate(elements)]
        self.is_time = times
        self.opens_with_time = [
            self.seen[n] and _opens_with_time(element) for n, element in enumerate(elements)
        ]
        self._times = _sums(a or b for a, b in zip(times, self.opens_with_time, strict=True))
        self._authors = _sums(bool(hint.author) for hint in self.hints)
        self._bodies = _sums(bool(hint.body) for hint in self.hints)
        self._replies = _sums(self._is_reply(element) for element in elements)
        self._avatars = _sums(_is_avatar(element) for element in elements)
        self._articles = _sums(_is_headline(element) for element in elements)
        self._teasers = _sums(self._is_teaser(element) for element in elements)
        self._texts: dict[int, str] = {}
        self._lines: dict[int, str] = {}

    def text(self, element: Element) -> str:
        """Return the visible text of an element, kept for short ones."""
        if self.chars[element.number] > _SHORT:
            return visible_text(element)
        found = self._texts.get(element.number)
        if found is None:
            found = self._texts[element.number] = visible_text(element)
        return found

    def short_text(self, element: Element) -> str:
        """Return the text of an element on one line; an empty one where it is long or deep."""
        number = element.number
        if self.chars[number] > _SHORT or element.end - number > _MOST:
            return ""
        found = self._lines.get(number)
        if found is None:
            plain = plain_text(element)
            text = self.text(element) if plain is None else plain
            found = self._lines[number] = " ".join(text.split())
        return found

    def counts(self, element: Element) -> tuple[int, int, int, int, int, int]:
        """Return characters, times, authors, bodies, reply buttons and portraits at and below an element."""
        first, end = element.number, element.end
        return (
            self.chars[first],
            self._times[end] - self._times[first],
            self._authors[end] - self._authors[first],
            self._bodies[end] - self._bodies[first],
            self._replies[end] - self._replies[first],
            self._avatars[end] - self._avatars[first],
        )

    def times(self, element: Element) -> int:
        """Count the times at and below an element."""
        return self._times[element.end] - self._times[element.number]

    def authors(self, element: Element) -> int:
        """Count the elements at and below one whose names say author."""
        return self._authors[element.end] - self._authors[element.number]

    def bodies(self, element: Element) -> int:
        """Count the elements at and below one whose names say body."""
        return self._bodies[element.end] - self._bodies[element.number]

    def replies(self, element: Element) -> int:
        """Count the reply buttons below an element."""
        return self._replies[element.end] - self._replies[element.number]

    def avatars(self, element: Element) -> int:
        """Count the pictures of people below an element."""
        return self._avatars[element.end] - self._avatars[element.number]

    def teasers(self, element: Element) -> int:
        """Count the titles at and below an element that lead to another page."""
        return self._teasers[element.end] - self._teasers[element.number]

    def headlines(self, element: Element) -> int:
        """Count the headlines of the page at and below an element."""
        return self._articles[element.end] - self._articles[element.number]

    def _seen(self) -> list[bool]:
        seen: list[bool] = []
        for element in self.tree.elements:
            above = element.parent is None or seen[element.parent.number]
            seen.append(
                above and (element.tag not in UNSEEN or element.tag in ("template", "button", "a", *_UNTOLD))
            )
        return seen

    def _chars(self) -> list[int]:
        chars = [0] * len(self.tree.elements)
        for element in reversed(self.tree.elements):
            number = element.number
            if not self.seen[number]:
                chars[number] = 0
                continue
            own = sum(_weight(child.strip()) for child in element.children if isinstance(child, str))
            chars[number] += own
            if element.parent is not None and element.tag not in ("template", "button"):
                chars[element.parent.number] += chars[number]
        return chars

    def _is_time(self, element: Element) -> bool:
        if element.tag in ("time", "relative-time", "time-ago") or self.hints[element.number].time == 2:
            return True
        if element.attributes and element.tag not in (
            "a",
            "li",
            "article",
            "body",
            "html",
            "meta",
            "shreddit-comment",
        ):
            if stamp_of(element) is not None and self.chars[element.number] < LONGEST:
                return True
            if self.chars[element.number] < LONGEST and any(worded_moments(element)):
                return True
        own = " ".join(
            child.strip() for child in element.children if isinstance(child, str) and child.strip()
        )
        if not own or len(own) > LONGEST or element.tag in ("script", "style"):
            return False
        # "2016" alone is a year in a heading, "today" alone a word; a time has a day or an hour with it
        return any(_length(moment, own) >= 0.3 * len(own) for moment in moments_in(own))

    def _is_teaser(self, element: Element) -> bool:
        if element.tag not in _TITLES or self.chars[element.number] < _TITLE:
            return False
        link = element.parent if element.parent is not None and element.parent.tag == "a" else None
        link = link or next((child for child in element.elements() if child.tag == "a"), None)
        return link is not None and "href" in link.attributes and "#" not in link.attributes["href"]

    def _is_reply(self, element: Element) -> bool:
        if element.tag not in ("a", "button", "span", "div", "li", "input", "label", "faceplate-tracker"):
            return False
        own = " ".join(child.strip() for child in element.children if isinstance(child, str))
        own = (own or element.get("value")).strip(" ·•|()[]\n\t↩↪›»-–—").lower()
        return 0 < len(own) < 40 and (own in _REPLY or own.split(" ", 1)[0] in _REPLY)


def _opens_with_time(element: Element) -> bool:
    """Say whether a text of an element's own opens with a time: "(3 May 2021): What I say"."""
    for child in element.children[:_BEFORE]:
        if isinstance(child, str) and child.strip():
            return opening_moment(child[:LONGEST]) is not None
    return False


def _length(moment: Moment, text: str) -> int:
    """Return how many characters a time takes up, with a clock that stands behind its weekday."""
    clock = _CLOCK.match(text, moment.end)
    return (clock.end() if clock else moment.end) - moment.start


def _is_avatar(element: Element) -> bool:
    if element.tag != "img":
        return False
    return (
        _AVATAR.search(element.get("class") + " " + element.get("src")[:300] + element.get("alt")[:80])
        is not None
    )


def _weight(text: str) -> int:
    # one sign of Chinese or Japanese says as much as two letters
    return len(text) if text.isascii() else len(text) + sum(char > "\u2e7f" for char in text)


def _is_headline(element: Element) -> bool:
    return (
        element.tag == "h1"
        or not _ARTICLE.isdisjoint(element.classes)
        or element.get("itemprop") == "headline"
    )


def has_letters(text: str) -> bool:
    """Say whether a text holds a letter of any script."""
    return _LETTERS.search(text) is not None


def _sums(flags: Iterable[bool]) -> list[int]:
    return [*accumulate(flags, initial=0)]
