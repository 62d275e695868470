"""A small SVG picture: lines, signs and words in pixels, cut to what was drawn.

All colours are the page's CSS variables, so that a chart follows it into its dark mode. Paper is named as a
fill where something shall be covered.
"""

import unicodedata
from collections.abc import Sequence
from html import escape

INK, SOFT, LINE, PAPER, MIXED = "--ink", "--soft", "--line", "--paper", "--mixed"
_EDGE = 2.0  # pixels left free around everything
_NARROW, _BROAD = frozenset("ijlftrI.,:;'|!()[]/ "), frozenset("mwMWOQ@%&—…")
_SIGNS = {  # unit shapes around (0, 0), of half width 1
    "square": "M{l} {t}H{r}V{b}H{l}z",
    "diamond": "M{x} {t}L{r} {y}L{x} {b}L{l} {y}z",
    "arrow": "M{l} {t}L{r} {y}L{l} {b}z",
    "cross": "M{l} {t}L{r} {b}M{r} {t}L{l} {b}",
}
Point = tuple[float, float]


def number(value: float) -> str:
    """Write a place with one decimal, and none where it is whole."""
    return f"{round(value, 1) + 0.0:.1f}".removesuffix(".0")  # + 0.0: no minus before nothing


def width_of(words: str, size: float) -> float:
    """Return about how many pixels a line of text takes at most; which letters a reader has is not known."""
    return size * sum(map(_share, words))


def _share(char: str) -> float:
    if char.isascii() and char.isalnum() and char.islower() and char not in _NARROW | _BROAD:
        return 0.62
    if char in _NARROW:
        return 0.4
    if char in _BROAD or unicodedata.east_asian_width(char) in ("W", "F"):
        return 1.05
    return 0.0 if unicodedata.combining(char) else 0.75


class Canvas:
    """What is drawn so far, and how far it reaches; y grows downwards."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._left = self._top = self._right = self._bottom = 0.0

    def _reach(self, points: Sequence[Point], beyond: float) -> None:
        xs, ys = [x for x, _ in points], [y for _, y in points]
        self._left, self._right = min(self._left, min(xs) - beyond), max(self._right, max(xs) + beyond)
        self._top, self._bottom = min(self._top, min(ys) - beyond), max(self._bottom, max(ys) + beyond)

    def lines(
        self,
        ways: Sequence[Sequence[Point]],
        colour: str,
        *,
        width: float = 1.0,
        dash: str = "",
        opacity: float = 1.0,
    ) -> None:
        """Draw ways that look alike, each through two points or more, as one path; none draws nothing."""
        if not ways:
            return
        for way in ways:
            self._reach(way, width / 2)
        path = "".join("M" + "L".join(f"{number(x)} {number(y)}" for x, y in way) for way in ways)
        more = f' stroke-dasharray="{dash}"' if dash else ""
        more += f' stroke-opacity="{opacity:g}"' if opacity < 1 else ""
        self._parts.append(
            f'<path d="{path}" fill="none" stroke="var({colour})" stroke-width="{number(width)}"{more}/>'
        )

    def boxes(self, boxes: Sequence[tuple[float, float, float, float]], fill: str, edge: str) -> None:
        """Draw boxes that look alike as one path, each of left, top, right and bottom; none draws nothing."""
        if not boxes:
            return
        for left, top, right, bottom in boxes:
            self._reach([(left, top), (right, bottom)], 0.5)
        path = "".join(
            f"M{number(left)} {number(bottom)}V{number(top)}H{number(right)}V{number(bottom)}z"
            for left, top, right, bottom in boxes
        )
        self._parts.append(f'<path d="{path}" fill="var({fill})" stroke="var({edge})" stroke-width="0.9"/>')

    def sign(self, shape: str, at: Point, *, half: float, fill: str, edge: str, width: float) -> None:
        """Draw a sign at a place: disc, square, diamond, arrow or cross, `half` pixels to every side."""
        self._reach([at], half + width)
        x, y = at
        look = (
            f'fill="{f"var({fill})" if fill else "none"}" stroke="var({edge})" stroke-width="{number(width)}"'
        )
        if shape == "disc":
            self._parts.append(f'<circle cx="{number(x)}" cy="{number(y)}" r="{number(half)}" {look}/>')
            return
        places = {"x": x, "y": y, "l": x - half, "r": x + half, "t": y - half, "b": y + half}
        path = _SIGNS[shape].format(**{name: number(value) for name, value in places.items()})
        self._parts.append(f'<path d="{path}" {look}/>')

    def text(
        self,
        at: Point,
        words: str,
        *,
        size: float = 12.0,
        anchor: str = "middle",
        colour: str = INK,
        bold: bool = False,
        slanted: bool = False,
        covers: bool = False,
    ) -> None:
        """Write a line whose middle has the height of `at`; `covers` puts paper behind it.

        `anchor` says which part of the line stands there: start, middle or end. Words are escaped; signs
        that a page cannot hold are the caller's to take out (see `plots.style.label`).
        """
        x, y = at
        wide = width_of(words, size) * (1.08 if bold else 1.0)
        left = x - {"start": 0.0, "middle": wide / 2, "end": wide}[anchor]
        box = (left, y - 0.6 * size, left + wide, y + 0.6 * size)
        self._reach([(box[0], box[1]), (box[2], box[3])], 0.0)
        look = ' font-weight="700"' if bold else ""
        look += ' font-style="italic"' if slanted else ""
        if covers:  # the outline of each letter is paper: no width has to be guessed
            look += f' stroke="var({PAPER})" stroke-width="6" paint-order="stroke"'
        self._parts.append(
            f'<text x="{number(x)}" y="{number(y + 0.35 * size)}" font-size="{number(size)}" '
            f'text-anchor="{anchor}" fill="var({colour})"{look}>{escape(words)}</text>'
        )

    def svg(self, *, prefix: str, title: str) -> str:
        """Return the picture as one ``<svg>`` element.

        Parameters
        ----------
        prefix
            Begins every id of the element; must differ between the charts of a page.
        title
            What the chart shows, in words, for those who do not see it.
        """
        left, top = self._left - _EDGE, self._top - _EDGE
        wide, high = self._right + _EDGE - left, self._bottom + _EDGE - top
        box = " ".join(map(number, (left, top, wide, high)))
        told = "".join(char for char in title if char >= " ")
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" class="chart" width="{wide:.0f}" height="{high:.0f}" '
            f'viewBox="{box}" role="img" aria-labelledby="{prefix}-title" stroke-linejoin="round">'
            f'<title id="{prefix}-title">{escape(told)}</title>{"".join(self._parts)}</svg>'
        )
