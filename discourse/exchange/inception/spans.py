"""Where a stretch of text is marked in INCEpTION, and back.

INCEpTION refuses documents in which an annotation begins or ends with a blank or outside every sentence. So
a stretch is marked without the blanks at its ends, and one of blanks alone (or of nothing) by the header line
of its post; `shift` and `length` say where it really lies.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec import Struct

# what INCEpTION, in Java, may take for a blank: separators, controls, marks of direction and their like
_BLANKS = frozenset({"Zs", "Zl", "Zp", "Cc", "Cf"})
# where a row of INCEpTION's page ends: with the line, or with a stop before a blank and no small letter
_BORDER = re.compile("[\n\r\u2028\u2029]|[.!?…][\"')\\]”’»]{0,3}[ \t]{1,9}(?![a-z])")
Place = tuple[int, int]


class Marked(Struct, frozen=True):
    """A stretch of text as it is marked; all in code points of the document's text."""

    begin: int
    end: int
    shift: int  # from `begin` to where the stretch begins; negative where blanks were left out
    length: int  # of the stretch


def mark(text: str, place: Place, header: Place) -> Marked:
    """Return how a stretch of a document's text is marked.

    Parameters
    ----------
    header
        Where the header line of its post stands.
    """
    begin, end = trimmed(text, place)
    if begin == end:
        begin, end = trimmed(text, header)
    return Marked(begin, end, place[0] - begin, place[1] - place[0])


def unmark(text: str, marked: Marked, header: Place | None) -> Place:
    """Return the stretch that a mark stands for; the mark itself where somebody has moved it since."""
    place = (marked.begin + marked.shift, marked.begin + marked.shift + marked.length)
    if not 0 <= place[0] <= place[1] <= len(text):
        return marked.begin, marked.end
    if header is None:
        header = (marked.begin, marked.end)  # of a post: the header line is what its mark covers
    return place if mark(text, place, header) == marked else (marked.begin, marked.end)


def trimmed(text: str, place: Place) -> Place:
    """Return a stretch without the blanks at its ends; its end, twice, where it holds nothing else."""
    begin, end = place
    while begin < end and unicodedata.category(text[begin]) in _BLANKS:
        begin += 1
    while begin < end and unicodedata.category(text[end - 1]) in _BLANKS:
        end -= 1
    return begin, end


def sentences(text: str, stretches: Sequence[Place]) -> Iterator[Place]:
    """Yield rows to read that hold every character of some stretches but blanks, each within one stretch.

    They are cut where lines and most sentences end: INCEpTION shows them one below the other.
    """
    for start, end in stretches:
        borders = [start, *(found.end() for found in _BORDER.finditer(text, start, end)), end]
        for border, after in pairwise(borders):
            begin, stop = trimmed(text, (border, after))
            if begin < stop:
                yield begin, stop
