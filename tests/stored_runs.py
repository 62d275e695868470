"""Runs on disk for the tests of what is done with them later: the made-up thread of the report."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from made_thread import made_tables

from discourse.results import write_record
from discourse.summary import summarise
from discourse.tables import Tables, write_tables

RECORD: dict[str, Any] = {
    "run_id": "0" * 16,
    "sources": [{"uri": "pool.txt", "sha256": "f00dcafe0001" + "0" * 52}],
    "code": {"discourse-analyzer": "0"},
    "settings": {"seed": 0},
    "analyzers": {"rhetoric": 1},
    "meanings": {"hedge": "lowers the commitment", "dismissal": "waves something away"},
}


def store(
    folder: Path, tables: Tables | None = None, record: Mapping[str, Any] = RECORD, report: str | None = None
) -> Path:
    """Write a run as an analysis leaves it, with a report only where one is given."""
    write_tables(made_tables() if tables is None else tables, folder / "tables")
    write_record(record, folder)
    if report is not None:
        (folder / "report.html").write_text(report, encoding="utf-8")
    return folder


def changed(**frames: Any) -> Tables:
    """Return the made-up thread with some tables exchanged, summed up again."""
    tables = made_tables().replace(**frames)
    return tables.replace(**summarise(tables).frames)
