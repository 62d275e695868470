"""The same place in every comment: what stands there, how often, and whether it changes."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from discourse.ingest.furniture import is_button, shape
from discourse.ingest.html.facts import Facts
from discourse.ingest.html.items import Item
from discourse.ingest.html.tree import Element

_OFTEN = 3  # comments in which the same short text must stand to be no comment's own


@dataclass(slots=True)
class Slot:
    """One place within a comment, over all comments."""

    path: str
    depth: int
    order: float = 0.0  # how far down it stands, 0 to 1, on average
    holders: dict[int, list[Element]] = field(default_factory=dict)  # by index of the comment

    @property
    def example(self) -> Element:
        """The element of the first comment that has it."""
        return next(iter(self.holders.values()))[0]

    def repeats(self) -> float:
        """Return how often it stands in a comment that has it."""
        return sum(map(len, self.holders.values())) / max(1, len(self.holders))


def find_slots(items: Sequence[Item]) -> dict[str, Slot]:
    """Return the places of all comments, by path."""
    slots: dict[str, Slot] = {}
    for index, item in enumerate(items):
        size = max(1, len(item.spots))
        for rank, spot in enumerate(item.spots):
            slot = slots.get(spot.path)
            if slot is None:
                slot = slots[spot.path] = Slot(spot.path, spot.depth)
            if index not in slot.holders:
                slot.holders[index] = []
                slot.order += rank / size
            slot.holders[index].append(spot.element)
    for slot in slots.values():
        slot.order /= len(slot.holders)
    return slots


def find_extras(slots: dict[str, Slot], facts: Facts) -> set[int]:
    """Return the numbers of elements that are no comment's own words: buttons, labels, counters."""
    extras: set[int] = set()
    for slot in slots.values():
        if _is_label(slot, facts):
            extras.update(element.number for held in slot.holders.values() for element in held)
            continue
        for held in slot.holders.values():
            extras.update(element.number for element in held if is_extra(element, facts))
    return extras


def is_extra(element: Element, facts: Facts) -> bool:
    """Say whether an element by itself is a button, a badge or the like."""
    hints = facts.hints[element.number]
    if element.tag in ("button", "form", "input", "nav", "label", "faceplate-tracker", "menu"):
        return True
    if hints.extra == 2:
        return True
    if hints.extra and facts.chars[element.number] <= 120 and not hints.body:
        return not _holds_block_of_text(element)
    if element.tag not in ("a", "span", "li", "div", "small", "p", "ul", "i", "em"):
        return False
    text = facts.short_text(element)
    return bool(text) and len(text) < 60 and element.tag != "p" and is_button(text) and _is_pressed(element)


def _is_pressed(element: Element) -> bool:
    return element.tag in ("a", "ul", "li") or any(
        child.tag in ("a", "button", "li") for child in element.elements()
    )


def _holds_block_of_text(element: Element) -> bool:
    return any(child.tag in ("p", "blockquote") for child in element.elements())


def _is_label(slot: Slot, facts: Facts) -> bool:
    """Say whether the same short text stands here in nearly all comments."""
    if len(slot.holders) < _OFTEN or slot.path == ".":
        return False
    firsts = [held[0] for held in slot.holders.values()]
    if any(facts.chars[element.number] > 60 for element in firsts):
        return False
    if any(facts.hints[element.number].author or facts.times(element) for element in firsts[:20]):
        return False
    shapes = {shape(text) for element in firsts if (text := facts.short_text(element))}
    return len(shapes) == 1 if len(firsts) < 8 else 0 < len(shapes) <= max(1, len(firsts) // 12)
