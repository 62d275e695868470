"""Tables on disk: CSV whose cells read back exactly as they were."""

import csv
from pathlib import Path

import pandas as pd

from discourse.errors import ContractError
from discourse.tables.contract import CONTRACT
from discourse.tables.schema import Schema
from discourse.tables.tables import Tables


def write_tables(tables: Tables, folder: Path) -> None:
    """Write every table of the contract as `folder/TABLE.csv`; empty ones have a header alone.

    UTF-8, RFC 4180 (CRLF between records, quotes doubled), empty cell for a missing value.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name in CONTRACT:
        write_csv(tables[name], folder / f"{name}.csv")


def write_csv(table: pd.DataFrame, path: Path) -> None:
    """Write one table; a half-written file never stands under its final name."""
    partial = path.with_name(path.name + ".part")
    with partial.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(table.columns)
        columns = [_cells(table[name]) for name in table]
        writer.writerows(zip(*columns, strict=True))
    partial.replace(path)


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

    An empty cell is a missing value, but where a text must stand that is no key: there it
    is the empty text (a post may be a picture alone).
    """
    text = pd.read_csv(path, dtype="str", keep_default_na=False, na_values=[""], encoding="utf-8")
    for column in schema.columns:
        if column.name in text:
            values = _typed(text[column.name], column.dtype)
            may_be_blank = column.dtype == "str" and not column.nullable and column.name not in schema.key
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
