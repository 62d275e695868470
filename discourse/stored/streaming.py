"""The tables of an earlier run row by row, without holding any of them; no pandas is loaded for it."""

import csv
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from discourse.errors import DiscourseError
from discourse.tables.contract import CONTRACT
from discourse.tables.schema import Column

Row = dict[str, Any]
_BATCH = 5_000  # rows of a part that are held at a time


def stream_rows(folder: Path, name: str) -> Iterator[Row]:
    """Yield the rows of one table of a run, typed as the contract says, in the order of the file.

    Parameters
    ----------
    folder
        Of one source's run, with its tables in `tables/`, or of one over a dump, with a folder of parts for
        each.
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
        yield from _rows_of_parts(folder / name, name)
        return
    csv.field_size_limit(sys.maxsize)  # a post may be long; the default refuses 128 kB
    try:
        with path.open(encoding="utf-8", newline="") as file:
            lines = csv.reader(file, strict=True)
            header = next(lines, [])
            cells = [_Cells.of(column) for column in CONTRACT[name].columns]
            known = [(one, header.index(one.name)) for one in cells if one.name in header]
            missing = {one.name: one.blank for one in cells if one.name not in header}
            for line in lines:
                if len(line) != len(header):
                    raise _damaged(
                        f"{path}, line {lines.line_num}",
                        "the row has another number of cells than the header",
                    )
                yield _typed(line, known, f"{path}, line {lines.line_num}") | missing
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise _damaged(str(path), str(error)) from error


def _rows_of_parts(folder: Path, name: str) -> Iterator[Row]:
    """Yield the rows of a table that a run over a dump has written in parts; none where there is none."""
    columns = CONTRACT[name].names
    for path in sorted(folder.glob("part-*.parquet")):
        import pyarrow as pa  # noqa: PLC0415 - of runs over dumps alone
        from pyarrow import parquet  # noqa: PLC0415

        try:
            with parquet.ParquetFile(path) as file:
                for batch in file.iter_batches(_BATCH, columns=columns, use_threads=False):
                    yield from batch.to_pylist()
        except (OSError, pa.ArrowException) as error:
            raise _damaged(str(path), str(error).splitlines()[0]) from error


class _Cells(NamedTuple):
    """How the cells of one column are read."""

    name: str
    read: Callable[[str], Any] | None  # None where a cell is what it says
    blank: str | None  # what an empty cell means

    @classmethod
    def of(cls, column: Column) -> "_Cells":
        blank = "" if column.dtype == "str" and not column.nullable else None
        return cls(column.name, _READERS.get(column.dtype), blank)


def _typed(line: list[str], columns: list[tuple[_Cells, int]], where: str) -> Row:
    try:
        return {
            name: ((read(cell) if read else cell) if (cell := line[place]) else blank)
            for (name, read, blank), place in columns
        }
    except ValueError as error:
        raise _damaged(where, str(error)) from error


def _boolean(cell: str) -> bool:
    if cell not in ("true", "false"):
        raise ValueError(f"{cell[:20]!r} is neither true nor false")
    return cell == "true"


_READERS: dict[str, Callable[[str], Any]] = {"Int64": int, "float64": float, "boolean": _boolean}


def _damaged(where: str, problem: str) -> DiscourseError:
    return DiscourseError(
        where=where, problem=f"it cannot be read as a table ({problem})", fix="Analyse its source again"
    )
