"""A text with other words in some places, and where its old offsets went."""

from bisect import bisect_right
from collections.abc import Sequence

from msgspec import Struct


class Found(Struct, frozen=True):
    """A name's place in a text."""

    start: int  # half-open code-point offsets into the text
    end: int
    token: str  # what takes its place


class Rewritten:
    """One text with its names exchanged.

    Parameters
    ----------
    found
        The names, in order; none overlap.
    """

    __slots__ = ("_ends", "_new", "_starts", "text")

    def __init__(self, text: str, found: Sequence[Found]) -> None:
        self._starts = [name.start for name in found]
        self._ends = [name.end for name in found]
        self._new: list[tuple[int, int]] = []  # start and end of each name in the new text
        parts, size, last = [], 0, 0
        for name in found:
            size += name.start - last
            self._new.append((size, size + len(name.token)))
            parts += [text[last : name.start], name.token]
            size, last = size + len(name.token), name.end
        self.text = "".join([*parts, text[last:]])

    def start(self, offset: int) -> int:
        """Return where a span begins now; one that began within a name begins with it."""
        place = bisect_right(self._starts, offset) - 1
        if place < 0:
            return offset
        inside = offset < self._ends[place]
        return self._new[place][0] if inside else self._new[place][1] + offset - self._ends[place]

    def end(self, offset: int) -> int:
        """Return where a span ends now; one that ended within a name ends with it."""
        place = bisect_right(self._starts, offset - 1) - 1
        if place < 0:
            return offset
        return self._new[place][1] + max(0, offset - self._ends[place])
