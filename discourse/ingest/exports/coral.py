"""Coral: comments as its database or interface gives them; the text is the last revision's."""

from collections.abc import Iterator
from typing import Any

from discourse.ingest.exports.shapes import Record, Shape, as_name


def is_record(record: Record) -> bool:
    """Say whether a record is a comment of Coral."""
    return "revisions" in record and ("storyID" in record or "authorID" in record or "parentID" in record)


def expand(record: Record) -> Iterator[Record]:
    """Yield a comment with its fields laid flat."""
    revisions = record.get("revisions")
    bodies = [r.get("body") for r in revisions if isinstance(r, dict)] if isinstance(revisions, list) else []
    flat: dict[str, Any] = {
        name: value for name, value in record.items() if name not in ("revisions", "author")
    }
    flat["text"] = bodies[-1] if bodies else record.get("body")
    flat["author"] = as_name(record.get("author")) or record.get("username") or flat.pop("authorID", None)
    flat["revisions"] = len(bodies) if len(bodies) > 1 else None
    yield flat


SHAPE = Shape(
    "coral",
    {
        "id": ("id", "_id"),
        "thread": ("storyID",),
        "parent": ("parentID",),
        "author": ("author",),
        "time": ("createdAt",),
        "text": ("text",),
    },
    markup="html",
    expand=expand,
    hidden=frozenset({"body", "ancestorIDs", "childIDs", "childCount", "parentRevisionID", "revisionID"}),
)
