"""Files as they stand on disk: their first bytes, their hash, and why one cannot be opened."""

import hashlib
import os
from pathlib import Path

from discourse.errors import UnreadableSourceError

PIECE = 1 << 20  # bytes read at a time


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
        raise unreadable(str(path), "there is no such file", "Check the name") from error
    except (OSError, ValueError) as error:
        raise unreadable(str(path), f"it cannot be opened ({why(error)})") from error


def hash_of(path: Path) -> str:
    """Return the SHA-256 of a file's bytes in lower-case hex, read piece by piece.

    Of a folder: that of the lines "HASH  NAME" of the files directly in it, sorted by name.
    """
    if path.is_dir():
        return _hash_of_folder(path)
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise unreadable(str(path), f"it cannot be opened ({why(error)})") from error


def _hash_of_folder(path: Path) -> str:
    digest = hashlib.sha256()
    for file in sorted(path.iterdir()):
        if file.is_file():
            digest.update(hash_of(file).encode() + b"  " + os.fsencode(file.name) + b"\n")
    return digest.hexdigest()


def unreadable(
    where: str, problem: str, fix: str = "Check the file, or fetch it again"
) -> UnreadableSourceError:
    """Return the error for a file that cannot be read, to be raised."""
    return UnreadableSourceError(where=where, problem=problem, fix=fix)


def why(error: BaseException) -> str:
    """Return what an error says, in lower case and without its full stop."""
    return (getattr(error, "strerror", None) or str(error) or type(error).__name__).lower().rstrip(".")
