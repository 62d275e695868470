"""A pattern as a row of slots: what may stand at each of its places, and how long that is."""

from collections.abc import Sequence

from msgspec import Struct

MOST = 300  # texts of one pattern that are written out to look for it

# marks in the words of slots, none of them characters of a text but the blank
BLANK = " "  # what stands beside it begins or ends a word
WHOLE = "\x04"  # likewise, without a character of its own
EDGE = "\x02"  # `\b`, which an apostrophe within a word is too
FIRST = "\x03"  # the beginning of the text
MARKS = BLANK + WHOLE + EDGE + FIRST
PADS = {"": (b"",), BLANK: (b" ",), WHOLE: (b" ",), EDGE: (b" ", b"'"), FIRST: (b"\x01 ",)}


class Slot(Struct, frozen=True):
    """A place in a pattern and the words that may fill it, marks of edges among them."""

    words: tuple[str, ...]  # none: not known
    shortest: int = 0  # code points
    longest: int | None = 0  # None: without limit
    ways: tuple[tuple["Slot", ...], ...] = ()  # where the words are not known: its alternatives


def reach(slots: Sequence[Slot]) -> tuple[int, int | None]:
    """Return how many code points slots take at least and at most; None: without limit."""
    longest = [slot.longest for slot in slots]
    far = None if None in longest else sum(each for each in longest if each is not None)
    return sum(slot.shortest for slot in slots), far
