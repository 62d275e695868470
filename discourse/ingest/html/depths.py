"""How deep a comment stands, as attributes, classes, margins and empty cells say it."""

import re
from collections.abc import Sequence

from discourse.ingest.html.items import Item
from discourse.ingest.html.tree import Element

_DEPTHS = (
    "data-depth aria-level data-level depth data-comment-depth data-nest-level data-indent level "
    "indent nesting-level data-thread-level"
).split()
_DEPTH_CLASS = re.compile(
    r"^(?:[a-z]{1,20}[-_]{1,2}){0,3}(?:comment|reply|thread|post|c|is|u|l)?"
    r"(?:depth|level|lvl|indent|indented|nest|nesting|tier|ebene|tiefe|nested-level|indent-level)[-_]{0,2}(\d{1,3})$",
    re.IGNORECASE,
)
_STYLE = re.compile(
    r"(?:margin|padding)-(?:left|inline-start|right|inline-end)\s{0,4}:\s{0,4}"
    r"(\d{1,5}(?:\.\d{1,3})?)\s{0,3}(px|em|rem|%|vw|pt)?",
    re.IGNORECASE,
)
_SHORTHAND = re.compile(
    r"(?:margin|padding)\s{0,4}:\s{0,4}\S{1,12}\s{1,4}\S{1,12}\s{1,4}\S{1,12}\s{1,4}"
    r"(\d{1,5}(?:\.\d{1,3})?)(px|em|rem|%)?",
    re.IGNORECASE,
)


def all_depths(items: Sequence[Item]) -> list[tuple[str, list[float]]]:
    """Return each way in which the page may state depth, for all comments."""
    return [
        ("attribute or class for depth", _filled([_said_depth(item) for item in items])),
        ("its margin", _filled([_margin(item) for item in items])),
        ("width of the picture before it", _filled([_spacer(item) for item in items])),
        ("empty cells before it", _filled([_cells(item) for item in items])),
        ("wrappers around it", _wrappers(items)),
    ]


def _filled(depths: list[float | None]) -> list[float]:
    known = [depth for depth in depths if depth is not None]
    if len(known) < 0.3 * len(depths) or not known:
        return []
    return [0.0 if depth is None else depth for depth in depths]


def _near(item: Item) -> list[Element]:
    above = item.first.parent
    around = (
        [above] if above is not None and len(above.children) <= 4 and len(list(above.elements())) == 1 else []
    )
    return [*around, *(spot.element for spot in item.spots[:3])]


def _said_depth(item: Item) -> float | None:
    for element in _near(item):
        for key in _DEPTHS:
            value = element.get(key)
            if value.isdigit() and len(value) < 4:
                return float(value)
        for name in element.classes:
            match = _DEPTH_CLASS.match(name)
            if match:
                return float(match[1])
    return None


def _margin(item: Item) -> float | None:
    total = None
    for element in _near(item):
        style = element.get("style")[:400]
        match = _STYLE.search(style) or _SHORTHAND.search(style)
        if match:
            total = (total or 0.0) + float(match[1])
    return total


def _spacer(item: Item) -> float | None:
    for spot in item.spots[:14]:
        element = spot.element
        if element.tag == "img" and element.get("width").isdigit():
            small = element.get("height") in ("1", "0", "2") or re.search(
                r"spacer|blank|pixel|trans|clear|/s\.gif", element.get("src")
            )
            return float(element.get("width")) if small else None
        if element.tag == "td" and element.get("indent").isdigit():
            return float(element.get("indent"))
    return None


def _cells(item: Item) -> float | None:
    """Return the width that empty cells before a comment take up."""
    for spot in item.spots[:6]:
        if spot.element.tag == "td":
            width = spot.element.get("width").rstrip("px%")
            empty = not "".join(child for child in spot.element.children if isinstance(child, str)).strip(
                "\xa0 \n\t"
            )
            if width.isdigit() and empty and not any(True for _child in spot.element.elements()):
                return float(width)
            span = spot.element.get("colspan")
            return 0.0 if not span.isdigit() else None
    return None


def _wrappers(items: Sequence[Item]) -> list[float]:
    """Count the indenting elements that each comment stands in."""
    depths = [float(sum(above.tag in ("blockquote", "dd") for above in _few(item.first))) for item in items]
    return depths if any(depths) else []


def _few(element: Element) -> list[Element]:
    found = []
    for above in element.ancestors():
        found.append(above)
        if len(found) > 60:
            break
    return found
