"""The posts that people coded, with all that people and machine say of them, from runs and their journals."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Self

from msgspec import Struct, field

from discourse.errors import DiscourseError
from discourse.labels.agreement.blind import only_rejected, parted, question_of, sight_of
from discourse.labels.decisions import HUMAN, text_hash
from discourse.labels.journal import Journal, Noted, journal_path
from discourse.labels.people import Row, rows_of_post
from discourse.stored.runs import run_folders, source_digests
from discourse.stored.streaming import stream_rows

MACHINE = "machine"  # all makers of the analysis together
SPOKEN = (None, "en")  # languages of posts in which the machine looks for labels


class CodedPost(Struct, frozen=True, kw_only=True):
    """A post that at least one person coded."""

    number: int  # of all posts of the runs, from 0
    post_id: str
    thread_id: str
    source_id: str
    position: int
    reply_to: str | None
    is_answer: bool  # whether the post answered is among the posts
    is_spoken: bool  # whether its language is one in which the machine looks for labels
    text: str
    people: tuple[str, ...]  # who coded it, by name
    said: tuple[Row, ...]  # people's labels
    machine: tuple[Row, ...]  # the machine's labels
    looked: Mapping[str, frozenset[tuple[str, str | None]]]  # who looked for which layer, or label of it
    rejected: frozenset[tuple[str, str, str]]  # person, layer, label: see `only_rejected`
    links: Mapping[str, str]  # what people say it answers; "" for nobody
    turns: tuple[Row, ...]  # people's turns
    machine_turns: tuple[Row, ...]
    joins: frozenset[str]  # who says that no post begins here
    splits: Mapping[str, frozenset[int]]  # who cuts it, and where
    # of each person and layer: "blind", "seen", or "imported", where nobody knows
    sight: Mapping[str, Mapping[str, str]]
    later: frozenset[tuple[str, str]]  # person and layer: what was decided after the blind word, left out

    def looks(self, person: str, layer: str, label: str | None = None) -> bool:
        """Say whether a person looked for a layer, or at least for this label of it."""
        found = self.looked.get(person, frozenset())
        return (layer, None) in found or (label is not None and (layer, label) in found)


class Overview(Struct):
    """What all posts of the runs are, those too that nobody coded; by number of the post."""

    threads: list[int] = field(default_factory=list)
    numbers: dict[str, int] = field(default_factory=dict)  # post_id to number
    has_text: list[bool] = field(default_factory=list)
    is_answer: list[bool] = field(default_factory=list)
    marked: dict[tuple[str, str], set[int]] = field(default_factory=dict)  # posts with the machine's label


class CodedRuns:
    """The coded posts of some runs; use it in a `with`.

    Memory grows with the posts that were coded, and by little with the others.

    Parameters
    ----------
    runs
        Folders that `discourse analyze` wrote.
    people
        Whose decisions count, as `human:ann`; everybody's where none are named.
    final
        Everybody's last word counts, also of a post that was coded blind before; see `blind.py`.

    Raises
    ------
    DiscourseError
        Where no run stands there, two hold the same post, a journal is of another source, people's word
        stands in a run already, or nobody, or one of those named, coded any of it.
    """

    def __init__(self, runs: Sequence[Path], people: Collection[str] = (), *, final: bool = False) -> None:
        found = [folder for run in runs for folder in run_folders(run)]
        self.folders = list({folder.resolve(): folder for folder in found}.values())
        self._wanted = frozenset(people)
        self.is_final = final
        self._stack = ExitStack()
        self._journals: dict[Path, Journal] = {}
        self._machine: dict[str, list[Row]] = {}
        self._turns: dict[str, list[Row]] = {}
        self._coded_posts: dict[Path, frozenset[str]] = {}
        self._decisions = 0  # of the people who count
        self.overview = Overview()
        self.left_out = 0  # decisions on posts, or texts, that the runs do not hold; known after all posts

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            for folder in self.folders:
                _refuse_corrected(folder, any(True for _ in stream_rows(folder, "edits")))
                if (path := journal_path(folder)).is_file():
                    self._journals[folder] = stack.enter_context(Journal(path, source_digests(folder)))
            self.people = self._people()
            self._survey()
            self._stack = stack.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def posts(self) -> Iterator[CodedPost]:
        """Yield the coded posts in the order of the runs and of their pages; can be called again."""
        used = 0
        for folder, journal in self._journals.items():
            for row in stream_rows(folder, "posts"):
                if row["post_id"] in self._coded_posts[folder]:
                    post, decisions = self._post(row, self._noted(journal, row["post_id"]))
                    used += decisions
                    if post is not None:
                        yield post
        self.left_out = self._decisions - used

    @property
    def has_only_others(self) -> bool:
        """Whether all decisions are on what the runs do not hold; known after all posts."""
        return self.left_out == self._decisions

    def _noted(self, journal: Journal, post_id: str | None = None) -> Iterator[Noted]:
        return (one for one in journal.noted(post_id=post_id) if one.annotator in self.people)

    def _people(self) -> list[str]:
        known = sorted({name for journal in self._journals.values() for name in journal.people()})
        if not known:
            for folder in self.folders:
                _refuse_corrected(folder, any(map(_is_peoples, stream_rows(folder, "annotations"))))
            raise DiscourseError(
                where=", ".join(map(str, self.folders[:3])),
                problem="nobody has coded any of it, so that there is nothing to agree with",
                fix="Code posts with `discourse review RUN`, or bring labels in with `discourse import`",
            )
        if strange := sorted(self._wanted - set(known)):
            raise DiscourseError(
                where="--annotators",
                problem=f"nobody called {strange[0].removeprefix(HUMAN)!r} has coded any of it",
                fix=f"Name some of: {', '.join(name.removeprefix(HUMAN) for name in known[:20])}",
            )
        return [name for name in known if not self._wanted or name in self._wanted]

    def _survey(self) -> None:
        """Number all posts, note which the machine gave which labels, and keep the rows of coded posts."""
        for folder, journal in self._journals.items():
            names = Counter(one.decision.post_id for one in self._noted(journal))
            self._coded_posts[folder] = frozenset(names)
            self._decisions += names.total()
        coded = frozenset[str]().union(*self._coded_posts.values())
        threads: dict[tuple[Path, str], int] = {}
        for folder in self.folders:
            answered = []
            for row in stream_rows(folder, "posts"):
                self._number(row, folder)
                thread = (folder, row["thread_id"])
                self.overview.threads.append(threads.setdefault(thread, len(threads)))
                self.overview.has_text.append(bool(row["text"].strip()))
                answered.append(row["reply_to"])
            numbers = self.overview.numbers
            self.overview.is_answer += [name in numbers for name in answered]
            for row in stream_rows(folder, "annotations"):
                _refuse_corrected(folder, _is_peoples(row))
                self._mark(row, coded)
            for row in stream_rows(folder, "turns"):
                if row["post_id"] in coded:
                    self._turns.setdefault(row["post_id"], []).append(row)

    def _number(self, row: Row, folder: Path) -> None:
        numbers = self.overview.numbers
        if row["post_id"] in numbers:
            raise DiscourseError(
                where=str(folder),
                problem=f"its post {row['post_id']!r} stands in it twice, or in another of the runs too",
                fix="Give each source once",
            )
        numbers[row["post_id"]] = len(numbers)

    def _mark(self, row: Row, coded: Collection[str]) -> None:
        number = self.overview.numbers.get(row["post_id"])
        if number is None:
            return
        self.overview.marked.setdefault((row["layer"], row["label"]), set()).add(number)
        if row["post_id"] in coded:
            names = ("layer", "label", "target", "start", "end", "annotator", "also")
            self._machine.setdefault(row["post_id"], []).append({name: row[name] for name in names})

    def _post(self, row: Row, noted: Iterable[Noted]) -> tuple[CodedPost | None, int]:
        """Return a post with what is said of it, None if of another text alone; and the decisions used."""
        digest = text_hash(row["text"])
        known = [one for one in noted if one.decision.text_hash == digest]
        return (self._coded(row, known, digest) if known else None), len(known)

    def _coded(self, row: Row, known: Sequence[Noted], digest: str) -> CodedPost:
        noted, later = (known, []) if self.is_final else parted(known)
        rows = rows_of_post(noted, row["text"], digest)
        number = self.overview.numbers[row["post_id"]]
        looked: dict[str, set[tuple[str, str | None]]] = {}
        for entry in rows.coded:
            looked.setdefault(entry["annotator"], set()).add((entry["layer"], entry["label"]))
        return CodedPost(
            **{name: row[name] for name in ("post_id", "thread_id", "source_id", "position", "reply_to")},
            number=number,
            is_answer=self.overview.is_answer[number],
            is_spoken=row["lang"] in SPOKEN,
            text=row["text"],
            people=tuple(sorted({one.annotator for one in noted})),
            said=tuple(rows.annotations),
            machine=tuple(self._machine.get(row["post_id"], ())),
            looked={name: frozenset(found) for name, found in looked.items()},
            links={link["annotator"]: link["reply_to"] for link in rows.links},
            turns=tuple(rows.turns),
            machine_turns=tuple(self._turns.get(row["post_id"], ())),
            rejected=only_rejected(noted),
            joins=frozenset(one.annotator for one in noted if one.decision.kind == "join"),
            splits=_splits(noted),
            sight=sight_of(noted),
            later=frozenset((one.annotator, question_of(one.decision)[0]) for one in later),
        )


def _splits(noted: Sequence[Noted]) -> dict[str, frozenset[int]]:
    found: dict[str, set[int]] = {}
    for one in noted:
        at: Any = one.decision.value.get("at")
        if one.decision.kind == "split" and isinstance(at, int):
            found.setdefault(one.annotator, set()).add(at)
    return {name: frozenset(places) for name, places in found.items()}


def _is_peoples(row: Row) -> bool:
    return bool(row["annotator"].startswith(HUMAN))


def _refuse_corrected(folder: Path, is_corrected: bool) -> None:
    """Make sure that people have not been given the machine's place in a run."""
    if is_corrected:
        raise DiscourseError(
            where=str(folder),
            problem="it is a corrected analysis (--with): people's word stands in the machine's place in it",
            fix="Give the run that was reviewed",
        )
