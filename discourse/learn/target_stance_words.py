"""Words as the stance models see them: hashtags spelled out, how good or bad a word sounds.

Words are kept as hashes, so that a model carries no list of them.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from zlib import crc32

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from discourse.text.normalise import fold

TOKEN = re.compile(r"[#@]?\w+(?:['\u2019]\w+)*|[!?\u2026]+|[^\w\s]")
LENGTH = 2_000  # characters of a text that count
_CAMEL = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+|[^\W\da-zA-Z_]+")
_LONGEST = 16  # letters of a word in a hashtag
_LONGEST_TAG = 60
_COMMON = 30_000  # words of this rank or more common need no further look inside a camel-case tag
_UNKNOWN = 12.0  # what a stretch that is no word costs, and below what each of its letters adds
_LETTER = 4.0
NEGATORS = frozenset("n't not never no without nobody nothing neither nor hardly cannot".split())
_BEFORE = 3  # words in which a negator turns a value round
_TURNED = -0.74  # how much of a value is left when it is turned round (Hutto and Gilbert 2014)


@lru_cache(maxsize=1 << 14)
def word_hash(word: str) -> int:
    """Return the number that stands for a word."""
    return crc32(word.encode("utf-8", "surrogatepass"))


class Words(Struct, frozen=True):
    """What is known of words: how common they are, and how good or bad they sound."""

    ranks: dict[int, int]  # hash to place in the order of how common words are, from 0
    values: dict[int, float]  # hash to a value from -4 (bad) to 4 (good)

    @classmethod
    def unpacked(
        cls, common: NDArray[np.uint32], valued: NDArray[np.uint32], value: NDArray[np.int8]
    ) -> "Words":
        """Build from arrays: hashes in order of how common; hashes with their values in tenths."""
        tenths = (value.astype(np.float64) / 10).tolist()
        return cls(
            {word: rank for rank, word in reversed(list(enumerate(common.tolist())))},
            dict(zip(valued.tolist(), tenths, strict=True)),
        )

    def tokens(self, text: str) -> list[str]:
        """Return a text's words and marks in small letters, hashtags and names after @ as their words."""
        found: list[str] = []
        for token, folded in folded_tokens(text[:LENGTH]):
            if token[0] in "#@" and len(token) > 1:
                found.extend(self.spelled(token[1:]))
            elif "'" in folded:
                found.extend(_parts(folded))
            else:
                found.append(folded)
        return found

    def spelled(self, tag: str) -> list[str]:
        """Return the words of which a hashtag is made: by its capitals, else by the commonest words."""
        parts = [fold(part) for part in _CAMEL.findall(tag[:_LONGEST_TAG])]
        words: list[str] = []
        for part in parts:
            whole = len(parts) > 1 and self.ranks.get(word_hash(part), _COMMON) < _COMMON
            words.extend([part] if whole or part.isdigit() else self._cut(part))
        return words

    def _cut(self, letters: str) -> list[str]:
        size = len(letters)
        costs = [0.0] + [np.inf] * size
        starts = [0] * (size + 1)
        for end in range(1, size + 1):
            for start in range(max(0, end - _LONGEST), end):
                cost = costs[start] + self._cost(letters[start:end])
                if cost < costs[end]:
                    costs[end], starts[end] = cost, start
        words, end = [], size
        while end:
            words.append(letters[starts[end] : end])
            end = starts[end]
        return words[::-1]

    def _cost(self, word: str) -> float:
        rank = self.ranks.get(word_hash(word))
        if rank is None or (len(word) == 1 and word not in "ai"):
            return _UNKNOWN + _LETTER * len(word)
        return float(np.log((rank + 10) * 12)) + (2.0 if len(word) < 3 else 0.0)

    def valued(self, tokens: Sequence[str]) -> Iterator[tuple[int, float, bool]]:
        """Yield place, value and whether a negator before turned it round, of each word with a value."""
        values = self.values
        for place, token in enumerate(tokens):
            value = values.get(word_hash(token), 0.0)
            if value:
                turned = not NEGATORS.isdisjoint(tokens[max(0, place - _BEFORE) : place])
                yield place, value * _TURNED if turned else value, turned


@lru_cache(maxsize=64)  # several views, and several targets, are asked of one text after the other
def folded_tokens(text: str) -> list[tuple[str, str]]:
    """Return the words and marks of a text as they are and folded; not to be changed."""
    tokens = TOKEN.findall(text)
    if not text.isascii():
        return [(token, fold(token)) for token in tokens]
    lowered = TOKEN.findall(text.lower())
    folded = [fold(word) for word in lowered] if "`" in text else lowered
    return list(zip(tokens, folded, strict=True))


def _parts(token: str) -> list[str]:
    if token.endswith("n't") and len(token) > 3:
        return [token[:-3], "n't"]
    first, mark, rest = token.partition("'")
    return [first, mark + rest] if mark and first and rest else [token]
