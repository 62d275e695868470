"""Lexicons in memory, and where their entries stand in a text."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ahocorasick_rs import AhoCorasick

from discourse.lexicon.patterns import (
    forms_of,
    gate,
    heads,
    longest_first,
    regex_of,
    trimmed,
)
from discourse.lexicon.scope import REACH, why_negated, why_out_of_place
from discourse.text.normalise import fold

_WORD = re.compile(r"\w++(?:'\w++)*+")  # an apostrophe within a word is part of it

BLOCK = "-"  # the label of rows that only take words away


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of a lexicon."""

    line: int  # 1-based line of the CSV on which it ends
    pattern: str
    match: str  # one of MATCHES
    label: str  # a label of the lexicon, or BLOCK
    hit: str  # a text in which it must match
    miss: str  # a text in which it must not
    weight: float = 1.0
    fields: Mapping[str, str] = field(default_factory=dict)  # the further columns, empty cells left out


@dataclass(frozen=True, slots=True)
class Label:
    """One label of a lexicon."""

    definition: str
    drops: bool = False  # whether a denial takes its matches away, unless their entry says `keep`
    reach: int = REACH  # so many words back


_PLAIN = Label("")


@dataclass(frozen=True)
class Lexicon:
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


@dataclass(frozen=True, slots=True)
class Match:
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
        rule = self.lexicon.rules.get(self.label, _PLAIN)
        if not rule.drops and "negated" not in self.entry.fields:
            return None
        return why_negated(self.entry.fields, folded, self.start, drops=rule.drops, reach=rule.reach)


@dataclass(slots=True)
class _Found:
    """What a literal that stands in a text says: numbers of rows."""

    starts_word: bool  # whether it begins or ends within a word, so that it must stand at its edge
    ends_word: bool
    whole: tuple[int, ...] = ()  # they match there
    begun: tuple[int, ...] = ()  # they may match from its beginning
    opened: tuple[int, ...] = ()  # likewise, where a word ends with it
    gated: tuple[int, ...] = ()  # they may match anywhere


class Lexicons:
    """Several lexicons, matched in one pass over a text.

    Parameters
    ----------
    lexicons
        With names of their own; none is fine and matches nothing.
    """

    def __init__(self, lexicons: Iterable[Lexicon]) -> None:
        self.by_name: dict[str, Lexicon] = {lexicon.name: lexicon for lexicon in lexicons}
        self._rows: list[tuple[Lexicon, Entry]] = []
        self._words: dict[str, _Found] = {}
        self._patterns: dict[int, str] = {}
        self._compiled: dict[int, re.Pattern[str]] = {}  # filled as they are needed: most never are
        self._ungated: list[int] = []
        for lexicon in self.by_name.values():
            for entry in lexicon.entries:
                self._rows.append((lexicon, entry))
                self._add(len(self._rows) - 1, entry)
        self._lists = list(self._words.values())
        self._automaton = AhoCorasick(list(self._words))

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
        winners = self._winners(folded, lang)
        return [match for match in winners if match.label != BLOCK and not match.why_denied(folded)]

    def entries_in(self, text: str) -> list[Entry]:
        """Return the entries that count in a text as anybody writes it, those that only block included."""
        folded = fold(text)
        return [match.entry for match in self._winners(folded, None) if not match.why_denied(folded)]

    def explain(self, folded: str, *, lang: str | None = None) -> list[tuple[Match, str | None]]:
        """Return every entry whose words stand in a folded text, with the reason where it does not count.

        In order of place; None is the reason of those that `match` returns.
        """
        winners = self._winners(folded, lang)
        told = [
            (match, _why_not(match, winners, folded))
            for start, end, row in self._candidates(folded)
            for match in (Match(start, end, *self._rows[row]),)
            if lang is None or lang in match.lexicon.languages
        ]
        told = [(match, why) for match, why in told if match.label != BLOCK]
        return sorted(told, key=lambda t: (t[0].start, t[0].end, t[0].lexicon.name, t[0].entry.line))

    def _winners(self, folded: str, lang: str | None) -> list[Match]:
        found: dict[str, list[tuple[int, int, int]]] = {}
        for start, end, row in self._candidates(folded):
            lexicon, entry = self._rows[row]
            abstains = lang is not None and lang not in lexicon.languages
            if not (abstains or (entry.fields and why_out_of_place(entry.fields, folded, start, end))):
                found.setdefault(lexicon.name, []).append((start, end, row))
        matches = [
            Match(start, end, *self._rows[row])
            for spans in found.values()
            for start, end, row in longest_first(spans)
        ]
        return sorted(matches, key=lambda m: (m.start, m.end, m.lexicon.name))

    def _add(self, row: int, entry: Entry) -> None:
        for form in (forms := forms_of(fold(entry.pattern), entry.match)):
            self._found(form).whole += (row,)
        if forms:
            return
        self._patterns[row] = regex_of(entry.pattern, entry.match)
        if entry.match != "regex" and (begun := heads(entry.pattern, entry.match)):
            for head in begun:
                found = self._found(head.rstrip(" "))
                if head.endswith(" "):
                    found.opened += (row,)
                else:
                    found.begun += (row,)
            return
        literals = gate(self._patterns[row])
        if not literals:
            self._ungated.append(row)
        for literal in literals:
            self._found(literal).gated += (row,)

    def _found(self, literal: str) -> _Found:
        found = self._words.get(literal)
        if found is None:
            found = self._words[literal] = _Found(_is_word(literal[0]), _is_word(literal[-1]))
        return found

    def _regex(self, row: int) -> re.Pattern[str]:
        if row not in self._compiled:
            self._compiled[row] = re.compile(self._patterns[row])
        return self._compiled[row]

    def _candidates(self, folded: str) -> Iterable[tuple[int, int, int]]:
        found, begun, gated = self._literals(folded)
        for start, row in begun:
            if match := self._regex(row).match(folded, start):
                found.add((*trimmed(match), row))
        for row in gated:
            found.update(
                (*trimmed(m), row) for m in self._regex(row).finditer(folded) if m.group().strip(" ")
            )
        return found

    def _literals(self, folded: str) -> tuple[set[tuple[int, int, int]], set[tuple[int, int]], set[int]]:
        """Return what literals alone decide: matches, places at which a row may begin, rows to search."""
        found: set[tuple[int, int, int]] = set()
        begun: set[tuple[int, int]] = set()
        gated = set(self._ungated)
        starts: set[int] = set()
        ends: set[int] = set()
        for word in _WORD.finditer(folded):
            start, end = word.span()
            starts.add(start)
            ends.add(end)
        lists = self._lists
        for index, start, end in self._automaton.find_matches_as_indexes(folded, overlapping=True):
            rows = lists[index]
            if rows.gated:
                gated.update(rows.gated)
            if rows.starts_word and start not in starts:
                continue
            for row in rows.begun:
                begun.add((start, row))
            if not rows.ends_word or end in ends:
                for row in rows.opened:
                    begun.add((start, row))
                for row in rows.whole:
                    found.add((start, end, row))
        return found, begun, gated


def _is_word(char: str) -> bool:
    return char.isalnum() or char == "_"


def _why_not(match: Match, winners: list[Match], folded: str) -> str | None:
    if away := why_out_of_place(match.entry.fields, folded, match.start, match.end):
        return away
    if match in winners:
        return match.why_denied(folded)
    for other in winners:
        overlaps = other.start < match.end and match.start < other.end
        if overlaps and other.lexicon is match.lexicon:
            taken = "which reports nothing" if other.label == BLOCK else "which is longer"
            return f"its words belong to {other.entry.pattern!r}, {taken}"
    return "another entry stands before it"


def _example_faults(entry: Entry, lexicon: Lexicon, alone: Lexicons) -> Iterable[str]:
    where = f"{lexicon.path.name}:{entry.line}: {entry.pattern!r}"
    if not any(found is entry for found in alone.entries_in(entry.hit)):
        yield f"{where} does not match its hit {entry.hit!r}"
    if any(found is entry for found in alone.entries_in(entry.miss)):
        yield f"{where} matches its miss {entry.miss!r}"
