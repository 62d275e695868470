"""Which runs of three words stand in two posts of a thread: only these are worth an index.

Found for many threads at once, on numbers in place of words. Two runs may be given the same number; then a
place is named at which nothing repeats, which costs whoever looks there a moment and changes nothing.
"""

from collections.abc import Iterator, Sequence
from itertools import chain, pairwise

import numpy as np
from numpy.typing import NDArray

SEED = 3  # words of a run
_BATCH = 1 << 19  # places looked at together
# odd numbers that spread over 64 bits, one for each word of a run and one for the thread
_SPREAD = tuple(
    map(np.uint64, (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93))
)

Words = Sequence[str]
Places = NDArray[np.int64]


def shared_places(threads: Sequence[Sequence[Words]]) -> list[list[list[int]]]:
    """Name the places of each post at which three words begin that another post of its thread holds too.

    Parameters
    ----------
    threads
        The words of the posts of each thread.

    Returns
    -------
    list
        For each thread, for each of its posts, places in order; a few may be named without reason.
    """
    posts = [words for thread in threads for words in thread]
    sizes = np.fromiter(map(len, posts), dtype=np.int64, count=len(posts))
    home = np.repeat(np.arange(len(threads), dtype=np.uint64), [len(thread) for thread in threads])
    shared = _shared(_keys(posts, sizes, home), np.repeat(np.arange(len(posts)), np.maximum(sizes, 0)))
    ends = np.cumsum(sizes)
    cuts = np.searchsorted(shared, ends)
    begins = np.repeat(ends - sizes, np.diff(cuts, prepend=0))
    places = (shared - begins).tolist()  # cut as a list: an array for each post would cost more than all else
    bounds = pairwise([0, *cuts.tolist()])
    return [
        [places[first:last] for _, (first, last) in zip(thread, bounds, strict=False)] for thread in threads
    ]


def _keys(posts: Sequence[Words], sizes: Places, home: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Return a number for the run at each word; runs that leave their post get one of their own."""
    total = int(sizes.sum())
    words = np.fromiter(map(hash, chain.from_iterable(posts)), dtype=np.int64, count=total).view(np.uint64)
    keys = np.repeat(home * _SPREAD[SEED], sizes)
    for step in range(SEED):
        keys[: total - step] += (words[step:] ^ (words[step:] >> np.uint64(31))) * _SPREAD[step]
    keys ^= keys >> np.uint64(29)
    # where fewer words are left than make a run
    left = np.repeat(np.cumsum(sizes), sizes) - np.arange(total)
    short = left < SEED
    keys[short] = np.arange(total, dtype=np.uint64)[short]
    return keys


def _shared(keys: NDArray[np.uint64], post: Places) -> Places:
    """Return the places, in order, whose key stands in two posts."""
    found = []
    for places in _parts(keys):
        order = places[np.argsort(keys[places], kind="stable")]
        begins = np.flatnonzero(np.concatenate([[True], keys[order][1:] != keys[order][:-1]]))
        ends = np.append(begins[1:], len(order)) - 1
        several = post[order[begins]] != post[order[ends]]  # equal keys stand in the order of their posts
        found.append(order[np.repeat(several, ends - begins + 1)])
    return np.sort(np.concatenate(found)) if found else np.empty(0, dtype=np.int64)


def _parts(keys: NDArray[np.uint64]) -> Iterator[Places]:
    """Yield places, in order, whose keys may stand twice; equal ones together, not too many at once."""
    size = 1 << max(12, min(len(keys), _BATCH).bit_length() + 2)
    parts = 1 + len(keys) // _BATCH
    number = (keys >> np.uint64(40)) % np.uint64(parts)
    order = np.argsort(number.astype(np.uint16), kind="stable")  # by radix: linear
    for places in np.split(order, np.searchsorted(number[order], np.arange(1, parts, dtype=np.uint64))):
        slots = (keys[places] & np.uint64(size - 1)).astype(np.int64)
        several = places[np.bincount(slots, minlength=size)[slots] > 1]
        if len(several):  # most stand once: only the rest is worth sorting
            yield several
