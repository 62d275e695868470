"""A JSON array, one object, or objects one after another, value by value, never the whole text at once."""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from discourse.ingest.archives import ByteStream
from discourse.ingest.exports.chunks import Chunk, chunk_of
from discourse.ingest.exports.encodings import decoded
from discourse.ingest.exports.faultlog import FaultLog

LONGEST_VALUE = 1 << 28  # characters; a longer value is not read
_MANY = 2_000  # records in a chunk
_HEAD = 1 << 16
_BLANKS = re.compile(r"[\s,\x1e\0]*")
_NEXT = re.compile(r"\}\s*,?\s*(?=\{\s*\")")
_SURROGATE = re.compile(r"\\[uU][dD][89a-fA-F]")
# NaN is no JSON, but what some libraries write; control characters in texts likewise
DECODER = json.JSONDecoder(strict=False, parse_constant=lambda _name: None)
_NEAR_END = 32  # an error this near the end of what was read may be for want of the rest

Record = Mapping[str, Any]
Expand = Callable[[Record], Iterable[Record]]


def read_values(stream: ByteStream, log: FaultLog, expand: Expand | None = None) -> Iterator[Chunk]:
    """Yield the objects of a JSON text as chunks; what is no object is a fault with its number."""
    records: list[Record] = []
    places: list[int] = []
    for number, value in enumerate(json_values(stream, log), 1):
        if not isinstance(value, dict):
            if value is not None:
                log.add("no object", log.at(number, "record"), "it is no JSON object and left out")
            continue
        found = [value] if expand is None else list(expand(value))
        for start in range(0, len(found), _MANY):
            part = found[start : start + _MANY]
            records += part
            places += [number] * len(part)
            if len(records) >= _MANY:
                yield chunk_of(records, places, "record")
                records, places = [], []
    if records:
        yield chunk_of(records, places, "record")


def json_values(stream: ByteStream, log: FaultLog) -> Iterator[Any]:
    """Yield the items of a top-level array, or the values that stand one after another."""
    text = _Text(decoded(stream.pieces(), stream.head(_HEAD)))
    text.skip(_BLANKS)
    is_array = text.take("[")
    number = 0
    while True:
        text.skip(_BLANKS)
        if text.is_over or (is_array and text.take("]")):
            break
        number += 1
        try:
            yield text.value()
        except _BrokenValueError as error:
            if not stream.damage:
                log.add("broken record", log.at(number, "record"), f"it is no JSON ({error}) and left out")
            yield None
            if not text.skip_to_next():
                break


def mended(value: Any) -> Any:
    """Return a decoded value whose texts are valid: half a character pair becomes U+FFFD."""
    if isinstance(value, str):
        return (
            value if value.isascii() else value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        )
    if isinstance(value, dict):
        return {mended(name): mended(item) for name, item in value.items()}
    if isinstance(value, list):
        return [mended(item) for item in value]
    return value


class _BrokenValueError(Exception):
    """What stands here is no JSON."""


class _Text:
    """A text that arrives in pieces, and a place in it."""

    def __init__(self, pieces: Iterator[str]) -> None:
        self._pieces = pieces
        self._text = ""
        self._at = 0
        self._ended = False
        self._decoder = DECODER

    @property
    def is_over(self) -> bool:
        return self._at >= len(self._text) and not self._more()

    def skip(self, pattern: re.Pattern[str]) -> None:
        """Go past what a pattern matches, which may be nothing."""
        while True:
            match = pattern.match(self._text, self._at)
            self._at = match.end() if match else self._at
            if self._at < len(self._text) or not self._more():
                return

    def take(self, mark: str) -> bool:
        """Go past a mark if it stands here."""
        found = self._text.startswith(mark, self._at)
        self._at += len(mark) if found else 0
        return found

    def value(self) -> Any:
        """Read one value; a number may go on in the next piece, so that none may end a piece."""
        while True:
            try:
                value, end = self._decoder.raw_decode(self._text, self._at)
            except (json.JSONDecodeError, RecursionError) as error:
                if not self._may_be_cut(error):
                    raise _BrokenValueError(str(error).partition(":")[0].lower()) from error
                continue
            except ValueError as error:  # CPython's limit on the digits of a number
                raise _BrokenValueError("a number has too many digits") from error
            if end < len(self._text) or not self._more():
                raw_has_pairs = _SURROGATE.search(self._text, self._at, end) is not None
                self._at = end
                return mended(value) if raw_has_pairs else value

    def skip_to_next(self) -> bool:
        """Go on behind a broken value, where the next object begins; False where none does."""
        while True:
            match = _NEXT.search(self._text, self._at)
            if match:
                self._at = match.end()
                return True
            self._at = max(self._at, len(self._text) - _NEAR_END)
            if not self._more():
                self._at = len(self._text)
                return False

    def _may_be_cut(self, error: Exception) -> bool:
        if isinstance(error, RecursionError) or len(self._text) - self._at > LONGEST_VALUE:
            return False
        assert isinstance(error, json.JSONDecodeError)  # noqa: S101 (for the type checker)
        is_near_end = error.pos >= len(self._text) - _NEAR_END or error.msg.startswith("Unterminated")
        # twice as much each time: reading a long value again and again stays linear
        return is_near_end and self._more(len(self._text) - self._at)

    def _more(self, least: int = 0) -> bool:
        """Add at least some characters; False where the text has ended."""
        parts = [self._text[self._at :]]
        got = 0
        while not self._ended and (got == 0 or got < least):
            piece = next(self._pieces, None)
            self._ended = piece is None
            if piece:
                parts.append(piece)
                got += len(piece)
        self._text, self._at = "".join(parts), 0
        return got > 0
