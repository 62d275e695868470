"""Where an export goes: a folder, or a file with its card beside it; nobody's work is written over."""

import json
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import file_digest
from pathlib import Path

from msgspec import Struct

from discourse.errors import DiscourseError
from discourse.exchange.card import CARD, FACTS, GENERATOR
from discourse.replacing import replaced, unwritable


def digests(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of each file below a folder, by its path there, but of the card for programs."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    found = {path.relative_to(folder).as_posix(): _digest(path) for path in files}
    return {name: digest for name, digest in found.items() if name != FACTS}


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


class FolderPlace(Struct, frozen=True):
    """A folder of its own for an export."""

    out: Path

    @property
    def card(self) -> Path:
        """Where the card for people stands."""
        return self.out / CARD

    def check(self) -> None:
        """Make sure that nothing stands there, or an earlier export as it was written.

        Raises
        ------
        DiscourseError
            Where somebody's files stand there, or somebody has worked in the export since.
        """
        try:
            if not self.out.exists() or (self.out.is_dir() and not any(self.out.iterdir())):
                return
            if not self.out.is_dir():
                raise _taken(self.out, "a file stands here")
            known = _written(self.out / FACTS)
            if known is None:
                raise _taken(self.out, "what stands here is no export")
            if changed := _differing(known, digests(self.out)):
                raise _taken(self.out, f"somebody has worked on the export that stands here ({changed})")
        except OSError as error:
            raise unwritable(self.out, error) from error

    @contextmanager
    def filled(self) -> Iterator[Path]:
        """Give an empty folder, which takes the place when the block ends well."""
        with replaced(self.out, self.check) as partial:
            yield partial


class FilePlace(Struct, frozen=True):
    """A file of its own for an export, with its card and whatever else belongs to it beside it."""

    out: Path
    main: str  # what the format calls the file

    @property
    def card(self) -> Path:
        """Where the card for people stands."""
        return self._beside(CARD)

    def _beside(self, name: str) -> Path:
        short = {self.main: "", CARD: ".card.md", FACTS: ".card.json"}
        return self.out.with_name(self.out.name + short.get(name, f".{name}"))

    def check(self) -> None:
        """Make sure that nothing stands there, or an earlier export as it was written; see `FolderPlace`."""
        try:
            known = _written(self._beside(FACTS))
            places = {name: self._beside(name) for name in (self.main, CARD, FACTS, *(known or ()))}
            there = {name: path for name, path in places.items() if path.exists()}
            if there and known is None:
                raise _taken(next(iter(there.values())), "what stands here is no export")
            there.pop(FACTS, None)  # ours, and not among its own digests
            now = {name: _digest(path) if path.is_file() else "" for name, path in there.items()}
            if known is not None and (changed := _differing(known, now)):
                raise _taken(self.out, f"somebody has worked on the export that stands here ({changed})")
        except OSError as error:
            raise unwritable(self.out, error) from error

    @contextmanager
    def filled(self) -> Iterator[Path]:
        """Give an empty folder, whose files take their places when the block ends well, the card last."""
        partial = None
        try:
            self.out.parent.mkdir(parents=True, exist_ok=True)
            partial = Path(tempfile.mkdtemp(prefix=f".{self.out.name}.", suffix=".part", dir=self.out.parent))
            yield partial
            self.check()
            names = sorted((path.name for path in partial.iterdir()), key=lambda name: (name == FACTS, name))
            for name in names:
                if name not in (self.main, CARD, FACTS) and self._beside(name).exists():
                    self._check_other(name)
            for name in names:
                (partial / name).replace(self._beside(name))
        except OSError as error:
            raise unwritable(self.out, error) from error
        finally:
            if partial is not None:
                shutil.rmtree(partial, ignore_errors=True)

    def _check_other(self, name: str) -> None:
        if name not in (_written(self._beside(FACTS)) or {}):
            raise _taken(self._beside(name), "what stands here is no export")


def _written(facts: Path) -> dict[str, str] | None:
    """Return the digests of an earlier export's files as it wrote them; None where none stands there."""
    with suppress(OSError, ValueError, RecursionError):
        known = json.loads(facts.read_text(encoding="utf-8"))
        if isinstance(known, dict) and known.get("generator") == GENERATOR:
            files = known.get("files")
            return (
                {str(name): str(digest) for name, digest in files.items()} if isinstance(files, dict) else {}
            )
    return None


def _differing(known: dict[str, str], now: dict[str, str]) -> str:
    """Name the first file that is not as it was written; empty where all are. One that is gone is no loss."""
    names = sorted(name for name, digest in now.items() if known.get(name) != digest)
    return names[0] if names else ""


def _taken(out: Path, what: str) -> DiscourseError:
    return DiscourseError(
        where=str(out),
        problem=f"the export would go here, and {what}",
        fix="Move it away or give another --out",
    )
