"""A run laid out for review: its posts and labels, found by number without holding all of them in memory."""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from msgspec import Struct

from discourse.errors import DiscourseError
from discourse.labels.decisions import HUMAN, text_hash
from discourse.labels.sampling.ids import read_post_ids
from discourse.review.disputes import Dispute, Disputes
from discourse.stored.runs import read_record, run_folders
from discourse.stored.streaming import Row, stream_rows
from discourse.summary.facts import is_guess

UNSURE_BELOW = 0.5
_SCHEMA = """
CREATE TABLE posts (number INTEGER PRIMARY KEY, thread_id TEXT, row TEXT);
CREATE TABLE labels (number INTEGER, row TEXT);
CREATE TABLE targets (thread_id TEXT, target TEXT, mentions INTEGER);
CREATE TABLE authors (thread_id TEXT, author TEXT, posts INTEGER);
"""
_INDEXES = """
CREATE INDEX labels_of_post ON labels (number);
CREATE INDEX posts_of_thread ON posts (thread_id, number);
CREATE INDEX targets_of_thread ON targets (thread_id, mentions);
CREATE INDEX authors_of_thread ON authors (thread_id, posts);
"""


class DeskPost(Struct, frozen=True, kw_only=True):
    """A post as a coder is shown it."""

    number: int  # from 1, in the order of the run
    post_id: str
    thread_id: str
    author: str
    text: str
    digest: str  # `text_hash` of the text
    timestamp: str | None
    reply_to: int | None  # number of the post that the machine says it answers
    evidence: str
    reply_score: float | None
    split_score: float | None

    @property
    def is_stated(self) -> bool:
        """Whether the page itself says whom the post answers."""
        return self.evidence != "none" and not is_guess(self.evidence, None)


class Desk:
    """The posts of one run, numbered from 1, with the machine's labels.

    Posts and labels stand in a file of SQLite's own that goes when the program goes, however it ends.

    Parameters
    ----------
    folder
        Of one source's run.

    Raises
    ------
    DiscourseError
        Where it is no run, or a damaged one.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.record = read_record(folder)
        self.numbers: dict[str, int] = {}  # of posts, by id
        self.digests: list[str] = []  # by number - 1
        self.doubtful: set[int] = set()  # posts with a guessed link, an unsure label or beginning
        self._file = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        self._file.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;" + _SCHEMA)
        self._file.execute("BEGIN")
        self._insert("posts", 3, self._posts())
        self._insert("labels", 2, self._labels())
        targets = stream_rows(folder, "targets")
        self._insert("targets", 3, ((row["thread_id"], row["target"], row["mentions"]) for row in targets))
        authors = stream_rows(folder, "authors")
        self._insert("authors", 3, ((row["thread_id"], row["author"], row["posts"]) for row in authors))
        self._file.execute("COMMIT")
        self._file.executescript(_INDEXES)
        self.disputes = Disputes(folder, self.numbers)

    @property
    def name(self) -> str:
        """The name of the source's file, else of the folder."""
        sources = self.record.get("sources") or [{}]
        uri = str(sources[0].get("uri") or "") if isinstance(sources[0], dict) else ""
        return uri.replace("\\", "/").rstrip("/").rpartition("/")[2] or self.folder.name

    def __len__(self) -> int:
        return len(self.digests)

    def post(self, number: int) -> DeskPost:
        """Return a post.

        Raises
        ------
        KeyError
            Where there is none of that number.
        """
        found = self._file.execute("SELECT row FROM posts WHERE number = ?", [number]).fetchone()
        if found is None:
            raise KeyError(number)
        return self._desk_post(number, found[0])

    def posts(self, numbers: Iterable[int]) -> list[DeskPost]:
        """Return some posts."""
        return [self.post(number) for number in numbers]

    def labels(self, number: int) -> list[Row]:
        """Return the machine's labels on a post, by place."""
        found = self._file.execute("SELECT row FROM labels WHERE number = ?", [number])
        return sorted((json.loads(row) for (row,) in found), key=lambda row: (row["start"], row["end"]))

    def around(self, post: DeskPost, before: int, after: int) -> tuple[list[DeskPost], list[DeskPost]]:
        """Return the posts of the same thread just before and just after a post, in their order."""
        query = "SELECT number, row FROM posts WHERE thread_id = ? AND number {} ? ORDER BY number {} LIMIT ?"
        at = [post.thread_id, post.number]
        first = self._file.execute(query.format("<", "DESC"), [*at, before]).fetchall()
        later = self._file.execute(query.format(">", "ASC"), [*at, after]).fetchall()
        return [self._desk_post(*row) for row in reversed(first)], [self._desk_post(*row) for row in later]

    def targets(self, thread_id: str, most: int = 200) -> list[str]:
        """Return what a thread argues about, most mentioned first."""
        query = "SELECT target FROM targets WHERE thread_id = ? ORDER BY mentions DESC, target LIMIT ?"
        return [target for (target,) in self._file.execute(query, [thread_id, most])]

    def authors(self, thread_id: str, most: int = 200) -> list[str]:
        """Return who writes in a thread, those who write most first."""
        query = "SELECT author FROM authors WHERE thread_id = ? ORDER BY posts DESC, author LIMIT ?"
        return [author for (author,) in self._file.execute(query, [thread_id, most])]

    def near(self, post: DeskPost) -> list[Dispute]:
        """Return the disputes that a post may be a turn of."""
        return self.disputes.near(post.thread_id, post.number)

    def close(self) -> None:
        """Let the posts go."""
        self._file.close()

    def _insert(self, table: str, width: int, rows: Iterable[tuple[Any, ...]]) -> None:
        marks = ",".join("?" * width)
        self._file.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)  # noqa: S608 - names of ours

    def _posts(self) -> Iterator[tuple[int, str, str]]:
        for number, row in enumerate(stream_rows(self.folder, "posts"), 1):
            digest = text_hash(row["text"])
            self.numbers[row["post_id"]] = number
            self.digests.append(digest)
            evidence = row["reply_evidence"]
            is_guessed = evidence != "none" and is_guess(evidence, row["reply_score"])
            if is_guessed or (row["split_score"] or 1.0) < UNSURE_BELOW:
                self.doubtful.add(number)
            yield number, row["thread_id"], json.dumps(row)

    def _labels(self) -> Iterator[tuple[int, str]]:
        for row in stream_rows(self.folder, "annotations"):
            number = self.numbers.get(row["post_id"])
            if number is None or row["annotator"].startswith(HUMAN):
                continue
            if row["score"] < UNSURE_BELOW:
                self.doubtful.add(number)
            yield number, json.dumps(row)

    def _desk_post(self, number: int, row: str) -> DeskPost:
        found = json.loads(row)
        return DeskPost(
            number=number,
            post_id=found["post_id"],
            thread_id=found["thread_id"],
            author=found["author"],
            text=found["text"],
            digest=self.digests[number - 1],
            timestamp=found["timestamp"],
            reply_to=self.numbers.get(found["reply_to"] or ""),
            evidence=found["reply_evidence"],
            reply_score=found["reply_score"],
            split_score=found["split_score"],
        )


def one_run(run: Path) -> Path:
    """Return the folder of the one source of a run.

    Raises
    ------
    DiscourseError
        Where there is none, or there are several.
    """
    folders = run_folders(run)
    if len(folders) > 1:
        named = ", ".join(folder.name for folder in folders[:5])
        raise DiscourseError(
            where=str(run), problem=f"it holds {len(folders)} runs", fix=f"Give one of them: {named}"
        )
    return folders[0]


def sampled(path: Path, desk: Desk) -> list[int]:
    """Return the numbers of the posts that a file names (see `read_post_ids`), in the run's order.

    Raises
    ------
    DiscourseError
        Where the file cannot be read, or names no post of the run.
    """
    found = sorted(desk.numbers[post_id] for post_id in read_post_ids(path) if post_id in desk.numbers)
    if not found:
        raise DiscourseError(
            where=str(path),
            problem="it names no post of this run",
            fix="Give what `discourse sample` wrote of it",
        )
    return found
