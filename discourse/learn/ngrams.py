"""Texts as rows of hashed word and letter n-grams, all of a batch at once."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray
from scipy import sparse

from discourse.learn.codepoints import SHORT, SLICE, Places, Whole
from discourse.learn.grams import Grams, Space, columns_of, grams_of
from discourse.learn.ngrams_of_one import row_of_one

__all__ = ["Counts", "Space", "named_columns", "ngram_counts", "ngram_matrix"]


class Counts(Struct, frozen=True):
    """Rows of n-grams as the arrays of which a sparse matrix is made.

    To make one of SciPy's takes longer than all the rest for a text alone; `@` can do without.
    """

    columns: NDArray[np.int32]  # rising within a row
    values: NDArray[np.float32]
    lengths: Places  # how many of them each row has
    width: int

    def __matmul__(self, weights: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return the product with weights, `width` × any number; a row a text."""
        if len(self.lengths) == 1:
            return np.asarray((self.values @ weights.take(self.columns, axis=0))[None])
        return np.asarray(self.matrix() @ weights)

    def matrix(self) -> sparse.csr_array:
        """Return a sparse matrix, float32."""
        starts = np.concatenate([np.zeros(1, np.int64), np.cumsum(self.lengths)])
        whole = np.int32 if starts[-1] < 1 << 31 else np.int64
        matrix = sparse.csr_array((len(self.lengths), self.width), dtype=np.float32)
        # set, not given to the constructor: its checks take longer than all the rest for a text alone
        matrix.data, matrix.indices, matrix.indptr = (
            self.values,
            self.columns.astype(whole, copy=False),
            starts.astype(whole),
        )
        matrix.has_canonical_format = True
        return matrix


def ngram_matrix(texts: Sequence[str], space: Space) -> sparse.csr_array:
    """Return one row a text, of length 1 (float32); a text without words is an empty row.

    Words are runs of letters, digits and combining marks with apostrophes inside, folded; signs
    of Chinese and Japanese, question marks, exclamation marks, dots of omission ("...", "…") and
    emoji are words by themselves. Any string may be given. Each row depends on its text alone,
    and is the same on any machine.
    """
    return ngram_counts(texts, space).matrix()


def ngram_counts(texts: Sequence[str], space: Space) -> Counts:
    """Return the same as the arrays of which it is made."""
    if len(texts) == 1 and len(texts[0]) <= SHORT:
        return Counts(*row_of_one(texts[0], space), space.columns)
    found = [_rows_of(part, space) for part in _slices(texts)]
    columns = np.concatenate([np.empty(0, np.int32), *(columns for columns, _, _ in found)])
    values = np.concatenate([np.empty(0, np.float32), *(values for _, values, _ in found)])
    lengths = np.concatenate([np.empty(0, np.int64), *(lengths for _, _, lengths in found)])
    return Counts(columns, values, lengths, space.columns)


def named_columns(texts: Sequence[str], space: Space, columns: Iterable[int]) -> dict[int, str]:
    """Return what some columns stand for in some texts: the n-gram that falls there most often.

    Letters stand between marks of their word's ends ("·ing·"); columns that no text has are left out.
    """
    wanted = np.unique(np.fromiter(columns, dtype=np.int64))
    seen: dict[int, Counter[str]] = {}
    for part in _slices(texts):
        for grams in grams_of(part, space):
            found = columns_of(grams, space)
            for place in np.flatnonzero(np.isin(found, wanted)).tolist():
                seen.setdefault(int(found[place]), Counter())[grams.shown(place)] += 1
    return {
        column: max(seen[column].items(), key=lambda item: (item[1], item[0]))[0] for column in sorted(seen)
    }


def _slices(texts: Sequence[str]) -> Iterator[Sequence[str]]:
    """Cut texts into runs of about `SLICE` code points; a longer text is one by itself."""
    first = held = 0
    for place, text in enumerate(texts):
        if held and held + len(text) > SLICE:
            yield texts[first:place]
            first, held = place, 0
        held += len(text) + 1
    if first < len(texts):
        yield texts[first:]


def _rows_of(texts: Sequence[str], space: Space) -> tuple[NDArray[np.int32], NDArray[np.float32], Places]:
    """Return the columns, the values and how many of them each text has."""
    keys = [_keys(grams, space) for grams in grams_of(texts, space)]
    joined: NDArray[np.uint32] | Whole = np.concatenate([np.empty(0, np.uint64), *keys])
    if len(texts) <= 1 << (32 - space.bits):
        joined = joined.astype(np.uint32)  # half the bytes sort in two thirds of the time
    joined.sort()
    is_new = np.ones(len(joined), dtype=np.bool_)
    np.not_equal(joined[1:], joined[:-1], out=is_new[1:])
    places = np.flatnonzero(is_new)
    kept = joined[places]
    lengths = np.bincount((kept >> kept.dtype.type(space.bits)).astype(np.int64), minlength=len(texts))
    columns = (kept & kept.dtype.type(space.columns - 1)).astype(np.int32)
    if not space.sublinear:
        sizes = 1 / np.sqrt(np.maximum(lengths, 1))
        return columns, np.repeat(sizes.astype(np.float32), lengths), lengths
    counts = np.diff(places, append=len(joined))
    return columns, _weighed(counts, lengths), lengths


def _weighed(counts: Places, lengths: Places) -> NDArray[np.float32]:
    """Return 1 + ln of each count, divided by what gives its row the length 1."""
    most = int(counts.max(initial=1))
    weights = (1 + np.log(np.arange(1, most + 1)))[counts - 1] if most > 1 else np.ones(len(counts))
    rows = np.repeat(np.arange(len(lengths)), lengths)
    squares = np.bincount(rows, weights=weights * weights, minlength=len(lengths))
    return (weights / np.sqrt(squares)[rows]).astype(np.float32)


def _keys(grams: "Grams", space: Space) -> Whole:
    keys = grams.texts.astype(np.uint64) << np.uint64(space.bits)
    keys |= columns_of(grams, space).view(np.uint64)
    return keys
