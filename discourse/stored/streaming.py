"""The tables of an earlier run row by row, without holding any of them; no pandas is loaded for it."""

import csv
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from discourse.errors import DiscourseError
from discourse.tables.contract import CONTRACT
from discourse.tables.schema import Column

Row = dict[str, Any]


def stream_rows(folder: Path, name: str) -> Iterator[Row]:
    """Yield the rows of one table of a run, typed as the contract says, in the order of the file.

    Parameters
    ----------
    folder
        Of one source's run; its tables stand in `tables/`.
    name
        A table of the contract. One that the run did not write has no rows.

    Yields
    ------
    dict
        A value for each column of the contract; None where a cell is empty and may be, and of a
        column that an earlier version did not write. An empty text that may not be missing is "".

    Raises
    ------
    DiscourseError
        Naming file and line of what is no table, or holds a number that is none.
    """
    path = folder / "tables" / f"{name}.csv"
    if not path.is_file():
        return
    csv.field_size_limit(sys.maxsize)  # a post may be long; the default refuses 128 kB
    columns = [(column.name, _reader(column)) for column in CONTRACT[name].columns]
    try:
        with path.open(encoding="utf-8", newline="") as file:
            lines = csv.DictReader(file, strict=True)
            for row in lines:
                yield _typed(row, columns, f"{path}, line {lines.line_num}")
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise _damaged(str(path), str(error)) from error


Reader = Callable[[str | None], Any]


def _typed(row: dict[str, Any], columns: list[tuple[str, Reader]], where: str) -> Row:
    if None in row or None in row.values():
        raise _damaged(where, "the row has another number of cells than the header")
    try:
        return {name: read(row.get(name)) for name, read in columns}
    except ValueError as error:
        raise _damaged(where, str(error)) from error


def _reader(column: Column) -> Reader:
    read: Callable[[str], Any] = _READERS[column.dtype]
    blank = "" if column.dtype == "str" and not column.nullable else None
    return lambda cell: read(cell) if cell else blank


def _boolean(cell: str) -> bool:
    if cell not in ("true", "false"):
        raise ValueError(f"{cell[:20]!r} is neither true nor false")
    return cell == "true"


_READERS: dict[str, Callable[[str], Any]] = {"str": str, "Int64": int, "float64": float, "boolean": _boolean}


def _damaged(where: str, problem: str) -> DiscourseError:
    return DiscourseError(
        where=where, problem=f"it cannot be read as a table ({problem})", fix="Analyse its source again"
    )
