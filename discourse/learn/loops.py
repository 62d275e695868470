"""How likely a post is a turn of an argument loop, and an exchange of two authors one.

Three logistic regressions over features that a reader can name; `analysis/loops` works the features out,
`tests/evaluation/fit_loops.py` has learned the weights. What they were learned from and how well they do
stands on the card in `models/loops.json`.
"""

import json
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
import numpy.typing as npt
from msgspec import Struct

LANGUAGES = ("en",)
MODEL = "models/loops.json"


class Weights(Struct, frozen=True):
    """One logistic regression."""

    names: tuple[str, ...]  # of the features, in the order in which rows hold them
    weights: npt.NDArray[np.float64]
    bias: float

    def shares(self, rows: Sequence[Sequence[float]]) -> list[float]:
        """Return a share, 0 to 1, for each row of features, rounded to four decimals."""
        if not rows:
            return []
        # a sum of its own for each row: a product of matrices may add up otherwise where there are more rows
        points = (np.asarray(rows, dtype=np.float64) * self.weights).sum(axis=1) + self.bias
        shares: list[float] = np.round(1 / (1 + np.exp(-np.clip(points, -30, 30))), 4).tolist()
        return shares


class LoopModel(Struct, frozen=True):
    """What was learned of loops."""

    turn: Weights  # a post is a turn of a loop
    empty: Weights  # a post repeats its author's claim and brings nothing new
    exchange: Weights  # an exchange is a loop
    least_turn: float  # share from which a third person's post joins an exchange
    least_exchange: float  # share from which an exchange is taken for a loop
    card: dict[str, Any]


@cache
def shipped() -> LoopModel:
    """Return the model that the package ships."""
    given = json.loads(files("discourse.learn").joinpath(MODEL).read_text(encoding="utf-8"))
    return LoopModel(
        turn=_weights(given["turn"]),
        empty=_weights(given["empty"]),
        exchange=_weights(given["exchange"]),
        least_turn=given["least_turn"],
        least_exchange=given["least_exchange"],
        card=given["card"],
    )


def _weights(given: dict[str, Any]) -> Weights:
    return Weights(
        names=tuple(given["weights"]),
        weights=np.array(list(given["weights"].values()), dtype=np.float64),
        bias=float(given["bias"]),
    )
