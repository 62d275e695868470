"""Folders and files at any address that fsspec knows; a file appears there whole or not at all."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from secrets import token_hex
from tempfile import TemporaryDirectory
from typing import IO, Any

from msgspec import Struct

from discourse.errors import DiscourseError


def is_address(name: str) -> bool:
    """Say whether a name has a protocol (`s3://bucket/dump.zst`), and is no plain path."""
    return "://" in name


class Place(Struct, frozen=True, dict=True):
    """A folder at an address: a plain path, or a URL with one of fsspec's protocols."""

    address: str

    @cached_property
    def _found(self) -> tuple[Any, str]:
        from fsspec.core import url_to_fs  # noqa: PLC0415 - small runs never need it

        try:
            system, root = url_to_fs(self.address)
        except (ImportError, ValueError) as error:
            raise DiscourseError(
                where=self.address,
                problem=f"the address cannot be used ({str(error) or type(error).__name__})",
                fix="Check it, and install the fsspec package of its protocol (s3fs, gcsfs, adlfs …)",
            ) from error
        return system, root.rstrip("/")

    def __getstate__(self) -> dict[str, str]:
        """Keep the address alone: every process makes its own connection."""
        return {"address": self.address}

    @property
    def is_local(self) -> bool:
        """Whether it is a folder of this machine."""
        from fsspec.implementations.local import LocalFileSystem  # noqa: PLC0415

        return isinstance(self._found[0], LocalFileSystem)

    @property
    def path(self) -> Path:
        """The folder as a path; of a local place only."""
        return Path(self._found[1])

    def full(self, name: str) -> str:
        """Return a file's path as its file system has it."""
        return f"{self._found[1]}/{name}" if name else self._found[1]

    def below(self, name: str) -> "Place":
        """Return a folder within it."""
        return Place(f"{self.address.rstrip('/')}/{name}")

    def exists(self, name: str = "") -> bool:
        """Say whether a file or folder is there."""
        with _told(self.address):
            return bool(self._found[0].exists(self.full(name)))

    def names(self, folder: str = "") -> list[str]:
        """Return the names of the files and folders in a folder, sorted; none where there is no folder."""
        system = self._found[0]
        with _told(self.address):
            system.invalidate_cache()
            if not system.isdir(self.full(folder)):
                return []
            found = system.ls(self.full(folder), detail=False)
        return sorted(name for name in (str(path).rstrip("/").rpartition("/")[2] for path in found) if name)

    @contextmanager
    def reading(self, name: str) -> Iterator[IO[bytes]]:
        """Open a file to be read.

        Raises
        ------
        FileNotFoundError
            Where it is not there.
        DiscourseError
            Where it cannot be read.
        """
        with _told(self.address), self._found[0].open(self.full(name), "rb") as file:
            yield file

    def read(self, name: str) -> bytes | None:
        """Return a file's bytes; None where it is not there."""
        try:
            with self.reading(name) as file:
                return file.read()
        except FileNotFoundError:
            return None

    @contextmanager
    def writing(self, name: str) -> Iterator[IO[bytes]]:
        """Open a file to be written; it takes its name, and an older one's place, when the block ends."""
        system, full = self._found[0], self.full(name)
        if self.is_local:
            with _told(self.address), _beside(Path(full)) as local:
                yield local
            return
        with _told(self.address), TemporaryDirectory(prefix="discourse-") as folder:
            # not every file system can take back what was half sent
            copy = Path(folder) / "file"
            with copy.open("wb") as file:
                yield file
            system.makedirs(full.rpartition("/")[0], exist_ok=True)
            system.put_file(str(copy), full)

    def write(self, name: str, content: bytes) -> None:
        """Write a file, whole or not at all."""
        with self.writing(name) as file:
            file.write(content)

    def remove(self, name: str = "") -> None:
        """Take a file, or a folder with all that is in it, away; nothing happens where there is none."""
        system = self._found[0]
        with _told(self.address):
            if system.exists(self.full(name)):
                system.rm(self.full(name), recursive=True)
            system.invalidate_cache()

    def remove_unfinished(self) -> None:
        """Take away what killed processes had begun to write; only folders of a machine keep such things."""
        if self.is_local:
            with _told(self.address):
                for path in self.path.rglob(".*.part"):
                    path.unlink(missing_ok=True)

    def fetch(self, name: str, to: Path) -> None:
        """Copy a file to this machine, piece by piece."""
        with _told(self.address):
            self._found[0].get_file(self.full(name), str(to))

    @contextmanager
    def here(self, folders: Iterable[str]) -> Iterator[Path]:
        """Give some of its folders on this machine: themselves, or copies that go when the block ends."""
        if self.is_local:
            yield self.path
            return
        with TemporaryDirectory(prefix="discourse-") as copy:
            for folder in folders:
                for name in self.names(folder):
                    target = Path(copy) / folder / name
                    target.parent.mkdir(exist_ok=True)
                    self.fetch(f"{folder}/{name}", target)
            yield Path(copy)


@contextmanager
def _beside(path: Path) -> Iterator[IO[bytes]]:
    """Write under another name in the same folder first: only there a change of name is one step."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f".{path.name}.{token_hex(6)}.part")  # two machines may write the same part
    try:
        with partial.open("wb") as file:
            yield file
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


@contextmanager
def _told(address: str) -> Iterator[None]:
    """Tell of what a file system refuses as of everything that the user can mend."""
    try:
        yield
    except FileNotFoundError:
        raise
    except OSError as error:
        raise DiscourseError(
            where=address,
            problem=f"it cannot be read or written ({error.strerror or error})",
            fix="Make room for it, check your rights there, or give another place",
        ) from error
