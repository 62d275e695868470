"""The lines of a page that are not blank, with their numbers and moments masked: what recurs of them."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from msgspec import Struct

from discourse.ingest.times import Moment, find_times

LONGEST = 200  # characters of a line that is looked at as a whole; of longer ones only the head is
_HEAD = 120  # characters of that head
MOMENT, NUMBER = "\x01", "\x02"  # what stands in a mask for a moment and for a number

_LEAD = re.compile(r"[\s|│┃¦>»›└├─┬╰╭┌↳⤷⮑→•◦·*+~—–-]*")
_TOKEN = re.compile(
    r"\x01|(?:(?<!\S)[-−+])?(?<![^\W_])\d+(?:[.,]\d+)*[kKmM]?(?![^\W_])|[^\W_]+(?:['’._-]+[^\W_]+)*|\S",
    re.UNICODE,
)
_TIMELY = re.compile(r"\d|ago|now|just|heute|gestern|today|yesterday", re.IGNORECASE)
_RULE = re.compile(r"^(?:[-_=*~#·•.+|–—─━═░▬⁂]\s?){3,}$|^[⁂§]$")
_COUNTED = frozenset("0123456789kKmM")  # what a number ends with


class Token(NamedTuple):
    """One word, number, moment or mark of a row."""

    mask: str  # the text in lower case, or MOMENT or NUMBER
    start: int  # half-open code-point offsets into the row's text
    end: int
    wide: bool  # a tab or more than one blank stands before it


class Row(Struct):
    """One line that is not blank."""

    index: int  # 0-based line of the page
    lead: str  # blanks and marks of depth that it begins with
    text: str  # what follows them, without blanks at the end
    gap: int  # blank lines above it
    tokens: tuple[Token, ...]  # of a long line those of its head
    moments: tuple[Moment, ...]  # offsets into `text`
    shape: str  # the masks; what recurs of a line that is furniture
    long: bool

    @property
    def words(self) -> int:
        """How many tokens are words."""
        return sum(token.mask[0] not in (MOMENT, NUMBER) and token.mask[0].isalnum() for token in self.tokens)


def read_rows(lines: Sequence[str], first: int = 0, last: int | None = None) -> list[Row]:
    """Return the lines from index `first` to before `last` that are not blank."""
    rows: list[Row] = []
    gap = 0
    for index in range(first, len(lines) if last is None else last):
        line = lines[index]
        if not line or line.isspace():
            gap += 1
            continue
        rows.append(_row(index, line, gap))
        gap = 0
    return rows


def _row(index: int, line: str, gap: int) -> Row:
    match = _LEAD.match(line[:_HEAD])
    begin = match.end() if match is not None else 0
    text = line[begin:].rstrip()
    if not text or is_rule(line):
        text = line.strip()
        return Row(index, "", text, gap, (), (), "rule", False)
    long = len(text) > LONGEST
    tokens, moments, shape = _masked(text[:_HEAD] if long else text, long=long)
    return Row(index, line[:begin], text, gap, tokens, moments, shape, long)


def is_rule(line: str) -> bool:
    """Say whether a line is nothing but a drawn rule."""
    return len(line) < 120 and _RULE.match(line.strip()) is not None


def _masked(text: str, *, long: bool) -> tuple[tuple[Token, ...], tuple[Moment, ...], str]:
    if long:
        return (), (), ""
    return _tokens(text)


@lru_cache(maxsize=4096)
def _tokens(text: str) -> tuple[tuple[Token, ...], tuple[Moment, ...], str]:
    moments = tuple(find_times(text)) if _TIMELY.search(text) or not text.isascii() else ()
    tokens: list[Token] = []
    place = 0
    for moment in moments:
        _add(tokens, text, place, moment.start)
        before = text[tokens[-1].end if tokens else 0 : moment.start]
        tokens.append(Token(MOMENT, moment.start, moment.end, "\t" in before or len(before) > 1))
        place = moment.end
    _add(tokens, text, place, len(text))
    return tuple(tokens), moments, " ".join(_short(token.mask) for token in tokens)


def tokens_of_head(text: str) -> tuple[Token, ...]:
    """Return the tokens with which a long line begins."""
    return _tokens(text[:_HEAD])[0]


def _add(tokens: list[Token], text: str, start: int, end: int) -> None:
    before = tokens[-1].end if tokens else 0
    for match in _TOKEN.finditer(text, start, end):
        found, (begin, stop) = match.group(), match.span()
        counts = found[-1] in _COUNTED and found.lstrip("-−+")[:1].isdigit()
        wide = begin > before and (begin > before + 1 or text[before] == "\t")
        tokens.append(Token(NUMBER if counts else found.lower(), begin, stop, wide))
        before = stop


def _short(mask: str) -> str:
    """Cut a word to what "point" and "points", "Antwort" and "Antworten" share."""
    return mask[:4] if len(mask) > 4 and mask.isascii() else mask
