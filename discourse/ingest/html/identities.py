"""What the markup calls each comment, so that others can name it."""

import re
from collections import Counter
from collections.abc import Sequence

from discourse.ingest.html.facts import Facts
from discourse.ingest.html.items import Item

_OWN_IDS = frozenset(
    (
        "id data-comment-id data-id data-post-id data-commentid thingid comment-id data-post-number "
        "data-fullname data-reply-id data-cid data-postid name data-number data-item-id data-comment "
        "data-entity-id data-message-id"
    ).split()
)
_NUMBER = re.compile(r"[0-9a-z]{0,40}\d[0-9a-z]{0,40}(?:-[0-9a-z]{1,40}){0,6}$", re.IGNORECASE)


def tails_of(value: str) -> list[str]:
    """Return the number at the end of an id, as other elements may name the same comment."""
    match = _NUMBER.search(value[-120:].lstrip("#"))
    return [match[0].lower()] if match else []


def comments_by_id(items: Sequence[Item]) -> dict[str, int]:
    """Return the comments by what the markup calls each; what two share names neither."""
    found: dict[str, int] = {}
    doubtful: Counter[str] = Counter()
    for index, item in enumerate(items):
        names: set[str] = set()
        for spot in item.spots[:12]:
            for key, value in spot.element.attributes.items():
                if key in _OWN_IDS and value and (key != "name" or spot.element.tag == "a"):
                    names.add(value)
        for name in sorted(names):
            found.setdefault(name, index)
        for tail in sorted({tail for name in names for tail in tails_of(name)}):
            if found.get(tail, index) != index:
                doubtful[tail] += 1
            found.setdefault(tail, index)
    for tail in doubtful:
        found.pop(tail, None)
    return found


def comments_by_number(items: Sequence[Item], facts: Facts) -> dict[str, int]:
    """Return the comments by the numbers that they show ("#3")."""
    found: dict[str, int] = {}
    shown = 0
    for index, item in enumerate(items):
        for spot in item.spots[:30]:
            if facts.chars[spot.element.number] <= 12:
                text = facts.short_text(spot.element).strip(" .)(")
                if text.lstrip("#№ ").isdigit() and text[:1] in "#№":
                    found.setdefault(text.lstrip("#№ "), index)
                    shown += 1
                    break
    return found if shown > 0.6 * len(items) else {str(index + 1): index for index in range(len(items))}
