"""The bank: layouts that four minds wrote after kinds of real pages, and their variations.

A generator combines what its writer thought of. Here others wrote whole pages, each in a field of his own
and without a look at the others', so that the reader can be measured on a mind that it has not learned from
(`fit_page_reader --without MIND`, then `measure MIND`).
"""

import random
import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from importlib import import_module
from typing import Any

from tests.ingest.made_up import wide_parts as parts
from tests.ingest.made_up.page import Layout
from tests.ingest.made_up.templates import GROUP
from tests.ingest.made_up.words import LANGUAGES, MORE_LANGUAGES

MINDS = ("news", "boards", "social", "papers", "regions", "work", "plain", "apps")
CLOCKS = ("clock", "clock_seconds", "clock12")
LEVELS = re.compile(r"\{(?:depth|level|dots|bars|arrows|path)\}")
Lines = tuple[str, ...]


@cache
def bank(mind: str) -> tuple[Layout, ...]:
    """All layouts of one mind, as they were written."""
    found: tuple[Layout, ...] = import_module(f"tests.ingest.made_up.bank_{mind}").LAYOUTS
    return found


def bank_layout(mind: str, seed: int) -> Layout:
    """A variation of one of a mind's layouts: the same for the same seed."""
    rng = random.Random(f"bank {mind} {seed}")
    return varied(rng.choice(bank(mind)), rng, seed)


def varied(layout: Layout, rng: random.Random, seed: int) -> Layout:
    """The layout as another site of the same kind might have it; a page stays as easy to split."""
    above, below = _without_one(layout, rng)
    change: dict[str, Any] = {
        "name": f"{layout.name} {seed}",
        "above": above,
        "below": below,
        "label_seed": seed,
        "badges": rng.choice((layout.badges, 0.0, 0.2, 0.5)),
        "head": _shorter(layout.head, rng),
        "foot": _shorter(layout.foot, rng),
        "keep_empty": layout.keep_empty and rng.random() < 0.7,
        "show_quotes": layout.show_quotes and rng.random() < 0.9,
    }
    if rng.random() < 0.4:
        change["time"] = rng.choice(CLOCKS if layout.time in CLOCKS else parts.TIMES)
    if rng.random() < 0.4:
        change["reltime"] = rng.choice(parts.AGES)
    if layout.language is None and rng.random() < 0.2:
        change["language"] = rng.choice((*LANGUAGES, *MORE_LANGUAGES))
    if not (layout.indent or layout.new_day or LEVELS.search(layout.templates)) and rng.random() < 0.3:
        change["order"] = rng.choice(("time", "newest", "thread"))
    if rng.random() < 0.08:
        change["line_end"] = rng.choice((" ", "  ", "\t"))
    if layout.every[0] and rng.random() < 0.4:
        change["every"] = (rng.choice((2, 3, 5, 8)), layout.every[1])
    return replace(layout, **change)


def _shorter(rows: Lines, rng: random.Random) -> Lines:
    """The furniture of a page, now and then only its first or last lines, as people copy it."""
    draw = rng.random()
    if draw < 0.5 or not rows:
        return rows
    if draw < 0.65:
        return ()
    cut = rng.randint(0, len(rows))
    return rows[cut:] if draw < 0.85 else rows[:cut]


def _without_one(layout: Layout, rng: random.Random) -> tuple[Lines, Lines]:
    """The lines over and under a text, now and then without one that a page can do without."""
    above, below = layout.above, layout.below
    spare = [(0, i) for i, row in enumerate(above) if _spare(row)]
    spare += [(1, i) for i, row in enumerate(below) if _spare(row)]
    if len(spare) < 3 or rng.random() < 0.6:
        return above, below
    side, at = rng.choice(spare)
    if side:
        return above, (*below[:at], *below[at + 1 :])
    return (*above[:at], *above[at + 1 :]), below


def _spare(row: str) -> bool:
    """Whether a line shows neither name, text, time nor number, nor sets others apart."""
    bare = GROUP.sub("", row)
    held = re.search(r"\{(?:@?\w*(?:author|name|by|says|said|replied|posted)\w*|text|time|reltime)\}", row)
    return bool(bare.strip()) and not held and "number" not in row


def names_missing(truth: Sequence[dict[str, Any]]) -> list[int]:
    """The posts that no line around them names, by their ids: a layout that has some is no good."""
    return [post["id"] for post in truth if not any("author" in slots for slots in post["slots"].values())]
