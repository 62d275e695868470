"""Texts as rows of hashed word and letter n-grams, all of a batch at once.

No step runs once a word in Python: the texts of a slice are one array of code points, and the hash
of any stretch of it comes from one running sum (a polynomial prefix hash modulo 2^64).
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from discourse.learn.codepoints import (
    CLASS,
    LONGEST,
    MARK,
    SLICE,
    SPREAD,
    Codes,
    Places,
    Whole,
    bounds,
    coded,
    is_plain,
    plain_hashes,
    powers,
    sums_of,
)

_MIXER = 0xD6E8FEB86659FD93
_STEP = 0xC2B2AE3D27D4EB4F  # between the words of an n-gram
_BLANK = 32  # the code point on either side of a word's letters


@dataclass(frozen=True, slots=True)
class Space:
    """Which n-grams are counted, and into how many columns they fall."""

    words: tuple[int, int] | None = (1, 2)  # shortest and longest, in words; None for none
    letters: tuple[int, int] | None = None  # the same in letters, within " word "
    bits: int = 18  # 2^bits columns
    tag: str = ""  # spaces with other tags use other columns: own words, the parent's words
    sublinear: bool = False  # whether an n-gram that stands k times counts 1 + ln k, not 1

    @property
    def columns(self) -> int:
        """How many columns there are."""
        return 1 << self.bits


def ngram_matrix(texts: Sequence[str], space: Space) -> sparse.csr_array:
    """Return one row a text, of length 1 (float32); a text without words is an empty row.

    Words are runs of letters, digits and combining marks with apostrophes inside, folded; signs
    of Chinese and Japanese, question marks, exclamation marks, dots of omission ("...", "…") and
    emoji are words by themselves. Any string may be given. Each row depends on its text alone,
    and is the same on any machine.
    """
    if len(texts) == 1 and is_plain(texts[0]) and space.letters is None:
        found = [_row_of_one(texts[0], space)]
    else:
        found = [_rows_of(part, space) for part in _slices(texts)]
    lengths = np.concatenate([np.zeros(1, np.int64), *(lengths for _, _, lengths in found)])
    columns = np.concatenate([np.empty(0, np.int32), *(columns for columns, _, _ in found)])
    values = np.concatenate([np.empty(0, np.float32), *(values for _, values, _ in found)])
    starts = np.cumsum(lengths)
    whole = np.int32 if starts[-1] < 1 << 31 else np.int64
    matrix = sparse.csr_array((len(texts), space.columns), dtype=np.float32)
    # set, not given to the constructor: its checks take longer than all the rest for a text alone
    matrix.data, matrix.indices, matrix.indptr = (
        values,
        columns.astype(whole, copy=False),
        starts.astype(whole),
    )
    matrix.has_canonical_format = True
    return matrix


def named_columns(texts: Sequence[str], space: Space, columns: Iterable[int]) -> dict[int, str]:
    """Return what some columns stand for in some texts: the n-gram that falls there most often.

    Letters stand between marks of their word's ends ("·ing·"); columns that no text has are left out.
    """
    wanted = np.unique(np.fromiter(columns, dtype=np.int64))
    seen: dict[int, Counter[str]] = {}
    for part in _slices(texts):
        for grams in _grams(part, space):
            found = _columns_of(grams, space)
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
    keys = [_keys(grams, space) for grams in _grams(texts, space)]
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


def _row_of_one(text: str, space: Space) -> tuple[NDArray[np.int32], NDArray[np.float32], Places]:
    """Return the same for one plain text, at a fifth of the cost: the steps above are made for many."""
    words = plain_hashes(text)
    low, high = space.words or (1, 0)
    hashes, parts = words, [np.empty(0, np.int64)]
    for size in range(1, min(high, len(words)) + 1):
        if size > 1:
            hashes = hashes[:-1] * np.uint64(_STEP) + words[size - 1 :]
        if size >= low:
            parts.append(_columns(hashes, space, f"words {size}"))
    columns, counts = np.unique(np.concatenate(parts), return_counts=True)
    lengths = np.array([len(columns)])
    if space.sublinear:
        return columns.astype(np.int32), _weighed(counts, lengths), lengths
    size_of_all = np.float32(1 / np.sqrt(max(len(columns), 1)))
    return columns.astype(np.int32), np.full(len(columns), size_of_all), lengths


def _weighed(counts: Places, lengths: Places) -> NDArray[np.float32]:
    """Return 1 + ln of each count, divided by what gives its row the length 1."""
    most = int(counts.max(initial=1))
    weights = (1 + np.log(np.arange(1, most + 1)))[counts - 1] if most > 1 else np.ones(len(counts))
    rows = np.repeat(np.arange(len(lengths)), lengths)
    squares = np.bincount(rows, weights=weights * weights, minlength=len(lengths))
    return (weights / np.sqrt(squares)[rows]).astype(np.float32)


def _keys(grams: "_Grams", space: Space) -> Whole:
    keys = grams.texts.astype(np.uint64) << np.uint64(space.bits)
    keys |= _columns_of(grams, space).view(np.uint64)
    return keys


def _columns_of(grams: "_Grams", space: Space) -> Places:
    return _columns(grams.hashes, space, grams.kind)


def _columns(hashes: Whole, space: Space, kind: str) -> Places:
    mixed = hashes ^ np.uint64(_salt(space.tag, kind))
    mixed ^= mixed >> np.uint64(32)
    mixed *= np.uint64(_MIXER)
    mixed ^= mixed >> np.uint64(32)
    mixed *= np.uint64(_MIXER)
    mixed >>= np.uint64(64 - space.bits)
    return mixed.view(np.int64)


@cache
def _salt(tag: str, kind: str) -> int:
    return int.from_bytes(
        blake2b(f"{kind}|{tag}".encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little"
    )


@dataclass(frozen=True, slots=True)
class _Grams:
    """The n-grams of one kind in some texts: their hashes, whose they are, and where they stand."""

    kind: str  # such as "words 2"
    hashes: Whole
    texts: Places  # places of texts
    codes: Codes
    first: Places  # half-open places in `codes`
    end: Places

    def shown(self, place: int) -> str:
        """Return one n-gram as it reads."""
        codes = self.codes[self.first[place] : self.end[place]]
        text = codes.astype("<u4").tobytes().decode("utf-32-le", "replace")
        return text.replace(" ", "·") if self.kind.startswith("letters") else _respaced(text)


def _respaced(text: str) -> str:
    """Leave out what stands between two words and is none."""
    codes, traits = coded([text])
    starts, ends = bounds(codes, traits)
    return " ".join(text[start:end] for start, end in zip(starts.tolist(), ends.tolist(), strict=True))


def _grams(texts: Sequence[str], space: Space) -> Iterator[_Grams]:
    codes, traits = coded(texts)
    starts, ends = bounds(codes, traits)
    whose = np.repeat(np.arange(len(texts)), _words_in(texts, starts))
    if space.words is not None:
        yield from _word_grams(codes, starts, ends, whose, space.words)
    if space.letters is not None:
        is_word = traits[starts] >> CLASS != MARK
        yield from _letter_grams(codes, starts[is_word], ends[is_word], whose[is_word], space.letters)


def _words_in(texts: Sequence[str], starts: Places) -> Places:
    lengths = np.fromiter((min(len(text), LONGEST) + 1 for text in texts), dtype=np.int64, count=len(texts))
    edges = np.concatenate([np.zeros(1, np.int64), np.cumsum(lengths)])
    return np.diff(np.searchsorted(starts, edges))


def _word_grams(
    codes: Codes, starts: Places, ends: Places, whose: Places, sizes: tuple[int, int]
) -> Iterator[_Grams]:
    sums = sums_of(codes)
    words = (sums[ends] - sums[starts]) * powers(len(sums), inverse=True)[starts]
    words ^= words >> np.uint64(SPREAD)
    hashes = words.copy()
    for size in range(1, sizes[1] + 1):
        if size > 1:
            hashes = hashes[:-1] * np.uint64(_STEP) + words[size - 1 :]
        if size >= sizes[0]:
            last = len(starts) - size + 1
            if last <= 0:
                return
            whole = whose[:last] == whose[size - 1 :]
            yield _Grams(
                f"words {size}",
                hashes[whole],
                whose[:last][whole],
                codes,
                starts[:last][whole],
                ends[size - 1 :][whole],
            )


def _letter_grams(
    codes: Codes, starts: Places, ends: Places, whose: Places, sizes: tuple[int, int]
) -> Iterator[_Grams]:
    """Yield the n-grams of " word " for each word; blanks stand at an n-gram's ends only."""
    if not len(starts):
        return
    lengths = ends - starts
    blanks = np.concatenate([np.zeros(1, np.int64), np.cumsum(lengths + 1)])  # before, between, behind
    laid = np.full(blanks[-1] + 1, _BLANK, dtype=np.uint32)
    inside = np.ones(len(laid), dtype=np.bool_)
    inside[blanks] = False
    laid[inside] = codes[_ranges(starts, lengths)]
    room = np.repeat(blanks[1:], lengths + 1) - np.arange(len(laid) - 1)  # to the next blank
    owners = np.repeat(whose, lengths + 1)
    sums, inverse = sums_of(laid), powers(len(laid) + 1, inverse=True)
    for size in range(sizes[0], sizes[1] + 1):
        first = np.flatnonzero(room >= size - 1)
        hashes = (sums[first + size] - sums[first]) * inverse[first]
        yield _Grams(f"letters {size}", hashes, owners[first], laid, first, first + size)


def _ranges(starts: Places, lengths: Places) -> Places:
    """Return all places of some stretches, one stretch behind the other."""
    before = np.cumsum(lengths) - lengths
    return np.repeat(starts - before, lengths) + np.arange(int(lengths.sum()))
