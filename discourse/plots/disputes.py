"""How a dispute runs: what its turns bring that is new, one by one."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from discourse.plots.style import INK, LINE, PAPER, SIDE, SOFT, quiet_style

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_NEW, _AGAIN, _EMPTY = "o", "o", "X"
_ALL_TICKS = 30  # turns that are numbered one by one; of more, every few
Spot = tuple[float, float, Mapping[Any, Any]]  # where a turn is drawn, and the turn


def novelty(turns: pd.DataFrame) -> "Figure":
    """Draw for each turn of one loop the share of words that its author brings for the first time.

    Sides differ by colour and letter; a filled disc asserts, a ring restates with
    something new, a cross restates with nothing new. Without turns the figure is empty.
    """
    from matplotlib.figure import Figure  # noqa: PLC0415

    ordered = turns.sort_values("turn", kind="stable")
    with quiet_style():
        figure = Figure(figsize=(max(3.2, 0.9 + 0.26 * len(ordered)), 1.7))
        axes = figure.add_axes((0.0, 0.0, 1.0, 1.0))
        if ordered.empty:
            axes.set_axis_off()
            return figure
        axes.set(xlim=(0.3, len(ordered) + 0.7), ylim=(-0.1, 1.1), yticks=[0, 0.5, 1])
        axes.set_yticks([0, 0.5, 1], labels=["0", "half", "all"], fontsize=8.5, color=SOFT)
        ticks = _ticks(len(ordered))
        numbers = list(ordered["turn"])
        axes.set_xticks(ticks, labels=[str(numbers[tick - 1]) for tick in ticks], fontsize=8)
        axes.tick_params(length=0)
        axes.hlines([0, 0.5, 1], 0.3, len(ordered) + 0.7, colors=LINE, linewidth=0.8, zorder=0)
        axes.spines[:].set_visible(False)
        spots: list[Spot] = [
            (place, float(turn["novelty"]), turn)
            for place, turn in enumerate(ordered.to_dict("records"), start=1)
        ]
        _stems(axes, spots)
        _marks(axes, spots)
    return figure


def _ticks(count: int) -> list[int]:
    """Return the places of 1 to `count` that are numbered below the line."""
    from matplotlib.ticker import MaxNLocator  # noqa: PLC0415

    if count <= _ALL_TICKS:
        return list(range(1, count + 1))
    chosen = MaxNLocator(nbins=_ALL_TICKS // 2, integer=True).tick_values(1, count)
    return [int(tick) for tick in chosen if 1 <= tick <= count]


def _stems(axes: "Axes", spots: Sequence[Spot]) -> None:
    """Stand every turn on the line below, under the letter of its side."""
    axes.vlines([x for x, _, _ in spots], 0, [y for _, y, _ in spots], colors=LINE, linewidth=0.8, zorder=0)
    for x, y, turn in spots:
        axes.annotate(
            str(turn["side"]).upper(),
            (x, y),
            xytext=(0, 6),
            textcoords="offset points",
            ha="center",
            fontsize=8,
            color=SIDE[turn["side"]],
            fontweight="bold",
        )


def _marks(axes: "Axes", spots: Iterable[Spot]) -> None:
    """Draw the turns as marks, those that look alike as one artist: thousands of artists take minutes."""
    alike: defaultdict[tuple[str, bool, bool], list[Spot]] = defaultdict(list)
    for spot in spots:
        again = bool(spot[2]["role"] == "restatement")
        alike[spot[2]["side"], again, again and bool(spot[2]["is_empty"])].append(spot)
    for (side, again, empty), group in alike.items():
        axes.plot(
            [x for x, _, _ in group],
            [y for _, y, _ in group],
            marker=_EMPTY if empty else _AGAIN if again else _NEW,
            markersize=6.5,
            markerfacecolor=PAPER if again and not empty else SIDE[side],
            markeredgecolor=PAPER if empty else SIDE[side],
            markeredgewidth=0.6 if empty else 1.6,
            linestyle="none",
            clip_on=False,
            color=INK,
        )
