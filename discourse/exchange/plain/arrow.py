"""Parquet files that grow row by row, with the types that columns mean."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Self

import pyarrow as pa
import pyarrow.parquet as pq

from discourse.exchange.corpus import Corpus
from discourse.exchange.plain.contents import TIMES, Sheet
from discourse.tables.schema import Column

# of a row group at most, but for one row that is longer by itself; several files may be open at once
_ROWS, _CHARACTERS = 2_000, 1 << 22
_TYPES = {"str": pa.string(), "Int64": pa.int64(), "float64": pa.float64(), "boolean": pa.bool_()}
TIME = pa.timestamp("us", tz="UTC")


def schema_of(sheet: Sheet, about: Mapping[str, str]) -> pa.Schema:
    """Return the types of a table's columns; `about` becomes the file's key-value metadata."""
    return pa.schema(fields_of(sheet.columns, sheet.lists), metadata=dict(about))


def fields_of(columns: Sequence[Column], lists: frozenset[str] = frozenset()) -> list[pa.Field]:
    """Return the types of columns; those named in `lists` hold lists of texts."""

    def type_of(column: Column) -> pa.DataType:
        if column.name in lists:
            return pa.list_(pa.string())
        return TIME if column.name in TIMES else _TYPES[column.dtype]

    return [pa.field(column.name, type_of(column)) for column in columns]


def about(corpus: Corpus) -> dict[str, str]:
    """Return what a file says of its runs."""
    return {"discourse.run_ids": json.dumps(corpus.run_ids)}


class ParquetFile:
    """One file; use it in a `with`. Memory holds one row group."""

    def __init__(self, path: Path, schema: pa.Schema) -> None:
        self._schema = schema
        # one version of the format and one packing, so that the same rows are the same bytes
        self._file = pq.ParquetWriter(path, schema, compression="zstd", store_schema=True)
        self._rows: list[Mapping[str, Any]] = []
        self._size = 0
        self._names = schema.names

    def add(self, row: Mapping[str, Any]) -> None:
        """Write one row; what is missing is null."""
        self._rows.append(row)
        self._size += sum(_size_of(value) for value in row.values())
        if len(self._rows) >= _ROWS or self._size >= _CHARACTERS:
            self._flush()

    def _flush(self) -> None:
        if self._rows:
            columns = [
                pa.array([row.get(field.name) for row in self._rows], field.type) for field in self._schema
            ]
            self._file.write_table(pa.Table.from_arrays(columns, schema=self._schema))
        self._rows, self._size = [], 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None:
            self._flush()
        self._file.close()


def _size_of(value: Any) -> int:
    """Return about how many characters a value takes."""
    return len(value) if isinstance(value, str) else 200 * len(value) if isinstance(value, list) else 0
