"""What a model must beat: always the same label, and word lists alone."""

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray
from scipy import sparse

from discourse.learn.examples import Examples
from discourse.learn.figures import chosen, cuts_of
from discourse.learn.linear import Floats
from discourse.learn.ridge import Solver
from discourse.lexicon import Lexicons, load_lexicons
from discourse.text.normalise import fold

LEXICONS = (
    "agreement_cues",
    "stance_words",
    "appeals",
    "boosters",
    "evidence_cues",
    "hedges",
    "insults",
    "loaded_language",
    "moves",
)
_STRENGTH = 1.0


def majority(examples: Examples, folds: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Give every row what is most common in the other folds: one label, or all that most rows have."""
    given = np.zeros_like(examples.truth)
    for fold_ in np.unique(folds).tolist():
        held = folds == fold_
        given[held] = usual(examples.truth[~held], is_choice=examples.is_choice)
    return given


def usual(truth: NDArray[np.bool_], *, is_choice: bool) -> NDArray[np.bool_]:
    """Return the label that most rows have, the first of equals; or all that more than half have."""
    common = truth.sum(axis=0)
    if not is_choice:
        return np.asarray(2 * common > len(truth))
    return np.asarray(np.arange(truth.shape[1]) == common.argmax())


def by_lexicons(examples: Examples, folds: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Give each row what the lists' labels in its text say, by what the other folds teach of them."""
    solver = Solver(listed(examples.inputs.texts), examples.truth, is_choice=examples.is_choice)
    given = np.zeros_like(examples.truth)
    for fold_ in np.unique(folds).tolist():
        held, rest = np.flatnonzero(folds == fold_), np.flatnonzero(folds != fold_)
        fitted = solver.fit(rest, _STRENGTH)
        given[held] = _given(examples, fitted.points(held), fitted.points(rest), rest)
    return given


def _given(examples: Examples, points: Floats, known: Floats, rest: NDArray[np.int64]) -> NDArray[np.bool_]:
    if examples.is_choice:
        return chosen(points, is_choice=True)
    cuts = cuts_of(known, examples.truth[rest], is_choice=False)
    return chosen(points, is_choice=False, cuts=cuts)


class Lists(Struct, frozen=True):
    """What the word lists' labels teach of a task: the baseline that goes with a model, for other tables."""

    names: tuple[str, ...]  # such as "hedges.hedge", one a row of the weights
    weights: Floats  # names × labels
    bias: Floats
    cuts: Floats | None  # None where labels exclude each other

    @classmethod
    def taught_by(cls, examples: Examples) -> "Lists":
        """Learn from all rows."""
        solver = Solver(listed(examples.inputs.texts), examples.truth, is_choice=examples.is_choice)
        rows = np.arange(len(examples))
        fitted = solver.fit(rows, _STRENGTH)
        cuts = None if examples.is_choice else cuts_of(fitted.points(rows), examples.truth, is_choice=False)
        weights = fitted.weights().astype(np.float64).round(6)
        return cls(list_names(), weights, fitted.bias.round(6), cuts)

    def given(self, texts: Sequence[str]) -> NDArray[np.bool_]:
        """Return the labels of texts; lists that have come since, or are gone, say nothing."""
        places = {name: place for place, name in enumerate(list_names())}
        weights = np.zeros((len(places), self.weights.shape[1]))
        for name, row in zip(self.names, self.weights, strict=True):
            if name in places:
                weights[places[name]] = row
        points = np.asarray(listed(texts) @ weights) + self.bias
        return chosen(points, is_choice=self.cuts is None, cuts=self.cuts)

    def packed(self) -> dict[str, NDArray[Any]]:
        """Return the arrays to keep; the names go onto the card."""
        cuts = np.zeros(0) if self.cuts is None else self.cuts
        return {"lists.weights": self.weights, "lists.bias": self.bias, "lists.cuts": cuts}

    @classmethod
    def unpacked(cls, arrays: Mapping[str, NDArray[Any]], names: Sequence[str], labels: int) -> "Lists":
        """Build from what `packed` returned.

        Raises
        ------
        KeyError, ValueError
            Where the arrays are not such ones.
        """
        weights, bias, cuts = (
            arrays[f"lists.{name}"].astype(np.float64) for name in ("weights", "bias", "cuts")
        )
        if weights.shape != (len(names), labels) or bias.shape != (labels,) or len(cuts) not in (0, labels):
            raise ValueError("the lists' weights are of another shape")
        return cls(tuple(map(str, names)), weights, bias, cuts if len(cuts) else None)


def list_names() -> tuple[str, ...]:
    """Return what `listed` counts, column by column, as "list.label"."""
    lexicons = _lexicons().by_name.values()
    return tuple(sorted(f"{lexicon.name}.{label}" for lexicon in lexicons for label in lexicon.labels))


def listed(texts: Sequence[str]) -> sparse.csr_array:
    """Count how often each label of each list stands in each text, as logarithms."""
    lexicons = _lexicons()
    names = list_names()
    places = {name: place for place, name in enumerate(names)}
    rows: list[int] = []
    columns: list[int] = []
    values: list[float] = []
    for row, text in enumerate(texts):
        found = Counter(f"{match.lexicon.name}.{match.label}" for match in lexicons.match(fold(text)))
        for name, count in sorted(item for item in found.items() if item[0] in places):
            rows.append(row)
            columns.append(places[name])
            values.append(float(np.log1p(count)))
    return sparse.csr_array((values, (rows, columns)), shape=(len(texts), len(names)), dtype=np.float64)


@cache
def _lexicons() -> Lexicons:
    return load_lexicons(names=LEXICONS)
