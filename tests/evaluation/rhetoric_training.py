"""How the weights of `discourse.learn.rhetoric` are found: ridge regression, tasks that teach each other."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from sklearn.metrics import f1_score

from discourse.learn.rhetoric import HASHED, SPACES
from tests.evaluation.rhetoric_data import Set

TEACH = 3.0  # ridge of what one set teaches the others
OWN = 0.4  # how much more texts of one file of a set teach each other
EDGES = HASHED - SPACES["edges"].columns  # the first column of what stands at the edges of sentences
ALONE = EDGES - SPACES["alone"].columns  # the first of single words, which count by their vectors alone
_STEPS, _CLOSE = 60, 2e-3  # of conjugate gradients


def solved(apply: Any, wanted: np.ndarray, ridge: np.ndarray) -> np.ndarray:
    """Solve (A + ridge) a = wanted by conjugate gradients; `apply` multiplies by A."""
    found, rest = np.zeros_like(wanted), wanted.copy()
    step, length = rest.copy(), (rest * rest).sum(axis=0)
    enough = _CLOSE**2 * np.maximum(length, 1e-12)
    for _ in range(_STEPS):
        if bool((length <= enough).all()):
            break
        image = apply(step) + ridge[:, None] * step
        far = length / np.maximum((step * image).sum(axis=0), 1e-30)
        found += far * step
        rest -= far * image
        after = (rest * rest).sum(axis=0)
        step = rest + after / np.maximum(length, 1e-30) * step
        length = after
    return found


def taught(matrix: Any, values: np.ndarray) -> np.ndarray:
    """Return weights for the standardised values of one set; single words and edges have none."""
    factors = np.ones(matrix.shape[1], dtype=np.float32)
    factors[ALONE:HASHED] = 0.0
    matrix = matrix.multiply(factors[None, :]).tocsr()
    wanted = (values - values.mean(axis=0)) / np.maximum(values.std(axis=0), 1e-6)
    turned = matrix.T.tocsr()
    found = solved(
        lambda v: matrix @ (turned @ v), wanted.astype(np.float32), np.full(len(values), TEACH, np.float32)
    )
    return np.asarray(turned @ found, dtype=np.float32)


def folds_of(found: Set, count: int = 5, seed: int = 0) -> np.ndarray:
    """Deal a set's texts into folds, groups whole, labels evenly."""
    from sklearn.model_selection import StratifiedGroupKFold

    names = (
        found.truth @ (2 ** np.arange(found.truth.shape[1])) if found.name == "news" else found.truth[:, 0]
    )
    folds = np.zeros(len(names), dtype=int)
    splitter = StratifiedGroupKFold(count, shuffle=True, random_state=seed)
    for number, (_, held) in enumerate(splitter.split(np.zeros(len(names)), names, found.groups)):
        folds[held] = number
    return folds


@dataclass
class Task:
    """One set ready to be fitted: products of its rows, and what other sets say of them."""

    data: Set
    matrix: Any
    others: np.ndarray  # texts × points of heads that other sets teach, and of vectors, as they count
    ridge: float
    alike: bool = False  # whether labels, that exclude each other, count alike
    cues: float = 1.0  # by which cues are measured, beside all else
    edges: float = 1.0  # the same of edges of sentences
    words: float = 1.0  # the same of n-grams of words

    def __post_init__(self) -> None:
        self.factors = np.ones(self.matrix.shape[1], dtype=np.float32)
        self.factors[: SPACES["words"].columns] = self.words
        self.factors[ALONE:EDGES] = 0.0
        self.factors[EDGES:HASHED], self.factors[HASHED:] = self.edges, self.cues
        self.matrix = self.matrix.multiply(self.factors[None, :]).tocsr()
        products = np.asarray((self.matrix @ self.matrix.T).todense(), dtype=np.float32)
        products += self.others @ self.others.T
        if len(self.data.kinds):
            products *= 1 - OWN + OWN * (self.data.kinds[:, None] == self.data.kinds[None, :])
        self.products = products

    def _solved(self, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        values = self.data.truth[rows].astype(np.float32)
        weights = self._row_weights(rows)
        mean = (values * weights[:, None]).sum(axis=0) / weights.sum()
        own = self.products[np.ix_(rows, rows)]
        found = solved(lambda v: own @ v, values - mean, (self.ridge / weights).astype(np.float32))
        return found, mean

    def _row_weights(self, rows: np.ndarray) -> np.ndarray:
        if not self.alike:
            return np.ones(len(rows), dtype=np.float32)
        truth = self.data.truth[rows]
        return (truth / truth.sum(axis=0) * len(rows) / truth.shape[1]).sum(axis=1).astype(np.float32)

    def points(self, rows: np.ndarray, others: np.ndarray) -> np.ndarray:
        """Return what some rows teach of others."""
        found, mean = self._solved(rows)
        return np.asarray(self.products[np.ix_(others, rows)] @ found + mean, dtype=np.float64)

    def out_of_fold(self, folds: np.ndarray) -> np.ndarray:
        """Return points of all rows, each of what the other folds teach."""
        points = np.zeros(self.data.values.shape)
        for fold in np.unique(folds):
            train, test = np.flatnonzero(folds != fold), np.flatnonzero(folds == fold)
            points[test] = self.points(train, test)
        return points

    def weights(
        self, kind: str | None, teachers: Sequence[tuple[Any, np.ndarray]]
    ) -> tuple[np.ndarray, np.ndarray]:
        """Return weights and bias of what all rows teach, for texts of one kind.

        Parameters
        ----------
        teachers
            Weights, columns × what `others` holds, part by part, and the shift that these points lack.
        """
        rows = np.arange(len(self.data.texts))
        found, mean = self._solved(rows)
        if kind is not None:
            found = found * (1 - OWN + OWN * (self.data.kinds == kind))[:, None]
        own = (self.matrix.T @ found) * self.factors[:, None]
        lent = self.others.T @ found
        edges = np.cumsum([0, *(len(shift) for _, shift in teachers)])
        bias = mean.astype(np.float64)
        for (weights, shift), first, last in zip(teachers, edges, edges[1:], strict=False):
            own += weights @ lent[first:last]
            bias += shift @ lent[first:last]
        return own.astype(np.float32), bias


def best_least(points: np.ndarray, truth: np.ndarray) -> float:
    """Return the point from which the F1 is best."""
    order = np.argsort(-points, kind="stable")
    hits = np.cumsum(truth[order])
    return float(points[order][(2 * hits / (np.arange(1, len(order) + 1) + truth.sum())).argmax()])


def steady_least(points: np.ndarray, truth: np.ndarray) -> float:
    """Return the median of the best points of 200 draws with replacement: steadier where few texts count."""
    rng = np.random.default_rng(0)
    draws = (rng.integers(0, len(truth), len(truth)) for _ in range(200))
    return float(np.median([best_least(points[draw], truth[draw]) for draw in draws]))


def told_by_folds(
    task: Task,
    folds: np.ndarray,
    points: np.ndarray,
    chosen: Callable[[np.ndarray, np.ndarray], float] = best_least,
) -> np.ndarray:
    """Say which labels hold, by thresholds that are chosen inside the training folds."""
    told = np.zeros(points.shape, dtype=bool)
    for fold in np.unique(folds):
        train = np.flatnonzero(folds != fold)
        inside = np.zeros((len(train), points.shape[1]))
        for part in np.unique(folds[train]):
            held = folds[train] == part
            inside[held] = task.points(train[~held], train[held])
        least = [chosen(inside[:, k], task.data.truth[train][:, k]) for k in range(points.shape[1])]
        told[folds == fold] = points[folds == fold] >= np.array(least)
    return told


def most_telling(weights: np.ndarray, matrix: Any, most: int) -> np.ndarray:
    """Return the hashed columns that move points most, by their weights and how many texts have them."""
    common = np.sqrt(np.bincount(matrix.indices, weights=matrix.data**2, minlength=matrix.shape[1])[:HASHED])
    size = (np.abs(weights[:HASHED]) / np.maximum(np.abs(weights[:HASHED]).max(axis=0), 1e-12)).max(axis=1)
    moved = size * common
    return np.sort(np.argsort(-moved, kind="stable")[: min(most, int((moved > 0).sum()))])


def platt(points: np.ndarray, truth: np.ndarray) -> tuple[float, float]:
    """Return scale and shift that make points log-odds."""
    from discourse.learn.linear import Head

    head = Head.uncalibrated(("yes",), np.zeros((1, 1)), np.zeros(1), is_choice=False)
    found = head.calibrated(points[:, None], truth[:, None])
    return float(found.scale[0]), float(found.shift[0])


def baseline(texts: Sequence[str], truth: np.ndarray, folds: np.ndarray) -> np.ndarray:
    """Return points of TF-IDF of words and letters with logistic regression, the plain baseline."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_union

    points = np.zeros(truth.shape)
    for fold in np.unique(folds):
        train, test = folds != fold, folds == fold
        counter = make_union(
            TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, min_df=2),
            TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True, min_df=3),
        )
        seen = counter.fit_transform([t for t, own in zip(texts, train, strict=True) if own])
        held = counter.transform([t for t, own in zip(texts, test, strict=True) if own])
        for head in range(truth.shape[1]):
            model = LogisticRegression(class_weight="balanced", solver="liblinear", random_state=0)
            points[test, head] = model.fit(seen, truth[train, head]).decision_function(held)
    return points


def macro(truth: np.ndarray, told: np.ndarray) -> float:
    return float(f1_score(truth, told, average="macro"))
