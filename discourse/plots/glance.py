"""When a thread was written: bars over time."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from discourse.plots.style import INK, LINE, MIXED, SOFT, quiet_style

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_BAR = 0.8  # of a bin's width
_MOST_TICKS = 6
_DAY = 86_400  # seconds
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()


def activity(edges: Sequence[datetime], posts: Sequence[int], disputed: Sequence[int]) -> "Figure":
    """Draw posts over time: those in disputes as the full foot of each bar, the others hollow upon it.

    Parameters
    ----------
    edges
        Where each bin begins, and where the last one ends.
    posts, disputed
        How many posts stand in each bin, and how many of these in disputes.
    """
    from matplotlib.figure import Figure  # noqa: PLC0415
    from matplotlib.ticker import MaxNLocator  # noqa: PLC0415

    count = len(posts)
    with quiet_style():
        figure = Figure(figsize=(5.8, 1.9))
        axes = figure.add_axes((0.0, 0.0, 1.0, 1.0))
        axes.set(xlim=(0, max(count, 1)), ylim=(0, 1.04 * max([1, *posts])))
        _bars(axes, disputed, posts, face=MIXED)
        _bars(axes, [0] * count, disputed, face=INK)
        axes.yaxis.set_major_locator(MaxNLocator(nbins=3, integer=True))
        axes.yaxis.set_major_formatter("{x:,.0f}")
        axes.grid(axis="y", color=LINE, linewidth=0.8)
        axes.set_axisbelow(True)
        axes.spines[:].set_visible(False)
        axes.tick_params(length=0, labelsize=9, labelcolor=SOFT)
        places = list(range(0, count, -(-count // _MOST_TICKS) or 1))
        axes.set_xticks([place + 0.5 for place in places], labels=bin_labels(edges, places))
    return figure


def _bars(axes: "Axes", low: Sequence[int], high: Sequence[int], *, face: str) -> None:
    """Draw all bars as one artist; those of no height are left out."""
    from matplotlib.collections import PolyCollection  # noqa: PLC0415

    room = (1 - _BAR) / 2
    corners = [
        ((at + room, one), (at + room, two), (at + 1 - room, two), (at + 1 - room, one))
        for at, (one, two) in enumerate(zip(low, high, strict=True))
        if two > one
    ]
    edge = INK if face == INK else SOFT
    axes.add_collection(PolyCollection(corners, facecolors=face, edgecolors=edge, linewidths=0.7, zorder=2))


def bin_labels(edges: Sequence[datetime], places: Sequence[int]) -> list[str]:
    """Write the beginnings of some bins, as exactly as bins are wide, and nothing twice."""
    width = (edges[1] - edges[0]).total_seconds() if len(edges) > 1 else _DAY
    found: list[str] = []
    before: datetime | None = None
    for place in places:
        moment = edges[place]
        found.append(_label(moment, before, width))
        before = moment
    return found


def _label(moment: datetime, before: datetime | None, width: float) -> str:
    year = f"\n{moment.year}" if before is None or before.year != moment.year else ""
    date = f"{moment.day} {_MONTHS[moment.month - 1]}"
    if width < _DAY:
        new_day = before is None or before.date() != moment.date()
        return f"{moment:%H:%M}" + (f"\n{date}{year.replace(chr(10), ' ')}" if new_day else "")
    if width < 28 * _DAY:
        return date + year
    return _MONTHS[moment.month - 1] + year if width < 300 * _DAY else str(moment.year)
