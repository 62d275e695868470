"""Disqus: the XML that it exports. Posts marked as spam were never shown: they are left out and counted."""

import re
from collections.abc import Iterator

from discourse.ingest.archives import ByteStream
from discourse.ingest.exports.chunks import Chunk, chunk_of
from discourse.ingest.exports.elements import Element, Wanted, read_elements
from discourse.ingest.exports.faultlog import FaultLog
from discourse.ingest.exports.shapes import Fix, Rows, Shape

SPAM = "posts marked as spam, left out"
_MANY = 2_000


def _is_wanted(name: str, depth: int) -> bool:
    """Say whether an element is a post."""
    return depth == 1 and name.rpartition("}")[2] == "post"


_ROOT = b'<disqus xmlns="http://disqus.com" xmlns:dsq="http://disqus.com/disqus-internals">'
_WANTED = Wanted(_is_wanted, re.compile(rb"<post[\s>]"), _ROOT)


def read_posts(stream: ByteStream, log: FaultLog) -> Iterator[Chunk]:
    """Yield the posts of an export as chunks."""
    records: list[dict[str, str | None]] = []
    places: list[int] = []
    for line, post in read_elements(stream, log, _WANTED):
        if post.words("isSpam") == "true":
            log.count(SPAM)
            continue
        records.append(_record(post))
        places.append(line)
        if len(records) >= _MANY:
            yield chunk_of(records, places, "line")
            records, places = [], []
    if records:
        yield chunk_of(records, places, "line")


def _record(post: Element) -> dict[str, str | None]:
    author, parent, thread = post.child("author"), post.child("parent"), post.child("thread")
    return {
        "id": post.attribute("id"),
        "thread": thread.attribute("id") if thread else None,
        "parent": parent.attribute("id") if parent else None,
        "author": (author.words("name") or author.words("username")) if author else None,
        "time": post.words("createdAt"),
        "text": post.words("message"),
        "isDeleted": "true" if post.words("isDeleted") == "true" else None,
        "username": author.words("username") if author else None,
        "isAnonymous": "true" if author and author.words("isAnonymous") == "true" else None,
    }


def make_fix() -> Fix:
    """Return what counts deleted posts."""

    def fix(rows: Rows, chunk: Chunk) -> None:
        rows.deleted = [flag == "true" for flag in chunk.columns["isDeleted"]]

    return fix


SHAPE = Shape(
    "disqus",
    {name: (name,) for name in ("id", "thread", "parent", "author", "time", "text")},
    markup="html",
    make_fix=make_fix,
)
