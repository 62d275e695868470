"""What a run leaves on disk: a folder a source, an overview; nothing half written, nobody's file lost."""

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from discourse.errors import DiscourseError
from discourse.provenance import RECORD
from discourse.replacing import free_name, replaced, unwritable
from discourse.report import GENERATOR, render_report
from discourse.report.pdf import is_ours
from discourse.tables import CONTRACT, Tables, write_tables

INDEX = "index.html"  # the overview page of several sources, beside their folders
READING = frozenset({RECORD, "tables"})  # what `discourse read` writes
REPORT, PRINTED = "report.html", "report.pdf"
ANALYSIS = READING | {REPORT, PRINTED}
KINDS = {
    "report": "the page",
    "overview": "the overview",
    "comparison": "the comparison",
    "summary": "the summary",
}  # of pages
_TABLES = {f"{name}.csv" for name in CONTRACT}
_HEAD = 16_384  # bytes of a page, in which its generator stands
# what is left where the power fails in the midst of writing or printing
_DEBRIS = re.compile(r"\.printing-.*|\.(report\.(html|pdf)|run\.json)\.\d+\.part")


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
        if set(foreign) <= ANALYSIS - ours:
            problem = "an analysis stands here, and a reading alone would take its place"
        raise DiscourseError(where=str(folder), problem=problem, fix="Move that away or give another --out")


def _foreign(folder: Path, ours: frozenset[str]) -> set[str]:
    strange = {path.name for path in folder.iterdir() if not _DEBRIS.fullmatch(path.name)} - ours
    if PRINTED in ours and (folder / PRINTED).is_file() and not is_ours(folder / PRINTED):
        strange.add(PRINTED)
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


def check_page(path: Path, kind: str = "report") -> None:
    """Make sure that a page may stand here: nothing does, or one of the same kind that we made.

    Parameters
    ----------
    kind
        One of `KINDS`.

    Raises
    ------
    DiscourseError
        Where something else stands there, or the place cannot be read.
    """
    if not path.name:
        raise DiscourseError(where=str(path), problem="it is a folder", fix="Give --out the name of a page")
    try:
        found = _kind_of(path) if path.exists() else kind
    except OSError as error:
        raise unwritable(path, error) from error
    if found != kind:
        stands = (
            "no earlier run wrote this page" if found is None else f"this page is of another kind ({found})"
        )
        raise DiscourseError(
            where=str(path),
            problem=f"{KINDS[kind]} would go here, and {stands}",
            fix="Move it away or give another --out",
        )


def _kind_of(path: Path) -> str | None:
    """Return the kind of a page that we made, None of all else; earlier versions did not write the kind."""
    if not path.is_file():
        return None
    with path.open("rb") as file:
        head = file.read(_HEAD).decode("utf-8", "replace")
    found = re.search(re.escape(GENERATOR) + r'( [a-z]+)?">', head)
    if found is None:
        return None
    return (found[1] or (" overview" if path.name == INDEX else " report"))[1:]


def check_apart_from_runs(page: Path) -> None:
    """Make sure that a page would not stand in the folder of a run, which holds what its analysis wrote.

    Raises
    ------
    DiscourseError
        Where it would: the next analysis could not replace that folder.
    """
    try:
        stands_in_run = (page.parent / RECORD).is_file() and (page.parent / "tables").is_dir()
    except OSError as error:
        raise unwritable(page, error) from error
    if stands_in_run:
        raise DiscourseError(
            where=str(page),
            problem="the page would stand among what an analysis wrote, which is replaced as a whole",
            fix="Give an --out outside of the run's folder",
        )


def check_index(path: Path) -> None:
    """Make sure that the overview may stand here: nothing does, or an earlier overview; see `check_page`."""
    check_page(path, "overview")


def write_page(html: str, path: Path) -> None:
    """Write a page as a whole or not at all; our PDF of the page that stood there goes.

    It would say what the page no longer says, such as names that were exchanged for pseudonyms.

    Raises
    ------
    DiscourseError
        Where it cannot be written; what stood there before still stands.
    """
    write_whole(html, path)
    printed = path.with_suffix(".pdf")
    try:
        if printed.is_file() and is_ours(printed):
            printed.unlink()
    except OSError as error:
        raise unwritable(printed, error) from error


def write_whole(text: str, path: Path) -> None:
    """Write a file as a whole or not at all.

    Raises
    ------
    DiscourseError
        Where it cannot be written; what stood there before still stands.
    """
    partial = free_name(path)
    try:
        partial.write_bytes(text.encode())
        partial.replace(path)
    except OSError as error:
        raise unwritable(path, error) from error
    finally:
        with suppress(OSError):  # such as a name that is too long, of which the first error tells
            partial.unlink(missing_ok=True)


def write_index(html: str, path: Path) -> None:
    """Write the overview of several sources, as a whole or not at all."""
    write_page(html, path)
