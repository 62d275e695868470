"""Topics of the forum software Discourse, as `/t/ID.json` gives them, and lists of its posts.

Posts are numbered within their topic, and name the number that they answer. A topic's `stream`
lists the ids of all its posts while `posts` may hold the first twenty only: the rest is counted.
"""

from collections.abc import Iterator
from typing import Any

from discourse.ingest.exports.chunks import Chunk, coalesce
from discourse.ingest.exports.shapes import Fix, Record, Rows, Shape

_BULKY = frozenset({"actions_summary", "cooked", "raw", "post_stream", "link_counts"})
MISSING = "_missing"  # on a topic's first post: how many posts the file does not hold


def is_record(record: Record) -> bool:
    """Say whether a record is a topic, a list of posts, or a post."""
    stream = record.get("post_stream")
    if isinstance(stream, dict) and "posts" in stream:
        return True
    return (("cooked" in record or "raw" in record) and "post_number" in record) or "latest_posts" in record


def expand(record: Record) -> Iterator[Record]:
    """Yield a topic's posts, those that they answer named by id where it is in the file."""
    stream = record.get("post_stream")
    held = stream.get("posts") if isinstance(stream, dict) else record.get("latest_posts", [record])
    posts = [post for post in held if isinstance(post, dict)] if isinstance(held, list) else []
    ids = {(post.get("topic_id"), post.get("post_number")): post.get("id") for post in posts}
    listed = stream.get("stream") if isinstance(stream, dict) else None
    missing = (
        len(set(map(str, listed)) - {str(post.get("id")) for post in posts})
        if isinstance(listed, list)
        else 0
    )
    for post in posts:
        yield {**_flat(post, ids, record), MISSING: missing or None}
        missing = 0


def _flat(post: Record, ids: dict[tuple[Any, Any], Any], topic: Record) -> dict[str, Any]:
    flat = {name: value for name, value in post.items() if name not in _BULKY}
    above = post.get("reply_to_post_number")
    here = post.get("topic_id")
    thread = here if here is not None else topic.get("id")
    flat["thread"] = thread
    flat["parent"] = None if above is None else ids.get((here, above)) or f"{thread}#{above}"
    # the text as it was typed, with its Markdown quotes, only where there is no HTML
    flat["html"] = post.get("cooked")
    flat["source"] = post.get("raw")
    return flat


def make_fix() -> Fix:
    """Return what takes the typed text, unchanged, where there is no HTML, and marks deleted posts."""

    def fix(rows: Rows, chunk: Chunk) -> None:
        deleted = zip(coalesce(chunk, ["deleted_at"]), coalesce(chunk, ["user_deleted"]), strict=True)
        rows.deleted = [bool(at) or user is True for at, user in deleted]

    return fix


SHAPE = Shape(
    "discourse_topic",
    {
        "id": ("id",),
        "thread": ("thread",),
        "parent": ("parent",),
        "author": ("username", "name"),
        "time": ("created_at",),
        "text": ("html", "source"),
    },
    markup="html",
    expand=expand,
    make_fix=make_fix,
    hidden=frozenset(
        {
            "name",
            "avatar_template",
            "topic_id",
            "topic_slug",
            "reply_to_post_number",
            "reply_to_user",
            "html",
            "source",
            MISSING,
            "display_username",
        }
    ),
)
