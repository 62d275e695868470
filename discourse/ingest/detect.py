"""Which kind of source a file is: a pasted page, a saved page, or an export; then read it, or say why not."""

import hashlib
import re
import stat
from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from discourse.errors import NoCommentsError, UnreadableSourceError
from discourse.ingest.archives import ByteStream, open_stream
from discourse.ingest.articles import PageArticle, whole_article
from discourse.ingest.decoding import LOST, decode, marked_codec, unmarked_codec
from discourse.ingest.explained import Explained
from discourse.ingest.exports import Export, find_export, not_a_table, open_export
from discourse.ingest.files import first_bytes, hash_of
from discourse.ingest.mhtml import is_mhtml, page_of
from discourse.ingest.page_tables import article_tables, tables_of
from discourse.ingest.pasted.pages import PageReading, read_page
from discourse.ingest.sources import ExportSource, OpenSource, PageSource, whole
from discourse.ingest.unknown import refuse_unknown, refuse_unknown_zip
from discourse.ingest.unpacking import packing_of
from discourse.tables import Tables
from discourse.text.normalise import normalise

_HEAD = 65_536  # bytes from which the kind of a source is told
_LARGEST_PAGE = 1 << 29  # bytes; a page of comments has some thousand times less
_MARKUP = re.compile(
    r"\s*(?:<!--.{0,2000}?-->\s*|<\?xml[^>]{0,200}\?>\s*)*"
    r"<(?:!doctype\s+html|html|head|body|meta|title|link|main|article|section|div|table|[uo]l)\b",
    re.IGNORECASE | re.DOTALL,
)


class _Page(Struct, frozen=True):
    """A pasted or saved page as bytes, unpacked."""

    content: bytes
    sha256: str  # of the file as it stands on disk
    damage: str | None  # why it could not be unpacked to its end
    is_markup: bool


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
    if (export := _export(path, columns)) is not None:
        return ExportSource(export)
    page = _unpacked(path)
    return (_saved_page if page.is_markup else _pasted_page)(page.content, path, page.sha256, page.damage)


def open_dump(path: Path, *, source_id: str, columns: Mapping[str, str] | None = None) -> Export:
    """Open an export whose posts are taken in batches; nothing but its first bytes is read yet.

    Parameters
    ----------
    source_id
        What it is called in tables, in place of a hash of its bytes: a dump may grow, and keep its name.

    Raises
    ------
    UnreadableSourceError
        Where it cannot be read, or is a page.
    """
    _check_kept(path)
    if (found := _export(path, columns)) is None:
        raise UnreadableSourceError(
            where=str(path),
            problem="it is no export of many threads, but a page, or a file whose beginning is damaged",
            fix="Analyse a page without --workers, --engine, --parts and --resume, or fetch the file again",
        )
    return Export(path, found.kind, columns or {}, source_id=source_id)


def read_article(path: Path) -> Tables:
    """Read the article of one source, whether comments stand below it or not.

    Returns
    -------
    Tables
        One row each in sources and articles. Comments are not taken: the source's `reader` is
        `article` and its `found_count` 0.

    Raises
    ------
    UnreadableSourceError
        Where the file is missing or cannot be read, or no article stands in it.
    """
    _check_kept(path)
    export = _export(path, None)
    page = None if export is not None else _unpacked(path)
    if page is None or (found := _article_of(page, str(path))) is None:
        told = "its records are posts" if page is None else "it has hardly any running text"
        raise UnreadableSourceError(
            where=str(path),
            problem=f"no article can be read from it: {told}",
            fix="Name a page with its article, as text or as saved HTML",
        )
    return article_tables(found, uri=str(path), sha256=page.sha256)


def _article_of(page: _Page, where: str) -> PageArticle | None:
    try:
        return _page_article(page, where)
    except NoCommentsError:
        if page.is_markup:
            from discourse.ingest.html import decode_html, lone_article  # noqa: PLC0415 - see `_saved_page`

            return lone_article(decode_html(page.content, where))
        return whole_article(normalise(decode(page.content, where)).split("\n"))


def _page_article(page: _Page, where: str) -> PageArticle | None:
    if page.is_markup:
        from discourse.ingest.html import decode_html, read_html  # noqa: PLC0415 - see `_saved_page`

        return read_html(decode_html(page.content, where), where=where).article
    return read_page(decode(page.content, where), where=where).article


def _unpacked(path: Path) -> _Page:
    stream = open_stream(path)
    content = _limited(stream)
    refuse_unknown(path, content[:_HEAD] if len(content) > _HEAD else content)
    # the bytes at hand are the file's own where it is not packed
    sha256 = hash_of(path) if stream.packing else hashlib.sha256(content).hexdigest()
    if is_mhtml(content):
        content = page_of(content) or content
    return _Page(content, sha256, stream.damage, looks_like_markup(content))


def looks_like_markup(content: bytes) -> bool:
    """Say whether a file begins as HTML does; a pasted page that shows some tags does not."""
    head = content[:_HEAD]
    codec = marked_codec(head) or unmarked_codec(head) or "utf-8"
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


def _export(path: Path, columns: Mapping[str, str] | None) -> Export | None:
    """Return an export, opened; None where the file is a page, or nothing that is known."""
    is_folder = _is_folder(path)
    head = b"" if is_folder else first_bytes(path, _HEAD)
    kind = find_export(path, head)
    if kind is None and is_folder:
        raise UnreadableSourceError(
            where=str(path), problem="it is a folder, and no corpus", fix="Name the files in it"
        )
    if kind is None and packing_of(head) == "zip":
        refuse_unknown_zip(path)
    if kind is None and not columns:
        return None
    if kind is None or kind.layout == "delimited":  # whose only sign may be its name
        start = open_stream(path).head(_HEAD) if packing_of(head) else head
        refuse_unknown(path, start)
        if kind is None and looks_like_markup(start):
            raise not_a_table(path, "a saved page")
    return open_export(path, columns=columns, kind=kind)


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
    from discourse.ingest.html import decode_html, read_html  # noqa: PLC0415 - whoever pastes pages needs no tree

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
