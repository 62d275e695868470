"""Who disputes with whom: two camps side by side, a line for each two who answer each other."""

from collections.abc import Mapping, Sequence
from math import pi, sin

from discourse.plots.style import label
from discourse.report.charts.canvas import INK, PAPER, SOFT, Canvas, Point

_ROW = 26.0  # pixels between two names
_WIDE, _WIDER = 158.0, 298.0  # pixels between the two camps, alone and with others between them
_COLUMNS = {1: 0.0, 0: 0.5, 2: 1.0}  # of that width; those in no camp stand in the middle
_CROWD, _THINNER = 40, 0.7  # lines from which all are thinner, and how much
_STEPS = [step / 12 for step in range(13)]
_STRONGER = (2, 5, 10)  # replies from which a line is stronger
_LONGEST = 17  # characters of a name
_LOOKS = {  # colour, dashes, opacity; the later lie above
    "neither": (SOFT, "", 0.4),
    "disagree": ("--against-3", "", 0.9),
    "agree": ("--favor-3", "5 3.4", 1.0),
}
_SIGNS = {1: ("disc", 3.3), 2: ("square", 3.0), 0: ("diamond", 3.0)}  # with half their width
Member = tuple[str, bool]  # a name, and whether its place is sure
Line = tuple[str, str, str, int]  # two names; disagree, agree or neither; replies


def camps_chart(
    members: Mapping[int, Sequence[Member]], lines: Sequence[Line], *, prefix: str, title: str
) -> str:
    """Draw two columns of names with those not placed between, and a line for each two who answer each other.

    Solid lines are disputes, dashed ones agreement, pale ones neither; a line is as strong as there are
    replies: one, 2 to 4, 5 to 9, or more. Signs of doubtful members are hollow and their names slanted;
    whoever is in no camp has a small diamond.

    Parameters
    ----------
    members
        Of the camps 1 and 2, and of 0 for those in none, in the order in which they shall stand.
    lines
        One for each two authors; one of somebody who is not a member is left out.
    """
    groups = {camp: members.get(camp, ()) for camp in _COLUMNS}
    rows = max(1, len(groups[1]), len(groups[2]), 2 * len(groups[0]))
    wide = _WIDER if groups[0] else _WIDE
    places = {
        name: (wide * _COLUMNS[camp], _ROW * height)
        for camp, group in groups.items()
        for (name, _), height in zip(group, _spread(len(group), rows), strict=True)
    }
    canvas = Canvas()
    _draw_lines(canvas, places, lines)
    for camp, group in groups.items():
        _write(
            canvas, camp, wide * _COLUMNS[camp], [(places[name], name, is_sure) for name, is_sure in group]
        )
    return canvas.svg(prefix=prefix, title=title)


def _spread(count: int, rows: int) -> list[float]:
    """Return heights that spread so many names over so many rows; few stand away from both ends."""
    if count > rows / 2 and count > 1:
        return [place * (rows - 1) / (count - 1) for place in range(count)]
    return [(place + 0.5) * rows / count - 0.5 for place in range(count)]


def _draw_lines(canvas: Canvas, places: Mapping[str, Point], lines: Sequence[Line]) -> None:
    strength = 1.33 * (1.0 if len(lines) <= _CROWD else _THINNER)
    drawn = [line for line in lines if line[0] in places and line[1] in places]
    for said, (colour, dash, opacity) in _LOOKS.items():
        for steps in range(len(_STRONGER) + 1):
            alike = [
                _way(places[one], places[other])
                for one, other, label_, replies in drawn
                if label_ == said and sum(replies >= step for step in _STRONGER) == steps
            ]
            # one path each: where pale lines cross, both shall be seen
            for way in alike:
                canvas.lines([way], colour, width=strength * (0.7 + 0.75 * steps), dash=dash, opacity=opacity)


def _way(one: Point, other: Point) -> list[Point]:
    """Return a straight way between two columns, and one that bulges inwards within one."""
    if one[0] != other[0]:
        return [one, other]
    apart = abs(one[1] - other[1]) / _ROW
    bulge = _WIDE * min(0.3, 0.08 + 0.03 * apart) * (1 if one[0] == 0 else -1)
    return [(one[0] + bulge * sin(pi * step), one[1] + (other[1] - one[1]) * step) for step in _STEPS]


def _write(canvas: Canvas, camp: int, x: float, group: Sequence[tuple[Point, str, bool]]) -> None:
    shape, half = _SIGNS[camp]
    for at, _, is_sure in group:
        canvas.sign(shape, at, half=half, fill=INK if is_sure else PAPER, edge=INK, width=1.1)
    if not camp:
        _write_between(canvas, x, group)
        return
    out, anchor = (-9.0, "end") if camp == 1 else (9.0, "start")
    canvas.text((x + out, -_ROW), f"Camp {camp}", anchor=anchor, bold=True)
    for (_, y), name, is_sure in group:
        colour = INK if is_sure else SOFT
        canvas.text((x + out, y), label(name, _LONGEST), anchor=anchor, colour=colour, slanted=not is_sure)


def _write_between(canvas: Canvas, x: float, group: Sequence[tuple[Point, str, bool]]) -> None:
    if group:
        canvas.text((x, -_ROW), "not placed", colour=SOFT)
    for (_, y), name, _ in group:
        canvas.text((x, y + 0.52 * _ROW), label(name, _LONGEST), size=11.3, colour=SOFT, covers=True)
