"""The whole thread in a few pictures: where its disputes run, who answers whom, when."""

from dataclasses import dataclass

from discourse.plots import post_strip, svg_of
from discourse.report.book import Book
from discourse.report.words import counted
from discourse.tables import TURNS, frame_of


@dataclass(frozen=True)
class ThreadGlance:
    """One thread as pictures; each is inline SVG, empty where it would show nothing."""

    number: int
    strip: str


@dataclass(frozen=True)
class Glance:
    """All threads of a report."""

    threads: list[ThreadGlance]


def glance(book: Book) -> Glance:
    """Draw every thread."""
    return Glance([ThreadGlance(1, _strip(book))])


def _strip(book: Book) -> str:
    if not book.loops or len(book.threads) != 1:
        return ""
    names = {loop.loop_id: f"Dispute {number}" for number, loop in enumerate(book.loops, start=1)}
    turns = frame_of(TURNS, [turn for rows in book.turns.values() for turn in rows])
    title = (
        f"Where the turns of {counted(len(names), 'dispute')} stand among the posts, side A above each line"
    )
    return svg_of(post_strip(book.tables["posts"], turns, names), prefix="strip", title=title)
