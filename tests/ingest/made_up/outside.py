"""Discussions of `../shared` in the form of the made-up ones, to learn the reading of pages from.

Nothing of them is kept but weights. Each is cut to a page's length; lines that hold a quotation are
marked, names are now and then exchanged for made-up ones.
"""

import gzip
import json
import random
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.ingest.made_up.names import MORE, ONCE
from tests.ingest.made_up.threads import Post, Thread

FILE = Path("data/threads/iac.jsonl.gz")
LEAST, MOST = 4, 45


def outside_threads(shared: Path, seed: int) -> Iterator[Thread]:
    """The discussions of one file, each as one page, in the file's order."""
    rng = random.Random(f"outside {seed}")
    with gzip.open(shared / FILE, "rt", encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            if len(row["posts"]) >= LEAST:
                yield thread(row, rng)


def thread(row: dict[str, Any], rng: random.Random) -> Thread:
    """One discussion, cut to a page's length."""
    posts = row["posts"][: rng.randint(LEAST, MOST)]
    names = [*ONCE, *MORE]
    rng.shuffle(names)
    share = rng.choice((0.0, 0.3, 0.8))
    called: dict[str, str] = {}
    ids: dict[int, int] = {}
    found: list[Post] = []
    for post in posts:
        text, quotes = lines(post, ids)
        if not text:
            continue
        author = post["author"] or "?"
        if author not in called:
            called[author] = names.pop() if names and rng.random() < share else author
        ids[post["id"]] = len(found) + 1
        found.append(
            Post(
                id=len(found) + 1,
                author=called[author].strip(),
                reply_to=ids.get(post["parent"]),
                time=datetime.fromtimestamp(post["ts"] or 1.0e9, UTC).replace(tzinfo=None),
                text=text,
                quotes=quotes,
                partly={},
            )
        )
    article = [
        line.strip() for post in row["posts"][-2:] for line in post["text"].split("\n") if line.strip()
    ]
    return Thread(
        name=str(row["discussion_id"]),
        language="en",
        register="forum",
        title=(row["title"] or "").rpartition("-")[2].strip() or "Discussion",
        article=tuple(article[: rng.randint(3, 20)]),
        posts=tuple(found),
    )


def lines(post: dict[str, Any], ids: dict[int, int]) -> tuple[tuple[str, ...], dict[int, int]]:
    """The lines of a post, and which of them are quotations of which post."""
    found: list[str] = []
    quotes: dict[int, int] = {}
    at = 0
    for line in post["text"].split("\n"):
        start, end = at, at + len(line)
        at = end + 1
        text = line.strip()
        if not text and (not found or not found[-1]):
            continue
        source = next((q[2] for q in post["quotes"] if q[0] < end and q[1] > start and q[2] in ids), None)
        if text and source is not None:
            quotes[len(found)] = ids[source]
        found.append(text)
    while found and not found[-1]:
        found.pop()
    if all(i in quotes for i, line in enumerate(found) if line):
        quotes = {}
    return tuple(found), quotes
