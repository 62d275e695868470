"""What the neural reader says beside the linear models: of all texts, or of those that these leave in doubt.

Both make mistakes, and mostly not the same: their shares are pooled by their logarithms (Genest & Zidek
1986), each with a weight that was measured on texts that neither learned from.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from discourse.learn.linear import Floats
from discourse.learn.neural import MODEL, VERSION, Pair, Reader, is_installed, shipped
from discourse.model import Span

FAST, BEST, ADAPTIVE, AUTO = "fast", "best", "adaptive", "auto"
CHOICES = (FAST, BEST, ADAPTIVE, AUTO)
MOST_TEXTS = 1_000  # that `auto` lets the reader read: less than a minute on two cores
MAKER = f"{MODEL}@{VERSION}"  # what rows say that the reader had a part in
_READ = 640  # code points of a text; what begins behind them is hardly ever read
_LEAST = 1e-4  # share that counts as none: what is impossible to one must not be so to both


class Pool(Struct, frozen=True):
    """How two opinions on a question become one."""

    weight: float  # of the reader, from 0 to 1
    doubt: float  # share of the linear model's likeliest label below which it is in doubt


# chosen among 0.2, 0.35, 0.5, 0.65 and 0.8 on pairs that neither learned from; there is no pool where the
# reader helps nowhere, as with two claims that say the same
POOLS: Mapping[str, Pool] = {
    "reply": Pool(0.35, 0.7),
    "target": Pool(0.35, 0.8),
    "contradicts": Pool(0.65, 0.95),
    "rhetoric": Pool(0.5, 0.9),
    "fallacy": Pool(0.3, 0.9),
    "sentences": Pool(0.5, 0.9),
}


class SecondOpinion(Struct, frozen=True):
    """A reader that is asked beside the linear models."""

    reader: Reader
    is_adaptive: bool = False  # whether it is asked only where these are in doubt

    def asked(self, topic: str, first: Floats) -> NDArray[np.int64]:
        """Return the rows of which the reader is asked: all, or those that are in doubt.

        Parameters
        ----------
        topic
            One of `POOLS`.
        first
            Shares of labels that exclude each other, a row a text; or, with one dimension, of a yes.
        """
        if not self.is_adaptive:
            return np.arange(len(first))
        surest = first.max(axis=1, initial=0.0) if first.ndim > 1 else np.maximum(first, 1 - first)
        return np.flatnonzero(surest < POOLS[topic].doubt)

    def choices(
        self, question: str, pairs: Sequence[Pair], first: Floats
    ) -> tuple[Floats, NDArray[np.bool_]]:
        """Return shares in which both opinions are pooled, and of which rows the reader was asked.

        Parameters
        ----------
        question
            One of `POOLS` whose labels exclude each other.
        pairs
            Folded texts, and what they are read beside.
        first
            What the linear model says of each: shares of the question's labels.
        """
        rows = self.asked(question, first)
        found, is_read = first.copy(), np.zeros(len(pairs), dtype=np.bool_)
        if len(rows):
            told = self.reader.shares(question, [pairs[row] for row in rows.tolist()])
            # a set whose authors chose one of two labels taught the linear model no share of the third
            told = np.where(first[rows] > 0, told, 0.0)
            found[rows] = pooled(first[rows], told, POOLS[question].weight)
            is_read[rows] = True
        return found, is_read

    def deciding(
        self, question: str, labels: Sequence[str], pairs: Sequence[Pair], parts: Sequence[Sequence[Span]]
    ) -> list[Span]:
        """Return for each pair the part of its text without which a label is least likely.

        That is occlusion (Zeiler & Fergus 2014), of whole sentences: what each word adds by itself tells
        less of where a reply decides.

        Parameters
        ----------
        question
            Of the reader, whose labels exclude each other.
        labels
            One a pair.
        parts
            Of each text, such as its sentences; at least one.
        """
        near = [[span for span in own if span.start < _READ] or list(own[:1]) for own in parts]
        without = [
            (text[: span.start] + text[span.end :], beside)
            for (text, beside), own in zip(pairs, near, strict=True)
            for span in own
        ]
        known = self.reader.questions[question].head.labels
        shares = iter(self.reader.shares(question, without).tolist())
        found = []
        for label, own in zip(labels, near, strict=True):
            left = [next(shares)[known.index(label)] for _ in own]
            found.append(own[left.index(min(left))])
        return found

    def contradicts(self, pairs: Sequence[Pair], first: Floats) -> Floats:
        """Return how likely two texts cannot both hold, whatever their order.

        Parameters
        ----------
        pairs
            Folded texts.
        first
            What the linear model says of each pair.
        """
        rows, found = self.asked("contradicts", first), first.copy()
        if len(rows):
            own = [pairs[row] for row in rows.tolist()]
            place = self.reader.questions["entailment"].head.labels.index("contradicts")
            ways = [self.reader.shares("entailment", way) for way in (own, [(b, a) for a, b in own])]
            told = (ways[0][:, place] + ways[1][:, place]) / 2
            found[rows] = pooled_yes(first[rows], told, POOLS["contradicts"].weight).round(4)
        return found


def pooled(first: Floats, second: Floats, weight: float) -> Floats:
    """Pool two opinions by their logarithms; each row adds up to 1.

    Parameters
    ----------
    first, second
        Shares of labels that exclude each other, a row a text.
    weight
        Of the second, from 0 (the first alone) to 1.
    """
    logs = (1 - weight) * np.log(np.maximum(first, _LEAST)) + weight * np.log(np.maximum(second, _LEAST))
    shares = np.exp(logs - logs.max(axis=1, keepdims=True, initial=-np.inf))
    shares[(first == 0) & (second == 0)] = 0.0
    found: Floats = shares / shares.sum(axis=1, keepdims=True)
    return found


def pooled_yes(first: Floats, second: Floats, weight: float) -> Floats:
    """Pool two opinions on a yes or no: shares of a yes, of any shape."""
    odds = (1 - weight) * odds_of(first) + weight * odds_of(second)
    found: Floats = 1 / (1 + np.exp(-odds))
    return found


def odds_of(shares: Floats) -> Floats:
    """Return the logarithms of odds, of any shape; what is certain counts as nearly so."""
    bounded = np.clip(shares, _LEAST, 1 - _LEAST)
    odds: Floats = np.log(bounded / (1 - bounded))
    return odds


def second_opinion(choice: str) -> SecondOpinion | None:
    """Return the opinion that one of `CHOICES` asks for; None for `fast`.

    Raises
    ------
    ModelError
        Where the extra `[neural]` is not installed.
    """
    return None if choice == FAST else SecondOpinion(shipped(), is_adaptive=choice == ADAPTIVE)


def settled(choice: str, texts: int) -> str:
    """Return the choice that `auto` comes to for so many texts; any other is itself."""
    if choice != AUTO:
        return choice
    return BEST if is_installed() and texts <= MOST_TEXTS else FAST
