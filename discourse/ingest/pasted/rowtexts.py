"""What a row's own text says of it: its length, its ends, its marks, its letters."""

import re
import unicodedata
from functools import lru_cache

from discourse.ingest.pasted.rowheads import BULLETS
from discourse.ingest.pasted.rows import NUMBER, Row

_STOPS = tuple('.!?。！？؟…"”»)]')
_BRACKET = re.compile(r"^[\[(<{].*[\])>}]$")
_ARROW = re.compile(r"[→▶➜⇒►➤⟶⮕↪↳↩⤷▸›»>←]")
_ADDRESS = re.compile(r"https?:", re.IGNORECASE)
_DOMAIN = re.compile(r"\.(?:com|org|net|html?)\b", re.IGNORECASE)
_WEB = re.compile(r"[wW]{3}\.")
_AT = re.compile(r"(?<!\w)@\w")
_QUOTED = re.compile(r"^[\"“„«‘']")
_LIST = re.compile(r"^(?:\d{1,3}[.)]|[a-z][.)])\s")
_LETTERS = 160  # characters of a row whose letters are counted


def said_by_text(row: Row) -> tuple[float, ...]:
    """Return what a row's text says, in the order of traits.OWN from "length" on; lengths as they are."""
    return _text(row.text, len(row.tokens), row.long)


@lru_cache(maxsize=4096)
def _text(text: str, tokens: int, long: bool) -> tuple[float, ...]:
    first, words, head = text[:1], len(text.split()), text[:120]
    return (
        len(text),
        words if text.isascii() else max(words, len(text) // 4),
        tokens,
        long,
        text.rstrip(" |*_").endswith(_STOPS),
        text.endswith((":", "：")),
        text.endswith((",", ";", "、")),
        text.endswith(("...", "…")),
        first.islower(),
        first.isupper(),
        first.isdigit(),
        first == "@",
        _ARROW.match(text) is not None,
        _BRACKET.match(text[:300]) is not None,
        _QUOTED.match(text) is not None,
        _holds_address(text[:300]),
        _ARROW.search(head) is not None,
        "@" in head and _AT.search(head) is not None,
        len(BULLETS.findall(text[:160])),
        _LIST.match(text) is not None,
    )


def _holds_address(text: str) -> bool:
    """Say whether a text holds an address of the web."""
    if ":" in text and _ADDRESS.search(text) is not None:
        return True
    return "." in text and (_DOMAIN.search(text) is not None or _WEB.search(text) is not None)


def said_by_numbers(row: Row) -> tuple[float, ...]:
    """Return how many numbers a row has, their share of it, and whether it begins with one."""
    numbers = [token for token in row.tokens if token.mask == NUMBER]
    share = sum(one.end - one.start for one in numbers) / max(1, len(row.text))
    return len(numbers), share, bool(row.tokens) and row.tokens[0].mask == NUMBER


@lru_cache(maxsize=4096)
def said_by_letters(text: str) -> tuple[float, float, float]:
    """Return the shares of pictures, of letters without case and of letters in a text."""
    text = text[:_LETTERS]
    letters = sum(map(str.isalpha, text))
    if text.isascii():  # no letter is without case, and nothing is a picture
        return 0.0, 1 - letters / max(1, letters), letters / max(1, len(text))
    cased = sum(map(str.isupper, text)) + sum(map(str.islower, text))
    odd = sum(unicodedata.category(char) == "So" for char in text if char > "\x7f")
    return odd / len(text), 1 - cased / max(1, letters), letters / len(text)
