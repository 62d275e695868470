"""Which words of a post can make a value, so that values are sought only where these stand.

A single word tells little: "one", "first", "second" and "may" stand everywhere. "One" makes a value with a
unit alone, a unit with an article or a number, an ordinal with a month or another ordinal.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from discourse.text.dates import DAY_WORDS
from discourse.text.numbers import NUMBER_WORDS, ORDINAL_WORDS
from discourse.text.units import UNITS

_LETTERS = re.compile(r"[^\W\d_]+")
# what a word can be in a value
_NUMBER, _ONE, _UNIT, _ORDINAL, _MONTH, _SCALE, _ARTICLE, _TWO_ORDINALS = (1 << n for n in range(8))
_ONES = frozenset({"one", "half", "zero"})
_SCALES = frozenset("hundred thousand million millions billion trillion bn mn".split())
_KINDS: tuple[tuple[frozenset[str], int], ...] = (
    ((NUMBER_WORDS - _ONES) | {"couple", "fortnight"}, _NUMBER),
    (_ONES, _ONE),
    (frozenset(UNITS) | {"cent"}, _UNIT),
    (frozenset(ORDINAL_WORDS), _ORDINAL),
    (DAY_WORDS - frozenset(ORDINAL_WORDS), _MONTH),
    (_SCALES, _SCALE),
    (frozenset({"a", "an"}), _ARTICLE),
)
_NEEDED = (  # one of these in full makes a value possible
    _NUMBER,
    _ONE | _UNIT,
    _ONE | _SCALE,
    _ARTICLE | _UNIT,
    _ARTICLE | _SCALE,
    _ORDINAL | _MONTH,
    _TWO_ORDINALS,
)
_POSSIBLE = tuple(any(kinds & needed == needed for needed in _NEEDED) for kinds in range(1 << 8))


@lru_cache(maxsize=65536)
def _kinds(word: str) -> int:
    """Return what a folded word can be in a value, a bit a kind; parts of it count too ("one-week")."""
    kinds = _NUMBER if any(map(str.isdigit, word)) else 0
    for part in _LETTERS.findall(word):
        for words, kind in _KINDS:
            if part in words:
                kinds |= _TWO_ORDINALS if kind == kinds & _ORDINAL else kind
    return kinds


def may_hold_value(words: Iterable[str]) -> bool:
    """Say whether a value can stand among folded words; where it says no, `find_quantities` finds none."""
    kinds = list(map(_kinds, words))
    found = 0
    for its in set(kinds):
        found |= its
    if found & _ORDINAL and sum(its & _ORDINAL for its in kinds) > _ORDINAL:
        found |= _TWO_ORDINALS
    return _POSSIBLE[found]
