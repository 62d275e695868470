"""What to believe of a trained model, as one page."""

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct

from discourse.plots import calibration_plot, learning_curve_plot, svg_of
from discourse.report.basis.rendering import render, run_facts
from discourse.report.basis.words import counted, listed

_GROUPS = {"thread": "thread", "author": "author", "row": "row"}
_KINDS = {"length": "Length", "target": "Target", "thread": "Thread", "author": "Author"}
_BASELINES = {
    "majority": "always the most common label",
    "lexicons": "the word lists of this program alone",
    "shipped": "the model that comes with this program",
}
_STILL_RISES = 0.01  # of macro-F1 in the last step of the learning curve
_CARD = ("data", "split", "languages", "date", "seed", "version", "sha256")
_TELLING = 20  # rows from which on scores can be compared with what came true
_FEW = 12  # labels up to which the confusion of all is shown


class Rate(Struct, frozen=True):
    """One method with what it reaches."""

    name: str
    macro_f1: str
    macro_f1_range: str
    accuracy: str
    accuracy_range: str
    is_model: bool


class LabelRate(Struct, frozen=True):
    """Figures of one label."""

    name: str
    precision: str
    recall: str
    f1: str
    rows: str
    given: str


class Cell(Struct, frozen=True):
    """One cell of the confusion matrix."""

    count: str
    share: float  # of its row, 0 to 100
    is_right: bool


def render_evaluation(figures: Mapping[str, Any], card: Mapping[str, Any]) -> str:
    """Render a model's figures as a page that stands alone.

    Parameters
    ----------
    figures
        As `evaluation.json` holds them.
    card
        The model's card, of which the origin and the limits are shown.
    """
    curve = figures.get("learning_curve", [])
    table = figures.get("evaluated")
    return render(
        "evaluation.html.j2",
        task=figures["task"],
        table=table and table["name"],
        lede=_lede(figures),
        notes=figures.get("notes", []),
        limits=figures["limits"] if table else card.get("limits", []),
        rates=_rates(figures),
        labels=_labels(figures["per_label"]),
        confusion=_confusion(figures),
        calibration_chart=_calibration_chart(figures),
        calibration_words=_calibration_words(figures),
        curve_chart=_curve_chart(figures, curve),
        curve_words=_curve_words(curve),
        slices=_slices(figures["slices"]),
        features=_features(figures.get("features", {})),
        run=run_facts({name: card[name] for name in _CARD if card.get(name) is not None}),
        judged=run_facts({**table, "seed": figures["seed"]}) if table else [],
        trained=card.get("limits", []) if table else [],
    )


def _lede(figures: Mapping[str, Any]) -> str:
    groups = counted(figures["groups"], _GROUPS.get(figures.get("grouped_by", "row"), "row"))
    rows = counted(figures["rows"], "labelled row")
    of = "" if figures.get("grouped_by", "row") == "row" else f" of {groups}"
    if "split" in figures:
        folds = figures["split"]["folds"]
        how = f"each judged by a model that learned from the other {folds - 1} of {folds} parts"
        return f"{rows}{of}{of and ', none of which stands in two parts'}; {how}."
    return f"{rows}{of}, judged by the model as it was trained before."


def _calibration_words(figures: Mapping[str, Any]) -> str:
    if figures["rows"] < _TELLING:
        return "Of so few rows it cannot be said."
    error = f"{figures['calibration']['error']:.3f}"
    return (
        "Of labels with a score of 0.7, seven in ten should hold. "
        f"On average scores and what came true are {error} apart."
    )


def _rates(figures: Mapping[str, Any]) -> list[Rate]:
    found = [_rate("this model", figures["figures"], is_model=True)]
    for name, words in _BASELINES.items():
        if name in figures.get("baselines", {}):
            baseline = figures["baselines"][name]
            found.append(_rate(_baseline_words(words, baseline), baseline, is_model=False))
    return found


def _baseline_words(words: str, baseline: Mapping[str, Any]) -> str:
    """Say of what was most common in training that it was that, and which labels these are."""
    if "labels" not in baseline:
        return words
    named = listed([f"“{label}”" for label in baseline["labels"]])
    return (
        f"always {named}, most common in training" if named else "never any label, as most rows in training"
    )


def _rate(name: str, figures: Mapping[str, Any], *, is_model: bool) -> Rate:
    return Rate(
        name,
        _two(figures["macro_f1"]),
        _range(figures["macro_f1_interval"]),
        _two(figures["accuracy"]),
        _range(figures["accuracy_interval"]),
        is_model,
    )


def _labels(per_label: Mapping[str, Mapping[str, Any]]) -> list[LabelRate]:
    return [
        LabelRate(
            name,
            _two(found["precision"]),
            _two(found["recall"]),
            _two(found["f1"]),
            f"{found['rows']:,}",
            f"{found['given']:,}",
        )
        for name, found in per_label.items()
    ]


def _confusion(figures: Mapping[str, Any]) -> list[tuple[str, list[Cell]]]:
    rows = figures.get("confusion", [])
    if not 0 < len(rows) <= _FEW:
        return []
    return [
        (
            label,
            [
                Cell(f"{count:,}", round(100 * count / max(1, sum(counts)), 1), place == column)
                for column, count in enumerate(counts)
            ],
        )
        for place, (label, counts) in enumerate(zip(figures["labels"], rows, strict=True))
    ]


def _calibration_chart(figures: Mapping[str, Any]) -> str:
    bins = figures["calibration"]["bins"]
    title = "Share of labels that held for each tenth of scores; the table says the same in words"
    return svg_of(calibration_plot(bins), prefix="calibration", title=title)


def _curve_chart(figures: Mapping[str, Any], curve: Sequence[Mapping[str, float]]) -> str:
    if not curve:
        return ""
    baselines = [found["macro_f1"] for found in figures.get("baselines", {}).values()]
    figure = learning_curve_plot(curve, max(baselines, default=None))
    return svg_of(figure, prefix="curve", title="Macro-F1 by the number of rows learned from")


def _curve_words(curve: Sequence[Mapping[str, float]]) -> str:
    if len(curve) < 2:
        return ""
    gain = curve[-1]["macro_f1"] - curve[-2]["macro_f1"]
    rows = f"from {curve[-2]['rows']:,.0f} to {curve[-1]['rows']:,.0f} rows"
    if gain >= _STILL_RISES:
        return f"Yes, probably: the last step, {rows}, brought {gain:.3f}."
    return f"Not much: the last step, {rows}, brought {gain:.3f}."


def _slices(rows: Sequence[Mapping[str, Any]]) -> list[tuple[str, list[tuple[str, str, str, str]]]]:
    found: dict[str, list[tuple[str, str, str, str]]] = {}
    for row in rows:
        line = (row["name"], f"{row['rows']:,}", _two(row["accuracy"]), _two(row["macro_f1"]))
        found.setdefault(_KINDS.get(row["kind"], row["kind"]), []).append(line)
    return list(found.items())


def _features(
    features: Mapping[str, Sequence[Mapping[str, Any]]],
) -> list[tuple[str, list[tuple[str, str, str]]]]:
    where = {
        "text": "",
        "opening": "in the first words",
        "parent": "in the post answered",
        "target": "in the target's name",
    }
    return [
        (label, [(row["words"], where.get(row["in"], row["in"]), f"{row['rows']:,}") for row in rows])
        for label, rows in features.items()
        if rows
    ]


def _two(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"


def _range(bounds: Sequence[float] | None) -> str:
    return "cannot be told" if bounds is None else f"{bounds[0]:.2f} to {bounds[1]:.2f}"
