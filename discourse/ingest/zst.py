"""Zstandard files as streams: several frames, long windows, and what stands before damage in a cut one."""

from collections.abc import Iterator
from typing import IO, Any

import zstandard

ENDS_SOON = "the packed file ends in the middle"
DAMAGE: type[Exception] = zstandard.ZstdError

_FIRST_PIECE, _PIECE = 1 << 17, 1 << 20  # unpacked bytes; often no more than a file's beginning is wanted
_SMALL_READ, _SMALL_PIECE = 1 << 17, 1 << 15  # near the damage, what the library holds back is lost
_WINDOW = 1 << 31  # dumps of whole sites are packed with `zstd --long=31`
_LONGEST_HEADER = 18


def zst_pieces(file: IO[bytes]) -> Iterator[bytes]:
    """Yield unpacked bytes.

    Raises
    ------
    EOFError
        Behind all that can be unpacked, where the file is damaged or was cut off.
    """
    unpacker = zstandard.ZstdDecompressor(max_window_size=_WINDOW)
    given = 0
    try:
        # few large pieces: each gives the interpreter's lock back and waits for it again
        with unpacker.stream_reader(file, read_size=_PIECE, read_across_frames=True, closefd=False) as reader:
            while piece := reader.read(_PIECE if given else _FIRST_PIECE):
                given += len(piece)
                yield piece
        is_damaged = False
    except DAMAGE:
        is_damaged = True
    # the library takes a file that was cut off for one that ends
    if is_damaged or not _ends_with_a_frame(file):
        file.seek(0)
        yield from _up_to_the_damage(unpacker, file, given)
        raise EOFError(ENDS_SOON)


def _up_to_the_damage(unpacker: Any, file: IO[bytes], skip: int) -> Iterator[bytes]:
    """Read again, in small pieces, what stands between some bytes and the damage."""
    reading = unpacker.stream_reader(file, read_size=_SMALL_READ, read_across_frames=True, closefd=False)
    with reading as reader:
        while piece := reader.read(_SMALL_PIECE):
            if skip < len(piece):
                yield piece[skip:]
            skip = max(0, skip - len(piece))


def _ends_with_a_frame(file: IO[bytes]) -> bool:
    """Walk over a file's frames without unpacking them; say whether the last one is whole."""
    end = file.seek(0, 2)
    at: int | None = 0
    while at is not None and at < end:
        at = _behind_frame(file, at)
    return at == end


def _behind_frame(file: IO[bytes], at: int) -> int | None:
    """Return where the frame at some place ends; None where it is none, or cut off."""
    file.seek(at)
    head = file.read(_LONGEST_HEADER)
    if head[1:4] == b"\x2a\x4d\x18" and head[0] >> 4 == 5:  # a skippable frame
        return at + 8 + int.from_bytes(head[4:8], "little")
    try:
        behind = _behind_blocks(file, at + zstandard.frame_header_size(head))
    except DAMAGE:
        return None
    checksum = 4 if head[4] & 4 else 0
    return None if behind is None else behind + checksum


def _behind_blocks(file: IO[bytes], at: int) -> int | None:
    last = False
    while not last:
        file.seek(at)
        if len(mark := file.read(3)) < 3:
            return None
        block = int.from_bytes(mark, "little")
        last, kind = bool(block & 1), block >> 1 & 3
        at += 3 + (1 if kind == 1 else block >> 3)
    return at
