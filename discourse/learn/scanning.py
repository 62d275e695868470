"""Count the matches of many patterns in texts at once, the same counts as `findall` of each alone.

Most patterns begin at the beginning of a word that is known, or with letters that are: they are tried only
at words that begin so, and not even there where the word says all. The others are searched in texts that
hold what they need.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from discourse.learn.scanning_openings import AHEAD, Opening, openings_of
from discourse.lexicon.holding import Holding

_WORD = re.compile(r"(\w+)")
_BETWEEN = "\0"  # texts that are cut into words together
_KNOWN = 1 << 14  # words of which it is remembered what may begin with them
_Places = tuple[int, ...]


class _Told(Struct, frozen=True):
    """What a word says of the patterns that may begin with it."""

    sure: _Places  # match, whatever follows
    tried: _Places  # may match
    before: Mapping[str, _Places]  # may match where these characters follow, the former among them


class Scanner:
    """Patterns without groups, ready to be counted.

    Parameters
    ----------
    patterns
        As regular expressions.
    needs
        Of those that do not begin with a word, by their place: literals of which every match in a text
        of ASCII holds one.
    """

    def __init__(self, patterns: Sequence[str], needs: Mapping[int, Sequence[str]] | None = None) -> None:
        self._compiled = [re.compile(pattern) for pattern in patterns]
        self._by_opening: dict[tuple[str, bool], list[tuple[int, Opening]]] = {}
        self._anchored = {place for place, pattern in enumerate(patterns) if pattern.startswith("^")}
        searched: list[tuple[int, Sequence[str]]] = []
        for place, pattern in enumerate(patterns):
            openings = openings_of(pattern)
            for opening in openings:
                self._by_opening.setdefault((opening.head, opening.is_whole), []).append((place, opening))
            if not openings:
                searched.append((place, (needs or {}).get(place, ())))
        self._longest = max((len(head) for head, _ in self._by_opening), default=0)
        self._searched = [place for place, _ in searched]
        self._always = sum(1 << bit for bit, (_, needed) in enumerate(searched) if not needed)
        self._holding = Holding([needed for _, needed in searched])
        self._open = lru_cache(_KNOWN)(self._opened)
        self._told = lru_cache(_KNOWN)(self._telling)

    def counts(self, texts: Sequence[str]) -> NDArray[np.int64]:
        """Return how often each pattern stands in each text, texts × patterns.

        Matches of one pattern do not overlap each other.
        """
        size = len(self._compiled)
        found: list[int] = []  # of each match its row and its column in one number
        for row, (text, gates) in enumerate(zip(texts, self._holding.gates(texts), strict=True)):
            for place in self._open(gates if text.isascii() else -1):
                pattern = self._compiled[place]
                if place in self._anchored:
                    found += [row * size + place] if pattern.match(text) else []
                else:
                    found += [row * size + place for _ in pattern.finditer(text)]
        begun, inside = self._at_words(texts)
        counts = np.bincount(np.array(found + begun, dtype=np.int64), minlength=len(texts) * size)
        if inside:
            counts -= np.bincount(np.array(inside, dtype=np.int64), minlength=len(texts) * size)
        return counts.reshape(len(texts), size)

    def _at_words(self, texts: Sequence[str]) -> tuple[list[int], list[int]]:
        """Return the matches that begin where words do, and those of these that lie within one before them.

        Of each its row and its column in one number.
        """
        size = len(self._compiled)
        offsets = list(accumulate((len(text) + 1 for text in texts), initial=0))
        joined = _BETWEEN.join(texts)
        pieces = _WORD.split(joined)  # gap, word, gap, ..., word, gap
        words = pieces[1::2]
        told = list(map(self._told, words))
        ends = list(accumulate(map(len, pieces)))[1::2]
        rows = (np.searchsorted(offsets, ends) - 1).tolist()
        found = [row * size + place for row, word in zip(rows, told, strict=True) for place in word.sure]
        inside: list[int] = []
        beyond: dict[int, int] = {}  # of patterns of a text: where their last match ends
        for number, word in enumerate(told):
            if not word.before:
                continue
            end = ends[number]
            for place in word.before.get(joined[end : end + AHEAD], word.tried):
                row = rows[number]
                key, start = row * size + place, end - len(words[number]) - offsets[row]
                if beyond.get(key, 0) <= start and (hit := self._compiled[place].match(texts[row], start)):
                    found.append(key)
                    beyond[key] = hit.end()
                    if hit.end() > start + len(words[number]):
                        last = bisect_right(ends, offsets[row] + hit.end(), number + 1)
                        inside += [key for within in told[number + 1 : last] if place in within.sure]
        return found, inside

    def _opened(self, gates: int) -> _Places:
        gates |= self._always
        return tuple(place for bit, place in enumerate(self._searched) if gates >> bit & 1)

    def _telling(self, word: str) -> _Told:
        fitting = list(self._fitting(word))
        maybe = {place for place, opening in fitting if not opening.is_all}
        sure = tuple(dict.fromkeys(place for place, _ in fitting if place not in maybe))
        some = {place for place, opening in fitting if place in maybe and len(opening.then) < AHEAD}
        before: dict[str, set[int]] = {"": set()} if maybe else {}
        for place, opening in fitting:
            if len(opening.then) == AHEAD:
                before.setdefault(opening.then, set()).add(place)
        return _Told(
            sure, tuple(some), {then: tuple(sorted(some | places)) for then, places in before.items()}
        )

    def _fitting(self, word: str) -> Iterator[tuple[int, Opening]]:
        yield from self._by_opening.get((word, True), ())
        for size in range(1, min(len(word), self._longest) + 1):
            yield from self._by_opening.get((word[:size], False), ())
