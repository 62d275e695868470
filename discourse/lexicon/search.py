"""Where patterns match a text: one automaton for all literals, regular expressions around few of them."""

import gc
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from math import inf

from ahocorasick_rs import BytesAhoCorasick

from discourse.lexicon.gates import PRICE, gate_of
from discourse.lexicon.patterns import count_forms, forms_of, has_only_words, slots_of
from discourse.lexicon.sought import Sought
from discourse.lexicon.told import Table
from discourse.lexicon.views import SHIFT, coarse, is_word, joined
from discourse.text.normalise import fold

Span = tuple[int, int, int]  # start and end in the folded text, half-open, and the number of a pattern

FEW_FORMS = 32  # of a pattern that is always written out: to choose a gate for it would take longer


class Search:
    """Finds every place at which one of several patterns matches, whatever stands around it.

    Parameters
    ----------
    patterns
        Each with its way of matching, one of `MATCHES`; `find` names them by their number.
    """

    def __init__(self, patterns: Iterable[tuple[str, str]]) -> None:
        self._table = Table()
        self._sought: dict[int, Sought] = {}
        self._always: list[int] = []  # patterns without a gate
        with _uncollected():
            for number, (pattern, match) in enumerate(patterns):
                self._add(number, pattern, match)
            self.literals = self._table.literals()  # as bytes of a text
            self._automaton = BytesAhoCorasick(self.literals)

    def find(self, folded: str) -> list[Span]:
        """Return where patterns match; all but regexes also across a line break or several blanks."""
        view = joined(folded)
        plain = coarse(view.text)
        found, gates = self._literals(view.text, plain)
        if view.is_cut:
            spans = view.spans([(start, end) for start, end, _ in found])
            found = [(*span, number) for span, (_, _, number) in zip(spans, found, strict=True)]
        for number in self._always:
            gates[number] = []
        for number, places in gates.items():
            spans = self._sought[number].spans(view, plain, places)
            found += [(start, end, number) for start, end in spans]
        return found

    def _literals(self, text: str, plain: bytes) -> tuple[list[Span], dict[int, list[int]]]:
        """Return what literals alone decide: matches, and where the gates of the other patterns stand."""
        found: list[Span] = []
        gates: dict[int, list[int]] = {}
        known = self._table.known
        for index, begin, end in self._automaton.find_matches_as_indexes(plain, overlapping=True):
            for left, right, compared, whole, gated in known[index] or self._table.told(index):
                start = begin + left
                if compared is not None and not text.startswith(compared, start):
                    continue
                if whole:
                    found += [(start, end + right, number) for number in whole]
                for number, before, after in gated:
                    if after is not None and _word_after(plain, end + right) not in after:
                        continue
                    if before is not None and _word_before(plain, start) not in before:
                        continue
                    gates.setdefault(number, []).append(start)
        for literal, (numbers, around) in self._table.bare.items():
            for match in re.finditer(re.escape(literal), text) if literal in text else ():
                found += [(*match.span(), number) for number in numbers]
                for number in around:
                    gates.setdefault(number, []).append(match.start())
        return found, gates

    def _add(self, number: int, pattern: str, match: str) -> None:
        """Take up a pattern: by its forms where they are few, else by a gate where one costs less."""
        folded = fold(pattern)
        many = count_forms(folded) if match == "phrase" and has_only_words(folded) else 0
        if many > FEW_FORMS and self._add_sought(number, pattern, match, most=PRICE * many):
            return
        if forms := forms_of(folded, match):
            self._table.add_forms(number, forms)
        elif not self._add_sought(number, pattern, match):
            self._sought[number] = Sought(pattern, match)
            self._always.append(number)

    def _add_sought(self, number: int, pattern: str, match: str, most: float = inf) -> bool:
        """Have a pattern searched around its gate; say whether one costs no more than `most`."""
        slots, width = slots_of(pattern, match)
        gate = gate_of(slots, exact=match == "regex")
        if gate is None or gate.cost > most:
            return False
        begins = match != "regex" and all(word and is_word(word[0]) for word in slots[1].words)
        self._sought[number] = Sought(pattern, match, width, begins, gate.near, gate.far)
        self._table.add_gate(number, gate.literals)
        return True


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
