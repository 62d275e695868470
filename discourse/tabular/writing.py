"""Labelled tables on disk: the input's columns as they are, the new ones behind them; whole or not at all."""

import csv
import json
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Any

from discourse.errors import DiscourseError
from discourse.replacing import free_name, unwritable
from discourse.tabular.formats import kind_of
from discourse.tabular.jsonl import Written, read_object
from discourse.tabular.parquet import ParquetTable
from discourse.tabular.reading import Batch, Table

_LONGEST_LINE = 1 << 28  # characters in which an earlier result names its columns
Columns = Sequence[Sequence[Any]]  # new ones: numbers, or texts


class Writer(ABC):
    """Writes under a name of its own until all is written; use it in a `with`.

    Parameters
    ----------
    names
        Of the new columns.
    words
        Which of these hold texts; the others hold numbers.
    """

    def __init__(self, out: Path, table: Table, names: Sequence[str], words: frozenset[str]) -> None:
        self._out = out
        self._partial = free_name(out)
        self.table = table
        self.names = list(names)
        self.words = words

    def __enter__(self) -> "Writer":
        try:
            self._out.parent.mkdir(parents=True, exist_ok=True)
            self._open(self._partial)
        except OSError as error:
            raise unwritable(self._out, error) from error
        return self

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: object) -> None:
        try:
            self._close()
            if kind is None:
                self._partial.replace(self._out)
        except OSError as problem:
            raise unwritable(self._out, problem) from problem
        finally:
            self._partial.unlink(missing_ok=True)

    def write(self, batch: Batch, new: Columns) -> None:
        """Write some rows with their new values."""
        try:
            self._write(batch, new)
        except OSError as error:
            raise unwritable(self._out, error) from error

    @abstractmethod
    def _open(self, path: Path) -> None: ...

    @abstractmethod
    def _close(self) -> None: ...

    @abstractmethod
    def _write(self, batch: Batch, new: Columns) -> None: ...


def open_writer(out: Path, table: Table, names: Sequence[str], words: frozenset[str]) -> Writer:
    """Return what writes to a file, by the ending of its name.

    Raises
    ------
    DiscourseError
        Where the name tells no kind, the table has such columns already, or a file stands there that is
        no earlier result.
    """
    kind = kind_of(out, is_output=True)
    clash = [name for name in names if name in table.names]
    if clash:
        problem = f"it has a column {clash[0]!r} already, which a label would be written to"
        raise DiscourseError(
            where=str(table.path), problem=problem, fix="Rename that column, or ask for other layers"
        )
    twice = next((name for name, times in Counter(table.names).items() if times > 1), None)
    if twice is not None and kind in {"jsonl", "parquet"}:
        problem = f"it has two columns {twice!r}, of which a {kind} file would keep one"
        raise DiscourseError(where=str(table.path), problem=problem, fix="Rename one, or write a .csv")
    check_out(out, table, names)
    if kind == "jsonl":
        return _JsonWriter(out, table, names, words)
    if kind == "parquet":
        return _ParquetWriter(out, table, names, words)
    return _DelimitedWriter(out, table, names, words)


def check_out(out: Path, table: Table, names: Sequence[str]) -> None:
    """Make sure that the result may stand there: nobody's own file is ever replaced."""
    try:
        if out.is_symlink() and not (out.exists() and out.samefile(table.path)):
            raise DiscourseError(where=str(out), problem="it is a link", fix="Give another --out")
        if not out.exists():
            return
    except OSError as error:
        raise unwritable(out, error) from error
    if not out.is_file():
        problem = "it is a folder" if out.is_dir() else "it is no file"
        raise DiscourseError(where=str(out), problem=problem, fix="Give --out the name of a file")
    if out.samefile(table.path):
        raise DiscourseError(
            where=str(out), problem="it is the table to be labelled", fix="Give another --out"
        )
    if not set(names) <= set(_names_in(out)):
        problem = "a file stands here that is no earlier result with these labels"
        raise DiscourseError(where=str(out), problem=problem, fix="Move it away or give another --out")


def _names_in(out: Path) -> list[str]:
    """Return the columns of an earlier result; of any other file what it happens to have, mostly none."""
    kind = kind_of(out, is_output=True)
    try:
        if kind == "parquet":
            return ParquetTable(out).names
        with out.open(encoding="utf-8", newline="") as file:
            if kind == "jsonl":
                return list(read_object(file.readline(_LONGEST_LINE)))
            return next(csv.reader(file, delimiter="\t" if kind == "tsv" else ","), [])
    except OSError as error:
        raise unwritable(out, error) from error
    except (ValueError, csv.Error, DiscourseError):
        return []


class _DelimitedWriter(Writer):
    def _open(self, path: Path) -> None:
        # a text may hold half a surrogate pair, which no encoding has
        self._file: IO[str] = path.open("w", encoding="utf-8", errors="replace", newline="")
        delimiter = "\t" if kind_of(self._out, is_output=True) == "tsv" else ","
        self._csv = csv.writer(self._file, delimiter=delimiter, lineterminator="\r\n")
        self._csv.writerow([*self.table.names, *self.names])

    def _close(self) -> None:
        self._file.close()

    def _write(self, batch: Batch, new: Columns) -> None:
        old = [[_cell(value) for value in column] for column in batch.columns]
        self._csv.writerows(zip(*old, *[[_cell(value) for value in column] for column in new], strict=True))


def _cell(value: Any) -> str:
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, Written):
        return value.text
    if isinstance(value, bool | dict | list):
        return json.dumps(value, ensure_ascii=False, default=str)
    if isinstance(value, bytes):
        return value.decode("utf-8", errors="replace")
    return str(value)


class _JsonWriter(Writer):
    def _open(self, path: Path) -> None:
        self._file: IO[bytes] = path.open("wb")

    def _close(self) -> None:
        self._file.close()

    def _write(self, batch: Batch, new: Columns) -> None:
        rows = zip(*new, strict=True)
        if self.table.kind == "jsonl":
            olds: Any = batch.raw
        else:
            olds = (_object(self.table.names, row) for row in zip(*batch.columns, strict=True))
        for old, values in zip(olds, rows, strict=True):
            # spliced, not written anew: numbers and escapes stay as they were
            body = old[1:-1].strip()
            more = _object(self.names, values)[1:-1]
            self._file.write(f"{{{body}{', ' if body else ''}{more}}}\n".encode("utf-8", "replace"))


def _object(names: Sequence[str], values: Sequence[Any]) -> str:
    found = dict(zip(names, values, strict=True))
    return json.dumps(found, ensure_ascii=False, default=str, allow_nan=True)


class _ParquetWriter(Writer):
    def _open(self, path: Path) -> None:
        import pyarrow as pa  # noqa: PLC0415
        import pyarrow.parquet as pq  # noqa: PLC0415

        self._arrow = pa
        if isinstance(self.table, ParquetTable):
            fields = list(self.table.schema)
        else:
            fields = [pa.field(_sound(name), pa.large_string()) for name in self.table.names]
        types = [pa.large_string() if name in self.words else pa.float64() for name in self.names]
        fields += [pa.field(_sound(name), type_) for name, type_ in zip(self.names, types, strict=True)]
        about = self.table.schema.metadata if isinstance(self.table, ParquetTable) else None
        self._schema = pa.schema(fields, metadata=about)
        self._file = pq.ParquetWriter(path, self._schema)

    def _close(self) -> None:
        self._file.close()

    def _write(self, batch: Batch, new: Columns) -> None:
        pa = self._arrow
        if isinstance(self.table, ParquetTable):
            old = list(batch.raw.columns)
        else:
            old = [
                pa.array([_sound(value) for value in column], pa.large_string()) for column in batch.columns
            ]
        added = [
            pa.array(column, self._schema.field(len(old) + place).type) for place, column in enumerate(new)
        ]
        self._file.write_batch(pa.record_batch([*old, *added], schema=self._schema))


def _sound(value: Any) -> str | None:
    return None if value is None else _cell(value).encode("utf-8", "replace").decode("utf-8")
