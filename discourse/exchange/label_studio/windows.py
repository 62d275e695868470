"""Conversations cut into windows of posts, and the posts that others answer, in bounded memory."""

import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

from msgspec import Struct, field

from discourse.exchange.corpus import Corpus, LabelledPost

LONGEST = 40  # posts of a window
_MOST_CHARACTERS = 40_000  # from which a window ends, so that it stays a page that one can work on
_MOST_OPEN = 24  # threads that are gathered at a time, where a source mixes them


class Window(Struct):
    """Some posts of one thread that follow each other."""

    thread_id: str
    number: int  # among the windows of its thread, from 1
    posts: list[LabelledPost] = field(default_factory=list)
    size: int = 0  # characters

    @property
    def is_full(self) -> bool:
        """Whether the next post begins another window."""
        return len(self.posts) >= LONGEST or self.size >= _MOST_CHARACTERS


def windows_of(posts: Iterable[LabelledPost]) -> Iterator[Window]:
    """Yield all posts in windows that do not overlap, each of one thread, in the order of the source.

    A window ends at `LONGEST` posts, or where a source mixes more threads than are held at a time.
    """
    open_: dict[tuple[str, str], Window] = {}
    numbers: dict[tuple[str, str], int] = {}
    for one in posts:
        thread = (one.run, one.post.thread_id)
        window = open_.pop(thread, None)
        if window is None:
            numbers[thread] = numbers.get(thread, 0) + 1
            window = Window(one.post.thread_id, numbers[thread])
        window.posts.append(one)
        window.size += len(one.post.text)
        if window.is_full:
            yield window
        else:
            open_[thread] = window  # the one that grew last stands last
        if len(open_) > _MOST_OPEN:
            yield open_.pop(next(iter(open_)))
    yield from open_.values()


class Contexts:
    """The texts of all posts, on disk, so that a task can show what its post answers; use it in a `with`."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._folder = tempfile.TemporaryDirectory(prefix="discourse-")

    def __enter__(self) -> Self:
        self._file = sqlite3.connect(Path(self._folder.name) / "texts.sqlite", isolation_level=None)
        for statement in (
            "PRAGMA journal_mode=OFF",
            "PRAGMA synchronous=OFF",
            "CREATE TABLE posts (post_id TEXT PRIMARY KEY, author TEXT, text TEXT)",
            "BEGIN",
        ):
            self._file.execute(statement)
        rows = ((row["post_id"], row["author"], row["text"]) for row in self._corpus.rows("posts"))
        self._file.executemany("INSERT OR IGNORE INTO posts VALUES (?, ?, ?)", rows)
        self._file.execute("COMMIT")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()
        self._folder.cleanup()

    def of(self, post_id: str | None) -> tuple[str, str]:
        """Return author and text of a post; two empty texts where there is none."""
        query = "SELECT author, text FROM posts WHERE post_id = ?"
        found = None if post_id is None else self._file.execute(query, [post_id]).fetchone()
        return found or ("", "")
