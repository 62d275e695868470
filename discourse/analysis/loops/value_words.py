"""Which words of a post can make a value, so that values are sought only where these stand.

A single word tells little: "one", "first", "second" and "may" stand everywhere. "One" makes a value with a
unit alone, an article with a unit right behind it, an ordinal with a month or another ordinal.
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise

from discourse.text.dates import DAY_WORDS
from discourse.text.numbers import NUMBER_WORDS, ORDINAL_WORDS
from discourse.text.quantities import WHOLE
from discourse.text.units import UNITS

_LETTERS = re.compile(r"[^\W\d_]+")
# what a word can be in a value
_NUMBER, _ONE, _MEASURE, _ORDINAL, _MONTH, _ARTICLE, _TWO_ORDINALS, _WHOLE = (1 << n for n in range(8))
_ONES = frozenset({"one", "half", "zero"})
_SCALES = frozenset("hundred thousand million millions billion trillion bn mn".split())
_KINDS: tuple[tuple[frozenset[str], int], ...] = (
    ((NUMBER_WORDS - _ONES) | {"couple", "fortnight"}, _NUMBER),
    (_ONES, _ONE),
    (frozenset(UNITS) | {"cent"} | _SCALES, _MEASURE),
    (frozenset(ORDINAL_WORDS), _ORDINAL),
    (DAY_WORDS - frozenset(ORDINAL_WORDS), _MONTH),
    (frozenset({"a", "an"}), _ARTICLE),
    (WHOLE, _WHOLE),
)
_ENOUGH = (_NUMBER, _ONE | _MEASURE, _ORDINAL | _MONTH, _TWO_ORDINALS)  # one of these in full makes a value
_BEHIND = _MEASURE | _WHOLE  # and so does one of these right behind an article
_NEVER, _BESIDE, _ANYHOW = range(3)  # how words must stand to make a value


def _possible(kinds: int) -> int:
    if any(kinds & needed == needed for needed in _ENOUGH):
        return _ANYHOW
    return _BESIDE if kinds & _ARTICLE and kinds & _MEASURE else _NEVER


_POSSIBLE = tuple(map(_possible, range(1 << 8)))


@lru_cache(maxsize=65536)
def _kinds(word: str) -> int:
    """Return what a folded word can be in a value, a bit a kind; parts of it count too ("one-week")."""
    kinds = _NUMBER if any(map(str.isdigit, word)) else 0
    for part in _LETTERS.findall(word):
        for words, kind in _KINDS:
            if part in words:
                kinds |= _TWO_ORDINALS if kind == kinds & _ORDINAL else kind
    return kinds


def value_kinds(words: Iterable[str]) -> list[int]:
    """Return what each of some folded words can be in a value, for `can_make_value`."""
    return list(map(_kinds, words))


def can_make_value(kinds: Sequence[int]) -> bool:
    """Say whether words of some kinds, in this order, can make a value."""
    found = 0
    for its in set(kinds):
        found |= its
    if found & _ORDINAL and sum(its & _ORDINAL for its in kinds) > _ORDINAL:
        found |= _TWO_ORDINALS
    possible = _POSSIBLE[found]
    return possible == _ANYHOW or (possible == _BESIDE and _stand_beside(kinds))


def _stand_beside(kinds: Sequence[int]) -> bool:
    """Say whether a measure may stand right behind an article, or both in one word ("half-a-day")."""
    return any(one & _ARTICLE and (one | two) & _BEHIND for one, two in pairwise([*kinds, 0]))


def may_hold_value(words: Iterable[str]) -> bool:
    """Say whether a value can stand among folded words; where it says no, `find_quantities` finds none."""
    return can_make_value(value_kinds(words))
