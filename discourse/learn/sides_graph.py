"""Who is on one side with whom: pairs of authors who answer each other, solved for a whole thread at once.

Two authors who dispute are likelier on two sides, and what is known of one spreads along the replies.
Each author is a spin, each pair a coupling (an Ising model): with words that tell sides, marginals by
belief propagation; without, camps by mean field, cooled slowly.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
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


@dataclass(frozen=True, slots=True)
class Link:
    """One reply, or one quotation, of one author by another."""

    author: int
    answered: int
    quotes: bool
    disagree: float | None = None  # shares of the reply's labels; None where not read
    agree: float | None = None


@dataclass(frozen=True, slots=True)
class Pairs:
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
    """Gather links by pairs of authors; nobody is paired with himself or herself."""
    found: dict[tuple[int, int], list[Link]] = {}
    for link in links:
        if link.author != link.answered:
            key = (min(link.author, link.answered), max(link.author, link.answered))
            found.setdefault(key, []).append(link)
    places = np.array(list(found), dtype=np.int64).reshape(-1, 2)
    features = np.array([_features(group) for group in found.values()]).reshape(-1, len(PAIR_FEATURES))
    counts = np.array([len(group) for group in found.values()], dtype=np.int64)
    return Pairs(places[:, 0], places[:, 1], features, counts)


def _features(links: Sequence[Link]) -> list[float]:
    quoting = [_odds(link.disagree, "disagree") for link in links if link.quotes]
    plain = [_odds(link.disagree, "disagree") for link in links if not link.quotes]
    agreeing = [_odds(link.agree, "agree") for link in links]
    weight = float(np.log1p(len(links))) / len(links)
    return [
        1.0,
        float(np.log1p(len(quoting))),
        float(np.log1p(len(plain))),
        weight * sum(quoting),
        weight * sum(plain),
        float(len({link.author for link in links}) > 1),
        weight * sum(agreeing),
        max(_UNREAD["agree"] if link.agree is None else link.agree for link in links),
    ]


def _odds(share: float | None, label: str) -> float:
    value = min(max(_UNREAD[label] if share is None else share, 0.02), 0.98)
    return float(np.clip(np.log(value / (1 - value)), -_LIMIT, _LIMIT))


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


def camps(size: int, pairs: Pairs, couplings: Floats, togetherness: float) -> Floats:
    """Split authors into two camps by their links alone; return the halved log-odds of the first camp.

    The first camp is that of the author with most links, whose own log-odds are what the others say of
    that, and never below 0.

    Parameters
    ----------
    togetherness
        Halved log-odds with which all the others, if of one camp, draw an author into it.
    """
    if not size:
        return np.zeros(0)
    pinned = busiest(size, pairs)
    state = np.zeros(size)
    state[pinned] = 1.0
    for step in range(_COOLING):
        field = _pulled(state, pairs, couplings, togetherness)
        cold = min(1.0, _FIRST + (step + 1) / 100)
        state = 0.5 * state + 0.5 * np.tanh(field * cold)
        state[pinned] = 1.0
    odds = _pulled(state, pairs, couplings, togetherness)
    odds[pinned] = max(0.0, odds[pinned])
    return odds


def _pulled(state: Floats, pairs: Pairs, couplings: Floats, togetherness: float) -> Floats:
    size = len(state)
    to_first, to_second = -couplings * state[pairs.second], -couplings * state[pairs.first]
    field = _gathered(np.zeros(size), pairs, to_first, to_second)
    field += togetherness * (state.sum() - state) / max(1, size - 1)
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
