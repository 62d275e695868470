"""What the rows of some files say, brought together by post, on disk."""

import json
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Self

from discourse.errors import DiscourseError
from discourse.exchange.found import FoundLabel, FoundPost

_SCHEMA = (
    "PRAGMA journal_mode=OFF",
    "PRAGMA synchronous=OFF",
    "CREATE TABLE posts (number INTEGER PRIMARY KEY, key TEXT UNIQUE, place TEXT, post_id TEXT, text TEXT, "
    "text_hash TEXT)",
    "CREATE TABLE entries (number INTEGER, kind TEXT, place TEXT, value TEXT)",
)
_NEW = "INSERT INTO posts (key, place, post_id, text, text_hash) VALUES (?, ?, ?, ?, ?)"


class Gathering:
    """Posts in the order in which they are first named, with all that is said of each; use it in a `with`."""

    def __enter__(self) -> Self:
        self._folder = tempfile.TemporaryDirectory(prefix="discourse-")
        self._file = sqlite3.connect(Path(self._folder.name) / "labels.sqlite", isolation_level=None)
        for statement in _SCHEMA:
            self._file.execute(statement)
        self._file.execute("BEGIN")
        self._last: tuple[str, int] | None = None
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()
        self._folder.cleanup()

    def add_post(self, where: str, post_id: str, text: str | None, text_hash: str | None) -> None:
        """Take a post of a table of posts.

        Raises
        ------
        DiscourseError
            Where it was there before.
        """
        try:
            self._file.execute(_NEW, [_key(post_id, None), where, post_id, text, text_hash])
        except sqlite3.IntegrityError as error:
            raise DiscourseError(
                where=where,
                problem=f"the post {post_id[:80]!r} stands here a second time",
                fix="Give each post one row",
            ) from error

    def add_label(self, where: str, post_id: str | None, text: str | None, label: dict[str, Any]) -> None:
        """Take a label: the fields of a `FoundLabel`."""
        self._add(self._number(where, post_id, text), "label", where, label)

    def add_read(self, where: str, post_id: str, read: tuple[str | None, str, str | None]) -> None:
        """Take a note that somebody looked for something; see `FoundPost.read`."""
        self._add(self._number(where, post_id, None), "read", where, read)

    def posts(self) -> Iterator[FoundPost]:
        """Yield all of it; a post with labels stands where the first of them does."""
        self._file.execute("CREATE INDEX entries_of_post ON entries (number)")
        for number, where, post_id, text, digest in self._file.execute(
            "SELECT number, place, post_id, text, text_hash FROM posts ORDER BY number"
        ):
            query = "SELECT kind, place, value FROM entries WHERE number = ? ORDER BY rowid"
            rows = self._file.execute(query, [number]).fetchall()
            said = [(kind, json.loads(value)) for kind, _, value in rows]
            yield FoundPost(
                where=next((place for kind, place, _ in rows if kind == "label"), where),
                post_id=post_id,
                text=text,
                text_hash=digest,
                labels=tuple(FoundLabel(**value) for kind, value in said if kind == "label"),
                read=tuple((value[0], value[1], value[2]) for kind, value in said if kind == "read"),
            )

    def _add(self, number: int, kind: str, where: str, value: Any) -> None:
        cells = [number, kind, where, json.dumps(value)]
        self._file.execute("INSERT INTO entries VALUES (?, ?, ?, ?)", cells)

    def _number(self, where: str, post_id: str | None, text: str | None) -> int:
        key = _key(post_id, text)
        if self._last is not None and self._last[0] == key and text is None:
            return self._last[1]
        query = "SELECT number, text FROM posts WHERE key = ?"
        found = self._file.execute(query, [key]).fetchone()
        if found is None:
            number = int(self._file.execute(_NEW, [key, where, post_id, text, None]).lastrowid or 0)
        else:
            number = int(found[0])
            self._agree(where, number, found[1], text)
        self._last = key, number
        return number

    def _agree(self, where: str, number: int, known: str | None, text: str | None) -> None:
        """Make sure that a post has one text."""
        if text is None or text == known:
            return
        if known is not None:
            raise DiscourseError(
                where=where,
                problem="its text is not the one that an earlier row gives the same post",
                fix="Give each post one text and one id",
            )
        self._file.execute("UPDATE posts SET text = ? WHERE number = ?", [text, number])


def _key(post_id: str | None, text: str | None) -> str:
    """Return what a post is told by: its id, else its text."""
    return f"id {post_id}" if post_id is not None else f"text {text}"
