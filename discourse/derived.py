"""What is worked out of the package's own files, kept as Python keeps its modules: in `__pycache__`.

Only what follows from the files that are installed is kept there, nothing of a user's. It is made anew when
one of them changes, and where nothing can be written it is worked out each time.
"""

import os
import sys
from collections.abc import Iterable
from contextlib import suppress
from hashlib import sha256
from importlib.util import cache_from_source
from pathlib import Path

from discourse import __version__

_HEAD = 64  # bytes of the digest that a file begins with


class Derived:
    """One thing that is worked out of some files.

    Parameters
    ----------
    name
        Of the file that keeps it; one of an earlier state is replaced.
    beside
        The module that works it out: it is kept beside its bytecode.
    files
        All files on which it rests, those that hold the code included.
    """

    def __init__(self, name: str, beside: str, files: Iterable[Path]) -> None:
        self._digest = _digest(files)
        self._path = Path(cache_from_source(beside)).with_name(f"{name}.{sys.implementation.cache_tag}.kept")

    def read(self) -> bytes | None:
        """Return it; None where it has not been kept, or of files that were others."""
        if self._digest is None:
            return None
        try:
            data = self._path.read_bytes()
        except OSError:
            return None
        head, told = data[:_HEAD], data[_HEAD:]
        return told if head == self._digest + sha256(told).hexdigest()[: _HEAD // 2].encode() else None

    def write(self, data: bytes) -> None:
        """Keep it; nothing happens where no file can be written."""
        if self._digest is None:
            return
        head = self._digest + sha256(data).hexdigest()[: _HEAD // 2].encode()
        partial = self._path.with_name(f"{self._path.name}.{os.getpid()}")  # two programs may write at a time
        with suppress(OSError):
            try:
                self._path.parent.mkdir(parents=True, exist_ok=True)
                partial.write_bytes(head + data)
                partial.replace(self._path)
            finally:
                partial.unlink(missing_ok=True)


def _digest(files: Iterable[Path]) -> bytes | None:
    """Return a digest of files and of what runs them; None where one cannot be read."""
    whole = sha256(f"{__version__} {sys.version}".encode())
    for path in sorted(files):
        try:
            data = path.read_bytes()
        except OSError:  # a package that is no folder
            return None
        whole.update(f"\n{path.name} {len(data)}\n".encode() + data)
    return whole.hexdigest()[: _HEAD // 2].encode()
