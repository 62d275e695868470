"""How the weights of `discourse.learn.target_stance` are found: three questions, each a linear one."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from scipy import sparse
from scipy.linalg import cho_factor, cho_solve

from discourse.learn.target_stance import Side

THREE = ("favor", "against", "none")
TWO = ("favor", "against")
RIDGE = 0.6
SHARED = 0.5  # how much targets of tweets teach each other, beside what each teaches itself
PLAIN, PARTY, OWN = 0.5, 0.5, 1.0  # shares of what all candidates, a camp and one candidate teach
NB_PLAIN = 0.3
OPPOSED = "Donald Trump"  # whoever is for him is against the others, and the other way round


def narrow(matrix: Any) -> sparse.csr_matrix:
    """Return a matrix as scikit-learn takes it: 32-bit places."""
    found = sparse.csr_matrix(matrix)
    return sparse.csr_matrix(
        (found.data.astype(np.float32), found.indices.astype(np.int32), found.indptr.astype(np.int32)),
        shape=found.shape,
    )


class Ridges:
    """Three labels of several targets: ridge regression over all, each target teaching itself most."""

    def __init__(self, matrix: Any, targets: np.ndarray, labels: np.ndarray) -> None:
        self.matrix = sparse.csr_array(matrix)
        self.targets, self.labels = targets, labels
        alike = SHARED + (targets[:, None] == targets[None, :])
        self.products = np.asarray((self.matrix @ self.matrix.T).todense(), dtype=np.float64)
        self.products *= alike / self.products.diagonal().mean()
        self.scale = float((self.matrix.data**2).sum() / self.matrix.shape[0])
        self.truth = np.stack([(labels == label).astype(np.float64) for label in THREE], axis=1)

    def solve(self, rows: np.ndarray) -> np.ndarray:
        counts = self.truth[rows].sum(axis=0)
        weights = (self.truth[rows] * (len(rows) / len(THREE) / counts)).sum(axis=1)
        products = self.products[np.ix_(rows, rows)] + 1.0 + np.diag(RIDGE / weights)
        solved: np.ndarray = cho_solve(cho_factor(products, check_finite=False), self.truth[rows])
        return solved

    def points(self, rows: np.ndarray, others: np.ndarray) -> np.ndarray:
        """Return what some rows teach of others; each row's points add up to about 1."""
        found: np.ndarray = (self.products[np.ix_(others, rows)] + 1.0) @ self.solve(rows)
        return found

    def side(self, rows: np.ndarray, target: str, scale: float, lead: float) -> Side:
        """Return one target's weights; `lead` is added to the points of favor."""
        solved = self.solve(rows)
        alike = SHARED + (self.targets[rows] == target)
        weights = self.matrix[rows].T @ (solved * alike[:, None]) / self.scale
        mean = weights.mean(axis=1, keepdims=True)
        bias = solved.sum(axis=0) - solved.sum() / len(THREE)
        shift = np.array([lead * scale, 0.0, 0.0])
        return Side(THREE, (weights - mean)[:, :2].astype(np.float32), bias[:2], scale, shift)


def folds_of(kinds: Sequence[str], count: int, seed: int) -> np.ndarray:
    """Deal rows into folds, each kind of row evenly."""
    from sklearn.model_selection import StratifiedKFold

    folds = np.zeros(len(kinds), dtype=int)
    splitter = StratifiedKFold(count, shuffle=True, random_state=seed)
    for number, (_, held) in enumerate(splitter.split(np.zeros(len(kinds)), kinds)):
        folds[held] = number
    return folds


def pair_score(truth: np.ndarray, told: np.ndarray) -> float:
    """Return the mean of the F1 of favor and that of against."""
    from sklearn.metrics import f1_score

    return float(np.mean(f1_score(truth, told, labels=list(TWO), average=None)))


def decided(points: np.ndarray, lead: float = 0.0) -> np.ndarray:
    return np.array(THREE, dtype=object)[(points + np.array([lead, 0.0, 0.0])).argmax(axis=1)]


def best_lead(truth: np.ndarray, points: np.ndarray) -> float:
    """Return how much favor, the rarest label, must lead for the best score."""
    return max((0.0, 0.05, 0.1, 0.15), key=lambda lead: pair_score(truth, decided(points, lead)))


def likeliest_scale(truth: np.ndarray, points: np.ndarray) -> float:
    """Return the factor of points for which the true labels are likeliest, labels counting alike."""
    places = np.array([THREE.index(label) for label in truth])
    weights = 1 / np.bincount(places)[places]

    def likelihood(scale: float) -> float:
        scaled = points * scale
        logs = scaled - np.log(np.exp(scaled).sum(axis=1, keepdims=True))
        return float((weights * logs[np.arange(len(places)), places]).sum())

    return max(np.round(np.arange(0.5, 12, 0.25), 2).tolist(), key=likelihood)


def _log_ratios(matrix: Any, signs: np.ndarray) -> np.ndarray:
    """Return how unlike the two classes a column is (naive Bayes, Wang and Manning 2012)."""
    held = narrow(matrix)
    held.data = np.ones_like(held.data)
    for_, against = (np.asarray(held[signs == sign].sum(axis=0)).ravel() + 1 for sign in (1, -1))
    return np.abs(np.log((for_ / for_.sum()) / (against / against.sum())))


def candidate_weights(matrix: Any, targets: np.ndarray, labels: np.ndarray) -> dict[str, tuple[Any, float]]:
    """Return weights and bias a candidate: a support vector machine, and one on naive Bayes' ratios."""
    signs = np.where(labels == "favor", 1, -1)
    found = {name: [np.zeros(matrix.shape[1]), 0.0] for name in sorted(set(targets))}
    for bayes, plain, cost in ((False, PLAIN, 0.07), (True, NB_PLAIN, 0.1)):
        for name, (weights, bias) in _machine(
            narrow(matrix), targets, signs, bayes=bayes, plain=plain, cost=cost
        ).items():
            found[name][0] = found[name][0] + weights
            found[name][1] += bias
    return {name: (weights, bias) for name, (weights, bias) in found.items()}


def _machine(
    matrix: Any, targets: np.ndarray, signs: np.ndarray, *, bayes: bool, plain: float, cost: float
) -> dict[str, tuple[Any, float]]:
    from sklearn.svm import LinearSVC

    names = sorted(set(targets))
    camps = {name: -1.0 if name == OPPOSED else 1.0 for name in names}
    camp = np.array([camps[target] for target in targets])
    ones = np.ones(matrix.shape[1])
    parts = [(np.full(len(signs), plain), signs), (camp * PARTY, signs * camp)]
    ratios = [_log_ratios(matrix, kind) if bayes else ones for _, kind in parts]
    rows = [row for row, _ in parts]
    for name in names:
        own = targets == name
        ratios.append(_log_ratios(matrix[own], signs[own]) if bayes else ones)
        rows.append(own * OWN)
    blocks = [
        sparse.diags(row) @ matrix @ sparse.diags(ratio) for row, ratio in zip(rows, ratios, strict=True)
    ]
    stacked = narrow(sparse.hstack(blocks, format="csr"))
    machine = LinearSVC(C=cost, class_weight="balanced", tol=1e-3, random_state=0).fit(stacked, signs)
    deviation = float(machine.decision_function(stacked).std())
    taught = machine.coef_[0].reshape(len(ratios), -1) * np.array(ratios) / deviation
    bias = float(machine.intercept_[0]) / deviation
    return {
        name: (taught[0] * plain + taught[1] * PARTY * camps[name] + taught[2 + k] * OWN, bias)
        for k, name in enumerate(names)
    }


def likelihoods(
    matrix: Any, signs: np.ndarray, weights: np.ndarray | None = None
) -> tuple[np.ndarray, float]:
    """Fit a logistic regression with both classes alike; return weights and bias."""
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=0.5, class_weight="balanced", max_iter=300)
    model.fit(narrow(matrix), signs)
    return model.coef_[0], float(model.intercept_[0])


def platt(points: np.ndarray, signs: np.ndarray) -> float:
    """Return the factor of points that makes them log-odds, both classes counting alike."""
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=1e6, class_weight="balanced", fit_intercept=False)
    return float(model.fit(points[:, None], signs).coef_[0, 0])
