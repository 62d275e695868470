"""What is told of a run over many threads: small records, which the page and the CSV files show alike."""

from collections.abc import Mapping

from msgspec import Struct

from discourse.summary.clustered import ThreadSums, clustered_interval, share_of

UNKNOWN = "unknown"  # period of posts without a time, language of posts that do not tell


class Extent(Struct, frozen=True):
    """How much was read."""

    posts: int
    threads: int
    authors: int  # different names; posts whose author is gone have none
    nameless: int  # posts whose author is gone
    replies: int  # posts whose parent is in their thread
    since: str  # day of the first post, such as 2021-10-24; empty where no post has a time
    until: str
    timeless: int  # posts without a time
    longest: int  # posts of the longest thread
    guessed: int  # reply links that are a guess
    languages: Mapping[str, int]  # posts by language, the commonest first
    layers: Mapping[str, int]  # labels by layer
    claims: int
    loops: int
    turns: int
    restatements: int
    stances: int  # pairs of an author and a target in a thread, with a side
    camps: int  # authors placed on one of two sides of a thread


class Period(Struct, frozen=True):
    """Posts of a day, a month or a year."""

    period: str
    posts: int
    threads: int


class Rate(Struct, frozen=True):
    """A label with the posts that bear it, among those on which it could have been said."""

    layer: str
    label: str
    labels: int  # how often it was given
    bearing: int  # threads with at least one such post
    sums: ThreadSums

    @property
    def share(self) -> float | None:
        """Share of posts that bear it, 0 to 1."""
        return share_of(self.sums)

    @property
    def interval(self) -> tuple[float, float] | None:
        """Its interval with threads as clusters."""
        return clustered_interval(self.sums)


class Target(Struct, frozen=True):
    """Something that people take sides on, in all threads that name it."""

    target: str  # as it is written most often
    threads: int  # that mention it
    mentions: int
    contested: int  # threads with posts for and posts against it
    favor: int  # posts
    against: int


class Claimed(Struct, frozen=True):
    """A quantity, or words, that claims of one or several threads are about."""

    topic: str
    threads: int
    claims: int
    asserted: int  # posts that assert one of them; a post counts once for each
    denied: int


class LoopKind(Struct, frozen=True):
    """All loops of one kind."""

    kind: str
    loops: int
    threads: int
    turns: int
    restatements: int
    empty: int  # restatements that bring nothing new
    states: Mapping[str, int]  # loops by how they end, the commonest first


class Topic(Struct, frozen=True):
    """Loops over the same quantity or question, or that name the same target."""

    topic: str
    kind: str  # empty where it stands for loops of several kinds
    loops: int
    threads: int
    turns: int
    open: int  # loops that nobody ended
    thread_id: str  # the one with the most turns of it


class StanceCell(Struct, frozen=True):
    """Posts for and against a target in one period."""

    period: str
    favor: int  # posts
    against: int
    sums: ThreadSums  # of stances: posts for, among posts for or against

    @property
    def share(self) -> float | None:
        """Share of posts for it among those that take a side, 0 to 1."""
        return share_of(self.sums)

    @property
    def interval(self) -> tuple[float, float] | None:
        """Its interval with threads as clusters."""
        return clustered_interval(self.sums)


class StanceSeries(Struct, frozen=True):
    """Stance towards a target over time; periods without such a post are left out."""

    target: str
    cells: tuple[StanceCell, ...]
    timeless: int  # posts with a stance and without a time


class Reading(Struct, frozen=True):
    """A thread worth reading, with the parts that its place rests on."""

    thread_id: str
    title: str  # empty where there is none
    since: str  # day of its first post; empty where no post has a time
    posts: int
    authors: int
    loops: int
    turns: int
    replies: int
    disagreements: int
    evenness: float | None  # 0 (one side alone speaks) to 1 (both as often); None without turns
    places: tuple[int, int, int, int]  # by loops, turns, disagreement, evenness; 1 is the first


class Fault(Struct, frozen=True):
    """What went wrong, and where."""

    thread_id: str  # empty where it went wrong in reading
    stage: str
    problem: str


class Faults(Struct, frozen=True):
    """All that went wrong."""

    rows: int
    threads: int
    first: tuple[Fault, ...]


class ManyThreads(Struct, frozen=True):
    """The numbers of a run over many threads; of long lists the first rows, in the order that is told."""

    extent: Extent
    unit: str  # day | month | year: what a period is
    periods: tuple[Period, ...]
    rates: tuple[Rate, ...]
    targets: tuple[Target, ...]
    all_targets: int  # how many there are
    claimed: tuple[Claimed, ...]
    all_claimed: int
    kinds: tuple[LoopKind, ...]
    topics: tuple[Topic, ...]
    all_topics: int
    over_targets: tuple[Topic, ...]  # loops whose turns take sides on a target
    series: tuple[StanceSeries, ...]
    readings: tuple[Reading, ...]
    all_readings: int  # threads that were put in order
    faults: Faults
