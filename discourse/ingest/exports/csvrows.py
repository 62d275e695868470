"""Rows of a delimited table, also where a quotation mark is never closed or stands amid a cell.

The csv module alone would take all up to the next quotation mark, or to the end of the file, for one
cell. A row over several lines is believed where its marks are as they should be; else it is given back
but for its first line, and that is a fault.
"""

import csv
import re
from collections import deque
from collections.abc import Iterable, Iterator

from discourse.ingest.exports.faultlog import FaultLog

LONGEST_CELL = 1 << 26  # characters; a mark that opens a longer one is taken for unclosed
UNCLOSED = "unclosed quotation mark"
_TO_THE_MARK = re.compile(r'(?>[^"]+|"")*+"')
_FAR, _MOST_FAR = 100, 20  # lines looked ahead that count as many, and how often it may be many
_JUDGED = 20  # lines by which those behind an unclosed mark are judged
_LONE_RETURN = "\ue000"  # stands for a carriage return while a row is read


def read_rows(
    lines: Iterable[str], delimiter: str, width: int, log: FaultLog
) -> Iterator[tuple[int, list[str]]]:
    """Yield each row with the number of its last line, from 1.

    Parameters
    ----------
    lines
        With their ends.
    width
        How many cells a row should have, to judge doubtful ones by.
    """
    csv.field_size_limit(LONGEST_CELL)  # the module's own limit, 128 kB, is for all readers
    feed = _Feed(lines)
    strict = csv.reader(feed, delimiter=delimiter, strict=True)
    doubts = _Doubts(feed, delimiter, width, log)
    while True:
        feed.begin_row()
        try:
            row = next(strict, None)
        except csv.Error as error:
            row = doubts.row(str(error))
        else:
            if row is None:
                return
            if len(feed.row) > 1 and len(row) != width:
                row = doubts.ragged(row)
        yield feed.taken, row


class _Feed:
    """Lines that can be given back, and which of them the present row took."""

    def __init__(self, lines: Iterable[str]) -> None:
        self.row: list[str] = []
        self.taken = 0
        self._lines = iter(lines)
        self._back: deque[str] = deque()

    def __iter__(self) -> "_Feed":
        return self

    def __next__(self) -> str:
        line = self._back.popleft() if self._back else next(self._lines)
        self.row.append(line)
        self.taken += 1
        return line

    def begin_row(self) -> None:
        self.row.clear()

    def keep(self, lines: int) -> None:
        """Give back all lines of the row but the first few."""
        self.taken -= len(self.row) - lines
        self._back.extendleft(reversed(self.row[lines:]))
        del self.row[lines:]


class _Doubts:
    """What is made of rows whose quotation marks are not as they should be."""

    def __init__(self, feed: _Feed, delimiter: str, width: int, log: FaultLog) -> None:
        self._feed = feed
        self._delimiter = delimiter
        self._width = width
        self._log = log
        self._looks_ahead = _MOST_FAR

    def row(self, error: str) -> list[str]:
        """Return the row that the feed holds, of as many of its lines as belong to it."""
        feed = self._feed
        if error.startswith("new-line"):
            return self._with_lone_returns(feed.row[-1]) if len(feed.row) == 1 else self._first_line()
        has_ended = error.startswith("unexpected end")
        if has_ended and not self._are_rows(feed.row[1:]):
            self._note("the file ends before the quotation mark is closed; the row is kept")
            return self._lenient(feed.row)
        if has_ended or error.startswith("field larger") or self._opens_again():
            return self._first_line()
        if self._looks_ahead <= 0:
            row = self._read(feed.row)
            return row if len(row) == self._width else self._first_line()
        lines = len(feed.row)
        feed.keep(0)  # a mark amid a cell: the lenient reader makes of it what people mean
        try:
            row = next(csv.reader(feed, delimiter=self._delimiter))
        except (csv.Error, StopIteration):
            return self._first_line()
        return row if len(feed.row) <= lines or len(row) == self._width else self._first_line()

    def ragged(self, row: list[str]) -> list[str]:
        """Return a row over several lines that has too few or too many cells, or its first line alone."""
        feed = self._feed
        plain = feed.row[0].rstrip("\r\n").split(self._delimiter)
        is_better = self._looks_ahead > 0 and self._width in (len(plain), len(self._read(feed.row[:1])))
        return self._first_line() if is_better and self._are_rows(feed.row[1:]) else row

    def _first_line(self) -> list[str]:
        """Return the first line alone as a row, and give back the others."""
        feed = self._feed
        if len(feed.row) > _FAR:
            self._looks_ahead -= 1
        feed.keep(1)
        self._note("a quotation mark is never closed; the line is read as it stands")
        return self._lenient(feed.row)

    def _lenient(self, lines: list[str]) -> list[str]:
        """Return lines as one row, with or without a meaning of quotation marks, whichever fits better."""
        row = self._read(lines)
        if len(row) != self._width and len(lines) == 1:
            plain = lines[0].rstrip("\r\n").split(self._delimiter)
            row = plain if len(plain) == self._width else row
        return [*row[:-1], row[-1].rstrip("\r\n")] if row else [lines[0].rstrip("\r\n")]

    def _read(self, lines: list[str]) -> list[str]:
        try:
            return next(csv.reader(lines, delimiter=self._delimiter), [])
        except csv.Error:
            return []

    def _with_lone_returns(self, line: str) -> list[str]:
        bare = line.rstrip("\r\n")
        row = self._read([bare.replace("\r", _LONE_RETURN)])
        return [cell.replace(_LONE_RETURN, "\r") for cell in row]

    def _opens_again(self) -> bool:
        """Say whether the mark that should close a cell begins one instead."""
        if len(self._feed.row) < 2:
            return False
        line = self._feed.row[-1]
        match = _TO_THE_MARK.match(line)
        if match is None:
            return False
        at = match.end() - 1
        begins = at == 0 or line[at - 1] == self._delimiter
        return begins and line[at + 1 : at + 2] not in (self._delimiter, "\r", "\n", "")

    def _are_rows(self, lines: list[str]) -> bool:
        """Say whether lines read as rows of their own."""
        judged = [line for line in lines[:_JUDGED] if line.strip()]
        if self._width < 2 or not judged:
            return False
        fitting = sum(len(self._read([line])) == self._width for line in judged)
        return 2 * fitting >= len(judged) and self._looks_ahead > 0

    def _note(self, problem: str) -> None:
        self._log.add(UNCLOSED, self._log.at(self._feed.taken, "line"), problem)
