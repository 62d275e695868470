"""Rates of two runs, each with its interval, one line a marker."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from discourse.plots.style import LINE, PAPER, SIDE, SOFT, label, quiet_style

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

Estimate = tuple[float, float, float]  # rate, low and high end of its interval
_APART = 0.17  # how far the two of a line stand from its middle, in lines
_SHAPES = {"A": "o", "B": "s"}


def rate_dots(rows: Sequence[tuple[str, Estimate, Estimate]]) -> "Figure":
    """Draw two rates a line, the first run's as a disc above, the second's as a square below.

    Parameters
    ----------
    rows
        Name, and rate with interval of either run, from top to bottom. None draws an empty field.
    """
    with quiet_style():
        return _drawn(rows)


def _drawn(rows: Sequence[tuple[str, Estimate, Estimate]]) -> "Figure":
    import pandas as pd  # noqa: PLC0415
    import seaborn as sns  # noqa: PLC0415
    from matplotlib.figure import Figure  # noqa: PLC0415

    figure = Figure(figsize=(4.4, 0.36 * max(len(rows), 1) + 0.1))
    axes = figure.add_axes((0.0, 0.0, 1.0, 1.0))
    table = pd.DataFrame(
        [
            (run, estimate[0], place + shift)
            for place, (_, *both) in enumerate(rows)
            for run, estimate, shift in zip("AB", both, (-_APART, _APART), strict=True)
        ],
        columns=["run", "rate", "line"],
    )
    _intervals(axes, [first for _, first, _ in rows], -_APART, SIDE["a"])
    _intervals(axes, [second for _, _, second in rows], _APART, SIDE["b"])
    if len(table):
        sns.scatterplot(
            table,
            x="rate",
            y="line",
            hue="run",
            style="run",
            markers=_SHAPES,
            palette={"A": SIDE["a"], "B": SIDE["b"]},
            s=42,
            edgecolor=PAPER,
            linewidth=0.8,
            legend=False,
            zorder=3,
            ax=axes,
        )
    _plain(axes, [name for name, *_ in rows])
    return figure


def _intervals(axes: "Axes", estimates: Sequence[Estimate], shift: float, colour: str) -> None:
    places = [place + shift for place in range(len(estimates))]
    lows, highs = [e[1] for e in estimates], [e[2] for e in estimates]
    axes.hlines(places, lows, highs, colors=colour, linewidth=1.6, zorder=2)


def _plain(axes: "Axes", names: Sequence[str]) -> None:
    axes.set_ylim(max(len(names), 1) - 0.5, -0.5)
    axes.set_xlim(left=0)
    axes.set_yticks(range(len(names)), labels=[label(name, 30) for name in names])
    axes.set(xlabel="per 1,000 own words", ylabel="")
    axes.grid(axis="x", color=LINE, linewidth=0.6)
    axes.set_axisbelow(True)
    axes.spines[:].set_visible(False)
    axes.tick_params(length=0, labelsize=8.5)
    axes.tick_params(axis="x", labelcolor=SOFT)
