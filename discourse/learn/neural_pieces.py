"""How the neural reader is told a text and what it is read beside: as pieces of words, within a bound.

The text comes first and keeps its beginning; of what it is read beside (the words that it answers, the
target of its stance) the end is kept, which most replies are about. A text that is read alone may be as
long as both together.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

MOST = 128  # pieces of both, with the marks around them
OWN = 84  # pieces that the text keeps, however long the other is
_LETTERS = 8  # that a piece may stand for, generously: what lies farther off is not cut into pieces at all
_START, _END = 101, 102  # the marks, as the vocabulary of BERT numbers them

Ints = NDArray[np.int64]
Cut = tuple[Sequence[int], Sequence[tuple[int, int]]]  # pieces, and where each stands in the text


class Laid(Struct, frozen=True):
    """A text and its company as the encoder takes them.

    Attributes
    ----------
    pieces
        Numbers of the vocabulary.
    sides
        0 for the text and the marks around it, 1 for what it is read beside.
    places
        Of each piece its half-open place in the text; (0, 0) of marks and of the company.
    """

    pieces: Ints
    sides: Ints
    places: tuple[tuple[int, int], ...]


def laid_out(tokenizer: Any, pairs: Sequence[tuple[str, str]]) -> list[Laid]:
    """Cut texts and their company into pieces, and lay each pair out.

    Parameters
    ----------
    tokenizer
        Of the package `tokenizers`, without padding and truncation.
    pairs
        A text, and what it is read beside; "" for nothing.
    """
    most = MOST * _LETTERS
    texts = _cut(tokenizer, [text[:most] for text, _ in pairs])
    others = _cut(tokenizer, [beside[-most:] for _, beside in pairs])
    return [_laid(text, beside) for text, (beside, _) in zip(texts, others, strict=True)]


def _cut(tokenizer: Any, texts: Sequence[str]) -> list[Cut]:
    found = tokenizer.encode_batch(list(texts), add_special_tokens=False)
    return [(one.ids, one.offsets) for one in found]


def _laid(text: Cut, beside: Sequence[int]) -> Laid:
    pieces, places = text
    room = MOST - (3 if beside else 2)
    # whichever is short leaves its room to the other
    kept_beside = min(len(beside), max(room - OWN, room - len(pieces)))
    kept = min(len(pieces), room - kept_beside)
    ids = [_START, *pieces[:kept], _END]
    sides = [0] * len(ids)
    if beside:
        ids += [*beside[len(beside) - kept_beside :], _END]
        sides += [1] * (kept_beside + 1)
    marks = (0, 0)
    where = [marks, *places[:kept], *[marks] * (len(ids) - kept - 1)]
    return Laid(np.array(ids, dtype=np.int64), np.array(sides, dtype=np.int64), tuple(where))
