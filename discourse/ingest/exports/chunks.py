"""A piece of an export as columns: some thousand records, whatever file they came from."""

from collections.abc import Mapping, Sequence
from operator import itemgetter
from typing import Any

from msgspec import Struct


class Chunk(Struct):
    """Some records, column by column."""

    columns: dict[str, Any]  # lists or Arrow's arrays, of one length; None where a record has no such field
    places: Sequence[int]  # 1-based line or record number of each in its file
    unit: str  # what `places` counts: line | record | row

    def __len__(self) -> int:
        return len(self.places)


def chunk_of(records: Sequence[Mapping[str, Any]], places: Sequence[int], unit: str) -> Chunk:
    """Turn records into columns, in the order in which fields first appear."""
    names: dict[str, Any] = {}
    for record in records:
        names.update(record)
    return Chunk({name: _values(name, records) for name in names}, places, unit)


def _values(name: str, records: Sequence[Mapping[str, Any]]) -> list[Any]:
    try:
        return list(map(itemgetter(name), records))
    except KeyError:
        return [record.get(name) for record in records]


def as_list(values: Any) -> list[Any]:
    """Return a column, which may be one of Arrow's, as a list."""
    return values if isinstance(values, list) else values.to_pylist()


def coalesce(chunk: Chunk, names: Sequence[str]) -> list[Any]:
    """Return the first column of some names, filled from the next where it is empty; without any, None."""
    present = [as_list(chunk.columns[name]) for name in names if name in chunk.columns]
    if not present:
        return [None] * len(chunk)
    values = present[0]
    for more in present[1:]:
        values = [b if a is None or a == "" else a for a, b in zip(values, more, strict=True)]
    return values
