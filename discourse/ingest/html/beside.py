"""Answers that stand in a list beside the comment that they answer, not within it."""

from bisect import bisect_left
from collections.abc import Sequence

from discourse.ingest.html.facts import Facts
from discourse.ingest.html.hints import words_of
from discourse.ingest.html.items import Item
from discourse.ingest.html.tree import Element

_INDENTED = frozenset(
    (
        "indented children replies nested reply thread comments "
        "responses answers antworten kommentare indent child subcomments childs"
    ).split()
)
_TAGS = frozenset("ul ol details blockquote dl".split())
_HIGHEST = 4  # levels above a comment at which such a list is looked for
_BATCH = 10  # comments from which on a last list may as well be the rest of the page, loaded later
_NEAR = 12  # elements and pieces of text back in which the comment above is looked for
_BETWEEN = 60  # characters that may stand between a comment and the list of its answers


class Beside:
    """Finds, for comments, the one beside whose element the list stands that holds them."""

    def __init__(self, items: Sequence[Item], facts: Facts) -> None:
        self.facts = facts
        self.by_root = {
            root.number: index for index, item in enumerate(items) for root in item.container.roots
        }
        self.starts = [item.first.number for item in items]
        self.wrappers = self._wrappers(items)

    def target(self, item: Item) -> int | None:
        """Return the index of the comment above; None where none is."""
        element = item.first
        for _level in range(_HIGHEST):
            if element.number in self.wrappers:
                return self.wrappers[element.number]
            if element.parent is None:
                return None
            element = element.parent
        return None

    def _wrappers(self, items: Sequence[Item]) -> dict[int, int]:
        """Return the lists that stand right behind a comment, each with that comment's index."""
        found: dict[int, tuple[Element, int]] = {}
        seen: set[int] = set()
        for item in items:
            element = item.first
            for _level in range(_HIGHEST):
                if element.number in seen:
                    break
                seen.add(element.number)
                target = None if element.number in self.by_root else self._before(element)
                if target is not None:
                    found[element.number] = (element, target)
                if element.parent is None:
                    break
                element = element.parent
        sure = {_kind(element) for element, _target in found.values() if self._is_surely(element, found)}
        return {
            number: target
            for number, (element, target) in found.items()
            if _kind(element) in sure or self._size(element) <= _BATCH
        }

    def _before(self, element: Element) -> int | None:
        """Return the comment whose element stands before a list, with hardly a word between."""
        above = element.parent
        between = 0
        first = max(0, element.place - _NEAR)
        for child in reversed(above.children[first : element.place] if above is not None else ()):
            if isinstance(child, str):
                between += len(child.strip())
                continue
            if child.number in self.by_root:
                return self.by_root[child.number]
            if self._size(child) or between > _BETWEEN:
                return None
            between += self.facts.chars[child.number]
        return None

    def _is_surely(self, element: Element, found: dict[int, tuple[Element, int]]) -> bool:
        words = {word for name in (*element.classes, element.get("id")) for word in words_of(name)}
        if element.tag in _TAGS or not _INDENTED.isdisjoint(words):
            return True
        if any(above.number in found and _kind(above) == _kind(element) for above in _few(element)):
            return True
        above = element.parent
        behind = above.children[element.place + 1 : element.place + 5] if above is not None else []
        return any(not isinstance(child, str) and child.number in self.by_root for child in behind)

    def _size(self, element: Element) -> int:
        """Count the comments at and below an element."""
        return bisect_left(self.starts, element.end) - bisect_left(self.starts, element.number)


def _kind(element: Element) -> str:
    return ".".join((element.tag, *element.classes))


def _few(element: Element) -> list[Element]:
    return [above for above, _level in zip(element.ancestors(), range(2 * _HIGHEST), strict=False)]
