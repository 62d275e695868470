"""Tables with a JSON object a line."""

import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from discourse.errors import DiscourseError
from discourse.ingest.archives import open_stream
from discourse.ingest.exports.encodings import as_utf8
from discourse.tabular.reading import Batch, Table, batched

_LONGEST = 1 << 28  # bytes of a line
_MOST_DIGITS = 4_000  # of a whole number, from which it is kept as it is written


class Written(float):
    """A number that knows how it was written: 1.50 and 1e3 stay so in a table of another kind."""

    __slots__ = ("text",)
    text: str

    def __new__(cls, text: str) -> "Written":
        """Read a number."""
        found = super().__new__(cls, text)
        found.text = text
        return found


class JsonLines(Table):
    """A table whose columns are all names that any of its objects has, in the order of their first use."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, "jsonl")
        names: dict[str, None] = {}
        for _, found in self._objects():
            names.update(dict.fromkeys(found))
            self.rows += 1
        self.names = list(names)

    def _objects(self) -> Iterator[tuple[str, dict[str, Any]]]:
        for number, line in enumerate(self._lines(), 1):
            if not line.strip():
                continue
            text = line.decode("utf-8", errors="replace").strip().lstrip("\ufeff")
            try:
                yield text, read_object(text)
            except ValueError as error:
                raise DiscourseError(
                    where=f"{self.path}, line {number}",
                    problem=f"it is no JSON object ({error})",
                    fix='Write one object a line, as {"text": "…"}',
                ) from error

    def _lines(self) -> Iterator[bytes]:
        stream = open_stream(self.path)
        rest = b""
        for piece in as_utf8(stream.pieces(), stream.head(1 << 16)):
            first, *others = piece.split(b"\n")
            rest += first
            if len(rest) > _LONGEST:
                problem = f"a line is longer than {_LONGEST >> 20} MB"
                raise DiscourseError(where=str(self.path), problem=problem, fix="Write one object a line")
            if others:
                yield rest
                yield from others[:-1]
                rest = others[-1]
        yield rest
        if stream.damage is not None:
            problem = f"it cannot be read to its end ({stream.damage})"
            raise DiscourseError(where=str(self.path), problem=problem, fix="Fetch it again")

    def batches(self) -> Iterator[Batch]:
        """Yield the rows in order."""
        first = 0
        sized = (
            (len(text), [found.get(name) for name in self.names], text) for text, found in self._objects()
        )
        for kept, raw in batched(sized):
            yield Batch(first, len(kept), list(zip(*kept, strict=True)), raw)
            first += len(kept)


def read_object(text: str) -> dict[str, Any]:
    """Read a JSON object; numbers may have any length, and NaN and Infinity are numbers.

    Raises
    ------
    ValueError
        Where it is none; says what else.
    """
    try:
        found = json.loads(text, parse_int=_whole, parse_float=Written, parse_constant=Written)
    except RecursionError as error:
        raise ValueError("it is nested too deep") from error
    except json.JSONDecodeError as error:
        raise ValueError(f"{error.msg} at character {error.pos + 1}") from error
    if not isinstance(found, dict):
        raise ValueError(f"a {'list' if isinstance(found, list) else 'single value'} stands there")
    return found


def _whole(text: str) -> int | Decimal:
    return int(text) if len(text) <= _MOST_DIGITS else Decimal(text)
