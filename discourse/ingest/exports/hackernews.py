"""Hacker News: items of its interface, one a line or in an array, and the nested items of its search.

An item names what it answers, not its story: the story is followed from item to item, as far as the
file gives parents before their replies. Stories are posts too: their title and their text.
"""

from collections.abc import Iterator
from html import unescape
from typing import Any

from discourse.ingest.exports.chunks import Chunk, coalesce
from discourse.ingest.exports.shapes import Fix, Record, Rows, Shape, as_id

_TYPES = frozenset({"story", "comment", "job", "poll", "pollopt", "ask", "show"})
_REMEMBERED = 1 << 20  # items whose story is known; the oldest are forgotten


def is_record(record: Record) -> bool:
    """Say whether a record is an item, as the interface or the search gives it."""
    item = str(record.get("type")) in _TYPES and "id" in record and ("by" in record or "time" in record)
    nested = "children" in record and "created_at_i" in record
    found = "objectID" in record and (
        "comment_text" in record or "story_text" in record or "points" in record
    )
    return item or nested or found or ("by" in record and "parent" in record and "text" in record)


def expand(record: Record) -> Iterator[Record]:
    """Yield an item, then those nested in it, each behind what it answers."""
    waiting: list[tuple[Any, Any, Any]] = [(record, None, None)]
    while waiting:
        item, above, story = waiting.pop()
        if not isinstance(item, dict):
            continue
        flat = {name: value for name, value in item.items() if name not in ("children", "kids")}
        own = as_id(item.get("id", item.get("objectID")))
        story = story or as_id(item.get("story_id")) or (own if item.get("type") == "story" else None)
        flat["id"] = own
        flat["parent"] = item.get("parent", item.get("parent_id", above))
        flat["story_id"] = story
        yield flat
        nested = item.get("children", item.get("kids"))
        inner = [child for child in nested if isinstance(child, dict)] if isinstance(nested, list) else []
        waiting += [(child, own, story) for child in reversed(inner)]


def make_fix() -> Fix:
    """Return what puts titles before texts and follows items to their story."""
    stories: dict[str, str] = {}

    def fix(rows: Rows, chunk: Chunk) -> None:
        titles = coalesce(chunk, ["title"])
        rows.texts = [_titled(title, text) for title, text in zip(titles, rows.texts, strict=True)]
        for place, (own, parent, story) in enumerate(zip(rows.ids, rows.parents, rows.threads, strict=True)):
            item, above = as_id(own), as_id(parent)
            root = as_id(story) or stories.get(above or "") or above or item
            rows.threads[place] = root
            if item is not None and root is not None:
                stories[item] = root
        while len(stories) > _REMEMBERED:
            del stories[next(iter(stories))]
        rows.unsure = [
            as_id(parent) == as_id(story) and as_id(given) is not None
            for parent, story, given in zip(
                rows.parents, rows.threads, coalesce(chunk, ["story_id"]), strict=True
            )
        ]
        gone = zip(coalesce(chunk, ["deleted"]), coalesce(chunk, ["dead"]), strict=True)
        rows.deleted = [deleted in _TRUE or dead in _TRUE for deleted, dead in gone]

    return fix


_TRUE = (True, "true", "True", "TRUE", "1")


def _titled(title: Any, text: Any) -> Any:
    if not isinstance(title, str) or not title:
        return text
    escaped = unescape(title).replace("&", "&amp;").replace("<", "&lt;")
    return f"<p>{escaped}</p>{text}" if isinstance(text, str) and text else unescape(title)


SHAPE = Shape(
    "hackernews",
    {
        "id": ("id",),
        "thread": ("story_id",),
        "parent": ("parent",),
        "author": ("by", "author"),
        "time": ("time", "created_at_i", "created_at", "time_ts", "timestamp"),
        "text": ("text", "comment_text", "story_text"),
    },
    markup="html",
    expand=expand,
    make_fix=make_fix,
    hidden=frozenset({"title", "parent_id", "objectID", "_highlightResult", "options", "descendants"}),
)
