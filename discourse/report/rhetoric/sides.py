"""Rhetoric by side: rates with their intervals, and the words that set the two camps of a thread apart."""

from collections.abc import Sequence

from msgspec import Struct

from discourse.analysis.base import PostView
from discourse.model import Post
from discourse.report.basis.book import Book, Ref
from discourse.report.basis.words import counted, marker_anchor, plain
from discourse.report.charts.rates import rates_chart
from discourse.summary import RUN, part_of

CAMPS = ("1", "2")
FEWEST = 3  # passages of a marker, over both sides, from which a comparison is shown
FEW_AUTHORS = 3  # of a side from which on its figures may be those of a side
MOST_THREADS = 6  # that are compared; the others stand in the table of figures
WORD_POSTS = 3  # that a word leads to
Unit = tuple[str, str]  # kind and id, as the summary names them


class Rate(Struct, frozen=True):
    """How often a side uses a marker."""

    rate: str  # per 1,000 own words
    interval: str  # such as "0.4 to 3.1"
    count: str


class Compared(Struct, frozen=True):
    """One marker on both sides, or over the whole report."""

    name: str
    anchor: str
    rates: tuple[Rate, ...]
    apart: bool  # the intervals do not touch


class Word(Struct, frozen=True):
    """A word that one side uses more than the other."""

    text: str
    z: str  # standard errors of the log-odds ratio
    share: float  # of the largest z shown, 0 to 100
    posts: list[Ref]  # the first of this side that use it


class SidesTold(Struct, frozen=True):
    """One thread's two sides, or everything where no thread has any."""

    thread: int  # 1-based; 0 for everything
    sizes: tuple[str, ...]  # such as "4 authors, 31 posts, 2,040 own words"
    chart: str
    markers: list[Compared]  # those of most passages first
    few: str  # which side is that of few authors; empty where neither is
    rare: str  # markers left out, in words; empty where none is
    words: tuple[list[Word], ...]  # of either side, the surest first


def side_rhetoric(book: Book) -> list[SidesTold]:
    """Compare the camps of every thread that has two; where none has, tell the rates over everything."""
    told: list[SidesTold] = []
    for number, thread_id in enumerate(book.threads, start=1):
        units = tuple(("side", part_of(thread_id, camp)) for camp in CAMPS)
        if len(told) < MOST_THREADS and all(book.number("posts", unit) for unit in units):
            told.append(_told(book, number, units, _words(book, thread_id)))
    return told or ([_told(book, 0, (RUN,), ())] if book.metrics("markers") else [])


def rated(rate: float) -> str:
    """Write a rate with one decimal, and with two below 1, so that rare markers do not all read 0.0."""
    return "0" if not rate else f"{rate:.2f}" if rate < 0.995 else f"{rate:,.1f}"


def _told(book: Book, number: int, units: tuple[Unit, ...], words: tuple[list[Word], ...]) -> SidesTold:
    labels, rare = _labels(book, units)
    return SidesTold(
        thread=number,
        sizes=tuple(_size(book, unit) for unit in units),
        chart=_chart(book, number, units, labels),
        markers=[_marker(book, label, units) for label in labels],
        few=_few(book, units) if number else "",
        rare=f"{counted(rare, 'marker')} with fewer than {FEWEST} passages left out" if rare else "",
        words=words,
    )


def _few(book: Book, units: tuple[Unit, ...]) -> str:
    """Say of a side of hardly anybody that its figures are those of single people."""
    counts = [(camp, book.count("authors", unit)) for camp, unit in zip(CAMPS, units, strict=True)]
    said = [f"camp {camp} is {counted(count, 'author')}" for camp, count in counts if count < FEW_AUTHORS]
    return f"Mind that {' and '.join(said)}: such figures are of these posts, and of no side." if said else ""


def _size(book: Book, unit: Unit) -> str:
    named = (("authors", "author"), ("posts", "post"), ("own_words", "own word"))
    return ", ".join(counted(book.count(metric, unit), words) for metric, words in named)


def _labels(book: Book, units: tuple[Unit, ...]) -> tuple[list[str], int]:
    """Return the markers of enough passages, those of most first, and how many are rarer."""
    counts = {
        label: sum(book.count(f"markers.{label}", unit) for unit in units)
        for label in book.metrics("markers", units[0])
    }
    frequent = sorted(
        (label for label in counts if counts[label] >= FEWEST), key=lambda label: (-counts[label], label)
    )
    return frequent, sum(0 < count < FEWEST for count in counts.values())


def _bounds(book: Book, label: str, unit: Unit) -> tuple[float, float, float]:
    """Return rate, low and high."""
    rate, low, high = (
        book.number(f"markers_per_1000{part}.{label}", unit) or 0.0 for part in ("", "_low", "_high")
    )
    return rate, low, high


def _marker(book: Book, label: str, units: tuple[Unit, ...]) -> Compared:
    bounds = [_bounds(book, label, unit) for unit in units]
    rates = tuple(
        Rate(rated(rate), f"{rated(low)} to {rated(high)}", f"{book.count(f'markers.{label}', unit):,}")
        for unit, (rate, low, high) in zip(units, bounds, strict=True)
    )
    (_, low, high), (_, other_low, other_high) = bounds[0], bounds[-1]
    return Compared(plain(label), marker_anchor(label), rates, high < other_low or other_high < low)


def _chart(book: Book, number: int, units: tuple[Unit, ...], labels: Sequence[str]) -> str:
    if not labels:
        return ""
    rows = [(plain(label), [_bounds(book, label, unit) for unit in units]) for label in labels]
    whose = "of each camp" if len(units) > 1 else "of all posts"
    title = (
        f"Rate of each marker per 1,000 own words {whose}, with its 95 % interval; the table says the same"
    )
    return rates_chart(rows, prefix=f"rates-{number}", title=title)


def _words(book: Book, thread_id: str) -> tuple[list[Word], list[Word]]:
    found = {camp: _ranked(book, thread_id, camp) for camp in CAMPS}
    widest = max((z for words in found.values() for z, _ in words), default=1.0)
    members = {row["author"]: str(row["camp"]) for row in book.camps if row["thread_id"] == thread_id}
    first, second = (
        _led(
            book,
            [post for post in book.threads[thread_id] if members.get(post.author) == camp],
            found[camp],
            widest,
        )
        for camp in CAMPS
    )
    return first, second


def _ranked(book: Book, thread_id: str, camp: str) -> list[tuple[float, str]]:
    start = part_of(thread_id, f"{camp}/")
    found = [
        (value, unit[len(start) :])
        for unit, value in book.units("side_word", "log_odds_z").items()
        if unit.startswith(start)
    ]
    return sorted(found, key=lambda pair: -pair[0])


def _led(book: Book, posts: Sequence[Post], words: Sequence[tuple[float, str]], widest: float) -> list[Word]:
    """Name with each word the first posts that use it."""
    posts_of: dict[str, list[Ref]] = {word: [] for _, word in words}
    open_words = set(posts_of)
    for post in posts:
        text = post.text.casefold()
        # to read a post word by word takes time, so only where it can hold one
        near = [word for word in posts_of if word in open_words and word in text]
        used = set(_own_words(book, post)) if near else set()
        for word in near:
            if word in used:
                posts_of[word].append(book.refs[post.post_id])
                if len(posts_of[word]) == WORD_POSTS:
                    open_words.discard(word)
        if not open_words:
            break
    return [Word(word, f"{z:.1f}", round(100 * z / widest, 1), posts_of[word]) for z, word in words]


def _own_words(book: Book, post: Post) -> list[str]:
    quotes = tuple(row for row in book.marks.get(post.post_id, ()) if row.layer == "quote")
    return list(PostView(post, quotes).words)
