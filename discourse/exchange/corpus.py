"""Posts with all that was said of them, one at a time, from the tables of any number of runs.

Memory does not grow with the runs: labels are brought to their posts by a file on disk.
"""

import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from functools import cached_property
from pathlib import Path
from typing import Any, Self

from msgspec import Struct, field
from msgspec.structs import replace

from discourse.errors import DiscourseError
from discourse.exchange.by_post import RowsByPost
from discourse.exchange.offsets import check_spans
from discourse.labels.decisions import HUMAN, LABEL_KEY, text_hash
from discourse.labels.journal import Journal, journal_path
from discourse.labels.people import Key, PeoplesRows, rows_of_post
from discourse.model import Annotation, Post
from discourse.stored.runs import read_record, run_folders, source_digests
from discourse.stored.streaming import Row, stream_rows
from discourse.tables.rows import parse_time

_TIMES = ("timestamp", "addressee_time")


class LabelledPost(Struct, frozen=True, kw_only=True):
    """A post with what machine and people say of it."""

    post: Post
    run: str  # the name of its run's folder
    annotations: tuple[Annotation, ...]  # by place, layer, label, target, maker; places are checked
    coded: tuple[Row, ...] = ()  # rows of the table `coded`: what people have looked for in it
    rejected: frozenset[Key] = frozenset()  # labels (by their LABEL_KEY) that a person says do not stand here

    def by(self, annotator: str) -> tuple[Annotation, ...]:
        """Return one maker's labels."""
        return tuple(row for row in self.annotations if row.annotator == annotator)

    def unrejected(self) -> tuple[Annotation, ...]:
        """Return people's labels, and those of machines that nobody has rejected."""
        if not self.rejected:
            return self.annotations
        return tuple(
            row
            for row in self.annotations
            if row.annotator.startswith(HUMAN)
            or tuple(getattr(row, name) for name in LABEL_KEY) not in self.rejected
        )


class Choice(Struct, frozen=True):
    """Which labels and posts are wanted; everything where nothing is said."""

    layers: frozenset[str] = frozenset()
    makers: frozenset[str] = frozenset()  # "machine", "people", or makers' names such as human:ann, hedges@4
    posts: frozenset[str] | None = None  # ids

    def of_people(self, people: set[str]) -> "Choice":
        """Return the choice with the names of people as annotators: ann becomes human:ann."""
        named = {name.removeprefix(HUMAN): name for name in people}
        return replace(self, makers=frozenset(named.get(name, name) for name in self.makers))

    def takes(self, row: Row) -> bool:
        """Say whether a row of `annotations` is wanted."""
        return (not self.layers or row["layer"] in self.layers) and self.takes_maker(row["annotator"])

    def takes_coded(self, row: Row) -> bool:
        """Say whether a row of `coded` is wanted: a layer that is left out was not looked for either."""
        return (not self.layers or row["layer"] in self.layers) and self.takes_maker(row["annotator"])

    @property
    def hears_people(self) -> bool:
        """Whether any person's word is wanted."""
        return not self.makers or any(name == "people" or name.startswith(HUMAN) for name in self.makers)

    def takes_maker(self, annotator: str) -> bool:
        """Say whether a maker's labels are wanted."""
        kind = "people" if annotator.startswith(HUMAN) else "machine"
        return not self.makers or bool({annotator, annotator.partition("@")[0], kind} & self.makers)


class Tally(Struct):
    """What a pass over a corpus has seen, for its data card."""

    posts: int = 0
    threads: set[str] = field(default_factory=set)
    authors: set[str] = field(default_factory=set)
    languages: Counter[str] = field(default_factory=Counter)  # posts of each; "" where none could be told
    labels: Counter[tuple[str, str, str]] = field(default_factory=Counter)  # layer, label, maker
    coded: Counter[str] = field(default_factory=Counter)  # posts that each person has read for anything

    def add(self, one: LabelledPost) -> None:
        """Count a post with its labels."""
        self.posts += 1
        self.threads.add(one.post.thread_id)
        self.authors.add(one.post.author)
        self.languages[one.post.lang or ""] += 1
        self.labels.update((row.layer, row.label, row.annotator) for row in one.annotations)
        self.coded.update({entry["annotator"] for entry in one.coded})


class Corpus:
    """The posts of some runs, in the order of the runs and of their pages; use it in a `with`.

    Parameters
    ----------
    runs
        Folders that `discourse analyze` wrote, of one source or of several.
    choice
        Which labels and posts are wanted.
    progress
        Called with the number of posts that were handed on, now and then.

    Raises
    ------
    DiscourseError
        Where no run stands there, it is damaged, or two of them hold posts of the same id.
    """

    def __init__(
        self,
        runs: Sequence[Path],
        choice: Choice | None = None,
        progress: Callable[[int], None] = lambda _posts: None,
    ) -> None:
        self.choice = choice or Choice()
        self._progress = progress
        found = [folder for run in runs for folder in run_folders(run)]
        self.folders = list({folder.resolve(): folder for folder in found}.values())
        self._stack = ExitStack()
        self._journals: dict[Path, Journal] = {}
        self._makers: set[str] = set()
        self.tally = Tally()  # of the last pass of `posts` that came to its end
        self.stale = 0  # decisions of people that it left out, as the texts are others now

    def __enter__(self) -> Self:
        try:
            return self._opened()
        except BaseException:
            self._stack.close()
            raise

    def _opened(self) -> Self:
        folder = self._stack.enter_context(tempfile.TemporaryDirectory(prefix="discourse-"))
        self._index = RowsByPost(Path(folder) / "labels.sqlite")
        self._stack.callback(self._index.close)
        for run in self.folders:
            if (path := journal_path(run)).is_file():
                self._journals[run] = self._stack.enter_context(Journal(path, source_digests(run)))
        self.choice = self.choice.of_people(set(self._journal_people()))
        for run in self.folders:
            self._index.add(self._own_rows(run, "annotations"), self.choice.takes)
            self._index.add_coded(self._own_rows(run, "coded"), self.choice.takes_coded)
            if len(self.folders) > 1:
                self._index.add_posts(run, (row["post_id"] for row in stream_rows(run, "posts")))
        self._check_makers()
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def _own_rows(self, run: Path, name: str) -> Iterator[Row]:
        """Yield a run's rows; of a run that people have corrected and go on with, theirs from the journal."""
        has_journal = run in self._journals
        for row in stream_rows(run, name):
            self._makers.add(row["annotator"])
            if not (has_journal and row["annotator"].startswith(HUMAN)):
                yield row

    def _check_makers(self) -> None:
        """Make sure that every maker who was chosen by name has said anything."""
        known = self._makers | set(self._journal_people())
        bare = {name.partition("@")[0] for name in known} | {"machine", "people"}
        if strange := sorted(self.choice.makers - known - bare):
            raise DiscourseError(
                where="--by",
                problem=f"nobody is called {strange[0][:60]!r}",
                fix=f"Take of machine, people, {', '.join(sorted(bare - {'machine', 'people'}))}",
            )

    @cached_property
    def records(self) -> list[dict[str, Any]]:
        """The record (`run.json`) of each run."""
        return [read_record(folder) for folder in self.folders]

    @property
    def run_ids(self) -> list[str]:
        """The id of each run."""
        return [str(record.get("run_id", "")) for record in self.records]

    def posts(self) -> Iterator[LabelledPost]:
        """Yield every wanted post with its wanted labels; can be called again.

        Raises
        ------
        DiscourseError
            Naming a label whose place does not hold what it quotes.
        """
        wanted, tally = self.choice.posts, Tally()
        self.stale = 0
        for folder in self.folders:
            for row in stream_rows(folder, "posts"):
                if wanted is not None and row["post_id"] not in wanted:
                    continue
                one = self._labelled(folder, row)
                tally.add(one)
                yield one
                if tally.posts % 500 == 0:
                    self._progress(tally.posts)
        self._progress(tally.posts)
        self.tally = tally

    def rows(self, name: str) -> Iterator[Row]:
        """Yield the rows of another table of the contract, run by run, as the analysis wrote them."""
        for folder in self.folders:
            yield from stream_rows(folder, name)

    def peoples_rows(self, name: str) -> Iterator[Row]:
        """Yield people's rows of a table: `links`, `turns`, `coded` or `edits`."""
        for folder in self.folders:
            if folder in self._journals:
                for row in stream_rows(folder, "posts"):
                    yield from getattr(self._people(folder, row["post_id"], row["text"]), name)

    def people(self) -> list[str]:
        """Return the people who labelled any of it, by name."""
        return sorted({name for name in self._journal_people() if self.choice.takes_maker(name)})

    def _journal_people(self) -> Iterator[str]:
        return (name for journal in self._journals.values() for name in journal.people())

    def _labelled(self, folder: Path, row: Row) -> LabelledPost:
        post = Post(**{**row, **{name: parse_time(row[name]) for name in _TIMES}})
        rows = self._index.of_post(post.post_id)
        people = self._people(folder, post.post_id, post.text)
        rows += [label for label in people.annotations if self.choice.takes(label)]
        annotations = sorted((Annotation(**label) for label in rows), key=_place)
        check_spans(post, annotations)
        coded = self._index.coded_in(post.post_id)
        coded += [entry for entry in people.coded if self.choice.takes_coded(entry)]
        self.stale += people.stale
        return LabelledPost(
            post=post,
            run=folder.name,
            annotations=tuple(annotations),
            coded=tuple(coded),
            rejected=frozenset(people.rejected) if self.choice.hears_people else frozenset(),
        )

    def _people(self, folder: Path, post_id: str, text: str) -> PeoplesRows:
        journal = self._journals.get(folder)
        if journal is None:
            return PeoplesRows()
        return rows_of_post(journal.noted(post_id=post_id), text, text_hash(text))


def _place(row: Annotation) -> tuple[Any, ...]:
    return row.start, row.end, row.layer, row.label, row.target or "", row.annotator
