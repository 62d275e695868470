"""CSV files of 4CAT; `parent_id` is there only for sites that have one."""

from collections.abc import Iterable

from discourse.ingest.exports.shapes import Shape

_NEEDED = frozenset({"id", "thread_id", "author", "timestamp", "body"})


def is_header(names: Iterable[str]) -> bool:
    """Say whether a table's columns are those of 4CAT."""
    return set(names) >= _NEEDED


SHAPE = Shape(
    "fourcat",
    {
        "id": ("id",),
        "thread": ("thread_id",),
        "parent": ("parent_id", "parent", "reply_to"),
        "author": ("author",),
        "time": ("unix_timestamp", "timestamp_utc", "timestamp"),
        "text": ("body",),
    },
)
