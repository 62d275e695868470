"""Ridge regression on labels: few rows in closed form, many by conjugate gradients.

Both solve ``(X X' + strength / weights) a = labels - mean`` for one value a row; the weights of the
columns are ``X' a``. On hashed n-grams it is as good as a support vector machine, has one number to
choose and gives the same result every time.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np
from numpy.typing import NDArray

from discourse.learn.linear import Floats

Rows = NDArray[np.int64]
_CLOSED = 4_000  # rows up to which all their products are held at once
_STEPS = 80  # of conjugate gradients
_CLOSE = 1e-4  # relative length of what is left unexplained, at which they stop
MOST_WEIGHT = 10.0  # that a row of a rare label counts


@contextmanager
def one_thread() -> Iterator[None]:
    """Let matrices be worked on by one thread: sums then do not depend on how many the machine has.

    Two threads on a busy machine also wait for each other longer than one would work.
    """
    from threadpoolctl import threadpool_limits  # noqa: PLC0415

    with threadpool_limits(1):
        yield


class Solver:
    """Fits any part of the rows of one matrix, and applies what was fitted to any other part."""

    def __init__(
        self, matrix: Any, truth: NDArray[np.bool_], *, is_choice: bool, products: Floats | None = None
    ) -> None:
        self.matrix = matrix
        self.truth = truth
        self.is_choice = is_choice
        self._products = products
        if products is None and matrix.shape[0] <= _CLOSED:
            self._products = np.asarray((matrix @ matrix.T).todense(), dtype=np.float64)

    def part(self, rows: Rows) -> "Solver":
        """Return a solver that knows some rows alone."""
        products = None if self._products is None else self._products[np.ix_(rows, rows)]
        return Solver(self.matrix[rows], self.truth[rows], is_choice=self.is_choice, products=products)

    def fit(self, rows: Rows, strength: float) -> "Fitted":
        """Fit some rows.

        Labels that exclude each other count alike, however rare they are (up to `MOST_WEIGHT`).
        """
        truth = self.truth[rows].astype(np.float64)
        weights = row_weights(self.truth[rows]) if self.is_choice else np.ones(len(rows))
        mean = (truth * weights[:, None]).sum(axis=0) / weights.sum()
        return Fitted(self, rows, self._solved(rows, truth - mean, strength / weights), mean)

    def _solved(self, rows: Rows, wanted: Floats, ridge: Floats) -> Floats:
        if self._products is None:
            return _by_gradients(self.matrix[rows], wanted, ridge)
        from scipy.linalg import cho_factor, cho_solve  # noqa: PLC0415

        products = self._products[np.ix_(rows, rows)]
        products[np.diag_indices(len(rows))] += ridge
        solved: Floats = cho_solve(cho_factor(products, overwrite_a=True, check_finite=False), wanted)
        return solved

    def products(self, rows: Rows, others: Rows, values: Floats) -> Floats:
        """Return what some rows get of values that others have."""
        if self._products is not None:
            return np.asarray(self._products[np.ix_(rows, others)] @ values, dtype=np.float64)
        return np.asarray(self.matrix[rows] @ (self.matrix[others].T @ values), dtype=np.float64)


class Fitted:
    """What was learned from some rows."""

    def __init__(self, solver: Solver, rows: Rows, values: Floats, bias: Floats) -> None:
        self._solver = solver
        self._rows = rows
        self._values = values
        self.bias = bias

    def points(self, rows: Rows) -> Floats:
        """Return points of some rows, one a label."""
        points: Floats = self._solver.products(rows, self._rows, self._values) + self.bias
        return points

    def weights(self) -> NDArray[np.float32]:
        """Return the weights, columns × labels."""
        return np.asarray(self._solver.matrix[self._rows].T @ self._values, dtype=np.float32)


def row_weights(truth: NDArray[np.bool_]) -> Floats:
    """Return a weight a row, 1 on average, for which all labels count alike; rows have one label each."""
    counts = truth.sum(axis=0)
    alike = np.minimum(counts.max(initial=1) / np.maximum(counts, 1), MOST_WEIGHT)
    weights: Floats = (truth * alike).sum(axis=1)
    weights /= weights.mean()
    return weights


def out_of_fold(solver: Solver, rows: Rows, folds: Sequence[int], strength: float) -> Floats:
    """Return points of some rows, each of what the rows of the other folds teach."""
    numbers = np.asarray(folds)
    points = np.zeros((len(rows), solver.truth.shape[1]))
    for fold in np.unique(numbers).tolist():
        held = numbers == fold
        points[held] = solver.fit(rows[~held], strength).points(rows[held])
    return points


def _by_gradients(matrix: Any, wanted: Floats, ridge: Floats) -> Floats:
    turned = matrix.T.tocsr()
    found = np.zeros_like(wanted)
    rest = wanted.copy()
    step = rest.copy()
    length = (rest * rest).sum(axis=0)
    enough = _CLOSE**2 * np.maximum(length, 1e-12)
    for _ in range(_STEPS):
        if bool((length <= enough).all()):
            break
        image = matrix @ (turned @ step) + ridge[:, None] * step
        far = length / np.maximum((step * image).sum(axis=0), 1e-300)
        found += far * step
        rest -= far * image
        after = (rest * rest).sum(axis=0)
        step = rest + after / np.maximum(length, 1e-300) * step
        length = after
    return found
