"""WordPress: the comments of a WXR export. Left out and counted: spam, trash, and other sites' pingbacks.

Comments that wait for approval (`comment_approved` 0) are kept, with that in their meta.
"""

import re
from collections.abc import Iterator

from discourse.ingest.archives import ByteStream
from discourse.ingest.exports.chunks import Chunk, chunk_of
from discourse.ingest.exports.elements import Element, Wanted, read_elements
from discourse.ingest.exports.faultlog import FaultLog
from discourse.ingest.exports.shapes import Shape

SPAM, PINGBACK = "comments marked as spam or trash, left out", "pingbacks and trackbacks, left out"
_MANY = 2_000
_KNOWN = frozenset(
    {"comment_date", "comment_content", "comment_parent", "comment_id", "comment_author", "commentmeta"}
)


def _is_wanted(name: str, depth: int) -> bool:
    """Say whether an element is a comment, or names the post commented on."""
    local = name.rpartition("}")[2]
    return depth == 3 and "wordpress.org/export" in name and local in ("comment", "post_id")


_ROOT = b'<rss xmlns:wp="http://wordpress.org/export/1.2/">'
_WANTED = Wanted(_is_wanted, re.compile(rb"<wp:(?:comment|post_id)>"), _ROOT, ("channel", "item"))


def read_comments(stream: ByteStream, log: FaultLog) -> Iterator[Chunk]:
    """Yield the comments of an export as chunks."""
    records: list[dict[str, str | None]] = []
    places: list[int] = []
    thread = ""
    for line, element in read_elements(stream, log, _WANTED):
        if element.local == "post_id":
            thread = element.text.strip()
            continue
        if (kind := _unwanted(element)) is not None:
            log.count(kind)
            continue
        records.append(_record(element, thread))
        places.append(line)
        if len(records) >= _MANY:
            yield chunk_of(records, places, "line")
            records, places = [], []
    if records:
        yield chunk_of(records, places, "line")


def _unwanted(comment: Element) -> str | None:
    if comment.words("comment_type") in ("pingback", "trackback"):
        return PINGBACK
    return SPAM if comment.words("comment_approved") in ("spam", "trash", "post-trashed") else None


def _record(comment: Element, thread: str) -> dict[str, str | None]:
    more = {c.local: c.text for c in comment.children if c.local not in _KNOWN and not c.children}
    more["comment_approved"] = "" if more.get("comment_approved") == "1" else more.get("comment_approved", "")
    if more.get("comment_type") == "comment":
        more["comment_type"] = ""
    when = more.pop("comment_date_gmt", "")
    parent = (comment.words("comment_parent") or "").strip()
    return {
        **more,
        "id": comment.words("comment_id"),
        "thread": thread,
        "parent": None if parent == "0" else parent,
        "author": comment.words("comment_author"),
        # the blog's own time, where the one in UTC was never set
        "time": when if when and not when.startswith("0000") else comment.words("comment_date"),
        "text": _paragraphs(comment.words("comment_content") or ""),
    }


def _paragraphs(text: str) -> str:
    """Return a comment with the breaks that WordPress adds when it shows it: each end of a line is one."""
    return text if "<p" in text or "<" not in text else text.replace("\r\n", "\n").replace("\n", "<br>")


SHAPE = Shape(
    "wordpress",
    {name: (name,) for name in ("id", "thread", "parent", "author", "time", "text")},
    markup="html",
)
