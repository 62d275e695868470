"""Open any table by its name."""

from collections.abc import Sequence
from pathlib import Path

from discourse.errors import DiscourseError
from discourse.tabular.delimited import DelimitedTable
from discourse.tabular.formats import kind_of, listed
from discourse.tabular.jsonl import JsonLines
from discourse.tabular.parquet import ParquetTable
from discourse.tabular.reading import Table


def open_table(path: Path, asked: Sequence[str] = ()) -> Table:
    """Open a table and look through it once.

    Parameters
    ----------
    asked
        Columns that will be asked for: of the delimiters that a file could have, the one counts that
        gives these.

    Raises
    ------
    DiscourseError
        Where there is no such file, it is no table, or it has no rows.
    """
    kind = kind_of(path)
    if not path.is_file():
        there = "it is a folder" if path.is_dir() else "it is no file"
        problem = there if path.exists() else "there is no such file"
        raise DiscourseError(where=str(path), problem=problem, fix="Give the file of a table")
    table = _opened(path, kind, asked)
    if not table.names:
        raise DiscourseError(where=str(path), problem="it is empty", fix="Give a table with a row of names")
    if not table.rows:
        problem = f"it has no rows below its names ({listed(table.names)})"
        raise DiscourseError(where=str(path), problem=problem, fix="Give a table with rows")
    return table


def _opened(path: Path, kind: str, asked: Sequence[str]) -> Table:
    if kind == "jsonl":
        return JsonLines(path)
    if kind == "parquet":
        return ParquetTable(path)
    return DelimitedTable(path, kind, asked)
