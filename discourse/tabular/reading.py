"""Tables of a user's own as batches of rows: nothing is lost, joined, sorted or tidied.

A table is read twice: once to see that it can be read at all, which columns it has and how many rows, so
that whatever is wrong with it is told before anything is written; then batch by batch.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct

from discourse.tabular.formats import find_column

BATCH = 2_000  # rows
_LARGE = 1 << 24  # characters of a batch, from which it ends earlier


class Batch(Struct, frozen=True):
    """Some rows that follow each other."""

    first: int  # place of the first row in the table, from 0
    size: int
    columns: Sequence[Sequence[Any]]  # one a name of the table, values as the file has them
    raw: Any = None  # the rows as the file's kind has them, to hand on unchanged

    def texts(self, place: int) -> list[str]:
        """Return the values of one column as text; a missing one is empty."""
        return [as_text(value) for value in self.columns[place]]

    def labels(self, place: int) -> list[list[str] | str]:
        """Return the values of one column as labels: the members of a list one by one, others as text."""
        return [
            [as_text(member).strip() for member in value] if isinstance(value, list) else as_text(value)
            for value in self.columns[place]
        ]


def as_text(value: Any) -> str:
    """Return a value as text; the members of a list with `;` between them."""
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return ";".join(map(as_text, value))
    if value is None or value != value:  # noqa: PLR0124 - what is not itself is "not a number"
        return ""
    if isinstance(value, bytes):
        return value.decode("utf-8", errors="replace")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))  # whole numbers of a column with gaps
    return str(value)


class Table(ABC):
    """A table that can be read."""

    def __init__(self, path: Path, kind: str) -> None:
        self.path = path
        self.kind = kind
        self.names: list[str] = []
        self.rows = 0
        self.notes: list[str] = []  # what was odd about it, in words

    @abstractmethod
    def batches(self) -> Iterator[Batch]:
        """Yield the rows in order."""

    def place(self, name: str, option: str) -> int:
        """Return the place of a column that an option names."""
        return find_column(self.names, name, where=str(self.path), option=option)

    def labels(self, place: int) -> list[list[str] | str]:
        """Return a whole column as labels."""
        return [labels for batch in self.batches() for labels in batch.labels(place)]

    def column(self, place: int) -> list[str]:
        """Return a whole column as text."""
        return [text for batch in self.batches() for text in batch.texts(place)]


def batched(rows: Iterator[tuple[int, list[Any], Any]]) -> Iterator[tuple[list[list[Any]], list[Any]]]:
    """Cut rows (with their size in characters, and the rows as they are) into batches."""
    kept: list[list[Any]] = []
    raw: list[Any] = []
    held = 0
    for size, row, as_is in rows:
        kept.append(row)
        raw.append(as_is)
        held += size
        if len(kept) >= BATCH or held >= _LARGE:
            yield kept, raw
            kept, raw, held = [], [], 0
    if kept:
        yield kept, raw
