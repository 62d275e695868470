"""What a first look at the tokens of headers says of each one's surroundings, for a second look."""

from collections.abc import Sequence

import numpy as np

from discourse.ingest.pasted.alike import Floats
from discourse.ingest.pasted.tokentraits import NEAR, Placed


def token_opinions(placed: Sequence[Placed], odds: Floats) -> Floats:
    """Return one line a token: its own odds, those of tokens in the same places, those around it.

    Parameters
    ----------
    placed
        The rows of the tokens, in their order.
    odds
        One line a token, one column a kind: how likely each kind is by the first look, 0 to 1.
    """
    held = [_mean(keys, odds) for keys in _keys(placed)]
    rows = np.repeat(np.arange(len(placed)), [len(row.masks) for row in placed])
    around = [_moved(rows, odds, step) for step in NEAR]
    return np.column_stack([odds, *held, *around])


def _keys(placed: Sequence[Placed]) -> list[list[tuple[object, ...]]]:
    """Return for each token by what others are like it, in nine ways."""
    keys: list[list[tuple[object, ...]]] = [[] for _ in range(9)]
    for number, row in enumerate(placed):
        size = len(row.masks)
        for step, mask in enumerate(row.masks):
            segment = row.segments[step]
            keys[0].append((row.tag, step))
            keys[1].append((row.tag, step - size))
            keys[2].append((row.tag, mask))
            keys[3].append((row.tag, segment, row.columns))
            keys[4].append((row.tag, segment - row.columns))
            keys[5].append((number, segment))
            kind, text = row.slots[step]
            keys[6].append((kind,))
            keys[7].append((number, row.runs[step]))
            keys[8].append((text,))
    return keys


def _mean(keys: Sequence[tuple[object, ...]], odds: Floats) -> Floats:
    found: dict[tuple[object, ...], int] = {}
    owner = np.array([found.setdefault(key, len(found)) for key in keys], dtype=np.int64)
    times = np.bincount(owner, minlength=len(found))[:, np.newaxis]
    total = np.column_stack([np.bincount(owner, weights=column, minlength=len(found)) for column in odds.T])
    return np.asarray((total / times)[owner])


def _moved(rows: "np.ndarray[tuple[int], np.dtype[np.int64]]", odds: Floats, step: int) -> Floats:
    """Return the odds of the tokens `step` further on in the same row; -1 where there is none."""
    found = np.full(odds.shape, -1.0)
    if abs(step) >= len(odds):
        return found
    here = slice(None, -step) if step > 0 else slice(-step, None)
    there = slice(step, None) if step > 0 else slice(None, step)
    same = (rows[here] == rows[there])[:, np.newaxis]
    found[here] = np.where(same, odds[there], -1.0)
    return found
