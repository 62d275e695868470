"""Learn a user's own labels: strength chosen inside each training part, shares calibrated out of fold."""

from collections.abc import Callable

import numpy as np
from msgspec import Struct
from msgspec.structs import replace
from numpy.typing import NDArray

from discourse.errors import DiscourseError
from discourse.learn.examples import Examples, number_of
from discourse.learn.figures import chosen, cuts_of
from discourse.learn.inputs import Layout
from discourse.learn.linear import Floats, Head
from discourse.learn.ridge import Rows, Solver, one_thread, out_of_fold
from discourse.learn.splits import folds_of, part_of

STRENGTHS = (0.5, 1.0, 2.0, 4.0, 8.0, 16.0)
FOLDS = 5
_INNER = 3  # folds within a training part
_CHOOSING = 1_500  # rows at most by which a strength is chosen
LEAST_ROWS = 20
_LEAST_OF_A_LABEL = 2
_SHOWN = 60  # characters of a label that an error shows

Progress = Callable[[str], None]


class Settings(Struct, frozen=True):
    """What the user may set."""

    folds: int = FOLDS
    seed: int = 0


class Learned(Struct, frozen=True):
    """A model of one question, and what it said of rows while they were held out."""

    layout: Layout
    head: Head
    cuts: Floats  # one a label, see `figures.chosen`
    strength: float
    folds: NDArray[np.int64]  # of each row
    points: Floats  # of each row, by what the other folds taught
    shares: Floats  # the same, calibrated
    given: NDArray[np.bool_]  # the labels, likewise
    strengths: tuple[float, ...]  # chosen in each fold
    solver: Solver  # with all rows


def check(examples: Examples, where: str, folds: int) -> None:
    """Make sure that there is enough to learn from and to hold out.

    Raises
    ------
    DiscourseError
        Where there are too few rows, labels or groups.
    """
    problem = _lack(examples, folds)
    if problem is not None:
        raise DiscourseError(where=where, problem=problem[0], fix=problem[1])


def _lack(examples: Examples, folds: int) -> tuple[str, str] | None:
    if len(examples) < LEAST_ROWS:
        return (
            f"only {number_of(len(examples), 'row has', 'rows have')} a label, too few to learn from",
            f"Label {LEAST_ROWS} rows or more",
        )
    if len(examples.labels) < (2 if examples.is_choice else 1):
        names = ", ".join(examples.labels) or "none"
        return (
            f"there is only one label ({names}), so nothing to tell apart",
            "Label rows of another kind too",
        )
    for place, label in enumerate(examples.labels):
        rows = np.flatnonzero(examples.truth[:, place]).tolist()
        groups = {examples.groups[row] for row in rows}
        if len(groups) < _LEAST_OF_A_LABEL:
            fix = "Label more such rows, merge the label with another, or leave its rows out"
            shown = repr(label if len(label) <= _SHOWN else f"{label[:_SHOWN]}…")
            of = "only 1 row" if len(rows) == 1 else f"{len(rows):,} rows, all of one thread, author or text"
            return f"the label {shown} has {of}: it cannot be checked", fix
        if len(rows) == len(examples):
            return f"every row has the label {label!r}", "Label rows without it too"
    groups = set(examples.groups)
    if len(groups) < folds:
        fix = (
            f"Label more, or give --folds {len(groups)}"
            if len(groups) > 1
            else "Label rows of other threads too"
        )
        of = number_of(len(groups), "thread or author", "threads or authors")
        return f"its rows are of {of}, and {folds} folds need as many", fix
    return None


@one_thread()
def learn(examples: Examples, settings: Settings, progress: Progress = lambda _: None) -> Learned:
    """Cross-check, then fit all rows; the same examples and settings give the same model."""
    layout = Layout.for_inputs(examples.inputs)
    progress("counting words")
    matrix = layout.matrix(examples.inputs)
    solver = Solver(matrix, examples.truth, is_choice=examples.is_choice)
    folds = folds_of(examples.groups, examples.truth, folds=settings.folds, seed=settings.seed)
    points, strengths = _held_out(examples, solver, folds, settings, progress)
    progress("fitting all rows")
    everything = np.arange(len(examples))
    strength = choose_strength(examples, solver, everything, settings.seed)
    fitted = solver.fit(everything, strength)
    blank = Head.uncalibrated(
        examples.labels, fitted.weights(), fitted.bias.round(6), is_choice=examples.is_choice
    )
    head = _calibrated(blank, points, examples.truth)
    shares, given = _as_if_new(blank, points, examples, folds)
    cuts = cuts_of(head.shares(points), examples.truth, is_choice=examples.is_choice)
    return Learned(layout, head, cuts, strength, folds, points, shares, given, strengths, solver)


def _as_if_new(
    blank: Head, points: Floats, examples: Examples, folds: NDArray[np.int64]
) -> tuple[Floats, NDArray[np.bool_]]:
    """Return shares and labels of the rows of each fold, calibrated and cut by the rows of the others."""
    shares, given = np.zeros_like(points), np.zeros_like(examples.truth)
    for fold in np.unique(folds).tolist():
        held = folds == fold
        head = _calibrated(blank, points[~held], examples.truth[~held])
        known = head.shares(points[~held])
        cuts = cuts_of(known, examples.truth[~held], is_choice=examples.is_choice)
        shares[held] = head.shares(points[held])
        given[held] = chosen(shares[held], is_choice=examples.is_choice, cuts=cuts)
    return shares, given


def _held_out(
    examples: Examples, solver: Solver, folds: NDArray[np.int64], settings: Settings, progress: Progress
) -> tuple[Floats, tuple[float, ...]]:
    points = np.zeros(examples.truth.shape)
    strengths = []
    for fold in np.unique(folds).tolist():
        progress(f"checking part {fold + 1} of {settings.folds}")
        held = np.flatnonzero(folds == fold)
        rest = np.flatnonzero(folds != fold)
        strengths.append(choose_strength(examples, solver, rest, settings.seed))
        points[held] = solver.fit(rest, strengths[-1]).points(held)
    return points, tuple(strengths)


def labels_of_points(learned: Learned, points: Floats) -> NDArray[np.bool_]:
    """Return the labels that the model would give points of a lesser one."""
    shares = learned.head.shares(points)
    return chosen(shares, is_choice=learned.head.is_choice, cuts=learned.cuts)


def _calibrated(head: Head, points: Floats, truth: NDArray[np.bool_]) -> Head:
    fitted = head.calibrated(points, truth, with_shift=True)
    return replace(fitted, scale=fitted.scale.round(6), shift=fitted.shift.round(6))


def choose_strength(examples: Examples, solver: Solver, rows: Rows, seed: int) -> float:
    """Return the strength whose calibrated shares of held-out rows fit best, among some rows alone."""
    groups = [examples.groups[row] for row in rows.tolist()]
    if len(rows) > _CHOOSING:
        kept = part_of(groups, share=_CHOOSING / len(rows), seed=seed)
        if examples.truth[rows[kept]].any(axis=0).all():
            rows = rows[kept][: 2 * _CHOOSING]
            groups = [examples.groups[row] for row in rows.tolist()]
    truth = examples.truth[rows]
    folds = folds_of(groups, truth, folds=_INNER, seed=seed + 1)
    if len(np.unique(folds)) < 2:
        return STRENGTHS[len(STRENGTHS) // 2]
    part = solver.part(rows)
    losses = {
        strength: _loss(examples, out_of_fold(part, np.arange(len(rows)), folds.tolist(), strength), truth)
        for strength in STRENGTHS
    }
    return min(STRENGTHS, key=lambda strength: (losses[strength], -strength))


def _loss(examples: Examples, points: Floats, truth: NDArray[np.bool_]) -> float:
    """Return the mean logarithmic loss of calibrated points, four decimals."""
    nothing = np.zeros((0, len(examples.labels)))
    head = Head.uncalibrated(examples.labels, nothing, nothing.sum(axis=0), is_choice=examples.is_choice)
    shares = np.clip(head.calibrated(points, truth, with_shift=True).shares(points), 1e-6, 1 - 1e-6)
    if examples.is_choice:
        return round(float(-np.log(shares[truth]).mean()), 4)
    return round(float(-np.where(truth, np.log(shares), np.log(1 - shares)).mean()), 4)
