"""How many comments a saved page says it has, and what to say of one that has none."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from discourse.ingest.counts import stated_count as count_in
from discourse.ingest.html.containers import Container
from discourse.ingest.html.facts import Facts
from discourse.ingest.html.tree import Element

_DIGIT = re.compile(r"\d")
_LONGEST = 200  # characters of an element that states a count
_OUTRIGHT = ("commentcount", "usercomments", "numcomments")
_NEAR = 60  # elements above the first comment among which its heading stands


def stated_count(facts: Facts, containers: Sequence[Container]) -> int | None:
    """Return the number of comments that the page itself states; None where it states none.

    The heading nearest above the first comment counts, then microdata, then the first statement
    anywhere.
    """
    found = [
        (element, number) for element in _telling(facts) if (number := _count(element, facts)) is not None
    ]
    if not containers:
        return max((number for _element, number in found), default=None)
    first = containers[0].first.number
    starts = [container.first.number for container in containers]
    ends = list(accumulate((container.end for container in containers), max))
    outside = [(element, number) for element, number in found if not _is_within(element.number, starts, ends)]
    above = [(element, number) for element, number in outside if element.number < first]
    if above:
        best = [
            number for element, number in above if _is_heading(element) and first - element.number < _NEAR
        ]
        return best[-1] if best else above[-1][1]
    return outside[0][1] if outside else None


def nothing_found(facts: Facts, stated: int | None) -> str:
    """Say of a page without comments what it holds instead."""
    size = facts.chars[0]
    if not size:
        return "a saved page without any text"
    seen = f"a saved page with {size} characters of text"
    if stated:
        return f"{seen}: it states {stated} comment{'' if stated == 1 else 's'}, and none could be told apart"
    frames = sum(element.tag == "iframe" for element in facts.tree.elements)
    if frames:
        noun = "frame" if frames == 1 else "frames"
        return f"{seen} and {frames} {noun}, saved apart from it, and no comment"
    return f"{seen}, and no comment"


def _count(element: Element, facts: Facts) -> int | None:
    said = element.get("itemprop").lower() if element.attributes else ""
    if said in _OUTRIGHT or "commentCount" in said:
        value = (element.get("content") or facts.short_text(element)).strip()
        return int(value) if value.isdigit() and len(value) < 8 else None
    if not facts.seen[element.number] or not 0 < facts.chars[element.number] <= _LONGEST:
        return None
    if element.tag in ("html", "body", "script", "style"):
        return None
    text = facts.short_text(element)
    return count_in(text) if any(char.isdigit() for char in text) else None


def _is_heading(element: Element) -> bool:
    return element.tag in ("h1", "h2", "h3", "h4", "h5", "h6", "header", "legend", "caption", "strong")


def _telling(facts: Facts) -> list[Element]:
    """Return the elements that show a number, and those around them, in page order."""
    found: dict[int, Element] = {}
    for element in facts.tree.elements:
        if not element.children and not element.attributes:
            continue
        shows = any(
            isinstance(child, str) and _DIGIT.search(child[:_LONGEST]) for child in element.children[:8]
        )
        if shows or "itemprop" in element.attributes:
            found[element.number] = element
            if element.parent is not None:
                found[element.parent.number] = element.parent
    return [found[number] for number in sorted(found)]


def _is_within(number: int, starts: Sequence[int], ends: Sequence[int]) -> bool:
    place = bisect_right(starts, number) - 1
    return place >= 0 and number < ends[place]
