"""Two runs as they are compared, and in what their making differs."""

import json
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Any

from msgspec import Struct

from discourse.report.basis.words import counted, listed, plain
from discourse.summary.across import KnownDispute, SourceFacts, source_facts
from discourse.summary.comparing import Figures
from discourse.tables import Tables

DASH = "–"
_NAMED = 4  # facts of the making that the opening names
_VALUE = 160  # characters of a setting's value
_APART_FROM = ("error_rates", "meanings", "run_id", "sources")  # of a record: told in other words


class ComparedSource(Struct, frozen=True):
    """One source of a run: what of it is compared with all others, and how to get at its labels."""

    figures: Figures
    facts: SourceFacts
    digest: str  # of what was read: the same for the same bytes; empty where that is unknown
    record: Mapping[str, Any]  # its `run.json`
    href: str  # its report, relative to the page; empty where it has none
    tables: Callable[[], Tables]  # asked for where the other run read the same

    @classmethod
    def of(
        cls, tables: Tables, record: Mapping[str, Any], href: str, again: Callable[[], Tables] | None = None
    ) -> "ComparedSource":
        """Sum up a source.

        Parameters
        ----------
        again
            Reads the tables once more, so that they need not be held; None to hold them.
        """
        held = again or (lambda: tables)
        return cls(Figures.of([tables]), source_facts(tables), _digest(tables), record, href, held)


def _digest(tables: Tables) -> str:
    table = tables["sources"]
    own = table[table["source_id"].isin(tables.sources_of_posts())]["sha256"]
    return " ".join(sorted(str(value) for value in own if value))


class ComparedRun(Struct, frozen=True, dict=True):
    """One of the two runs."""

    name: str  # as the user named it
    sources: Sequence[ComparedSource]

    @cached_property
    def figures(self) -> Figures:
        """What it adds up to."""
        return Figures.joined(source.figures for source in self.sources)

    @cached_property
    def facts(self) -> SourceFacts:
        """Its names, targets and disputes, those of all sources together."""
        return _joined([source.facts for source in self.sources])

    @cached_property
    def disputes(self) -> list[tuple[str, str]]:
        """Link and question of every dispute, as `facts` numbers them."""
        return [
            (f"{source.href}#d{dispute.number}" if source.href else "", dispute.question)
            for source in self.sources
            for dispute in source.facts.disputes
        ]


def _joined(parts: Sequence[SourceFacts]) -> SourceFacts:
    authors: dict[str, int] = {}
    targets: dict[str, tuple[int, int, int]] = {}
    disputes: list[KnownDispute] = []
    for part in parts:
        for name, posts in part.authors.items():
            authors[name] = authors.get(name, 0) + posts
        for name, (mentions, favor, against) in part.targets.items():
            known = targets.get(name, (0, 0, 0))
            targets[name] = (known[0] + mentions, known[1] + favor, known[2] + against)
        for dispute in part.disputes:
            disputes.append(KnownDispute(len(disputes) + 1, dispute.question, dispute.claims))
    return SourceFacts(authors, targets, disputes)


class Row(Struct, frozen=True):
    """One line of a table: a name and what either run has."""

    name: str
    first: str
    second: str
    first_basis: str = ""  # such as "12 of 40, 18 to 46 %"
    second_basis: str = ""
    ratio: str = ""  # of the second to the first
    ratio_basis: str = ""  # its interval
    is_apart: bool = False


def lede(making: Sequence[Row], same: int) -> str:
    """Say in how many facts their making differs, and how many sources both read."""
    if not making:
        words = "Made alike, as far as their records tell"
    else:
        named = [row.name for row in making[:_NAMED]] + ["more"] * (len(making) > _NAMED)
        words = (
            f"{counted(len(making), 'fact')} of their making {'differs' if len(making) == 1 else 'differ'}: "
        )
        words += listed(named)
    sources = f"{counted(same, 'source')} {'was' if same == 1 else 'were'} read by both"
    return f"{words[0].upper()}{words[1:]}. {sources[0].upper()}{sources[1:]}."


def differing_facts(first: ComparedRun, second: ComparedRun) -> tuple[list[Row], int]:
    """Return the versions, settings and sources that differ, and how many are the same."""
    facts = [_facts_of(run) for run in (first, second)]
    names = list(dict.fromkeys([*facts[0], *facts[1]]))
    rows = [
        Row(name, _value(facts[0].get(name)), _value(facts[1].get(name)))
        for name in names
        if facts[0].get(name) != facts[1].get(name)
    ]
    return rows, len(names) - len(rows)


def _value(value: str | None) -> str:
    return DASH if value is None else value if len(value) <= _VALUE else value[: _VALUE - 1] + "…"


def _facts_of(run: ComparedRun) -> dict[str, str]:
    """Return what a run's records tell of its making, by name; sources that differ in it with all values."""
    found: dict[str, dict[str, None]] = {}
    for source in run.sources:
        for name, value in _flat(source.record):
            found.setdefault(name, {})[value] = None
    return {name: ", ".join(values) for name, values in found.items()}


def _flat(record: Mapping[str, Any]) -> list[tuple[str, str]]:
    rows = []
    for name, value in record.items():
        if name in _APART_FROM:
            continue
        inner = value if isinstance(value, Mapping) else {"": value}
        rows += [(f"{plain(name)} {key}".rstrip(), _written(one)) for key, one in inner.items()]
    for name in ("error_rates", "meanings"):
        sentences = record.get(name)
        if isinstance(sentences, Mapping):
            rows += [(f"{plain(name)}: {plain(key)}", f"“{one}”") for key, one in sentences.items()]
    sources = [source for source in record.get("sources") or () if isinstance(source, Mapping)]
    rows += [(f"source {str(source.get('sha256'))[:12]}", str(source.get("uri"))) for source in sources]
    return rows


def _written(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, sort_keys=True, ensure_ascii=False)
