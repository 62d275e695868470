"""The n-grams of one text alone, at a third of the cost: what many texts are counted by is made for many."""

from collections.abc import Iterator, Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from discourse.learn.codepoints import Codes, Places, Whole, hashes_of, words_of_one
from discourse.learn.grams import STEP, Space, columns_for, columns_of, letter_grams

_MOST_KNOWN = 1 << 15  # words whose letters' columns are kept


def row_of_one(text: str, space: Space) -> tuple[NDArray[np.int32], NDArray[np.float32], Places]:
    """Return the columns, the values and how many of them there are."""
    tokens, words = words_of_one(text)
    parts = [np.empty(0, np.int32)]
    if space.words is not None:
        parts += _word_columns(hashes_of(tokens), space, *space.words)
    if space.letters is not None:
        parts += _letter_columns(words, space)
    joined = np.concatenate(parts)
    joined.sort()
    edges = np.ones(len(joined) + 1, dtype=np.bool_)
    np.not_equal(joined[1:], joined[:-1], out=edges[1:-1])
    places = edges.nonzero()[0]
    starts, lengths = places[:-1], np.array([len(places) - 1])
    columns = joined[starts]
    if space.sublinear and len(starts) < len(joined):
        values = 1 + np.log(places[1:] - starts)
        return columns, (values / np.sqrt(values @ values)).astype(np.float32), lengths
    return columns, np.full(len(columns), np.float32(1 / np.sqrt(max(len(columns), 1)))), lengths


def _word_columns(words: Whole, space: Space, low: int, high: int) -> Iterator[NDArray[np.int32]]:
    hashes = words
    for size in range(1, min(high, len(words)) + 1):
        if size > 1:
            hashes = hashes[:-1] * np.uint64(STEP) + words[size - 1 :]
        if size >= low:
            yield columns_for(hashes, space, f"words {size}").astype(np.int32)


def _letter_columns(words: Sequence[str], space: Space) -> list[NDArray[np.int32]]:
    """Return for each word the columns of its letters; most words have been seen before."""
    known = _known_letters(space)
    if len(known) > _MOST_KNOWN:
        known.clear()
    if new := [word for word in dict.fromkeys(words) if word not in known]:
        known.update(zip(new, letters_of(new, space), strict=True))
    return [known[word] for word in words]


def letters_of(words: Sequence[str], space: Space) -> list[NDArray[np.int32]]:
    """Return for each word the columns of its letters, one an n-gram."""
    grams = list(letter_grams(*_laid_out(words), space.letters or (1, 0)))
    columns = np.concatenate([np.empty(0, np.int64), *(columns_of(gram, space) for gram in grams)])
    whose = np.concatenate([np.empty(0, np.int64), *(gram.texts for gram in grams)])
    ends = np.cumsum(np.bincount(whose, minlength=len(words)))
    return np.split(columns[np.argsort(whose, kind="stable")].astype(np.int32), ends[:-1])


def _laid_out(words: Sequence[str]) -> tuple[Codes, Places, Places, Places]:
    """Return the code points of words, where each begins and ends, and its number."""
    codes = np.frombuffer("".join(words).encode("utf-32-le", "surrogatepass"), dtype="<u4")
    ends = np.cumsum(np.fromiter(map(len, words), dtype=np.int64, count=len(words)))
    return codes, np.concatenate([np.zeros(1, np.int64), ends[:-1]]), ends, np.arange(len(words))


@cache
def _known_letters(_: Space) -> dict[str, NDArray[np.int32]]:
    return {}
