"""A sample as a file, written whole or not at all."""

import csv
import json
import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from io import StringIO
from pathlib import Path
from typing import IO, Any

from msgspec.structs import asdict

from discourse.errors import DiscourseError
from discourse.labels.sampling.drawing import Drawn
from discourse.replacing import free_name, unwritable

COLUMNS = Drawn.__struct_fields__
_ENDINGS = (".csv", ".jsonl")
_LONGEST_HEAD = 1 << 24  # characters


def check_out(out: Path) -> None:
    """Make sure that a sample may stand there: nothing does, or an earlier sample.

    Raises
    ------
    DiscourseError
        Where the ending is neither .csv nor .jsonl, or something else stands there.
    """
    if out.suffix.casefold() not in _ENDINGS:
        raise DiscourseError(
            where="--out",
            problem=f"{out.name!r} is neither .csv nor .jsonl",
            fix="Give it one of these endings",
        )
    try:
        stands = os.path.lexists(out) and not _is_ours(out)
    except OSError as error:
        raise unwritable(out, error) from error
    if stands:
        raise DiscourseError(
            where=str(out),
            problem="the sample would go here, and no earlier sample stands here as it was written",
            fix="Move that away or give another --out",
        )


def write_sample(rows: Iterable[tuple[int, Drawn]], out: Path) -> None:
    """Write the posts of a sample, whole or not at all, in the order of their numbers.

    Parameters
    ----------
    rows
        Posts with their numbers from 0, in any order; none is held longer than it takes to note it on disk.

    Raises
    ------
    DiscourseError
        See `check_out`; or where the place cannot be written.
    """
    check_out(out)
    line = _json_line if out.suffix.casefold() == ".jsonl" else _csv_line
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        partial = free_name(out)
        try:
            with partial.open("wb") as file, tempfile.TemporaryFile() as noted:
                if line is _csv_line:
                    file.write(_csv_line({name: name for name in COLUMNS}))
                file.writelines(_in_order(rows, noted, line))
            partial.replace(out)
        finally:
            with suppress(OSError):
                partial.unlink(missing_ok=True)
    except OSError as error:
        raise unwritable(out, error) from error


def _in_order(rows: Iterable[tuple[int, Drawn]], noted: IO[bytes], line: Any) -> Iterator[bytes]:
    places: dict[int, tuple[int, int]] = {}
    for number, row in rows:
        cells = line(asdict(row))
        places[number] = (noted.tell(), len(cells))
        noted.write(cells)
    for number in sorted(places):
        start, length = places[number]
        noted.seek(start)
        yield noted.read(length)


def _csv_line(row: Mapping[str, Any]) -> bytes:
    file = StringIO()
    csv.DictWriter(file, COLUMNS, lineterminator="\r\n").writerow(row)
    return file.getvalue().encode()


def _json_line(row: Mapping[str, Any]) -> bytes:
    return (json.dumps(row, ensure_ascii=False) + "\n").encode()


def _is_ours(path: Path) -> bool:
    """Say whether an earlier sample stands here, by its head; people's own columns make it theirs."""
    if not path.is_file() or path.is_symlink():
        return False
    with path.open("rb") as file:
        head = file.readline(_LONGEST_HEAD)
    if path.suffix.casefold() == ".csv":
        return head in (b"", _csv_line({name: name for name in COLUMNS}))
    with suppress(ValueError, RecursionError):
        found = json.loads(head or b"null")
        return found is None or (isinstance(found, dict) and tuple(found) == COLUMNS)
    return False
