"""Reading alone: sources to posts, links and quotations, in parts, without analysis or report."""

from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path

from msgspec import Struct, field

from discourse.analysis.quotes import Quotes
from discourse.analysis.replies.replies import Replies
from discourse.ingest import open_source
from discourse.ingest.explained import Explained
from discourse.ingest.sources import OpenSource
from discourse.model import Post, Source
from discourse.provenance import run_record
from discourse.results import READING, check_target, new_folder, write_record
from discourse.stages import run_stages
from discourse.tables import FAULTS, Tables, TableWriter, frame_of, rows_of

TABLES = ("sources", "posts", "links", "articles", "annotations", "faults")
STAGES = (Quotes(), Replies())


class Tally(Struct):
    """What a reading found, counted as it goes by."""

    posts: int = 0
    threads: int = 0
    authors: int = 0  # different names; names in two parts of a dump are counted once
    links: Counter[str] = field(default_factory=Counter)  # best links by evidence
    counts: dict[str, int] = field(default_factory=dict)  # of an export: what was cut, left out or missing
    quotations: int = 0
    faults: int = 0
    reader: str = ""
    reader_score: float = 0.0
    stated: int | None = None
    uri: str = ""
    sha256: str = ""
    _threads: set[str] = field(default_factory=set)
    _torn: set[str] = field(default_factory=set)  # threads of which more than one part holds posts
    _authors: set[str] = field(default_factory=set)

    def add(self, part: Tables) -> None:
        """Count one part."""
        posts = part["posts"]
        self.posts += len(posts)
        here = set(posts["thread_id"])
        self._torn |= here & self._threads
        self._threads |= here
        self._authors.update(posts["author"])
        self.threads, self.authors = len(self._threads), len(self._authors)
        linked = posts[posts["reply_to"].notna()]
        self.links.update(linked["reply_evidence"])
        self.quotations += int((part["annotations"]["label"] == "quote").sum())
        self.faults += len(part["faults"])

    def close(self, closing: Tables, counts: Mapping[str, int]) -> None:
        """Take over what is known only at the end."""
        source = next(rows_of(Source, closing["sources"]))
        self.counts = {name: number for name, number in counts.items() if name not in ("posts", "threads")}
        self.faults += len(closing["faults"])
        self.uri, self.sha256 = source.uri, source.sha256
        self.reader, self.reader_score = source.reader, source.reader_score
        self.stated = source.stated_count

    def limits(self) -> Tables:
        """Say what reading in parts may have missed, as rows of `faults`."""
        problem = (
            f"{len(self._torn)} threads are spread over the file: quotations, and answers that are not "
            f"stated, were looked for within each part of it alone"
        )
        rows = [{"stage": "read", "item_id": self.uri, "problem": problem}] if self._torn else []
        self.faults += len(rows)
        return Tables({"faults": frame_of(FAULTS, rows)})


def linked(part: Tables) -> Tables:
    """Return a part of a source with its quotations and with who answers whom."""
    return run_stages(part, STAGES)


def explain_source(
    path: Path, *, columns: Mapping[str, str] | None = None
) -> tuple[list[Explained], list[Post]]:
    """Return what each part of a source was taken for and why, and a page's posts with their best links.

    Raises
    ------
    DiscourseError
        Where the source cannot be read.
    """
    source = open_source(path, columns=columns)
    posts: list[Post] = []
    for part in source.parts():
        if source.is_page:  # the posts of an export begin where its records do, and say whom they answer
            posts += rows_of(Post, linked(part)["posts"])
    source.closing()
    return list(source.explained()), posts


def read_to_folder(
    path: Path,
    folder: Path,
    *,
    columns: Mapping[str, str] | None = None,
    progress: Callable[[int], None] = lambda _posts: None,
) -> Tally:
    """Read one source and write its tables below a folder, part by part.

    Writes `tables/` (sources, posts, links, articles, annotations of the layer quote, faults) and
    `run.json`; memory is that of one part, however large the source.

    Parameters
    ----------
    progress
        Called after each part with the number of posts read so far.

    Raises
    ------
    DiscourseError
        Where the source cannot be read, or the folder cannot be written.
    """
    check_target(folder, READING)  # before the work, not after it
    source = open_source(path, columns=columns)
    with new_folder(folder, READING) as partial:
        tally = _write(source, partial / "tables", progress)
        write_record(_record(tally, columns), partial)
    return tally


def _write(source: OpenSource, folder: Path, progress: Callable[[int], None]) -> Tally:
    tally = Tally()
    with TableWriter(folder, TABLES) as writer:
        for part in source.parts():
            read = linked(part)
            tally.add(read)
            for name in ("posts", "links", "articles", "annotations", "faults"):
                if len(read[name]):
                    writer.append(name, read[name])
            progress(tally.posts)
        closing = source.closing()
        tally.close(closing, source.counts)
        writer.append("sources", closing["sources"])
        for table in (closing, tally.limits()):
            writer.append("faults", table["faults"])
    return tally


def _record(tally: Tally, columns: Mapping[str, str] | None) -> dict[str, object]:
    return run_record(
        sources=[{"uri": tally.uri, "sha256": tally.sha256}],
        settings={"columns": dict(columns or {})},
        makers={"analyzers": {stage.name: stage.version for stage in STAGES}},
    )
