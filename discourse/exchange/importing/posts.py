"""The posts of the runs that labels are for, found by id and by text."""

from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct

from discourse.errors import DiscourseError
from discourse.exchange.found import FoundPost
from discourse.labels.decisions import text_hash
from discourse.stored.runs import run_folders
from discourse.stored.streaming import stream_rows


class KnownPost(Struct, frozen=True):
    """A post of a run."""

    run: Path
    post_id: str
    text: str
    digest: str  # its `text_hash`
    reply_to: str | None


class KnownPosts:
    """All posts of some runs; raises where two of them hold posts of the same id."""

    def __init__(self, runs: Sequence[Path]) -> None:
        folders = {folder.resolve(): folder for run in runs for folder in run_folders(run)}
        self.folders = list(folders.values())
        self._by_id: dict[str, KnownPost] = {}
        self._by_text: dict[str, KnownPost | None] = {}  # None where several posts read so
        for folder in self.folders:
            for row in stream_rows(folder, "posts"):
                self._add(
                    KnownPost(folder, row["post_id"], row["text"], text_hash(row["text"]), row["reply_to"])
                )

    def _add(self, post: KnownPost) -> None:
        if post.post_id in self._by_id:
            raise DiscourseError(
                where=str(post.run),
                problem=f"its post {post.post_id!r} stands in another of the runs too",
                fix="Import for one run at a time",
            )
        self._by_id[post.post_id] = post
        self._by_text[post.digest] = None if post.digest in self._by_text else post

    def has(self, post_id: str) -> bool:
        """Say whether a post of this id is there."""
        return post_id in self._by_id

    def match(self, found: FoundPost) -> KnownPost:
        """Return the post that a file speaks of, by its id, else by its text.

        Raises
        ------
        DiscourseError
            Where no run has it, or its text has changed since it went out.
        """
        post = self._by_id.get(found.post_id or "") or self._like(found)
        where = f"{found.where}, post {found.post_id!r}" if found.post_id is not None else found.where
        if post is None:
            raise DiscourseError(
                where=where,
                problem="the run has no such post, nor just one with this very text",
                fix="Import it for the run that it was exported from",
            )
        if found.text_hash is not None and found.text_hash != post.digest:
            raise DiscourseError(
                where=where,
                problem="the post's text is another than when it was exported",
                fix="Import it for the run that it was exported from",
            )
        return post

    def _like(self, found: FoundPost) -> KnownPost | None:
        digest = found.text_hash or (None if found.text is None else text_hash(found.text))
        return None if digest is None else self._by_text.get(digest)
