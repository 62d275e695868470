"""Tables on disk: CSV whose cells read back exactly as they were."""

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import IO

import pandas as pd

from discourse.errors import ContractError
from discourse.tables.contract import CONTRACT
from discourse.tables.schema import Schema
from discourse.tables.tables import Tables


def write_tables(tables: Tables, folder: Path) -> None:
    """Write every table of the contract as `folder/TABLE.csv`; empty ones have a header alone.

    UTF-8, RFC 4180 (CRLF between records, quotes doubled), empty cell for a missing value.
    """
    with TableWriter(folder, list(CONTRACT)) as writer:
        for name in CONTRACT:
            writer.append(name, tables[name])


def write_csv(table: pd.DataFrame, path: Path) -> None:
    """Write one table; a half-written file never stands under its final name."""
    with _GrowingFile(path) as file:
        file.append(table)


class TableWriter:
    """Writes tables part by part, so that no table need be held whole; use it in a `with`.

    Parameters
    ----------
    folder
        Made where it is missing.
    names
        Tables of the contract to write; one that nothing is appended to has a header alone.

    Files get their final names when the block ends well; after an error nothing is left.
    """

    def __init__(self, folder: Path, names: Sequence[str]) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._files = {name: _GrowingFile(folder / f"{name}.csv") for name in names}

    def append(self, name: str, table: pd.DataFrame) -> None:
        """Add rows to one table; its first rows decide which columns the file has."""
        self._files[name].append(table)

    def __enter__(self) -> "TableWriter":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: object) -> None:
        for name, file in self._files.items():
            if kind is None and not file.columns:
                file.append(CONTRACT[name].empty())
            file.__exit__(kind, error, trace)


class _GrowingFile:
    """One CSV file under a name of its own until it is whole."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._partial = path.with_name(path.name + ".part")
        self._file: IO[str] | None = None
        self.columns: list[str] = []

    def append(self, table: pd.DataFrame) -> None:
        """Write rows, and before the first of them the header."""
        if self._file is None:
            self._file = self._partial.open("w", encoding="utf-8", newline="")
        writer = csv.writer(self._file, lineterminator="\r\n")
        if not self.columns:
            self.columns = list(table.columns)
            writer.writerow(self.columns)
        columns = [_cells(table[name]) for name in self.columns]
        writer.writerows(zip(*columns, strict=True))

    def __enter__(self) -> "_GrowingFile":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: object) -> None:
        if self._file is None:
            return
        self._file.close()
        if kind is None:
            self._partial.replace(self._path)
        else:
            self._partial.unlink(missing_ok=True)


def read_tables(folder: Path) -> Tables:
    """Read what `write_tables` wrote, checked against the contract.

    Raises
    ------
    ContractError
        Where the folder holds no tables, or one that breaks its schema.
    """
    found = {name: folder / f"{name}.csv" for name in CONTRACT if (folder / f"{name}.csv").is_file()}
    if "posts" not in found:
        raise ContractError(
            where=str(folder), problem="no posts.csv stands here", fix="Give the folder `tables` of a run"
        )
    frames = {name: read_csv(CONTRACT[name], path) for name, path in found.items()}
    return Tables(frames).check(str(folder))


def read_csv(schema: Schema, path: Path) -> pd.DataFrame:
    """Read one table; columns beyond the schema stay as text.

    An empty cell is a missing value, but where a text must stand that names no row of ours: there
    it is the empty text (a post may be a picture alone, an author gone without a name).
    """
    text = pd.read_csv(path, dtype="str", keep_default_na=False, na_values=[""], encoding="utf-8")
    for column in schema.columns:
        if column.name in text:
            values = _typed(text[column.name], column.dtype)
            may_be_blank = (
                column.dtype == "str"
                and not column.nullable
                and (column.name not in schema.key or column.name == "author")
            )
            text[column.name] = values.fillna("") if may_be_blank else values
    return text


def _cells(values: pd.Series) -> list[str]:
    if str(values.dtype) == "boolean":
        return ["" if value is pd.NA else str(value).lower() for value in values]
    if str(values.dtype) == "float64":
        return ["" if pd.isna(value) else f"{value:.15g}" for value in values]
    return ["" if pd.isna(value) else str(value) for value in values]


def _typed(values: pd.Series, dtype: str) -> pd.Series:
    if dtype == "str":
        return values
    if dtype == "boolean":
        return values.map({"true": True, "false": False}).astype("boolean")
    return pd.to_numeric(values).astype(dtype)  # type: ignore[call-overload,no-any-return]
