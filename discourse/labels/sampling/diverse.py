"""Diversity: posts that are unlike each other in their words.

Posts are drawn one by one, each with a chance that grows with the square of its distance to the nearest one
drawn so far, which is how k-means++ finds its first centres (Arthur and Vassilvitskii 2007): unlike the rest,
and yet seldom an oddity that stands alone. Words are hashed and weighed by how rare they are (TF-IDF; those
of one post alone are left out), and projected at random to `WIDTH` numbers a post, which keeps distances
nearly as they are; 100,000 posts take 26 MB.
"""

import re
from array import array
from collections.abc import Iterator, Sequence
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from discourse.labels.sampling.asked import Asked, Labelled, Posts

WIDTH = 64  # numbers a post
_BUCKETS = 1 << 16  # of hashed words
_WORDS = 2_000  # of a text; what stands behind says little more of what it is about
_WORD = re.compile(r"\w+")
Floats = NDArray[np.float32]


class Variety:
    """Every post may be chosen; which ones are is told when the random part is drawn."""

    def __init__(self, asked: Asked) -> None:
        self._seed = asked.seed
        self._places = array("l")  # of posts that may be chosen
        self._posts_with = np.zeros(_BUCKETS, dtype=np.int64)  # by word: in how many of them it stands
        self._likeness: dict[int, float] = {}  # of each chosen post to the nearest one before it

    def add(self, place: int, one: Labelled, *, may_be_chosen: bool) -> None:
        """Count in which posts words stand."""
        if may_be_chosen:
            self._places.append(place)
            self._posts_with[np.unique(_buckets(one.post.text))] += 1

    def needs(self) -> dict[int, float]:
        """Return all posts that may be chosen, all alike."""
        return dict.fromkeys(self._places, 1.0)

    def reason(self, place: int, one: Labelled) -> tuple[str, str]:
        """Return how unlike the others a post is; it is about no layer."""
        return f"unlike what is chosen before it (likeness {max(self._likeness[place], 0.0):.2f})", ""

    def choose(self, posts: Posts, threads: Sequence[int], drawn: Sequence[int], number: int) -> list[int]:
        """Return posts unlike those drawn at random and each other, spread over threads; see `unlike`."""
        wanted = set(self._places)
        texts = (one.post.text for place, one in enumerate(posts()) if place in wanted)
        row_of = {place: row for row, place in enumerate(self._places)}
        taken = [row_of[place] for place in drawn if place in row_of]  # no others are at hand
        own = [threads[place] for place in self._places]
        chosen = unlike(self._vectors(texts), own, taken, number, self._seed)
        self._likeness = {self._places[row]: cosine for row, cosine in chosen.items()}
        return list(self._likeness)

    def _vectors(self, texts: Iterator[str]) -> Floats:
        """Return a row of length 1 a text; of one that shares no word with another it is all zero."""
        axes = np.random.default_rng([self._seed, 1]).standard_normal((_BUCKETS, WIDTH), dtype=np.float32)
        rarity = np.log((1 + len(self._places)) / (1 + self._posts_with)).astype(np.float32) + 1
        rarity[self._posts_with < 2] = 0  # what stands in one post alone likens it to none
        found: Floats = np.zeros((len(self._places), WIDTH), dtype=np.float32)
        for row, text in enumerate(texts):
            words, times = np.unique(_buckets(text), return_counts=True)
            if len(words):
                vector = (rarity[words] * (1 + np.log(times)).astype(np.float32)) @ axes[words]
                found[row] = vector / max(float(np.linalg.norm(vector)), 1e-9)
        return found


def unlike(
    vectors: Floats, threads: Sequence[int], taken: Sequence[int], number: int, seed: int
) -> dict[int, float]:
    """Choose rows unlike those taken and each other, in rounds in which each thread gives one.

    Returns
    -------
    dict
        For each row that was chosen, in order, how like the nearest one before it is: a cosine, -1 for the
        very first.
    """
    chance, of_thread = np.random.default_rng([seed, 2]), np.asarray(threads, dtype=np.int64)
    free = np.ones(len(vectors), dtype=bool)
    nearest: Floats = np.full(len(vectors), -1.0, dtype=np.float32)
    given = np.zeros(int(of_thread.max(initial=-1)) + 1, dtype=np.int64)  # rows that each thread has given
    chosen: dict[int, float] = {}

    def take(row: int) -> None:
        free[row] = False
        given[of_thread[row]] += 1
        np.maximum(nearest, vectors @ vectors[row], out=nearest)

    for row in taken:
        take(row)
    given[:] = 0  # the random part fell where it fell
    while len(chosen) < number and free.any():
        rows = np.flatnonzero(free)
        turns = given[of_thread[rows]]
        rows = rows[turns == turns.min()]
        apart = np.maximum(1 - nearest[rows].astype(np.float64), 1e-9)  # half the squared distance
        row = int(
            rows[
                np.searchsorted(np.cumsum(apart), chance.random() * apart.sum(), side="right").clip(
                    0, len(rows) - 1
                )
            ]
        )
        chosen[row] = float(nearest[row])
        take(row)
    return chosen


def _buckets(text: str) -> NDArray[np.int64]:
    words = (match[0] for match, _ in zip(_WORD.finditer(text.casefold()), range(_WORDS), strict=False))
    return np.fromiter((crc32(word.encode("utf-8", "surrogatepass")) % _BUCKETS for word in words), np.int64)
