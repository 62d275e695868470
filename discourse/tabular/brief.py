"""Figures of a model in a few lines for the terminal."""

from collections.abc import Iterator, Mapping
from typing import Any

from discourse.learn.evaluating import TELLING
from discourse.learn.examples import join_labels, number_of

WIDTH = 16  # characters of a line's name
_LABELS = 20  # that have a line each
_BASELINES = {"majority": "most common", "lexicons": "word lists", "shipped": "shipped model"}


def lines_of(figures: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield name and words of each line; names are cut to `WIDTH`, with a sign that they are."""
    for name, words in _lines(figures):
        yield name if len(name) <= WIDTH else f"{name[: WIDTH - 1]}…", words


def _lines(figures: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    main, rows = figures["figures"], figures["rows"]
    groups = ""
    if figures["grouped_by"] != "row":
        groups = f" of {number_of(figures['groups'], figures['grouped_by'])}"
    yield "rows", f"{rows:,}{groups}"
    for name, measure in (("macro-F1", "macro_f1"), ("accuracy", "accuracy")):
        yield name, _with_range(main[measure], main[f"{measure}_interval"], rows)
    for name, found in figures["baselines"].items():
        words = f"macro-F1 {found['macro_f1']:.3f}, accuracy {found['accuracy']:.3f}"
        yield _BASELINES.get(name, name), words + _in_training(found)
    labels = figures["per_label"]
    for name, found in list(labels.items())[:_LABELS]:
        numbers = ", ".join(f"{what} {_two(found[what])}" for what in ("precision", "recall", "f1"))
        yield name, f"{numbers}; {number_of(found['rows'], 'row')}"
    if len(labels) > _LABELS:
        yield "…", f"{number_of(len(labels) - _LABELS, 'more label')}, in evaluation.json"
    if rows >= TELLING:
        yield "calibration", f"scores are {figures['calibration']['error']:.3f} off on average"


def _in_training(baseline: Mapping[str, Any]) -> str:
    if "labels" not in baseline:
        return ""
    return f" (always {join_labels(baseline['labels']) or 'no label'}, as in training)"


def _with_range(value: float, bounds: list[float] | None, rows: int) -> str:
    if rows < TELLING:
        return f"{value:.3f}, of too few rows to judge by" + (_range(bounds) if bounds else "")
    return f"{value:.3f}" + (_range(bounds) if bounds else " (its range cannot be told)")


def _range(bounds: list[float]) -> str:
    return f" ({bounds[0]:.3f} to {bounds[1]:.3f})"


def _two(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"
