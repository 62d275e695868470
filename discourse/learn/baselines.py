"""What a model must beat: always the same label, and word lists alone."""

from collections import Counter
from collections.abc import Sequence
from functools import cache

import numpy as np
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


def listed(texts: Sequence[str]) -> sparse.csr_array:
    """Count how often each label of each list stands in each text, as logarithms."""
    lexicons = _lexicons()
    names = sorted((lexicon.name, label) for lexicon in lexicons.by_name.values() for label in lexicon.labels)
    places = {name: place for place, name in enumerate(names)}
    rows: list[int] = []
    columns: list[int] = []
    values: list[float] = []
    for row, text in enumerate(texts):
        found = Counter((match.lexicon.name, match.label) for match in lexicons.match(fold(text)))
        for name, count in sorted(item for item in found.items() if item[0] in places):
            rows.append(row)
            columns.append(places[name])
            values.append(float(np.log1p(count)))
    return sparse.csr_array((values, (rows, columns)), shape=(len(texts), len(names)), dtype=np.float64)


@cache
def _lexicons() -> Lexicons:
    return load_lexicons(names=LEXICONS)
