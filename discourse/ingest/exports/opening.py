"""Opening an export: what it is, as its first bytes tell or as the user says."""

from collections.abc import Mapping
from pathlib import Path

from discourse.errors import UnreadableSourceError
from discourse.ingest.archives import open_stream
from discourse.ingest.exports.delimited import sniff
from discourse.ingest.exports.formats import HEAD, NAMES, ExportFormat, find_export
from discourse.ingest.exports.stream import Export
from discourse.ingest.exports.usual import plain_name
from discourse.ingest.files import first_bytes

_REGULAR = 0.5  # share of rows as wide as the first, above which a text may be a table


def open_export(
    path: Path,
    *,
    columns: Mapping[str, str] | None = None,
    format: str | None = None,
    sha256: str | None = None,
    kind: ExportFormat | None = None,
) -> Export:
    """Open an export; nothing but its first bytes is read yet.

    Parameters
    ----------
    columns
        Which fields hold what: our names (author, text, id, parent, thread, time) to theirs; they
        win over what is told by name.
    format
        One of `formats.NAMES`, where it is known better than from the file.
    sha256
        Of the file, where the caller has it; else it is read once more for it.
    kind
        What `find_export` said of it, where the caller has asked.

    Raises
    ------
    UnreadableSourceError
        Where it is no export, or cannot be opened.
    """
    if format is not None and format not in NAMES:
        raise UnreadableSourceError(
            where=str(path), problem=f"there is no format {format!r}", fix=f"Use one of {', '.join(NAMES)}"
        )
    if kind is None:
        kind = find_export(path, b"" if path.is_dir() else first_bytes(path, HEAD))
    if format is not None or (kind is None and columns):
        kind = _as_told(path, kind, format or "columns", columns or {})
    if kind is None:
        raise UnreadableSourceError(
            where=str(path),
            problem="it is no export that is known",
            fix="Name its columns with --columns text=NAME,…",
        )
    return Export(path, kind, columns or {}, sha256)


def not_a_table(path: Path, seems: str) -> UnreadableSourceError:
    """Return the error for a page whose columns are named, to be raised."""
    return UnreadableSourceError(
        where=str(path),
        problem=f"it is {seems}, which has no columns",
        fix="Leave --columns away: the posts of a page are found by its layout",
    )


def _as_told(path: Path, found: ExportFormat | None, name: str, named: Mapping[str, str]) -> ExportFormat:
    """Return the format that the user names, laid out as it was found or as such files are."""
    reason = "named by the user"
    if found is not None:
        variant = found.variant if found.name == name else ""
        return ExportFormat(name, found.layout, reason, variant)
    if name in ("disqus", "wordpress"):
        return ExportFormat(name, "xml", reason)
    if name == "convokit" and path.is_dir():
        return ExportFormat(name, "folder", reason)
    head = open_stream(path).head(HEAD)
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if start == b"{":
        return ExportFormat(name, "lines", reason)
    if start != b"[":
        _check_table(path, head, named)
    return ExportFormat(name, "values" if start == b"[" else "delimited", reason)


def _check_table(path: Path, head: bytes, named: Mapping[str, str]) -> None:
    """Refuse a text that is no table, unless its columns are named by number or stand in its first line."""
    dialect = sniff(head, named)
    is_table = len(dialect.names) > 1 and dialect.regular > _REGULAR
    present = {plain_name(name) for name in dialect.names}
    if not is_table and any(not n.isdigit() and plain_name(n) not in present for n in named.values()):
        raise not_a_table(path, "a page of text")
