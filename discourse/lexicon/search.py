"""Where patterns match a text: one automaton for all literals, regular expressions around few of them."""

import gc
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from ahocorasick_rs import BytesAhoCorasick

from discourse.lexicon.gates import Literal, gate_of
from discourse.lexicon.patterns import forms_of, regex_of, slots_of, trimmed
from discourse.lexicon.slots import PADS, WHOLE
from discourse.lexicon.views import SHIFT, coarse, is_plain, is_word, joined, keys, whole_keys
from discourse.text.normalise import fold

Span = tuple[int, int, int]  # start and end in the folded text, half-open, and the number of a pattern


# the number of a pattern, and the words of which one stands before and after its gate
_Gated = tuple[int, frozenset[bytes] | None, frozenset[bytes] | None]
# what a literal among the bytes of a text says: from its first and its last byte to the offsets of the text,
# what must stand there (None: that is sure), patterns that match there, patterns that may match around it
_Told = tuple[int, int, str | None, tuple[int, ...], tuple[_Gated, ...]]
# a form that one pattern alone has, and its number: short for what nearly all literals say, most never met
_Alone = tuple[str, int]
_Table = dict[bytes, _Alone | list[_Told]]


@dataclass(slots=True)
class _Sought:
    """A pattern that is searched as a regular expression."""

    written: str
    is_regex: bool  # its author's own: searched in the text as it is, and its matches do not overlap
    width: int | None  # code points from its beginning that it looks at; None: without limit
    begins_word: bool = False  # whether its matches begin where a word does
    near: int = 0  # a match begins so many code points before its gate at least,
    far: int | None = None  # and at most; None: anywhere
    compiled: re.Pattern[str] | None = None  # when it is first needed: most never are

    def matches(self, text: str, places: Sequence[int], plain: bytes = b"") -> Iterable[re.Match[str]]:
        """Return the match that begins at each place of a text before its gates, by place.

        Without gates, and where a gate may stand anywhere, every place is tried.

        Parameters
        ----------
        plain
            The text's bytes, where matches begin with words only.
        """
        pattern = self.compiled
        if pattern is None:
            pattern = self.compiled = re.compile(self.written)
        if len(places) > 1:
            places = sorted(set(places))
        near, far = self.near, self.far
        if far is None or not places:
            return _within(pattern, text, 0, len(text), None)
        if near == far:
            return [found for place in places if (found := pattern.match(text, place - near))]
        matches: list[re.Match[str]] = []
        done = 0
        for place in places:
            first, last = max(done, place - far), place - near
            if self.begins_word:
                starts = _words_within(plain, first, last)
                matches += [found for start in starts if (found := pattern.match(text, start))]
            else:
                matches += _within(pattern, text, first, last, self.width)
            done = last + 1
        return matches


class Search:
    """Finds every place at which one of several patterns matches, whatever stands around it.

    Parameters
    ----------
    patterns
        Each with its way of matching, one of `MATCHES`; `find` names them by their number.
    """

    def __init__(self, patterns: Iterable[tuple[str, str]]) -> None:
        self._sought: dict[int, _Sought] = {}
        self._always: list[int] = []  # patterns without a gate
        self._bare: dict[str, _Told] = {}  # by literals in which no word stands
        with _uncollected():
            told = self._tell_all(patterns)
            self._told = list(told.values())
            self._automaton = BytesAhoCorasick(list(told))

    def find(self, folded: str) -> list[Span]:
        """Return where patterns match; all but regexes also across a line break or several blanks."""
        view = joined(folded)
        text = view.text
        plain = coarse(text)
        found, gates = self._literals(text, plain)
        for number in self._always:
            gates[number] = []
        exact: list[Span] = []
        for number, places in gates.items():
            sought = self._sought[number]
            if sought.is_regex:
                exact += _apart(sought.matches(folded, [view.place(place) for place in places]), number)
            else:
                found += _worded(sought.matches(text, places, plain), number)
        if view.is_cut:
            found = [(*view.span(start, end), number) for start, end, number in found]
        return found + exact

    def _literals(self, text: str, plain: bytes) -> tuple[list[Span], dict[int, list[int]]]:
        """Return what literals alone decide: matches, and where the gates of the other patterns stand."""
        found: list[Span] = []
        gates: dict[int, list[int]] = {}
        all_told = self._told
        for index, begin, end in self._automaton.find_matches_as_indexes(plain, overlapping=True):
            told = all_told[index]
            if isinstance(told, tuple):
                told = all_told[index] = [_said(told)]
            for left, right, compared, whole, gated in told:
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
        for literal, (*_, whole, gated) in self._bare.items():
            for match in re.finditer(re.escape(literal), text) if literal in text else ():
                found += [(*match.span(), number) for number in whole]
                for number, _, _ in gated:
                    gates.setdefault(number, []).append(match.start())
        return found, gates

    def _tell_all(self, patterns: Iterable[tuple[str, str]]) -> _Table:
        told: _Table = {}
        for number, (pattern, match) in enumerate(patterns):
            if forms := forms_of(fold(pattern), match):
                self._tell_forms(told, number, forms)
            else:
                self._add_sought(told, number, pattern, match)
        return told

    def _add_sought(self, told: _Table, number: int, pattern: str, match: str) -> None:
        slots, width = slots_of(pattern, match)
        gate = gate_of(slots, exact=match == "regex")
        sought = self._sought[number] = _Sought(regex_of(pattern, match), match == "regex", width)
        if gate is None:
            self._always.append(number)
            return
        sought.near, sought.far = gate.near, gate.far
        sought.begins_word = match != "regex" and all(word and is_word(word[0]) for word in slots[1].words)
        for literal in gate.literals:
            self._tell(told, literal, (), ((number, literal.before, literal.after),))

    def _tell_forms(self, told: _Table, number: int, forms: Sequence[str]) -> None:
        """Note that a pattern matches where one of its forms stands."""
        written = whole_keys(forms)
        for form, key in zip(forms, written, strict=False):
            if key in told:
                _add(told, key, _said((form, number)))
            else:
                told[key] = (form, number)
        for form in () if written else forms:
            self._tell(told, Literal(form, WHOLE, WHOLE), (number,), ())

    def _tell(
        self,
        told: _Table,
        literal: Literal,
        whole: tuple[int, ...],
        gated: tuple[_Gated, ...],
    ) -> None:
        """Note what a literal says, for each way of writing it in bytes."""
        text = literal.text
        compared = None if is_plain(text) else text
        found = keys(text, PADS[literal.left], PADS[literal.right])
        if not found:
            *_, more, around = self._bare.get(text, (0, 0, text, (), ()))
            self._bare[text] = (0, 0, text, more + whole, around + gated)
        for key, left, right in found:
            _add(told, key, (left, right, compared, whole, gated))


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


def _said(alone: _Alone) -> _Told:
    form, number = alone
    return 1 - SHIFT, -1 - SHIFT, None if is_plain(form) else form, (number,), ()


def _add(told: _Table, key: bytes, said: _Told) -> None:
    """Add what one more pattern says where the same literal stands."""
    known = told.setdefault(key, [])
    if isinstance(known, tuple):
        known = told[key] = [_said(known)]
    left, right, compared, whole, gated = said
    for place, (*_, other, more, around) in enumerate(known):
        if other == compared:
            known[place] = (left, right, compared, more + whole, around + gated)
            return
    known.append(said)


def _word_before(plain: bytes, start: int) -> bytes:
    place = start + SHIFT - 1
    return plain[plain.rfind(b" ", 0, place) + 1 : place]


def _word_after(plain: bytes, end: int) -> bytes:
    place = end + SHIFT + 1
    return plain[place : plain.find(b" ", place)]


def _worded(matches: Iterable[re.Match[str]], number: int) -> list[Span]:
    """Return where matches stand without the blanks around them; none begins with a blank."""
    return [(*trimmed(match), number) for match in matches if match[0].lstrip(" ") == match[0] != ""]


def _apart(matches: Iterable[re.Match[str]], number: int) -> Iterator[Span]:
    """Yield the places of matches that a search from left to right meets, without the blanks around them."""
    done = 0
    for match in matches:
        if match.start() >= done and match.end() > done:
            done = match.end()
            if match[0].strip(" "):
                yield (*trimmed(match), number)


def _words_within(plain: bytes, first: int, last: int) -> Iterator[int]:
    """Yield the offsets from first to last, both counted, at which a word begins."""
    place = plain.find(b" ", first + SHIFT - 1, last + SHIFT)
    while place >= 0:
        yield place + 1 - SHIFT
        place = plain.find(b" ", place + 1, last + SHIFT)


def _within(
    pattern: re.Pattern[str], text: str, first: int, last: int, width: int | None
) -> Iterator[re.Match[str]]:
    """Yield the match that begins at each place from first to last, both counted."""
    if width is None and last < len(text):
        yield from filter(None, (pattern.match(text, place) for place in range(first, last + 1)))
        return
    stop = len(text) if width is None else last + width
    while first <= last and (match := pattern.search(text, first, stop)) and match.start() <= last:
        yield match
        first = match.start() + 1
