"""N-grams of words and letters: which there are, and into which columns of a matrix they fall.

No step runs once a word in Python: the texts of a slice are one array of code points, and the hash
of any stretch of it comes from one running sum (a polynomial prefix hash modulo 2^64).
"""

from collections.abc import Iterator, Sequence
from functools import cache
from hashlib import blake2b

import numpy as np
from msgspec import Struct

from discourse.learn.codepoints import (
    CLASS,
    LONGEST,
    MARK,
    SPREAD,
    Codes,
    Places,
    Whole,
    bounds,
    coded,
    powers,
    sums_of,
)

_MIXER = 0xD6E8FEB86659FD93
STEP = 0xC2B2AE3D27D4EB4F  # between the words of an n-gram
_BLANK = 32  # the code point on either side of a word's letters


class Space(Struct, frozen=True):
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


def columns_of(grams: "Grams", space: Space) -> Places:
    """Return the columns of n-grams."""
    return columns_for(grams.hashes, space, grams.kind)


def columns_for(hashes: Whole, space: Space, kind: str) -> Places:
    """Return the columns of what has some hashes and is of one kind."""
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


class Grams(Struct, frozen=True):
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


def grams_of(texts: Sequence[str], space: Space) -> Iterator[Grams]:
    """Yield the n-grams of texts, kind by kind."""
    codes, traits = coded(texts)
    starts, ends = bounds(codes, traits)
    whose = np.repeat(np.arange(len(texts)), _words_in(texts, starts))
    if space.words is not None:
        yield from _word_grams(codes, starts, ends, whose, space.words)
    if space.letters is not None:
        is_word = traits[starts] >> CLASS != MARK
        yield from letter_grams(codes, starts[is_word], ends[is_word], whose[is_word], space.letters)


def _words_in(texts: Sequence[str], starts: Places) -> Places:
    lengths = np.fromiter((min(len(text), LONGEST) + 1 for text in texts), dtype=np.int64, count=len(texts))
    edges = np.concatenate([np.zeros(1, np.int64), np.cumsum(lengths)])
    return np.diff(np.searchsorted(starts, edges))


def _word_grams(
    codes: Codes, starts: Places, ends: Places, whose: Places, sizes: tuple[int, int]
) -> Iterator[Grams]:
    sums = sums_of(codes)
    words = (sums[ends] - sums[starts]) * powers(len(sums), inverse=True)[starts]
    words ^= words >> np.uint64(SPREAD)
    hashes = words.copy()
    for size in range(1, sizes[1] + 1):
        if size > 1:
            hashes = hashes[:-1] * np.uint64(STEP) + words[size - 1 :]
        if size >= sizes[0]:
            last = len(starts) - size + 1
            if last <= 0:
                return
            whole = whose[:last] == whose[size - 1 :]
            yield Grams(
                f"words {size}",
                hashes[whole],
                whose[:last][whole],
                codes,
                starts[:last][whole],
                ends[size - 1 :][whole],
            )


def letter_grams(
    codes: Codes, starts: Places, ends: Places, whose: Places, sizes: tuple[int, int]
) -> Iterator[Grams]:
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
        yield Grams(f"letters {size}", hashes, owners[first], laid, first, first + size)


def _ranges(starts: Places, lengths: Places) -> Places:
    """Return all places of some stretches, one stretch behind the other."""
    before = np.cumsum(lengths) - lengths
    return np.repeat(starts - before, lengths) + np.arange(int(lengths.sum()))
