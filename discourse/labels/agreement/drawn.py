"""Which posts were drawn at random to be coded: the table that `discourse sample` writes."""

import csv
import json
import math
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from msgspec import Struct

from discourse.errors import DiscourseError

RANDOM = "random"  # what the column `part` says of posts drawn at random
_NEEDED = ("post_id", "part")
_DELIMITERS = (",", ";", "\t")  # spreadsheets save with those of their country


class Draw(Struct, frozen=True):
    """How a post was drawn at random."""

    probability: float = 1.0  # with which it was drawn; 1 where the table gives none
    coded: frozenset[str] = (
        frozenset()
    )  # layers for which it was coded before; none where the table says nothing


def read_drawn(path: Path) -> dict[str, Draw]:
    """Return how each post drawn at random was drawn, by its id.

    Parameters
    ----------
    path
        A sample, .csv or .jsonl.

    Raises
    ------
    DiscourseError
        Where the file is no such table, or none of its posts was drawn at random.
    """
    read = _lines_of_json if path.suffix.casefold() == ".jsonl" else _lines_of_table
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            found = {
                row["post_id"]: _draw(row, f"{path}, line {number}")
                for number, row in read(file, path)
                if row["part"] == RANDOM
            }
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise _unreadable(str(path), f"it cannot be read as a table ({error})") from error
    if not found:
        raise _unreadable(str(path), "none of its posts was drawn at random")
    return found


def _lines_of_table(file: IO[str], path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    csv.field_size_limit(sys.maxsize)  # a post may be long; the default refuses 128 kB
    head = file.readline()
    file.seek(0)
    delimiter = max(_DELIMITERS, key=head.count)
    lines = csv.DictReader(file, delimiter=delimiter, strict=True)
    if missing := [name for name in _NEEDED if name not in (lines.fieldnames or ())]:
        raise _unreadable(str(path), f"the column {missing[0]!r} is missing")
    for row in lines:
        yield lines.line_num, row


def _lines_of_json(file: IO[str], path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    for number, line in enumerate(file, 1):
        try:
            row = json.loads(line) if line.strip() else None
        except (ValueError, RecursionError) as error:
            raise _unreadable(f"{path}, line {number}", "it is no JSON") from error
        if row is not None:
            if not isinstance(row, dict) or not all(isinstance(row.get(name), str) for name in _NEEDED):
                raise _unreadable(f"{path}, line {number}", "it has no texts 'post_id' and 'part'")
            yield number, row


def _draw(row: dict[str, Any], where: str) -> Draw:
    coded = row.get("coded") or ""
    if not isinstance(coded, str):
        raise _unreadable(where, "'coded' is no text")
    return Draw(_probability(row.get("probability"), where), frozenset(coded.split()))


def _probability(cell: Any, where: str) -> float:
    if cell is None or cell == "":
        return 1.0
    try:
        # spreadsheets of many countries write 0,5
        found = float(cell.replace(",", ".", 1) if isinstance(cell, str) else cell)
    except (TypeError, ValueError):
        found = math.nan
    if not 0 < found <= 1:
        raise _unreadable(where, f"{str(cell)[:20]!r} is no probability")
    return found


def _unreadable(where: str, problem: str) -> DiscourseError:
    return DiscourseError(
        where=where, problem=problem, fix="Give the file that `discourse sample` wrote, .csv or .jsonl"
    )
