"""Features of pairs of posts that tell of words: what they share, how rare it is, who said it last."""

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from discourse.learn.reply_speech import FAR, WINDOW, Floats, Ints, Speech, Talk
from discourse.learn.reply_turns import Places

_WHOLE = 1000  # one unit of weight: weights are whole numbers, so that sums do not depend on their order
_LONG = 8  # letters from which on a word is as rare as its length can tell


def word_features(talk: Talk, places: Places) -> dict[str, Floats]:
    """Measure what the two posts share, and what posts around them share with the one at hand."""
    i, j, a = talk.post, talk.earlier, talk.author
    rarity = _rarity(talk.speeches)
    table = _Table(talk.speeches, rarity)
    overlap = table.overlap(i, j)
    last_said, first_said = _sayers(talk.speeches, rarity)
    before = places.last(a[i], j)
    after = np.where(talk.own, FAR, places.next(a[j], i))
    rows = list(zip(i.tolist(), j.tolist(), strict=True))
    return {
        "overlap": np.log1p(overlap),
        "alike": table.alike(i, j),
        "density": overlap / np.sqrt((1 + table.sizes[i]) * (1 + table.sizes[j])),
        "theirs_like_mine_before": _where(before >= 0, table, j, before),
        "their_next_like_mine": _where(after < FAR, table, i, after),
        "said_last": _logs(last_said, rows),
        "said_first": _logs(first_said, rows),
        "phrases": _logs(_phrases(talk.speeches), rows),
    }


def _logs(found: Mapping[tuple[int, int], int], rows: Sequence[tuple[int, int]]) -> Floats:
    return np.log1p(np.array([found.get(row, 0) for row in rows], dtype=np.float64) / _WHOLE)


def _rarity(posts: Sequence[Speech]) -> dict[str, int]:
    """Tell how much a stem tells: seldom used in the thread, and long (short words are common everywhere)."""
    counts: dict[str, int] = {}
    for post in posts:
        for stem in post.stems:
            counts[stem] = counts.get(stem, 0) + 1
    size = len(posts) + 4
    return {stem: round(_WHOLE * math.log(size / n) * _length(stem)) for stem, n in counts.items()}


def _length(stem: str) -> float:
    letters = _LONG if stem[:1].isdigit() else min(len(stem), _LONG)
    return 0.5 + 0.1 * letters


class _Table:
    """Posts by stems. Weights are whole thousandths, so that sums do not depend on their order."""

    def __init__(self, posts: Sequence[Speech], rarity: Mapping[str, int]) -> None:
        numbers = {stem: n for n, stem in enumerate(rarity)}
        weights = list(rarity.values())
        self._weight = weights.__getitem__
        self._square = [weight * weight for weight in weights].__getitem__
        self._stems = [frozenset(numbers[stem] for stem in post.stems) for post in posts]
        self.sizes: Ints = np.array([len(stems) for stems in self._stems], dtype=np.int64)
        squares = [sum(map(self._square, stems)) for stems in self._stems]
        self._norms: Floats = np.sqrt(np.array(squares, dtype=np.float64)) / _WHOLE
        self._shared: dict[tuple[int, int], frozenset[int]] = {}

    def overlap(self, one: Ints, other: Ints) -> Floats:
        """Sum the weights of the stems that two posts share."""
        return (
            np.array([sum(map(self._weight, s)) for s in self._both(one, other)], dtype=np.float64) / _WHOLE
        )

    def alike(self, one: Ints, other: Ints) -> Floats:
        """Return the cosine of two posts, lowered where they are short."""
        products = np.array([sum(map(self._square, s)) for s in self._both(one, other)], dtype=np.float64)
        found: Floats = products / _WHOLE**2 / ((self._norms[one] + 1) * (self._norms[other] + 1))
        return found

    def _both(self, one: Ints, other: Ints) -> Iterator[frozenset[int]]:
        known, stems = self._shared, self._stems
        for pair in zip(one.tolist(), other.tolist(), strict=True):
            shared = known.get(pair)
            if shared is None:
                shared = known[pair] = stems[pair[0]] & stems[pair[1]]
            yield shared


def _where(given: np.ndarray, table: _Table, one: Ints, other: Ints) -> Floats:
    found = np.zeros(len(one))
    found[given] = table.alike(one[given], other[given])
    return found


Pairs = dict[tuple[int, int], int]  # (post, earlier post) -> weight


def _sayers(posts: Sequence[Speech], rarity: Mapping[str, int]) -> tuple[Pairs, Pairs]:
    """For each post, weigh the earlier posts by others that used its words last, and that brought them up."""
    latest: dict[str, tuple[int, int]] = {}  # the latest post with a stem, and the latest by somebody else
    first: dict[str, int] = {}
    said_last: Pairs = {}
    said_first: Pairs = {}
    for place, post in enumerate(posts):
        for stem in post.stems:
            if stem not in first:
                first[stem], latest[stem] = place, (place, -1)
                continue
            one, other = latest[stem]
            if posts[one].author == post.author:
                latest[stem] = (place, other)
                one = other
            else:
                latest[stem] = (place, one)
            if one >= 0 and place - one <= WINDOW:
                said_last[place, one] = said_last.get((place, one), 0) + rarity[stem]
            if posts[first[stem]].author != post.author:
                key = (place, first[stem])
                said_first[key] = said_first.get(key, 0) + rarity[stem]
    return said_last, said_first


def _phrases(posts: Sequence[Speech]) -> Pairs:
    """For each post, weigh the earlier posts by others that used its pairs of words last."""
    found = [set(zip(post.words, post.words[1:], strict=False)) for post in posts]
    counts: Counter[tuple[str, str]] = Counter()
    for phrases in found:
        counts.update(phrases)
    weight = {n: round(_WHOLE * math.log((len(posts) + 1) / n)) for n in sorted(set(counts.values()))}
    repeated = {phrase: weight[n] for phrase, n in counts.items() if n > 1}
    latest: dict[tuple[str, str], int] = {}
    weights: Pairs = {}
    for place, phrases in enumerate(found):
        mine: Counter[int] = Counter()
        for phrase in phrases:
            if phrase in repeated:
                other = latest.get(phrase)
                if other is not None and posts[other].author != posts[place].author:
                    mine[other] += repeated[phrase]
                latest[phrase] = place
        weights.update({(place, other): whole for other, whole in mine.items()})
    return weights
