"""Comma-, semicolon-, tab- and pipe-separated values, with cells kept exactly as they are."""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from discourse.ingest.archives import ByteStream
from discourse.ingest.exports.chunks import Chunk
from discourse.ingest.exports.csvrows import LONGEST_CELL, read_rows
from discourse.ingest.exports.encodings import decoded, encoding_of
from discourse.ingest.exports.faultlog import FaultLog
from discourse.ingest.exports.fields import matching
from discourse.ingest.exports.usual import OURS

DELIMITERS = (",", ";", "\t", "|")
MORE = "_more"  # name of what stands behind the last column
_LONGEST_LINE = 1 << 29  # characters without a line break
_MANY, _LARGE = 5_000, 1 << 23  # rows, and characters, in a chunk
_HEAD = 1 << 18
_SAMPLE_ROWS = 50
_SEPARATOR_LINE = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
_NUMERIC = re.compile(r"[-+]?[\d.,:/ \-]+")
_NOTHING: tuple[float, int, list[list[str]], str] = (0.0, 1, [[""]], ",")
_LONGEST_NAME, _MOST_WORDS = 60, 5


class Dialect(Struct, frozen=True):
    """How a table was written."""

    delimiter: str
    line_end: str  # "\\r" in files from old Macs, else "\\n"
    skip: int  # characters before the table: Excel's "sep=;" line
    names: tuple[str, ...]  # of the header row; made up where there is none
    has_header: bool
    regular: float  # share of the sample's rows with as many cells as the first


def read_delimited(stream: ByteStream, log: FaultLog, named: Mapping[str, str]) -> Iterator[Chunk]:
    """Yield rows as chunks; a row with too few or too many cells is kept, and a fault."""
    head = stream.head(_HEAD)
    dialect = sniff(head, named)
    lines = table_lines(decoded(stream.pieces(), head), dialect, log)
    rows = read_rows(lines, dialect.delimiter, len(dialect.names), log)
    if dialect.has_header:
        next(rows, None)
    yield from _chunks(rows, dialect, log)


def sniff(head: bytes, named: Mapping[str, str] | None = None) -> Dialect:
    """Tell a table's dialect from its beginning: the delimiter that gives the most regular rows."""
    text = head.decode(*encoding_of(head)).lstrip("\ufeff")
    sep = _SEPARATOR_LINE.match(text)
    line_end = "\n" if "\n" in text or "\r" not in text else "\r"
    choices = (sep.group(1),) if sep else DELIMITERS
    skip = sep.end() if sep else 0
    is_whole = len(head) < _HEAD
    tried = [
        (*_score(rows), rows, mark)
        for mark in choices
        if (rows := _sample(text[skip:], mark, line_end, is_whole))
    ]
    regular, _, rows, delimiter = max(tried, key=lambda item: item[0] * item[1], default=_NOTHING)
    by_number = bool(named) and all(name.isdigit() for name in (named or {}).values())
    has_header = is_header(rows[0], knows_names=not by_number)
    width = max(map(len, rows))
    names = rows[0] if has_header else [str(place) for place in range(1, width + 1)]
    return Dialect(delimiter, line_end, skip, tuple(_unique(names)), has_header, regular)


def is_header(cells: Sequence[str], *, knows_names: bool = True) -> bool:
    """Say whether a row's cells read as names of columns: short, no two alike, no numbers, no sentences."""
    names = [cell.strip() for cell in cells]
    filled = [name for name in names if name]
    if not filled or len(set(filled)) < len(filled) or not all(map(_is_name, filled)):
        return False
    if any(matching(ours, filled) for ours in OURS):
        return True
    return knows_names and len(filled) >= len(names) - 1


def _is_name(text: str) -> bool:
    is_short = len(text) <= _LONGEST_NAME and len(text.split()) <= _MOST_WORDS
    return is_short and "\n" not in text and not _NUMERIC.fullmatch(text) and text[-1] not in ".!?"


def _score(rows: Sequence[Sequence[str]]) -> tuple[float, int]:
    """Rate a delimiter: share of rows as wide as the first, and how many cells (one counts little)."""
    width = len(rows[0])
    return sum(len(row) == width for row in rows) / len(rows), 1 if width == 1 else min(width, 4) + 2


def _sample(text: str, delimiter: str, line_end: str, is_whole: bool) -> list[list[str]]:
    lines = (line + line_end for line in text.split(line_end))
    rows: list[list[str]] = []
    try:
        for row in _reader(lines, delimiter):
            if row:
                rows.append(row)
            if len(rows) > _SAMPLE_ROWS:
                return rows[:_SAMPLE_ROWS]
    except csv.Error:
        pass
    # the head's last row may be cut off
    return rows if is_whole or len(rows) < 2 else rows[:-1]


def _reader(lines: Iterable[str], delimiter: str) -> Iterator[list[str]]:
    csv.field_size_limit(LONGEST_CELL)  # the module's own limit, 128 kB, is for all readers
    return csv.reader(lines, delimiter=delimiter)


def table_lines(texts: Iterable[str], dialect: Dialect, log: FaultLog) -> Iterator[str]:
    """Yield lines with their ends; the csv module must not see any other break as one."""
    end, rest, held = dialect.line_end, [""], 0
    skip = dialect.skip
    is_first = True
    for text in texts:
        if is_first:
            text, is_first = text.lstrip("\ufeff")[skip:], False  # noqa: PLW2901
        first, *others = text.split(end)
        rest.append(first)
        held += len(first)
        if others:
            yield "".join(rest) + end
            for line in others[:-1]:
                yield line + end
            rest, held = [others[-1]], len(others[-1])
        elif held > _LONGEST_LINE:
            log.add(
                "line too long", log.source, f"a line is longer than {_LONGEST_LINE >> 20} MB and left out"
            )
            rest, held = [""], 0
    if last := "".join(rest):
        yield last


def _chunks(rows: Iterator[tuple[int, list[str]]], dialect: Dialect, log: FaultLog) -> Iterator[Chunk]:
    kept: list[list[str]] = []
    places: list[int] = []
    extra: dict[int, list[str]] = {}
    size = 0
    width = len(dialect.names)
    ends_in_text = bool(matching("text", dialect.names[-1:]))  # whose delimiters nobody has quoted
    for line, row in rows:
        if not any(row):
            continue
        if len(row) != width:
            log.add("ragged row", log.at(line, "line"), f"it has {len(row)} cells, not {width}")
            if len(row) > width and ends_in_text:
                row[width - 1] = dialect.delimiter.join(row[width - 1 :])
            elif len(row) > width:
                extra[len(kept)] = row[width:]
            row = (row + [""] * width)[:width]  # noqa: PLW2901
        kept.append(row)
        places.append(line)
        size += sum(map(len, row))
        if len(kept) >= _MANY or size >= _LARGE:
            yield _chunk(kept, places, extra, dialect.names)
            kept, places, extra, size = [], [], {}, 0
    if kept:
        yield _chunk(kept, places, extra, dialect.names)


def _chunk(
    rows: list[list[str]], places: list[int], extra: dict[int, list[str]], names: Sequence[str]
) -> Chunk:
    columns = {name: list(cells) for name, cells in zip(names, zip(*rows, strict=True), strict=True)}
    if extra:
        columns[MORE] = [extra.get(place) for place in range(len(rows))]
    return Chunk(columns, places, "line")


def _unique(names: Iterable[str]) -> list[str]:
    found: list[str] = []
    for place, name in enumerate(names, 1):
        bare = name.strip() or f"column {place}"
        shown, number = bare, 1
        while shown in found:
            number += 1
            shown = f"{bare} {number}"
        found.append(shown)
    return found
