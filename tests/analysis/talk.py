"""Made-up talk for the tests of quotations and replies: lines in, tables out."""

from collections.abc import Mapping
from datetime import UTC, datetime

from discourse.analysis.quotes import Quotes
from discourse.analysis.replies.replies import Replies, fill_in
from discourse.model import Post
from discourse.tables import POSTS, Tables, frame_of, rows_of


def say(author: str, text: str, to: str | None = None, **more: object) -> dict[str, object]:
    """Write down one post; `to` is the name on its addressee line, `at` and `to_at` are times "7:56"."""
    times = {"at": "timestamp", "to_at": "addressee_time"}
    values = {
        times.get(name, name): _moment(value) if name in times else value for name, value in more.items()
    }
    return {"author": author, "text": text, "addressee": to, **values}


def _moment(clock: object) -> datetime:
    hours, minutes = map(int, str(clock).split(":"))
    return datetime(2026, 3, 2, hours, minutes, tzinfo=UTC)


def talk(*lines: Mapping[str, object], name: str = "t") -> Tables:
    """Build a thread as it was read: posts alone, nothing linked that the lines do not link."""
    posts = [
        Post(post_id=f"{name}:{n}", thread_id=name, source_id=name, position=n, **line)  # type: ignore[arg-type]
        for n, line in enumerate(lines, start=1)
    ]
    return Tables({"posts": frame_of(POSTS, posts)})


def linked(*lines: Mapping[str, object]) -> Tables:
    """Find quotations and replies; the best link of each post is filled in."""
    tables = talk(*lines)
    tables = tables.replace(annotations=Quotes().analyze(tables).check("quotes")["annotations"])
    tables = tables.replace(links=Replies().analyze(tables).check("replies")["links"])
    return fill_in(tables).check("posts")


def answers(*lines: Mapping[str, object]) -> list[int | None]:
    """Return for each post the position of the post that it answers."""
    return [
        None if post.reply_to is None else int(post.reply_to.split(":")[1])
        for post in posts_of(linked(*lines))
    ]


def posts_of(tables: Tables) -> list[Post]:
    """Return the posts of some tables as records."""
    return list(rows_of(Post, tables["posts"]))
