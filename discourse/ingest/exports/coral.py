"""Coral: comments as its database or interface gives them; the text is the last revision's."""

from collections.abc import Iterator
from typing import Any

from discourse.ingest.exports.shapes import Record, Shape, as_name

_TAKEN = frozenset({"revisions", "author", "replies"})


def is_record(record: Record) -> bool:
    """Say whether a record is a comment of Coral."""
    return "revisions" in record and ("storyID" in record or "authorID" in record or "parentID" in record)


def expand(record: Record) -> Iterator[Record]:
    """Yield a comment with its fields laid flat, then those nested in it as replies."""
    waiting: list[tuple[Record, Any]] = [(record, None)]
    while waiting:
        comment, above = waiting.pop()
        flat = _flat(comment)
        flat["parentID"] = flat.get("parentID") or above
        yield flat
        waiting += [(reply, comment.get("id")) for reply in reversed(_replies(comment))]


def _flat(record: Record) -> dict[str, Any]:
    revisions = record.get("revisions")
    bodies = [r.get("body") for r in revisions if isinstance(r, dict)] if isinstance(revisions, list) else []
    flat: dict[str, Any] = {name: value for name, value in record.items() if name not in _TAKEN}
    flat["text"] = bodies[-1] if bodies else record.get("body")
    flat["author"] = as_name(record.get("author")) or record.get("username") or flat.pop("authorID", None)
    flat["revisions"] = len(bodies) if len(bodies) > 1 else None
    return flat


def _replies(record: Record) -> list[Record]:
    """Return replies as the interface lists them: plainly, as nodes, or as edges that hold nodes."""
    replies = record.get("replies")
    listed = replies.get("nodes", replies.get("edges")) if isinstance(replies, dict) else replies
    items = [item for item in listed if isinstance(item, dict)] if isinstance(listed, list) else []
    return [item["node"] if isinstance(item.get("node"), dict) else item for item in items]


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
