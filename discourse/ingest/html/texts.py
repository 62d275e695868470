"""Where a comment's own words stand, and nothing else."""

from collections.abc import Iterable, Mapping, Sequence

from discourse.ingest.html.facts import Facts
from discourse.ingest.html.items import Item
from discourse.ingest.html.quoting import is_quotation
from discourse.ingest.html.shown_names import without_verb
from discourse.ingest.html.slots import Slot
from discourse.ingest.html.tree import Element
from discourse.ingest.html.visible import visible_text

_NEAR = 0.995  # share of the most text that a place holds, from which on it holds all of it
_PIECES = frozenset("p blockquote ul ol li pre b i em strong a br font".split())
_WORDY = 12  # characters that a paragraph has at least, on average
_ENOUGH = 0.4  # share of all words that a place of bodies holds at least


def find_body_slots(  # noqa: PLR0917
    slots: dict[str, Slot],
    items: Sequence[Item],
    heads: Sequence[set[int]],
    shown: Sequence[set[int]],
    facts: Facts,
    extras: set[int],
) -> list[Slot]:
    """Return the places where comments' words stand, the surest first.

    Parameters
    ----------
    heads
        For each comment the numbers of the elements that show author and time, and of those around them.
    shown
        For each comment the numbers of the elements that show author and time themselves.
    """
    whole = sum(_free(item, parts, facts, extras) for item, parts in zip(items, shown, strict=True))
    graded: list[tuple[int, int, Slot]] = []
    for slot in slots.values():
        if slot.path == "." or _holds_head(slot, heads) or _all_in(slot, extras):
            continue
        mass = sum(
            facts.chars[element.number]
            for held in slot.holders.values()
            for element in _outermost(held)
            if element.number not in extras
        )
        hint = max(facts.hints[held[0].number].body for held in list(slot.holders.values())[:8])
        graded.append((mass, hint, slot))
    total = max((mass for mass, _hint, _slot in graded), default=0)
    if not total:
        return []
    ranked = sorted(graded, key=lambda entry: _rank(entry, total), reverse=True)
    least = _ENOUGH * max(total, 0.8 * whole)
    beside = _by_parent(graded)
    return [
        slot
        for mass, hint, slot in ranked
        if (mass >= least and not _is_piece(slot, hint, mass, whole, beside)) or (hint and mass > 0)
    ][:8]


def _by_parent(graded: Sequence[tuple[int, int, Slot]]) -> dict[str, list[tuple[int, Slot]]]:
    found: dict[str, list[tuple[int, Slot]]] = {}
    for mass, _hint, slot in graded:
        found.setdefault(slot.path.rpartition("/")[0], []).append((mass, slot))
    return found


def _is_piece(
    slot: Slot, hint: int, mass: int, whole: int, beside: Mapping[str, Sequence[tuple[int, Slot]]]
) -> bool:
    """Say whether a place is one paragraph of several: another, a quotation or a list stands beside it."""
    if hint:
        return False
    if slot.example.tag in _PIECES and mass < 0.97 * whole:
        return True
    return any(
        other is not slot
        and held >= 0.01 * mass
        and held >= _WORDY * len(other.holders)
        and _is_like(other, slot)
        for held, other in beside[slot.path.rpartition("/")[0]]
    )


def _is_like(other: Slot, slot: Slot) -> bool:
    one, two = other.example, slot.example
    alike = one.tag == two.tag and one.classes == two.classes
    return alike or (one.tag in _PIECES and not one.classes) or is_quotation(one)


def _free(item: Item, head: set[int], facts: Facts, extras: set[int]) -> int:
    """Return the characters of a comment that stand outside of its head and its buttons."""
    free, until = 0, 0
    for spot in item.spots:
        element = spot.element
        if element.number < until:
            continue
        if element.number in extras or element.number in head:
            until = element.end
        else:
            free += sum(len(child.strip()) for child in element.children if isinstance(child, str))
    return free


def _rank(entry: tuple[int, int, Slot], total: int) -> tuple[float, int, float]:
    mass, hint, slot = entry
    share = mass / total
    if share >= _NEAR:
        share = 1.0
    single = slot.repeats() <= 1.02
    value = share + (0.0, 0.35, 0.8)[hint] * (share > 0.3 or hint == 2) - 0.5 * (not single)
    return round(value, 4), slot.depth if single else -slot.depth, -slot.order


def _holds_head(slot: Slot, heads: Sequence[set[int]]) -> bool:
    held = sum(
        any(element.number in heads[index] for element in elements)
        for index, elements in slot.holders.items()
    )
    return held > 0.3 * len(slot.holders)


def _all_in(slot: Slot, extras: set[int]) -> bool:
    return all(held[0].number in extras for held in slot.holders.values())


def body_of(  # noqa: PLR0917
    index: int,
    item: Item,
    places: Sequence[Slot],
    head: set[int],
    shown: set[int],
    facts: Facts,
    extras: set[int],
    opening: set[int],
) -> tuple[str, Element | None, str]:
    """Return a comment's words, the element that holds them, and how it was found.

    Parameters
    ----------
    head
        Numbers of the elements around author and time.
    shown
        Numbers of the elements that show author and time themselves.
    opening
        Numbers of the elements that open comments.
    """

    def skip(part: Element) -> bool:
        return part.number in extras or part.number in opening or part.number in shown

    for slot in places:
        held = _outermost(
            element
            for element in slot.holders.get(index, ())
            if element.number not in head and element.number not in extras
        )
        if not held:
            continue
        texts = [visible_text(element, skip) for element in held]
        text = "\n\n".join(text for text in texts if text)
        if text:
            return text, held[0], _reason(held[0], facts)
    for slot in places[:2]:
        for element in _outermost(slot.holders.get(index, ())):
            text = visible_text(element, skip, pictures=True)
            if text and element.number not in head and element.number not in extras:
                return text, element, "it shows nothing but pictures"
    texts = [visible_text(root, skip) if root.number not in extras else "" for root in item.container.roots]
    text = "\n\n".join(text for text in texts if text)
    return without_verb(text), None, "all that is neither author, time nor button"


def _outermost(elements: Iterable[Element]) -> list[Element]:
    """Return elements, which come in page order, without those that stand within another."""
    kept: list[Element] = []
    for element in elements:
        if not kept or element.number >= kept[-1].end:
            kept.append(element)
    return kept


def _reason(element: Element, facts: Facts) -> str:
    hints = facts.hints[element.number]
    return (
        f"{hints.reason} says body" if hints.body else "it holds most of what changes from comment to comment"
    )
