"""What the n-grams of many texts add to the odds of some markers: exactly, or at most.

A row of n-grams is divided by its length, so nothing can be added up until all of a text are known and equal
ones are counted together. What they add at most follows from sums over the words that hold them alone.
"""

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray
from scipy import sparse

from discourse.learn.codepoints import Places, Whole
from discourse.learn.grams import Space
from discourse.learn.linear import Floats


class Block(Struct, frozen=True):
    """One space of n-grams with what its columns weigh for some markers."""

    space: Space
    rare: NDArray[np.float32]  # of each column
    places: NDArray[np.int32]  # of each column, the row of its weights; the first row is of those without
    weights: NDArray[np.float32]  # times how rare the column is

    @classmethod
    def of(
        cls, space: Space, rare: NDArray[np.float32], columns: Places, weights: NDArray[np.float32]
    ) -> "Block":
        """Take how rare columns are, and what some weigh, columns × markers; the others weigh nothing."""
        are_some = weights.any(axis=1)
        some, weights = columns[are_some], weights[are_some]
        places = np.zeros(len(rare), np.int32)
        places[some] = np.arange(1, len(some) + 1)
        none = np.zeros((1, weights.shape[1]), np.float32)
        return cls(space, rare, places, np.concatenate([none, weights * rare[some, None]]))

    def points(self, rows: Places, columns: Places, texts: int) -> Floats:
        """Return what n-grams add to the odds of each text, texts × markers.

        Parameters
        ----------
        rows, columns
            The text and the column of each n-gram, in any order.
        """
        bits = self.space.bits
        keys: NDArray[np.uint32] | Whole = (rows << bits | columns).view(np.uint64)
        if texts << bits < 1 << 32:
            keys = keys.astype(np.uint32)  # half the bytes sort in half the time
        keys.sort()
        is_new = np.ones(len(keys), dtype=np.bool_)
        np.not_equal(keys[1:], keys[:-1], out=is_new[1:])
        places = np.flatnonzero(is_new)
        kept = keys[places]
        starts = np.searchsorted(kept, np.arange(texts + 1, dtype=np.uint64) << np.uint64(bits))
        kept &= kept.dtype.type(self.space.columns - 1)
        values = _more(np.diff(places, append=len(keys)))
        lengths = _sums((values * self.rare[kept]) ** 2, starts)
        found = sparse.csr_array((texts, len(self.weights)), dtype=np.float32)
        found.data, found.indices, found.indptr = values, self.places[kept], starts.astype(np.int32)
        points: Floats = (found @ self.weights) / np.maximum(np.sqrt(lengths), 1e-9)[:, None]
        return points

    def shares(self, owners: Places, columns: Places, size: int) -> NDArray[np.float32]:
        """Return of stretches of texts, such as words, what `most` asks for: stretches × (markers + 2).

        What speaks for each marker, the square of the length, and how often one n-gram stands there at most.

        Parameters
        ----------
        owners, columns
            The stretch and the column of each n-gram, the stretches in order.
        """
        starts = np.searchsorted(owners, np.arange(size + 1))
        speaks = _sums(np.maximum(self.weights[self.places[columns]], 0), starts)
        lengths = _sums(self.rare[columns] ** 2, starts)
        alike, counts = np.unique(owners << self.space.bits | columns, return_counts=True)
        most = np.zeros(size, np.int64)
        np.maximum.at(most, alike >> self.space.bits, counts)
        return np.column_stack([speaks, lengths, most]).astype(np.float32)


def most_of(sums: Floats) -> Floats:
    """Return what the n-grams of texts add at most, given for each text the sum of its stretches' `shares`.

    An n-gram that stands k times counts 1 + ln k, which is no more than k: what speaks for a marker is no
    more than its sum. The square of the length is no less than its sum times the least (1 + ln k)² / k.
    """
    counts = np.arange(1, max(2, int(sums[:, -1].max(initial=1)) + 1))
    least = np.minimum.accumulate((1 + np.log(counts)) ** 2 / counts)
    lengths = sums[:, -2] * least[np.maximum(sums[:, -1].astype(np.int64), 1) - 1]
    most: Floats = sums[:, :-2] / np.maximum(np.sqrt(lengths), 1e-9)[:, None]
    return most


def _more(counts: Places) -> NDArray[np.float32]:
    """Return 1 + ln of counts."""
    values: NDArray[np.float32] = (1 + np.log(np.arange(1, int(counts.max(initial=1)) + 1))).astype(
        np.float32
    )
    return values[counts - 1]


def sums_of_rows(values: NDArray[np.float32], rows: Places, size: int) -> Floats:
    """Return the sums of all values of each row; the rows come in order."""
    return _sums(values, np.searchsorted(rows, np.arange(size + 1)))


def _sums(values: NDArray[np.float32], starts: Places) -> Floats:
    """Return the sums of stretches that follow each other, 0 of an empty one."""
    sums = np.zeros((len(starts) - 1, *values.shape[1:]))
    some = np.flatnonzero(starts[1:] > starts[:-1])
    if len(some):
        sums[some] = np.add.reduceat(values, starts[some], axis=0, dtype=np.float64)
    return sums
