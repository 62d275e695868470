"""What a table must look like, and every way in which one may fail to."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import pandas as pd

Dtype = Literal["str", "Int64", "float64", "boolean"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table."""

    name: str
    dtype: Dtype = "str"
    nullable: bool = False
    choices: tuple[str, ...] = ()  # the only values allowed; empty where any is
    low: float | None = None  # smallest value allowed
    high: float | None = None  # largest value allowed


@dataclass(frozen=True, slots=True)
class Schema:
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
        return pd.DataFrame({c.name: pd.Series([], dtype=c.dtype) for c in self.columns})

    def faults(self, table: pd.DataFrame) -> Iterator[str]:
        """Name every way in which a table breaks this schema."""
        for column in self.columns:
            yield from _column_faults(column, table)
        if self.key and set(self.key) <= set(table) and table.duplicated(list(self.key)).any():
            yield f"two rows have the same {', '.join(self.key)}"


def _column_faults(column: Column, table: pd.DataFrame) -> Iterator[str]:
    if column.name not in table:
        yield f"column {column.name!r} is missing"
        return
    values = table[column.name]
    if (dtype := str(values.dtype)) != column.dtype:
        yield f"column {column.name!r} holds {dtype}, not {column.dtype}"
        return
    if not column.nullable and (empty := int(values.isna().sum())):
        yield f"column {column.name!r} is empty in {empty} of {len(table)} rows"
    present = values.dropna()
    if column.choices and not (known := present.isin(column.choices)).all():
        strange = sorted(set(present[~known]))[:3]
        yield f"column {column.name!r} holds {strange}, which is none of {list(column.choices)}"
    if column.low is not None and (present < column.low).any():
        yield f"column {column.name!r} falls below {column.low}"
    if column.high is not None and (present > column.high).any():
        yield f"column {column.name!r} rises above {column.high}"
