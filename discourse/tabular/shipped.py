"""What the models that come with the program would reach on a user's own labels of the same question."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from discourse.learn.evaluating import judged_of
from discourse.learn.examples import Examples
from discourse.learn.figures import chosen, main_figures
from discourse.tabular.layers import ReplyLayer, Rows, StanceLayer

# what people call the labels of the codebook
_NAMES: dict[str, Mapping[str, str]] = {
    "reply": {
        "agree": "agree",
        "disagree": "disagree",
        "neither": "neither",
        "neutral": "neither",
        "none": "neither",
    },
    "stance": {
        **dict.fromkeys(("favor", "favour", "for", "pro"), "favor"),
        **dict.fromkeys(("against", "anti", "con"), "against"),
        **dict.fromkeys(("none", "neutral", "neither"), "none"),
    },
}


def shipped_figures(task: str, examples: Examples, seed: int) -> dict[str, Any] | None:
    """Return macro-F1 and accuracy of our own model; None where it has no such labels or lacks an input.

    Of its labels only those count that the table has.
    """
    meant = [_NAMES.get(task, {}).get(label.lower()) for label in examples.labels]
    other = examples.inputs.parents if task == "reply" else examples.inputs.targets
    if not examples.is_choice or None in meant or len(set(meant)) < len(meant) or other is None:
        return None
    shares = _shares(task, examples, [str(label) for label in meant])
    return main_figures(judged_of(examples, chosen(shares, is_choice=True)), examples.groups, seed)


def _shares(task: str, examples: Examples, meant: Sequence[str]) -> Any:
    layer = ReplyLayer() if task == "reply" else StanceLayer()
    columns = dict(zip(layer.columns, layer.label(Rows.of(examples.inputs)), strict=True))
    found = [columns[f"{task}.{label}"] for label in meant]
    return np.array([[share or 0.0 for share in column] for column in found]).T
