"""The same place in every comment: what stands there, how often, and whether it changes."""

from collections.abc import Sequence

from msgspec import Struct, field

from discourse.ingest.furniture import is_button, shape
from discourse.ingest.html.facts import Facts, has_letters
from discourse.ingest.html.hints import listed
from discourse.ingest.html.items import Item
from discourse.ingest.html.quoting import is_credit, is_quotation
from discourse.ingest.html.tree import Element

_OFTEN = 3  # comments in which the same short text must stand to be no comment's own
_BADGES = listed("badges")
_BADGED = frozenset("span small sup i em b strong abbr mark".split())
_LITTLE = _BADGED | frozenset("a li div p ul".split())
_BADGE = 40  # characters that a badge has at most
_FEW_WORDS = 120  # characters that a button, a badge or a signature has at most


class Slot(Struct):
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
        if _is_label(slot, facts) or _is_counter(slot, facts):
            extras.update(element.number for held in slot.holders.values() for element in held)
            continue
        named = not _is_wordy(slot, facts)
        if _holds_badges(slot, facts):
            extras.update(element.number for held in slot.holders.values() for element in held)
            continue
        for held in slot.holders.values():
            extras.update(element.number for element in held if is_extra(element, facts, named=named))
    return extras


def _holds_badges(slot: Slot, facts: Facts) -> bool:
    """Say whether "Moderator", "Author" and the like stand here: where others have names they are names."""
    if slot.path == "." or slot.example.tag not in _BADGED:
        return False
    firsts = [held[0] for held in slot.holders.values()]
    if any(facts.chars[element.number] > _BADGE for element in firsts):
        return False
    texts = [facts.short_text(element).strip(" .()[]").casefold() for element in firsts]
    return sum(text in _BADGES for text in texts) >= 0.5 * len(texts)


def _is_wordy(slot: Slot, facts: Facts) -> bool:
    """Say whether many words stand here in some comments: then a name such as "note" means little."""
    if slot.path == ".":
        return False
    long = sum(facts.chars[held[0].number] > _FEW_WORDS for held in slot.holders.values())
    return long > 0.2 * len(slot.holders)


def is_extra(element: Element, facts: Facts, *, named: bool = True) -> bool:
    """Say whether an element by itself is a button, a badge or the like; `named`: whether its name counts."""
    hints = facts.hints[element.number]
    if element.tag in ("button", "form", "input", "nav", "label", "faceplate-tracker", "menu"):
        return True
    if hints.extra == 2:
        return True
    if named and hints.extra and facts.chars[element.number] <= _FEW_WORDS and not hints.body:
        return not _holds_block_of_text(element)
    if element.tag not in _LITTLE:
        return False
    text = facts.short_text(element)
    pressed = bool(text) and len(text) < 60 and element.tag != "p" and is_button(text)
    return pressed and (_is_pressed(element) or facts.replies(element) > 0)


def _is_pressed(element: Element) -> bool:
    return element.tag in ("a", "ul", "li") or any(
        child.tag in ("a", "button", "li") for child in element.elements()
    )


def _holds_block_of_text(element: Element) -> bool:
    return any(child.tag in ("p", "blockquote") for child in element.elements())


def _is_counter(slot: Slot, facts: Facts) -> bool:
    """Say whether nothing but numbers and signs stand here, in nearly all comments."""
    if len(slot.holders) < _OFTEN or slot.path == ".":
        return False
    firsts = [held[0] for held in slot.holders.values()]
    if any(not 0 < facts.chars[element.number] <= 12 or facts.is_time[element.number] for element in firsts):
        return False
    return not any(
        facts.hints[element.number].author or has_letters(facts.short_text(element)) for element in firsts
    )


def _is_label(slot: Slot, facts: Facts) -> bool:
    """Say whether the same short text stands here in nearly all comments."""
    if len(slot.holders) < _OFTEN or slot.path == ".":
        return False
    firsts = [held[0] for held in slot.holders.values()]
    if any(facts.chars[element.number] > 60 for element in firsts):
        return False
    if any(facts.hints[element.number].author or facts.times(element) for element in firsts[:20]):
        return False
    if is_credit(firsts[0]) or (firsts[0].parent is not None and is_quotation(firsts[0].parent)):
        return False
    most = 1 if len(firsts) < 8 else max(1, len(firsts) // 12)
    shapes: set[str] = set()
    for element in firsts:
        text = facts.short_text(element)
        if text:
            shapes.add(shape(text))
        if len(shapes) > most:
            return False
    return bool(shapes)
