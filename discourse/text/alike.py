"""Sentences of one thread that have nearly the same words, found in time that grows as their number does.

Sentences are given by the stems of their content words. A stem weighs how often the sentence has it times
its rarity, `log((1 + n) / (1 + held)) + 1` where `held` of the thread's n different sentences have it; two
sentences are as alike as the cosine of their weights.

Two sentences can be alike only if they share one of their rarest words: what all other words of a sentence
weigh together is then too little. So each sentence is looked up by these alone, and compared exactly with
those that it meets and that could be alike. A word leads from each sentence to so many others at most; of
copies one alone is compared, so that pasting neither costs nor hides others.
"""

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

LEAST = 0.6  # cosine from which two sentences are alike
MOST = 600  # sentences that one word of a sentence leads to, whatever the length of the thread
_BATCH = 1 << 16  # pairs looked at together
_ODD = (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F)  # each spreads numbers over 64 bits in its own way
_SLACK = 6e-5  # cosines are rounded to four decimals

if TYPE_CHECKING:
    from scipy import sparse

Places = NDArray[np.int64]
Floats = NDArray[np.float64]


class Alike(Struct, frozen=True):
    """Pairs of sentences that are alike, by the groups of those with the very same stems."""

    groups: list[list[int]]  # places of the sentences with the same stems, in order; none without stems
    pairs: list[tuple[int, int, float]]  # places in `groups`, the first the lower, and their cosine

    def places(self) -> Iterator[tuple[int, int, float]]:
        """Yield every pair of sentences by their places, the first the lower; copies make many."""
        for members in self.groups:
            for one, other in combinations(members, 2):
                yield one, other, 1.0
        for first, second, cosine in self.pairs:
            for one in self.groups[first]:
                for other in self.groups[second]:
                    yield min(one, other), max(one, other), cosine


def alike(sentences: Sequence[Sequence[str]], least: float = LEAST) -> Alike:
    """Find the sentences of a thread that are alike.

    Parameters
    ----------
    sentences
        The stems of each, in any order. One without stems is like none.
    least
        Cosine, above 0, from which two are alike; four decimals count.
    """
    groups: dict[tuple[str, ...], list[int]] = {}
    for place, stems in enumerate(sentences):
        if stems:
            groups.setdefault(tuple(sorted(stems)), []).append(place)
    rows = weighed(list(groups))
    pairs: dict[tuple[int, int], float] = {}
    for first, second, cosines in _similar(rows, least):
        pairs |= zip(zip(first.tolist(), second.tolist(), strict=True), cosines.tolist(), strict=True)
    return Alike(list(groups.values()), [(*pair, pairs[pair]) for pair in sorted(pairs)])


def weighed(sentences: Sequence[Sequence[str]]) -> "sparse.csr_array":
    """Return one row of length 1 a sentence, its columns from the rarest stem to the commonest.

    No two of the sentences should be the same.
    """
    from scipy import sparse  # noqa: PLC0415 - a tenth of a second, which only who compares shall pay

    numbers: dict[str, int] = {}
    used = [numbers.setdefault(stem, len(numbers)) for own in sentences for stem in own]
    columns = np.array(used, dtype=np.int64)
    rows = np.repeat(np.arange(len(sentences)), [len(own) for own in sentences])
    shape = (len(sentences), max(len(numbers), 1))
    counts = sparse.csr_array(sparse.coo_array((np.ones(len(rows)), (rows, columns)), shape=shape))
    held = np.bincount(counts.indices, minlength=shape[1])
    # of words that are equally rare the first one comes first, so that the same thread gives the same order
    place = np.empty(shape[1], dtype=np.int64)
    place[np.argsort(held, kind="stable")] = np.arange(shape[1])
    rarity = np.log((1 + len(sentences)) / (1 + held)) + 1
    weights = counts.data * rarity[counts.indices]
    found = sparse.csr_array((weights, place[counts.indices], counts.indptr), shape=shape)
    found.sort_indices()
    sizes = np.sqrt(np.bincount(_rows_of(found), found.data**2, minlength=shape[0]))
    found.data /= sizes[_rows_of(found)]
    return found


def _rows_of(matrix: "sparse.csr_array") -> Places:
    return np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))


def _similar(rows: "sparse.csr_array", least: float) -> Iterator[tuple[Places, Places, Floats]]:
    """Yield the pairs of rows, the lower first, that are alike, with their cosines; some of them twice."""
    for word in _leads(rows, least):
        for one, other in _pairs_of(word.reach):
            # what the word brings, and what all that stands behind it can bring at most
            brought = word.weight[one] * word.weight[other]
            fits = brought + word.rest[one] * word.rest[other] >= least - _SLACK
            one, other, brought = one[fits], other[fits], brought[fits]  # noqa: PLW2901
            first, second = word.row[one], word.row[other]
            fits = (brought >= least - _SLACK) | np.all(word.others[:, one] & word.others[:, other], axis=0)
            low, high = np.minimum(first, second)[fits], np.maximum(first, second)[fits]
            cosines = _cosines(rows, low, high)
            kept = cosines >= least
            yield low[kept], high[kept], cosines[kept]


class _Lead(Struct, frozen=True):
    """Places where words stand, by word; each leads to so many of those that follow."""

    row: Places
    weight: Floats
    rest: Floats  # the length of what stands behind it in its row
    others: NDArray[np.uint64]  # two rows of bits that the other words of its row set: see `_others`
    reach: Places


def _leads(rows: "sparse.csr_array", least: float) -> Iterator[_Lead]:
    """Yield the words by which rows meet: the rarest of each, and those that make most of a row."""
    left = _weight_left(rows)
    others = np.stack([_others(rows, odd) for odd in _ODD])
    for size in (left, rows.data):
        (kept,) = np.nonzero(size >= least - _SLACK)
        row, column, own = _rows_of(rows)[kept], rows.indices[kept], size[kept]
        order = np.lexsort((row, -own, column))
        kept, row, column, own = kept[order], row[order], column[order], own[order]
        # of each word the largest come first, so those with which a place is large enough stand together
        sought = column + (1 - own) / 2
        ends = np.searchsorted(sought, column + (1 - (least - _SLACK) / own) / 2, side="right")
        reach = np.clip(ends - np.arange(len(kept)) - 1, 0, MOST)
        weight = rows.data[kept]
        rest = np.sqrt(np.maximum(left[kept] ** 2 - weight**2, 0.0))
        yield _Lead(row, weight, rest, others[:, kept], reach)


def _others(rows: "sparse.csr_array", odd: int) -> NDArray[np.uint64]:
    """Return for each stored weight the bits, of 64, that its row's other words set.

    Where two rows have none of them in common, they have no other word in common.
    """
    bits = (rows.indices.astype(np.uint64) * np.uint64(odd)) >> np.uint64(58)
    own = np.uint64(1) << bits
    marks = np.zeros(rows.shape[0], dtype=np.uint64)
    np.bitwise_or.at(marks, _rows_of(rows), own)
    keys = _rows_of(rows) * 64 + bits.astype(np.int64)
    order = np.argsort(keys, kind="stable")
    twice = np.zeros(len(keys), dtype=np.bool_)  # another word of the row sets the same bit
    same = np.diff(keys[order]) == 0
    twice[order[1:][same]] = twice[order[:-1][same]] = True
    return np.where(twice, marks[_rows_of(rows)], marks[_rows_of(rows)] & ~own)


def _pairs_of(reach: Places) -> Iterator[tuple[Places, Places]]:
    """Yield each place with as many of those that follow it as it reaches, in batches."""
    sums = np.concatenate([[0], np.cumsum(reach)])
    begin = 0
    while begin < len(reach):
        end = max(begin + 1, int(np.searchsorted(sums, sums[begin] + _BATCH, side="right")) - 1)
        one = np.repeat(np.arange(begin, end), reach[begin:end])
        yield one, one + 1 + np.arange(len(one)) - np.repeat(sums[begin:end] - sums[begin], reach[begin:end])
        begin = end


def _weight_left(rows: "sparse.csr_array") -> Floats:
    """Return for each stored weight the length of what stands from there to the end of its row."""
    sums = np.concatenate([[0.0], np.cumsum(rows.data**2)])
    ends = sums[rows.indptr[1:]][_rows_of(rows)]
    return np.asarray(np.sqrt(np.maximum(ends - sums[:-1], 0.0)), dtype=np.float64)


def _cosines(rows: "sparse.csr_array", first: Places, second: Places) -> Floats:
    return np.asarray(rows[first].multiply(rows[second]).sum(axis=1), dtype=np.float64).ravel().round(4)
