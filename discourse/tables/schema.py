"""What a table must look like, and every way in which one may fail to."""

from collections.abc import Iterator
from functools import cached_property
from typing import Literal

import pandas as pd
from msgspec import Struct

Dtype = Literal["str", "Int64", "float64", "boolean"]


class Column(Struct, frozen=True):
    """One column of a table."""

    name: str
    dtype: Dtype = "str"
    nullable: bool = False
    choices: tuple[str, ...] = ()  # the only values allowed; empty where any is
    low: float | None = None  # smallest value allowed
    high: float | None = None  # largest value allowed


class Schema(Struct, frozen=True, dict=True):
    """The columns of one table, in order, and the key that makes a row unique."""

    name: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]

    @property
    def names(self) -> list[str]:
        """Column names in the order in which files hold them."""
        return [column.name for column in self.columns]

    def empty(self) -> pd.DataFrame:
        """Return a valid table without rows."""
        return self._without_rows.copy(deep=False)  # by far cheaper than a new one, and often asked for

    @cached_property
    def _without_rows(self) -> pd.DataFrame:
        return pd.DataFrame({c.name: pd.Series([], dtype=c.dtype) for c in self.columns})

    def faults(self, table: pd.DataFrame) -> Iterator[str]:
        """Name every way in which a table breaks this schema."""
        for column in self.columns:
            yield from _column_faults(column, table)
        if len(table) and self.key and set(self.key) <= set(table) and table.duplicated(list(self.key)).any():
            yield f"two rows have the same {', '.join(self.key)}"


def _column_faults(column: Column, table: pd.DataFrame) -> Iterator[str]:
    if column.name not in table:
        yield f"column {column.name!r} is missing"
        return
    values = table[column.name]
    if (dtype := str(values.dtype)) != column.dtype:
        yield f"column {column.name!r} holds {dtype}, not {column.dtype}"
        return
    if not len(values):
        return
    if not column.nullable and (empty := int(values.isna().sum())):
        yield f"column {column.name!r} is empty in {empty} of {len(table)} rows"
    if column.choices and (strange := set(values.dropna().unique()) - set(column.choices)):
        yield f"column {column.name!r} holds {sorted(strange)[:3]}, which is none of {list(column.choices)}"
    # what is missing is neither below nor above anything
    if column.low is not None and (values < column.low).any():
        yield f"column {column.name!r} falls below {column.low}"
    if column.high is not None and (values > column.high).any():
        yield f"column {column.name!r} rises above {column.high}"
