"""What belongs to one comment and to no other: its own elements, with the way to each."""

from collections.abc import Sequence

from msgspec import Struct, field

from discourse.ingest.html.containers import Container
from discourse.ingest.html.facts import Facts
from discourse.ingest.html.shapes import normal_name
from discourse.ingest.html.tree import Element

_DEEPEST = 40  # levels below a comment's own element; what lies deeper is read, but not told apart
_PLACED = frozenset("td tr div p section header span font".split())


class Spot(Struct, frozen=True):
    """One element of a comment."""

    element: Element
    path: str  # tags and classes from the comment's element down, with numbers masked
    depth: int


class Item(Struct):
    """One comment's own part of the page."""

    container: Container
    spots: list[Spot] = field(default_factory=list)  # in page order

    @property
    def first(self) -> Element:
        """The element that opens it."""
        return self.container.first


def make_items(containers: Sequence[Container], facts: Facts) -> list[Item]:
    """Return the comments with their own elements, those of comments within them left out."""
    opening = {root.number for container in containers for root in container.roots}
    return [_item(container, opening, facts) for container in containers]


def _item(container: Container, opening: set[int], facts: Facts) -> Item:
    item = Item(container)
    for place, root in enumerate(container.roots):
        above = "" if len(container.roots) == 1 else f"{min(place, 1)}"
        stack = [(root, above, 0)]
        while stack:
            element, path, depth = stack.pop()
            if not facts.seen[element.number] or (element is not root and element.number in opening):
                continue
            if depth < _DEEPEST:
                path = (
                    f"{path}/{_step(element, is_root=element is root)}"
                    if element is not root or above
                    else "."
                )
            item.spots.append(Spot(element, path, depth))
            within = [child for child in element.children if not isinstance(child, str)]
            stack.extend((child, path, depth + 1) for child in reversed(within))
    return item


def _step(element: Element, *, is_root: bool) -> str:
    names = [normal_name(name) for name in element.classes[:6] if "author-" not in name]
    extra = ""
    if "itemprop" in element.attributes:
        extra = f"[{element.attributes['itemprop']}]"
    elif "id" in element.attributes:
        extra = "#" + normal_name(element.attributes["id"][:60])
    if not names and not extra and not is_root:
        extra = _ordinal(element)
    return ".".join([element.tag, *names]) + extra


def _ordinal(element: Element) -> str:
    """Tell apart what has no name by its place: cells by their column, other blocks by being first."""
    if element.parent is None or element.tag not in _PLACED:
        return ""
    place = 0
    for sibling in element.parent.elements():
        if sibling is element:
            return f":{place}" if element.tag == "td" or place == 0 else ""
        place += sibling.tag == element.tag if element.tag == "td" else 1
        if place > 8:
            break
    return ""
