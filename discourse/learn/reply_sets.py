"""Arrays over many texts: counts within stretches, what two share, numbers that are everywhere the same."""

import math
from collections.abc import Callable, Iterable, Iterator, Sequence, Sized
from itertools import chain

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Column = NDArray[np.float64] | NDArray[np.int64] | NDArray[np.bool_]  # a value a row
_ROWS = 4096  # pairs compared at once, so that a long text with many answers needs no more memory


class Numbered(dict[str, int]):
    """Words by the order in which they are first met, some given ones before all others."""

    def __init__(self, first: Iterable[str] = ()) -> None:
        super().__init__({word: place for place, word in enumerate(first)})

    def __missing__(self, word: str) -> int:
        number = self[word] = len(self)
        return number


class Stretches:
    """What many texts have one after the other, laid out as one array, and where each text's part begins."""

    def __init__(self, lengths: Ints) -> None:
        self.lengths = lengths
        self.edges: Ints = np.concatenate([np.zeros(1, np.int64), np.cumsum(lengths)])

    def owners(self) -> Ints:
        """Return for each member the number of its text."""
        return np.repeat(np.arange(len(self.lengths)), self.lengths)

    def counts(self, flags: NDArray[np.bool_], most: int | None = None) -> Ints:
        """Count the members of each text that have a flag, of its first `most` alone where that is given."""
        sums = np.concatenate([np.zeros(1, np.int64), np.cumsum(flags)])
        ends = self.edges[1:] if most is None else self.edges[:-1] + np.minimum(self.lengths, most)
        found: Ints = sums[ends] - sums[self.edges[:-1]]
        return found

    def begins(self, most: int) -> NDArray[np.bool_]:
        """Say of each member whether it is one of its text's first."""
        places = np.arange(self.edges[-1]) - np.repeat(self.edges[:-1], self.lengths)
        return places < most


class Sets:
    """Sets of whole numbers, one a text."""

    def __init__(self, owners: Ints, members: Ints, *, texts: int, width: int) -> None:
        """Take members in any order, each of the text that owns it; those that come twice count once."""
        keys = _distinct(owners * max(width, 1) + members)
        whose, what = np.divmod(keys, max(width, 1))
        self.sizes: Ints = np.bincount(whose, minlength=texts)
        edges = np.concatenate([np.zeros(1, np.int64), np.cumsum(self.sizes)])
        self.owners, self.members = whose, what
        self._rows = sparse.csr_array(
            (np.ones(len(what), np.int8), what, edges), shape=(texts, max(width, 1))
        )

    def shared(self, one: Ints, other: Ints, among: "Sets | None" = None) -> Ints:
        """Count what each pair of texts has in common, the second of each taken among other sets if given."""
        rows, others = self._rows, (among or self)._rows
        found = [np.zeros(0, np.int64)]
        for first in range(0, len(one), _ROWS):
            part = slice(first, first + _ROWS)
            both = rows[one[part]].multiply(others[other[part]])
            found.append(np.diff(both.indptr).astype(np.int64))
        return np.concatenate(found)

    def shared_nearby(self, most: int) -> Ints:
        """Count what each text has in common with those before it: a row a text, a column a distance from 1.

        Beyond the first text there is nothing in common.
        """
        by_member = self._rows.tocsc()
        owners = by_member.indices.astype(np.int64)
        members = np.repeat(np.arange(by_member.shape[1]), np.diff(by_member.indptr))
        found = [np.zeros(0, np.int64)]
        for step in range(1, most + 1):
            apart = owners[step:] - owners[:-step]
            near = np.flatnonzero((members[step:] == members[:-step]) & (apart <= most))
            if not len(near):
                break
            found.append(owners[near + step] * most + apart[near] - 1)
        counts: Ints = np.bincount(np.concatenate(found), minlength=len(self.sizes) * most)
        return counts.reshape(-1, most)

    def alike(self, shared: Ints, one: Ints, other: Ints) -> Floats:
        """Return how much of two texts is the same, from 0 to nearly 1, by what they share."""
        found: Floats = shared / np.sqrt((1 + self.sizes[one]) * (1 + self.sizes[other]))
        return found


def lengths_of(rows: Sequence[Sized]) -> Ints:
    """Return how many members each row has."""
    return np.fromiter(map(len, rows), dtype=np.int64, count=len(rows))


def numbers_of(rows: Sequence[Sequence[str]], numbers: Numbered) -> Ints:
    """Return the numbers of all words of all rows, one row behind the other."""
    words: Iterator[str] = chain.from_iterable(rows)
    return np.fromiter(map(numbers.__getitem__, words), dtype=np.int64)


def _distinct(keys: Ints) -> Ints:
    """Return numbers in their order, each once; `np.unique` takes ten times as long."""
    rising = np.sort(keys)
    is_new = np.ones(len(rising), dtype=np.bool_)
    np.not_equal(rising[1:], rising[:-1], out=is_new[1:])
    return rising[is_new]


def whole(values: Iterable[int]) -> Ints:
    """Return whole numbers as an array."""
    return np.fromiter(values, dtype=np.int64)


def flags(values: Iterable[object]) -> NDArray[np.bool_]:
    """Return whether each value holds, as an array."""
    return np.fromiter(map(bool, values), dtype=np.bool_)


def logs(whole: Ints) -> Floats:
    """Return the logarithms of whole numbers from 1, each as `math.log` gives it: the same everywhere."""
    return _by_value(whole, math.log)


def log1ps(whole: Ints) -> Floats:
    """Return the logarithms of 1 and more than whole numbers from 0, as `math.log1p` gives them."""
    return _by_value(whole, math.log1p)


def _by_value(whole: Ints, function: Callable[[float], float]) -> Floats:
    values, places = np.unique(whole, return_inverse=True)
    found = np.fromiter(map(function, values.tolist()), dtype=np.float64, count=len(values))
    return found[places]


def logs_of(values: Floats) -> Floats:
    """Return the logarithms of numbers above 0, as `math.log` gives them."""
    return np.fromiter(map(math.log, values.tolist()), dtype=np.float64, count=len(values))
