"""The numbers behind the summary page, as CSV files."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pandas as pd
from msgspec.structs import asdict

from discourse.replacing import replaced
from discourse.summary.many import UNKNOWN, ManyThreads, Rate, StanceSeries
from discourse.tables.files import write_csv

Row = Mapping[str, Any]
_COLUMNS: dict[str, dict[str, str]] = {
    "overview": {"what": "str", "of": "str", "value": "str"},
    "periods": {"period": "str", "posts": "Int64", "threads": "Int64"},
    "rates": {
        "layer": "str",
        "label": "str",
        "labels": "Int64",
        "posts": "Int64",
        "threads": "Int64",
        "of_posts": "Int64",
        "of_threads": "Int64",
        "per_100_posts": "float64",
        "low": "float64",
        "high": "float64",
    },
    "targets": {
        "target": "str",
        "threads": "Int64",
        "mentions": "Int64",
        "contested_threads": "Int64",
        "favor_posts": "Int64",
        "against_posts": "Int64",
    },
    "claims": {
        "topic": "str",
        "threads": "Int64",
        "claims": "Int64",
        "asserted": "Int64",
        "denied": "Int64",
    },
    "loops": {
        "kind": "str",
        "state": "str",
        "loops": "Int64",
        "loops_of_kind": "Int64",
        "threads_of_kind": "Int64",
        "turns_of_kind": "Int64",
        "restatements_of_kind": "Int64",
        "empty_restatements_of_kind": "Int64",
    },
    "topics": {
        "by": "str",
        "topic": "str",
        "kind": "str",
        "loops": "Int64",
        "threads": "Int64",
        "turns": "Int64",
        "open_loops": "Int64",
        "thread_id": "str",
    },
    "stance": {
        "target": "str",
        "period": "str",
        "favor_posts": "Int64",
        "against_posts": "Int64",
        "threads": "Int64",
        "share_favor": "float64",
        "low": "float64",
        "high": "float64",
    },
    "reading": {
        "place": "Int64",
        "thread_id": "str",
        "title": "str",
        "since": "str",
        "posts": "Int64",
        "authors": "Int64",
        "loops": "Int64",
        "turns": "Int64",
        "replies": "Int64",
        "disagreements": "Int64",
        "evenness": "float64",
        "by_loops": "Int64",
        "by_turns": "Int64",
        "by_disagreements": "Int64",
        "by_evenness": "Int64",
    },
    "faults": {"thread_id": "str", "stage": "str", "problem": "str"},
}


def write_numbers(many: ManyThreads, folder: Path) -> None:
    """Write each table as `folder/NAME.csv`, UTF-8; the folder takes the place of an earlier one as a whole.

    Shares, evenness and the ends of intervals have four decimals; an empty cell stands for none.
    """
    made = {
        "overview": _overview(many),
        "periods": (asdict(row) for row in many.periods),
        "rates": (_rate(row) for row in many.rates),
        "targets": _targets(many),
        "claims": (asdict(row) for row in many.claimed),
        "loops": _loops(many),
        "topics": _topics(many),
        "stance": (row for one in many.series for row in _stance(one)),
        "reading": _reading(many),
        "faults": (asdict(row) for row in many.faults.first),
    }
    with replaced(folder, lambda: None) as partial:
        for name, rows in made.items():
            write_csv(_frame(rows, _COLUMNS[name]), partial / f"{name}.csv")


def _frame(rows: Iterable[Row], columns: Mapping[str, str]) -> pd.DataFrame:
    listed = list(rows)
    return pd.DataFrame(
        {name: pd.Series([row[name] for row in listed], dtype=kind) for name, kind in columns.items()}
    )


def _overview(many: ManyThreads) -> Iterator[Row]:
    for name, value in asdict(many.extent).items():
        if isinstance(value, dict):
            yield from ({"what": name, "of": of, "value": str(n)} for of, n in value.items())
        else:
            yield {"what": name, "of": None, "value": str(value)}
    yield {"what": "faults", "of": None, "value": str(many.faults.rows)}
    yield {"what": "threads_with_faults", "of": None, "value": str(many.faults.threads)}


def _rate(rate: Rate) -> Row:
    low, high = rate.interval or (None, None)
    return {
        "layer": rate.layer,
        "label": rate.label,
        "labels": rate.labels,
        "posts": rate.sums.hits,
        "threads": rate.bearing,
        "of_posts": rate.sums.posts,
        "of_threads": rate.sums.threads,
        "per_100_posts": _rounded(rate.share, 100),
        "low": _rounded(low, 100),
        "high": _rounded(high, 100),
    }


def _rounded(value: float | None, times: int = 1) -> float | None:
    return None if value is None else round(times * value, 4)


def _targets(many: ManyThreads) -> Iterator[Row]:
    for row in many.targets:
        told = asdict(row)
        yield told | {
            "contested_threads": row.contested,
            "favor_posts": row.favor,
            "against_posts": row.against,
        }


def _loops(many: ManyThreads) -> Iterator[Row]:
    for row in many.kinds:
        for state, loops in row.states.items():
            yield {
                "kind": row.kind,
                "state": state,
                "loops": loops,
                "loops_of_kind": row.loops,
                "threads_of_kind": row.threads,
                "turns_of_kind": row.turns,
                "restatements_of_kind": row.restatements,
                "empty_restatements_of_kind": row.empty,
            }


def _topics(many: ManyThreads) -> Iterator[Row]:
    for by, topics in (("topic", many.topics), ("target", many.over_targets)):
        yield from (asdict(row) | {"by": by, "open_loops": row.open} for row in topics)


def _stance(one: StanceSeries) -> Iterator[Row]:
    for cell in one.cells:
        low, high = cell.interval or (None, None)
        yield {
            "target": one.target,
            "period": cell.period,
            "favor_posts": cell.favor,
            "against_posts": cell.against,
            "threads": cell.sums.threads,
            "share_favor": _rounded(cell.share),
            "low": _rounded(low),
            "high": _rounded(high),
        }
    if one.timeless:
        empty = dict.fromkeys(_COLUMNS["stance"])
        yield empty | {"target": one.target, "period": UNKNOWN}


def _reading(many: ManyThreads) -> Iterator[Row]:
    for place, row in enumerate(many.readings, start=1):
        told = asdict(row)
        names = ("by_loops", "by_turns", "by_disagreements", "by_evenness")
        yield told | {
            "place": place,
            "evenness": _rounded(row.evenness),
            **dict(zip(names, row.places, strict=True)),
        }
