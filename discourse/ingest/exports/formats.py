"""Which export a file is, told from its first bytes."""

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePath
from typing import Any, Literal

from msgspec import Struct

from discourse.errors import UnreadableSourceError
from discourse.ingest.archives import open_stream
from discourse.ingest.exports import convokit, coral, discourse_topic, fourcat, hackernews, reddit
from discourse.ingest.exports.delimited import Dialect, is_header, sniff
from discourse.ingest.exports.encodings import encoding_of
from discourse.ingest.exports.fields import matching
from discourse.ingest.exports.parquet import MAGIC
from discourse.ingest.exports.unfold import first_posts
from discourse.ingest.exports.values import leading, skipped
from discourse.ingest.unpacking import packing_of

Layout = Literal["lines", "values", "delimited", "parquet", "xml", "folder"]
Mapped = Mapping[str, Any]

HEAD = 1 << 16  # bytes from which a format is told
NAMES = (
    "convokit",
    "reddit",
    "disqus",
    "wordpress",
    "discourse_topic",
    "hackernews",
    "coral",
    "fourcat",
    "columns",
)
_PACKED = frozenset({".gz", ".zst", ".bz2", ".xz", ".zip"})
_TABLES = frozenset({".csv", ".tsv", ".tab", ".psv"})
_JSONS = frozenset({".json", ".jsonl", ".ndjson"})
_XML_START = re.compile(
    r"\s*(?:<\?xml[^>]{0,300}\?>\s*)?(?:<!--.{0,5000}?-->\s*|<!DOCTYPE[^>\[]{0,300}[\[>])*", re.DOTALL
)
_JSON_START = re.compile(r'(?:\[\s*){0,99}\{\s*(?:"|\})')
_FIRST, _SEARCHED = 20, 50  # records by which a format is told, and lines among which they are looked for
_FIELD = re.compile(r'"((?:[^"\\\n]){1,80})"\s*:')


class ExportFormat(Struct, frozen=True):
    """What an export is, and how its records lie in the file."""

    name: str  # one of NAMES
    layout: Layout
    reason: str  # what it was told by
    variant: str = ""  # listing: Reddit's own pages; within: its records stand in others


def find_export(path: Path, head: bytes) -> ExportFormat | None:  # noqa: PLR0911 (one a kind)
    """Tell which export a file is; None for what is none, such as a pasted or saved page.

    Parameters
    ----------
    path
        For the endings of its name, which decide nothing but whether an unfamiliar table is one;
        a folder is looked into.
    head
        The file's first bytes, packed or not; some 64 kB, or all there are.
    """
    if path.is_dir():
        is_corpus = convokit.utterances_in(path) is not None
        return ExportFormat("convokit", "folder", "a folder with utterances.jsonl") if is_corpus else None
    if head.startswith(MAGIC):
        return ExportFormat("columns", "parquet", "Parquet's mark")
    packing = packing_of(head)
    if packing == "zip" and convokit.utterances_in(path) is not None:
        return ExportFormat("convokit", "folder", "a zip with utterances.jsonl")
    if packing is not None:
        try:
            head = open_stream(path).head(HEAD)
        except UnreadableSourceError:
            return None
    text = head.decode(*encoding_of(head)).lstrip("\ufeff")
    endings = {ending.lower() for ending in PurePath(path.name).suffixes[-2:]} - _PACKED
    if text.lstrip()[:1] == "<":
        return _xml(text)
    if _JSON_START.match(text, skipped(text)) and _FIELD.search(text):
        return _json(text)
    return _table(head, text, is_named=bool(endings & _TABLES)) if not endings & _JSONS else None


def _xml(text: str) -> ExportFormat | None:
    match = _XML_START.match(text)
    root = text[match.end() if match else 0 :][:4000]
    if root.startswith("<disqus") or "disqus.com" in root.partition(">")[0]:
        return ExportFormat("disqus", "xml", "the root element disqus")
    if root.startswith("<rss") and "wordpress.org/export/" in text[:20_000]:
        return ExportFormat("wordpress", "xml", "an RSS feed with WordPress' export elements")
    # entities declared before the root: the reader refuses them, and says why
    if "<!ENTITY" in text and ("<disqus" in text or "wordpress.org/export/" in text):
        return ExportFormat("disqus" if "<disqus" in text else "wordpress", "xml", "its root element")
    return None


def _json(text: str) -> ExportFormat:
    records, layout = first_records(text)
    if not records:
        records = [dict.fromkeys(_FIELD.findall(text), True)]
    shown = ", ".join(list(records[0])[:8])
    if (name := _format_of(records)) is not None:
        variant = "listing" if name == "reddit" and "kind" in records[0] else ""
        return ExportFormat(name, layout, f"records with {shown}", variant)
    posts = [post for record in records for post in first_posts(record)]
    name = _format_of(posts)
    if name is None:
        return ExportFormat("columns", layout, f"records with {shown}")
    return ExportFormat(name, layout, f"records with {shown}, which hold posts of its kind", "within")


def _format_of(records: Sequence[Mapped]) -> str | None:
    """Name the format that most of some records have, such as reddit; None for none in particular."""
    for name, module in _BY_RECORD:
        if 2 * sum(module.is_record(record) for record in records) > len(records):
            return name
    return None


_BY_RECORD: tuple[tuple[str, Any], ...] = (
    ("discourse_topic", discourse_topic),
    ("coral", coral),
    ("reddit", reddit),
    ("convokit", convokit),
    ("hackernews", hackernews),
)


def first_records(text: str) -> tuple[list[Mapped], Layout]:
    """Return the first objects of a JSON text, and whether each stands on a line of its own.

    Of an object that is longer than the text, up to where that ends.
    """
    start = text[skipped(text) :]
    line = start.partition("\n")[0]
    if start[:1] == "{" and isinstance(first := _loaded(line), dict):
        more = [_loaded(line) for line in start.split("\n")[1:_FIRST]]
        return [first, *(record for record in more if isinstance(record, dict))], "lines"
    found: list[Mapped] = list(leading(start, _FIRST))
    if start[:1] != "{":
        return found, "values"
    if not found:
        # the first record is broken; those behind it tell how they lie in the file
        loaded: list[Any] = [_loaded(line) for line in start.split("\n")[1:_SEARCHED]]
        found += [item for item in loaded if isinstance(item, dict)][:_FIRST]
        is_line = bool(found) or line.strip() != "{"
        return found, "lines" if is_line else "values"
    return found, "values"


def _loaded(line: str) -> Any:
    try:
        return json.loads(line, strict=False)
    except (ValueError, RecursionError):
        return None


def _table(head: bytes, text: str, *, is_named: bool) -> ExportFormat | None:
    if ("\0" in text[:1000] and not is_named) or not text.strip("\0 \t\r\n"):
        return None
    dialect = sniff(head[: 1 << 18])
    names = dialect.names
    if fourcat.is_header(names):
        return ExportFormat("fourcat", "delimited", "a table with 4CAT's columns")
    shown = ", ".join(names[:8])
    is_reddit = {"body", "link_id", "parent_id"} <= set(names) or {"selftext", "title", "subreddit"} <= set(
        names
    )
    if is_reddit and dialect.has_header:
        return ExportFormat("reddit", "delimited", f"a table with the columns {shown}")
    if is_named or _is_surely_a_table(dialect):
        return ExportFormat("columns", "delimited", f"a table with the columns {shown}")
    return None


def _is_surely_a_table(dialect: Dialect) -> bool:
    """Say whether a text that is not called a table is one: its first line names a text and another field."""
    names = dialect.names
    if not dialect.has_header or len(names) < 2 or dialect.regular < 0.8:
        return False
    known = [ours for ours in ("id", "thread", "parent", "author", "time") if matching(ours, names)]
    return (
        bool(matching("text", names))
        and bool(known)
        and is_header(names)
        and all(map(_is_column_name, names))
    )


def _is_column_name(name: str) -> bool:
    return len(name.split()) <= 3
