"""How a dispute runs: what its turns bring that is new, one by one."""

from collections.abc import Sequence

from discourse.model import Turn
from discourse.report.charts.canvas import LINE, PAPER, SOFT, Canvas, Point

_STEP, _HIGH = 25.0, 132.0  # pixels from turn to turn, and from no new words to all
_LEAST = 260.0  # pixels across
_LEVELS = ((0.0, "0"), (0.5, "half"), (1.0, "all"))
_ALL_NUMBERS = 30  # turns that are numbered one by one; of more, every few
_HALF, _RING, _CROSS = 4.3, 2.1, 1.8  # half width of a sign, and how thick its line is


def novelty_chart(turns: Sequence[Turn], *, prefix: str, title: str) -> str:
    """Draw for each turn of one loop the share of words that its author brings for the first time.

    Sides differ by colour and letter; a filled disc asserts, a ring restates with something new, a cross
    restates with nothing new.
    """
    ordered = sorted(turns, key=lambda turn: turn.turn)
    canvas = Canvas()
    right = max(_LEAST, _STEP * len(ordered))
    step = right / max(len(ordered), 1)
    for share, words in _LEVELS:
        canvas.lines([[(0.0, _y(share)), (right, _y(share))]], LINE)
        canvas.text((-6.0, _y(share)), words, size=11.3, anchor="end", colour=SOFT)
    spots = [((place + 0.5) * step, _y(turn.novelty)) for place, turn in enumerate(ordered)]
    canvas.lines([[(x, _y(0.0)), (x, y)] for x, y in spots], LINE)
    every = -(-len(ordered) // _ALL_NUMBERS) or 1
    for (x, _), turn in list(zip(spots, ordered, strict=True))[::every]:
        canvas.text((x, _y(0.0) + 18.0), str(turn.turn), size=10.7)
    for spot, turn in zip(spots, ordered, strict=True):
        _draw(canvas, spot, turn)
    return canvas.svg(prefix=prefix, title=title)


def _y(share: float) -> float:
    return _HIGH * (1 - share)


def _draw(canvas: Canvas, spot: Point, turn: Turn) -> None:
    colour = f"--side-{turn.side}"
    again = turn.role == "restatement"
    if again and turn.is_empty:
        canvas.sign("cross", spot, half=_HALF, fill="", edge=colour, width=_CROSS)
    else:
        canvas.sign("disc", spot, half=_HALF, fill=PAPER if again else colour, edge=colour, width=_RING)
    canvas.text((spot[0], spot[1] - 14.0), turn.side.upper(), size=10.7, colour=colour, bold=True)
