"""Who is for and against what, as a heat map."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from discourse.plots.style import AGAINST, FAVOR, INK, LINE, MIXED, PAPER, SILENT, label, quiet_style

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

# codes of the cells, in the order of their colours
_AGAINST, _MIXED, _NONE, _FAVOR = (0, 1, 2), 3, 4, (5, 6, 7)
_COLOURS = (*AGAINST, MIXED, SILENT, *FAVOR)
_MANY = 3  # posts from which a cell has the full colour


def stance_heatmap(
    stances: pd.DataFrame,
    *,
    authors: Sequence[str] | None = None,
    targets: Sequence[str] | None = None,
) -> "Figure":
    """Draw authors by targets; each cell says on how many posts it rests.

    A cell reads ``+3`` (three posts in favour), ``−1`` (one against) or ``+2 −1``
    (mixed); a dot stands where the posts were read and take no side, nothing where
    nothing was said. What rests on one post is pale, on two stronger, on three or
    more full.

    Parameters
    ----------
    stances
        Rows valid under ``STANCES``, one for each author and target.
    authors, targets
        Which to show and in what order; those of the table as they come where None.
    """
    rows = list(dict.fromkeys(stances["author"])) if authors is None else list(authors)
    columns = list(dict.fromkeys(stances["target"])) if targets is None else list(targets)
    codes, words = _cells(stances, rows, columns)
    with quiet_style():
        return _drawn(codes, words, rows, columns)


def _drawn(codes: Any, words: Any, rows: list[str], columns: list[str]) -> "Figure":
    import seaborn as sns  # noqa: PLC0415
    from matplotlib.colors import ListedColormap  # noqa: PLC0415
    from matplotlib.figure import Figure  # noqa: PLC0415

    figure = Figure(figsize=(0.46 * max(len(columns), 1), 0.28 * max(len(rows), 1)))
    axes = figure.add_axes((0.0, 0.0, 1.0, 1.0))
    if not rows or not columns:
        axes.set_axis_off()
        return figure
    sns.heatmap(
        np.nan_to_num(codes, nan=_NONE),
        mask=np.isnan(codes),
        cmap=ListedColormap(list(_COLOURS)),
        vmin=0,
        vmax=len(_COLOURS) - 1,
        cbar=False,
        linewidths=2.5,
        linecolor=PAPER,
        xticklabels=False,
        yticklabels=False,
        ax=axes,
    )
    _write_cells(axes, codes, words)
    _write_names(axes, rows, columns)
    return figure


def _cells(stances: pd.DataFrame, rows: list[str], columns: list[str]) -> tuple[Any, Any]:
    codes = np.full((len(rows), len(columns)), np.nan)
    words = np.full((len(rows), len(columns)), "", dtype=object)
    places = {name: place for place, name in enumerate(rows)}
    across = {name: place for place, name in enumerate(columns)}
    fields = ["author", "target", "label", "favor_posts", "against_posts"]
    for author, target, stance, favor, against in stances[fields].itertuples(index=False):
        if author in places and target in across:
            cell = places[author], across[target]
            codes[cell], words[cell] = _cell(str(stance), int(favor), int(against))
    return codes, words


def _cell(stance: str, favor: int, against: int) -> tuple[int, str]:
    if stance == "favor":
        return _FAVOR[min(max(favor, 1), _MANY) - 1], f"+{favor}"
    if stance == "against":
        return _AGAINST[min(max(against, 1), _MANY) - 1], f"−{against}"
    return (_MIXED, f"+{favor} −{against}") if stance == "mixed" else (_NONE, "·")


def _write_cells(axes: "Axes", codes: Any, words: Any) -> None:
    for (row, column), text in np.ndenumerate(words):
        full = codes[row, column] in (_AGAINST[2], _FAVOR[2])
        axes.text(
            column + 0.5,
            row + 0.52,
            text,
            ha="center",
            va="center",
            color=PAPER if full else INK,
            fontweight="bold" if full else "normal",
            fontsize=8.5,
        )


def _write_names(axes: "Axes", rows: list[str], columns: list[str]) -> None:
    for row, name in enumerate(rows):
        axes.text(-0.15, row + 0.52, label(name, 18), ha="right", va="center", fontsize=9)
    for column, name in enumerate(columns):
        axes.text(column + 0.4, -0.15, label(name, 16), ha="left", va="bottom", rotation=50, fontsize=9)
    axes.hlines([len(rows)], 0, len(columns), colors=LINE, linewidth=0.6)
