"""Records to rows and back; the two say the same."""

from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime
from typing import Any, TypeVar

import pandas as pd

from discourse.tables.schema import Schema

Record = TypeVar("Record")

_TIMES = {"timestamp", "addressee_time"}


def format_time(moment: datetime | None) -> str | None:
    """Write a moment as ISO 8601 in UTC with a final Z; None stays None."""
    return None if moment is None else moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def parse_time(text: str | None) -> datetime | None:
    """Read what `format_time` wrote."""
    return None if text is None else datetime.fromisoformat(text)


def frame_of(schema: Schema, rows: Iterable[Any]) -> pd.DataFrame:
    """Build a table from records or mappings.

    Columns that the schema does not know are kept, after those that it does. Scores
    are rounded to four decimals, so that what is decided on them is what is written, and
    an empty text is a missing one where a column allows that: files do not tell the two apart.
    Lone surrogates become replacement characters.
    """
    mappings = [_mapping(row) for row in rows]
    if not mappings:
        return schema.empty()
    more = [
        name for name in dict.fromkeys(name for row in mappings for name in row) if name not in schema.names
    ]
    table = pd.DataFrame(mappings, columns=[*schema.names, *more])
    for column in schema.columns:
        values = table[column.name].astype(column.dtype)
        if column.dtype == "float64":
            values = values.round(4)
        elif column.dtype == "str" and column.nullable:
            values = values.mask(values == "")
        table[column.name] = values
    return table


def rows_of(record: type[Record], table: pd.DataFrame) -> Iterator[Record]:
    """Yield a table's rows as records; empty cells become None, unknown columns are left out."""
    names = [field.name for field in fields(record) if field.name in table]  # type: ignore[arg-type]
    columns = [_python_values(name, table[name]) for name in names]
    for values in zip(*columns, strict=True):
        yield record(**dict(zip(names, values, strict=True)))


def plain_rows(table: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """Yield a table's rows as mappings of plain values; empty cells are None, all columns are there."""
    columns = [table[name].astype(object).where(table[name].notna(), None).tolist() for name in table]
    names = list(map(str, table.columns))
    for values in zip(*columns, strict=True):
        yield dict(zip(names, values, strict=True))


def _mapping(row: Any) -> dict[str, Any]:
    # records are flat: `asdict`, which copies deeply, would cost more than all the rest
    values: dict[str, Any] = (
        {f.name: getattr(row, f.name) for f in fields(row)} if is_dataclass(row) else dict(row)
    )
    for name in _TIMES & set(values):
        values[name] = format_time(values[name])
    for name, value in values.items():
        if isinstance(value, str) and not value.isascii():
            values[name] = sound(value)
    return values


def sound(text: str) -> str:
    """Return a text whose lone surrogates, which no file can hold, are replacement characters."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def _python_values(name: str, column: pd.Series) -> list[Any]:
    values = column.astype(object).where(column.notna(), None).tolist()
    return [parse_time(value) for value in values] if name in _TIMES else values
