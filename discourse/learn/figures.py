"""How often labels are wrong: figures of labels beside the truth, and what has been measured of our own."""

import json
import math
from collections.abc import Sequence
from importlib.resources import files
from typing import Any

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from discourse.learn.linear import Floats

DRAWS = 1_000  # of groups, for an interval
_AT_ONCE = 50
BINS = 10  # of shares, for calibration
_POWERS = (0.0, 0.25, 0.5, 0.75, 1.0)  # of how common labels are, that may be cuts
_LEAST_GAIN = 0.01  # of macro-F1, for which the largest share need not decide
_TAIL = 2.5  # per cent on either side of an interval
_Z = 1.96  # standard deviations that leave so much on either side

Flags = NDArray[np.bool_]


def error_rates() -> dict[str, str]:
    """Return for each label what was measured, on what, and how it came out: clauses parted by "; ".

    Labels that nobody has measured are left out; a report then says so. What was measured of a whole kind
    of labels stands under `layer.KIND`, such as `layer.reply`; its first clause begins with how many were
    right or found, as `N of M` or `N %`, where there is one such figure. What was audited for dialects
    stands under `audit.LABEL`.
    """
    rates: dict[str, str] = json.loads(_model_text("error_rates.json"))
    layers = json.loads(_model_text("layer_errors.json"))
    rates |= {f"layer.{kind}": layer["says"] for kind, layer in layers["layers"].items()}
    return rates | {f"audit.{label}": says for label, says in layers["audits"].items()}


def _model_text(name: str) -> str:
    return files("discourse.learn").joinpath("models", name).read_text(encoding="utf-8")


class Judged(Struct, frozen=True):
    """Rows with the labels that hold and those that were given, a row a text and a column a label."""

    labels: tuple[str, ...]
    truth: Flags
    given: Flags
    is_choice: bool

    @property
    def hits(self) -> Flags:
        """Which rows are right in every label."""
        return np.asarray((self.truth == self.given).all(axis=1))


def chosen(shares: Floats, *, is_choice: bool, cuts: Floats | None = None) -> Flags:
    """Return the labels that shares give, by a cut for each label.

    Labels that exclude nothing are given where the share reaches the cut (a half where None is given); of
    labels that exclude each other the one whose share is the most times its cut (the largest where None is
    given), and of two equal ones the first. Shares are taken to four decimals.
    """
    rounded = shares.round(4)
    if not is_choice:
        return np.asarray(rounded >= (0.5 if cuts is None else cuts))
    weighed = rounded if cuts is None else (rounded / cuts).round(4)
    given = np.zeros(shares.shape, dtype=np.bool_)
    given[np.arange(len(shares)), weighed.argmax(axis=1)] = True
    return given


def label_figures(judged: Judged) -> dict[str, dict[str, float | None]]:
    """Return precision, recall, F1 and the number of rows of each label; None where nothing counts."""
    found: dict[str, dict[str, float | None]] = {}
    for place, label in enumerate(judged.labels):
        truth, given = judged.truth[:, place], judged.given[:, place]
        both = float((truth & given).sum())
        found[label] = {
            "precision": _ratio(both, float(given.sum())),
            "recall": _ratio(both, float(truth.sum())),
            "f1": _ratio(2 * both, float(given.sum() + truth.sum())),
            "rows": int(truth.sum()),
            "given": int(given.sum()),
        }
    return found


def confusion(judged: Judged) -> list[list[int]]:
    """Return for each true label how many rows were given each; of labels that exclude each other."""
    counts: list[list[int]] = (judged.truth.T.astype(np.int64) @ judged.given.astype(np.int64)).tolist()
    return counts


def main_figures(judged: Judged, groups: Sequence[str], seed: int) -> dict[str, Any]:
    """Return macro-F1 and accuracy with intervals: what whole groups drawn again and again give.

    Labels that no row has and none was given count in no mean. Accuracy is the share of rows that are
    right in every label; its interval is never narrower than so many rows allow (Wilson 1927). An interval
    that cannot be had is None: of rows of one group, and that of macro-F1 where all draws give the same,
    which they do of a few rows without a mistake.
    """
    found: dict[str, Any] = {
        "macro_f1": 0.0,
        "macro_f1_interval": None,
        "accuracy": 0.0,
        "accuracy_interval": None,
    }
    if not len(judged.truth):
        return found
    known = {name: number for number, name in enumerate(dict.fromkeys(groups))}
    numbers = np.array([known[name] for name in groups], dtype=np.int64)
    counts = _counts(judged, numbers)
    macro, accuracy = _macro_and_accuracy(counts.sum(axis=0)[None])
    found |= {"macro_f1": _rounded(macro[0]), "accuracy": _rounded(accuracy[0])}
    if len(known) > 1:
        macros, accuracies = _macro_and_accuracy(_drawn_again(counts, seed))
        low, high = _interval(macros)
        found["macro_f1_interval"] = [low, high] if low < high else None
        least, most = _wilson(float(judged.hits.sum()), len(judged.hits))
        low, high = _interval(accuracies)
        found["accuracy_interval"] = [min(low, least), max(high, most)]
    return found


def _wilson(hits: float, rows: int) -> tuple[float, float]:
    """Return between what the true share of hits lies, 95 times of 100, where rows are drawn one by one."""
    middle = (hits + _Z * _Z / 2) / (rows + _Z * _Z)
    half = _Z / (rows + _Z * _Z) * math.sqrt(hits * (rows - hits) / rows + _Z * _Z / 4)
    return _rounded(max(0.0, middle - half)), _rounded(min(1.0, middle + half))


def _drawn_again(counts: Floats, seed: int) -> Floats:
    """Return the sums of as many groups as there are, drawn with repeats, `DRAWS` times."""
    rng = np.random.default_rng(seed)
    size = len(counts)
    parts = [
        np.tensordot(
            rng.multinomial(size, np.full(size, 1 / size), size=_AT_ONCE).astype(np.float64), counts, 1
        )
        for _ in range(DRAWS // _AT_ONCE)
    ]
    return np.concatenate(parts)


def _counts(judged: Judged, numbers: NDArray[np.int64]) -> Floats:
    """Return for each group, a row a label and one for all: rows right, given and true."""
    both = judged.truth & judged.given
    ones = np.ones(len(numbers))
    columns = [
        np.column_stack([both, judged.hits]),
        np.column_stack([judged.given, ones]),
        np.column_stack([judged.truth, ones]),
    ]
    counts = np.zeros((int(numbers.max()) + 1, len(judged.labels) + 1, 3))
    for place, column in enumerate(columns):
        np.add.at(counts[:, :, place], numbers, column.astype(np.float64))
    return counts


def _macro_and_accuracy(counts: Floats) -> tuple[Floats, Floats]:
    right, given, true = (counts[:, :, place] for place in range(3))
    named = (given + true)[:, :-1]
    f1 = 2 * right[:, :-1] / np.maximum(named, 1)
    macro: Floats = f1.sum(axis=1) / np.maximum((named > 0).sum(axis=1), 1)
    accuracy: Floats = right[:, -1] / np.maximum(true[:, -1], 1)
    return macro, accuracy


def calibration(shares: Floats, truth: Flags, *, is_choice: bool) -> dict[str, Any]:
    """Say how often labels hold beside what their shares say.

    Of labels that exclude each other the largest share of each row is looked at, else every share.

    Returns
    -------
    dict
        `error`: the expected calibration error, the mean distance of the two in tenths of shares that
        hold any, by how many they hold; `bins`: for each its bounds, rows, mean share and rate.
    """
    if is_choice:
        best = shares.round(4).argmax(axis=1)
        rows = np.arange(len(shares))
        said, held = shares[rows, best], truth[rows, best]
    else:
        said, held = shares.ravel(), truth.ravel()
    places = np.minimum((said * BINS).astype(np.int64), BINS - 1)
    bins = []
    for place in range(BINS):
        inside = places == place
        if inside.any():
            bins.append(
                {
                    "low": place / BINS,
                    "high": (place + 1) / BINS,
                    "rows": int(inside.sum()),
                    "share": _rounded(said[inside].mean()),
                    "rate": _rounded(held[inside].mean()),
                }
            )
    error = sum(abs(b["share"] - b["rate"]) * b["rows"] for b in bins) / max(1, len(said))
    return {"error": _rounded(error), "bins": bins}


def cuts_of(shares: Floats, truth: Flags, *, is_choice: bool) -> Floats:
    """Return the cuts by which shares give the best F1, on average over labels.

    Labels that exclude each other get cuts only by how common they are, and none (all 1) where that
    gains little: then the largest share decides.
    """
    if not is_choice:
        return np.array([_best_cut(shares[:, k].round(4), truth[:, k]) for k in range(shares.shape[1])])
    common = (truth.sum(axis=0) + 1) / (len(truth) + truth.shape[1])
    tried = [(common / common.max()) ** power for power in _POWERS]
    gains = [_macro_f1(truth, chosen(shares, is_choice=True, cuts=cuts)) for cuts in tried]
    best = max(range(len(tried)), key=lambda place: (gains[place], -place))
    found: Floats = tried[best] if gains[best] > gains[0] + _LEAST_GAIN else tried[0]
    return found.round(4)


def _macro_f1(truth: Flags, given: Flags) -> float:
    right, named = (truth & given).sum(axis=0), truth.sum(axis=0) + given.sum(axis=0)
    return _rounded((2 * right / np.maximum(named, 1)).mean())


def _best_cut(shares: Floats, truth: Flags) -> float:
    if not truth.any() or truth.all():
        return 0.5
    tried = np.unique(shares)
    order = np.sort(shares)
    given = len(shares) - np.searchsorted(order, tried)
    right = truth.sum() - np.searchsorted(np.sort(shares[truth]), tried)
    f1 = (2 * right / (given + truth.sum())).round(6)
    # of shares that do as well the middle one: the ends are chance
    best = tried[f1 == f1.max()]
    return min(max(float(best[len(best) // 2]), 0.02), 0.98)


def _interval(values: Floats) -> list[float]:
    return [_rounded(value) for value in np.percentile(values, [_TAIL, 100 - _TAIL])]


def _ratio(part: float, whole: float) -> float | None:
    return _rounded(part / whole) if whole else None


def _rounded(value: Any) -> float:
    return round(float(value), 4)
