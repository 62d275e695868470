"""How the journal lies in its file, and how it is written to: one action at a time."""

import sqlite3
import threading

SCHEMA = """
CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE actions (
    action INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,          -- UTC, ISO 8601
    annotator TEXT NOT NULL,   -- human:NAME
    origin TEXT NOT NULL,      -- review, or import:FORMAT
    is_blind INTEGER NOT NULL, -- whether the machine's labels were hidden
    undoes INTEGER REFERENCES actions (action)
);
CREATE TABLE decisions (
    decision INTEGER PRIMARY KEY AUTOINCREMENT,
    action INTEGER NOT NULL REFERENCES actions (action),
    kind TEXT NOT NULL,
    post_id TEXT NOT NULL,
    text_hash TEXT NOT NULL,
    value TEXT NOT NULL        -- JSON
);
CREATE VIEW standing AS
    SELECT * FROM decisions JOIN actions USING (action)
    WHERE NOT EXISTS (SELECT 1 FROM actions AS later WHERE later.undoes = decisions.action);
CREATE INDEX decisions_of_post ON decisions (post_id, decision);
CREATE INDEX actions_undone ON actions (undoes);
"""


class Transaction:
    """One writer at a time, whole or not at all, among threads and processes."""

    def __init__(self, connection: sqlite3.Connection, lock: threading.Lock) -> None:
        self._connection = connection
        self._lock = lock

    def __enter__(self) -> None:
        self._lock.acquire()
        try:
            self._connection.execute("BEGIN IMMEDIATE")
        except BaseException:
            self._lock.release()
            raise

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        try:
            self._connection.execute("COMMIT" if kind is None else "ROLLBACK")
        finally:
            self._lock.release()
