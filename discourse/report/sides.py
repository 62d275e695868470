"""Rhetoric by side: rates with their intervals, and the words that set the two camps of a thread apart."""

from dataclasses import dataclass

from discourse.report.book import Book
from discourse.report.words import counted, plain
from discourse.summary import part_of

CAMPS = ("1", "2")
FEWEST = 3  # passages of a marker, over both sides, from which a comparison is shown


@dataclass(frozen=True)
class Rate:
    """How often a side uses a marker."""

    rate: str  # per 1,000 own words
    interval: str  # such as "0.4 to 3.1"
    count: str
    left: float  # where the interval begins and how long it is, as a share of the widest, 0 to 100
    width: float
    place: float  # where the rate lies


@dataclass(frozen=True)
class Compared:
    """One marker on both sides."""

    name: str
    anchor: str
    rates: tuple[Rate, Rate]
    apart: bool  # the intervals do not touch


@dataclass(frozen=True)
class SidesTold:
    """One thread's two sides."""

    thread: int
    sizes: tuple[str, str]  # such as "4 authors, 31 posts, 2,040 words"
    markers: list[Compared]
    words: tuple[list[str], list[str]]  # the surest first


def side_rhetoric(book: Book) -> list[SidesTold]:
    """Compare the camps of every thread that has two."""
    told = []
    for number, thread_id in enumerate(book.threads, start=1):
        units = tuple(("side", part_of(thread_id, camp)) for camp in CAMPS)
        if all(book.number("posts", unit) for unit in units):
            told.append(
                SidesTold(
                    thread=number,
                    sizes=(_size(book, units[0]), _size(book, units[1])),
                    markers=_compared(book, units),
                    words=(_words(book, thread_id, "1"), _words(book, thread_id, "2")),
                )
            )
    return told


def _size(book: Book, unit: tuple[str, str]) -> str:
    named = (("authors", "author"), ("posts", "post"), ("own_words", "own word"))
    return ", ".join(counted(book.count(metric, unit), words) for metric, words in named)


def _compared(book: Book, units: tuple[tuple[str, str], ...]) -> list[Compared]:
    labels = [
        label
        for label in book.metrics("markers", units[0])
        if sum(book.count(f"markers.{label}", unit) for unit in units) >= FEWEST
    ]
    highs = [book.number(f"markers_per_1000_high.{label}", unit) or 0.0 for label in labels for unit in units]
    widest = max(highs, default=0.0) or 1.0
    return [_marker(book, label, units, widest) for label in labels]


def _marker(book: Book, label: str, units: tuple[tuple[str, str], ...], widest: float) -> Compared:
    found = []
    bounds = []
    for unit in units:
        rate, low, high = (
            book.number(f"markers_per_1000{part}.{label}", unit) or 0.0 for part in ("", "_low", "_high")
        )
        bounds.append((low, high))
        found.append(
            Rate(
                rate=f"{rate:.1f}",
                interval=f"{low:.1f} to {high:.1f}",
                count=f"{book.count(f'markers.{label}', unit):,}",
                left=round(100 * low / widest, 1),
                width=round(100 * (high - low) / widest, 1),
                place=round(100 * rate / widest, 1),
            )
        )
    apart = bounds[0][1] < bounds[1][0] or bounds[1][1] < bounds[0][0]
    return Compared(plain(label), f"m-{label}", (found[0], found[1]), apart)


def _words(book: Book, thread_id: str, camp: str) -> list[str]:
    start = part_of(thread_id, f"{camp}/")
    found = [
        (value, unit[len(start) :])
        for unit, value in book.units("side_word", "log_odds_z").items()
        if unit.startswith(start)
    ]
    return [word for _, word in sorted(found, key=lambda pair: -pair[0])]
