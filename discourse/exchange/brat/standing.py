"""Texts as brat can show and count them, and back.

brat's page counts UTF-16 code units and its server code points, so whatever is marked behind an emoji lands
beside its place (nlplab/brat issue 1115). Its server splits lines at more than line feeds, and its versions
differ in what they do with CR LF. So each such character is shown by others that all of them count alike: an
emoji by its name in brackets, a letter of mathematics by the plain one, a line end by a line feed, a control
character by its picture. What stands for what is kept in the note of the post.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Sequence

from msgspec import Struct

# line ends but a line feed; other control characters but a tab; halves of pairs; all beyond U+FFFF
_OTHERS = re.compile(
    "(?P<line>\r\n|[\r\x0b\x0c\x85\u2028\u2029])"
    "|(?P<control>[\x00-\x08\x0e-\x1f\x7f-\x9f])"
    "|[\ud800-\udfff\U00010000-\U0010ffff]"
)


class StandIn(Struct, frozen=True):
    """Some characters of the document that stand for others."""

    place: int  # of the first, in code points of the post's text as it is shown
    length: int  # so many characters are shown
    stands_for: str


def show(text: str) -> str:
    """Return what brat is given for a text."""
    return _OTHERS.sub(_shown, text)


def stand_ins(text: str) -> list[StandIn]:
    """Return where what `show` returns stands for something else, in order."""
    found, grown = [], 0
    for match in _OTHERS.finditer(text):
        length = len(_shown(match))
        found.append(StandIn(match.start() + grown, length, match[0]))
        grown += length - len(match[0])
    return found


def _shown(match: re.Match[str]) -> str:
    if match["line"]:
        return "\n"
    char = match[0]
    if match["control"] and ord(char) < 0x80:
        return "\u2421" if char == "\x7f" else chr(0x2400 + ord(char))
    plain = unicodedata.normalize("NFKC", char)
    if len(plain) == 1 and plain <= "\uffff" and plain.isalnum():
        return plain
    return f"[{unicodedata.name(char, f'U+{ord(char):04X}').lower()}]"


class Standing:
    """Places in what is shown against places in the text that it stands for.

    Parameters
    ----------
    shown
        The text as the document has it.
    pieces
        What stands for something else in it, in order, none over another.

    Raises
    ------
    ValueError
        Where they are not in order, or not in the text.
    """

    def __init__(self, shown: str, pieces: Sequence[StandIn]) -> None:
        self._pieces = list(pieces)
        self._starts = [piece.place for piece in pieces]
        self._grown = [0]  # by how much the text is longer than what is shown, before each piece
        end, parts = 0, []
        for piece in pieces:
            if piece.place < end or piece.length < 1 or piece.place + piece.length > len(shown):
                raise ValueError("what stands for what is out of order")
            parts += [shown[end : piece.place], piece.stands_for]
            end = piece.place + piece.length
            self._grown.append(self._grown[-1] + len(piece.stands_for) - piece.length)
        self.text = "".join([*parts, shown[end:]])

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the stretch of the text that a stretch of what is shown stands for, in whole characters."""
        first = self._point(start, 0)
        return first, max(first, self._point(end, 1))

    def _point(self, place: int, edge: int) -> int:
        index = bisect_right(self._starts, place) - 1
        if index >= 0 and place < self._starts[index] + self._pieces[index].length:
            piece = self._pieces[index]
            inside = edge * len(piece.stands_for) if place > piece.place else 0
            return piece.place + self._grown[index] + inside
        return place + self._grown[index + 1]


class Shown:
    """Places in a text against places in what is shown of it: `Standing` the other way."""

    def __init__(self, pieces: Iterable[StandIn]) -> None:
        self._starts: list[int] = []
        self._pieces = list(pieces)
        self._grown = [0]
        for piece in self._pieces:
            self._starts.append(piece.place - self._grown[-1])
            self._grown.append(self._grown[-1] + piece.length - len(piece.stands_for))

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the stretch that shows a stretch of the text; what shows a character is never cut."""
        first = self._place(start, 0)
        return first, max(first, self._place(end, 1))

    def _place(self, point: int, edge: int) -> int:
        index = bisect_right(self._starts, point) - 1
        if index >= 0 and point < self._starts[index] + len(self._pieces[index].stands_for):
            piece = self._pieces[index]
            return piece.place + (edge * piece.length if point > self._starts[index] else 0)
        return point + self._grown[index + 1]
