"""The phrase of a sentence that weighs most for a marker."""

import re
from collections.abc import Sequence
from itertools import islice, pairwise

import numpy as np

from discourse.learn.linear import Floats
from discourse.learn.rhetoric import RhetoricModel
from discourse.model import Span

_PIECE = re.compile(r"\S+")
_FEWEST, _MOST = 2, 12  # words of a phrase
_LONGEST = 120  # words of a sentence that are looked at
_EDGES = " \t\n\"'([{,;:-*_>"


def phrases(sentences: Sequence[str], label: str, model: RhetoricModel) -> list[Span]:
    """Return for each sentence the words in a row that speak most for a marker, with offsets into it.

    What a word weighs is counted against the mean of its sentence, so that a phrase ends where the words
    say less than the rest; it has two to twelve words, or all words of a shorter sentence.
    """
    pieces = [[found.span() for found in islice(_PIECE.finditer(text), _LONGEST)] for text in sentences]
    words = [text[start:end] for text, own in zip(sentences, pieces, strict=True) for start, end in own]
    # words of two sentences never stand together: what joins them is weighed, and never asked for
    joined = model.pulls([f"{word} {after}" for word, after in pairwise(words)], label, space="pairs")
    inside = model.pulls(words, label, space="pairs")  # pairs within one piece: "what?!"
    own = model.pulls(words, label, space="words") + model.pulls(words, label, space="letters")
    between = joined - inside[:-1] - inside[1:]
    found: list[Span] = []
    edge = 0
    for text, places in zip(sentences, pieces, strict=True):
        size = len(places)
        weights, joints = own[edge : edge + size], between[edge : edge + max(0, size - 1)]
        found.append(_phrase(text, places, weights, joints))
        edge += size
    return found


def _phrase(sentence: str, places: Sequence[tuple[int, int]], own: Floats, between: Floats) -> Span:
    if not places:
        return Span(start=0, end=len(sentence))
    first, last = 0, len(places) - 1
    if len(places) > _FEWEST:
        first, last = _heaviest((own - own.mean()).round(6), between.round(6))
    return _trimmed(sentence, places[first][0], places[last][1])


def _heaviest(own: Floats, between: Floats) -> tuple[int, int]:
    """Return the first and the last place of the window that weighs most; of equals the first, shortest."""
    size = len(own)
    sums = np.concatenate([[0.0], np.cumsum(own)])
    joints = np.concatenate([[0.0, 0.0], np.cumsum(between)])  # of words 1 to k
    best, found = -np.inf, (0, size - 1)
    for first in range(size - 1):
        for last in range(first + _FEWEST - 1, min(size, first + _MOST)):
            weight = sums[last + 1] - sums[first] + joints[last + 1] - joints[first + 1]
            if weight > best + 1e-9:
                best, found = weight, (first, last)
    return found


def _trimmed(sentence: str, start: int, end: int) -> Span:
    """Leave marks around a phrase out."""
    inner = sentence[start:end]
    left = len(inner) - len(inner.lstrip(_EDGES))
    right = len(inner.rstrip(_EDGES))
    return Span(start=start + left, end=start + right) if left < right else Span(start=start, end=end)
