"""Which kind of source a file is: a pasted page, a saved page, or an export; then read it, or say why not."""

import re
import stat
from collections.abc import Mapping
from pathlib import Path

from discourse.errors import UnreadableSourceError
from discourse.ingest.archives import ByteStream, hash_of, open_stream
from discourse.ingest.decoding import LOST, decode
from discourse.ingest.explained import Explained
from discourse.ingest.exports import find_export, open_export
from discourse.ingest.html import decode_html, read_html
from discourse.ingest.mhtml import is_mhtml, page_of
from discourse.ingest.page_tables import tables_of
from discourse.ingest.pasted.pages import PageReading, read_page
from discourse.ingest.sources import ExportSource, OpenSource, PageSource, whole
from discourse.tables import Tables
from discourse.text.normalise import normalise

_HEAD = 65_536  # bytes from which the kind of a source is told
_LARGEST_PAGE = 1 << 29  # bytes; a page of comments has some thousand times less
_MARKUP = re.compile(
    r"\s*(?:<!--.{0,2000}?-->\s*|<\?xml[^>]{0,200}\?>\s*)*"
    r"<(?:!doctype\s+html|html|head|body|meta|title|link|main|article|section|div|table|[uo]l)\b",
    re.IGNORECASE | re.DOTALL,
)


def read_source(path: Path, *, columns: Mapping[str, str] | None = None) -> Tables:
    """Read one source as a whole into the tables sources, posts, articles and faults.

    Parameters
    ----------
    columns
        Which fields of an export hold what (author, text, id, parent, thread, time), where their
        names do not tell.

    Raises
    ------
    UnreadableSourceError
        Where the file is missing, empty, or nothing that can be read.
    NoCommentsError
        Where it was read and holds no reader comments.
    """
    return whole(open_source(path, columns=columns))


def open_source(path: Path, *, columns: Mapping[str, str] | None = None) -> OpenSource:
    """Open one source; pages are read at once, exports part by part.

    Raises
    ------
    UnreadableSourceError, NoCommentsError
        As `read_source` does.
    """
    _check_kept(path)
    if columns or _is_export(path):
        return ExportSource(open_export(path, columns=columns))
    stream = open_stream(path)
    content = _limited(stream)
    if not content.strip():
        raise UnreadableSourceError(
            where=str(path), problem="it is empty", fix="Paste the page's text into it"
        )
    sha256 = hash_of(path)
    if is_mhtml(content):
        content = page_of(content) or content
    if looks_like_markup(content):
        return _saved_page(content, path, sha256, stream.damage)
    return _pasted_page(content, path, sha256, stream.damage)


def looks_like_markup(content: bytes) -> bool:
    """Say whether a file begins as HTML does; a pasted page that shows some tags does not."""
    head = content[:_HEAD]
    codec = "utf-16" if head[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8"
    return _MARKUP.match(head.decode(codec, errors="replace").lstrip("\ufeff")) is not None


def _check_kept(path: Path) -> None:
    """Refuse what cannot be read twice, once to tell what it is and once for its content."""
    try:
        kind = path.stat().st_mode
    except (OSError, ValueError):
        return  # said in one line where it is opened
    if not (stat.S_ISREG(kind) or stat.S_ISDIR(kind)):
        raise UnreadableSourceError(
            where=str(path),
            problem="it is a pipe or a device, no file",
            fix="Save it as a file and name that",
        )


def _is_export(path: Path) -> bool:
    if _is_folder(path):
        if find_export(path, b"") is None:
            raise UnreadableSourceError(
                where=str(path), problem="it is a folder, and no corpus", fix="Name the files in it"
            )
        return True
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except (OSError, ValueError):
        return False  # said in one line where it is opened as a page
    return find_export(path, head) is not None


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:
        return False


def _limited(stream: ByteStream) -> bytes:
    pieces, held = [], 0
    for piece in stream.pieces():
        held += len(piece)
        if held > _LARGEST_PAGE:
            raise UnreadableSourceError(
                where=stream.where,
                problem=f"it is larger than {_LARGEST_PAGE >> 20} MB, and no export that is known",
                fix="Split it into pages, or name its columns with --columns text=NAME,author=NAME",
            )
        pieces.append(piece)
    return b"".join(pieces)


def _pasted_page(content: bytes, path: Path, sha256: str, damage: str | None) -> PageSource:
    text = decode(content, str(path))
    reading = read_page(text, where=str(path))
    return PageSource(
        kind="page",
        tables=tables_of(reading, uri=str(path), sha256=sha256),
        lines=_explained(reading, text),
        problems=_problems(text, content, damage),
    )


def _saved_page(content: bytes, path: Path, sha256: str, damage: str | None) -> PageSource:
    text = decode_html(content, str(path))
    reading = read_html(text, where=str(path))
    return PageSource(
        kind="html",
        tables=tables_of(reading, uri=str(path), sha256=sha256),
        lines=[Explained(r.place, r.kind, r.post, r.reason, r.text) for r in reading.explanation],
        problems=_problems(text, content, damage),
    )


def _explained(reading: PageReading, text: str) -> list[Explained]:
    lines = normalise(text).split("\n")
    return [
        Explained(str(line.number), line.kind, line.post, line.reason, lines[line.number - 1])
        for line in reading.lines
    ]


def _problems(text: str, content: bytes, damage: str | None) -> list[str]:
    lost = text.count(LOST) - content.count(LOST.encode())
    found = [f"{lost} characters could not be decoded and are shown as {LOST}"] if lost > 0 else []
    return found if damage is None else [*found, f"{damage}; what stands behind this is lost"]
