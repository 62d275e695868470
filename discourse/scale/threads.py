"""One row a thread: where it is, how large, and what was found in it."""

from collections import Counter
from typing import Any

import pandas as pd

from discourse.chains import depths
from discourse.tables import Tables, frame_of, plain_rows
from discourse.tables.schema import Column, Schema

_TITLE = 120  # characters
_COUNTS = (
    "part",
    "first_position",
    "posts",
    "authors",
    "replies",
    "longest_chain",
    "agreements",
    "disagreements",
    "markers",
    "claims",
    "loops",
    "turns",
    "restatements",
    "faults",
)
_READ = ["post_id", "thread_id", "position", "author", "timestamp", "reply_to", "lang", "text"]
_REPLIES = {"agree": "agreements", "disagree": "disagreements"}  # labels of the layer, and what counts them
_LABELS = (*_REPLIES.values(), "markers", "restatements")
THREADS = Schema(
    "threads",
    ("thread_id",),
    (
        Column("thread_id"),
        *(Column(name, "Int64", low=0) for name in _COUNTS[:4]),
        Column("first_time", nullable=True),
        Column("last_time", nullable=True),
        Column("title", nullable=True),
        Column("lang", nullable=True),
        *(Column(name, "Int64", low=0) for name in _COUNTS[4:]),
        Column("digest"),
    ),
)


def threads_table(tables: Tables, part: int, digests: dict[str, str]) -> pd.DataFrame:
    """Count what was found in each thread.

    Parameters
    ----------
    tables
        Of whole threads, each row with its `thread_id`.
    digests
        The hash of what was read of each thread.

    Returns
    -------
    pandas.DataFrame
        By the schema THREADS, in the order of the threads' first posts.
    """
    posts: dict[str, list[dict[str, Any]]] = {}
    for post in plain_rows(tables["posts"][_READ]):
        posts.setdefault(post["thread_id"], []).append(post)
    counts = {
        **{name: Counter(tables[name]["thread_id"]) for name in ("claims", "loops", "turns", "faults")},
        **_label_counts(tables),
    }
    rows = [
        {
            **_told(sorted(own, key=lambda post: post["position"])),
            **{name: count[thread_id] for name, count in counts.items()},
            "thread_id": thread_id,
            "part": part,
            "digest": digests.get(thread_id),
        }
        for thread_id, own in posts.items()
    ]
    return frame_of(THREADS, sorted(rows, key=lambda row: row["first_position"]))


def _told(posts: list[dict[str, Any]]) -> dict[str, Any]:
    """Return what a thread's posts, in the order of the dump, tell of it."""
    times = [post["timestamp"] for post in posts if post["timestamp"] is not None]
    languages = Counter(post["lang"] for post in posts if post["lang"] is not None)
    # a link into another thread is none here: whether that thread is at hand must not count
    own = {post["post_id"] for post in posts}
    deep = depths({post["post_id"]: up if (up := post["reply_to"]) in own else None for post in posts})
    return {
        "first_position": posts[0]["position"],
        "posts": len(posts),
        "authors": len({post["author"] for post in posts}),
        "first_time": min(times, default=None),
        "last_time": max(times, default=None),
        "title": posts[0]["text"].strip().split("\n", 1)[0].strip()[:_TITLE],
        # at a tie the first by its code
        "lang": min(languages, key=lambda code: (-languages[code], code), default=None),
        "replies": sum(post["reply_to"] is not None for post in posts),
        "longest_chain": max(deep.values()) + 1,
    }


def _label_counts(tables: Tables) -> dict[str, Counter[str]]:
    notes, turns = tables["annotations"], tables["turns"]
    counts: dict[str, Counter[str]] = {name: Counter() for name in _LABELS}
    for thread_id, layer, label in zip(notes["thread_id"], notes["layer"], notes["label"], strict=True):
        if layer == "rhetoric":
            counts["markers"][thread_id] += 1
        elif layer == "reply" and label in _REPLIES:
            counts[_REPLIES[label]][thread_id] += 1
    restated = zip(turns["thread_id"], turns["role"], strict=True)
    counts["restatements"].update(thread_id for thread_id, role in restated if role == "restatement")
    return counts
