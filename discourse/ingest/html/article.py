"""What a saved page holds beside its comments: its title, its day, its text."""

import re
from collections.abc import Sequence
from datetime import date, datetime

from discourse.ingest.articles import PageArticle
from discourse.ingest.html.containers import Container
from discourse.ingest.html.facts import Facts
from discourse.ingest.html.shown_times import moments_in, stamp_of
from discourse.ingest.html.tree import Element, parse
from discourse.ingest.html.visible import visible_text

_TITLES = ("og:title", "twitter:title", "dc.title", "headline")
_DATES = (
    "article:published_time",
    "og:published_time",
    "date",
    "dc.date",
    "datepublished",
    "pubdate",
    "publishdate",
    "dc.date.issued",
    "parsely-pub-date",
)
_TAIL = re.compile(r"\s[|»–—·-]\s[^|»–—·]{1,60}$")
_LEAST = 120  # characters of running text below which a page has no article
_ASIDE = frozenset("nav footer aside form header".split())


def find_article(facts: Facts, containers: Sequence[Container]) -> PageArticle | None:
    """Return the page's running text outside of its comments; None where there is hardly any."""
    main = _main(facts, containers)
    if main is None:
        return None
    first = containers[0].first if containers else None

    def skip(part: Element) -> bool:
        return part.tag in _ASIDE or part is first or part.number in inside

    inside = {container.first.number for container in containers}
    if first is not None:
        inside |= {
            above.number for above in first.ancestors() if main.holds(above) and _is_area(above, facts)
        }
    text = visible_text(main, skip)
    if len(text) < _LEAST:
        return None
    day = page_day(facts, containers)
    return PageArticle(
        start_line=1,
        end_line=text.count("\n") + 1,
        title=page_title(facts),
        date=None if day is None else (day.date() if isinstance(day, datetime) else day).isoformat(),
        text=text,
    )


def lone_article(text: str) -> PageArticle | None:
    """Return the running text of a saved page without comments; None where it holds hardly any."""
    return find_article(Facts(parse(text)), [])


def _is_area(element: Element, facts: Facts) -> bool:
    return facts.hints[element.number].area


def _main(facts: Facts, containers: Sequence[Container]) -> Element | None:
    """Return the element with most paragraphs of its own: the nearest above them."""
    limits = [(container.first.number, container.end) for container in containers]
    weights: dict[int, int] = {}
    place = 0
    for element in facts.tree.elements:
        while place < len(limits) and limits[place][1] <= element.number:
            place += 1
        if place < len(limits) and limits[place][0] <= element.number:
            continue
        if (
            element.tag == "p"
            and facts.seen[element.number]
            and facts.chars[element.number] >= 40
            and element.parent
        ):
            weights[element.parent.number] = (
                weights.get(element.parent.number, 0) + facts.chars[element.number]
            )
    if not weights:
        return None
    best = max(weights, key=lambda number: (weights[number], -number))
    return facts.tree.elements[best] if weights[best] >= _LEAST else None


def page_title(facts: Facts) -> str | None:
    """Return the page's headline; None where it has none."""
    shown = None
    for element in facts.tree.elements:
        name = (element.get("property") or element.get("name") or element.get("itemprop")).lower()
        if element.tag == "meta" and name in _TITLES and element.get("content").strip():
            return " ".join(element.get("content").split())
        if element.tag == "title" and shown is None:
            shown = " ".join("".join(child for child in element.children if isinstance(child, str)).split())
        if element.tag == "h1" and facts.chars[element.number]:
            shown = facts.short_text(element) or shown
            break
    return _TAIL.sub("", shown) if shown else None


def page_day(facts: Facts, containers: Sequence[Container]) -> date | datetime | None:
    """Return the day that the page gives for its article; None where it gives none."""
    first = containers[0].first.number if containers else len(facts.tree.elements)
    for element in facts.tree.elements:
        if element.tag == "meta":
            name = (element.get("property") or element.get("name") or element.get("itemprop")).lower()
            if name in _DATES:
                found = stamp_of(element)
                if found is not None:
                    return found
    for element in facts.tree.elements[:first]:
        if facts.is_time[element.number]:
            found = stamp_of(element)
            days = [m.day for m in moments_in(facts.short_text(element)) if m.day is not None]
            if found is not None or days:
                return found or days[0]
    return None
