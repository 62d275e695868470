"""How far a model can be trusted: scores beside what came true, and what more labels would bring."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from discourse.plots.style import INK, LINE, PAPER, SIDE, SOFT, quiet_style

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


def calibration_plot(bins: Sequence[Mapping[str, Any]]) -> "Figure":
    """Draw how often labels held for each tenth of scores; on the line they say what they should.

    Parameters
    ----------
    bins
        With `share` (mean score), `rate` and `rows`; the more rows, the larger the disc. None draws the line.
    """
    from matplotlib.figure import Figure  # noqa: PLC0415

    with quiet_style():
        figure = Figure(figsize=(2.9, 2.9))
        axes = figure.add_axes((0.0, 0.0, 1.0, 1.0))
        axes.plot([0, 1], [0, 1], color=SOFT, linewidth=0.8, linestyle=(0, (3, 3)), zorder=1)
        most = max((int(found["rows"]) for found in bins), default=1)
        sizes = [18 + 130 * (int(found["rows"]) / most) ** 0.5 for found in bins]
        shares, rates = [float(f["share"]) for f in bins], [float(f["rate"]) for f in bins]
        axes.plot(shares, rates, color=SIDE["a"], linewidth=1.0, zorder=2)
        axes.scatter(shares, rates, s=sizes, color=SIDE["a"], edgecolors=PAPER, linewidths=0.8, zorder=3)
        axes.set(xlim=(-0.04, 1.04), ylim=(-0.04, 1.04), xlabel="score", ylabel="share that held")
        ticks = [0, 0.25, 0.5, 0.75, 1]
        axes.set_xticks(ticks, labels=["0", ".25", ".5", ".75", "1"])
        axes.set_yticks(ticks, labels=["0", ".25", ".5", ".75", "1"])
        _plain(axes)
    return figure


def learning_curve_plot(points: Sequence[Mapping[str, Any]], baseline: float | None = None) -> "Figure":
    """Draw macro-F1 against the number of rows learned from.

    Parameters
    ----------
    points
        With `rows` and `macro_f1`, by rising rows. None draws an empty field.
    baseline
        What must be beaten, drawn as a line.
    """
    from matplotlib.figure import Figure  # noqa: PLC0415

    with quiet_style():
        figure = Figure(figsize=(3.8, 2.9))
        axes = figure.add_axes((0.0, 0.0, 1.0, 1.0))
        rows, reached = [float(p["rows"]) for p in points], [float(p["macro_f1"]) for p in points]
        axes.plot(rows, reached, color=SIDE["a"], linewidth=1.2, marker="o", markersize=5, zorder=3)
        for row, value in zip(rows, reached, strict=True):
            axes.annotate(
                f"{value:.2f}",
                (row, value),
                xytext=(0, 7),
                textcoords="offset points",
                ha="center",
                color=INK,
                fontsize=8,
            )
        if baseline is not None:
            axes.axhline(baseline, color=SIDE["b"], linewidth=1.0, linestyle=(0, (4, 3)), zorder=2)
        low = min([*reached, 1.0 if baseline is None else baseline], default=0.0)
        high = max([*reached, 0.0 if baseline is None else baseline], default=1.0)
        axes.set(ylim=(max(0.0, low - 0.08), min(1.0, high + 0.1)), xlim=(0, max(rows, default=1.0) * 1.08))
        axes.set(xlabel="rows learned from", ylabel="macro-F1")
        _plain(axes)
    return figure


def _plain(axes: "Axes") -> None:
    axes.grid(color=LINE, linewidth=0.6)
    axes.set_axisbelow(True)
    axes.spines[:].set_visible(False)
    axes.tick_params(length=0, labelsize=8)
