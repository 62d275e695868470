"""What is known of a quotation, and which stretches of a post are spoken for."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import Literal

from msgspec import Struct

EXTERNAL = -1  # number of the passage "outside the thread": articles and unknown sources


class Utterance(Struct, frozen=True):
    """One post, as far as quoting goes."""

    author: str
    text: str
    addressee: str | None = None
    # its words with their starts and ends, as `tokens.cut` has them, where somebody knows them already
    cut: "tuple[Sequence[str], Sequence[int], Sequence[int]] | None" = None


class Quote(Struct, frozen=True):
    """One stretch of a post that repeats what was said before."""

    start: int  # half-open code-point offsets into the text
    end: int
    source: int  # place of the utterance that said it first, or EXTERNAL
    kind: Literal["quote", "attribution"]  # words quoted, or the line that says whose they are
    score: float  # 0 to 1
    via: int | None = None  # the utterance it was taken from, where that is another
    passage: tuple[int, int] | None = None  # half-open word places in the source, where they are known


class Taken:
    """Stretches of one post that are spoken for; what came first stays.

    They stand in text order and never overlap, so a look-up is one bisection: a post may
    hold thousands of quotations.
    """

    def __init__(self) -> None:
        self._quotes: list[Quote] = []
        self._ends: list[int] = []
        self.latest_source = EXTERNAL  # the latest of the posts quoted

    def add(self, quote: Quote) -> None:
        """Keep a quotation, unless a character of it is spoken for already."""
        if quote.end > quote.start and not self.touches(quote.start, quote.end):
            at = bisect_right(self._ends, quote.start)
            self._quotes.insert(at, quote)
            self._ends.insert(at, quote.end)
            self.latest_source = max(self.latest_source, quote.source)

    def touches(self, start: int, end: int) -> bool:
        """Say whether a character of a stretch is spoken for."""
        following = self._next(start)
        return following is not None and following.start < end

    def line_at(self, start: int, end: int) -> Quote | None:
        """Return the first quotation that begins a line and ends in it; None where none does."""
        following = self._next(start)
        if following is None or not (start <= following.start <= start + 2 and following.end <= end):
            return None
        return following

    def ending_at(self, start: int, end: int) -> Quote | None:
        """Return the last quotation of a line, where it runs to the line's end; None where none does."""
        at = bisect_right(self._ends, end) - 1
        last = self._quotes[at] if at >= 0 else None
        return last if last is not None and start <= last.start and last.end >= end - 2 else None

    def beside(self, start: int) -> bool:
        """Say whether a quotation ends right before a line."""
        at = bisect_left(self._ends, start)
        return at > 0 and self._ends[at - 1] >= start - 6

    def in_order(self) -> list[Quote]:
        """Return what was kept, in text order."""
        return self._quotes

    def _next(self, place: int) -> Quote | None:
        """Return the first quotation that ends behind a place."""
        at = bisect_right(self._ends, place)
        return self._quotes[at] if at < len(self._quotes) else None
