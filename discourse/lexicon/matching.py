"""Lexicons in memory, and where their entries stand in a text."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from msgspec import Struct, field

from discourse.lexicon.index import Index
from discourse.lexicon.scope import REACH, Neighbours, has_neighbours, why_negated
from discourse.lexicon.search import Search, Span
from discourse.text.normalise import fold

BLOCK = "-"  # the label of rows that only take words away


class Entry(Struct, frozen=True):
    """One row of a lexicon."""

    line: int  # 1-based line of the CSV on which it ends
    pattern: str
    match: str  # one of MATCHES
    label: str  # a label of the lexicon, or BLOCK
    hit: str  # a text in which it must match
    miss: str  # a text in which it must not
    weight: float = 1.0
    fields: Mapping[str, str] = field(default_factory=dict)  # the further columns, empty cells left out


class Label(Struct, frozen=True):
    """One label of a lexicon."""

    definition: str
    drops: bool = False  # whether a denial takes its matches away, unless their entry says `keep`
    reach: int = REACH  # so many words back


_PLAIN = Label("")


class Lexicon(Struct, frozen=True):
    """One lexicon with its entries in the order of its file."""

    name: str
    version: int
    languages: tuple[str, ...]  # ISO 639-1
    licence: str  # SPDX
    source: str
    citation: str
    labels: Mapping[str, str]  # each with its definition
    changes: Mapping[str, str]  # what each version changed
    entries: tuple[Entry, ...]
    path: Path  # of the CSV
    rules: Mapping[str, Label] = field(default_factory=dict)  # of its labels

    @property
    def maker(self) -> str:
        """Return its name and version as the `annotator` column holds it."""
        return f"{self.name}@{self.version}"

    def check(self) -> list[str]:
        """Name every row whose `hit` it does not match or whose `miss` it does; none if all is well."""
        alone = Lexicons([self])
        return [fault for entry in self.entries for fault in _example_faults(entry, self, alone)]


class Match(Struct, frozen=True):
    """One place where an entry matches."""

    start: int  # half-open code-point offsets into the text
    end: int
    lexicon: Lexicon
    entry: Entry

    @property
    def label(self) -> str:
        """Return the entry's label."""
        return self.entry.label

    @property
    def by(self) -> str:
        """Return the lexicon as the `annotator` column holds it."""
        return self.lexicon.maker

    def why_denied(self, folded: str) -> str | None:
        """Say which word of the text denies this match; None where it counts."""
        if not may_be_denied(self.lexicon, self.entry):
            return None
        rule = self.lexicon.rules.get(self.label, _PLAIN)
        return why_negated(self.entry.fields, folded, self.start, drops=rule.drops, reach=rule.reach)


def may_be_denied(lexicon: Lexicon, entry: Entry) -> bool:
    """Say whether a "not" before an entry's matches takes them away."""
    drops = lexicon.rules.get(entry.label, _PLAIN).drops
    return entry.fields.get("negated", "drop" if drops else "keep") == "drop"


class Lexicons:
    """Several lexicons, matched in one pass over a text.

    Parameters
    ----------
    lexicons
        With names of their own; none is fine and matches nothing.
    index
        Of the patterns of all their entries, where it is known.
    """

    def __init__(self, lexicons: Iterable[Lexicon], index: Index | None = None) -> None:
        self.by_name: dict[str, Lexicon] = {lexicon.name: lexicon for lexicon in lexicons}
        self._rows = [(lexicon, entry) for lexicon in self.by_name.values() for entry in lexicon.entries]
        self._search = Search(((entry.pattern, entry.match) for _, entry in self._rows), index)
        self._neighbours = [Neighbours(e.fields) if has_neighbours(e.fields) else None for _, e in self._rows]
        self._deniable = {
            row for row, (lexicon, entry) in enumerate(self._rows) if may_be_denied(lexicon, entry)
        }

    def match(self, folded: str, *, lang: str | None = None) -> list[Match]:
        """Return the matches in a folded text in order of their place, longest first within each lexicon.

        Matches that their neighbours or a denial take away are left out.

        Parameters
        ----------
        folded
            As `discourse.text.normalise.fold` returns it.
        lang
            The text's language; lexicons of other languages abstain. None: all match.
        """
        return self.match_in([folded], [lang])[0]

    def match_in(self, texts: Sequence[str], langs: Sequence[str | None]) -> list[list[Match]]:
        """Return the same of many folded texts in some languages, each by itself."""
        found = self._search.find_in(texts)
        return [
            self._counting(folded, spans, lang) if spans else []
            for folded, spans, lang in zip(texts, found, langs, strict=True)
        ]

    def _counting(self, folded: str, found: Sequence[Span], lang: str | None) -> list[Match]:
        return [
            match
            for row, match in self._winners(folded, found, lang)
            if match.entry.label != BLOCK and not (row in self._deniable and match.why_denied(folded))
        ]

    def entries_in(self, text: str) -> list[Entry]:
        """Return the entries that count in a text as anybody writes it, those that only block included."""
        folded = fold(text)
        winners = self._winners(folded, self._search.find(folded), None)
        return [match.entry for _, match in winners if not match.why_denied(folded)]

    def explain(self, folded: str, *, lang: str | None = None) -> list[tuple[Match, str | None]]:
        """Return every entry whose words stand in a folded text, with the reason where it does not count.

        In order of place; None is the reason of those that `match` returns.
        """
        found = self._search.find(folded)
        taken = _Taken(match for _, match in self._winners(folded, found, lang))
        told = [
            (match, taken.why_not(match, folded))
            for start, end, row in found
            for match in (Match(start, end, *self._rows[row]),)
            if match.label != BLOCK and (lang is None or lang in match.lexicon.languages)
        ]
        return sorted(told, key=lambda t: (t[0].start, t[0].end, t[0].lexicon.name, t[0].entry.line))

    def _winners(self, folded: str, found: Sequence[Span], lang: str | None) -> list[tuple[int, Match]]:
        """Return the matches that stand, each with its row, those that only block included, by place."""
        spans: dict[str, list[Span]] = {}
        for span in found:
            start, end, row = span
            lexicon, _ = self._rows[row]
            if lang is not None and lang not in lexicon.languages:
                continue
            neighbours = self._neighbours[row]
            if neighbours is None or neighbours.allow(folded, start, end):
                spans.setdefault(lexicon.name, []).append(span)
        kept = [
            (start, end, name, row)
            for name, some in spans.items()
            for start, end, row in (some if len(some) == 1 else longest_first(some))
        ]
        if len(kept) > 1:
            kept.sort()
        return [(row, Match(start, end, *self._rows[row])) for start, end, _, row in kept]


class _Taken:
    """The matches that stand, by lexicon, to say which of them keeps another from standing."""

    def __init__(self, winners: Iterable[Match]) -> None:
        self._by_lexicon: dict[str, list[Match]] = {}
        for match in winners:
            self._by_lexicon.setdefault(match.lexicon.name, []).append(match)
        self._ends = {name: [match.end for match in some] for name, some in self._by_lexicon.items()}

    def why_not(self, match: Match, folded: str) -> str | None:
        """Say why a match does not count; None where it does."""
        if away := Neighbours(match.entry.fields).why_not(folded, match.start, match.end):
            return away
        name = match.lexicon.name
        place = bisect_right(self._ends.get(name, ()), match.start)  # they do not overlap
        first = self._by_lexicon[name][place] if place < len(self._ends.get(name, ())) else None
        if first is None or first.start >= match.end:
            return "another entry stands before it"
        if (first.start, first.end) == (match.start, match.end) and first.entry is match.entry:
            return match.why_denied(folded)
        taken = "which reports nothing" if first.label == BLOCK else "which is longer"
        return f"its words belong to {first.entry.pattern!r}, {taken}"


def longest_first(spans: Sequence[Span]) -> list[Span]:
    """Keep the longest spans that do not overlap, in order of place.

    At a tie the earlier one stays, then the one of the earlier row.
    """
    kept: list[Span] = []
    together: list[Span] = []  # spans of which each meets one before it: others are not touched by them
    end = -1
    for span in sorted(spans):
        if span[0] >= end:
            kept += together if len(together) < 2 else _longest_of(together)
            together = []
        together.append(span)
        end = max(end, span[1])
    kept += together if len(together) < 2 else _longest_of(together)
    return kept


def _longest_of(spans: Sequence[Span]) -> list[Span]:
    kept: list[Span] = []
    for span in sorted(spans, key=lambda s: (s[0] - s[1], s)):
        place = bisect_left(kept, span)
        clear_before = not place or kept[place - 1][1] <= span[0]
        clear_after = place == len(kept) or kept[place][0] >= span[1]
        if clear_before and clear_after:
            kept.insert(place, span)
    return kept


def _example_faults(entry: Entry, lexicon: Lexicon, alone: Lexicons) -> Iterable[str]:
    where = f"{lexicon.path.name}:{entry.line}: {entry.pattern!r}"
    if not any(found is entry for found in alone.entries_in(entry.hit)):
        yield f"{where} does not match its hit {entry.hit!r}"
    if any(found is entry for found in alone.entries_in(entry.miss)):
        yield f"{where} matches its miss {entry.miss!r}"
