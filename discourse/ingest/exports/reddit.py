"""Reddit: Pushshift and Arctic Shift dumps, tables made of them, and the site's own listings.

Ids lose their prefix (`t1_` a comment, `t3_` a submission), so that a parent and an id read alike.
A comment on the submission itself answers it only where the submission is a post of the same file,
read before (dumps that hold both keep that order); in a file of comments alone it is a root.
Texts are Markdown with three entities, which are decoded; `>` marks stay.
"""

from collections.abc import Iterator
from html import unescape
from typing import Any

from discourse.ingest.exports.chunks import Chunk, coalesce
from discourse.ingest.exports.shapes import Fix, Record, Rows, Shape

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_KINDS = ("t1_", "t3_")


def is_record(record: Record) -> bool:
    """Say whether a record is a comment or a submission of Reddit."""
    if _is_listing(record):
        return True
    if "body" in record:
        return any(str(record.get(name)).startswith(_KINDS) for name in ("link_id", "parent_id"))
    return "selftext" in record and "title" in record


def expand(record: Record) -> Iterator[Record]:
    """Yield the comments and submissions of a listing, replies behind what they answer."""
    waiting: list[Any] = [record]
    while waiting:
        thing = waiting.pop()
        if not isinstance(thing, dict):
            continue
        data = thing.get("data")
        if not isinstance(data, dict):
            if "id" in thing and thing.get("kind") is None:
                yield thing
            continue
        if thing.get("kind") in ("t1", "t3"):
            yield {name: value for name, value in data.items() if name != "replies"}
        children = data.get("children") if thing.get("kind") == "Listing" else [data.get("replies")]
        waiting += reversed(children if isinstance(children, list) else [])


def make_fix() -> Fix:
    """Return what turns Reddit's names and texts into ours."""

    def fix(rows: Rows, chunk: Chunk) -> None:
        titles = coalesce(chunk, ["title"])
        bodies = coalesce(chunk, ["body"])
        rows.texts = [
            _decoded(text) if body is not None else _submission(title, text)
            for text, body, title in zip(rows.texts, bodies, titles, strict=True)
        ]
        rows.threads = [
            bare(thread) or (None if body is not None else bare(own))
            for thread, own, body in zip(rows.threads, rows.ids, bodies, strict=True)
        ]
        rows.parents = [_full(parent) for parent in rows.parents]
        rows.ids = [bare(own) for own in rows.ids]
        rows.unsure = [isinstance(parent, str) and parent.startswith("t3_") for parent in rows.parents]
        rows.parents = [bare(parent) for parent in rows.parents]

    return fix


def bare(name: Any) -> Any:
    """Return an id without its prefix: "t1_abc" and "abc" alike."""
    return name[3:] if isinstance(name, str) and name[:1] == "t" and name[2:3] == "_" else name


def _full(parent: Any) -> Any:
    """Return a parent's id as text; some dumps since 2022 give a number, not its base-36 form."""
    if not isinstance(parent, int | float) or isinstance(parent, bool) or parent != parent:  # noqa: PLR0124
        return parent
    number, text = int(parent), ""
    while number > 0:
        number, digit = divmod(number, 36)
        text = _DIGITS[digit] + text
    return text or None


def _submission(title: Any, text: Any) -> Any:
    parts = [_decoded(part) for part in (title, text) if isinstance(part, str) and part]
    return "\n".join(parts) if parts else text


def _decoded(text: Any) -> Any:
    return unescape(text) if isinstance(text, str) and "&" in text else text


def _is_listing(record: Record) -> bool:
    return record.get("kind") in ("Listing", "t1", "t3") and isinstance(record.get("data"), dict)


_FIELDS = {
    "id": ("id", "name"),
    "thread": ("link_id",),
    "parent": ("parent_id",),
    "author": ("author",),
    "time": ("created_utc", "created"),
    "text": ("body", "selftext"),
}
_HIDDEN = frozenset({"title", "body_html", "selftext_html", "name"})
SHAPE = Shape("reddit", _FIELDS, make_fix=make_fix, hidden=_HIDDEN)
LISTING = Shape("reddit", _FIELDS, make_fix=make_fix, hidden=_HIDDEN, expand=expand)
