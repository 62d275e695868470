"""Lines of a comment that say whom it answers, and are none of its words."""

import re
from collections.abc import Sequence

from discourse.ingest.html.facts import Facts
from discourse.ingest.html.hints import listed
from discourse.ingest.html.items import Item
from discourse.ingest.words import any_of

_LONGEST = 120  # characters of such a line
_WORDED = [phrase for phrase in listed("answers") if len(phrase) > 2 and phrase != "parent"]
_LINE = re.compile(rf"[\W_]{{0,3}}(?:{any_of(_WORDED)})\s?[::]?\s?@?(?P<who>.+)", re.IGNORECASE)
_NUMBER = re.compile(
    r"(?:comment|post|kommentar|beitrag|commentaire|comentario|no\.?|nr\.?)?\s?[#№]?\s?\d{1,7}", re.IGNORECASE
)
_ENDS = " :：.,;·→»"


def find_addresses(items: Sequence[Item], authors: Sequence[str], facts: Facts) -> list[set[int]]:
    """Return, for each comment, the elements that hold nothing but "In reply to" with a name or a number."""
    known = {author.strip(_ENDS).casefold() for author in authors if author}
    found: list[set[int]] = []
    for item in items:
        numbers: set[int] = set()
        found.append(numbers)
        until = 0
        for spot in item.spots[1:]:
            element = spot.element
            if element.number < until or not 4 < facts.chars[element.number] <= _LONGEST:
                continue
            match = _LINE.fullmatch(facts.short_text(element))
            if match is not None and _is_one(match["who"], known):
                numbers.add(element.number)
                until = element.end
    return found


def _is_one(who: str, known: set[str]) -> bool:
    name = who.strip(_ENDS).casefold()
    return name in known or _NUMBER.fullmatch(name) is not None
