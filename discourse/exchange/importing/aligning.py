"""A text that went through another program, held against the one that went out."""

import unicodedata
from collections.abc import Iterator

_BREAKS = "\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"


class Alignment:
    """Places of one text in another that says the same.

    Two texts say the same where they differ in line ends (CR LF, CR, LF), in kinds of blanks, in Unicode
    normalisation (letters with their marks in one or in several code points), and in blanks at either end:
    that is what editors, spreadsheets and browsers change without being asked.

    Parameters
    ----------
    there
        The text as the other program gives it.
    here
        The text as we have it.
    """

    def __init__(self, there: str, here: str) -> None:
        self._same = there == here
        self._ends = (len(there), len(here))
        self._starts: dict[int, int] = {}
        self._stops: dict[int, int] = {}
        self.holds = self._same or self._align(list(_units(there)), list(_units(here)))

    def _align(self, there: list[tuple[str, int, int]], here: list[tuple[str, int, int]]) -> bool:
        one, other = _trimmed(there), _trimmed(here)
        if [unit for unit, _, _ in one] != [unit for unit, _, _ in other]:
            return False
        for (_, start, stop), (_, our_start, our_stop) in zip(one, other, strict=True):
            self._starts[start], self._stops[stop] = our_start, our_stop
        return True

    def span(self, start: int, end: int) -> tuple[int, int] | None:
        """Return where a stretch of the other text lies in ours; None where no whole letters are."""
        if self._same or (start, end) == (0, self._ends[0]):
            return (start, end) if self._same else (0, self._ends[1])
        if start == end:
            place = self._starts.get(start, self._stops.get(start))
            return None if place is None else (place, place)
        first, last = self._starts.get(start), self._stops.get(end)
        return None if first is None or last is None else (first, last)


def says_the_same(one: str, other: str) -> bool:
    """Say whether two texts differ in nothing that an `Alignment` looks through."""
    return one == other or Alignment(one, other).holds


def _units(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield letters with their marks, blanks and line ends, each as it is compared, with its place."""
    place, length = 0, len(text)
    while place < length:
        stop = place + 1
        if text[place] == "\r" and text[stop : stop + 1] == "\n":
            stop += 1
        while stop < length and unicodedata.combining(text[stop]):
            stop += 1
        yield _compared(text[place:stop]), place, stop
        place = stop


def _compared(unit: str) -> str:
    if unit[0] in _BREAKS:
        return "\n"
    return " " if unit.isspace() else unicodedata.normalize("NFC", unit)


def _trimmed(units: list[tuple[str, int, int]]) -> list[tuple[str, int, int]]:
    filled = [place for place, (unit, _, _) in enumerate(units) if not unit.isspace()]
    return units[filled[0] : filled[-1] + 1] if filled else []
