"""Boosted decision trees as plain arrays: learned elsewhere, evaluated with numpy alone."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
from msgspec import Struct

_ROWS = 2048  # rows walked through all trees at once, so that they stay in the processor's cache


class Trees(Struct, frozen=True):
    """Nodes of all trees in one row each; a leaf leads to itself."""

    roots: npt.NDArray[np.int64]
    feature: npt.NDArray[np.int64]
    threshold: npt.NDArray[np.float64]  # up to and with it: left
    left: npt.NDArray[np.int64]
    right: npt.NDArray[np.int64]
    value: npt.NDArray[np.float64]  # of a leaf; 0 within
    depth: int
    bias: float

    @classmethod
    def read(cls, given: Mapping[str, Any]) -> "Trees":
        """Build the trees from a model file's lists."""
        return cls(
            roots=np.array(given["roots"], dtype=np.int64),
            feature=np.array(given["feature"], dtype=np.int64),
            threshold=np.array(given["threshold"], dtype=np.float64),
            left=np.array(given["left"], dtype=np.int64),
            right=np.array(given["right"], dtype=np.int64),
            value=np.array(given["value"], dtype=np.float64),
            depth=int(given["depth"]),
            bias=float(given["bias"]),
        )

    def points(self, rows: npt.NDArray[np.floating]) -> npt.NDArray[np.float64]:
        """Return the sum of all trees for each row of features; log-odds where trees were so learned."""
        found = np.empty(len(rows))
        for begin in range(0, len(rows), _ROWS):
            found[begin : begin + _ROWS] = self._walk(rows[begin : begin + _ROWS])
        return found

    def _walk(self, rows: npt.NDArray[np.floating]) -> npt.NDArray[np.float64]:
        flat = np.ascontiguousarray(rows).ravel()
        first = (np.arange(len(rows)) * rows.shape[1])[:, np.newaxis]
        at = np.broadcast_to(self.roots, (len(rows), len(self.roots)))
        for _ in range(self.depth):
            values = flat.take(first + self.feature.take(at))
            at = np.where(values <= self.threshold.take(at), self.left.take(at), self.right.take(at))
        total: npt.NDArray[np.float64] = self.bias + self.value.take(at).sum(axis=1)
        return total
