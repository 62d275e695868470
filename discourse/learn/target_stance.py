"""Favor, against or none: what a text holds of a target.

Targets that training knew have weights of their own; any other target is judged by what stands around
it, whatever the topic. What the model has learned, from what, and how well it does stands on its card
(`models/target_stance/card.json`); `tests/evaluation/fit_target_stance.py` trains it.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray
from scipy import sparse

from discourse.learn.linear import Floats, shares_of
from discourse.learn.ngrams import Counts, ngram_counts
from discourse.learn.stored import Stored, read_model
from discourse.learn.target_stance_views import (
    GENERAL,
    NAMED,
    SPACES,
    gram_counts,
    keys,
    named,
    named_rows,
    weighed_counts,
)
from discourse.learn.target_stance_views import plain as plain_text
from discourse.learn.target_stance_words import Words

MODEL = "target_stance"
LABELS = ("favor", "against", "none")
LANGUAGES = ("en",)
COLUMNS = sum(space.columns for space in SPACES.values())
PLAIN = sum(space.columns for space in GENERAL.values()) + len(NAMED)
NAMED_WEIGHT = 0.5  # of the named features beside n-grams of length 1


class Side(Struct, frozen=True):
    """Weights of one question; the points of its last label are those of the others, added up and turned."""

    labels: tuple[str, ...]
    weights: NDArray[np.float32]  # columns × all labels but the last
    bias: Floats  # one a label but the last
    scale: float
    shift: Floats  # one a label

    def points(self, matrix: Any) -> Floats:
        """Return points, one a label, a row a text."""
        return self.completed(np.asarray(matrix @ self.weights, dtype=np.float64))

    def completed(self, product: Floats) -> Floats:
        """Return points of a product with the weights: with the bias, and those of the last label."""
        first = product + self.bias
        points: Floats = np.hstack([first, -first.sum(axis=1, keepdims=True)])
        return points

    def shares(self, points: Floats) -> Floats:
        """Turn points into shares; each row adds up to 1."""
        return shares_of(points * self.scale + self.shift, is_choice=True)

    def packed(self, prefix: str, *, most: int) -> dict[str, NDArray[Any]]:
        """Return the arrays to keep: the columns that weigh most, in steps of the largest by 127."""
        weights = np.asarray(self.weights, dtype=np.float64)
        size = np.abs(weights).max(axis=1)
        kept = np.sort(np.argsort(-size, kind="stable")[: min(most, int((size > 0).sum()))])
        step = np.maximum(np.abs(weights).max(axis=0), 1e-12) / 127
        gaps = np.diff(kept, prepend=0)
        if gaps.max(initial=0) > np.iinfo(np.uint16).max:
            raise ValueError("columns lie too far apart to be kept")
        return {
            f"{prefix}.gaps": gaps.astype(np.uint16),
            f"{prefix}.weights": np.round(weights[kept] / step).astype(np.int8),
            f"{prefix}.step": step,
            f"{prefix}.bias": np.asarray(self.bias, dtype=np.float64),
            f"{prefix}.scale": np.array([self.scale]),
            f"{prefix}.shift": np.asarray(self.shift, dtype=np.float64),
        }

    @classmethod
    def unpacked(cls, arrays: Mapping[str, Any], prefix: str, labels: Sequence[str], columns: int) -> "Side":
        """Build from arrays that `packed` returned.

        Raises
        ------
        KeyError, ValueError, IndexError
            Where the arrays are not those of such a question.
        """
        kept, step = arrays[f"{prefix}.weights"], arrays[f"{prefix}.step"]
        bias, shift = arrays[f"{prefix}.bias"], arrays[f"{prefix}.shift"]
        places = np.cumsum(arrays[f"{prefix}.gaps"].astype(np.int64))
        free = len(labels) - 1
        if kept.shape != (len(places), free) or step.shape != (free,) or bias.shape != (free,):
            raise ValueError("the weights are of another shape")
        if shift.shape != (len(labels),) or (len(places) and places[-1] >= columns):
            raise ValueError("the weights are of another shape")
        weights = np.zeros((columns, free), dtype=np.float32)
        weights[places] = kept * step
        return cls(tuple(labels), weights, bias, float(arrays[f"{prefix}.scale"][0]), shift)


class StanceModel:
    """The model as it was trained."""

    def __init__(self, stored: Stored) -> None:
        """Take a stored model.

        Raises
        ------
        ModelError
            Where its arrays or its card are not those of such a model.
        """
        arrays = stored.arrays
        try:
            self.words = Words.unpacked(arrays["common"], arrays["valued"], arrays["value"])
            self.rare = {name: arrays[f"rare.{name}"] for name in (*SPACES, *GENERAL)}
            self.targets = {
                str(name): frozenset(known["keys"]) for name, known in stored.card["targets"].items()
            }
            self._known = {
                name: Side.unpacked(arrays, f"known.{name}", stored.card["targets"][name]["labels"], COLUMNS)
                for name in self.targets
            }
            self._side = Side.unpacked(arrays, "side", ("favor", "against"), PLAIN)
            self._none = Side.unpacked(arrays, "none", ("none", "some"), PLAIN)
            self._both = np.hstack([self._side.weights, self._none.weights])
            if any(len(self.rare[name]) != space.columns for name, space in {**SPACES, **GENERAL}.items()):
                raise ValueError("columns are missing")
        except (KeyError, ValueError, IndexError, TypeError, AttributeError) as error:
            raise stored.fault("it is no model of stances that this version reads") from error

    def known(self, target: str) -> str | None:
        """Return the target of training that a target's name means; None where it means none of them."""
        words = keys(target)
        found = [name for name, names in self.targets.items() if not names.isdisjoint(words)]
        return found[0] if len(found) == 1 else None

    def scores(self, texts: Sequence[str], targets: Sequence[str]) -> Floats:
        """Return the shares of `LABELS`, a row a text and its target."""
        meant = [self.known(target) for target in targets]
        if len(set(meant)) == 1:
            name = meant[0]
            return self.general_scores(texts, targets) if name is None else self._known_shares(name, texts)
        shares = np.zeros((len(texts), len(LABELS)))
        for name in sorted({name for name in meant if name}):
            rows = [k for k, other in enumerate(meant) if other == name]
            shares[rows] = self._known_shares(name, [texts[k] for k in rows])
        rest = [k for k, name in enumerate(meant) if name is None]
        if rest:
            shares[rest] = self.general_scores([texts[k] for k in rest], [targets[k] for k in rest])
        return shares

    def _known_shares(self, name: str, texts: Sequence[str]) -> Floats:
        side = self._known[name]
        blocks = known_counts(texts, self.words, self.rare)
        product, first = np.zeros((len(texts), side.weights.shape[1])), 0
        for block in blocks:
            product += block @ side.weights[first : first + block.width]
            first += block.width
        shares = np.zeros((len(texts), len(LABELS)))
        shares[:, [LABELS.index(label) for label in side.labels]] = side.shares(side.completed(product))
        return _silent_where_empty(shares, np.sum([block.lengths for block in blocks], axis=0))

    def general_scores(self, texts: Sequence[str], targets: Sequence[str]) -> Floats:
        """Return the shares of `LABELS` as for targets that training did not know."""
        grams, others = general_counts(texts, targets, self.words, self.rare["plain"])
        product = np.asarray(grams @ self._both[: grams.width], dtype=np.float64)
        product += others @ self._both[grams.width :]
        of_side = self._side.weights.shape[1]
        sides = self._side.shares(self._side.completed(product[:, :of_side]))
        none = self._none.shares(self._none.completed(product[:, of_side:]))[:, :1]
        return _silent_where_empty(np.hstack([sides * (1 - none), none]), grams.lengths + others.any(axis=1))


def _silent_where_empty(shares: Floats, counts: NDArray[np.int64]) -> Floats:
    """Say none where a text has nothing that counts."""
    shares[counts == 0] = [float(label == "none") for label in LABELS]
    return shares


def known_counts(texts: Sequence[str], words: Words, rare: Mapping[str, Any]) -> list[Counts]:
    """Return what weights of known targets are for: letters and words, weighed by how rare they are."""
    return [weighed_counts(counts, rare[name]) for name, counts in gram_counts(texts, words).items()]


def known_matrix(texts: Sequence[str], words: Words, rare: Mapping[str, Any]) -> sparse.csr_array:
    """Return the same as one matrix."""
    blocks = [counts.matrix() for counts in known_counts(texts, words, rare)]
    return sparse.csr_array(sparse.hstack(blocks, format="csr"))


def general_counts(
    texts: Sequence[str], targets: Sequence[str], words: Words, rare: NDArray[np.uint8]
) -> tuple[Counts, NDArray[np.float32]]:
    """Return what weights for any target are for: words without a topic, and `NAMED`, texts × features."""
    views = [
        (plain_text(text, target), named(text, target, words))
        for text, target in zip(texts, targets, strict=True)
    ]
    grams = ngram_counts([plain for plain, _ in views], GENERAL["plain"])
    others = named_rows([features for _, features in views]) * np.float32(NAMED_WEIGHT)
    return weighed_counts(grams, rare), others


def general_matrix(
    texts: Sequence[str], targets: Sequence[str], words: Words, rare: NDArray[np.uint8]
) -> sparse.csr_array:
    """Return the same as one matrix."""
    grams, others = general_counts(texts, targets, words, rare)
    return sparse.csr_array(sparse.hstack([grams.matrix(), sparse.csr_array(others)], format="csr"))


@cache
def shipped() -> StanceModel:
    """Return the model that comes with the package, read once."""
    return StanceModel(read_model(files("discourse.learn").joinpath("models", MODEL)))


def stance_scores(texts: Sequence[str], targets: Sequence[str]) -> Floats:
    """Return the shares of favor, against and none, a row a text; each row adds up to 1.

    Parameters
    ----------
    texts
        Own words, in English; no row depends on another.
    targets
        One a text: a name such as "the harbour plan". Names of targets that training knew
        (`StanceModel.known`) use weights of their own; some of these know no "none".

    Returns
    -------
    array
        Shares as if, with a known target, all its labels were as common as each other.
    """
    return shipped().scores(texts, targets)
