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
    is_bounded,
    longest_first,
    regex_of,
    trimmed,
)
from discourse.text.normalise import fold

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


@dataclass(frozen=True, slots=True)
class _Found:
    """What a literal that stands in a text says: numbers of rows."""

    whole: list[int] = field(default_factory=list)  # they match there
    begun: list[int] = field(default_factory=list)  # they may match from its beginning
    gated: list[int] = field(default_factory=list)  # they may match anywhere


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

        Parameters
        ----------
        folded
            As `discourse.text.normalise.fold` returns it.
        lang
            The text's language; lexicons of other languages abstain. None: all match.
        """
        return [match for match in self._winners(folded, lang) if match.label != BLOCK]

    def entries_in(self, text: str) -> list[Entry]:
        """Return the entries that win in a text as anybody writes it, those that only block included."""
        return [match.entry for match in self._winners(fold(text), None)]

    def _winners(self, folded: str, lang: str | None) -> list[Match]:
        found: dict[str, list[tuple[int, int, int]]] = {}
        for start, end, row in self._candidates(folded):
            lexicon = self._rows[row][0]
            if lang is None or lang in lexicon.languages:
                found.setdefault(lexicon.name, []).append((start, end, row))
        matches = [
            Match(start, end, *self._rows[row])
            for spans in found.values()
            for start, end, row in longest_first(spans)
        ]
        return sorted(matches, key=lambda m: (m.start, m.end, m.lexicon.name))

    def _add(self, row: int, entry: Entry) -> None:
        for form in (forms := forms_of(fold(entry.pattern), entry.match)):
            self._words.setdefault(form, _Found()).whole.append(row)
        if forms:
            return
        self._patterns[row] = regex_of(entry.pattern, entry.match)
        if entry.match != "regex" and (begun := heads(entry.pattern, entry.match)):
            for head in begun:
                self._words.setdefault(head, _Found()).begun.append(row)
            return
        literals = gate(self._patterns[row])
        if not literals:
            self._ungated.append(row)
        for literal in literals:
            self._words.setdefault(literal, _Found()).gated.append(row)

    def _regex(self, row: int) -> re.Pattern[str]:
        if row not in self._compiled:
            self._compiled[row] = re.compile(self._patterns[row])
        return self._compiled[row]

    def _candidates(self, folded: str) -> Iterable[tuple[int, int, int]]:
        found: set[tuple[int, int, int]] = set()
        begun: set[tuple[int, int]] = set()
        gated = set(self._ungated)
        for index, start, end in self._automaton.find_matches_as_indexes(folded, overlapping=True):
            rows = self._lists[index]
            gated.update(rows.gated)
            begun.update((start, row) for row in rows.begun)
            if rows.whole and is_bounded(folded, start, end):
                found.update((start, end, row) for row in rows.whole)
        for start, row in begun:
            if match := self._regex(row).match(folded, start):
                found.add((*trimmed(match), row))
        for row in gated:
            found.update(
                (*trimmed(m), row) for m in self._regex(row).finditer(folded) if m.group().strip(" ")
            )
        return found


def _example_faults(entry: Entry, lexicon: Lexicon, alone: Lexicons) -> Iterable[str]:
    where = f"{lexicon.path.name}:{entry.line}: {entry.pattern!r}"
    if not any(found is entry for found in alone.entries_in(entry.hit)):
        yield f"{where} does not match its hit {entry.hit!r}"
    if any(found is entry for found in alone.entries_in(entry.miss)):
        yield f"{where} matches its miss {entry.miss!r}"
