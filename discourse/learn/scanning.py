"""Count the matches of many patterns in a text at once, the same counts as `findall` of each alone.

Most patterns begin at the beginning of a word with letters that are known: they are tried only at the
words that begin so. The others are searched as they are.
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from re import _constants as _codes  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any

_WORD = re.compile(r"\w+")
_KNOWN = 1 << 16  # words of which it is remembered what may begin with them


class Scanner:
    """Patterns without groups, ready to be counted."""

    def __init__(self, patterns: Sequence[str]) -> None:
        self._compiled = [re.compile(pattern) for pattern in patterns]
        self._searched: list[int] = []
        self._opening: list[int] = []  # stand at the beginning of a text or nowhere
        self._by_head: dict[str, list[int]] = {}
        for place, pattern in enumerate(patterns):
            heads = heads_of(pattern)
            for head in heads:
                self._by_head.setdefault(head, []).append(place)
            if pattern.startswith("^"):
                self._opening.append(place)
            elif not heads:
                self._searched.append(place)
        self._longest = max(map(len, self._by_head), default=0)
        self._begun = lru_cache(_KNOWN)(self._beginning)

    def counts(self, text: str) -> list[int]:
        """Return how often each pattern stands in a text, matches of one not overlapping each other."""
        found = [0] * len(self._compiled)
        ends = [0] * len(self._compiled)
        for place in self._opening:
            found[place] = int(self._compiled[place].match(text) is not None)
        for place in self._searched:
            found[place] = sum(1 for _ in self._compiled[place].finditer(text))
        for word in _WORD.finditer(text):
            for place, match in self._begun(word.group()[: self._longest]):
                start = word.start()
                if ends[place] <= start and (hit := match(text, start)):
                    found[place] += 1
                    ends[place] = hit.end()
        return found

    def _beginning(self, word: str) -> list[tuple[int, Any]]:
        """Return the patterns that may begin with a word."""
        heads = (self._by_head.get(word[:size], ()) for size in range(1, len(word) + 1))
        places = sorted({place for found in heads for place in found})
        return [(place, self._compiled[place].match) for place in places]


def heads_of(pattern: str) -> frozenset[str]:
    """Return letters with one of which every match begins, at the beginning of a word; none if unknown."""
    parsed = _parser.parse(pattern)
    starts = list(parsed)
    branches: Iterable[Any] = [starts]
    if len(starts) == 1 and starts[0][0] is _codes.BRANCH:
        branches = [list(branch) for branch in starts[0][1][1]]
    heads: set[str] = set()
    for branch in branches:
        if not branch or branch[0] != (_codes.AT, _codes.AT_BOUNDARY):
            return frozenset()
        heads |= _heads(branch[1:])
    return frozenset() if "" in heads else frozenset(heads)


def _heads(sequence: Sequence[Any]) -> set[str]:
    """Return the literal letters with which a parsed sequence may begin; an empty string if any may."""
    head = ""
    for place, (code, value) in enumerate(sequence):
        if code is _codes.LITERAL and (chr(value).isalnum() or value == ord("_")):
            head += chr(value)
            continue
        if code is _codes.BRANCH:
            return {head + rest for branch in value[1] for rest in _heads(list(branch))}
        if code is _codes.SUBPATTERN:
            return {head + rest for rest in _heads(list(value[3]))}
        if code in (_codes.MAX_REPEAT, _codes.MIN_REPEAT) and not head and value[0] == 0:
            return _heads(list(value[2])) | _heads(sequence[place + 1 :])
        return {head}
    return {head}
