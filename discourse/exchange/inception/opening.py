"""XMI documents from a file, a folder or a zip, as INCEpTION exports them; all of it may be hostile."""

import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath
from xml.parsers import expat

from msgspec import Struct, field
from msgspec.structs import replace

from discourse.errors import DiscourseError
from discourse.labels.decisions import human

LARGEST = 32 * 2**20  # bytes of one document
MOST_BYTES = 8 * 2**30  # of all documents of an archive, unpacked
MOST_FILES = 200_000
_TYPES = "TypeSystem.xml"
_PROJECT = ("annotation", "curation")  # the folders of a project's export in which people's work stands
_NOBODY = "INITIAL_CAS"  # what INCEpTION calls the document before anybody has opened it


class Source(Struct, frozen=True):
    """One document as it stands in its file."""

    where: str
    xmi: bytes
    types: bytes | None  # the type system beside it
    user: str | None  # whose document it is, as human:NAME, where INCEpTION's folders say so


class _Shelf(Struct):
    """Files by name, in a folder or in an archive."""

    where: str
    names: list[str]  # with / between folders
    read: Callable[[str], bytes]
    inside: PurePosixPath = field(default_factory=PurePosixPath)  # where the archive lies in its own project


def sources(path: Path) -> Iterator[Source]:
    """Yield the documents of an .xmi file, of a .zip, or of a folder with such files in it.

    Of a project's export only what stands in `annotation/` and `curation/` counts: the rest is what went in.

    Raises
    ------
    DiscourseError
        Where it is nothing of the kind, damaged, or larger than it may be.
    """
    place = PurePosixPath(*path.resolve().parts[-3:])
    if path.is_dir():
        names = [file.relative_to(path).as_posix() for file in path.rglob("*") if file.is_file()]
        yield from _documents(_Shelf(str(path), names, lambda name: _from_disk(path / name), place))
    elif zipfile.is_zipfile(path):
        yield from _archive(path, str(path), place)
    else:
        types = path.parent / _TYPES
        beside = _from_disk(types) if types.is_file() else None
        yield Source(str(path), _from_disk(path), beside, _user(place))


def _documents(shelf: _Shelf, depth: int = 0) -> Iterator[Source]:
    names = sorted((name for name in shelf.names if _is_wanted(name)), key=_by_number)
    known = set(shelf.names)
    in_project = [name for name in names if set(PurePosixPath(name).parts[:-1]) & set(_PROJECT)]
    for name in in_project or names:
        place, where = PurePosixPath(name), f"{shelf.where}, {name}"
        if place.suffix.lower() == ".zip":
            if depth:
                raise _refused(where, "it is an archive in an archive in an archive")
            yield from _archive(io.BytesIO(shelf.read(name)), where, shelf.inside / place, depth + 1)
        elif place.stem != _NOBODY:
            types = next((str(up / _TYPES) for up in place.parents if str(up / _TYPES) in known), None)
            beside = shelf.read(types) if types else None
            yield Source(where, shelf.read(name), beside, _user(shelf.inside / place))


def _archive(file: io.BytesIO | Path, where: str, place: PurePosixPath, depth: int = 0) -> Iterator[Source]:
    """Yield the documents of an archive; nothing of it is written to a disk.

    Parameters
    ----------
    place
        Where the archive itself lies: INCEpTION names it after the user whose document it holds.
    """
    if place.stem == _NOBODY:
        return
    whose = _user(place)
    try:
        with zipfile.ZipFile(file) as archive:
            infos = {info.filename: info for info in archive.infolist() if not info.is_dir()}
            if len(infos) > MOST_FILES or sum(info.file_size for info in infos.values()) > MOST_BYTES:
                raise _refused(where, f"it holds more than {MOST_FILES:,} files or {MOST_BYTES // 2**30} GB")

            def read(name: str) -> bytes:
                with archive.open(infos[name]) as entry:
                    return _within(entry.read(LARGEST + 1), f"{where}, {name}")

            for source in _documents(_Shelf(where, list(infos), read), depth):
                yield source if whose is None else replace(source, user=whose)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise _refused(where, f"it cannot be unpacked ({str(error)[:80]})") from error


def _is_wanted(name: str) -> bool:
    place = PurePosixPath(name)
    hidden = any(part.startswith((".", "__MACOSX")) and part != ".." for part in place.parts)
    return not hidden and place.suffix.lower() in (".xmi", ".zip")


def _by_number(name: str) -> list[tuple[int, str]]:
    parts = re.split(r"([0-9]{1,18})", name)
    return [(int(part) if part.isdecimal() else -1, part) for part in parts]


def _user(place: PurePosixPath) -> str | None:
    """Return whose document stands at `annotation/DOCUMENT/USER.xmi`."""
    if len(place.parts) < 3 or place.parts[-3] not in _PROJECT:
        return None
    return human(re.sub(r"[^\w.-]", "_", place.stem)[:60])


def _from_disk(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return _within(file.read(LARGEST + 1), str(path))
    except OSError as error:
        raise _refused(str(path), f"it cannot be read ({error.strerror})") from error


def _within(found: bytes, where: str) -> bytes:
    if len(found) > LARGEST:
        raise _refused(where, f"it is larger than {LARGEST // 2**20} MB")
    return found


def check_xml_file(found: bytes, where: str) -> None:
    """Make sure that a file is XML without a document type: entities are how XML bites.

    Raises
    ------
    DiscourseError
        Naming the line.
    """
    parser = expat.ParserCreate()

    def refuse(*_: object) -> None:
        raise _refused(f"{where}, line {parser.CurrentLineNumber}", "it declares a document type (DOCTYPE)")

    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(found, True)
    except expat.ExpatError as error:
        problem = f"it is no XML 1.0 ({expat.errors.messages[error.code]})"
        raise _refused(f"{where}, line {error.lineno}", problem) from error


def _refused(where: str, problem: str) -> DiscourseError:
    return DiscourseError(
        where=where, problem=problem, fix="Export it again from INCEpTION as UIMA CAS XMI (XML 1.0)"
    )
