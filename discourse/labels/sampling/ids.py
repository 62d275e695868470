"""Ids of posts read from a sample, also from one that people have worked with since."""

import csv
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from discourse.errors import DiscourseError

ID = "post_id"
_LONGEST_HEAD = 1 << 24  # characters
_DELIMITERS = (",", ";", "\t")  # spreadsheets save with those of their country


def read_post_ids(path: Path) -> list[str]:
    """Return the ids of posts that a file names, in its order, each once.

    Parameters
    ----------
    path
        A table with a column `post_id` (.csv or .tsv, also as a spreadsheet saves it), or .jsonl with that
        field: a sample, or anything else that names posts.

    Raises
    ------
    DiscourseError
        Naming file and line of what cannot be read, or where there is no such column, or no id.
    """
    read = _ids_of_json if path.suffix.casefold() in (".jsonl", ".ndjson", ".json") else _ids_of_table
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            found = list(dict.fromkeys(read(file, path)))
    except (OSError, UnicodeDecodeError) as error:
        told = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise _unreadable(str(path), f"it cannot be read ({told or error})") from error
    if not found:
        raise _unreadable(str(path), "it names no post")
    return found


def _ids_of_table(file: IO[str], path: Path) -> Iterator[str]:
    csv.field_size_limit(sys.maxsize)  # a post may be long; the default refuses 128 kB
    head = file.readline(_LONGEST_HEAD)
    file.seek(0)
    delimiter = next((one for one in _DELIMITERS if ID in _names(head, one)), None)
    if delimiter is None:
        raise _unreadable(f"{path}, line 1", f"no column is called {ID}")
    lines = csv.reader(file, delimiter=delimiter)
    try:
        column = [name.strip() for name in next(lines)].index(ID)
        for row in lines:
            if len(row) > column and row[column].strip():
                yield row[column]
            elif row:
                raise _unreadable(f"{path}, line {lines.line_num}", f"no {ID} stands there")
    except csv.Error as error:
        raise _unreadable(f"{path}, line {lines.line_num}", f"it is no table ({error})") from error


def _names(head: str, delimiter: str) -> list[str]:
    return [name.strip().strip('"') for name in head.split(delimiter)]


def _ids_of_json(file: IO[str], path: Path) -> Iterator[str]:
    for number, line in enumerate(file, 1):
        if not line.strip():
            continue
        try:
            found = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise _unreadable(f"{path}, line {number}", "it is no JSON") from error
        value = found.get(ID) if isinstance(found, dict) else None
        if not isinstance(value, str) or not value:
            raise _unreadable(f"{path}, line {number}", f"it has no field {ID} that is a text")
        yield value


def _unreadable(where: str, problem: str) -> DiscourseError:
    return DiscourseError(
        where=where,
        problem=problem,
        fix=f"Give a .csv or .jsonl with the column {ID}, such as discourse sample writes",
    )
