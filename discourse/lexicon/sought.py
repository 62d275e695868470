"""Patterns that are searched as regular expressions, around the few places where they may match."""

import re
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from discourse.lexicon.patterns import ends_word, nested_forms, regex_of, trimmed
from discourse.lexicon.views import SHIFT, Joined


class Sought(Struct):
    """A pattern with the places around its gate at which its matches begin."""

    pattern: str
    match: str
    width: int | None = None  # code points from its beginning that it looks at; None: without limit
    begins_word: bool = False  # whether its matches begin where a word does
    near: int = 0  # a match begins so many code points before its gate at least,
    far: int | None = None  # and at most; None: anywhere
    is_gated: bool = False  # whether it has a gate at all
    # both made when they are first needed: most never are
    _compiled: re.Pattern[str] | None = None
    _nested: dict[str, list[str]] | None = None

    def spans(self, view: Joined, plain: bytes, places: Sequence[int]) -> list[tuple[int, int]]:
        """Return where the pattern matches, as offsets into the folded text.

        Parameters
        ----------
        plain
            The bytes of the joined text.
        places
            Of its gates in the joined text; none: it is searched everywhere.
        """
        if self.match == "regex":  # its author's own: searched in the text as it is
            return list(_apart(self._matches(view.folded, plain, view.places(places))))
        found = self._matches(view.text, plain, places)
        # none begins with a blank
        spans = [trimmed(each) for each in found if each[0].lstrip(" ") == each[0] != ""]
        if spans and self.match == "phrase":
            spans += self._nested_spans(view.text, spans)
        return view.spans(spans) if view.is_cut else spans

    def _matches(self, text: str, plain: bytes, places: Sequence[int]) -> Iterable[re.Match[str]]:
        """Return the match that begins at each place of a text before its gates, by place.

        Without gates, and where a gate may stand anywhere, every place is tried.
        """
        pattern = self._compiled
        if pattern is None:
            pattern = self._compiled = re.compile(regex_of(self.pattern, self.match))
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

    def _nested_spans(self, text: str, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
        """Return where other forms of the pattern stand that begin where one has been found."""
        if self._nested is None:
            self._nested = nested_forms(self.pattern)
        if not self._nested:
            return []
        return [
            (start, start + len(form))
            for start, end in spans
            for form in self._nested.get(text[start:end], ())
            if text.startswith(form, start) and ends_word(text, start + len(form))
        ]


def _apart(matches: Iterable[re.Match[str]]) -> Iterator[tuple[int, int]]:
    """Yield the places of matches that a search from left to right meets, without the blanks around them."""
    done = 0
    for match in matches:
        if match.start() >= done and match.end() > done:
            done = match.end()
            if match[0].strip(" "):
                yield trimmed(match)


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
