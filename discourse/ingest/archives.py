"""Files, packed or not, as streams of bytes that hold a bounded piece in memory at a time.

What a file is packed with is told from its first bytes, not from its name. A packed file that
ends too soon, or is damaged further on, gives what can be unpacked and says so in `damage`.
"""

import lzma
import zipfile
import zlib
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from discourse.ingest.files import PIECE, first_bytes, unreadable, why
from discourse.ingest.readahead import read_ahead
from discourse.ingest.unpacking import packing_of, unpacked

# no bound on size, since real dumps have hundreds of gigabytes; but text never packs a thousandfold
_RATIO, _FREE = 1000, 1 << 30
_TAR = b"ustar"
_DAMAGE = (EOFError, OSError, zlib.error, lzma.LZMAError, zipfile.BadZipFile, ValueError)


class ByteStream:
    """The unpacked bytes of one file, read once from its beginning to its end.

    Attributes
    ----------
    where
        The file, and its member where it is a zip.
    packing
        What it is packed with; None where with nothing.
    damage
        Set while reading: why the stream ended before the file did; None where it did not.
    """

    def __init__(self, where: str, pieces: Iterator[bytes], size: int, packing: str | None) -> None:
        self.where = where
        self.packing = packing
        self.damage: str | None = None
        self._pieces = pieces
        self._size = size  # packed bytes
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
        yield from chain(held, rest if self.packing is None else read_ahead(rest))

    def _guarded(self) -> Iterator[bytes]:
        damage: tuple[type[Exception], ...] = (*_DAMAGE, *_zstd_errors(self.packing))
        try:
            for piece in self._pieces:
                self._given += len(piece)
                self._check_size()
                yield piece
        except damage as error:
            if self._given == 0:
                raise unreadable(self.where, f"it cannot be unpacked ({why(error)})") from error
            self.damage = why(error)

    def _check_size(self) -> None:
        if self.packing is not None and self._given > max(_FREE, _RATIO * self._size):
            raise unreadable(
                self.where,
                f"it unpacks to more than {_RATIO} times its size, which no text does",
                "Unpack it yourself if you trust it, and name the unpacked file",
            )


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
        return _only_member(path)
    stream = ByteStream(str(path), unpacked(path, packing), path.stat().st_size, packing)
    if stream.head(262)[257:] == _TAR:
        raise unreadable(str(path), "it is a tar archive", "Unpack it and name the files")
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


def _only_member(path: Path) -> ByteStream:
    members = zip_members(path)
    if len(members) != 1:
        raise unreadable(str(path), f"it holds {len(members)} files", "Unpack it and name the files")
    return open_member(path, members[0])


def _member_pieces(path: Path, member: str) -> Iterator[bytes]:
    with _zip_of(path) as archive:
        try:
            file = archive.open(member)
        except (RuntimeError, NotImplementedError) as error:  # it asks for a password, or is packed otherwise
            raise unreadable(f"{path}:{member}", why(error), "Unpack it and name the files") from error
        with file:
            yield from iter(lambda: file.read(PIECE), b"")


def _zip_of(path: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise unreadable(str(path), f"it cannot be unpacked ({why(error)})") from error


def _zstd_errors(packing: str | None) -> tuple[type[Exception], ...]:
    if packing != "zst":
        return ()
    from discourse.ingest.zst import DAMAGE  # noqa: PLC0415 - most files need it not

    return (DAMAGE,)
