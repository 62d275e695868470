"""How often each side uses each marker: a dot for the rate, a whisker for its interval."""

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from discourse.plots.style import INK, LINE, PAPER, SOFT, label, quiet_style

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_WIDE = 2.35  # inches of the axis
_ROW, _FOOT = 0.34, 0.2  # inches a marker, and for the numbers below
_APART = 0.17  # of a row, between the two sides
_BEYOND = 2.5  # whiskers end at so many times the highest rate
_TICKS = (0.0, 0.1, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1000.0)
_CLOSEST = 0.075  # of the width, between two numbers


def rate_whiskers(rates: pd.DataFrame) -> "Figure":
    """Draw markers as rows: the first group's rates as filled discs, the second's as hollow squares.

    The axis is a square root, so that rare markers can be told apart and none is at no
    place; a whisker that would run far beyond all rates ends in an arrow.

    Parameters
    ----------
    rates
        ``marker``, ``group`` (0 or 1), ``rate``, ``low`` and ``high``, in one unit and none
        below 0, a row for each marker of each group; markers are drawn as they come.
    """
    names = list(dict.fromkeys(rates["marker"]))
    with quiet_style():
        from matplotlib.figure import Figure  # noqa: PLC0415

        figure = Figure(figsize=(_WIDE, _ROW * max(1, len(names)) + _FOOT))
        axes = figure.add_axes((0.0, 0.0, 1.0, 1.0))
        if not names:
            axes.set_axis_off()
            return figure
        limit = axis_limit(float(rates["rate"].max()), float(rates["high"].max()))
        _set_axes(axes, limit, len(names))
        rows = {name: row for row, name in enumerate(names)}
        shift = _APART if rates["group"].nunique() > 1 else 0.0
        for group in (0, 1):
            own = rates[rates["group"] == group]
            heights = own["marker"].map(rows).to_numpy(dtype=float) + (2 * group - 1) * shift
            _draw_group(axes, group, heights, own, limit)
        for name, row in rows.items():
            axes.text(
                -0.05,
                row,
                label(name, 22),
                ha="right",
                va="center",
                fontsize=9,
                transform=axes.get_yaxis_transform(),
            )
        return figure


def axis_limit(highest: float, widest: float) -> float:
    """Return where the axis ends, of the highest rate and the highest end of an interval; never 0."""
    return (min(widest, _BEYOND * highest) if highest else widest) or 1.0


def axis_ticks(limit: float) -> list[float]:
    """Return the round rates up to a limit whose numbers do not run into each other below the axis."""
    ticks: list[float] = []
    for tick in (tick for tick in _TICKS if tick <= limit):
        if not ticks or np.sqrt(tick) - np.sqrt(ticks[-1]) >= _CLOSEST * np.sqrt(limit):
            ticks.append(tick)
    return ticks


def _set_axes(axes: "Axes", limit: float, rows: int) -> None:
    edge = np.sqrt(limit)
    axes.set(xlim=(0, edge * 1.03), ylim=(rows - 0.4, -0.6))
    ticks = axis_ticks(limit)
    axes.set_xticks(
        [float(np.sqrt(tick)) for tick in ticks],
        labels=[f"{tick:g}" for tick in ticks],
        fontsize=8.5,
        color=SOFT,
    )
    axes.set_yticks([])
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)
    axes.grid(axis="x", color=LINE, linewidth=0.8, zorder=0)
    axes.set_axisbelow(True)


def _draw_group(axes: "Axes", group: int, heights: np.ndarray, own: pd.DataFrame, limit: float) -> None:
    colour = (INK, SOFT)[group]
    low, high, rate = (np.sqrt(own[name].to_numpy(dtype=float)) for name in ("low", "high", "rate"))
    edge = np.sqrt(limit)
    axes.hlines(
        heights, np.minimum(low, edge), np.minimum(high, edge), colors=colour, linewidth=1.3, zorder=2
    )
    beyond = high > edge
    for places, marker, size, fill in (
        (rate, "os"[group], 5.5, (INK, PAPER)[group]),
        (np.where(beyond, edge, np.nan), ">", 3.2, colour),
    ):
        if not np.isnan(places).all():
            axes.plot(
                places,
                heights,
                linestyle="none",
                marker=marker,
                markersize=size,
                markerfacecolor=fill,
                markeredgecolor=INK if size > 4 else colour,
                markeredgewidth=1.1,
                zorder=3,
                clip_on=False,
            )
