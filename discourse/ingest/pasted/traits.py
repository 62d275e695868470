"""What can be told of each row of a page without knowing its layout: itself, what recurs, what stands around.

The traits are the same for every script and language wherever that can be: lengths, numbers, moments,
marks and recurrence. Words count only where they are known for buttons, answers and prose.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import chain, pairwise

import numpy as np

from discourse.ingest.counts import is_heading
from discourse.ingest.furniture import is_form, is_note
from discourse.ingest.pasted.alike import (
    SHAPE,
    SLOT,
    Classes,
    Floats,
    beginnings,
    classes_of,
    evenness,
    slot_traits,
    slot_values,
)
from discourse.ingest.pasted.names import LEXICAL, could_be_name, lexical
from discourse.ingest.pasted.recurrence import Rows
from discourse.ingest.pasted.rowheads import HEAD, Heads, is_mark
from discourse.ingest.pasted.rows import Row
from discourse.ingest.pasted.rowtails import TAIL, Tails
from discourse.ingest.pasted.rowtexts import said_by_letters, said_by_numbers, said_by_text

_GRAM = 5  # tokens of a row that is looked for within other rows
_LONGEST = 120  # characters of a row that may be a name
_HOST = 24  # tokens of a row within which others are looked for
STEPS = (-3, -2, -1, 1, 2, 3)  # rows around one that are looked at

OWN = (
    *(
        "length words tokens long stop colon comma dots lower upper digit at_start arrow_start bracket "
        "quoted url arrow at bullets list_item moments moment_share moment_first moment_last clock offset "
        "glued timed dated numbers number_share number_first button numbered label answer heading form "
        "note prose nameable emoji caseless letters text_times shape_times text_share shape_share hosts "
        "hosted head_times tail_times key_times gap_above gap_below lead lead_quote lead_before "
        "lead_after top bottom rows gaps timed_share button_share prose_share short_share twin_before "
        "twin_after same_name_before pair_before pair_after mark_lead mark_tail "
    ).split(),
    *HEAD,
    *TAIL,
)
_COUNTED = [
    OWN.index(name)
    for name in (
        "length words text_times shape_times hosts head_times tail_times key_times rows pair_before "
        "pair_after colon_shared first_times third_times form2 form4 form6 form_end end_times end_third "
        "end_form2 end_form4 end_form6 dash_form dash_text"
    ).split()
]  # traits that are logarithms of counts
_Edge = tuple[str, ...]
_AROUND = (
    "length words stop prose nameable button timed dated moments text_times shape_times hosts gap_above "
    "number_share lower answer numbered letters label arrow"
).split()

TRAITS = (
    *OWN,
    *(f"name {name}" for name in LEXICAL),
    *SHAPE,
    *(f"edge {name}" for name in SHAPE),
    *(f"{step} {name}" for step in STEPS for name in (_AROUND if abs(step) < 3 else _AROUND[:9])),
    *(f"slot {step} {name}" for step in STEPS for name in ("size", *SLOT)),
    *(f"edge slot {step} {name}" for step in (-1, 1) for name in ("size", *SLOT)),
)


def traits(page: Rows) -> tuple[Floats, Classes]:
    """Return one line of `TRAITS` for each row of the page, and the rows' classes."""
    rows = page.rows
    count = len(rows)
    if not count:
        none = np.zeros(0, dtype=np.int64)
        return np.zeros((0, len(TRAITS))), Classes(none, none, none)
    own = _own(page)
    column = {name: own[:, place] for place, name in enumerate(OWN)}
    classes = classes_of(page, column)
    around = [shifted(column[name], step) for step in STEPS for name in _names_around(step)]
    values, texts = slot_values(column), beginnings(page)
    slots = [part for step in STEPS for part in slot_traits(classes.shape, values, texts, step)]
    slots += [part for step in (-1, 1) for part in slot_traits(classes.edge, values, texts, step)]
    even = [evenness(held, column) for held in (classes.shape, classes.edge)]
    return np.column_stack([own, _names(rows), *even, *around, *slots]), classes


def _names_around(step: int) -> list[str]:
    return _AROUND if abs(step) < 3 else _AROUND[:9]


def _names(rows: Sequence[Row]) -> Floats:
    """Return what the characters of rows say for and against their being names."""
    found = np.zeros((len(rows), len(LEXICAL)))
    for place, row in enumerate(rows):
        if not row.long and len(row.text) <= _LONGEST:
            found[place] = lexical(row.text)
    return found


def shifted(values: Floats, step: int) -> Floats:
    """Return for each row the value of the row `step` below it; -1 where there is none."""
    found = np.full(len(values), -1.0)
    if step > 0:
        found[:-step] = values[step:]
    else:
        found[-step:] = values[:step]
    return found


class _Recurring:
    """What recurs on a page: texts, beginnings and ends of rows, rows within rows, pairs of rows."""

    def __init__(self, page: Rows) -> None:
        rows = page.rows
        whole = [tuple([token.mask for token in row.tokens]) for row in rows]
        self.texts = Counter(row.text for row in rows)
        self.whole = whole
        self.grams = _grams(rows, whole)
        self.head = [masks[:2] for masks in whole]
        self.tail = [masks[-2:] for masks in whole]
        self.heads, self.tails = Counter(self.head), Counter(self.tail)
        self.pairs = Counter((one.text, two.text) for one, two in pairwise(rows))
        self.most = max((times for shape, times in page.shapes.items() if shape != "rule"), default=1)


def _own(page: Rows) -> Floats:
    rows = page.rows
    button = [float(value) for value in page.button]
    timed = [float(page.timed(place)) for place in range(len(rows))]
    prose = [float(page.prose(place)) for place in range(len(rows))]
    common = _common(rows, timed, button, prose)
    table, heads, tails = _Recurring(page), Heads(page), Tails(page)
    lines = (
        (
            *said_by_text(row),
            *_moments(page, place, timed[place]),
            *_kind(page, place, button[place], prose[place]),
            *said_by_letters(row.text),
            *_again(page, place, table),
            *_edges(page, place),
            *common,
            *_beside(rows, place, table),
            *heads.told(place),
            *tails.told(place),
        )
        for place, row in enumerate(rows)
    )
    found = np.fromiter(chain.from_iterable(lines), float, len(rows) * len(OWN)).reshape(len(rows), len(OWN))
    found[:, _COUNTED] = np.log1p(found[:, _COUNTED])
    return found


def _common(
    rows: Sequence[Row], timed: Sequence[float], button: Sequence[float], prose: Sequence[float]
) -> tuple[float, ...]:
    """Return what is said of the page as a whole: its rows, and shares of them."""
    count = len(rows)
    return (
        count,
        sum(row.gap > 0 for row in rows) / count,
        sum(timed) / count,
        sum(button) / count,
        sum(prose) / count,
        sum(len(row.text) < 30 for row in rows) / count,
    )


def _kind(page: Rows, place: int, button: float, prose: float) -> tuple[float, ...]:
    row = page.rows[place]
    return (
        button,
        page.numbered(place),
        page.label(place),
        page.answer(place) is not None,
        not row.long and is_heading(row.text),
        is_form(row.text),
        is_note(row.text),
        prose,
        not row.long and could_be_name(row.text),
    )


def _again(page: Rows, place: int, table: _Recurring) -> tuple[float, ...]:
    """Return how often a row, its shape, its beginning and its end stand on the page."""
    row = page.rows[place]
    times = table.texts[row.text]
    alike = page.shapes[row.shape] if not row.long else 1
    keyed = ":" in row.text[:24] or "：" in row.text[:24]
    return (
        times,
        alike,
        times / len(page.rows),
        alike / table.most,
        *_hosts(row, table.whole[place], table),
        table.heads[table.head[place]],
        table.tails[table.tail[place]],
        page.keys.get(_key(row), 0) if keyed else 0,
    )


def _edges(page: Rows, place: int) -> tuple[float, ...]:
    """Return the blank lines and the marks of depth around a row, and how near the page's ends it is."""
    rows, row = page.rows, page.rows[place]
    before = rows[place - 1] if place else None
    after = rows[place + 1] if place + 1 < len(rows) else None
    return (
        min(row.gap, 3),
        -1 if after is None else min(after.gap, 3),
        min(len(row.lead), 12),
        ">" in row.lead or "|" in row.lead or "»" in row.lead,
        0 if before is None else np.sign(len(row.lead) - len(before.lead)),
        0 if after is None else np.sign(len(after.lead) - len(row.lead)),
        min(place, 60) / 60,
        min(len(rows) - 1 - place, 60) / 60,
    )


def _beside(rows: Sequence[Row], place: int, table: _Recurring) -> tuple[float, ...]:
    """Return whether the rows around say the same, or stand together elsewhere too."""
    row = rows[place]
    before = rows[place - 1].text if place else None
    after = rows[place + 1].text if place + 1 < len(rows) else None
    two = rows[place - 2].text if place > 1 else None
    return (
        before == row.text,
        after == row.text,
        two == row.text,
        0 if before is None else table.pairs[before, row.text],
        0 if after is None else table.pairs[row.text, after],
        bool(row.tokens) and is_mark(row.tokens[0].mask),
        bool(row.tokens) and is_mark(row.tokens[-1].mask),
    )


def _key(row: Row) -> str:
    return re.split("[:：]", row.text[:24], maxsplit=1)[0].strip().casefold()


def _moments(page: Rows, place: int, timed: float) -> tuple[float, ...]:
    row = page.rows[place]
    size = max(1, len(row.text))
    moments = row.moments
    return (
        len(moments),
        sum(one.end - one.start for one in moments) / size,
        bool(moments) and moments[0].start <= 1,
        bool(moments) and moments[-1].end >= len(row.text) - 1,
        any(one.has_clock for one in moments),
        any(one.offset is not None for one in moments),
        page.glued(place),
        timed,
        page.dated(place),
        *said_by_numbers(row),
    )


def _grams(rows: Sequence[Row], whole: Sequence[_Edge]) -> Counter[_Edge]:
    """Count in how many short rows the tokens of each short row stand together."""
    wanted = {masks for masks in whole if 0 < len(masks) <= _GRAM}
    sizes: defaultdict[str, set[int]] = defaultdict(set)
    for masks in wanted:
        sizes[masks[0]].add(len(masks))
    found: Counter[_Edge] = Counter()
    for row, masks in zip(rows, whole, strict=True):
        if row.long or len(masks) > _HOST:
            continue
        runs = {
            masks[start : start + size]
            for start, mask in enumerate(masks)
            if mask in sizes
            for size in sizes[mask]
        }
        found.update(runs & wanted)
    return found


def _hosts(row: Row, masks: _Edge, table: _Recurring) -> tuple[int, bool]:
    """Return in how many other rows all of this one stands, and if it holds another that stands alone."""
    if row.long or not masks:
        return 0, False
    text, texts = row.text, table.texts
    held = table.grams[masks] - texts[text] if len(masks) <= _GRAM else 0
    ends = [token.end for token in row.tokens[:6]] if len(masks) <= _HOST else []
    return max(0, held), any(end < len(text) and text[:end] in texts for end in ends)
