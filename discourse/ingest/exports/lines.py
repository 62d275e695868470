"""JSON lines to chunks: one typed decoding a block of lines, line by line only where one is broken."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from operator import attrgetter
from typing import Any

import msgspec

from discourse.ingest.archives import ByteStream
from discourse.ingest.exports.blocks import LONGEST_LINE, Block, blocks_of_lines
from discourse.ingest.exports.chunks import Chunk, chunk_of
from discourse.ingest.exports.encodings import Codec, as_utf8, plain_encoding
from discourse.ingest.exports.faultlog import FaultLog
from discourse.ingest.exports.typed import kinds_of, parsed
from discourse.ingest.exports.unfold import are_nested, may_nest
from discourse.ingest.exports.values import decoded_at, objects_in
from discourse.ingest.readahead import read_ahead

Record = Mapping[str, Any]
Expand = Callable[[Record], Iterable[Record]]

_MOST_KINDS = 20  # times that records with new fields are learned, before all are read as they come
_MOST_TRIES, _MOST_LINES = 50, 2_000  # to read an object over several lines: times a block, lines
_HEAD = 1 << 16
_BROKEN = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)


def read_lines(
    stream: ByteStream, log: FaultLog, expand: Expand | None = None, *, is_lazy: bool = False
) -> Iterator[Chunk]:
    """Yield the records of JSON lines; a line that is none is a fault with its number.

    Parameters
    ----------
    expand
        Takes a record apart into posts.
    is_lazy
        Whether it leaves a flat record as it is, and need not be asked for it.
    """
    decoder = _Decoder(log, expand, is_lazy=is_lazy)
    head = stream.head(_HEAD)
    blocks = blocks_of_lines(as_utf8(stream.pieces(), head))
    kinds = None if expand is not None and not is_lazy else kinds_of(_first_records(head))
    for block in blocks if not kinds else read_ahead(parsed(blocks, kinds)):
        if block.table is not None:
            names = block.table.column_names
            columns = {name: block.table.column(place).chunk(0) for place, name in enumerate(names)}
            yield Chunk(columns, range(block.first_line, block.first_line + block.lines), "line")
        elif block.data:
            chunk = decoder.decode(block, is_last=not block.data.endswith(b"\n") and bool(stream.damage))
            if len(chunk):
                yield chunk
        else:
            problem = f"it is longer than {LONGEST_LINE >> 20} MB and left out"
            log.add("broken line", log.at(block.first_line, "line"), problem)


def _first_records(head: bytes) -> list[dict[str, Any]]:
    whole = head[: head.rfind(b"\n") + 1].removeprefix(b"\xef\xbb\xbf")
    return [record for line in whole.split(b"\n") if line and (record := _record_of(line)) is not None]


class _Decoder:
    """Learns the fields that records have and decodes blocks of lines into columns."""

    def __init__(self, log: FaultLog, expand: Expand | None, *, is_lazy: bool) -> None:
        self._log = log
        self._is_lazy = is_lazy
        self._expand = expand
        self._names: dict[str, None] = {}
        self._kinds = 0
        self._codec: Codec | None = None
        self._typed: msgspec.json.Decoder[Any] | None = None
        self._plain = msgspec.json.Decoder(dict[str, Any])

    def decode(self, block: Block, *, is_last: bool) -> Chunk:
        """Return the records of some lines as columns."""
        if self._codec is not None:
            block.data = self._in_utf8(block.data)
        if (chunk := self._typed_chunk(block)) is not None:
            return chunk
        if self._codec is None:
            block.data = self._in_utf8(block.data)
        records, places = self._records(block, is_last=is_last)
        if self._expand is not None and (not self._is_lazy or any(map(may_nest, records))):
            pairs = [
                (post, at)
                for record, at in zip(records, places, strict=True)
                for post in self._expand(record)
            ]
            return chunk_of([post for post, _ in pairs], [at for _, at in pairs], "line")
        chunk = chunk_of(records, places, "line")
        self._learn(chunk.columns)
        return chunk

    def _typed_chunk(self, block: Block) -> Chunk | None:
        """Return lines decoded at once; None where one has a new field, or is broken."""
        if self._typed is None:
            return None
        try:
            rows = self._typed.decode_lines(block.data)
        except _BROKEN:
            return None
        if (places := _places(block, len(rows))) is None:
            return None
        columns = {name: list(map(attrgetter(f"f{place}"), rows)) for place, name in enumerate(self._names)}
        if self._expand is not None and are_nested(columns):
            return None
        return Chunk(columns, places, "line")

    def _in_utf8(self, data: bytes) -> bytes:
        """Return lines of an older encoding, told where bytes first are no UTF-8, in UTF-8."""
        if _is_utf8(data):
            return data
        self._codec = self._codec or plain_encoding(data)
        return (
            data if self._codec[0] == "utf-8" else data.decode(*self._codec).encode("utf-8", errors="replace")
        )

    def _records(self, block: Block, *, is_last: bool) -> tuple[list[Any], Sequence[int]]:
        try:
            records = self._plain.decode_lines(block.data)
        except _BROKEN:
            return self._one_by_one(block, is_last=is_last)
        if (places := _places(block, len(records))) is None:
            return self._one_by_one(block, is_last=is_last)
        return records, places

    def _one_by_one(self, block: Block, *, is_last: bool) -> tuple[list[Any], list[int]]:
        records: list[Any] = []
        places: list[int] = []
        lines = block.data.split(b"\n")
        place, tries = 0, _MOST_TRIES
        while place < len(lines):
            found, problem = _records_of(lines[place])
            used = 1
            if problem and not found and tries and (more := _over_lines(lines, place)) is not None:
                found, used = more
                problem = ""
            elif problem:
                tries -= 1
                if not (is_last and place == len(lines) - 1):
                    self._log.add(
                        "broken line",
                        self._log.at(block.first_line + place, "line"),
                        f"{problem} and left out",
                    )
            records += found
            places += [block.first_line + place] * len(found)
            place += used
        return records, places

    def _learn(self, names: Iterable[str]) -> None:
        """Make one record type of all fields seen so far; it refuses records that have others."""
        more = dict.fromkeys((*self._names, *names))
        if (
            (self._expand is not None and not self._is_lazy)
            or self._kinds >= _MOST_KINDS
            or (more == self._names and self._typed)
        ):
            self._typed = self._typed if more == self._names else None
            return
        self._names = more
        self._kinds += 1
        fields = [(f"f{place}", Any, None) for place in range(len(more))]
        rename = {f"f{place}": name for place, name in enumerate(more)}
        try:
            kind = msgspec.defstruct("Line", fields, rename=rename, forbid_unknown_fields=True, gc=False)
            self._typed = msgspec.json.Decoder(kind)
        except ValueError:  # a name that no field can have
            self._typed, self._kinds = None, _MOST_KINDS


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _record_of(line: bytes) -> dict[str, Any] | None:
    found, _ = _records_of(line)
    return found[0] if found else None


def _records_of(line: bytes) -> tuple[list[dict[str, Any]], str]:
    """Return the objects that stand on a line, as a rule one, and what is wrong with the rest."""
    try:
        record = msgspec.json.decode(line)
    except _BROKEN:
        # lone surrogates, NaN, control characters, several objects, an array, or no UTF-8
        found, rest = objects_in(_text_of(line))
        if not rest:
            return found, ""
        return found, "it is no JSON object" if not found else "it goes on with what is no JSON object"
    found = [item for item in (record if isinstance(record, list) else [record]) if isinstance(item, dict)]
    return found, "" if found else "it is no JSON object"


def _over_lines(lines: list[bytes], place: int) -> tuple[list[dict[str, Any]], int] | None:
    """Return an object that begins on a line and ends on a later one, and how many lines it takes."""
    if lines[place].lstrip()[:1] not in (b"{", b"["):
        return None
    text = _text_of(b"\n".join(lines[place : place + _MOST_LINES]))
    try:
        value, end = decoded_at(text, 0)
    except ValueError:
        return None
    used = 1 + text.count("\n", 0, end)
    behind = text[end:].partition("\n")[0]
    found = [item for item in (value if isinstance(value, list) else [value]) if isinstance(item, dict)]
    return (found, used) if found and not behind.strip(" \t\r,]") else None


def _text_of(line: bytes) -> str:
    return line.strip(b" \t\r\n\0\x1e").decode("utf-8", errors="discourse-windows-1252")


def _places(block: Block, records: int) -> Sequence[int] | None:
    """Return the line of each record; None where they do not stand on a line each."""
    if block.lines == records:
        return range(block.first_line, block.first_line + records)
    lines = enumerate(block.data.split(b"\n"), block.first_line)
    places = [number for number, line in lines if line.strip()]
    return places if len(places) == records else None
