"""JSON values one after another, in arrays or not, value by value, never the whole text at once.

Whatever stands between two objects is passed over: an array may end and another begin, and nothing
behind a broken value is lost but what cannot be told from it.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from discourse.ingest.archives import ByteStream
from discourse.ingest.exports.chunks import Chunk, chunk_of
from discourse.ingest.exports.deep import closed, decode_deep
from discourse.ingest.exports.encodings import decoded
from discourse.ingest.exports.faultlog import FaultLog

LONGEST_VALUE = 1 << 28  # characters; a longer value is not read
_MANY = 2_000  # records in a chunk
_HEAD = 1 << 16
_PREFIX = re.compile(r"\s*(?:\)\]\}'?,?|(?:(?:var|let|const)\s{1,9})?[\w.$]{1,99}\s{0,9}[=(])?\s*(?=[\[{])")
_BETWEEN = re.compile(r"[\s,\x1e\0\[\];)]*")
_NEXT = r"\}\s*[,\]\[]*\s*(?=\{\s*\"%s)"
_BEHIND = re.compile(r"[\s,}]*")  # a list that was entered, and the ends of objects
_SURROGATE = re.compile(r"\\[uU][dD][89a-fA-F]")
# NaN is no JSON, but what some libraries write; control characters in texts likewise
DECODER = json.JSONDecoder(strict=False, parse_constant=lambda _name: None)
_NEAR_END = 32  # an error this near the end of what was read may be for want of the rest
_MOST_KEYS = 20

Record = Mapping[str, Any]
Expand = Callable[[Record], Iterable[Record]]
Inner = tuple[int, Callable[[Record, bool], Iterable[Record]]]


def read_values(
    stream: ByteStream, log: FaultLog, expand: Expand | None = None, inner: Inner | None = None
) -> Iterator[Chunk]:
    """Yield the objects of a JSON text as chunks; what is no object is a fault with its number.

    Parameters
    ----------
    expand
        Takes an object apart into posts.
    inner
        Where the text begins with an object that holds a long list: where the list's first item begins,
        and what takes its items apart, or what stands behind it.
    """
    records: list[Record] = []
    places: list[int] = []
    for number, value, is_item in json_values(stream, log, None if inner is None else inner[0]):
        if inner is not None:
            found = list(inner[1](value, is_item))
        else:
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


def json_values(
    stream: ByteStream, log: FaultLog, enter: int | None = None
) -> Iterator[tuple[int, dict[str, Any], bool]]:
    """Yield objects with their number from 1, whether they stand in arrays or one after another.

    Of the text of an object that is entered where its list begins: the items, then, with False, objects
    of what stands behind the list.
    """
    text = _Text(decoded(stream.pieces(), stream.head(_HEAD)))
    if enter is None:
        text.skip(_PREFIX)
    else:
        text.enter(enter)
    number, is_broken = 0, False
    while not text.is_over_after_marks():
        is_item = text.is_in_list()
        number += 1
        try:
            value = text.value()
        except _BrokenValueError as error:
            is_broken = True
            if not stream.damage:
                log.add("broken record", text.place(log, number), f"it is no JSON ({error}) and left out")
            if not text.skip_to_next():
                break
            continue
        if isinstance(value, dict):
            text.note_first_key(value)
            yield number, value, is_item
        elif value is not None:
            log.add("no object", text.place(log, number), "it is no JSON object and left out")
    if text.open_arrays > 0 and not is_broken and not stream.damage:
        log.add(
            "cut off", f"{log.source}, behind record {number}", "the list is not closed; it ends too soon"
        )


def skipped(text: str) -> int:
    """Return where the JSON of a text begins, behind blanks or what makes a script of it."""
    return _end(_PREFIX, text, 0)


def leading(text: str, most: int) -> list[dict[str, Any]]:
    """Return the first objects of a text; of the very first as much as there is, where the text ends."""
    found: list[dict[str, Any]] = []
    at = 0
    while len(found) < most and (at := _end(_BETWEEN, text, at)) < len(text):
        try:
            value, at = decoded_at(text, at)
        except ValueError:
            value = None if found else _closed(text, at)
            at = len(text)
        found += [value] if isinstance(value, dict) else []
    return found


def _closed(text: str, at: int) -> Any:
    whole = closed(text, at)
    try:
        return None if whole is None else decoded_at(whole, 0)[0]
    except ValueError:
        return None


def objects_in(text: str) -> tuple[list[dict[str, Any]], str]:
    """Return the objects in a short text, in arrays or not, and what behind them is no JSON."""
    found: list[dict[str, Any]] = []
    at = 0
    while (at := _end(_BETWEEN, text, at)) < len(text):
        try:
            value, at = decoded_at(text, at)
        except ValueError:
            break
        if not isinstance(value, dict):
            break
        found.append(value)
    return found, text[at:].strip()


def decoded_at(text: str, at: int) -> tuple[Any, int]:
    """Decode the value at some place, however deep it is nested; return it and where it ends.

    Raises
    ------
    ValueError
        Where it is no JSON.
    """
    try:
        value, end = DECODER.raw_decode(text, at)
    except RecursionError:
        value, end = decode_deep(text, at)
    if _SURROGATE.search(text, at, end):
        value = mended(value)
    return value, end


def mended(value: Any) -> Any:
    """Return a decoded value, changed in place: half a character pair in its texts becomes U+FFFD."""
    if isinstance(value, str):
        return _whole(value)
    waiting: list[Any] = [value] if isinstance(value, dict | list) else []
    while waiting:
        holder: Any = waiting.pop()
        for key, item in list(holder.items() if isinstance(holder, dict) else enumerate(holder)):
            if isinstance(key, str) and not key.isascii():
                holder[_whole(key)] = holder.pop(key)
            if isinstance(item, str):
                holder[_whole(key) if isinstance(key, str) else key] = _whole(item)
            elif isinstance(item, dict | list):
                waiting.append(item)
    return value


def _whole(text: str) -> str:
    return text if text.isascii() else text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _end(pattern: re.Pattern[str], text: str, at: int) -> int:
    match = pattern.match(text, at)
    return match.end() if match else at


class _BrokenValueError(Exception):
    """What stands here is no JSON."""


class _Text:
    """A text that arrives in pieces, and a place in it."""

    def __init__(self, pieces: Iterator[str]) -> None:
        self.open_arrays = 0  # brackets opened and not closed between values
        self._pieces = pieces
        self._text = ""
        self._at = 0
        self._ended = False
        self._lines = 0  # line breaks before `_text`
        self._first_keys: dict[str, None] = {}
        self._entered = False  # a list within an object

    def place(self, log: FaultLog, number: int) -> str:
        """Name where the reading stands: a record's number and the line."""
        return f"{log.at(number, 'record')} (line {1 + self._lines + self._text.count(chr(10), 0, self._at)})"

    def is_over_after_marks(self) -> bool:
        """Go past all that may stand between two values; say whether nothing follows."""
        self.skip(_BETWEEN)
        if self._entered and self.open_arrays <= 0:
            self.skip(_BEHIND)
        return self._at >= len(self._text)

    def enter(self, at: int) -> None:
        """Begin amid the text, at the first item of a list."""
        while len(self._text) < at and self._more():
            pass
        self._at, self.open_arrays, self._entered = at, 1, True

    def is_in_list(self) -> bool:
        """Say whether an item is next; a field behind the list entered becomes the first of an object."""
        if not self._entered or self.open_arrays > 0:
            return True
        if self._text.startswith('"', self._at):
            self._text, self._at = "{" + self._text[self._at :], 0
        return False

    def skip(self, pattern: re.Pattern[str]) -> None:
        """Go past what a pattern matches, which may be nothing."""
        if not self._text:
            self._more()
        while True:
            end = _end(pattern, self._text, self._at)
            passed = self._text[self._at : end]
            self.open_arrays += passed.count("[") - passed.count("]")
            self._at = end
            if self._at < len(self._text) or not self._more():
                return

    def note_first_key(self, value: dict[str, Any]) -> None:
        """Remember by which field an object begins, to know the next one behind a broken one."""
        if value and len(self._first_keys) < _MOST_KEYS:
            self._first_keys[next(iter(value))] = None

    def value(self) -> Any:
        """Read one value; a number may go on in the next piece, so that none may end a piece."""
        while True:
            try:
                value, end = decoded_at(self._text, self._at)
            except json.JSONDecodeError as error:
                if not self._may_be_cut(error):
                    raise _BrokenValueError(str(error).partition(":")[0].lower()) from error
                continue
            except ValueError as error:  # CPython's limit on the digits of a number
                raise _BrokenValueError("a number has too many digits") from error
            if end < len(self._text) or not self._more():
                self._at = end
                return value

    def skip_to_next(self) -> bool:
        """Go on behind a broken value, where the next object begins; False where none does."""
        keys = "|".join(map(re.escape, self._first_keys))
        pattern = re.compile(_NEXT % (f'(?:{keys})"' if keys else ""))
        while True:
            match = pattern.search(self._text, self._at)
            if match:
                self._at = match.end()
                return True
            self._at = max(self._at, len(self._text) - _NEAR_END * 4)
            if not self._more():
                self._at = len(self._text)
                return False

    def _may_be_cut(self, error: json.JSONDecodeError) -> bool:
        if len(self._text) - self._at > LONGEST_VALUE:
            return False
        is_near_end = error.pos >= len(self._text) - _NEAR_END or error.msg.startswith("Unterminated")
        # twice as much each time: reading a long value again and again stays linear
        return is_near_end and self._more(len(self._text) - self._at)

    def _more(self, least: int = 0) -> bool:
        """Add at least some characters; False where the text has ended."""
        self._lines += self._text.count("\n", 0, self._at)
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
