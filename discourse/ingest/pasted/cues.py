"""What speaks for and against a line being a name: its characters, neighbours, recurrence."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from math import log1p

import numpy as np
from numpy.typing import NDArray

from discourse.ingest.pasted.barelines import BareLine, Recurrence, copies
from discourse.ingest.pasted.names import LEXICAL, lexical

_STOPS = (".", "!", "?", "。", "！", "？", '."', "…", ")", "”", '"', "»")
_OPEN = (":", ",", ";", "-", "–")

AROUND = (
    "times prev_kinds next_kinds free_kinds glued_type glued called "
    "prev_none prev_stop prev_open prev_length prev_candidate prev_times prev_glued "
    "next_none next_stop next_length next_candidate next_times next_glued next_lower "
    "second_candidate second_length before_candidate "
    "copied_before copied_after pair_before pair_after blank_before blank_after block "
    "list_like once_lone twice_free next_copied prev_copied mentioned common_share common_all"
).split()
SECOND = (
    "own type_mean type_best prev_name next_name prev_next_names second_name before_name signature "
    "type_prev type_next quoted next_quoted"
).split()
CUES = ("bias", *LEXICAL, *AROUND)


def cues(lines: Sequence[BareLine]) -> tuple[list[int], NDArray[np.float64]]:
    """Return the lines that can be names, and a row of `CUES` for each."""
    table = Recurrence(lines)
    places = [place for place, line in enumerate(lines) if line.name]
    rows = np.zeros((len(places), len(CUES)))
    for row, place in enumerate(places):
        rows[row] = [1.0, *lexical(lines[place].name), *_around(lines, place, table)]
    return places, rows


def _around(lines: Sequence[BareLine], place: int, table: Recurrence) -> list[float]:
    """Return the values of `AROUND` for one line that can be a name."""
    before, after = _at(lines, place - 1), _at(lines, place + 1)
    second, earlier = _at(lines, place + 2), _at(lines, place - 2)
    values = [
        *_recurring(lines[place], table),
        *_before(before, table),
        *_after(after, table),
        bool(second and second.name),
        _length(second),
        bool(earlier and earlier.name),
        *_together(lines[place], before, after, table),
        place + 1 in table.copied,
        place - 1 in table.copied,
        *_within(lines[place].name, table),
    ]
    return [float(value) for value in values]


def _at(lines: Sequence[BareLine], place: int) -> BareLine | None:
    return lines[place] if 0 <= place < len(lines) else None


def _recurring(line: BareLine, table: Recurrence) -> tuple[float, ...]:
    """Return how often a line's name stands alone, and between how many others."""
    name = line.name
    kinds_before, kinds_after = len(table.before[name]), len(table.after[name])
    return (
        _log(table.times[name]),
        _log(kinds_before),
        _log(kinds_after),
        _log(min(kinds_before, kinds_after)),
        _log(table.glued[name] + 1),
        line.moment is not None,
        _log(table.called[name] + 1),
    )


def _before(line: BareLine | None, table: Recurrence) -> tuple[float, ...]:
    """Return what the line above is."""
    if line is None:
        return True, False, False, 0.0, False, 0.0, False
    return (
        False,
        line.text.endswith(_STOPS),
        line.text.endswith(_OPEN),
        _length(line),
        bool(line.name),
        _log(table.times[line.name]) if line.name else 0.0,
        line.moment is not None,
    )


def _after(line: BareLine | None, table: Recurrence) -> tuple[float, ...]:
    """Return what the line below is."""
    if line is None:
        return True, False, 0.0, False, 0.0, False, False
    return (
        False,
        line.text.endswith(_STOPS),
        _length(line),
        bool(line.name),
        _log(table.times[line.name]) if line.name else 0.0,
        line.moment is not None,
        line.text[:1].islower(),
    )


def _together(
    line: BareLine, before: BareLine | None, after: BareLine | None, table: Recurrence
) -> tuple[float, ...]:
    """Return what a line and those around it are together: pairs that recur, blocks, lists."""
    pair_before = before is not None and table.pairs[before.text, line.text] > 1
    pair_after = after is not None and table.pairs[line.text, after.text] > 1
    above, below = bool(before and before.name), bool(after and after.name)
    free = min(len(table.before[line.name]), len(table.after[line.name]))
    blank_after = after is not None and after.blank_before
    return (
        pair_before and not above,
        pair_after and not below,
        pair_before and above,
        pair_after and below,
        line.blank_before,
        blank_after,
        line.blank_before and after is not None and not blank_after,
        above and below,
        table.times[line.name] == 1 and not (above or below),
        free > 1,
    )


def _within(name: str, table: Recurrence) -> tuple[float, ...]:
    """Return how often a name, and each of its words, stands within other lines."""
    common = [table.common[word.lower().strip(".,!?")] > 0 for word in name.split()]
    return min(2.0, log1p(table.mentioned[name])), sum(common) / len(common), all(common)


def _log(count: int) -> float:
    return log1p(max(0, count - 1))


def _length(line: BareLine | None) -> float:
    return 0.0 if line is None else min(1.0, log1p(len(line.text)) / 6)


def second_cues(
    lines: Sequence[BareLine], places: Sequence[int], own: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return a row of `SECOND` for each candidate: what the first guess says of it and of others."""
    guess = np.zeros(len(lines) + 4)
    guess[[place + 2 for place in places]] = own
    total: defaultdict[str, float] = defaultdict(float)
    best: defaultdict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])
    times: Counter[str] = Counter()
    for place, value in zip(places, own.tolist(), strict=True):
        name = lines[place].name
        total[name] += value
        times[name] += 1
        best[name] = sorted([*best[name], value])[-2:]
    around: defaultdict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])
    for place in places:
        around[lines[place].name][0] += float(guess[place + 1])
        around[lines[place].name][1] += float(guess[place + 3])
    quoted = _quoted(lines, guess)
    rows = np.zeros((len(places), len(SECOND)))
    author = ""
    for row, (place, value) in enumerate(zip(places, own.tolist(), strict=True)):
        name = lines[place].name
        others = times[name] - 1
        top = best[name][0] if best[name][1] == value else best[name][1]
        b2, b1, a1, a2 = (float(guess[place + 2 + step]) for step in (-2, -1, 1, 2))
        rows[row] = [
            value,
            (total[name] - value) / others if others else 0.0,
            top if others else 0.0,
            b1,
            a1,
            b1 * a1,
            a2 * a1,
            b2 * b1,
            float(name == author and a1 > 0.5 and b1 < 0.5),
            (around[name][0] - b1) / others if others else 0.0,
            (around[name][1] - a1) / others if others else 0.0,
            float(place in quoted),
            float(place + 1 in quoted),
        ]
        if value > 0.5 and b1 < 0.5:
            author = name
    return rows


def _quoted(lines: Sequence[BareLine], guess: NDArray[np.float64]) -> set[int]:
    """Return the lines that name the one whose words stand right below them."""
    owner: list[str] = []
    name = ""
    for place, line in enumerate(lines):
        if line.name and line.moment is None and guess[place + 2] > 0.5 and not guess[place + 1] > 0.5:
            name = line.name
        owner.append(name)
    return {
        place - 1
        for place, source in copies(lines).items()
        if place and lines[place - 1].name and lines[place - 1].name == owner[source]
    }
