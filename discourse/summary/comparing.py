"""Rows to numbers: the figures of two runs side by side, with intervals and ratios."""

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from discourse.summary.figures import RUN, summarise
from discourse.summary.rates import LEVEL, rate_ratio, share_interval
from discourse.summary.sides import rate_interval
from discourse.tables import Tables

# what is counted: metric of the summary, its name
_SIZES = (
    ("sources", "sources"),
    ("threads", "threads"),
    ("posts_found", "posts"),
    ("posts_stated", "posts stated by the pages"),
    ("authors", "authors"),
    ("own_words", "own words"),
    ("links", "reply links"),
    ("targets", "targets"),
    ("claims", "claims"),
    ("loops", "disputes"),
    ("turns", "turns of disputes"),
    ("restatements", "restatements"),
)
# group, metric counted, what it is a share of (metrics added up), name
_SHARES = (
    ("links", "links_guessed", ("links",), "links that are guesses"),
    ("links", "links", ("posts_found",), "posts that answer another"),
    ("links", "addressed_unlinked", ("posts_found",), "posts that name somebody and could not be linked"),
    ("agreement", "replies.agree", ("replies.*",), "replies that agree"),
    ("agreement", "replies.disagree", ("replies.*",), "replies that disagree"),
    ("agreement", "replies.neither", ("replies.*",), "replies that take no side"),
    ("stance", "stances.favor", ("stances.*",), "author-target pairs in favour"),
    ("stance", "stances.against", ("stances.*",), "author-target pairs against"),
    ("stance", "stances.mixed", ("stances.*",), "author-target pairs mixed"),
    ("stance", "authors_in_camps", ("authors",), "authors placed in a camp"),
    ("disputes", "posts_in_loops", ("posts_found",), "posts that are turns of a dispute"),
    ("disputes", "restatements", ("turns",), "turns that restate"),
    ("disputes", "empty_restatements", ("restatements",), "restatements with nothing new"),
)


class Size(Struct, frozen=True):
    """A count of both runs."""

    name: str
    values: tuple[float | None, float | None]  # None where nobody counted


class Measure(Struct, frozen=True):
    """A share, or a rate per 1,000 own words, of one run."""

    count: int
    of: int  # cases, or own words
    value: float | None  # None of nothing
    low: float | None
    high: float | None


class Pair(Struct, frozen=True):
    """A share or rate of both runs."""

    group: str  # links | agreement | stance | disputes | markers
    name: str
    measures: tuple[Measure, Measure]
    ratio: tuple[float | None, float, float | None] | None  # of the second rate to the first; of rates alone
    is_apart: bool  # they differ even when every comparison made is taken into account


class Figures(Struct, frozen=True):
    """What a run adds up to, over all of its sources."""

    totals: Mapping[str, float]
    names: frozenset[str] = frozenset()  # of all authors
    placed: frozenset[str] = frozenset()  # of those in a camp anywhere

    @classmethod
    def of(cls, sources: Iterable[Tables]) -> "Figures":
        """Add up the figures of a run's sources, one by one."""
        return cls.joined(map(_of_source, sources))

    @classmethod
    def joined(cls, parts: Iterable["Figures"]) -> "Figures":
        """Add up figures; the same name in two of them is one author, placed where either places it."""
        totals: dict[str, float] = {}
        names: set[str] = set()
        placed: set[str] = set()
        for part in parts:
            for metric, value in part.totals.items():
                totals[metric] = totals.get(metric, 0.0) + value
            names |= part.names
            placed |= part.placed
        totals["authors"] = float(len(names))
        if "authors_in_camps" in totals:
            totals["authors_in_camps"] = float(len(placed))
        return cls(totals, frozenset(names), frozenset(placed))

    def knows(self, metric: str) -> bool:
        """Say whether a figure was counted at all; of labels, those that were never given are 0."""
        return "." in metric or metric in self.totals

    def count(self, metric: str) -> int:
        """Return a count, or with `.*` at its end the sum of all that begin so; what is not there is 0."""
        if not metric.endswith(".*"):
            return int(self.totals.get(metric, 0.0))
        return int(sum(value for name, value in self.totals.items() if name.startswith(metric[:-1])))


def _of_source(tables: Tables) -> Figures:
    full = tables if "summary" in tables else tables.replace(**summarise(tables).frames)
    rows = full["summary"]
    rows = rows[(rows["unit_kind"] == RUN[0]) & (rows["unit_id"] == RUN[1])].dropna(subset=["value"])
    totals: dict[str, float] = {}
    for metric, value in zip(rows["metric"], rows["value"], strict=True):
        totals[str(metric)] = totals.get(str(metric), 0.0) + float(value)
    names = frozenset(tables["posts"]["author"])
    return Figures(totals, names, names & frozenset(tables["camps"]["author"]))


def sizes(first: Figures, second: Figures) -> list[Size]:
    """Return the counts of both runs, but those that neither has."""
    found = [Size(name, (first.totals.get(metric), second.totals.get(metric))) for metric, name in _SIZES]
    return [size for size in found if any(value is not None for value in size.values)]


def pairs(first: Figures, second: Figures) -> list[Pair]:
    """Return the shares and rates of both runs, markers last and by their names.

    A pair is apart where intervals at 95 % over all pairs together (Bonferroni) leave no doubt: for rates
    that of their ratio leaves out 1, for shares the two do not meet.
    """
    labels = sorted({label for figures in (first, second) for label in _labels(figures)})
    shares = [row for row in _SHARES if any(_cases(figures, row[2]) for figures in (first, second))]
    level = 1 - (1 - LEVEL) / max(1, len(shares) + len(labels))
    found = [_share_pair(row, (first, second), level) for row in shares]
    return [*found, *(_rate_pair(label, (first, second), level) for label in labels)]


def _labels(figures: Figures) -> list[str]:
    return [name.removeprefix("markers.") for name in figures.totals if name.startswith("markers.")]


def _cases(figures: Figures, metrics: Sequence[str]) -> int:
    return sum(figures.count(metric) for metric in metrics)


def _share_pair(
    row: tuple[str, str, tuple[str, ...], str], both: tuple[Figures, Figures], level: float
) -> Pair:
    group, metric, whole, name = row
    counts = [
        (figures.count(metric), _cases(figures, whole) if figures.knows(metric) else 0) for figures in both
    ]
    strict = [share_interval(count, of, level) for count, of in counts]
    apart = (
        strict[0] is not None
        and strict[1] is not None
        and (strict[0][1] < strict[1][0] or strict[1][1] < strict[0][0])
    )
    measures = (_share(*counts[0]), _share(*counts[1]))
    return Pair(group, name, measures, None, apart)


def _share(count: int, of: int) -> Measure:
    low, high = share_interval(count, of) or (None, None)
    return Measure(count, of, count / of if of else None, low, high)


def _rate_pair(label: str, both: tuple[Figures, Figures], level: float) -> Pair:
    counts = (both[0].count(f"markers.{label}"), both[1].count(f"markers.{label}"))
    words = (both[0].count("own_words"), both[1].count("own_words"))
    strict = rate_ratio(counts, words, level)
    apart = strict is not None and (strict[1] > 1 or (strict[2] is not None and strict[2] < 1))
    measures = (_rate(counts[0], words[0]), _rate(counts[1], words[1]))
    return Pair("markers", label, measures, rate_ratio(counts, words), apart)


def _rate(count: int, words: int) -> Measure:
    low, high = rate_interval(count, words) or (None, None)
    return Measure(count, words, 1000 * count / words if words else None, low, high)
