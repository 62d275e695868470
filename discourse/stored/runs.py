"""What an earlier run left, read back from its folder, an earlier version's too."""

import json
import re
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct

from discourse.errors import ContractError, DiscourseError
from discourse.provenance import RECORD
from discourse.tables import CONTRACT, Tables
from discourse.tables.files import read_csv

PRIVATE = "private:"  # see `source_digests`


class StoredRun(Struct, frozen=True):
    """What an earlier run left of one source."""

    folder: Path
    tables: Tables
    record: Mapping[str, Any]  # its `run.json`

    @property
    def name(self) -> str:
        """The name of the source's file, else of the folder."""
        sources = self.record.get("sources") or [{}]
        uri = str(sources[0].get("uri") or "") if isinstance(sources[0], dict) else ""
        return uri.replace("\\", "/").rstrip("/").rpartition("/")[2] or self.folder.name


def run_folders(run: Path) -> list[Path]:
    """Return the folders of a run's sources: the folder itself, or those in it, by their names.

    Raises
    ------
    DiscourseError
        Where no run stands there.
    """
    if not run.is_dir():
        problem = "it is a file, not the folder of a run" if run.exists() else "there is no such folder"
        raise DiscourseError(
            where=str(run), problem=problem, fix="Give a folder that `discourse analyze` wrote"
        )
    if is_run(run):
        return [run]
    found = [path for path in run.iterdir() if path.is_dir() and not path.name.startswith(".")]
    found = sorted((path for path in found if is_run(path)), key=_by_name)
    if not found:
        raise DiscourseError(
            where=str(run),
            problem="no run stands here: it holds no run.json with tables",
            fix="Give a folder that `discourse analyze` wrote",
        )
    return found


def is_run(folder: Path) -> bool:
    """Say whether a folder is that of one source's run."""
    return (folder / RECORD).is_file() or (folder / "tables" / "posts.csv").is_file()


def _by_name(path: Path) -> list[tuple[int, str]]:
    """Order names as people do, "page-2" before "page-10"."""
    parts = re.split(r"(\d+)", path.name.casefold())
    return [(int(part) if part.isdecimal() else -1, part) for part in parts]


def read_run(folder: Path, names: Collection[str] = tuple(CONTRACT)) -> StoredRun:
    """Read what an analysis of one source left, an earlier version's too.

    A table that it did not write yet is empty, and so is a column that may be.

    Parameters
    ----------
    names
        The tables to read.

    Raises
    ------
    DiscourseError
        Where a file is missing or damaged, or the folder holds a mere reading.
    """
    record = read_record(folder)
    paths = {name: folder / "tables" / f"{name}.csv" for name in CONTRACT}
    for name in ("posts", "annotations", "loops"):
        if not paths[name].is_file():
            if any((folder / "posts").glob("part-*.parquet")):
                raise DiscourseError(
                    where=str(folder),
                    problem="it is a run over a dump, of many threads",
                    fix="Draw a thread with `discourse report RUN --thread ID`, or ask `discourse stats RUN`",
                )
            only_read = name == "loops" and not paths["summary"].is_file()
            problem = "it was read and not analysed" if only_read else f"tables/{name}.csv is missing"
            raise _damaged(folder, problem)
    found = Tables({name: _read_table(name, paths[name]) for name in names if paths[name].is_file()})
    try:
        return StoredRun(folder, found.check(str(folder / "tables")), record)
    except ContractError as error:
        raise _damaged(folder / "tables", error.problem.partition("; ")[0]) from error


def read_runs(run: Path, names: Collection[str] = tuple(CONTRACT)) -> Iterator[StoredRun]:
    """Read the sources of a run one by one; see `run_folders` and `read_run`."""
    return (read_run(folder, names) for folder in run_folders(run))


def read_record(folder: Path) -> dict[str, Any]:
    """Read the record of a run, `run.json`.

    Raises
    ------
    DiscourseError
        Where it is missing or damaged.
    """
    path = folder / RECORD
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise _damaged(path.parent, f"{path.name} is missing") from error
    except (OSError, ValueError, RecursionError) as error:
        raise _damaged(path, "it cannot be read as JSON") from error
    if not isinstance(found, dict):
        raise _damaged(path, "it is not the record of a run")
    return found


def source_digests(folder: Path) -> list[str]:
    """Return what tells the posts of a run from others.

    Returns
    -------
    list
        The SHA-256 of the files from which posts were taken, not of articles read beside them. Where the
        posts bear pseudonyms, or are without their words, an entry that begins with `PRIVATE` says so: places
        in such texts are not places in those of the file.
    """
    record = read_record(folder)
    listed, settings = record.get("sources"), record.get("settings")
    rows = listed if isinstance(listed, list) else []
    digests = [str(row["sha256"]) for row in rows if isinstance(row, dict) and "sha256" in row]
    known = settings if isinstance(settings, dict) else {}
    if known.get("pseudonyms"):
        digests.append(f"{PRIVATE}{known['pseudonyms']}")
    if known.get("verbatim") is False:
        digests.append(f"{PRIVATE}no words")
    return digests


def _read_table(name: str, path: Path) -> Any:
    try:
        table = read_csv(CONTRACT[name], path)
    except (OSError, ValueError, TypeError) as error:
        problem = f"it cannot be read as a table ({str(error).splitlines()[0][:80]})"
        raise _damaged(path, problem) from error
    for column in CONTRACT[name].columns:
        if column.name not in table and column.nullable:
            table[column.name] = CONTRACT[name].empty()[column.name].reindex(table.index)
    return table


def _damaged(where: Path, problem: str) -> DiscourseError:
    return DiscourseError(where=str(where), problem=problem, fix="Analyse its source again")
