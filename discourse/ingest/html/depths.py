"""How deep a comment stands, as attributes, classes, margins and empty cells say it."""

import re
from collections.abc import Sequence
from itertools import pairwise

from discourse.ingest.html.hints import words_of
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
    r"(?:(?:margin|padding)-(?:left|inline-start|right|inline-end)|(?<![\w-])left|text-indent)\s{0,4}:\s{0,4}"
    r"(\d{1,5}(?:\.\d{1,3})?)\s{0,3}(px|em|rem|%|vw|pt)?",
    re.IGNORECASE,
)
_SHORTHAND = re.compile(
    r"(?:margin|padding)\s{0,4}:\s{0,4}\S{1,12}\s{1,4}\S{1,12}\s{1,4}\S{1,12}\s{1,4}"
    r"(\d{1,5}(?:\.\d{1,3})?)(px|em|rem|%)?",
    re.IGNORECASE,
)
_VARIABLE = re.compile(r"--[a-z][\w-]{0,40}\s{0,4}:\s{0,4}(\d{1,3})\s{0,4}(?:;|$)", re.IGNORECASE)
_WIDTH = re.compile(
    r"(?<![\w-])(?:max-)?width\s{0,4}:\s{0,4}(\d{1,5}(?:\.\d{1,3})?)\s{0,3}(?:px|%|em|rem)", re.IGNORECASE
)
_STEP_CLASS = re.compile(
    r"^(?:[a-z]{2}:)?-?(?:m|p)[lrse]-(\d{1,3})$|^(?:[a-z]{1,9}-){0,3}(?:offset|push|pad|margin|padding)(?:-[a-z]{2})?-(\d{1,3})$",
    re.IGNORECASE,
)
_ANSWER_CLASS = frozenset(
    "reply child nested answer antwort kind subcomment response réponse respuesta subreply".split()
)
_EMPTY = frozenset("i span div b s u td".split())
_GUIDE = frozenset("line lines indent indentation level depth guide thread spacer tab gap".split())


def all_depths(items: Sequence[Item]) -> list[tuple[str, list[float]]]:
    """Return each way in which the page may state depth, for all comments."""
    return [
        ("attribute or class for depth", _filled([_said_depth(item) for item in items])),
        ("its margin", _filled([_margin(item) for item in items])),
        ("a variable of its style", _filled([_variable(item) for item in items])),
        ("a class for its margin", _filled([_stepped(item) for item in items])),
        ("its width", _narrowed([_width(item) for item in items])),
        ("width of the picture before it", _filled([_spacer(item) for item in items])),
        ("empty cells before it", _filled([_cells(item) for item in items])),
        ("wrappers around it", _wrappers(items)),
        ("empty elements before it", _guides(items)),
        ("blanks before it", _filled([_blanks(item) for item in items])),
        ("a class for answers", _answering(items)),
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


def _variable(item: Item) -> float | None:
    for element in _near(item):
        match = _VARIABLE.search(element.get("style")[:400])
        if match:
            return float(match[1])
    return None


def _stepped(item: Item) -> float | None:
    for element in _near(item)[:2]:
        for name in element.classes:
            match = _STEP_CLASS.match(name)
            if match:
                return float(match[1] or match[2])
    return None


def _width(item: Item) -> float | None:
    for element in _near(item)[:2]:
        match = _WIDTH.search(element.get("style")[:400])
        if match:
            return float(match[1])
        if element.tag in ("table", "td", "tr") and element.get("width").endswith("%"):
            shown = element.get("width")[:-1]
            return float(shown) if shown.isdigit() else None
    return None


def _narrowed(widths: list[float | None]) -> list[float]:
    """Return how much narrower than the widest each is."""
    known = [width for width in widths if width is not None]
    if len(known) < 0.9 * len(widths) or not known:
        return []
    widest = max(known)
    return [0.0 if width is None else widest - width for width in widths]


def _guides(items: Sequence[Item]) -> list[float]:
    """Count the empty elements of one kind that open each comment: lines drawn for each level."""
    found = [_leading(item) for item in items]
    depths = [float(len(leading)) for leading in found]
    names = [words_of(name) for leading in found for element in leading for name in element.classes[:3]]
    is_named = any(not _GUIDE.isdisjoint(words) for words in names)
    is_stepwise = all(depth <= before + 1 for before, depth in pairwise(depths))
    is_bare = not any(element.attributes for leading in found for element in leading)
    return depths if is_stepwise and (is_named or is_bare or max(depths, default=0) > 1) else []


def _leading(item: Item) -> list[Element]:
    found: list[Element] = []
    for above in (item.first, *list(item.first.elements())[:1]):
        for child in above.children:
            if isinstance(child, str):
                if child.strip():
                    break
            elif (
                child.tag in _EMPTY
                and not child.children
                and (not found or child.classes == found[0].classes)
            ):
                found.append(child)
            else:
                break
        if found:
            break
    return found


def _blanks(item: Item) -> float | None:
    """Count the blanks that do not break before the first word of a comment."""
    for spot in item.spots[:6]:
        for child in spot.element.children:
            if isinstance(child, str) and child.strip(" \t\r\n\f"):
                return float(len(child[:200]) - len(child[:200].lstrip()) if "\xa0" in child[:200] else 0)
            if not isinstance(child, str):
                break
    return None


def _answering(items: Sequence[Item]) -> list[float]:
    """Say of each comment whether its class says that it is an answer, where those of others do not."""
    said = [
        any(
            not _ANSWER_CLASS.isdisjoint(words_of(name))
            for element in _near(item)[:2]
            for name in element.classes
        )
        for item in items
    ]
    return [float(is_answer) for is_answer in said]


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
