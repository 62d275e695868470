"""A source that was opened: its tables in parts, its summary row, and what was taken for what."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Protocol

import numpy as np
import pandas as pd
from msgspec import Struct
from numpy.typing import NDArray

from discourse.errors import NoCommentsError
from discourse.ingest.explained import Explained
from discourse.ingest.exports import Export
from discourse.ingest.exports.batches import Batch
from discourse.model import Source
from discourse.tables import FAULTS, SOURCES, Tables, frame_of
from discourse.text.language import languages_of


class OpenSource(Protocol):
    """A file that can be read, whatever its kind."""

    @property
    def source_id(self) -> str:
        """First 12 hex digits of the SHA-256 of the file."""

    @property
    def kind(self) -> str:
        """What it is: `page`, `html`, or an export's format."""

    @property
    def counts(self) -> Mapping[str, int]:
        """What else there is to say in numbers when all parts were read, by name."""

    @property
    def is_page(self) -> bool:
        """Whether it is a page, whose posts had to be found; else an export, whose records are posts."""

    def parts(self) -> Iterator[Tables]:
        """Yield posts and articles, some thousand posts at a time, each once.

        Posts of one thread come in one part where the file keeps them together.
        """

    def closing(self) -> Tables:
        """Return the tables sources and faults, known when all parts were read."""

    def explained(self) -> Iterator[Explained]:
        """Yield what each part of the source was taken for; complete when all parts were read."""


class PageSource(Struct, frozen=True):
    """A pasted or saved page: one thread, read as a whole."""

    kind: str
    tables: Tables
    lines: Sequence[Explained]
    problems: Sequence[str] = ()  # what was lost in opening it

    @property
    def is_page(self) -> bool:
        """Yes."""
        return True

    @property
    def counts(self) -> Mapping[str, int]:
        """Nothing: a page's tables say it all."""
        return {}

    @property
    def source_id(self) -> str:
        """First 12 hex digits of the SHA-256 of the file."""
        return str(self.tables["sources"]["source_id"].iloc[0])

    def parts(self) -> Iterator[Tables]:
        """Yield the page's posts and articles."""
        yield Tables({name: self.tables[name] for name in ("posts", "articles")})

    def closing(self) -> Tables:
        """Return the page's row in sources, and what was lost."""
        uri = self.tables["sources"]["uri"].iloc[0]
        faults = [_fault(uri, problem) for problem in self.problems]
        return Tables({"sources": self.tables["sources"], "faults": frame_of(FAULTS, faults)})

    def explained(self) -> Iterator[Explained]:
        """Yield the page line by line, or element by element."""
        yield from self.lines


class ExportSource(Struct, frozen=True):
    """An export or dump: many threads, read part by part."""

    export: Export

    @property
    def is_page(self) -> bool:
        """No."""
        return False

    @property
    def kind(self) -> str:
        """Name of the format."""
        return self.export.format

    @property
    def source_id(self) -> str:
        """First 12 hex digits of the SHA-256 of the file."""
        return self.export.source_id

    @property
    def counts(self) -> Mapping[str, int]:
        """What was read, cut and left out so far, by name."""
        return self.export.counts

    def parts(self) -> Iterator[Tables]:
        """Yield the posts, some thousand at a time."""
        for batch in self.export.batches():
            yield Tables({"posts": posts_of(batch, states_links=self.export.states_links)})

    def closing(self) -> Tables:
        """Return the export's row in sources, and what went wrong in reading it.

        Raises
        ------
        NoCommentsError
            Where it holds no post.
        """
        posts = self.export.counts.get("posts", 0)
        if not posts:
            raise NoCommentsError(
                where=str(self.export.path),
                problem=f"it was read as {self.kind}, and holds no post",
                fix="Check that it is the export that you mean",
            )
        source = Source(
            source_id=self.source_id,
            uri=str(self.export.path),
            reader=self.kind,
            reader_score=1.0,
            found_count=posts,
            sha256=self.export.sha256,
        )
        return Tables(
            {"sources": frame_of(SOURCES, [source]), "faults": frame_of(FAULTS, self.export.faults)}
        )

    def explained(self) -> Iterator[Explained]:
        """Yield what the format was told by, and what each field was taken for."""
        yield Explained("file", self.kind, None, self.export.kind.reason, self.export.path.name)
        for use in self.export.columns_used:
            yield Explained("field", use.use, None, use.reason, use.name)


def posts_of(batch: Batch, *, states_links: bool, positions: NDArray[np.int64] | None = None) -> pd.DataFrame:
    """Return posts of an export as a table, each with its language, told by those of its thread beside it.

    Parameters
    ----------
    states_links
        Whether the export says which post each one answers.
    positions
        Where each post stood in its file, if they do not follow each other there.
    """
    posts = batch.frame(positions)
    posts["lang"] = pd.Series(_languages(batch.texts, posts["thread_id"]), dtype="str")
    if states_links:  # then a post without a link is a root for sure
        posts["reply_score"] = posts["reply_score"].fillna(1.0)
    return posts


def _languages(texts: Sequence[str], thread_ids: Iterable[str]) -> list[str | None]:
    """Tell each post's language within its thread: the threads of an export need not share one."""
    places: dict[str, list[int]] = defaultdict(list)
    for place, thread_id in enumerate(thread_ids):
        places[thread_id].append(place)
    told: list[str | None] = [None] * len(texts)
    for its in places.values():
        for place, language in zip(its, languages_of([texts[place] for place in its]), strict=True):
            told[place] = language
    return told


def _fault(item: str, problem: str) -> dict[str, str]:
    return {"stage": "read", "item_id": item, "problem": problem}


def whole(source: OpenSource) -> Tables:
    """Return all tables of a source at once, checked against the contract."""
    parts = Tables.concat(source.parts())
    return parts.replace(**source.closing().frames).check(str(source.source_id))
