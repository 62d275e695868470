"""The journal of people's decisions on one run: appended to, never changed, safe against a crash.

An SQLite file in WAL mode beside the run's folder, `NAME.review.sqlite`. What `append` has returned
from stays, whatever becomes of the process; a second process may read and write at the same time.
"""

import json
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self

from msgspec import Struct

from discourse.errors import DiscourseError
from discourse.labels.decisions import Decision, Kind, check_decision
from discourse.labels.journal_file import SCHEMA, Transaction
from discourse.stored.runs import read_record, source_digests

VERSION = 1
ENDING = ".review.sqlite"
_WAIT = 30.0  # seconds for another writer to finish; each writes for milliseconds
_UNDONE = "undoes IS NULL AND action NOT IN (SELECT undoes FROM actions WHERE undoes IS NOT NULL)"
_NOTED = "SELECT action, annotator, origin, is_blind, kind, post_id, text_hash, value FROM standing"


class Noted(Struct, frozen=True, kw_only=True):
    """A decision as the journal holds it."""

    action: int  # decisions of one action are undone together
    annotator: str
    origin: str
    is_blind: bool
    decision: Decision


def journal_path(folder: Path) -> Path:
    """Return where the journal of a run stands: beside its folder, which the next analysis replaces."""
    folder = folder.resolve()
    return folder.with_name(folder.name + ENDING)


def journal_of(run: Path) -> "Journal":
    """Open the journal beside a run to add to it, and make it where it is missing.

    Raises
    ------
    DiscourseError
        Where the run was made with people's decisions: what is decided goes on beside the run that they are
        on, since a new analysis begins with the page as it is read. See `Journal` for the rest.
    """
    settings = read_record(run).get("settings")
    if isinstance(settings, dict) and settings.get("reviews"):
        raise DiscourseError(
            where=str(run),
            problem="it is a corrected analysis (--with); the journal is beside the run that was reviewed",
            fix="Give the run that was reviewed",
        )
    return Journal(journal_path(run), source_digests(run))


class Journal:
    """People's decisions on the posts of one source.

    Parameters
    ----------
    path
        The file; made where it is missing, if `sources` are given.
    sources
        The SHA-256 of the files that the run read. A journal is of its sources, not of one analysis: it
        goes on when the source is analysed again.

    Raises
    ------
    DiscourseError
        Where there is no such file, it is no journal, or one of other sources.
    """

    def __init__(self, path: Path, sources: Sequence[str] | None = None) -> None:
        self.path = path
        self._lock = threading.Lock()
        if sources is None and not path.is_file():
            raise DiscourseError(
                where=str(path),
                problem="no journal of a review stands here",
                fix="Make one: discourse review RUN",
            )
        try:
            self._connection = sqlite3.connect(
                path, timeout=_WAIT, isolation_level=None, check_same_thread=False
            )
        except sqlite3.Error as error:
            raise self._fault(error) from error
        try:
            self._prepare(sources)
        except sqlite3.Error as error:
            self._connection.close()
            raise self._fault(error) from error
        except DiscourseError:
            self._connection.close()
            raise

    def _prepare(self, sources: Sequence[str] | None) -> None:
        if sources is not None:
            self._make(sources)
        about = {"sources": "", **dict(self._connection.execute("SELECT name, value FROM about"))}
        self._connection.execute("PRAGMA synchronous=FULL")  # outlives a power cut, not a crash alone
        self._connection.execute("PRAGMA foreign_keys=ON")
        if about.get("discourse") != str(VERSION):
            raise DiscourseError(
                where=str(self.path),
                problem=f"it is a journal of version {about.get('discourse')}; this program writes {VERSION}",
                fix="Use the version of discourse that wrote it",
            )
        self.sources = tuple(filter(None, about["sources"].split(",")))
        if sources is not None and set(sources) != set(self.sources):
            raise DiscourseError(
                where=str(self.path),
                problem="this journal is about another source than the run, or about one with names or words",
                fix="Move it away and keep it: it holds what people decided on those posts",
            )

    def _make(self, sources: Sequence[str]) -> None:
        """Lay an empty file out; one that holds anything is left as it is."""
        if self._connection.execute("SELECT 1 FROM sqlite_master").fetchone():
            return
        self._connection.execute("PRAGMA journal_mode=WAL")  # stays with the file
        with self._writing():
            if self._connection.execute("SELECT 1 FROM sqlite_master").fetchone():
                return  # another process was quicker
            for statement in SCHEMA.split(";"):
                self._connection.execute(statement)
            about = {"discourse": str(VERSION), "sources": ",".join(sorted(sources))}
            self._connection.executemany("INSERT INTO about VALUES (?, ?)", about.items())

    def append(
        self, annotator: str, decisions: Sequence[Decision], *, origin: str = "review", is_blind: bool = False
    ) -> int:
        """Write one action down, whole or not at all, and return its number.

        When this returns, the decisions are on disk.

        Raises
        ------
        DiscourseError
            Where the file cannot be written.
        """
        try:
            with self._writing():
                action = self._begin(annotator, origin, is_blind, None)
                self._connection.executemany(
                    "INSERT INTO decisions (action, kind, post_id, text_hash, value) VALUES (?, ?, ?, ?, ?)",
                    [(action, *_cells(decision)) for decision in decisions],
                )
            return action
        except sqlite3.Error as error:
            raise self._fault(error) from error

    def undo(self, annotator: str, action: int | None = None) -> int | None:
        """Undo an action of a person that still stands, imports left alone; return its number.

        None where nothing is left to undo. An undoing cannot be undone: decide anew.

        Parameters
        ----------
        action
            Which one; the last where none is named.
        """
        try:
            with self._writing():
                query = "SELECT max(action) FROM actions WHERE annotator = ? AND origin = 'review' AND "
                query += "action = coalesce(?, action) AND " + _UNDONE
                (last,) = self._connection.execute(query, [annotator, action]).fetchone()
                if last is not None:
                    self._begin(annotator, "review", False, last)
            return None if last is None else int(last)
        except sqlite3.Error as error:
            raise self._fault(error) from error

    def last_action(self, annotator: str, before: int | None = None) -> int:
        """Return the number of a person's last action, an undoing too; 0 where there is none.

        Parameters
        ----------
        before
            The last one before this.
        """
        query = (
            "SELECT coalesce(max(action), 0) FROM actions WHERE annotator = ? AND (? IS NULL OR action < ?)"
        )
        return int(self._rows(query, [annotator, before, before])[0][0])

    def decisions_of(self, action: int) -> list[Decision]:
        """Return what was decided in one action, also one that was undone since."""
        query = "SELECT kind, post_id, text_hash, value FROM decisions WHERE action = ? ORDER BY decision"
        return [self._decision(*row) for row in self._rows(query, [action])]

    def _decision(self, kind: Kind, post_id: str, digest: str, value: str) -> Decision:
        try:
            known = json.loads(value)
            return check_decision(Decision(kind=kind, post_id=post_id, text_hash=digest, value=known))
        except (ValueError, TypeError, RecursionError) as error:
            raise DiscourseError(
                where=str(self.path),
                problem=f"a decision on post {str(post_id)[:80]!r} is damaged ({str(error)[:80]})",
                fix="Take the journal from a backup",
            ) from error

    def has_seen(self, annotator: str, post_id: str) -> bool:
        """Say whether a person was shown the machine's labels of a post, as far as decisions tell.

        So it is after any decision on it with the labels in sight, and once the post was read: also
        where that was undone, since what was seen stays seen.
        """
        query = (
            "SELECT 1 FROM decisions JOIN actions USING (action) WHERE post_id = ? AND annotator = ? "
            "AND origin = 'review' AND (NOT is_blind OR kind = 'read') LIMIT 1"
        )
        return bool(self._rows(query, [post_id, annotator]))

    def noted(
        self, *, post_id: str | None = None, annotator: str | None = None, kind: Kind | None = None
    ) -> Iterator[Noted]:
        """Yield the decisions that were not undone, in the order in which they were made.

        Parameters
        ----------
        post_id, annotator, kind
            Only those on this post, of this person, of this kind.
        """
        place = " WHERE post_id = ?" if post_id is not None else ""
        try:
            rows = self._connection.execute(
                f"{_NOTED}{place} ORDER BY decision", [post_id] if post_id is not None else []
            )
            for action, who, origin, blind, sort, post, digest, value in rows:
                if annotator not in (None, who) or kind not in (None, sort):
                    continue
                yield Noted(
                    action=action,
                    annotator=who,
                    origin=origin,
                    is_blind=bool(blind),
                    decision=self._decision(sort, post, digest, value),
                )
        except sqlite3.Error as error:
            raise self._fault(error) from error

    def people(self) -> list[str]:
        """Return who has a decision that stands, by name."""
        rows = self._connection.execute("SELECT DISTINCT annotator FROM standing ORDER BY annotator")
        return [name for (name,) in rows]

    def close(self) -> None:
        """Close the file; what was appended stays."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _rows(self, query: str, values: Sequence[object]) -> list[Any]:
        try:
            return self._connection.execute(query, list(values)).fetchall()
        except sqlite3.Error as error:
            raise self._fault(error) from error

    def _begin(self, annotator: str, origin: str, is_blind: bool, undoes: int | None) -> int:
        now = datetime.now(UTC).isoformat(timespec="milliseconds")
        cursor = self._connection.execute(
            "INSERT INTO actions (at, annotator, origin, is_blind, undoes) VALUES (?, ?, ?, ?, ?)",
            [now, annotator, origin, int(is_blind), undoes],
        )
        return int(cursor.lastrowid or 0)

    def _writing(self) -> "Transaction":
        return Transaction(self._connection, self._lock)

    def _fault(self, error: sqlite3.Error) -> DiscourseError:
        is_none = not isinstance(error, sqlite3.OperationalError) or "no such table" in str(error)
        return DiscourseError(
            where=str(self.path),
            problem="it is no journal of a review" if is_none else f"the journal cannot be used ({error})",
            fix="Give the journal that `discourse review` wrote, on a disk with room for it",
        )


def _cells(decision: Decision) -> tuple[str, str, str, str]:
    check_decision(decision)
    value = json.dumps(dict(decision.value), ensure_ascii=False, sort_keys=True, allow_nan=False)
    return decision.kind, decision.post_id, decision.text_hash, value
