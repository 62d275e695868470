"""Linear heads: labels with a weight a column, and what makes their points shares that hold.

Several heads over one matrix cost one product: what takes the time is counting n-grams.
"""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

import numpy as np
from msgspec import Struct
from msgspec.structs import replace
from numpy.typing import NDArray

Floats = NDArray[np.float64]
_STEPS = 60  # of a search that halves its interval, or of Newton's
_RIDGE = 1e-3  # keeps a calibration finite where two labels part without a fault
_LINE = 16  # numbers of four bytes that are fetched from memory together
_LARGEST = 60.0  # points beyond are as good as certain


class Head(Struct, frozen=True):
    """One question with its labels.

    A row's points are ``row @ weights + bias``. Its shares are those of ``scale * points + shift``: one
    softmax over all labels where they exclude each other, else a logistic function for each.
    """

    labels: tuple[str, ...]
    weights: NDArray[np.float32]  # columns × labels
    bias: Floats  # one a label, as the three below
    scale: Floats
    shift: Floats
    is_choice: bool  # whether exactly one label holds; else any number does

    @classmethod
    def uncalibrated(cls, labels: Sequence[str], weights: Any, bias: Any, *, is_choice: bool) -> "Head":
        """Return a head whose points count as they are; its weights as float16 will keep them."""
        size = len(labels)
        kept = np.ascontiguousarray(np.asarray(weights).astype(np.float16).astype(np.float32))
        return cls(
            tuple(labels), kept, np.asarray(bias, dtype=np.float64), np.ones(size), np.zeros(size), is_choice
        )

    def shares(self, points: Floats) -> Floats:
        """Turn points into shares from 0 to 1, one row a text."""
        return shares_of(points * self.scale + self.shift, is_choice=self.is_choice)

    def calibrated(self, points: Floats, truth: NDArray[np.bool_], *, with_shift: bool = False) -> "Head":
        """Fit scale and shift on points of texts that the weights were not fitted on.

        Parameters
        ----------
        truth
            Which labels hold, a row a text.
        with_shift
            Where labels exclude each other: fit not one scale alone (a temperature) but a shift a label
            too, for weights that count labels otherwise than as often as they stand.
        """
        if self.is_choice and with_shift and len(points):
            scale, shift = _scale_and_shift(points, truth)
            return replace(self, scale=np.full(len(self.labels), scale), shift=shift)
        if self.is_choice:
            return replace(self, scale=np.full(len(self.labels), _temperature(points, truth)))
        pairs = np.array([_platt(points[:, k], truth[:, k]) for k in range(len(self.labels))]).reshape(-1, 2)
        return replace(self, scale=pairs[:, 0], shift=pairs[:, 1])

    def packed(self, prefix: str = "") -> dict[str, NDArray[Any]]:
        """Return the arrays to keep: columns that have a weight, and these as float16."""
        columns = np.flatnonzero(self.weights.any(axis=1))
        return {
            f"{prefix}columns": columns.astype(np.int32),
            f"{prefix}weights": self.weights[columns].astype(np.float16),
            f"{prefix}bias": self.bias,
            f"{prefix}scale": self.scale,
            f"{prefix}shift": self.shift,
        }

    @classmethod
    def unpacked(
        cls,
        arrays: Mapping[str, NDArray[Any]],
        *,
        labels: Sequence[str],
        columns: int,
        is_choice: bool,
        prefix: str = "",
    ) -> "Head":
        """Build a head of arrays that `packed` returned.

        Raises
        ------
        KeyError, ValueError, IndexError
            Where the arrays are not those of such a head.
        """
        size = len(labels)
        weights = np.zeros((columns, size), dtype=np.float32)
        places, kept = arrays[f"{prefix}columns"], arrays[f"{prefix}weights"]
        if kept.shape != (len(places), size) or (
            len(places) and not 0 <= places.min() <= places.max() < columns
        ):
            raise ValueError("the weights are of another shape")
        weights[places] = kept
        bias, scale, shift = (
            arrays[f"{prefix}{name}"].astype(np.float64) for name in ("bias", "scale", "shift")
        )
        if any(array.shape != (size,) for array in (bias, scale, shift)):
            raise ValueError("there are not as many values as labels")
        return cls(tuple(labels), weights, bias, scale, shift, is_choice)


class Heads:
    """Several heads over the same columns, applied in one product.

    What takes its time is fetching each n-gram's weights from memory. So shares of labels that exclude each
    other are made of one column less than there are labels, by how far each is ahead of the last, and the
    weights of an n-gram never lie across more of the pieces that memory comes in than they must.
    """

    def __init__(self, heads: Sequence[Head]) -> None:
        self._heads = tuple(heads)

    @cached_property
    def _joined(self) -> NDArray[np.float32]:
        return np.ascontiguousarray(np.hstack([head.weights for head in self._heads]))

    @cached_property
    def _narrow(self) -> NDArray[np.float32]:
        return _in_lines(np.hstack([_narrowed(head) for head in self._heads]))

    def points(self, matrix: Any) -> list[Floats]:
        """Return each head's points, a row a text.

        Parameters
        ----------
        matrix
            A sparse array with the heads' columns, or what else can be multiplied by weights.
        """
        joined = np.asarray(matrix @ self._joined, dtype=np.float64)
        cuts = np.cumsum([len(head.labels) for head in self._heads])[:-1]
        parts = np.split(joined, cuts, axis=1)
        return [part + head.bias for part, head in zip(parts, self._heads, strict=True)]

    def shares(self, matrix: Any) -> list[Floats]:
        """Return each head's shares, a row a text."""
        turned = np.asarray(matrix @ self._narrow).T
        return [
            _shares_of_rows(head, turned[first:end].astype(np.float64, order="C"), lead)
            for head, first, end, lead in self._plan
        ]

    @cached_property
    def _plan(self) -> list[tuple[Head, int, int, Floats | None]]:
        """Return for each head its columns of the product, and what is added to how far labels lead."""
        found, first = [], 0
        for head in self._heads:
            is_alone = _leads_alone(head)
            added = head.bias * head.scale + head.shift
            end = first + len(head.labels) - is_alone
            found.append((head, first, end, (added[:-1] - added[-1])[:, None] if is_alone else None))
            first = end
        return found


def _leads_alone(head: Head) -> bool:
    """Say whether a head's shares follow from how far each label is ahead of the last."""
    return head.is_choice and bool((head.scale == head.scale[0]).all())


def _narrowed(head: Head) -> NDArray[np.float32]:
    return head.weights[:, :-1] - head.weights[:, -1:] if _leads_alone(head) else head.weights


def _shares_of_rows(head: Head, rows: Floats, lead: Floats | None) -> Floats:
    """Turn products with the narrowed weights, a row a label, into shares, a row a text."""
    if lead is None:
        return head.shares(rows.T + head.bias)
    rows *= head.scale[0]
    rows += lead
    top = rows.max(axis=0, initial=0.0)
    shares = np.empty((len(rows) + 1, rows.shape[1]))
    np.exp(rows - top, out=shares[:-1])
    np.exp(-top, out=shares[-1])
    shares /= shares.sum(axis=0)
    turned: Floats = shares.T
    return turned


def _in_lines(weights: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return weights with columns of zeros behind them, so that few rows begin amid a line of memory."""
    rows, columns = weights.shape
    room = -(-columns // _LINE) * _LINE if columns > _LINE else 1 << (columns - 1).bit_length()
    held = np.zeros(rows * room + _LINE, dtype=np.float32)
    first = -held.ctypes.data % (4 * _LINE) // 4
    laid = held[first : first + rows * room].reshape(rows, room)
    laid[:, :columns] = weights
    return laid


def shares_of(points: Floats, *, is_choice: bool) -> Floats:
    """Return the softmax of each row, or the logistic function of each point."""
    if not is_choice:
        return 1 / (1 + np.exp(-np.clip(points, -_LARGEST, _LARGEST)))
    turned = np.ascontiguousarray(points.T)  # few labels, many rows: sums along rows of memory are faster
    turned = np.exp(turned - turned.max(axis=0, initial=-np.inf))
    turned /= turned.sum(axis=0)
    shares: Floats = turned.T
    return shares


def _temperature(points: Floats, truth: NDArray[np.bool_]) -> float:
    """Return the factor for which the true labels are likeliest, from 1/20 to 20."""
    if not len(points):
        return 1.0
    low, high = np.log(1 / 20), np.log(20.0)
    for _ in range(_STEPS):  # the likelihood has one peak in the factor: walk towards where it rises
        middle = (low + high) / 2
        shares = shares_of(np.exp(middle) * points, is_choice=True)
        low, high = (middle, high) if float(((truth - shares) * points).sum()) > 0 else (low, middle)
    return float(np.exp((low + high) / 2))


def _scale_and_shift(points: Floats, truth: NDArray[np.bool_]) -> tuple[float, Floats]:
    """Return the factor, and what is added to each label, for which the true labels are likeliest."""
    from scipy.optimize import minimize  # noqa: PLC0415 - applying a model needs it not

    def loss(found: Floats) -> tuple[float, Floats]:
        scaled = np.exp(found[0]) * points
        shares = shares_of(scaled + found[1:], is_choice=True)
        wrong = (shares - truth) / len(points)
        value = -np.log(np.maximum(shares[truth], 1e-300)).sum() / len(points)
        slope = np.concatenate([[(wrong * scaled).sum()], wrong.sum(axis=0)])
        return float(value + _RIDGE * (found @ found)), slope + 2 * _RIDGE * found

    found = minimize(loss, np.zeros(1 + points.shape[1]), jac=True, method="L-BFGS-B").x.round(6)
    return float(np.exp(found[0])), found[1:]


def _platt(points: Floats, truth: NDArray[np.bool_]) -> tuple[float, float]:
    """Fit the logistic function of one label's points (Platt 1999, with his smoothed targets)."""
    yes = float(truth.sum())
    no = len(truth) - yes
    if not yes or not no:
        return 1.0, 0.0
    wanted = np.where(truth, (yes + 1) / (yes + 2), 1 / (no + 2))
    both = np.column_stack([points, np.ones(len(points))])
    found = np.array([1.0, 0.0])
    for _ in range(_STEPS):
        shares = shares_of(both @ found, is_choice=False)
        slope = both.T @ (shares - wanted) + _RIDGE * (found - [1.0, 0.0])
        curve = (both * (shares * (1 - shares))[:, None]).T @ both + _RIDGE * np.eye(2)
        step = np.linalg.solve(curve, slope)
        found = found - step / max(1.0, float(np.abs(step).max()))
        if float(np.abs(step).max()) < 1e-10:
            break
    return max(float(found[0]), 0.0), float(found[1])
