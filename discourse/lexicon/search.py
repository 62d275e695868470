"""Where patterns match a text: one automaton for all literals, regular expressions around few of them."""

import gc
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from itertools import accumulate, chain

from ahocorasick_rs import BytesAhoCorasick

from discourse.lexicon.index import Index
from discourse.lexicon.sought import Sought
from discourse.lexicon.taking import index_of, take_up
from discourse.lexicon.told import Table, Told, put_together
from discourse.lexicon.views import SHIFT, Joined, coarse, joined

Span = tuple[int, int, int]  # start and end in the folded text, half-open, and the number of a pattern
# what literals say of a text: matches, and by the numbers of other patterns where their gates stand
_Met = tuple[list[Span], dict[int, list[int]]]

_HELD = 256  # patterns whose literals are kept as they were last worked out


class Search:
    """Finds every place at which one of several patterns matches, whatever stands around it.

    What a pattern asks for is worked out when a text first holds one of its literals, as most never do.

    Parameters
    ----------
    patterns
        Each with its way of matching, one of `MATCHES`; `find` names them by their number.
    index
        Of these patterns, where it is known.
    """

    def __init__(self, patterns: Iterable[tuple[str, str]], index: Index | None = None) -> None:
        self._patterns = tuple(patterns)
        with _uncollected():
            index = index or index_of(self._patterns)
            self._automaton = BytesAhoCorasick(index.literals)
        self._owners, self._shared = index.owners, index.shared
        self._always, self._bare = index.always, index.bare
        self._known: list[list[Told] | None] = [None] * len(index.literals)  # of literals that have been met
        self._sought: dict[int, Sought] = {}  # of patterns that have been met
        self._taken_up = lru_cache(maxsize=_HELD)(self._take_up)

    def find(self, folded: str) -> list[Span]:
        """Return where patterns match; all but regexes also across a line break or several blanks."""
        return self.find_in([folded])[0]

    def find_in(self, texts: Sequence[str]) -> list[list[Span]]:
        """Return the same of many texts, each by itself: their literals are looked for in one pass."""
        views = [joined(folded) for folded in texts]
        plains = [coarse(view.text) for view in views]
        met = self._literals(views, plains)
        return [self._spans(*each) for each in zip(views, plains, met, strict=True)]

    def _spans(self, view: Joined, plain: bytes, met: _Met) -> list[Span]:
        """Return where patterns match in one text, given what its literals say."""
        found, gates = met
        for literal, (numbers, around) in self._bare.items():
            for match in re.finditer(re.escape(literal), view.text) if literal in view.text else ():
                found += [(*match.span(), number) for number in numbers]
                for number in around:
                    gates.setdefault(number, []).append(match.start())
        if view.is_cut:
            spans = view.spans([(start, end) for start, end, _ in found])
            found = [(*span, number) for span, (_, _, number) in zip(spans, found, strict=True)]
        for number in self._always:
            gates[number] = []
        for number, places in gates.items():
            spans = (self._sought.get(number) or self._sought_of(number)).spans(view, plain, places)
            found += [(start, end, number) for start, end in spans]
        return found

    def _literals(self, views: Sequence[Joined], plains: Sequence[bytes]) -> list[_Met]:
        """Return what literals alone decide: matches, and where the gates of the other patterns stand."""
        met: list[_Met] = [([], {}) for _ in views]
        plain = b"".join(plains)  # no literal stands across two texts: `START` is between them
        edges = list(accumulate(map(len, plains), initial=0))
        known, place, first, edge = self._known, -1, 0, 0
        for index, begin, end in self._automaton.find_matches_as_indexes(plain, overlapping=True):
            if begin >= edge:
                place = bisect_right(edges, begin, max(place, 0)) - 1
                first, edge = edges[place], edges[place + 1]
                found, gates = met[place]
            for left, right, compared, whole, gated, after in known[index] or self._told(
                index, plain[begin:end]
            ):
                start = begin - first + left
                if compared is not None and not views[place].text.startswith(compared, start):
                    continue
                for number in whole:
                    found.append((start, end - first + right, number))
                some = [*gated, *after.get(_word_after(plain, end + right), ())] if after else gated
                for number, before in some:
                    if before is None or _word_before(plain, begin + left) in before:
                        gates.setdefault(number, []).append(start)
        return met

    def _told(self, index: int, literal: bytes) -> list[Told]:
        """Return what a literal says that is met for the first time."""
        owners = self._shared.get(index) or (self._owners[index],)
        noted = chain.from_iterable(self._taken_up(number)[0].noted(literal) for number in owners)
        self._known[index] = told = put_together(noted)
        return told

    def _sought_of(self, number: int) -> Sought:
        """Return how a pattern is searched that is met for the first time."""
        sought = self._taken_up(number)[1]
        if sought is None:
            raise ValueError(f"pattern {number} is no gated one: the index is of other patterns")
        self._sought[number] = sought
        return sought

    def _take_up(self, number: int) -> tuple[Table, Sought | None]:
        table = Table()
        return table, take_up(table, number, *self._patterns[number])


@contextmanager
def _uncollected() -> Iterator[None]:
    """Keep the garbage collector from looking again and again at literals that all stay."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _word_before(plain: bytes, start: int) -> bytes:
    place = start + SHIFT - 1
    return plain[plain.rfind(b" ", 0, place) + 1 : place]


def _word_after(plain: bytes, end: int) -> bytes:
    place = end + SHIFT + 1
    return plain[place : plain.find(b" ", place)]
