"""Which of some literals stand in texts, all in one pass: slow patterns are tried where these stand alone."""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from ahocorasick_rs import BytesAhoCorasick


class Holding:
    """Groups of literals to be looked for together.

    Parameters
    ----------
    groups
        Literals, none of them empty or with a NUL; those of one group open the same gate.
    """

    def __init__(self, groups: Sequence[Sequence[str]]) -> None:
        opened: dict[str, int] = {}
        for place, literals in enumerate(groups):
            for literal in literals:
                opened[literal] = opened.get(literal, 0) | 1 << place
        self._automaton = BytesAhoCorasick([literal.encode("utf-8") for literal in opened])
        self._opened = list(opened.values())

    def gates(self, texts: Sequence[str]) -> list[int]:
        """Return for each text a number of which bit k is set where it holds a literal of group k."""
        encoded = [text.encode("utf-8", "surrogatepass") for text in texts]
        starts = list(accumulate((len(text) + 1 for text in encoded), initial=0))
        found = [0] * len(texts)
        text, end = -1, 0
        for literal, place, _ in self._automaton.find_matches_as_indexes(
            b"\0".join(encoded), overlapping=True
        ):
            if place >= end:
                text = bisect_right(starts, place, max(text, 0)) - 1
                end = starts[text + 1]
            found[text] |= self._opened[literal]
        return found
