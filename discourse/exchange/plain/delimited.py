"""Rows of a user's own delimited table, as dictionaries; whatever spreadsheet saved it."""

import codecs
import csv
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO

from msgspec import Struct

from discourse.errors import DiscourseError
from discourse.exchange.plain.formulas import MARK, unmarked

_DELIMITERS = (",", ";", "\t", "|")
_LONGEST_ROW = 1 << 26  # characters; a quotation mark that opens a longer one was never closed
_SEP = "sep="  # a first line with which Excel tells itself the delimiter


class Line(Struct, frozen=True):
    """One row below the header."""

    where: str  # "labels.csv, line 12"
    cells: dict[str, str]  # by the known columns that the table has; marks are off

    def get(self, name: str) -> str | None:
        """Return a cell; None where it is empty or the table has no such column."""
        return self.cells.get(name) or None


def read_lines(path: Path, known: Sequence[str], needed: Sequence[str]) -> Iterator[Line]:
    """Yield the rows of a table; blank ones are left out.

    Parameters
    ----------
    known
        The columns to look at, in any order and case; any other is left alone.
    needed
        Those that must be there.

    Raises
    ------
    DiscourseError
        Where it is no such table, not UTF-8, or a row has cells beyond the last column.
    """
    try:
        with path.open(encoding=_encoding(path), newline="") as file:
            yield from _rows(path, file, known, needed)
    except OSError as error:
        problem = f"it cannot be read ({error.strerror or error})"
        raise DiscourseError(where=str(path), problem=problem, fix="Give another file") from error
    except UnicodeError as error:
        raise DiscourseError(
            where=str(path), problem="it is not written in UTF-8", fix="Save it as 'CSV UTF-8'"
        ) from error


def _encoding(path: Path) -> str:
    with path.open("rb") as file:
        head = file.read(3)
    if head.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    return "utf-16" if head[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) else "utf-8"


def _rows(path: Path, file: IO[str], known: Sequence[str], needed: Sequence[str]) -> Iterator[Line]:
    csv.field_size_limit(sys.maxsize)  # the feed sets the limit
    feed = _Feed(file, path.name)
    delimiter = _delimiter(feed, known)
    # `strict` alone tells that a quotation mark at the end of the file was never closed
    records = csv.reader(feed, delimiter=delimiter, strict=True)
    header: list[tuple[str, bool]] | None = None
    while True:
        first = feed.begin_row()
        try:
            record = next(records, None)
        except csv.Error as error:
            raise _damaged(f"{path.name}, line {first}", str(error)) from error
        if record is None:
            break
        if not any(record):
            continue
        if header is None:
            header = _header(path, record, known, needed)
        else:
            yield _line(f"{path.name}, line {first}", record, header, known)
    if header is None:
        raise _damaged(path.name, "it is empty")


def _delimiter(feed: "_Feed", known: Sequence[str]) -> str:
    """Return the delimiter with which the first line names most columns that we know."""
    line = feed.peek()
    if line.casefold().startswith(_SEP) and line.strip()[len(_SEP) :] in _DELIMITERS:
        feed.begin_row()
        return next(feed).rstrip("\r\n")[len(_SEP) :]

    def named(delimiter: str) -> int:
        try:
            names = next(csv.reader([line], delimiter=delimiter), [])
        except csv.Error:
            return 0
        return sum(_name(name)[0] in known for name in names)

    return max(_DELIMITERS, key=named)  # the first of those that are alike


def _name(cell: str) -> tuple[str, bool]:
    """Return the name of a column and whether its cells are marked."""
    name = cell.strip()
    return name.removeprefix(MARK).casefold(), name.startswith(MARK)


def _header(
    path: Path, record: Sequence[str], known: Sequence[str], needed: Sequence[str]
) -> list[tuple[str, bool]]:
    header = [_name(cell) for cell in record]
    names = [name for name, _ in header]
    missing = [name for name in needed if name not in names]
    twice = [name for name in known if names.count(name) > 1]
    if missing:
        raise DiscourseError(
            where=f"{path.name}, line 1",
            problem=f"there is no column {missing[0]!r}",
            fix=f"Name the columns in the first line: {', '.join(needed)} must be among them",
        )
    if twice:
        raise DiscourseError(
            where=f"{path.name}, line 1",
            problem=f"there are two columns {twice[0]!r}",
            fix="Rename one of them",
        )
    return header


def _line(
    where: str, record: Sequence[str], header: Sequence[tuple[str, bool]], known: Sequence[str]
) -> Line:
    if any(record[len(header) :]):
        raise _damaged(where, f"it has {len(record)} cells, and there are {len(header)} columns")
    cells = {
        name: unmarked(cell) if is_marked else cell
        for (name, is_marked), cell in zip(header, record, strict=False)
        if name in known
    }
    return Line(where, cells)


class _Feed:
    """The lines of a file, and how much of it one row takes."""

    def __init__(self, file: IO[str], name: str) -> None:
        self._file = file
        self._name = name
        self._peeked: str | None = None
        self._lines = 0
        self._first = 1  # line of the present row
        self._taken = 0  # characters of it

    def peek(self) -> str:
        """Return the first line, which is still to come."""
        self._peeked = self._file.readline(_LONGEST_ROW)
        return self._peeked

    def begin_row(self) -> int:
        """Return the number of the line on which the next row begins."""
        self._taken, self._first = 0, self._lines + 1
        return self._first

    def __iter__(self) -> "_Feed":
        return self

    def __next__(self) -> str:
        line = self._file.readline(_LONGEST_ROW) if self._peeked is None else self._peeked
        self._peeked = None
        if not line:
            raise StopIteration
        self._taken += len(line)
        if self._taken >= _LONGEST_ROW:
            where = f"{self._name}, line {self._first}"
            raise _damaged(where, "the row has no end: a quotation mark is never closed")
        self._lines += 1
        return line


def _damaged(where: str, problem: str) -> DiscourseError:
    return DiscourseError(
        where=where, problem=f"it cannot be read as a table ({problem})", fix="Mend the file or save it again"
    )
