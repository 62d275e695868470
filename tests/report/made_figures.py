"""Figures of a made-up model, with everything in them that the page about a model shows."""

from typing import Any


def _main(macro_f1: float) -> dict[str, Any]:
    return {
        "macro_f1": macro_f1,
        "macro_f1_interval": [macro_f1 - 0.06, macro_f1 + 0.05],
        "accuracy": macro_f1 + 0.03,
        "accuracy_interval": [macro_f1 - 0.04, macro_f1 + 0.09],
    }


def _bins() -> list[dict[str, Any]]:
    return [
        {"share": 0.05 + place / 10, "rate": 0.1 + place / 12, "rows": 12 + 3 * place} for place in range(10)
    ]


def made_figures(
    *, task: str = "view of the pool", labels: tuple[str, ...] = ("for", "against", "unsure")
) -> Any:
    """Return what `evaluation.json` would hold of a model for `task` that tells `labels` apart."""
    each = {"precision": 0.71, "recall": 0.64, "f1": 0.67, "rows": 80, "given": 72}
    kinds = ("length", "target", "thread", "author")
    return {
        "task": task,
        "labels": list(labels),
        "rows": 240,
        "groups": 24,
        "grouped_by": "thread",
        "split": {"folds": 4},
        "figures": _main(0.66),
        "per_label": dict.fromkeys(labels, each),
        "confusion": [
            [50 if row == column else 10 + column for column in range(len(labels))]
            for row in range(len(labels))
        ],
        "calibration": {"error": 0.043, "bins": _bins()},
        "learning_curve": [{"rows": rows, "macro_f1": 0.4 + rows / 1000} for rows in (30, 60, 120, 240)],
        "baselines": {"majority": {**_main(0.21), "labels": [labels[0]]}, "lexicons": _main(0.41)},
        "slices": [
            {"kind": kind, "name": label, "rows": 80, "accuracy": 0.7, "macro_f1": 0.61}
            for kind in kinds
            for label in labels
        ],
        "features": {
            label: [
                {"words": f"{label} of it", "in": where, "rows": 9} for where in ("text", "opening", "parent")
            ]
            for label in labels
        },
        "limits": [f"English alone, of {labels[0]}."],
        "notes": [f"3 rows had no label, {labels[-1]} among them."],
    }


def made_card(words: str = "made-up comments") -> dict[str, Any]:
    """Return a model's card whose origin is `words`."""
    return {"data": [{"name": words, "licence": "CC0-1.0"}], "split": {"by": "thread"}, "date": "2026-11-22"}
