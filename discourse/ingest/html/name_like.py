"""Whether the first or last words of an element may be somebody's name."""

import re

from discourse.ingest.furniture import is_button
from discourse.ingest.html.facts import Facts
from discourse.ingest.html.shown_names import bare_name, clean_name
from discourse.ingest.html.shown_times import moments_in
from discourse.ingest.html.tree import Element

_EDGES = " \t\r\n\xa0·•|–—-:,()[]#»«0123456789"
_STOPS = ".!?…。"
_SIGNED = re.compile(r"(?:--|[—–~-])\s")  # before the name of one who signs
_ADDRESS = re.compile(r"://|^www\.|\s›\s")
_FIRST, _LAST = 14, 12  # elements that are looked at
_LONGEST = 40  # characters of a name


def opens_with_name(run: tuple[Element, ...], facts: Facts) -> bool:
    """Say whether the first words of an element, or of a run of them, may be a name: few, and no sentence."""
    elements = facts.tree.elements
    for root in run[:3]:
        for number in range(root.number, min(root.end, root.number + _FIRST)):
            if not facts.seen[number] or (facts.is_time[number] and _is_moment(elements[number])):
                continue
            for child in elements[number].children:
                text = child.strip(_EDGES) if isinstance(child, str) and len(child) < 400 else child
                if isinstance(text, str) and (len(text) > 1 or text.isalpha()):
                    return may_be_name(text)
    return False


def _is_moment(element: Element) -> bool:
    """Say whether an element that shows a time shows nothing that may be a name with it."""
    own = " ".join("".join(child for child in element.children if isinstance(child, str)).split())
    return element.tag == "time" or (any(char.isdigit() for char in own) and not clean_name(own[:200]))


def ends_with_name(element: Element, facts: Facts) -> bool:
    """Say whether one of the last short pieces of an element may be a name that stands alone in its tag."""
    elements = facts.tree.elements
    for number in range(element.end - 1, max(element.number, element.end - _LAST), -1):
        pieces = [
            child for child in elements[number].children if isinstance(child, str) and child.strip(_EDGES)
        ]
        if len(pieces) != 1 or not facts.seen[number]:
            continue
        text = pieces[0].strip()
        if _SIGNED.match(text) and may_be_name(text):
            return True
        if facts.is_time[number] or elements[number].tag == "p" or moments_in(text) or is_button(text):
            continue
        if may_be_name(text.strip(_EDGES)):
            return True
    return False


def may_be_name(text: str) -> bool:
    """Say whether a text is short, and ends neither as a sentence nor as a time."""
    if len(text) >= 100 or _ADDRESS.search(text):
        return False
    text = " ".join(text.split())
    name = clean_name(text)
    if not name and not any(char.isdigit() for char in text):  # "Today" may be one
        name = bare_name(text)
    words = name.split()
    if not 0 < len(name) <= _LONGEST or len(words) > 4:
        return False
    return name[-1] not in _STOPS or (name[-1] == "." and len(words) > 1 and len(words[-1]) < 4)
