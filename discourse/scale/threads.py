"""One row a thread: where it is, how large, and what was found in it."""

from typing import Any

import pandas as pd

from discourse.chains import depths
from discourse.tables import Tables
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
    posts = tables["posts"]
    by_thread = posts.groupby("thread_id", sort=False)
    found = pd.DataFrame(
        {
            "first_position": by_thread["position"].min(),
            "posts": by_thread.size(),
            "authors": by_thread["author"].nunique(),
            "first_time": by_thread["timestamp"].min(),
            "last_time": by_thread["timestamp"].max(),
            "lang": _most_frequent(posts, "lang"),
            "title": _titles(posts),
            "replies": by_thread["reply_to"].count(),
            "longest_chain": _longest_chains(posts),
            **_label_counts(tables["annotations"]),
            **{name: _sizes(tables[name]) for name in ("claims", "loops", "turns", "faults")},
            "restatements": _sizes(tables["turns"][tables["turns"]["role"] == "restatement"]),
        }
    ).sort_values("first_position")
    found = found.reset_index(names="thread_id").assign(part=part)
    found["digest"] = found["thread_id"].map(digests)
    for column in THREADS.columns:
        values = found[column.name]
        found[column.name] = (values.fillna(0) if column.dtype == "Int64" else values).astype(column.dtype)
    return found[THREADS.names]


def _sizes(rows: pd.DataFrame) -> "pd.Series[int]":
    return rows.groupby("thread_id", sort=False).size()


def _label_counts(rows: pd.DataFrame) -> dict[str, "pd.Series[int]"]:
    replies, marks = rows[rows["layer"] == "reply"], rows[rows["layer"] == "rhetoric"]
    return {
        "agreements": _sizes(replies[replies["label"] == "agree"]),
        "disagreements": _sizes(replies[replies["label"] == "disagree"]),
        "markers": _sizes(marks),
    }


def _most_frequent(posts: pd.DataFrame, column: str) -> "pd.Series[Any]":
    sizes = posts.groupby(["thread_id", column]).size().reset_index(name="size")
    ordered = sizes.sort_values(["thread_id", "size", column], ascending=[True, False, True])
    return ordered.drop_duplicates("thread_id").set_index("thread_id")[column]


def _titles(posts: pd.DataFrame) -> "pd.Series[Any]":
    """Return the first line of each thread's first post."""
    first = posts.sort_values("position").drop_duplicates("thread_id").set_index("thread_id")["text"]
    lines = [(text.strip().split("\n", 1)[0].strip()[:_TITLE] or None) for text in first]
    return pd.Series(lines, index=first.index, dtype="str")


def _longest_chains(posts: pd.DataFrame) -> "pd.Series[int]":
    """Return how many posts the longest chain of replies in each thread has."""
    ordered = posts.sort_values("position")
    home = dict(zip(ordered["post_id"], ordered["thread_id"], strict=True))
    # a link into another thread is none here: whether that thread is at hand must not count
    links = zip(ordered["post_id"], ordered["reply_to"], ordered["thread_id"], strict=True)
    deep = depths({post: up if home.get(up) == thread else None for post, up, thread in links})
    ranks = ordered["post_id"].map(deep) + 1
    return ranks.groupby(ordered["thread_id"]).max()
