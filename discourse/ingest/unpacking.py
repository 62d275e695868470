"""Packed bytes to plain ones, never more than a bounded piece at a time."""

import bz2
import lzma
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Protocol

from discourse.ingest.files import PIECE

_READ = 1 << 17  # packed bytes read at a time
_XZ_MEMORY = 1 << 29
_ENDS_SOON = "the packed file ends in the middle"

_MAGIC = (
    (b"\x1f\x8b", "gz"),
    (b"\x28\xb5\x2f\xfd", "zst"),
    (b"BZh", "bz2"),
    (b"\xfd7zXZ\0", "xz"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
)


def packing_of(head: bytes) -> str | None:
    """Name what a file is packed with (gz, zst, bz2, xz, zip) by its first bytes; None where with nothing."""
    return next((name for magic, name in _MAGIC if head.startswith(magic)), None)


def unpacked(path: Path, packing: str | None) -> Iterator[bytes]:
    """Yield a file's bytes, unpacked; a zip is not unpacked here.

    Raises
    ------
    EOFError, OSError, zlib.error, lzma.LZMAError, zst.DAMAGE
        Where the file is damaged, behind all that stands before the damage.
    """
    with path.open("rb") as file:
        if packing == "zst":
            from discourse.ingest.zst import zst_pieces  # noqa: PLC0415 - most files need it not

            yield from zst_pieces(file)
        elif packing is not None:
            yield from _inflated(file, _MAKERS[packing])
        else:
            yield from iter(lambda: file.read(PIECE), b"")


class _Unpacker(Protocol):
    """What the decompressors of `bz2` and `lzma` have in common."""

    @property
    def eof(self) -> bool: ...

    @property
    def needs_input(self) -> bool: ...

    @property
    def unused_data(self) -> bytes: ...

    def decompress(self, data: bytes, max_length: int = -1) -> bytes: ...


class _Gunzip:
    """`zlib` behind the same interface."""

    def __init__(self) -> None:
        self._inner = zlib.decompressobj(31)

    @property
    def eof(self) -> bool:
        return self._inner.eof

    @property
    def needs_input(self) -> bool:
        return not self._inner.unconsumed_tail

    @property
    def unused_data(self) -> bytes:
        return self._inner.unused_data

    def decompress(self, data: bytes, max_length: int = -1) -> bytes:
        return self._inner.decompress(self._inner.unconsumed_tail + data, max_length)


_MAKERS: dict[str, Callable[[], _Unpacker]] = {
    "gz": _Gunzip,
    "bz2": bz2.BZ2Decompressor,
    "xz": lambda: lzma.LZMADecompressor(memlimit=_XZ_MEMORY),
}


def _inflated(file: IO[bytes], make: Callable[[], _Unpacker]) -> Iterator[bytes]:
    """Unpack one member after another; zeros behind the last are padding."""
    unpacker, data = make(), b""
    fresh = True  # nothing of this member was read yet
    while True:
        if unpacker.eof:
            data = unpacker.unused_data.lstrip(b"\0")
            unpacker, fresh = make(), True
        if not data and unpacker.needs_input:
            data = file.read(_READ)
            data = data.lstrip(b"\0") if fresh else data
            if not data and fresh:
                return
            if not data:
                raise EOFError(_ENDS_SOON)
        piece, data, fresh = unpacker.decompress(data, PIECE), b"", False
        if piece:
            yield piece
