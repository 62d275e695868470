"""Colours and labels that all figures share.

Sides of a dispute are blue and orange, stance is green and purple: both pairs are told
apart by the common kinds of colour blindness, and a letter, sign or shape says the same.
Each colour is the light-mode value of a CSS variable of the report, so that an inline
figure follows the page into its dark mode (see `svg_of`).
"""

import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

INK = "#1d1f23"
SOFT = "#5c6168"
LINE = "#dcdbd5"
PAPER = "#fcfcfa"
SIDE = {"a": "#1b5e9e", "b": "#a9480c"}
FAVOR = ("#d7eeda", "#8ccb98", "#1b7837")  # one post, two posts, three and more
AGAINST = ("#ecdff1", "#c8a5d4", "#762a83")
MIXED = "#e8e6df"
SILENT = "#f4f3ef"

# light-mode colour -> CSS variable
VARIABLES = {
    INK: "--ink",
    SOFT: "--soft",
    LINE: "--line",
    PAPER: "--paper",
    SIDE["a"]: "--side-a",
    SIDE["b"]: "--side-b",
    **{colour: f"--favor-{place}" for place, colour in enumerate(FAVOR, start=1)},
    **{colour: f"--against-{place}" for place, colour in enumerate(AGAINST, start=1)},
    MIXED: "--mixed",
    SILENT: "--silent",
}


def label(text: str, width: int = 22) -> str:
    """Return a name fit for one line of a figure: no control signs, blanks folded, shortened.

    A name of nothing but such signs becomes "?". Bidirectional overrides go, since in
    SVG text they would turn what stands beside them.
    """
    kept = "".join(" " if char.isspace() else char for char in text if _is_plain(char))
    line = " ".join(kept.split()) or "?"
    return line if len(line) <= width else line[: width - 1].rstrip() + "…"


def _is_plain(char: str) -> bool:
    # Cf holds the bidirectional controls, but also the joiner that makes emoji of several signs
    return (
        char.isspace() or char == "\u200d" or unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Co", "Cn")
    )


@contextmanager
def quiet_style() -> Iterator[None]:
    """Set the look of a figure for its making and its drawing, and put back what was set before."""
    import warnings  # noqa: PLC0415

    import matplotlib as mpl  # noqa: PLC0415

    settings: Any = {
        "svg.fonttype": "none",
        "svg.hashsalt": "discourse",
        "text.parse_math": False,  # a name may hold dollar signs
        "font.family": ["DejaVu Sans"],
        "font.size": 9.0,
        "text.color": INK,
        "axes.edgecolor": LINE,
        "axes.labelcolor": SOFT,
        "xtick.color": INK,
        "ytick.color": INK,
        "figure.facecolor": "none",
        "axes.facecolor": "none",
        "savefig.facecolor": "none",
        "axes.linewidth": 0.8,
        "svg.image_inline": True,
        "path.simplify": False,
    }
    with mpl.rc_context(settings), warnings.catch_warnings():
        # the reader's browser has the glyphs that the font used for measuring lacks
        warnings.filterwarnings("ignore", message=r"Glyph .* missing from", category=UserWarning)
        yield
