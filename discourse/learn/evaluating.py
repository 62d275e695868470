"""What to believe of a model: figures on held-out rows beside baselines, and where it goes wrong."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from discourse.learn import baselines
from discourse.learn.examples import Examples, number_of
from discourse.learn.figures import (
    Judged,
    calibration,
    confusion,
    label_figures,
    main_figures,
)
from discourse.learn.inputs import ANCHOR
from discourse.learn.linear import Floats
from discourse.learn.ridge import one_thread
from discourse.learn.splits import part_of
from discourse.learn.training import Learned, Progress, labels_of_points

SHARES = (0.1, 0.25, 0.5, 0.75)  # of each training part, for the learning curve
LENGTHS = ((0, 10), (11, 25), (26, 60), (61, 150), (151, None))  # words
_SLICES = 12  # threads, authors or targets that are shown
_LEAST_OF_SLICE = 5  # rows
_TOLD = 15  # features a label
_GAIN = 0.01  # of macro-F1 in the last step of the curve, from which more labels would help
_CURVE_SEED = 7
TELLING = 20  # rows from which on figures say something
_NAMED = 8  # labels that a sentence names


def judged_of(examples: Examples, given: NDArray[np.bool_]) -> Judged:
    """Put what was given beside what holds."""
    return Judged(examples.labels, examples.truth, given, examples.is_choice)


@one_thread()
def evaluation(
    task: str, examples: Examples, learned: Learned, seed: int, progress: Progress = lambda _: None
) -> dict[str, Any]:
    """Return all figures of a model that was just trained, fit for JSON; each row judged while held out."""
    progress("baselines")
    found = base_figures(task, examples, learned.shares, learned.given, seed)
    found["split"] = {
        "folds": int(learned.folds.max()) + 1,
        "rows": np.bincount(learned.folds).tolist(),
        "strengths": list(learned.strengths),
    }
    found["baselines"] = {
        "majority": _main(examples, baselines.majority(examples, learned.folds), seed),
        "lexicons": _main(examples, baselines.by_lexicons(examples, learned.folds), seed),
    }
    progress("learning curve")
    found["learning_curve"] = learning_curve(examples, learned, seed)
    progress("telling words")
    found["features"] = telling(examples, learned)
    return found


def base_figures(
    task: str, examples: Examples, shares: Floats, given: NDArray[np.bool_], seed: int
) -> dict[str, Any]:
    """Return the figures that need the rows and what was said of them alone."""
    judged = judged_of(examples, given)
    found: dict[str, Any] = {
        "task": task,
        "labels": list(examples.labels),
        "single_choice": examples.is_choice,
        "rows": len(examples),
        "groups": len(set(examples.groups)),
        "seed": seed,
        "figures": main_figures(judged, examples.groups, seed),
        "per_label": label_figures(judged),
        "calibration": calibration(shares, examples.truth, is_choice=examples.is_choice),
        "slices": slices(examples, given),
    }
    if examples.is_choice:
        found["confusion"] = confusion(judged)
    return found


def doubts(figures: Mapping[str, Any]) -> list[str]:
    """Say in sentences what the figures of a table cannot tell, and how little they may be worth."""
    rows, said = figures["rows"], []
    if rows < TELLING:
        said.append(f"{number_of(rows, 'row')}: too few to judge the model by. Take {TELLING} or more.")
    if figures["groups"] < 2:
        said.append("All rows belong together, so no range can be computed.")
    counts = {label: found["rows"] for label, found in figures["per_label"].items()}
    there = [label for label, count in counts.items() if count]
    missing = [label for label, count in counts.items() if not count]
    if figures["single_choice"] and len(there) == 1:
        said.append(
            f"Every row has the label {there[0]!r}: whether the model can tell it from others is not to be "
            "seen here, and always giving it would look perfect."
        )
    elif missing:
        said.append(f"No row has the label {_some(missing)}: of these nothing can be said.")
    rare = [f"{label!r} ({count})" for label, count in counts.items() if 0 < count < _LEAST_OF_SLICE]
    if rare and rows >= TELLING:
        said.append(f"Few rows have the label {_first_of(rare)}: its own figures say next to nothing.")
    main, baselines = figures["figures"], figures["baselines"].values()
    if main["macro_f1"] <= max((found["macro_f1"] for found in baselines), default=-1.0):
        said.append("On these rows the model does no better than a baseline.")
    return said


def _some(labels: Sequence[str]) -> str:
    return _first_of([repr(label) for label in labels])


def _first_of(words: Sequence[str]) -> str:
    more = f" and {len(words) - _NAMED:,} more" if len(words) > _NAMED else ""
    return ", ".join(words[:_NAMED]) + more


def _main(examples: Examples, given: NDArray[np.bool_], seed: int) -> dict[str, Any]:
    return main_figures(judged_of(examples, given), examples.groups, seed)


def learning_curve(examples: Examples, learned: Learned, seed: int) -> list[dict[str, float]]:
    """Return what models of parts of the rows reach on the same held-out rows; the last point is of all."""
    curve = []
    for share in SHARES:
        given = np.zeros_like(examples.truth)
        sizes = []
        for fold in np.unique(learned.folds).tolist():
            held, rest = np.flatnonzero(learned.folds == fold), np.flatnonzero(learned.folds != fold)
            groups = [examples.groups[row] for row in rest.tolist()]
            part = rest[part_of(groups, share=share, seed=seed + _CURVE_SEED)]
            fitted = learned.solver.fit(part, learned.strength)
            sizes.append(len(part))
            given[held] = labels_of_points(learned, fitted.points(held))
        figures = _main(examples, given, seed)
        curve.append({"rows": round(float(np.mean(sizes))), "macro_f1": figures["macro_f1"]})
    whole = _main(examples, labels_of_points(learned, learned.points), seed)
    rows = len(examples) - len(examples) / len(np.unique(learned.folds))
    return [*curve, {"rows": round(rows), "macro_f1": whole["macro_f1"]}]


def would_more_help(curve: Sequence[Mapping[str, float]]) -> bool:
    """Say whether the curve still rises at its end."""
    return len(curve) > 1 and curve[-1]["macro_f1"] - curve[-2]["macro_f1"] >= _GAIN


def slices(examples: Examples, given: NDArray[np.bool_]) -> list[dict[str, Any]]:
    """Return accuracy and macro-F1 by length, target, thread and author; the largest of each kind."""
    found = []
    for kind, names in _slicings(examples):
        members: dict[str, list[int]] = {}
        for row, name in enumerate(names):
            if name:
                members.setdefault(name, []).append(row)
        wanted = [name for name in members if len(members[name]) >= _LEAST_OF_SLICE]
        if kind != "length":
            wanted = sorted(wanted, key=lambda name: (-len(members[name]), name))[:_SLICES]
        else:
            wanted = [name for name in map(_bounds, LENGTHS) if name in wanted]
        for name in wanted:
            rows = members[name]
            judged = Judged(examples.labels, examples.truth[rows], given[rows], examples.is_choice)
            macro, accuracy = _quick(judged)
            found.append(
                {"kind": kind, "name": name, "rows": len(rows), "accuracy": accuracy, "macro_f1": macro}
            )
    return found


def _slicings(examples: Examples) -> Iterator[tuple[str, Sequence[str]]]:
    yield "length", [_length(text) for text in examples.inputs.texts]
    if examples.inputs.targets is not None:
        yield "target", examples.inputs.targets
    if examples.threads is not None:
        yield "thread", examples.threads
    if examples.authors is not None:
        yield "author", examples.authors


def _length(text: str) -> str:
    words = len(text.split())
    return next(_bounds(bounds) for bounds in LENGTHS if bounds[1] is None or words <= bounds[1])


def _bounds(bounds: tuple[int, int | None]) -> str:
    low, high = bounds
    return f"{low} words or more" if high is None else f"{low} to {high} words"


def _quick(judged: Judged) -> tuple[float, float]:
    named = [figure["f1"] for figure in label_figures(judged).values() if figure["f1"] is not None]
    macro = sum(named) / max(1, len(named))
    return round(macro, 4), round(float(judged.hits.mean()), 4)


def telling(examples: Examples, learned: Learned) -> dict[str, list[dict[str, Any]]]:
    """Return for each label the words that speak most for it, with how many rows have them.

    Weights stand on hashes: words are looked up in the texts at hand, those of three rows or more.
    """
    weights = learned.head.weights
    if examples.is_choice:
        weights = weights - weights.mean(axis=1, keepdims=True)
    found: dict[str, list[dict[str, Any]]] = {label: [] for label in examples.labels}
    first = 0
    for block in learned.layout.blocks:
        part = weights[first : first + block.space.columns]
        first += block.space.columns
        if block.space.words is None:
            continue
        counts = np.bincount(block.matrix(examples.inputs).indices, minlength=block.space.columns)
        told = part * np.sqrt(counts * (counts >= 3))[:, None] * block.scale
        best = {k: np.lexsort((np.arange(len(told)), -told[:, k]))[:_TOLD] for k in range(part.shape[1])}
        names = block.names(examples.inputs, np.unique(np.concatenate([*best.values()])).tolist())
        for place, label in enumerate(examples.labels):
            found[label] += [
                {
                    "words": names[column].removeprefix(f"{ANCHOR} "),
                    "in": block.reads,
                    "weight": round(float(part[column, place]), 4),
                    "rows": int(counts[column]),
                    "told": float(told[column, place]),
                }
                for column in best[place].tolist()
                if names.get(column, ANCHOR) != ANCHOR and told[column, place] > 0
            ]
    return {label: _first(rows) for label, rows in found.items()}


def _first(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    key: Callable[[dict[str, Any]], Any] = lambda row: (-round(row["told"], 6), row["words"])  # noqa: E731
    return [{k: v for k, v in row.items() if k != "told"} for row in sorted(rows, key=key)[:_TOLD]]
