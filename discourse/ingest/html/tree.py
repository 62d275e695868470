"""A saved page as a tree of plain objects, whatever its markup.

The parser is lexbor's, which mends broken markup as browsers do. It takes the square of an element's
depth and of its number of attributes, so hostile pages are cut to what a browser would show first.
"""

import re
from collections.abc import Iterator, Mapping
from itertools import islice

from selectolax.lexbor import LexborHTMLParser

_DEEPEST = 2000  # levels; Chromium keeps 512
_MOST_ATTRIBUTES = 400  # an element with more is no element of a page
_MOST_OPTIONS = 2000  # of all drop-down lists; the parser takes the square of their number
_SHADOW = "shadow-root"  # what a shown template is called
_LONG_TAG = 4 * _MOST_ATTRIBUTES  # characters from which on a tag may have as many
# what is no tag of the page, and tags; none reaches over a "<", so that a failure costs one look
_MARKS = re.compile(
    r"<!--(?:.*?-->|.*)|<(?P<raw>script|style|textarea|title)\b(?:.*?</(?P=raw)\b|.*)"
    r"|<(?P<end>/?)(?P<tag>[a-z][^\s/<>]*+)(?P<rest>[^<>]*+)>",
    re.IGNORECASE | re.DOTALL,
)
_ATTRIBUTE = re.compile(r"[^\s/>=][^\s/>=]*+(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s>\"'][^\s>]*+))?")
_SHOWN_TEMPLATE = re.compile(r"<template\s[^<>]*shadowroot", re.IGNORECASE)
# elements that end by themselves are not counted as depth: they may be left open a thousand times
_UNNESTED = frozenset(
    "area base br col dd dt embed hr img input li link meta option p param source td th tr track wbr".split()
)


class Element:
    """One element; its children are elements and pieces of text, in page order."""

    __slots__ = ("attributes", "children", "classes", "end", "number", "parent", "place", "tag")

    def __init__(
        self, tag: str, parent: "Element | None", number: int, attributes: Mapping[str, str | None]
    ) -> None:
        self.tag = tag  # lower case
        self.parent = parent
        self.number = number  # place in the page: ancestors first, then in page order
        self.end = number + 1  # one past the number of the last element within
        self.place = 0 if parent is None else len(parent.children)  # among the parent's children
        self.children: list[Element | str] = []
        self.attributes = {name: value or "" for name, value in attributes.items()}  # names in lower case
        self.classes = self.attributes["class"].split() if "class" in self.attributes else []  # in order

    def get(self, name: str) -> str:
        """Return an attribute; an empty text where it is missing."""
        return self.attributes.get(name, "")

    def holds(self, other: "Element") -> bool:
        """Say whether the other stands within this one; an element does not hold itself."""
        return self.number < other.number < self.end

    def elements(self) -> Iterator["Element"]:
        """Yield the child elements."""
        for child in self.children:
            if not isinstance(child, str):
                yield child

    def ancestors(self) -> Iterator["Element"]:
        """Yield the elements that this one stands in, from the nearest on."""
        above = self.parent
        while above is not None:
            yield above
            above = above.parent


class Tree:
    """A page: all its elements in page order, the root first."""

    def __init__(self, elements: list[Element]) -> None:
        self.elements = elements

    @property
    def root(self) -> Element:
        """The element that holds all others; the page may name it html or not."""
        return self.elements[0]

    def within(self, element: Element) -> list[Element]:
        """Return the elements below one, in page order."""
        return self.elements[element.number + 1 : element.end]


def parse(markup: str) -> Tree:
    """Return a page or a fragment as a tree; there is no markup that cannot be read."""
    page = Element("#page", None, 0, {})
    elements = [page]
    root = LexborHTMLParser(_tamed(_with_shadows(markup))).root
    by_id: dict[int, Element] = {}
    for node in root.traverse(include_text=True) if root is not None else ():
        above = node.parent
        parent = page if above is None else by_id.get(above.mem_id, page)
        if node.is_element_node:
            element = Element(node.tag or "", parent, len(elements), node.attributes)
            by_id[node.mem_id] = element
            parent.children.append(element)
            elements.append(element)
        elif node.is_text_node and (text := node.text(deep=False)):
            parent.children.append(text)
    for element in reversed(elements):
        if element.parent is not None:
            element.parent.end = max(element.parent.end, element.end)
    return Tree(elements)


def _with_shadows(markup: str) -> str:
    """Return markup whose templates stand open where a browser shows them: as shadow roots."""
    if not _SHOWN_TEMPLATE.search(markup):
        return markup
    kept: list[str] = []
    shown: list[bool] = []  # of each open template, whether it is one
    place = 0
    for match in _MARKS.finditer(markup):
        if (match["tag"] or "").lower() != "template":
            continue
        if not match["end"]:
            shown.append("shadowroot" in match["rest"].lower())
        is_shown = shown[-1] if shown else False
        if match["end"] and shown:
            shown.pop()
        if is_shown:
            kept += (markup[place : match.start()], f"<{match['end']}{_SHADOW}{match['rest']}>")
            place = match.end()
    return "".join((*kept, markup[place:]))


def _tamed(markup: str) -> str:
    """Return markup without tags deeper, and without attributes or options more, than the parser can bear."""
    if markup.count("<") <= _DEEPEST and len(markup) <= _LONG_TAG:
        return markup
    kept: list[str] = []
    depth = place = options = 0
    for match in _MARKS.finditer(markup):
        tag = match["tag"]
        if tag is None or tag.lower() in _UNNESTED:
            pass
        elif match["end"]:
            depth = max(0, depth - 1)
        else:
            depth += 1
        deep = depth > _DEEPEST and tag is not None and not match["end"] and tag.lower() not in _UNNESTED
        options += tag is not None and tag.lower() == "option"
        deep = deep or (options > _MOST_OPTIONS and tag is not None and tag.lower() == "option")
        crowded = tag is not None and len(match["rest"]) > _LONG_TAG
        if deep or crowded:
            kept += (markup[place : match.start()], "" if deep else _thinned(match))
            place = match.end()
    return "".join((*kept, markup[place:]))


def _thinned(match: re.Match[str]) -> str:
    kept = islice(_ATTRIBUTE.finditer(match["rest"]), _MOST_ATTRIBUTES)
    return f"<{match['end']}{match['tag']} {' '.join(attribute.group() for attribute in kept)}>"
