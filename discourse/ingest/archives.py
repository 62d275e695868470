"""Files, packed or not, as streams of bytes that hold a bounded piece in memory at a time.

What a file is packed with is told from its first bytes, not from its name. A packed file that
ends too soon, or is damaged further on, gives what can be unpacked and says so in `damage`.
"""

import bz2
import hashlib
import lzma
import os
import queue
import threading
import zipfile
import zlib
from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path
from typing import IO, Any, Protocol, TypeVar

from discourse.errors import UnreadableSourceError

PIECE = 1 << 20  # bytes handed on at a time
_READ = 1 << 17  # packed bytes read at a time
_LARGE_PIECE = 1 << 20
_SMALL_PIECE = 1 << 15
_AHEAD = 2  # pieces that may wait, unpacked in another thread
# no bound on size, since real dumps have hundreds of gigabytes; but text never packs a thousandfold
_RATIO, _FREE = 1000, 1 << 30
_WINDOW = 1 << 31  # dumps of whole sites are packed with `zstd --long=31`
_XZ_MEMORY = 1 << 29
_TAR = b"ustar"

_MAGIC = (
    (b"\x1f\x8b", "gz"),
    (b"\x28\xb5\x2f\xfd", "zst"),
    (b"BZh", "bz2"),
    (b"\xfd7zXZ\0", "xz"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
)
_DAMAGE = (EOFError, OSError, zlib.error, lzma.LZMAError, zipfile.BadZipFile, ValueError)
_ENDS_SOON = "the packed file ends in the middle"


Item = TypeVar("Item")


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
    """`zlib` behind the same interface: never more than `max_length` bytes at a time."""

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


def packing_of(head: bytes) -> str | None:
    """Name what a file is packed with (gz, zst, bz2, xz, zip) by its first bytes; None where with nothing."""
    return next((name for magic, name in _MAGIC if head.startswith(magic)), None)


class ByteStream:
    """The unpacked bytes of one file, read once from its beginning to its end.

    Attributes
    ----------
    where
        The file, and its member where it is a zip.
    damage
        Set while reading: why the stream ended before the file did; None where it did not.
    """

    def __init__(self, where: str, pieces: Iterator[bytes], size: int, packing: str | None) -> None:
        self.where = where
        self.damage: str | None = None
        self._pieces = pieces
        self._size = size  # packed bytes
        self._packing = packing
        self._head: list[bytes] = []
        self._given = 0  # unpacked bytes

    def head(self, size: int) -> bytes:
        """Return the first bytes, at most `size` of them, without using them up."""
        held = sum(map(len, self._head))
        guarded = self._guarded()
        while held < size and (piece := next(guarded, None)) is not None:
            self._head.append(piece)
            held += len(piece)
        return b"".join(self._head)[:size]

    def pieces(self) -> Iterator[bytes]:
        """Yield the bytes in pieces of about a megabyte; packed ones are unpacked in another thread."""
        held, self._head = self._head, []
        rest = self._guarded()
        yield from chain(held, rest if self._packing is None else read_ahead(rest))

    def _guarded(self) -> Iterator[bytes]:
        try:
            for piece in self._pieces:
                self._given += len(piece)
                if self._packing is not None and self._given > max(_FREE, _RATIO * self._size):
                    raise UnreadableSourceError(
                        where=self.where,
                        problem=f"it unpacks to more than {_RATIO} times its size, which no text does",
                        fix="Unpack it yourself if you trust it, and name the unpacked file",
                    )
                yield piece
        except (*_DAMAGE, _zstd_error()) as error:
            if self._given == 0:
                raise _unreadable(self.where, f"it cannot be unpacked ({_why(error)})") from error
            self.damage = _why(error)


def open_stream(path: Path) -> ByteStream:
    """Open a file, unpacked as its first bytes ask for; of a zip, its only member.

    Raises
    ------
    UnreadableSourceError
        Where there is no such file, it cannot be opened, or it is a tar or a zip of several files.
    """
    head = first_bytes(path, 512)
    packing = packing_of(head)
    if packing == "zip":
        members = zip_members(path)
        if len(members) != 1:
            raise _unreadable(str(path), f"it holds {len(members)} files", "Unpack it and name the files")
        return open_member(path, members[0])
    stream = ByteStream(str(path), _unpacked(path, packing), path.stat().st_size, packing)
    if stream.head(262)[257:] == _TAR:
        raise _unreadable(str(path), "it is a tar archive", "Unpack it and name the files")
    return stream


def open_member(path: Path, member: str) -> ByteStream:
    """Open one file of a zip; nothing is written to disk, so its name cannot lead anywhere."""
    size = _zip_of(path).getinfo(member).compress_size
    return ByteStream(f"{path}:{member}", _member_pieces(path, member), size, "zip")


def zip_members(path: Path) -> list[str]:
    """Name the files in a zip, without folders and the shadow files that macOS adds."""
    return [
        info.filename
        for info in _zip_of(path).infolist()
        if not info.is_dir()
        and not info.filename.startswith("__MACOSX/")
        and not info.filename.rsplit("/", 1)[-1].startswith("._")
    ]


def hash_of(path: Path) -> str:
    """Return the SHA-256 of a file's bytes in lower-case hex, read piece by piece.

    Of a folder: that of the lines "HASH  NAME" of the files directly in it, sorted by name.
    """
    digest = hashlib.sha256()
    if path.is_dir():
        for file in sorted(path.iterdir()):
            if file.is_file():
                digest.update(hash_of(file).encode() + b"  " + os.fsencode(file.name) + b"\n")
        return digest.hexdigest()
    try:
        with path.open("rb") as file_bytes:
            while piece := file_bytes.read(PIECE):
                digest.update(piece)
    except OSError as error:
        raise _unreadable(str(path), f"it cannot be opened ({_why(error)})") from error
    return digest.hexdigest()


def read_ahead(items: Iterator[Item]) -> Iterator[Item]:
    """Yield the same items while another thread fetches the next few; its errors are raised here."""
    waiting: queue.Queue[tuple[Item | None, BaseException | None]] = queue.Queue(_AHEAD)
    left = threading.Event()

    def fetch() -> None:
        try:
            for item in items:
                if not _offer(waiting, (item, None), left):
                    return
            _offer(waiting, (None, None), left)
        except BaseException as error:  # handed over, whatever it is
            _offer(waiting, (None, error), left)

    thread = threading.Thread(target=fetch, daemon=True)
    thread.start()
    try:
        while True:
            item, error = waiting.get()
            if error is not None:
                raise error
            if item is None:
                return
            yield item
    finally:
        left.set()
        thread.join()


def _offer(waiting: queue.Queue[Any], item: object, left: threading.Event) -> bool:
    while not left.is_set():
        try:
            waiting.put(item, timeout=0.1)
        except queue.Full:
            continue
        return True
    return False


def first_bytes(path: Path, size: int) -> bytes:
    """Return a file's first bytes as they stand on disk; an empty file has none.

    Raises
    ------
    UnreadableSourceError
        Where there is no such file, or it cannot be opened.
    """
    try:
        with path.open("rb") as file:
            return file.read(size)
    except FileNotFoundError as error:
        raise _unreadable(str(path), "there is no such file", "Check the name") from error
    except (OSError, ValueError) as error:
        raise _unreadable(str(path), f"it cannot be opened ({_why(error)})") from error


def _unpacked(path: Path, packing: str | None) -> Iterator[bytes]:
    makers: dict[str, Callable[[], _Unpacker]] = {
        "gz": _Gunzip,
        "bz2": bz2.BZ2Decompressor,
        "xz": lambda: lzma.LZMADecompressor(memlimit=_XZ_MEMORY),
    }
    with path.open("rb") as file:
        if packing == "zst":
            yield from _zst_pieces(file)
        elif packing is not None:
            yield from _inflated(file, makers[packing])
        else:
            yield from iter(lambda: file.read(PIECE), b"")


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


def _zst_pieces(file: IO[bytes]) -> Iterator[bytes]:
    import zstandard  # noqa: PLC0415

    unpacker = zstandard.ZstdDecompressor(max_window_size=_WINDOW)
    given = 0
    try:
        # few large pieces: each gives the interpreter's lock back and waits for it again
        with unpacker.stream_reader(file, read_size=PIECE, read_across_frames=True, closefd=False) as reader:
            # but the first is small: often no more than a file's beginning is wanted
            while piece := reader.read(_LARGE_PIECE if given else _READ):
                given += len(piece)
                yield piece
        is_damaged = False
    except zstandard.ZstdError:
        is_damaged = True
    # the library takes a file that was cut off for one that ends
    if is_damaged or not _ends_with_a_frame(file):
        file.seek(0)
        yield from _up_to_the_damage(unpacker, file, given)
        raise EOFError(_ENDS_SOON)


def _up_to_the_damage(unpacker: Any, file: IO[bytes], skip: int) -> Iterator[bytes]:
    """Read again, in small pieces, what stands between some bytes and the damage."""
    with unpacker.stream_reader(file, read_size=_READ, read_across_frames=True, closefd=False) as reader:
        while piece := reader.read(_SMALL_PIECE):
            if skip < len(piece):
                yield piece[skip:]
            skip = max(0, skip - len(piece))


def _ends_with_a_frame(file: IO[bytes]) -> bool:
    """Walk over the blocks of a zst file without unpacking them; say whether the last frame is whole."""
    import zstandard  # noqa: PLC0415

    end = file.seek(0, 2)
    at = 0
    while at < end:
        file.seek(at)
        head = file.read(18)
        if head[1:4] == b"\x2a\x4d\x18" and head[0] >> 4 == 5:  # a skippable frame
            at += 8 + int.from_bytes(head[4:8], "little")
            continue
        try:
            at += zstandard.frame_header_size(head)
        except zstandard.ZstdError:
            return False
        last = False
        while not last:
            file.seek(at)
            block = int.from_bytes(mark, "little") if len(mark := file.read(3)) == 3 else -1
            if block < 0:
                return False
            last, kind = bool(block & 1), block >> 1 & 3
            at += 3 + (1 if kind == 1 else block >> 3)
        at += 4 if head[4] & 4 else 0  # the frame's checksum
    return at == end


def _member_pieces(path: Path, member: str) -> Iterator[bytes]:
    with _zip_of(path) as archive:
        try:
            file = archive.open(member)
        except (RuntimeError, NotImplementedError) as error:  # it asks for a password, or is packed otherwise
            raise _unreadable(f"{path}:{member}", _why(error), "Unpack it and name the files") from error
        with file:
            yield from iter(lambda: file.read(PIECE), b"")


def _zip_of(path: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise _unreadable(str(path), f"it cannot be unpacked ({_why(error)})") from error


def _zstd_error() -> type[Exception]:
    import zstandard  # noqa: PLC0415

    return zstandard.ZstdError


def _unreadable(where: str, problem: str, fix: str = "Check the file, or fetch it again") -> Exception:
    return UnreadableSourceError(where=where, problem=problem, fix=fix)


def _why(error: BaseException) -> str:
    return (getattr(error, "strerror", None) or str(error) or type(error).__name__).lower().rstrip(".")
