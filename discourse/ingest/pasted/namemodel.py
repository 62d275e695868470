"""The weights by which a bare page's names are told (`profiles/bare-names.toml`)."""

from functools import lru_cache

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from discourse.ingest.pasted.cues import CUES, SECOND
from discourse.ingest.words import load_words


class NameModel(Struct, frozen=True):
    """Weights that turn cues into log odds of being a name."""

    prices: dict[str, float]  # of the path over the page
    first: NDArray[np.float64]  # one weight a cue
    hidden: NDArray[np.float64]  # one row a hidden unit, one column a cue
    bias: NDArray[np.float64]
    out: NDArray[np.float64]
    out_bias: float

    def first_odds(self, rows: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return log odds from a line's own cues."""
        odds: NDArray[np.float64] = rows @ self.first
        return odds

    def second_odds(self, rows: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return log odds from its own cues and from the first odds around it."""
        odds: NDArray[np.float64] = (
            np.maximum(rows @ self.hidden.T + self.bias, 0.0) @ self.out + self.out_bias
        )
        return odds


@lru_cache
def name_model() -> NameModel:
    """Load the weights that the package carries, checked to be of the cues that the code has."""
    content = load_words("bare-names")
    first, second = content["first"], content["second"]
    if first["cues"] != list(CUES) or second["cues"] != [*CUES, *SECOND]:
        raise ValueError("profiles/bare-names.toml was learned from other cues than those of cues.py")
    return NameModel(
        prices={name: float(price) for name, price in content["prices"].items()},
        first=np.array(first["weights"], dtype=float),
        hidden=np.array(second["hidden"], dtype=float),
        bias=np.array(second["bias"], dtype=float),
        out=np.array(second["out"], dtype=float),
        out_bias=float(second["out_bias"]),
    )
