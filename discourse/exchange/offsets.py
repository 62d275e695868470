"""Places in a text as other programs count them, and ours; places are checked before they leave.

We count code points, as Python does. JavaScript, Java and so INCEpTION and UIMA count UTF-16 code units,
of which an emoji takes two; some tools count UTF-8 bytes.
"""

from bisect import bisect_left
from collections.abc import Sequence
from itertools import accumulate

from discourse.errors import ContractError
from discourse.model import Annotation, Post


class Offsets:
    """Code points of one text against units of another measure, both from 0.

    Parameters
    ----------
    widths
        How many units each code point takes, in order.
    """

    def __init__(self, widths: Sequence[int]) -> None:
        self._starts = [0, *accumulate(widths)]

    @staticmethod
    def utf16(text: str) -> "Offsets":
        """Count UTF-16 code units."""
        return Offsets([2 if char > "\uffff" else 1 for char in text])

    @staticmethod
    def utf8(text: str) -> "Offsets":
        """Count UTF-8 bytes."""
        return Offsets([len(char.encode("utf-8", "surrogatepass")) for char in text])

    def units(self, point: int) -> int:
        """Return how many units lie before a code point."""
        return self._starts[point]

    def points(self, unit: int) -> int | None:
        """Return how many code points lie before a unit; None within a code point or beyond the text."""
        place = bisect_left(self._starts, unit)
        return place if place < len(self._starts) and self._starts[place] == unit else None


def check_spans(post: Post, annotations: Sequence[Annotation]) -> None:
    """Make sure that each label quotes what stands at its place.

    Raises
    ------
    ContractError
        Naming the post and the place of the first that does not.
    """
    for row in annotations:
        if not 0 <= row.start <= row.end <= len(post.text) or post.text[row.start : row.end] != row.quote:
            raise ContractError(
                where=f"post {post.post_id!r}, {row.layer} {row.label!r}",
                problem=f"its quotation is not what stands at {row.start} to {row.end} of the post",
                fix="Analyse the source again; these tables were changed by hand",
            )
