"""Which cues an item of a plain sentence may bring: a word, a run of marks, a bracket.

So the cues of a sentence are bounded from the numbers of its items, and no pattern is tried: which of them
are sure to stand there, and which may, by what the item behind begins with.
"""

import re
from collections.abc import Iterator
from functools import cache
from string import ascii_lowercase, digits
from typing import NamedTuple

from discourse.learn.rhetoric_cues import PATTERNS
from discourse.learn.scanning_openings import Opening, openings_of

# where a cue may stand: anywhere, where a sentence may begin, at the first word of a text
ANYWHERE, SENTENCE, FIRST = 0, 1, 2
CUE, WHERE, SURE, OPEN = 0xFF, 8, 1 << 10, 1 << 11  # a cue and what else is said of it, in one number
ANYTHING = (1 << 64) - 1  # a mask of what may stand behind
NOTHING = 63  # the kind of what stands behind the last item: nothing
_WORDS, _MARKS = 53, '?!.,:;()"-%>]='  # kinds of words; marks have those behind
_AHEAD = 8  # characters behind a word that are looked at
_LETTERS = ascii_lowercase + digits
_AT_SENTENCE, _AT_FIRST = r"(?:^|[.!?\n]\s{0,3})", r"^\W{0,3}"
# of these each match lies within one item, and whether it stands there does not depend on what is around
_WITHIN = tuple("question exclaim ellipsis many_marks parenthesis elongated number not would".split())
# of the others that do not begin with a word: what an item is with which a match begins, and what follows
_BEGINNING = {
    "question_end": (r"\?", ""),
    "scare": (r'"', ""),
    "emoticon": (r"[:;=]", ")(dp-"),
    "quoted_line": (r">|gt", ""),
    "link": (r"https?|www$|\]", ":.("),
    "percent": (r"%|\d|percent", ""),
    "colon": (r": $", ""),
    "dash": (r"-", ""),
}
# of both the ones that are in marks alone: nearly all words hold nothing that the others ask for
_OF_MARKS = frozenset(
    "question exclaim ellipsis many_marks parenthesis question_end scare emoticon colon dash".split()
)
# not told here: a plain sentence has no line break, and any word may begin an address
_ASIDE = ("paragraph", "address")
_PLACES = {name: place for place, name in enumerate(PATTERNS)}


class Start(NamedTuple):
    """A cue that may begin with an item."""

    cue: int  # its place among `PATTERNS`
    is_sure: bool  # whether it does, wherever the item stands, but within an earlier match of the same
    is_open: bool  # whether it may not begin, or go on over more words than this
    where: int  # where it may: ANYWHERE, SENTENCE or FIRST
    mask: int  # with a bit for each kind of item that may stand behind it

    @property
    def code(self) -> int:
        """Return all but the mask as one number."""
        return self.cue | self.where << WHERE | self.is_sure * SURE | self.is_open * OPEN


def kind_of(item: str) -> int:
    """Return the kind of an item, by its first two characters; less than `NOTHING`."""
    first = _MARKS.find(item[0])
    return _WORDS + first % 10 if first >= 0 else _kind_of_word(item[0], item[1:2].strip("'"))


def starts_of(item: str) -> list[Start]:
    """Return the cues that an item may bring, one for each time that it may."""
    is_word = item[0].isalnum()
    found: list[Start] = []
    if not is_word or _unusual().search(item):
        found += _starts_by_pattern(item)
    if is_word:
        parts = item.split("'")
        for number, part in enumerate(parts):
            rest = "".join(f"'{after}" for after in parts[number + 1 :])
            found += _starts_of_word(part, rest)
    return found


def _starts_by_pattern(item: str) -> list[Start]:
    found = [
        Start(_PLACES[name], True, False, ANYWHERE, ANYTHING)
        for name, pattern in _within()
        for _ in pattern.finditer(item)
    ]
    found += [
        Start(_PLACES[name], False, True, ANYWHERE, mask)
        for name, (pattern, mask) in _beginning().items()
        if pattern.search(item)
    ]
    return found


def _starts_of_word(word: str, rest: str) -> Iterator[Start]:
    """Yield the cues that begin with a word, given what of its item stands behind it."""
    heads, longest = _by_head()
    fitting: dict[tuple[int, int], list[Opening]] = {}
    for size in range(1, min(len(word), longest) + 1):
        for cue, where, opening in heads.get(word[:size], ()):
            if size == len(word) or not opening.is_whole:
                fitting.setdefault((cue, where), []).append(opening)
    for (cue, where), openings in fitting.items():
        is_open = where != ANYWHERE or not all(opening.is_all for opening in openings)
        is_sure = where == ANYWHERE and any(opening.is_all for opening in openings)
        mask = ANYTHING if is_sure else 0
        for opening in openings:
            mask |= _behind(opening.then, rest)
        if mask:
            yield Start(cue, is_sure, is_open, where, mask)


def _behind(then: str, rest: str) -> int:
    """Return what may stand behind an item for a match that goes on with some characters, 0 for none.

    Parameters
    ----------
    rest
        What of the item stands between.
    """
    size = min(len(then), len(rest))
    after = then[size:]
    # where letters follow an apostrophe, it is part of the item
    if then[:size] != rest[:size] or (after[:1] == "'" and after[1:2].isalnum()):
        return 0
    return _mask(after)


@cache
def _mask(then: str) -> int:
    """Return the kinds of items with which what is written may go on; the marks that are no items aside."""
    begun = then.lstrip(" ")
    if not begun or kind_is_unknown(begun[0]):
        return ANYTHING
    if not begun[0].isalnum():
        return 1 << kind_of(begun)
    seconds = (
        [begun[1].strip(" '")]
        if len(begun) > 1 and (begun[1].isalnum() or begun[1] == " ")
        else ["", *_LETTERS]
    )
    mask = 0
    for second in seconds:
        mask |= 1 << _kind_of_word(begun[0], second)
    return mask


def kind_is_unknown(char: str) -> bool:
    """Say whether a character is part of no item."""
    return char not in _LETTERS and char not in _MARKS


def _kind_of_word(first: str, second: str) -> int:
    return (ord(first) * 7 + (ord(second) if second else 0)) % _WORDS


@cache
def _by_head() -> tuple[dict[str, list[tuple[int, int, Opening]]], int]:
    """Return how matches may begin that begin with a word, by their first letters, and the most of these."""
    heads: dict[str, list[tuple[int, int, Opening]]] = {}
    for cue, (name, pattern) in enumerate(PATTERNS.items()):
        if name in _WITHIN or name in _BEGINNING or name in _ASIDE:
            continue
        where, bare = ANYWHERE, pattern
        for place, lead in ((SENTENCE, _AT_SENTENCE), (FIRST, _AT_FIRST)):
            if pattern.startswith(lead):
                where, bare = place, rf"\b{pattern.removeprefix(lead)}"
        openings = openings_of(bare, _AHEAD)
        if not openings:
            raise ValueError(f"of the cue {name!r} it is not known how it begins")
        for opening in openings:
            heads.setdefault(opening.head, []).append((cue, where, opening))
    return heads, max(map(len, heads))


@cache
def _unusual() -> re.Pattern[str]:
    """Return what stands in every word with which a cue begins that does not begin with a known word."""
    patterns = [PATTERNS[name] for name in _WITHIN if name not in _OF_MARKS]
    patterns += [pattern for name, (pattern, _) in _BEGINNING.items() if name not in _OF_MARKS]
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))


@cache
def _within() -> list[tuple[str, re.Pattern[str]]]:
    return [(name, re.compile(PATTERNS[name])) for name in _WITHIN]


@cache
def _beginning() -> dict[str, tuple[re.Pattern[str], int]]:
    found = {}
    for name, (pattern, following) in _BEGINNING.items():
        mask = 0 if following else ANYTHING
        for char in following:
            mask |= _mask(char)
        found[name] = (re.compile(pattern), mask)
    return found
