"""Who is on one side with whom: pairs of authors who answer each other, solved for a whole thread at once.

Two authors who dispute are likelier on two sides, and what is known of one spreads along the replies.
Each author is a spin, each pair a coupling (an Ising model): with words that tell sides, marginals by
belief propagation; without, camps by mean field, cooled slowly.
"""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Places = NDArray[np.int64]
Flags = NDArray[np.bool_]
PAIR_FEATURES = (
    "any", "quoting", "plain", "disputing_quoting", "disputing_plain", "mutual", "agreeing", "most_agreeing",
)  # fmt: skip
_STEPS = 40  # of belief propagation
_KEPT = 0.5  # of a message from one step to the next
_COOLING = 200  # steps of mean field
_FIRST = 0.1  # its first coldness; 1 is the last
_SURE = 0.999999
_LIMIT = 3.0  # log-odds of a reply beyond are as good as these
_UNREAD = {"disagree": 0.7, "agree": 0.1}  # of a reply whose text is not known


class Link(Struct, frozen=True):
    """One reply, or one quotation, of one author by another."""

    author: int
    answered: int
    quotes: bool
    disagree: float | None = None  # shares of the reply's labels; None where not read
    agree: float | None = None


class Pairs(Struct, frozen=True):
    """Pairs of authors with a link, and what their links are like."""

    first: Places
    second: Places
    features: Floats  # pairs × `PAIR_FEATURES`
    links: Places  # how many links each pair has

    def links_by_author(self, size: int) -> Places:
        """Return how many links each of so many authors has, in either direction."""
        total = np.bincount(self.first, weights=self.links, minlength=size)
        total += np.bincount(self.second, weights=self.links, minlength=size)
        return total.astype(np.int64)


def pairs_of(links: Sequence[Link]) -> Pairs:
    """Gather links by pairs of authors, in the order of their first links; nobody is paired with himself or
    herself."""
    kept = [link for link in links if link.author != link.answered]
    numbers: dict[tuple[int, int], int] = {}
    of = [
        numbers.setdefault(
            (link.author, link.answered) if link.author < link.answered else (link.answered, link.author),
            len(numbers),
        )
        for link in kept
    ]
    places = np.array(list(numbers), dtype=np.int64).reshape(-1, 2)
    numbered = np.array(of, dtype=np.int64)
    counts = np.bincount(numbered, minlength=len(numbers))
    return Pairs(places[:, 0], places[:, 1], _features(kept, numbered, places[:, 0], counts), counts)


def _features(links: Sequence[Link], numbered: Places, first: Places, counts: Places) -> Floats:
    """Measure pairs, a row each, by their links.

    Parameters
    ----------
    numbered
        Of which pair each link is.
    first
        The first author of each pair.
    """
    size = len(counts)
    quotes = np.array([link.quotes for link in links], dtype=np.bool_)
    disagree = [_UNREAD["disagree"] if link.disagree is None else link.disagree for link in links]
    agree = np.array([_UNREAD["agree"] if link.agree is None else link.agree for link in links])
    disputing, agreeing = _odds(np.array(disagree)), _odds(agree)
    from_first = np.array([link.author for link in links], dtype=np.int64) == first[numbered]
    quoting = np.bincount(numbered, weights=quotes, minlength=size)
    weight = np.log1p(counts) / np.maximum(1, counts)
    begun = np.bincount(numbered, weights=from_first, minlength=size)
    most = np.zeros(size)
    np.maximum.at(most, numbered, agree)
    return np.column_stack(
        [
            np.ones(size),
            np.log1p(quoting),
            np.log1p(counts - quoting),
            weight * np.bincount(numbered, weights=np.where(quotes, disputing, 0.0), minlength=size),
            weight * np.bincount(numbered, weights=np.where(quotes, 0.0, disputing), minlength=size),
            (begun > 0) & (begun < counts),
            weight * np.bincount(numbered, weights=agreeing, minlength=size),
            most,
        ]
    )


def _odds(shares: Floats) -> Floats:
    values = np.minimum(np.maximum(shares, 0.02), 0.98)
    found: Floats = np.clip(np.log(values / (1 - values)), -_LIMIT, _LIMIT)
    return found


def propagate(fields: Floats, pairs: Pairs, couplings: Floats) -> Floats:
    """Return each author's log-odds of the first side, halved, by loopy belief propagation.

    Parameters
    ----------
    fields
        Halved log-odds of each author without the others.
    couplings
        One a pair: halved log-odds that the two are on two sides.
    """
    pull = np.tanh(-couplings)
    to_second, to_first = np.zeros(len(pull)), np.zeros(len(pull))
    for _ in range(_STEPS):
        total = _gathered(fields, pairs, to_first, to_second)
        ahead = _passed(pull, total[pairs.first] - to_first)
        back = _passed(pull, total[pairs.second] - to_second)
        to_second = _KEPT * to_second + (1 - _KEPT) * ahead
        to_first = _KEPT * to_first + (1 - _KEPT) * back
    return _gathered(fields, pairs, to_first, to_second)


def _passed(pull: Floats, odds: Floats) -> Floats:
    return np.arctanh(np.clip(pull * np.tanh(odds), -_SURE, _SURE))


def _gathered(fields: Floats, pairs: Pairs, to_first: Floats, to_second: Floats) -> Floats:
    size = len(fields)
    total: Floats = (
        fields
        + np.bincount(pairs.first, weights=to_first, minlength=size)
        + np.bincount(pairs.second, weights=to_second, minlength=size)
    )
    return total


def busiest(size: int, pairs: Pairs) -> int:
    """Return the author with most links, of several the first."""
    return int(np.argmax(pairs.links_by_author(size)))


class Network(Struct, frozen=True):
    """The authors of one discussion, and how their pairs draw them together or apart."""

    size: int  # authors
    pairs: Pairs
    couplings: Floats  # one a pair: halved log-odds that the two are in two camps
    togetherness: float  # halved log-odds with which all the others, if of one camp, draw an author into it


def camps(size: int, pairs: Pairs, couplings: Floats, togetherness: float) -> Floats:
    """Split the authors of one discussion into two camps (see `camps_of`)."""
    return camps_of([Network(size, pairs, couplings, togetherness)])[0]


def camps_of(networks: Sequence[Network]) -> list[Floats]:
    """Split authors into two camps by their links alone; return the halved log-odds of the first camp.

    The first camp is that of the author with most links, whose own log-odds are what the others say of
    that, and never below 0. All discussions are cooled at once, and none changes another's bits.
    """
    inhabited = [network for network in networks if network.size]
    if not inhabited:
        return [np.zeros(0) for _ in networks]
    joined = _Joined(inhabited)
    state = np.zeros(len(joined.togetherness))
    state[joined.pinned] = 1.0
    for step in range(_COOLING):
        cold = min(1.0, _FIRST + (step + 1) / 100)
        state = 0.5 * state + 0.5 * np.tanh(joined.pulled(state) * cold)
        state[joined.pinned] = 1.0
    odds = joined.pulled(state)
    odds[joined.pinned] = np.maximum(0.0, odds[joined.pinned])
    found = iter(np.split(odds, joined.edges[1:-1]))
    return [next(found) if network.size else np.zeros(0) for network in networks]


class _Joined:
    """Several discussions side by side."""

    def __init__(self, networks: Sequence[Network]) -> None:
        sizes = np.array([network.size for network in networks])
        self.edges = np.concatenate([[0], np.cumsum(sizes)])
        starts = self.edges[:-1].tolist()
        self.pinned = np.array([k + busiest(n.size, n.pairs) for k, n in zip(starts, networks, strict=True)])
        self.togetherness = np.repeat([network.togetherness for network in networks], sizes)
        self._first = np.concatenate([k + n.pairs.first for k, n in zip(starts, networks, strict=True)])
        self._second = np.concatenate([k + n.pairs.second for k, n in zip(starts, networks, strict=True)])
        self._couplings = -np.concatenate([network.couplings for network in networks])
        self._sizes, self._others = sizes, np.repeat(np.maximum(1, sizes - 1), sizes)

    def pulled(self, state: Floats) -> Floats:
        """Return what all the others say of each author's camp."""
        size = len(state)
        # each discussion's own sum: one over all of them would round in another way
        sums = [state[start:end].sum() for start, end in pairwise(self.edges.tolist())]
        field: Floats = np.zeros(size)
        field += np.bincount(self._first, weights=self._couplings * state[self._second], minlength=size)
        field += np.bincount(self._second, weights=self._couplings * state[self._first], minlength=size)
        field += self.togetherness * (np.repeat(sums, self._sizes) - state) / self._others
        return field


def reached(size: int, pairs: Pairs, start: int) -> Flags:
    """Say of each author whether links lead to him or her from the one at `start`."""
    others: list[list[int]] = [[] for _ in range(size)]
    for one, other in zip(pairs.first.tolist(), pairs.second.tolist(), strict=True):
        others[one].append(other)
        others[other].append(one)
    found = np.zeros(size, dtype=np.bool_)
    found[start] = True
    waiting = [start]
    while waiting:
        for other in others[waiting.pop()]:
            if not found[other]:
                found[other] = True
                waiting.append(other)
    return found
