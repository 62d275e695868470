"""Learn how replies stand in their threads from coded ones, and from this what their texts say.

The model of a thread weighs the shares by text with what `context_rows` measures. What it then says of all
replies of IAC, that nobody coded, is learned from their texts again: for and against, and aside or not.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.linear_model import LogisticRegression

from discourse.learn.linear import Head
from discourse.learn.reply_context import context_rows
from discourse.learn.reply_labels import LABELS
from tests.evaluation.reply_threads_data import Thread

RIDGE = 0.03  # of standardised measures
EVEN = 0.7  # how far rare labels count more, from 0 to 1
LEAST = 1e-3  # spread of a measure that counts

Floats = NDArray[np.float64]
Shares = Sequence[Mapping[int, Floats]]  # by thread and place


@dataclass(frozen=True)
class ThreadWeights:
    """Weights of the measures, for each label."""

    names: tuple[str, ...]
    weights: Floats
    bias: Floats

    def shares(self, rows: Floats) -> Floats:
        """Return a share a label for each row of measures."""
        points = rows @ self.weights + self.bias
        shares = np.exp(points - points.max(axis=1, keepdims=True))
        return np.asarray(shares / shares.sum(axis=1, keepdims=True))

    def head(self) -> Head:
        """Return the weights as they are stored."""
        return Head.uncalibrated(LABELS, self.weights, self.bias, is_choice=True)


@dataclass(frozen=True)
class Measured:
    """All replies of some threads with their measures."""

    names: tuple[str, ...]
    rows: Floats
    labels: NDArray[Any]  # empty where not coded
    groups: NDArray[Any]

    @property
    def coded(self) -> NDArray[np.bool_]:
        """Say which replies carry a label."""
        return np.asarray(self.labels != "")


def measure(threads: Sequence[Thread], shares: Shares) -> Measured:
    """Measure all replies of some threads."""
    names: tuple[str, ...] = ()
    rows, labels, groups = [], [], []
    for thread, told in zip(threads, shares, strict=True):
        for place, row in context_rows(thread.turns, told).items():
            names = names or tuple(sorted(row))
            rows.append([row[name] for name in names])
            labels.append(thread.labels.get(place, ""))
            groups.append(thread.number)
    return Measured(names, np.array(rows), np.array(labels), np.array(groups))


def fit_threads(data: Measured, chosen: NDArray[np.bool_]) -> ThreadWeights:
    """Fit the weights on some coded replies."""
    rows, labels = data.rows[chosen], data.labels[chosen]
    middle, spread = rows.mean(axis=0), rows.std(axis=0)
    scale = np.where(spread > LEAST, 1 / np.maximum(spread, LEAST), 0.0)
    counts = {label: (labels == label).sum() for label in LABELS}
    weights = {label: float((len(labels) / len(LABELS) / count) ** EVEN) for label, count in counts.items()}
    model = LogisticRegression(C=RIDGE, max_iter=3000, tol=1e-6, class_weight=weights)
    model.fit((rows - middle) * scale, labels)
    found = model.coef_.T * scale[:, None]
    return ThreadWeights(data.names, found, model.intercept_ - middle @ found)


def out_of_fold_threads(data: Measured, folds: NDArray[np.int64]) -> Floats:
    """Return shares of each coded reply by weights that saw nothing of its discussion; others are 0."""
    found = np.zeros((len(data.labels), len(LABELS)))
    for fold in np.unique(folds):
        held_out = data.coded & (folds == fold)
        found[held_out] = fit_threads(data, data.coded & (folds != fold)).shares(data.rows[held_out])
    return found


def soft_rows(rows: Any, yes: Floats, no: Floats, least: float = 0.2) -> tuple[Any, Any, Floats]:
    """Return each row for as far as a label holds and once more for as far as it does not.

    The labels and the weights of the rows stand beside them; both sides weigh alike.
    """
    weights = np.concatenate([yes / yes.sum(), no / no.sum()]) * (yes.sum() + no.sum()) / 2
    kept = np.concatenate([yes, no]) >= least
    truth = np.concatenate([np.ones(len(yes), dtype=np.bool_), np.zeros(len(no), dtype=np.bool_)])
    return sparse.vstack([rows, rows]).tocsr()[kept], truth[kept], weights[kept]
