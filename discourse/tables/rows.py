"""Records to rows and back; the two say the same."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from math import nan
from operator import attrgetter
from types import NoneType
from typing import Any, TypeVar

import numpy as np
import pandas as pd
from msgspec import NODEFAULT, Struct
from msgspec.structs import asdict, fields

from discourse.tables.schema import Column, Schema

Record = TypeVar("Record", bound=Struct)

_TIMES = {"timestamp", "addressee_time"}
_KINDS: Mapping[str, frozenset[type]] = {
    "str": frozenset((str, NoneType)),
    "Int64": frozenset((int, NoneType)),
    "float64": frozenset((float, int, NoneType)),
    "boolean": frozenset((bool, NoneType)),
}


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
    return frame_of_columns(schema, _columns(list(rows), schema.names))


def frame_of_columns(schema: Schema, columns: Mapping[str, Sequence[Any]]) -> pd.DataFrame:
    """Build a table as `frame_of` does from its columns, each with a value a row.

    Parameters
    ----------
    columns
        All that the schema knows, and perhaps others; none at all for a table without rows.
    """
    if not columns:
        return schema.empty()
    table = {column.name: _array(column, columns[column.name]) for column in schema.columns}
    for name in columns.keys() - table.keys():
        table[name] = pd.Series(_plain(name, columns[name]))
    return pd.DataFrame({name: table[name] for name in columns}, copy=False)


def _array(column: Column, values: Sequence[Any]) -> Any:
    """Return a column's values as its table holds them: an array costs a fraction of what a series does."""
    is_text, is_score = column.dtype == "str", column.dtype == "float64"
    values = _plain(column.name, values) if is_text else values
    if set(map(type, values)) <= _KINDS[column.dtype]:
        if is_score:
            return np.array(values, dtype=np.float64).round(4)
        if is_text and column.nullable and "" in values:
            values = [value or None for value in values]
        return pd.array(values, dtype=column.dtype)
    # values of several kinds are brought together by a series, which may make 0.0 of 0
    series = pd.Series(values).astype(column.dtype)
    if is_text and column.nullable:
        return series.mask(series == "")
    return series.round(4) if is_score else series


def rows_of(record: type[Record], table: pd.DataFrame) -> Iterator[Record]:
    """Yield a table's rows as records; empty cells become None, unknown columns are left out."""
    for each in fields(record):
        if each.name not in table and each.default is NODEFAULT:
            raise TypeError(f"a table of {record.__name__} needs the column {each.name!r}")
    known = [name for name in record.__struct_fields__ if name in table]
    columns = [_python_values(name, table[name]) if len(table) else [] for name in known]
    return (record(**dict(zip(known, values, strict=True))) for values in zip(*columns, strict=True))


def plain_rows(table: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """Yield a table's rows as mappings of plain values; empty cells are None, all columns are there."""
    columns = [values_of(table[name]) for name in table]
    names = list(map(str, table.columns))
    for values in zip(*columns, strict=True):
        yield dict(zip(names, values, strict=True))


def _columns(rows: list[Any], names: list[str]) -> dict[str, list[Any]]:
    """Lay rows out by column: first those named, then the others as they come; empty without rows."""
    if not rows:
        return {}
    kind = type(rows[0])
    if issubclass(kind, Struct) and len(set(map(type, rows))) == 1:
        own = kind.__struct_fields__
        read = {name: list(map(attrgetter(name), rows)) for name in own}
        order = dict.fromkeys([*names, *own])
        return {name: read[name] if name in read else [nan] * len(rows) for name in order}
    mappings = [asdict(row) if isinstance(row, Struct) else row for row in rows]
    order = dict.fromkeys(names)
    for row in mappings:
        order.update(dict.fromkeys(row))
    return {name: [row.get(name, nan) for row in mappings] for name in order}


def _plain(name: str, values: Sequence[Any]) -> Sequence[Any]:
    """Return a column's values as tables hold them."""
    if name in _TIMES:
        return [format_time(value) if isinstance(value, datetime) else value for value in values]
    try:
        "".join(filter(None, values)).encode()
    except (TypeError, UnicodeEncodeError):  # some are no texts, or cannot be written
        return [sound(value) if isinstance(value, str) else value for value in values]
    return values


def sound(text: str) -> str:
    """Return a text whose lone surrogates, which no file can hold, are replacement characters."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def _python_values(name: str, column: pd.Series) -> list[Any]:
    values = values_of(column)
    return [parse_time(value) for value in values] if name in _TIMES else values


def values_of(column: pd.Series) -> list[Any]:
    """Return a column's values as plain ones of Python; empty cells are None."""
    values: list[Any] = column.to_numpy(dtype=object, na_value=None).tolist()  # type: ignore[call-overload]
    return values
