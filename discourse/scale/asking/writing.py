"""Answers as text or files: a table for people, CSV, JSON, JSON lines, Parquet."""

import csv
import io
import json
import math
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from discourse.errors import DiscourseError
from discourse.exchange.plain.formulas import MARK, marked
from discourse.replacing import free_name, unwritable
from discourse.scale.asking.answers import Answer
from discourse.summary.headlines import columns, shortened

FORMATS = ("table", "csv", "json", "jsonl", "parquet")
ROWS = 50  # of a table for people, where no limit is given
_WIDEST = 48  # columns of a terminal that a cell may take


def format_for(given: str | None, out: Path | None) -> str:
    """Return the format that is wanted: the one given, else that of the file's name, else a table.

    Raises
    ------
    DiscourseError
        Where there is none of that name, or it needs a file.
    """
    suffix = out.suffix.removeprefix(".").lower() if out is not None else ""
    chosen = given or (suffix if suffix in FORMATS else "table")
    if chosen not in FORMATS:
        raise DiscourseError(
            where="--format", problem=f"there is no {chosen!r} here", fix=f"Take of {', '.join(FORMATS)}"
        )
    if chosen == "parquet" and out is None:
        raise DiscourseError(where="--format", problem="Parquet is no text", fix="Name a file with --out")
    return chosen


def check_out(out: Path) -> None:
    """Make sure that nothing stands where an answer is to go.

    Raises
    ------
    DiscourseError
        Where something does: nobody's file is written over.
    """
    if out.exists() or out.is_symlink():
        raise DiscourseError(
            where=str(out), problem="something stands there already", fix="Move it away or give another --out"
        )


def lines_of(answer: Answer, form: str, *, is_limited: bool, is_safe: bool = False) -> Iterator[str]:
    """Yield an answer as lines of text with their ends.

    Parameters
    ----------
    is_limited
        Whether the user said how many rows there are to be; a table for people has `ROWS` otherwise.
    is_safe
        CSV alone: mark what a spreadsheet would run, as `discourse export --spreadsheet-safe` does.
    """
    if form == "table":
        return _table(answer, None if is_limited else ROWS)
    if form == "csv":
        return _csv(answer, is_safe)
    return _json(answer) if form == "json" else _jsonl(answer)


def write_answer(answer: Answer, form: str, out: Path, *, is_limited: bool, is_safe: bool = False) -> None:
    """Write an answer as a file, as a whole or not at all.

    Raises
    ------
    DiscourseError
        Where it cannot be written, or holds what Parquet has no type for.
    """
    with _whole(out) as partial:
        if form == "parquet":
            _parquet(answer, partial)
            return
        encoding = "utf-8-sig" if is_safe and form == "csv" else "utf-8"
        with partial.open("w", encoding=encoding, newline="") as file:
            file.writelines(lines_of(answer, form, is_limited=is_limited, is_safe=is_safe))


@contextmanager
def _whole(out: Path) -> Iterator[Path]:
    partial = free_name(out)
    try:
        yield partial
        partial.replace(out)
    except OSError as error:
        raise unwritable(out, error) from error
    finally:
        with suppress(OSError):
            partial.unlink(missing_ok=True)


def _parquet(answer: Answer, path: Path) -> None:
    try:
        with pq.ParquetWriter(path, answer.schema) as writer:
            for batch in answer.batches:
                writer.write_batch(batch)
    except pa.ArrowNotImplementedError as error:
        raise DiscourseError(
            where=str(path.name), problem=f"Parquet cannot hold it ({error})", fix="Cast that column to text"
        ) from error


def _rows(answer: Answer) -> Iterator[list[Any]]:
    for batch in answer.batches:
        yield from (
            zip(*(_values(column) for column in batch.columns), strict=True) if batch.num_columns else ()
        )


def _values(column: Any) -> list[Any]:
    return [_plain(value) for value in column.to_pylist()]


def _plain(value: Any) -> Any:
    """Return a value as JSON has it."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if value is None or isinstance(value, str | int | bool):
        return value
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return {str(key): _plain(one) for key, one in value.items()} if isinstance(value, dict) else str(value)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return f"{value:.15g}"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _csv(answer: Answer, is_safe: bool) -> Iterator[str]:
    texts = [is_safe and not _is_number(field.type) for field in answer.schema]
    names = zip(answer.schema.names, texts, strict=True)
    yield _record([MARK + marked(name) if is_text else name for name, is_text in names])
    for row in _rows(answer):
        cells = zip(map(_cell, row), texts, strict=True)
        yield _record([marked(cell) if is_text else cell for cell, is_text in cells])


def _record(cells: list[str]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="\r\n").writerow(cells)
    return line.getvalue()


def _is_number(kind: pa.DataType) -> bool:
    return bool(pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind))


def _json(answer: Answer) -> Iterator[str]:
    before = "["
    for row in _rows(answer):
        yield before + "\n" + _object(answer, row)
        before = ","
    yield "[]\n" if before == "[" else "\n]\n"


def _jsonl(answer: Answer) -> Iterator[str]:
    for row in _rows(answer):
        yield _object(answer, row) + "\n"


def _object(answer: Answer, row: list[Any]) -> str:
    return json.dumps(dict(zip(answer.schema.names, row, strict=True)), ensure_ascii=False)


def _table(answer: Answer, most: int | None) -> Iterator[str]:
    """Lay out rows for people; numbers to the right, long cells cut."""
    rows: list[list[str]] = []
    more = 0
    for row in _rows(answer):
        if most is not None and len(rows) >= most:
            more += 1
        else:
            rows.append([_shown(value) for value in row])
    names = [shortened(name, _WIDEST) for name in answer.schema.names]
    right = [_is_number(field.type) for field in answer.schema]
    widths = [max(map(columns, column)) for column in zip(names, *rows, strict=True)]
    for cells in (names, *rows):
        padded = (_padded(*cell) for cell in zip(cells, widths, right, strict=True))
        yield "  ".join(padded).rstrip() + "\n"
    if more:
        yield f"and {more:,} more rows; ask for them with --limit, or write them with --out\n"


def _shown(value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return shortened(_cell(value), _WIDEST)
    return f"{value:,}" if isinstance(value, int) else f"{value:,.2f}"


def _padded(cell: str, width: int, is_right: bool) -> str:
    blanks = " " * (width - columns(cell))
    return blanks + cell if is_right else cell + blanks
