"""Made-up discussions: what is said, by whom, in answer to which post, before any page shows it."""

import json
import random
from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from tests.ingest.made_up.names import ONCE

FOLDER = Path(__file__).parent / "threads"


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """One post; its lines are never empty at either end, between paragraphs they may be."""

    id: int  # 1-based, in the order of time
    author: str
    reply_to: int | None  # None at a root
    time: datetime
    text: tuple[str, ...]
    quotes: dict[int, int]  # line of text (0-based) that is a quotation -> post that said it first
    partly: dict[int, int]  # line that holds a quotation and own words -> post that said it first


@dataclass(frozen=True, slots=True, kw_only=True)
class Thread:
    """One discussion under one article or opening."""

    name: str
    language: str  # ISO 639-1
    register: str
    title: str
    article: tuple[str, ...]  # lines that a page may show above the posts
    posts: tuple[Post, ...]

    @property
    def authors(self) -> dict[int, str]:
        """Who wrote which post."""
        return {post.id: post.author for post in self.posts}


def _post(row: dict[str, Any]) -> Post:
    lines = {name: {int(k): v for k, v in row.get(name, {}).items()} for name in ("quotes", "partly")}
    return Post(
        id=row["id"],
        author=row["author"],
        reply_to=row["reply_to"],
        time=datetime.fromisoformat(row["time"]),
        text=tuple(row["text"]),
        **lines,
    )


@cache
def threads() -> dict[str, Thread]:
    """All made-up threads by name."""
    found = {}
    for path in sorted(FOLDER.glob("*.json")):
        row = json.loads(path.read_text(encoding="utf-8"))
        row["posts"] = tuple(map(_post, row["posts"]))
        row["article"] = tuple(row["article"])
        found[path.stem] = Thread(name=path.stem, **row)
    return found


def crowd(thread: Thread, seed: int, share: float = 0.6) -> Thread:
    """The same discussion by a crowd: that share of the posts gets an author who posts nowhere else.

    People whom somebody names in a text keep their first post, so that the name still stands on the page.
    """
    rng = random.Random(f"{thread.name} crowd {seed}")
    names = [name for name in ONCE if name not in thread.authors.values()]
    rng.shuffle(names)
    seen: Counter[str] = Counter()
    posts = []
    for post in thread.posts:
        seen[post.author] += 1
        new = bool(names) and seen[post.author] > 1 and rng.random() < share
        posts.append(replace(post, author=names.pop()) if new else post)
    return replace(thread, name=f"{thread.name}+", posts=tuple(posts))
