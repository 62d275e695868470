"""What a run leaves on disk: a folder a source, an overview; nothing half written, nobody's file lost."""

import json
import shutil
from pathlib import Path

from discourse.errors import DiscourseError
from discourse.report import GENERATOR, render_report
from discourse.tables import CONTRACT, Tables, write_tables

INDEX = "index.html"  # the overview page of several sources, beside their folders
_OURS = {"report.html", "run.json", "tables"}
_TABLES = {f"{name}.csv" for name in CONTRACT}


def make_folder(out: Path) -> None:
    """Make the folder for results, with those above it."""
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DiscourseError(
            where=str(out), problem=f"it cannot be made a folder ({error.strerror})", fix="Give another --out"
        ) from error


def check_target(folder: Path) -> None:
    """Make sure that a result may stand here: nothing does, or only what an earlier run wrote.

    Raises
    ------
    DiscourseError
        Naming what else is there. Nobody's own files are ever removed.
    """
    if not folder.exists():
        return
    foreign = ["it"] if not folder.is_dir() else sorted(_foreign(folder))
    if foreign:
        raise DiscourseError(
            where=str(folder),
            problem=f"the result would go here, and no earlier run wrote {', '.join(foreign[:3])}",
            fix="Move that away or give another --out",
        )


def _foreign(folder: Path) -> set[str]:
    strange = {path.name for path in folder.iterdir()} - _OURS
    tables = folder / "tables"
    if tables.is_dir():
        strange |= {f"tables/{path.name}" for path in tables.iterdir() if path.name not in _TABLES}
    if not (folder / "run.json").is_file() and any(folder.iterdir()):
        strange.add("the rest of it")
    return strange


def write_result(tables: Tables, record: dict[str, object], folder: Path) -> None:
    """Write a run's tables, report and record; an earlier run's folder is replaced as a whole.

    Where anything fails, what stood there before still stands, and nothing half written beside it.

    Raises
    ------
    DiscourseError
        Where the folder cannot be written, or holds what no earlier run wrote.
    """
    partial = folder.with_name(f".{folder.name}.part")
    try:
        shutil.rmtree(partial, ignore_errors=True)
        write_tables(tables, partial / "tables")
        (partial / "report.html").write_text(render_report(tables, record), encoding="utf-8")
        text = json.dumps(record, indent=2, ensure_ascii=False) + "\n"
        (partial / "run.json").write_text(text, encoding="utf-8")
        check_target(folder)
        if folder.exists():
            shutil.rmtree(folder)
        partial.replace(folder)
    except OSError as error:
        raise _unwritable(folder, error) from error
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def check_index(path: Path) -> None:
    """Make sure that the overview may stand here: nothing does, or an earlier overview.

    Raises
    ------
    DiscourseError
        Where a page stands there that we did not make.
    """
    if not path.exists():
        return
    if not path.is_file() or GENERATOR not in path.read_text(encoding="utf-8", errors="replace")[:4000]:
        raise DiscourseError(
            where=str(path),
            problem="the overview would go here, and no earlier run wrote this page",
            fix="Move it away or give another --out",
        )


def write_index(html: str, path: Path) -> None:
    """Write the overview of several sources, as a whole or not at all."""
    partial = path.with_name(f".{path.name}.part")
    try:
        partial.write_text(html, encoding="utf-8")
        partial.replace(path)
    except OSError as error:
        raise _unwritable(path, error) from error
    finally:
        partial.unlink(missing_ok=True)


def _unwritable(path: Path, error: OSError) -> DiscourseError:
    return DiscourseError(
        where=str(path),
        problem=f"it cannot be written ({error.strerror or error})",
        fix="Make room for it, rename the source or give another --out",
    )
