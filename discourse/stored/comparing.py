"""Two earlier runs held against each other: a page, and a table of every label that differs."""

import csv
import io
import os
from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path
from urllib.parse import quote

from discourse.errors import DiscourseError
from discourse.replacing import unwritable
from discourse.report.comparing.compared import ComparedRun, ComparedSource
from discourse.report.comparing.comparison import Comparison, compare, render_comparison
from discourse.results import REPORT, check_apart_from_runs, check_page, write_page, write_whole
from discourse.stored.runs import read_run, read_runs
from discourse.summary.differing import COLUMNS, as_rows
from discourse.tables import Tables


def compare_runs(first: Path, second: Path, out: Path) -> tuple[Comparison, Path]:
    """Hold two runs against each other: a page, and beside it every label that differs as a table.

    Parameters
    ----------
    out
        The page; the table gets its name with `.csv` at the end.

    Returns
    -------
    tuple
        What the page says, and where the table stands.

    Raises
    ------
    DiscourseError
        Where either is no run, both are the same folder, or a page or table cannot be written.
    """
    check_page(out, "comparison")
    check_apart_from_runs(out)
    table = out.with_suffix(".csv")
    if first.resolve() == second.resolve():
        raise DiscourseError(where=str(second), problem="the same folder is given twice", fix="Give two runs")
    if out == table:
        raise DiscourseError(where=str(out), problem="it is to be a page", fix="Give a name with .html")
    _check_table(table)
    found = compare(*(_compared(run, out.parent) for run in (first, second)))
    write_page(render_comparison(found), out)
    rows = [(source.title, *row) for source in found.sources for row in as_rows(source.found)]
    write_whole(_csv([("source", *COLUMNS), *rows]), table)
    return found, table


def _compared(run: Path, beside: Path) -> ComparedRun:
    sources: dict[frozenset[str], ComparedSource] = {}
    for stored in read_runs(run):
        report = stored.folder / REPORT
        href = _href(report, beside) if report.is_file() else ""
        # a source that was given twice counts once
        own = stored.tables.sources_of_posts()
        if own not in sources:
            again = partial(_tables, stored.folder)
            sources[own] = ComparedSource.of(stored.tables, stored.record, href, again)
    return ComparedRun(str(run), list(sources.values()))


def _tables(folder: Path) -> Tables:
    return read_run(folder).tables


def _href(report: Path, beside: Path) -> str:
    try:
        relative = os.path.relpath(report.resolve(), beside.resolve())
    except ValueError:  # on another drive
        return report.resolve().as_uri()
    return "./" + quote(relative.replace(os.sep, "/"), safe="/")


def _check_table(path: Path) -> None:
    heading = ",".join(("source", *COLUMNS))
    try:
        is_free = not path.exists() or (path.is_file() and _begins(path, heading))
    except OSError as error:
        raise unwritable(path, error) from error
    if not is_free:
        raise DiscourseError(
            where=str(path),
            problem="the table of differences would go here, and no earlier comparison wrote this",
            fix="Move it away or give another --out",
        )


def _begins(path: Path, words: str) -> bool:
    with path.open(encoding="utf-8", errors="replace") as file:
        return file.readline().strip() == words


def _csv(rows: Iterable[Sequence[object]]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    return text.getvalue()
