"""Where a file's labels stand in our texts: offsets are believed where the words that they name stand."""

from collections.abc import Callable, Iterator

from msgspec import Struct

from discourse.errors import DiscourseError
from discourse.exchange.found import FoundLabel, FoundPost
from discourse.exchange.importing.aligning import Alignment, says_the_same
from discourse.exchange.offsets import Offsets

Place = tuple[int, int]


class Counting(Struct, frozen=True):
    """One way to count places: in what units, and whether a CR LF counts as one."""

    measure: str
    joins_line_ends: bool

    def points(self, text: str) -> Callable[[int], int | None]:
        """Return what turns an offset, counted so in a text, into code points of it."""
        widths = [_WIDTHS[self.measure](char) for char in text]
        if self.joins_line_ends:
            for place in range(len(text) - 1):
                if text[place : place + 2] == "\r\n":
                    widths[place] = 0
        return Offsets(widths).points


_WIDTHS: dict[str, Callable[[str], int]] = {
    "code points": lambda _char: 1,
    "utf-16": lambda char: 2 if char > "\uffff" else 1,
    "utf-8": lambda char: len(char.encode("utf-8", "surrogatepass")),
}


class Placing(Struct):
    """Finds the places of a file's labels, and keeps count of those that had to be put right.

    How a file counts is told by the labels that name their words; those that name none are counted alike.
    """

    known: Counting | None = None  # how the file was last seen to count
    put_right: int = 0

    def places(self, found: FoundPost, text: str) -> Iterator[tuple[FoundLabel, Place | DiscourseError]]:
        """Yield each label of a post with its place in our text, in code points, or why it has none.

        Raises
        ------
        DiscourseError
            Where the post's text is another.
        """
        theirs = _Text(text if found.text is None else found.text)
        alignment = Alignment(theirs.text, text)
        if not alignment.holds:
            raise DiscourseError(
                where=f"{found.where}, post {found.post_id!r}",
                problem="its text is another than the run's",
                fix="Import it for the run that it was exported from",
            )
        counting = self._counting(found, theirs)
        for label in found.labels:
            span = self._span(found, label, theirs, counting)
            place = None if span is None else alignment.span(*span)
            yield label, _misplaced(found, label, theirs) if place is None else place

    def _counting(self, found: FoundPost, theirs: "_Text") -> Counting | None:
        """Return the way of counting by which every label of the post stands on the words that it names."""
        named = [label for label in found.labels if label.quote is not None and label.start is not None]
        for counting in self._ways(found):
            if named and all(theirs.span(label, counting) is not None for label in named):
                self.known = counting
                return counting
        if found.measure != "unknown":
            return Counting(found.measure, False)
        plain = theirs.text.isascii() and "\r" not in theirs.text
        return Counting("code points", False) if plain else self.known

    def _ways(self, found: FoundPost) -> Iterator[Counting]:
        if found.measure != "unknown":
            yield Counting(found.measure, False)
        if self.known is not None:
            yield self.known
        for joins in (False, True):
            for measure in _WIDTHS:
                yield Counting(measure, joins)

    def _span(
        self, found: FoundPost, label: FoundLabel, theirs: "_Text", counting: Counting | None
    ) -> Place | None:
        """Return where a label stands in the file's text: by its offsets, by its words, or on all of it."""
        if label.start is None or label.end is None:
            return (0, len(theirs.text)) if label.quote is None else theirs.only_place(label.quote)
        span = None if counting is None else theirs.span(label, counting)
        span = span or theirs.only_place(label.quote)
        meant = "code points" if found.measure == "unknown" else found.measure
        self.put_right += span is not None and span != theirs.span(label, Counting(meant, False))
        return span


class _Text:
    """The text of a post as the file has it, measured once for each way of counting."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._points: dict[Counting, Callable[[int], int | None]] = {}

    def span(self, label: FoundLabel, counting: Counting) -> Place | None:
        """Return where a label stands if counted so; None where that is no place or holds other words."""
        if counting not in self._points:
            self._points[counting] = counting.points(self.text)
        points = self._points[counting]
        start, end = points(label.start or 0), points(label.end or 0)
        if start is None or end is None or start > end:
            return None
        stands = label.quote is None or says_the_same(self.text[start:end], label.quote)
        return (start, end) if stands else None

    def only_place(self, quote: str | None) -> Place | None:
        """Return where words stand that stand in the text just once."""
        if not quote or self.text.count(quote) != 1:
            return None
        start = self.text.index(quote)
        return start, start + len(quote)


def _misplaced(found: FoundPost, label: FoundLabel, theirs: "_Text") -> DiscourseError:
    if label.start is not None:
        words = "" if label.quote is None else f", which should read {label.quote[:40]!r}"
        problem = f"cannot be placed at {label.start} to {label.end}{words}"
    elif theirs.text.count(label.quote or ""):
        words = (label.quote or "")[:40]
        problem = f"is on words that stand there several times, {words!r}: start and end are needed"
    else:
        problem = f"is on words that do not stand there, {(label.quote or '')[:40]!r}"
    return DiscourseError(
        where=f"{found.where}, post {found.post_id!r}",
        problem=f"{label.layer}/{label.label} {problem}",
        fix="Mend it there, or leave such labels out with --skip-refused",
    )
