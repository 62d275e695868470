"""Claims side by side: do two say the same, does one deny the other, has an author said this before.

Logistic regressions on few features that can be read (`claim_pairs`, `claim_points`, `claim_turns`), all from
text alone. The card (`models/claims/card.json`) tells data, split, figures and limits;
`tests/evaluation/fit_claims.py` trains them.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

import numpy as np
from msgspec import Struct

from discourse.learn import claim_embedding, claim_pairs, claim_points, claim_turns
from discourse.learn.claim_words import Words, known_words
from discourse.learn.linear import Floats, shares_of
from discourse.learn.second_opinion import SecondOpinion
from discourse.learn.stored import Stored, read_model
from discourse.model import Span
from discourse.text.normalise import fold

MODEL = "claims"
LANGUAGES = ("en",)
VERSION = 1  # raised by every change that changes a share
# signs of a conflict that captions of pictures, of which `contradicts` learns, do not take for one
SIGNS = ("denies_same", "opposite_same", "differ_same")
_UNTAUGHT = frozenset((*SIGNS[1:], "opposites", "values_agree", "values_differ"))
HEADS: Mapping[str, tuple[str, ...]] = {
    "same": claim_pairs.NAMES,
    "same_within": claim_pairs.NAMES,  # of pairs whose discussion is known
    "same_semantic": (*claim_pairs.NAMES, "embedding"),  # the same, with the extra [semantic]
    "contradicts": tuple(name for name in claim_pairs.NAMES if name not in _UNTAUGHT),
    "point": claim_points.NAMES,
    "restates": claim_turns.NAMES,
}
PICKED = [claim_pairs.NAMES.index(name) for name in HEADS["contradicts"]]
Pairs = Sequence[tuple[str, str]]


class Weights(Struct, frozen=True):
    """What each feature of one head counts."""

    weights: Floats
    bias: float

    def shares(self, rows: Floats) -> Floats:
        """Return how likely each row's answer is yes, four decimals."""
        shares: Floats = shares_of(rows @ self.weights + self.bias, is_choice=False)
        return shares.round(4)


class ClaimsModel:
    """All heads as they were trained."""

    def __init__(self, stored: Stored, words: Words) -> None:
        """Take a stored model and the words that its features are counted by.

        Raises
        ------
        ModelError
            Where its arrays or its card are not those of such a model.
        """
        self._words = words
        try:
            self._heads = {name: _weights(stored, name) for name in HEADS}
            self.least = {name: float(stored.card["least"][name]) for name in HEADS}
        except (KeyError, ValueError, TypeError, AttributeError) as error:
            raise stored.fault("it is no model of claims that this version reads") from error

    def same_claim(
        self, pairs: Pairs, groups: Sequence[str] | None = None, *, semantic: bool = False
    ) -> Floats:
        """Return how likely the texts of each pair say the same; the order of the two does not matter.

        Parameters
        ----------
        groups
            The discussion of each pair: better, since what all of it is about then counts little. Give
            many pairs of a discussion at once: they are read beside each other.
        semantic
            Whether a model of sentences is asked too, twenty milliseconds a text. Without groups all
            pairs then count as one discussion.

        Raises
        ------
        ModelError
            Where that model is asked for and the extra `[semantic]` is not installed.
        """
        if semantic:
            return self._shares("same_semantic", semantic_rows(pairs, self._words, groups), pairs)
        rows = claim_pairs.either_way(claim_pairs.pair_rows(pairs, self._words, groups))
        return self._shares("same" if groups is None else "same_within", rows, pairs)

    def contradicts(self, pairs: Pairs) -> Floats:
        """Return how likely one text of each pair denies the other; their order does not matter.

        What conflicts without a word that denies (values, opposites) is told by `conflict_signs` alone.
        """
        rows = claim_pairs.either_way(claim_pairs.pair_rows(pairs, self._words))
        return self._shares("contradicts", rows[:, PICKED], pairs)

    def conflict_signs(self, pairs: Pairs) -> Floats:
        """Return for each pair, columns `SIGNS`, how alike the texts are where they show a sign of conflict.

        One alone denies, each has one of two opposites, values of one dimension cannot both hold: 0 where
        the sign is missing, near 1 (near the number of opposites) where the words are otherwise the same.
        Nothing of this is learned: it says where to look, and what the reason is.
        """
        rows = claim_pairs.pair_rows(pairs, self._words)
        return _signs(rows)

    def same_with_signs(self, pairs: Pairs) -> tuple[Floats, Floats]:
        """Return what `same_claim` and `conflict_signs` say, for little more than either alone."""
        rows = claim_pairs.pair_rows(pairs, self._words)
        return self._shares("same", claim_pairs.either_way(rows), pairs), _signs(rows)

    def makes_point(self, pairs: Pairs, groups: Sequence[str] | None = None) -> Floats:
        """Return how likely the first text of each pair, an argument, makes the point of the second.

        Parameters
        ----------
        groups
            The question that each pair is about, one for all where None is given. All points that an
            argument might make should be there: each is judged beside the others.
        """
        asked = [""] * len(pairs) if groups is None else groups
        return self._shares("point", claim_points.point_rows(pairs, self._words, asked), pairs)

    def restates(
        self, turns: Sequence[tuple[str, str]], spans: Sequence[Sequence[Span]] | None = None
    ) -> Floats:
        """Return how likely each turn asserts again what its author has asserted before.

        Parameters
        ----------
        turns
            Author and own words of all turns of one discussion in order. What comes after a turn does
            not change its share, but a little where an author has more than 256 turns or sentences; an
            author's first turn, and one without words, has none.
        spans
            The sentences of each turn where they are known already: to find them takes half of the time.
        """
        if not turns:
            return np.zeros(0)
        shares = self._heads["restates"].shares(claim_turns.turn_rows(turns, self._words, spans))
        seen: set[str] = set()
        for place, (author, text) in enumerate(turns):
            if author not in seen or not _has_words(text):
                shares[place] = 0.0
            seen.add(author)
        return shares

    def _shares(self, name: str, rows: Floats, pairs: Pairs) -> Floats:
        if not pairs:
            return np.zeros(0)
        shares = self._heads[name].shares(rows)
        shares[[not (_has_words(one) and _has_words(other)) for one, other in pairs]] = 0.0
        return shares


def semantic_rows(pairs: Pairs, words: Words, groups: Sequence[str] | None) -> Floats:
    """Return the rows of "same_semantic"."""
    asked = [""] * len(pairs) if groups is None else groups
    rows = claim_pairs.either_way(claim_pairs.pair_rows(pairs, words, asked))
    return np.column_stack([rows, claim_embedding.likeness(pairs)])


def _signs(rows: Floats) -> Floats:
    signs: Floats = rows[:, [claim_pairs.NAMES.index(name) for name in SIGNS]].round(4)
    return signs


def _has_words(text: str) -> bool:
    return any(char.isalnum() for char in text)


def _weights(stored: Stored, name: str) -> Weights:
    weights = stored.arrays[name].astype(np.float64)
    if weights.shape != (len(HEADS[name]) + 1,) or tuple(stored.card["features"][name]) != HEADS[name]:
        raise ValueError("the features are others")
    return Weights(weights[:-1], float(weights[-1]))


@cache
def shipped() -> ClaimsModel:
    """Return the model that comes with the package, read once."""
    return ClaimsModel(read_model(files("discourse.learn").joinpath("models", MODEL)), known_words())


def same_claim(pairs: Pairs, groups: Sequence[str] | None = None, *, semantic: bool = False) -> Floats:
    """Return how likely two texts say the same, by the shipped model (see `ClaimsModel.same_claim`)."""
    return shipped().same_claim(pairs, groups, semantic=semantic)


def contradicts(pairs: Pairs, second: SecondOpinion | None = None) -> Floats:
    """Return how likely one text denies the other (see `ClaimsModel.contradicts`).

    Parameters
    ----------
    second
        Who is asked beside the linear model, if anybody.
    """
    shares = shipped().contradicts(pairs)
    return shares if second is None else second.contradicts([(fold(a), fold(b)) for a, b in pairs], shares)


def conflict_signs(pairs: Pairs) -> Floats:
    """Return which signs of a conflict two texts show (see `ClaimsModel.conflict_signs`)."""
    return shipped().conflict_signs(pairs)


def same_with_signs(pairs: Pairs) -> tuple[Floats, Floats]:
    """Return both of the above at once (see `ClaimsModel.same_with_signs`)."""
    return shipped().same_with_signs(pairs)


def makes_point(pairs: Pairs, groups: Sequence[str] | None = None) -> Floats:
    """Return how likely an argument makes a point (see `ClaimsModel.makes_point`)."""
    return shipped().makes_point(pairs, groups)


def restates(turns: Sequence[tuple[str, str]], spans: Sequence[Sequence[Span]] | None = None) -> Floats:
    """Return how likely each turn says its author's own again (see `ClaimsModel.restates`)."""
    return shipped().restates(turns, spans)


def least_share(head: str) -> float:
    """Return the share of one of `HEADS` from which yes is the better answer on the data of its card."""
    return shipped().least[head]
