"""Whether an element stands among comments or among something else, as names and titles around it say."""

import re

from discourse.ingest.counts import is_heading, stated_count
from discourse.ingest.html.facts import Facts
from discourse.ingest.html.hints import listed
from discourse.ingest.html.tree import Element
from discourse.ingest.words import any_of

_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
_AMONG, _ELSEWHERE = 0.8, -1.5
_COUNTED = re.compile(r"post|message|beitr", re.IGNORECASE)  # a blog may count its articles so
_TITLES = re.compile(rf"\W*(?:{any_of(listed('elsewhere_titles'))})(?![^\W\d_])", re.IGNORECASE)
_AREAS = re.compile(rf"\W*(?:{any_of(listed('area_titles'))})(?![^\W\d_])", re.IGNORECASE)
_LONGEST = 60  # characters of a title that is looked at


def contexts_of(facts: Facts) -> list[float]:
    """Say of each element whether it stands among comments or elsewhere; the nearest word decides."""
    context: list[float] = []
    titled = _titled(facts)
    for element in facts.tree.elements:
        above = context[element.parent.number] if element.parent is not None else 0.0
        hints = facts.hints[element.number]
        title = titled.get(element.number, 0.0)
        if title < 0 and not facts.replies(element):
            above = _ELSEWHERE
        elif hints.area or hints.item == 2:
            above = _AMONG
        elif hints.elsewhere or (element.tag in ("nav", "aside") and not hints.item):
            above = _ELSEWHERE
        elif title > 0 and not above:
            above = title
        context.append(above)
    return context


def _titled(facts: Facts) -> dict[int, float]:
    """Return the elements that a title ("Recent comments", "12 replies") stands above, up to the next one."""
    found: dict[int, float] = {}
    for element in facts.tree.elements:
        if element.tag not in _HEADINGS or not 0 < facts.chars[element.number] <= _LONGEST:
            continue
        context = _said(facts.short_text(element))
        if context:
            found.update(dict.fromkeys(_below(element), context))
    return found


def _said(title: str) -> float:
    if _TITLES.match(title):
        return _ELSEWHERE
    if is_heading(title) or _AREAS.match(title):
        return _AMONG
    return _AMONG * (0.4 if _COUNTED.search(title) else 1.0) if stated_count(title) else 0.0


def _below(heading: Element) -> list[int]:
    found: list[int] = []
    beside = heading.parent.children if heading.parent is not None else []
    for place in range(heading.place + 1, len(beside)):  # no slice: a hostile page has 10^5 titles
        child = beside[place]
        if isinstance(child, str):
            continue
        if child.tag in _HEADINGS:
            break
        found.append(child.number)
    return found
