"""How often each side uses each marker: a sign for the rate, a whisker for its interval."""

from collections.abc import Sequence
from math import sqrt

from discourse.plots.rates import axis_limit, axis_ticks
from discourse.plots.style import label
from discourse.report.charts.canvas import INK, LINE, PAPER, SOFT, Canvas

_WIDE, _ROW = 226.0, 33.0  # pixels of the axis, and from marker to marker
_APART = 0.17  # of a row, between its middle and either side's whisker
_LONGEST = 22  # characters of a name
_LOOKS = (("disc", INK, INK), ("square", SOFT, PAPER))  # sign, whisker and filling of either side
Estimate = tuple[float, float, float]  # rate, low and high end of its interval


def rates_chart(rows: Sequence[tuple[str, Sequence[Estimate]]], *, prefix: str, title: str) -> str:
    """Draw markers as rows: the first side's rates as filled discs, the second's as hollow squares.

    The axis is a square root, so that rare markers can be told apart and none is at no place; a whisker that
    would run far beyond all rates ends in an arrow.

    Parameters
    ----------
    rows
        Name of a marker, and the rate of each side (one or two), in one unit and none below 0; drawn as they
        come.
    """
    canvas = Canvas()
    estimates = [estimate for _, sides in rows for estimate in sides]
    limit = axis_limit(
        max((rate for rate, _, _ in estimates), default=0.0),
        max((high for *_, high in estimates), default=0.0),
    )
    high = _ROW * len(rows)
    for tick in axis_ticks(limit):
        x = _x(tick, limit)
        canvas.lines([[(x, 0.0), (x, high)]], LINE)
        canvas.text((x, high + 12.0), f"{tick:g}", size=11.3, colour=SOFT)
    for place, (name, sides) in enumerate(rows):
        y = _ROW * (place + 0.5)
        canvas.text((-10.0, y), label(name, _LONGEST), anchor="end")
        shift = _APART * _ROW if len(sides) > 1 else 0.0
        for side, estimate in enumerate(sides):
            _draw(canvas, side, y + (2 * side - 1) * shift, estimate, limit)
    return canvas.svg(prefix=prefix, title=title)


def _x(rate: float, limit: float) -> float:
    return _WIDE * sqrt(min(rate, limit) / limit)


def _draw(canvas: Canvas, side: int, y: float, estimate: Estimate, limit: float) -> None:
    rate, low, high = estimate
    shape, colour, fill = _LOOKS[side]
    canvas.lines([[(_x(low, limit), y), (_x(high, limit), y)]], colour, width=1.7)
    if high > limit:
        canvas.sign("arrow", (_WIDE, y), half=2.4, fill=colour, edge=colour, width=1.0)
    canvas.sign(shape, (_x(rate, limit), y), half=3.7, fill=fill, edge=INK, width=1.5)
