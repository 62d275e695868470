"""Threads whose posts have times."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from msgspec.structs import replace

from discourse.model import Post
from discourse.tables import POSTS, Tables, frame_of, rows_of


def timed(tables: Tables, hours: Sequence[int]) -> Tables:
    """Give each post of a thread a time, so many hours after the same moment."""
    moment = datetime(2026, 3, 2, tzinfo=UTC)
    posts = [
        replace(post, timestamp=moment + timedelta(hours=hour))
        for post, hour in zip(rows_of(Post, tables["posts"]), hours, strict=True)
    ]
    return tables.replace(posts=frame_of(POSTS, posts))
