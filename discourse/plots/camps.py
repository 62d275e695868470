"""Who disputes with whom: two camps side by side, a line for each two who answer each other."""

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from discourse.plots.style import INK, LINE, PAPER, SOFT, label, quiet_style

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MANY = 40  # authors whom one figure can show
_ROW, _WIDE = 0.27, 1.75  # inches: between two names, and between the two camps
_CROWD = 40  # lines from which all are thinner
_STEPS = np.linspace(0, 1, 25)
_LOOKS: dict[str, tuple[str, tuple[float, ...], float]] = {  # colour, dashes, order
    "disagree": (INK, (), 2),
    "agree": (INK, (3.2, 2.2), 3),
    "neither": (LINE, (), 1),
}


def camp_ties(members: pd.DataFrame, ties: pd.DataFrame) -> "Figure":
    """Draw two columns of names, and a line for each two who answer each other.

    Solid lines are disputes, dashed ones agreement, pale ones neither; a line is as
    strong as there are replies, up to five. Names of doubtful members are pale.

    Parameters
    ----------
    members
        ``author``, ``camp`` (1 or 2) and ``is_sure``, a row an author, in the order in
        which they shall stand; the first `MANY` are drawn.
    ties
        ``first``, ``second``, ``label`` (disagree, agree or neither) and ``replies``, a
        row for each two authors.
    """
    shown = members.head(MANY)
    camps = [shown[shown["camp"] == camp] for camp in (1, 2)]
    with quiet_style():
        from matplotlib.figure import Figure  # noqa: PLC0415

        rows = max(1, *(len(camp) for camp in camps))
        figure = Figure(figsize=(_WIDE, _ROW * (rows + 1)))
        axes = figure.add_axes((0.0, 0.0, 1.0, 1.0))
        axes.set(xlim=(0, 1), ylim=(rows - 0.5, -1.5))
        axes.set_axis_off()
        heights = [_spread(len(camp), rows) for camp in camps]
        places = {
            author: (float(side), float(height))
            for side, camp in enumerate(camps)
            for author, height in zip(camp["author"], heights[side], strict=True)
        }
        _draw_ties(axes, places, ties)
        for side, camp in enumerate(camps):
            _write_camp(axes, side, heights[side], camp)
        return figure


def _spread(count: int, rows: int) -> np.ndarray:
    """Return heights that spread so many names over so many rows; one alone stands in the middle."""
    return np.linspace(0, rows - 1, count) if count > 1 else np.full(count, (rows - 1) / 2)


def _draw_ties(axes: "Axes", places: dict[str, tuple[float, float]], ties: pd.DataFrame) -> None:
    columns = (ties[name].tolist() for name in ("first", "second", "label", "replies"))
    strength = 1.0 if len(ties) <= _CROWD else 0.6
    for first, second, said, replies in zip(*columns, strict=True):
        if first in places and second in places:
            colour, dashes, order = _LOOKS[said]
            across, down = _path(places[first], places[second])
            axes.plot(
                across,
                down,
                color=colour,
                linewidth=strength * (0.5 + 0.3 * min(int(replies), 5)),
                dashes=dashes or (None, None),
                zorder=order,
                clip_on=False,
            )


def _path(one: tuple[float, float], other: tuple[float, float]) -> tuple[np.ndarray, np.ndarray]:
    """Return a straight way between the camps, and one that bulges inwards within a camp."""
    across = one[0] + (other[0] - one[0]) * _STEPS
    down = one[1] + (other[1] - one[1]) * _STEPS
    if one[0] == other[0]:
        bulge = min(0.42, 0.12 + 0.04 * abs(one[1] - other[1]))
        across = np.abs(one[0] - bulge * np.sin(np.pi * _STEPS))
    return 0.03 + 0.94 * across, down


def _write_camp(axes: "Axes", side: int, heights: np.ndarray, camp: pd.DataFrame) -> None:
    at, towards = (-0.04, "right") if side == 0 else (1.04, "left")
    axes.text(at, -1, f"Camp {side + 1}", ha=towards, va="center", fontsize=9, fontweight="bold")
    for height, name, is_sure in zip(heights, camp["author"], camp["is_sure"], strict=True):
        axes.plot(
            [0.03 + 0.94 * side],
            [height],
            marker="os"[side],
            markersize=5,
            markerfacecolor=INK if is_sure else PAPER,
            markeredgecolor=INK,
            markeredgewidth=0.8,
            zorder=4,
            clip_on=False,
        )
        colour, style = (INK, "normal") if is_sure else (SOFT, "italic")
        axes.text(
            at, height, label(name, 17), ha=towards, va="center", fontsize=9, color=colour, fontstyle=style
        )
