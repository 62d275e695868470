"""Rows on disk, by the post that they are on: so labels come to their posts however many there are."""

import json
import sqlite3
from collections.abc import Callable, Iterable
from pathlib import Path

from discourse.errors import DiscourseError
from discourse.stored.streaming import Row


class RowsByPost:
    """Rows of `annotations` and `coded` on disk, each found by its post.

    Parameters
    ----------
    path
        A file of its own, for as long as this is open; what it holds is no result.
    """

    def __init__(self, path: Path) -> None:
        self._file = sqlite3.connect(path, isolation_level=None)
        for statement in (
            "PRAGMA journal_mode=OFF",
            "PRAGMA synchronous=OFF",
            "CREATE TABLE labels (post_id TEXT, row TEXT)",
            "CREATE INDEX labels_of_post ON labels (post_id)",
            "CREATE TABLE coded (post_id TEXT, row TEXT)",
            "CREATE INDEX coded_of_post ON coded (post_id)",
            "CREATE TABLE posts (post_id TEXT PRIMARY KEY) WITHOUT ROWID",
        ):
            self._file.execute(statement)

    def add(self, rows: Iterable[Row], takes: Callable[[Row], bool]) -> None:
        """Add those rows of `annotations` that are wanted."""
        self._insert("INSERT INTO labels VALUES (?, ?)", rows, takes)

    def add_coded(self, rows: Iterable[Row], takes: Callable[[Row], bool]) -> None:
        """Add those rows of `coded` that are wanted."""
        self._insert("INSERT INTO coded VALUES (?, ?)", rows, takes)

    def _insert(self, order: str, rows: Iterable[Row], takes: Callable[[Row], bool]) -> None:
        self._file.execute("BEGIN")
        self._file.executemany(order, ((row["post_id"], json.dumps(row)) for row in rows if takes(row)))
        self._file.execute("COMMIT")

    def add_posts(self, run: Path, ids: Iterable[str]) -> None:
        """Make sure that no post of a run has the id of one in a run before it."""
        self._file.execute("BEGIN")
        for post_id in ids:
            try:
                self._file.execute("INSERT INTO posts VALUES (?)", [post_id])
            except sqlite3.IntegrityError as error:
                raise DiscourseError(
                    where=str(run),
                    problem=f"its post {post_id!r} stands in another of the runs too",
                    fix="Give each source once, or export runs with the same ids one by one",
                ) from error
        self._file.execute("COMMIT")

    def coded_in(self, post_id: str) -> list[Row]:
        """Return a post's rows of `coded`, in the order in which they were added."""
        found = self._file.execute("SELECT row FROM coded WHERE post_id = ? ORDER BY rowid", [post_id])
        return [json.loads(row) for (row,) in found]

    def of_post(self, post_id: str) -> list[Row]:
        """Return a post's rows of `annotations`, in the order in which they were added."""
        found = self._file.execute("SELECT row FROM labels WHERE post_id = ? ORDER BY rowid", [post_id])
        return [json.loads(row) for (row,) in found]

    def close(self) -> None:
        """Close the file."""
        self._file.close()
