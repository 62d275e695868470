"""Random pages on which no reader comments, though much recurs on them as posts do.

They are what a reader of comment pages has to leave alone: fronts of newspapers, indexes of forums, lists
of every sort, plays, logs. Each page holds one to four kinds with a site's furniture around them.
"""

import textwrap
from collections.abc import Callable

from tests.ingest.made_up import wide_nothing_lists as lists
from tests.ingest.made_up import wide_nothing_press as press
from tests.ingest.made_up import wide_nothing_sites as sites
from tests.ingest.made_up import wide_nothing_tables as tables
from tests.ingest.made_up import wide_nothing_texts as texts
from tests.ingest.made_up.wide_nothing_draw import RULES, Draw

Kind = Callable[[Draw], list[str]]
KINDS: tuple[Kind, ...] = (*press.KINDS, *lists.KINDS, *texts.KINDS, *sites.KINDS, *tables.KINDS)
# Named people speak in turn: whoever reads their turns as posts does not make anything up.
DIALOGUES = frozenset({"interview", "play", "subtitles"})
TOP = ("home", "forum", "search", "cookie", "newsletter", "login", "follow", "ad", "page", "share", "rules")
BOTTOM = ("terms", "top_link", "next", "prev", "page", "related", "most_read", "cookie", "load", "share")


def kinds(seed: int) -> tuple[str, ...]:
    """Names of the kinds that stand on the page of a seed, in their order."""
    return tuple(kind.__name__ for kind in _kinds(Draw(seed)))


def wide_nothing(seed: int) -> str:
    """The text of a page, as it is when all of it is copied: the same for the same seed."""
    d = Draw(seed)
    chosen = _kinds(d)
    gap = d.rng.choice(([], [""], ["", ""], [d.rng.choice(RULES)]))
    lines = _furniture(d, TOP, 5)
    for i, kind in enumerate(chosen):
        lines += gap if i else []
        lines += kind(d)
    lines += gap + _furniture(d, BOTTOM, 4)
    return "\n".join(_finished(d, lines)).strip("\n") + "\n"


def _kinds(d: Draw) -> list[Kind]:
    """Drawn first of all, so that `kinds` need not draw the page."""
    return d.rng.sample(KINDS, d.rng.choices((1, 2, 3, 4), (50, 27, 14, 9))[0])


def _furniture(d: Draw, keys: tuple[str, ...], most: int) -> list[str]:
    """What a site puts around everything: words of navigation, on one line or on one each."""
    lines = [d.label(key) for key in d.rng.sample(keys, d.n(0, most))]
    if d.chance(0.5):
        sections = d.rng.sample(d.words["sections"], d.n(2, 6))
        join = d.rng.choice(("\n", " | ", " · ", "\t", " "))
        lines[:0] = join.join(sections).split("\n")
    if d.chance(0.2):
        lines.append(f"© {d.now.year} {d.any('places')}")
    return lines


def _finished(d: Draw, lines: list[str]) -> list[str]:
    """The lines as copying leaves them: on some pages wrapped, marked, or with no empty ones."""
    end = d.rng.choice((" ", "\t", "\u00a0")) if d.chance(0.07) else ""
    form = d.rng.random()
    if form < 0.12:
        lines = [line for line in lines if line.strip()]
    elif form < 0.2:
        lines = [x for line in lines if line.strip() for x in (line, "")]
    if d.chance(0.05):
        width = d.rng.choice((48, 64, 72, 80))
        lines = [x for line in lines for x in (textwrap.wrap(line, width) if len(line) > width else [line])]
    if d.chance(0.05):
        start = d.rng.choice((" ", "  ", "\t", "> ", "| "))
        lines = [start + line if line else line for line in lines]
    return [line + end if line else line for line in lines]
