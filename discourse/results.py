"""What a run leaves on disk: a folder a source, an overview; nothing half written, nobody's file lost."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from discourse.errors import DiscourseError
from discourse.replacing import free_name, replaced, unwritable
from discourse.report import GENERATOR, render_report
from discourse.tables import CONTRACT, Tables, write_tables

INDEX = "index.html"  # the overview page of several sources, beside their folders
RECORD = "run.json"
READING = frozenset({RECORD, "tables"})  # what `discourse read` writes
REPORT, PRINTED = "report.html", "report.pdf"
ANALYSIS = READING | {REPORT, PRINTED}
_TABLES = {f"{name}.csv" for name in CONTRACT}


def make_folder(out: Path) -> None:
    """Make the folder for results, with those above it."""
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DiscourseError(
            where=str(out), problem=f"it cannot be made a folder ({error.strerror})", fix="Give another --out"
        ) from error


def check_target(folder: Path, ours: frozenset[str] = ANALYSIS) -> None:
    """Make sure that a result may stand here: nothing does, or only what an earlier run wrote.

    Parameters
    ----------
    ours
        What a run of this sort writes: a mere reading never takes the place of an analysis.

    Raises
    ------
    DiscourseError
        Naming what else is there. Nobody's own files are ever removed.
    """
    try:
        if not folder.exists():
            return
        foreign = ["it"] if not folder.is_dir() else sorted(_foreign(folder, ours))
    except OSError as error:
        raise unwritable(folder, error) from error
    if foreign:
        problem = f"the result would go here, and no earlier run wrote {', '.join(foreign[:3])}"
        if set(foreign) <= ANALYSIS:
            problem = "an analysis stands here, and a reading alone would take its place"
        raise DiscourseError(where=str(folder), problem=problem, fix="Move that away or give another --out")


def _foreign(folder: Path, ours: frozenset[str]) -> set[str]:
    strange = {path.name for path in folder.iterdir()} - ours
    tables = folder / "tables"
    if tables.is_dir():
        strange |= {f"tables/{path.name}" for path in tables.iterdir() if path.name not in _TABLES}
    if not (folder / RECORD).is_file() and any(folder.iterdir()):
        strange.add("the rest of it")
    return strange


@contextmanager
def new_folder(folder: Path, ours: frozenset[str] = ANALYSIS) -> Iterator[Path]:
    """Give a folder to write into, which takes its place when the block ends well.

    Where anything fails, what stood there before still stands, and nothing half written beside it.

    Raises
    ------
    DiscourseError
        Where the folder cannot be written, or holds what no earlier run wrote.
    """
    with replaced(folder, lambda: check_target(folder, ours)) as partial:
        yield partial


def write_result(tables: Tables, record: Mapping[str, object], folder: Path) -> None:
    """Write a run's tables, report and record; an earlier run's folder is replaced as a whole."""
    with new_folder(folder) as partial:
        write_tables(tables, partial / "tables")
        (partial / REPORT).write_text(render_report(tables, record), encoding="utf-8")
        write_record(record, partial)


def write_record(record: Mapping[str, object], folder: Path) -> None:
    """Write `run.json`: what made the tables beside it."""
    text = json.dumps(record, indent=2, ensure_ascii=False) + "\n"
    (folder / RECORD).write_text(text, encoding="utf-8")


def check_page(path: Path, what: str = "the page") -> None:
    """Make sure that a page may stand here: nothing does, or one that we made.

    Raises
    ------
    DiscourseError
        Where something stands there that we did not make.
    """
    if not path.exists():
        return
    if not path.is_file() or GENERATOR not in path.read_text(encoding="utf-8", errors="replace")[:4000]:
        raise DiscourseError(
            where=str(path),
            problem=f"{what} would go here, and no earlier run wrote this page",
            fix="Move it away or give another --out",
        )


def check_index(path: Path) -> None:
    """Make sure that the overview may stand here: nothing does, or an earlier overview; see `check_page`."""
    check_page(path, "the overview")


def write_page(content: str | bytes, path: Path) -> None:
    """Write a page, or a table beside it, as a whole or not at all.

    Raises
    ------
    DiscourseError
        Where it cannot be written; what stood there before still stands.
    """
    partial = free_name(path)
    try:
        partial.write_bytes(content.encode() if isinstance(content, str) else content)
        partial.replace(path)
    except OSError as error:
        raise unwritable(path, error) from error
    finally:
        partial.unlink(missing_ok=True)


def write_index(html: str, path: Path) -> None:
    """Write the overview of several sources, as a whole or not at all."""
    write_page(html, path)
