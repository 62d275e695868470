"""Files that hold no comments in a form that is read: what one seems to be, and what to do about it."""

import json
import re
from pathlib import Path

from discourse.ingest.archives import zip_members
from discourse.ingest.files import unreadable
from discourse.ingest.unpacking import packing_of

_COPY = "Open it, copy the text of the page with its comments, and save that as a .txt file"
_PAGE = "Save the page's text or its HTML, not a picture of it"
_EXPORT = "Export its table of comments as CSV, JSON lines or Parquet, and name that file"
_UNPACK = "Unpack it and name the files"
_TABLE = "Save its table of comments as CSV, and name that file"
_KINDS: tuple[tuple[bytes, str, str], ...] = (
    (b"%PDF-", "a PDF", _COPY),
    (b"{\\rtf", "an RTF document", _COPY),
    (b"\x89PNG\r\n", "a picture (PNG)", _PAGE),
    (b"\xff\xd8\xff", "a picture (JPEG)", _PAGE),
    (b"GIF8", "a picture (GIF)", _PAGE),
    (b"BM", "a picture (BMP)", _PAGE),
    (b"II*\0", "a picture (TIFF)", _PAGE),
    (b"MM\0*", "a picture (TIFF)", _PAGE),
    (b"SQLite format 3\0", "an SQLite database", _EXPORT),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document (DOC, XLS or MSG)", _COPY),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", _UNPACK),
    (b"Rar!\x1a\x07", "a RAR archive", _UNPACK),
    (b"\x04\x22\x4d\x18", "packed with lz4", _UNPACK),
    (b"ARROW1", "an Arrow or Feather file", _EXPORT),
    (b"\x89HDF\r\n", "an HDF5 file", _EXPORT),
    (b"Obj\x01", "an Avro file", _EXPORT),
    (b"ORC", "an ORC file", _EXPORT),
    (b"\x93NUMPY", "a NumPy array", _EXPORT),
    (b"RDX", "an R data file", _EXPORT),
    (b"bplist00", "a binary property list or web archive", "Save the page as HTML or as text"),
    (b"\x7fELF", "a program", "Check the name"),
    (b"MZ", "a program", "Check the name"),
    (b"ID3", "a sound file", "Check the name"),
    (b"OggS", "a sound file", "Check the name"),
)
_TEXTUAL = frozenset({b"BM", b"MZ", b"ORC", b"ID3", b"GIF8", b"RDX"})  # a page may begin so: they need more
_OFFICE = (
    ("word/", "a Word document (DOCX)", _COPY),
    ("xl/", "an Excel workbook (XLSX)", _TABLE),
    ("ppt/", "a presentation (PPTX)", _COPY),
    ("content.xml", "an OpenDocument file", _COPY),
    ("META-INF/container.xml", "an e-book (EPUB)", _COPY),
)
_PICKLE = re.compile(rb"\x80[\x02-\x05]")
_MEDIA = re.compile(rb".{4}ftyp", re.DOTALL)
_XML = re.compile(
    r"\s*<\?xml\b.{0,300}?\?>\s*(?:<!--.{0,2000}?-->\s*|<!DOCTYPE[^>]{0,300}>\s*)*<([\w:.-]{1,60})",
    re.DOTALL,
)


def refuse_unknown(path: Path, head: bytes) -> None:
    """Say in one line what a file seems to be that is neither a page nor an export; else do nothing.

    Parameters
    ----------
    head
        The file's first bytes, unpacked where it is packed with something that is read.

    Raises
    ------
    UnreadableSourceError
        Where it is such a file.
    """
    if not head.strip(b" \t\r\n\0\xef\xbb\xbf\xff\xfe"):
        raise unreadable(str(path), "it is empty", "Paste the page's text into it")
    told = _by_bytes(head) or _by_text(head, path)
    if told is not None:
        raise unreadable(str(path), f"it seems to be {told[0]}, which is not read", told[1])


def refuse_unknown_zip(path: Path) -> None:
    """Say what a zip of several files seems to be.

    Raises
    ------
    UnreadableSourceError
        Where it holds more than one file, or none, or cannot be unpacked.
    """
    members = zip_members(path)
    for start, name, fix in _OFFICE:
        if any(member.startswith(start) for member in members):
            raise unreadable(str(path), f"it seems to be {name}, which is not read", fix)
    if len(members) != 1:
        listed = ", ".join(sorted(members)[:5]) + (" …" if len(members) > 5 else "")
        holds = f"{len(members):,} files ({listed})" if members else "no file"
        raise unreadable(str(path), f"it is a zip that holds {holds}", _UNPACK)


def _by_bytes(head: bytes) -> tuple[str, str] | None:
    for magic, name, fix in _KINDS:
        if head.startswith(magic) and (magic not in _TEXTUAL or b"\0" in head[:64]):
            return name, fix
    if head[:4] == b"RIFF" and head[8:12] in (b"WEBP", b"WAVE", b"AVI "):
        return "a picture, a sound or a film", _PAGE
    if _MEDIA.match(head):
        return "a film or a picture", _PAGE
    if _PICKLE.match(head) and b"\0" in head:
        return "a Python pickle, which could run any program when it is opened", _EXPORT
    if (packing := packing_of(head)) is not None:
        return f"packed twice (there is {packing} within)", "Unpack it once, and name what comes out"
    return None


def _by_text(head: bytes, path: Path) -> tuple[str, str] | None:
    text = head.decode("utf-8", errors="replace").lstrip("\ufeff").strip()
    if match := _XML.match(text):
        is_page = match[1].lower() in ("html", "body")
        told = f"XML (its outermost element is {match[1]!r}) of no kind that is known"
        return None if is_page else (told, "Use the export of Disqus or WordPress, or a table of comments")
    if text[:1] in "[{" and text[-1:] in "]}" and (empty := _json_without_objects(text)) is not None:
        return empty, "Check that it is the export that you mean"
    if path.suffix.lower() == ".parquet":
        return "no Parquet file, though its name says so", "Fetch it again"
    return None


def _json_without_objects(text: str) -> str | None:
    """Say what a JSON text without a single field is; None where it has one, or is none."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not value:
        return f"an empty JSON {'list' if isinstance(value, list) else 'object'}"
    return "JSON without any record" if isinstance(value, list) else None
