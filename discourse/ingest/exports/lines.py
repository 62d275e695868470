"""JSON lines to chunks: one typed decoding a block of lines, line by line only where one is broken."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from operator import attrgetter
from typing import Any

import msgspec

from discourse.ingest.archives import ByteStream, read_ahead
from discourse.ingest.exports.blocks import LONGEST_LINE, Block, blocks_of_lines
from discourse.ingest.exports.chunks import Chunk, chunk_of
from discourse.ingest.exports.encodings import as_utf8
from discourse.ingest.exports.faultlog import FaultLog
from discourse.ingest.exports.typed import kinds_of, parsed
from discourse.ingest.exports.values import DECODER, mended

Record = Mapping[str, Any]
Expand = Callable[[Record], Iterable[Record]]

_MOST_KINDS = 20  # times that records with new fields are learned, before all are read as they come
_HEAD = 1 << 16
_BROKEN = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)


def read_lines(stream: ByteStream, log: FaultLog, expand: Expand | None = None) -> Iterator[Chunk]:
    """Yield the records of JSON lines; a line that is none is a fault with its number."""
    decoder = _Decoder(log, expand)
    head = stream.head(_HEAD)
    blocks = blocks_of_lines(as_utf8(stream.pieces(), head))
    kinds = None if expand is not None else kinds_of(_first_records(head))
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

    def __init__(self, log: FaultLog, expand: Expand | None) -> None:
        self._log = log
        self._expand = expand
        self._names: dict[str, None] = {}
        self._kinds = 0
        self._typed: msgspec.json.Decoder[Any] | None = None
        self._plain = msgspec.json.Decoder(dict[str, Any])

    def decode(self, block: Block, *, is_last: bool) -> Chunk:
        """Return the records of some lines as columns."""
        if self._typed is not None:
            try:
                rows = self._typed.decode_lines(block.data)
            except _BROKEN:
                pass  # a new field or a broken line: both are found below
            else:
                columns = {
                    name: list(map(attrgetter(f"f{place}"), rows)) for place, name in enumerate(self._names)
                }
                return Chunk(columns, _places(block, len(rows)), "line")
        records, places = self._records(block, is_last=is_last)
        if self._expand is not None:
            pairs = [
                (post, at)
                for record, at in zip(records, places, strict=True)
                for post in self._expand(record)
            ]
            return chunk_of([post for post, _ in pairs], [at for _, at in pairs], "line")
        chunk = chunk_of(records, places, "line")
        self._learn(chunk.columns)
        return chunk

    def _records(self, block: Block, *, is_last: bool) -> tuple[list[Any], Sequence[int]]:
        try:
            records = self._plain.decode_lines(block.data)
        except _BROKEN:
            return self._one_by_one(block, is_last=is_last)
        return records, _places(block, len(records))

    def _one_by_one(self, block: Block, *, is_last: bool) -> tuple[list[Any], list[int]]:
        records, places = [], []
        lines = block.data.split(b"\n")
        for number, line in enumerate(lines, block.first_line):
            if not line.strip(b" \t\r\0\x1e"):
                continue
            record = _record_of(line)
            if record is not None:
                records.append(record)
                places.append(number)
            elif not (is_last and number == block.first_line + len(lines) - 1):
                self._log.add(
                    "broken line", self._log.at(number, "line"), "it is no JSON object and left out"
                )
        return records, places

    def _learn(self, names: Iterable[str]) -> None:
        """Make one record type of all fields seen so far; it refuses records that have others."""
        more = dict.fromkeys((*self._names, *names))
        if self._expand is not None or self._kinds >= _MOST_KINDS or (more == self._names and self._typed):
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


def _record_of(line: bytes) -> dict[str, Any] | None:
    try:
        record = msgspec.json.decode(line)
    except _BROKEN:
        record = _mended_record(line)
    return record if isinstance(record, dict) else None


def _mended_record(line: bytes) -> Any:
    """Read a line that has lone surrogates, NaN, control characters, or is not in UTF-8."""
    text = line.strip(b" \t\r\0\x1e").decode("utf-8", errors="discourse-windows-1252")
    try:
        return mended(DECODER.decode(text))
    except (ValueError, RecursionError):
        return None


def _places(block: Block, records: int) -> Sequence[int]:
    if block.lines == records:
        return range(block.first_line, block.first_line + records)
    return [number for number, line in enumerate(block.data.split(b"\n"), block.first_line) if line.strip()]
