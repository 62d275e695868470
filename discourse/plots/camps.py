"""Who disputes with whom: two camps side by side, a line for each two who answer each other."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from discourse.plots.style import AGAINST, FAVOR, INK, PAPER, SOFT, label, quiet_style

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MANY = 40  # authors whom one figure can show
_ROW = 0.27  # inches between two names
_WIDE, _WIDER = 1.75, 3.3  # inches between the two camps, alone and with others between them
_CROWD = 40  # lines from which all are thinner
_EDGE = 0.03  # of the width, between a name's sign and the edge
_STEPS = np.linspace(0, 1, 25)
_STRONGER = (2, 5, 10)  # replies from which a line is stronger
_COLUMNS = {1: 0.0, 0: 0.5, 2: 1.0}
_LOOKS: dict[str, tuple[str, Any, float]] = {  # colour, dashes, opacity; the later lie above
    "neither": (SOFT, "solid", 0.4),
    "disagree": (AGAINST[2], "solid", 0.9),
    "agree": (FAVOR[2], (0, (3.2, 2.2)), 1.0),
}
Place = tuple[float, float]


def camp_ties(members: pd.DataFrame, ties: pd.DataFrame) -> "Figure":
    """Draw two columns of names with those not placed between, and a line for each two who answer each other.

    Solid lines are disputes, dashed ones agreement, pale ones neither; a line is as
    strong as there are replies: one, 2 to 4, 5 to 9, or more. Signs of doubtful members
    are hollow and their names slanted; whoever is in no camp has a small diamond.

    Parameters
    ----------
    members
        ``author``, ``camp`` (1, 2 or 0 for none) and ``is_sure``, a row an author, in the
        order in which they shall stand; the first `MANY` are drawn.
    ties
        ``first``, ``second``, ``label`` (disagree, agree or neither) and ``replies``, a
        row for each two authors.
    """
    shown = members.head(MANY)
    groups = {camp: shown[shown["camp"] == camp] for camp in _COLUMNS}
    with quiet_style():
        from matplotlib.figure import Figure  # noqa: PLC0415

        rows = max(1, len(groups[1]), len(groups[2]), 2 * len(groups[0]))
        figure = Figure(figsize=(_WIDER if len(groups[0]) else _WIDE, _ROW * (rows + 1)))
        axes = figure.add_axes((0.0, 0.0, 1.0, 1.0))
        axes.set(xlim=(0, 1), ylim=(rows - 0.5, -1.5))
        axes.set_axis_off()
        heights = {camp: _spread(len(group), rows) for camp, group in groups.items()}
        places = {
            author: (_COLUMNS[camp], float(height))
            for camp, group in groups.items()
            for author, height in zip(group["author"], heights[camp], strict=True)
        }
        _draw_ties(axes, places, ties)
        for camp, group in groups.items():
            _write_camp(axes, camp, heights[camp], group)
        return figure


def _spread(count: int, rows: int) -> np.ndarray:
    """Return heights that spread so many names over so many rows; few stand away from both ends."""
    if count > rows / 2 and count > 1:
        return np.linspace(0, rows - 1, count)
    return (np.arange(count) + 0.5) * rows / max(count, 1) - 0.5


def _draw_ties(axes: "Axes", places: dict[str, Place], ties: pd.DataFrame) -> None:
    from matplotlib.collections import LineCollection  # noqa: PLC0415

    strength = 1.0 if len(ties) <= _CROWD else 0.7
    for order, (said, (colour, dashes, opacity)) in enumerate(_LOOKS.items(), start=1):
        own = ties[ties["label"] == said]
        pairs = zip(own["first"].tolist(), own["second"].tolist(), own["replies"].tolist(), strict=True)
        drawn = [(places[one], places[two], n) for one, two, n in pairs if one in places and two in places]
        if drawn:
            axes.add_collection(
                LineCollection(
                    [_path(one, two) for one, two, _ in drawn],
                    colors=colour,
                    alpha=opacity,
                    linestyles=dashes,
                    linewidths=[strength * _width(replies) for _, _, replies in drawn],
                    zorder=order,
                    clip_on=False,
                ),
                autolim=False,
            )


def _width(replies: int) -> float:
    return 0.7 + 0.75 * sum(replies >= step for step in _STRONGER)


def _path(one: Place, other: Place) -> Sequence[Place]:
    """Return a straight way between two columns, and one that bulges inwards within one."""
    if one[0] != other[0]:
        return [(_across(one[0]), one[1]), (_across(other[0]), other[1])]
    down = one[1] + (other[1] - one[1]) * _STEPS
    bulge = min(0.3, 0.08 + 0.03 * abs(one[1] - other[1])) * np.sin(np.pi * _STEPS)
    across = one[0] - bulge if one[0] == 1 else one[0] + bulge
    return [(_across(x), y) for x, y in zip(across.tolist(), down.tolist(), strict=True)]


def _across(share: float) -> float:
    return _EDGE + (1 - 2 * _EDGE) * share


def _write_camp(axes: "Axes", camp: int, heights: np.ndarray, group: pd.DataFrame) -> None:
    at = _across(_COLUMNS[camp])
    sure = group["is_sure"].to_numpy(dtype=bool)
    for flags, fill in ((sure, INK), (~sure, PAPER)):
        axes.plot(
            np.full(int(flags.sum()), at),
            heights[flags],
            linestyle="none",
            marker={1: "o", 2: "s", 0: "D"}[camp],
            markersize=5 if camp else 3.6,
            markerfacecolor=fill,
            markeredgecolor=INK,
            markeredgewidth=0.8,
            zorder=6,
            clip_on=False,
        )
    if camp:
        _write_names(axes, camp, heights, group)
    else:
        _write_between(axes, heights, group["author"].tolist())


def _write_names(axes: "Axes", camp: int, heights: np.ndarray, group: pd.DataFrame) -> None:
    at, towards = (-0.04, "right") if camp == 1 else (1.04, "left")
    axes.text(at, -1, f"Camp {camp}", ha=towards, va="center", fontsize=9, fontweight="bold")
    for height, name, is_sure in zip(heights, group["author"], group["is_sure"], strict=True):
        colour, style = (INK, "normal") if is_sure else (SOFT, "italic")
        axes.text(
            at, height, label(name, 17), ha=towards, va="center", fontsize=9, color=colour, fontstyle=style
        )


def _write_between(axes: "Axes", heights: np.ndarray, names: list[str]) -> None:
    if names:
        axes.text(0.5, -1, "not placed", ha="center", va="center", fontsize=9, color=SOFT)
    for height, name in zip(heights, names, strict=True):
        # paper behind the name, so that lines do not run through it
        behind = {"facecolor": PAPER, "edgecolor": "none", "pad": 0.8}
        axes.text(
            0.5,
            height + 0.52,
            label(name, 17),
            ha="center",
            va="center",
            fontsize=8.5,
            color=SOFT,
            bbox=behind,
            zorder=5,
        )
