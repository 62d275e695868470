"""Comma- and tab-separated tables, cell for cell as they are."""

from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import Path

from msgspec.structs import replace

from discourse.errors import DiscourseError
from discourse.ingest.archives import open_stream
from discourse.ingest.exports.csvrows import read_rows
from discourse.ingest.exports.delimited import DELIMITERS, Dialect, sniff, table_lines
from discourse.ingest.exports.encodings import decoded
from discourse.ingest.exports.faultlog import FaultLog
from discourse.learn.examples import number_of
from discourse.tabular.reading import Batch, Table, batched

MORE = "_more"  # name of what stands behind the last column
_HEAD = 1 << 18


class DelimitedTable(Table):
    """A table whose first row names the columns.

    A row with too few cells gets empty ones; what a row has too many goes into the last column where
    that is a text that was asked for (nobody quoted its delimiters), else into a column `_more`. A line
    without anything on it is an empty cell where the table has one column, else it is no row.
    """

    def __init__(self, path: Path, kind: str, asked: Sequence[str]) -> None:
        super().__init__(path, kind)
        self._dialect = self._fitting(kind, asked)
        log = FaultLog(str(path))
        rows = self._rows(log)
        self.names = next(rows, [])
        self._asked = self.names[-1:] and self.names[-1].strip() in {name.strip() for name in asked}
        short = long = blank = waiting = 0
        for row in rows:
            if not row:
                waiting += 1
                continue
            blank, waiting = blank + waiting, 0  # those at the end are no news
            self.rows += 1
            short += len(row) < len(self.names)
            long += len(row) > len(self.names)
        self._width = len(self.names)
        if long and not self._asked:
            self.names = [*self.names, _free(MORE, self.names)]
        self._note(short, long, blank, log)

    def _note(self, short: int, long: int, blank: int, log: FaultLog) -> None:
        rest = "in the last column" if self._asked else f"in a column {''.join(self.names[-1:])!r}"
        told = {
            f"{number_of(short, 'row')} with fewer cells than there are columns: the others are empty": short,
            f"{number_of(long, 'row')} with more cells than there are columns: the rest stands {rest}": long,
            f"{number_of(blank, 'blank line')} between rows, which count as none": blank,
        }
        self.notes += [words for words, times in told.items() if times]
        self.notes += [f"{kind}: {number_of(times, 'time')}" for kind, times in log.found.items()]

    def _fitting(self, kind: str, asked: Sequence[str]) -> Dialect:
        """Return how the table was written: as it looks, unless the columns asked for say otherwise."""
        stream = open_stream(self.path)
        head = stream.head(_HEAD)
        found = sniff(head, {"text": asked[0]} if asked else None)
        first = ("\t",) if kind == "tsv" else ()
        for delimiter in dict.fromkeys([*first, found.delimiter, *DELIMITERS]):
            dialect = replace(found, delimiter=delimiter)
            if {name.strip() for name in asked} <= set(self._header(dialect)):
                return dialect
        return replace(found, delimiter=first[0]) if first else found

    def _header(self, dialect: Dialect) -> list[str]:
        head = open_stream(self.path).head(_HEAD)
        lines = table_lines(decoded(iter([head]), head), dialect, FaultLog(""))
        rows = read_rows(lines, dialect.delimiter, 0, FaultLog(""))
        return [name.strip() for name in next((row for _, row in rows if row), [])]

    def _rows(self, log: FaultLog) -> Iterator[list[str]]:
        """Yield the names, then row by row; what is no row is empty."""
        stream = open_stream(self.path)
        head = stream.head(_HEAD)
        lines = table_lines(decoded(stream.pieces(), head), self._dialect, log)
        width = len(self._header(self._dialect))
        is_below = False
        for _, row in read_rows(lines, self._dialect.delimiter, width, log):
            if is_below or row:
                yield row or [""] * (width == 1)
                is_below = True
        if stream.damage is not None:
            raise DiscourseError(
                where=str(self.path),
                problem=f"it cannot be read to its end ({stream.damage})",
                fix="Fetch it again",
            )

    def batches(self) -> Iterator[Batch]:
        """Yield the rows in order."""
        rows = self._rows(FaultLog(str(self.path)))
        next(rows, None)
        first = 0
        sized = ((sum(map(len, row)), self._fitted(row), None) for row in rows if row)
        for kept, _ in batched(sized):
            yield Batch(first, len(kept), list(zip(*kept, strict=True)))
            first += len(kept)

    def _fitted(self, row: list[str]) -> list[str]:
        width = self._width
        if len(row) > width:
            rest = self._dialect.delimiter.join(row[width:])
            if self._asked:
                return [*row[: width - 1], self._dialect.delimiter.join([row[width - 1], rest])]
            return [*row[:width], rest]
        return row + [""] * (len(self.names) - len(row))


def _free(name: str, taken: Sequence[str]) -> str:
    """Return a name for a column that no other has."""
    names = (name if number == 1 else f"{name}_{number}" for number in count(1))
    return next(free for free in names if free not in taken)
