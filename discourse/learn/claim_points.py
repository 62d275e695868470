"""Which of several points an argument makes: how well each fits beside the others that it might make."""

from collections.abc import Sequence

import numpy as np

from discourse.learn.claim_pairs import NAMES as PAIR_NAMES
from discourse.learn.claim_pairs import pair_rows
from discourse.learn.claim_words import Words
from discourse.learn.linear import Floats

_COMPARED = ("stems", "overlap", "letters", "company", "part_second", "match_first", "match_second")
NAMES = (
    *PAIR_NAMES,
    *(
        f"{name}_{kind}_of_{whose}"
        for whose in ("argument", "point")
        for name in _COMPARED
        for kind in ("rank", "lead")
    ),
)
_LEAST = 1e-3  # deviation, where all are alike


def point_rows(pairs: Sequence[tuple[str, str]], words: Words, groups: Sequence[str]) -> Floats:
    """Return one row a pair of an argument and a point, columns `NAMES`.

    Each pair is looked at beside all others of its group with the same argument, and with the same point.
    """
    rows = pair_rows(pairs, words, groups)
    compared = rows[:, [PAIR_NAMES.index(name) for name in _COMPARED]]
    keyed = list(zip(pairs, groups, strict=True))
    arguments = [(group, pair[0]) for pair, group in keyed]
    points = [(group, pair[1]) for pair, group in keyed]
    return np.hstack([rows, _beside(compared, arguments), _beside(compared, points)])


def _beside(values: Floats, keys: Sequence[tuple[str, str]]) -> Floats:
    """Return how far values lie above the mean of their key, in deviations, and below its best."""
    numbers: dict[tuple[str, str], int] = {}
    own = np.array([numbers.setdefault(key, len(numbers)) for key in keys], dtype=np.int64)
    size = len(numbers)
    found = np.zeros((len(keys), 2 * values.shape[1]))
    counts = np.maximum(np.bincount(own, minlength=size), 1)
    for column, value in enumerate(values.T):
        mean = np.bincount(own, value, size) / counts
        apart = value - mean[own]
        deviation = np.sqrt(np.bincount(own, apart**2, size) / counts)
        best = np.full(size, -np.inf)
        np.maximum.at(best, own, value)
        found[:, 2 * column] = apart / np.maximum(deviation, _LEAST)[own]
        found[:, 2 * column + 1] = value - best[own]
    return found
