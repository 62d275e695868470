"""Names that a page shows only in attributes: the title of a link to a profile, the text of a portrait."""

import re
from collections.abc import Sequence

from discourse.ingest.html.facts import Facts
from discourse.ingest.html.items import Item, Spot
from discourse.ingest.html.name_like import may_be_name
from discourse.ingest.html.shown_times import moments_in
from discourse.ingest.html.tree import Element

_DEEPEST = 16  # elements of a comment that are looked at
_SHARE = 0.8  # of the comments that have such an attribute, where it holds names
_KEYS = ("title", "alt", "aria-label", "data-name", "data-user")
_TAGS = frozenset("a img span div figure button".split())
_AROUND = re.compile(
    r"^(?:avatar|photo|picture|profile(?:\s(?:picture|photo|image))?|portrait|profilbild|bild|image)"
    r"\s(?:of|von|for|de|di|för|van)\s|(?:'s|’s)?\s(?:avatar|photo|picture|portrait|profile(?:\s\w{5,7})?)$",
    re.IGNORECASE,
)


def names_in_attributes(items: Sequence[Item], facts: Facts) -> dict[int, tuple[str, Element, str]]:
    """Return the authors by index of the comment, with the element and the reason; none where none are."""
    found: dict[str, dict[int, tuple[str, Element, str]]] = {}
    for index, item in enumerate(items):
        for spot in item.spots[:_DEEPEST]:
            for key in _KEYS:
                name = _name(spot, key, facts)
                if name:
                    place = found.setdefault(f"{spot.path}@{key}", {})
                    place.setdefault(index, (name, spot.element, f"attribute {key}"))
    best: dict[int, tuple[str, Element, str]] = {}
    for place in found.values():
        names = {name for name, _element, _reason in place.values()}
        enough = len(place) >= _SHARE * len(items) and (len(names) > 1 or len(items) == 1)
        if enough and len(place) > len(best):
            best = place
    return best


def _is_moment(value: str) -> bool:
    """Say whether a value tells a time, with a number in it: "Today" may be a name."""
    return bool(moments_in(value)) and any(char.isdigit() for char in value)


def _name(spot: Spot, key: str, facts: Facts) -> str:
    element = spot.element
    value = element.attributes.get(key, "") if element.tag in _TAGS else ""
    if not value or len(value) > 100 or facts.is_time[element.number] or _is_moment(value):
        return ""
    name = _AROUND.sub("", " ".join(value.split()))
    return name if may_be_name(name) else ""
