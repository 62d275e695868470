"""The words of a text as places that a cursor can stand on, and the text cut at them with its labels.

Places are counted here, in code points, and sent with each word: no script has to count anything.
"""

import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache

from msgspec import Struct

_JOINER = "\u200d"
_WITHIN = "'’-"  # between letters they belong to the word
# letters of scripts that put no blanks between words: each is a place of its own
_UNSPACED = (
    (0x0E00, 0x0EFF),  # Thai, Lao
    (0x1000, 0x109F),  # Myanmar
    (0x1780, 0x17FF),  # Khmer
    (0x3040, 0x30FF),  # kana
    (0x3400, 0x9FFF),  # Han
    (0xF900, 0xFAFF),
    (0x20000, 0x3FFFF),
)


class Piece(Struct, frozen=True):
    """A stretch of a text: a word, or the blanks between two."""

    text: str
    start: int  # code points
    end: int
    is_word: bool
    layers: tuple[str, ...]  # of the labels that lie on it


@lru_cache(maxsize=4096)
def _kind(char: str) -> str:
    """Return letter, sign, flag (half of one), blank, or cling: what never stands alone."""
    if char.isspace():
        return "blank"
    category = unicodedata.category(char)
    code = ord(char)
    if category[0] == "M" or category == "Cf" or 0x1F3FB <= code <= 0x1F3FF:
        return "cling"
    if 0x1F1E6 <= code <= 0x1F1FF:
        return "flag"
    is_word = (char.isalnum() or char == "_") and not any(low <= code <= high for low, high in _UNSPACED)
    return "letter" if is_word else "sign"


def word_spans(text: str) -> list[tuple[int, int]]:
    """Return where words stand; signs are words of their own, and what is seen as one sign stays one.

    Combining marks, joined emoji and flags are not torn; blanks belong to no word.
    """
    spans: list[tuple[int, int]] = []
    start, kind = 0, "blank"  # of the word that is open; blank where none is
    for place, char in enumerate(text):
        found = _kind(char)
        if kind != "blank" and found != "blank" and _goes_on(text, place, kind, found):
            kind = "sign" if kind == "flag" else kind
            continue
        if kind != "blank":
            spans.append((start, place))
        start, kind = place, "sign" if found == "cling" else found
    if kind != "blank":
        spans.append((start, len(text)))
    return spans


def _goes_on(text: str, place: int, kind: str, found: str) -> bool:
    if found == "cling" or text[place - 1] == _JOINER:
        return True
    if kind == "letter" and text[place] in _WITHIN:
        return text[place - 1] not in _WITHIN and _kind(text[place + 1 : place + 2] or " ") == "letter"
    return kind == found and kind in ("letter", "flag")


def pieces(text: str, labels: Sequence[tuple[int, int, str]]) -> list[Piece]:
    """Cut a text into words and blanks, which together are the text, each with the layers on it.

    Parameters
    ----------
    labels
        Start, end and layer of each label that is to be seen in the text.
    """
    cuts = list(_cuts(text))
    starts, ends = [start for start, _, _ in cuts], [end for _, end, _ in cuts]
    found: list[set[str]] = [set() for _ in cuts]
    for start, end, layer in labels:
        for place in range(bisect_right(ends, start), bisect_left(starts, end)):
            found[place].add(layer)
    return [
        Piece(text[start:end], start, end, is_word, tuple(sorted(layers)))
        for (start, end, is_word), layers in zip(cuts, found, strict=True)
    ]


def _cuts(text: str) -> Iterator[tuple[int, int, bool]]:
    done = 0
    for start, end in word_spans(text):
        if done < start:
            yield done, start, False
        yield start, end, True
        done = end
    if done < len(text):
        yield done, len(text), False
