"""The made-up thread beside another one, with times."""

from datetime import UTC, datetime, timedelta

from discourse.summary import summarise
from discourse.tables import CONTRACT, Tables, frame_of
from tests.report.made_thread import made_rows


def several_tables() -> Tables:
    """Return two threads of one source whose posts have times; the second has posts and no labels.

    One author of the second has no name, and its last post stands days after the others.
    """
    rows = made_rows()
    first = rows["posts"]
    second = [
        {
            **post,
            "post_id": post["post_id"].replace("0001:", "0002:"),
            "thread_id": "f00dcafe0002",
            "reply_to": post["reply_to"] and post["reply_to"].replace("0001:", "0002:"),
            "author": "" if post["author"] == "Quiet reader" else post["author"],
        }
        for post in first
    ]
    begin = datetime(2026, 7, 14, 8, tzinfo=UTC)
    for place, post in enumerate([*first, *second]):
        post["timestamp"] = begin + place * timedelta(minutes=67)
    second[-1]["timestamp"] = begin + timedelta(days=15)
    rows["posts"] = first + second
    tables = Tables({name: frame_of(CONTRACT[name], made) for name, made in rows.items()})
    return tables.replace(**summarise(tables).frames).check("made threads")


def long_tables(posts: int = 400) -> Tables:
    """Return one thread without labels: long conversations, and posts of very different length."""
    (first, *_), (source,) = made_rows()["posts"], made_rows()["sources"]
    rows = [
        {
            **first,
            "post_id": f"f00dcafe0001:{place}",
            "position": place,
            "author": f"reader {place % 60}",
            "reply_to": f"f00dcafe0001:{place - place % 80}" if place % 80 and place > 80 else None,
            "reply_evidence": "explicit" if place % 80 and place > 80 else "none",
            "text": "The pool was empty, and so was the square before it. " * (1 + place * 7919 % 23),
        }
        for place in range(1, posts + 1)
    ]
    given = {"posts": rows, "sources": [{**source, "stated_count": posts, "found_count": posts}]}
    tables = Tables({name: frame_of(schema, given.get(name, [])) for name, schema in CONTRACT.items()})
    return tables.replace(**summarise(tables).frames).check("long thread")
