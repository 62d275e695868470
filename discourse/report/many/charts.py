"""Figures over time as parts of an SVG: posts by period, and stance with its doubt."""

from collections.abc import Sequence
from datetime import date

from msgspec import Struct

from discourse.summary.many import UNKNOWN, Period, StanceCell, StanceSeries

FEWEST = 10  # posts of a period through which a line is drawn
WIDE, HIGH = 320, 132  # of a small picture, in units that are about a pixel
_LEFT, _RIGHT, _TOP, _BOTTOM = 34, 312, 10, 108  # where its field lies
_MOST_TICKS = 5
_SLIVERS = 400  # bars that can be told apart


def ordinal(period: str) -> int | None:
    """Return the place of a day, month or year on a line of such; None of what is no such time."""
    parts = period.split("-")
    try:
        numbers = [int(part) for part in parts]
        day = date(*[*numbers, 1, 1][:3])
    except (TypeError, ValueError):
        return None
    return day.toordinal() if len(parts) == 3 else 12 * day.year + day.month if len(parts) == 2 else day.year


class Bars(Struct, frozen=True):
    """Posts by period as one path, `span` units across and 100 high."""

    path: str
    span: float
    first: str
    last: str
    most: int  # posts of the highest bar
    highest: str  # its period


def bars(periods: Sequence[Period]) -> Bars | None:
    """Draw how many posts each period has; None of fewer than two periods."""
    known = [(place, row) for row in periods if (place := ordinal(row.period)) is not None]
    if len(known) < 2:
        return None
    first, span = known[0][0], known[-1][0] - known[0][0] + 1
    most = max(row.posts for _, row in known)
    wide = max(1.0, span / _SLIVERS)
    drawn = [
        f"M{min(place - first, span - wide) + wide * 0.06:.2f} 100v{-max(100 * row.posts / most, 0.7):.2f}"
        f"h{wide * 0.88:.2f}V100z"
        for place, row in known
    ]
    highest = next(row.period for _, row in known if row.posts == most)
    return Bars("".join(drawn), span, known[0][1].period, known[-1][1].period, most, highest)


class Dot(Struct, frozen=True):
    """A period of a small picture."""

    x: str
    y: str
    low: str  # end of the whisker; empty where there is no interval
    high: str
    is_thin: bool  # rests on few posts


class Tick(Struct, frozen=True):
    """A mark below the field."""

    x: str
    words: str
    anchor: str  # start | middle | end


class Cell(Struct, frozen=True):
    """A period in figures."""

    period: str
    favor: str
    against: str
    share: str
    interval: str


class Small(Struct, frozen=True):
    """Stance towards one target over time."""

    target: str
    favor: int
    against: int
    dots: list[Dot]
    lines: list[str]  # points of each stretch between periods with enough posts
    ticks: list[Tick]
    cells: list[Cell]
    timeless: int
    threads: int
    thin: int  # periods with few posts


def smalls(series: Sequence[StanceSeries]) -> list[Small]:
    """Lay out small pictures on one scale of time."""
    places = [place for one in series for cell in one.cells if (place := ordinal(cell.period)) is not None]
    if not places:
        return []
    named = {ordinal(cell.period): cell.period for one in series for cell in one.cells}
    scale = _Scale(min(places), max(places))
    ticks = _ticks(scale, named[scale.first] or "", named[scale.last] or "")
    return [_small(one, scale, ticks) for one in series if one.cells]


class _Scale(Struct, frozen=True):
    first: int
    last: int

    def x(self, place: int) -> float:
        inner = _RIGHT - _LEFT - 16
        return (
            _LEFT
            + 8
            + (
                inner * (place - self.first) / (self.last - self.first)
                if self.last > self.first
                else inner / 2
            )
        )


def _y(share: float) -> float:
    return _BOTTOM - (_BOTTOM - _TOP) * share


def _ticks(scale: _Scale, first: str, last: str) -> list[Tick]:
    if scale.first == scale.last:
        return [Tick(f"{scale.x(scale.first):.1f}", first, "middle")]
    return [Tick(f"{_LEFT}", first, "start"), Tick(f"{_RIGHT}", last, "end")]


def _small(one: StanceSeries, scale: _Scale, ticks: list[Tick]) -> Small:
    dots: list[Dot] = []
    lines: list[list[str]] = []
    before: int | None = None  # the last period with enough posts
    for cell in one.cells:
        place = ordinal(cell.period)
        if place is None or cell.share is None:
            continue
        enough = cell.favor + cell.against >= FEWEST
        x, y = f"{scale.x(place):.1f}", f"{_y(cell.share):.1f}"
        low, high = (f"{_y(end):.1f}" for end in cell.interval) if cell.interval and enough else ("", "")
        dots.append(Dot(x, y, low, high, not enough))
        if enough:
            if before is None or place != before + 1:
                lines.append([])
            lines[-1].append(f"{x},{y}")
            before = place
    return Small(
        target=one.target,
        favor=sum(cell.favor for cell in one.cells),
        against=sum(cell.against for cell in one.cells),
        dots=dots,
        lines=[" ".join(points) for points in lines if len(points) > 1],
        ticks=ticks,
        cells=[_cell(cell) for cell in one.cells],
        timeless=one.timeless,
        threads=sum(cell.sums.threads for cell in one.cells),
        thin=sum(dot.is_thin for dot in dots),
    )


def _cell(cell: StanceCell) -> Cell:
    interval = cell.interval
    return Cell(
        cell.period,
        f"{cell.favor:,}",
        f"{cell.against:,}",
        "–" if cell.share is None else f"{100 * cell.share:.0f} %",
        f"{100 * interval[0]:.0f} to {100 * interval[1]:.0f}" if interval else "",
    )


def is_timed(periods: Sequence[Period]) -> bool:
    """Say whether any post has a time."""
    return any(row.period != UNKNOWN for row in periods)
