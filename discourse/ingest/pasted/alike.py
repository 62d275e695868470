"""Rows of a page that are alike, and what can be told from where they and their neighbours stand."""

from collections import Counter
from collections.abc import Mapping, Sequence
from math import sqrt
from typing import Any

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from discourse.ingest.pasted.recurrence import Rows

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

SHAPE = "class_size class_mean class_spread class_even class_gap class_distinct".split()
SLOT = "words nameable prose button timed dated distinct hosts long gap length number".split()
FAR = 50.0  # rows from which on a distance says no more
_SHARED = 3  # rows that must begin or end alike, so that it tells them from others


class Classes(Struct, frozen=True):
    """Rows of a page that are alike, in three ways: for each row the number of its class."""

    shape: Ints  # by their masks, or else by their kind
    edge: Ints  # by how they begin and end
    text: Ints  # by their text


def classes_of(page: Rows, column: Mapping[str, Floats]) -> Classes:
    """Return the classes of a page's rows.

    Parameters
    ----------
    column
        The rows' own traits by name (see traits.OWN).
    """
    texts = _numbered([row.text[:200] for row in page.rows])
    return Classes(_kinds(page, column), _edges(page, column), texts)


def _numbered(keys: Sequence[Any]) -> Ints:
    found: dict[Any, int] = {}
    return np.array([found.setdefault(key, len(found)) for key in keys], dtype=np.int64)


def _edges(page: Rows, column: Mapping[str, Floats]) -> Ints:
    """Return the classes of rows by the first and the last token that they share with others."""
    rows = page.rows
    first = Counter(row.tokens[0].mask for row in rows if row.tokens and not row.long)
    last = Counter(row.tokens[-1].mask for row in rows if len(row.tokens) > 1 and not row.long)
    keys: list[Any] = []
    for place, row in enumerate(rows):
        if row.long or not row.tokens:
            keys.append((row.long, row.shape == "rule"))
            continue
        head, tail = row.tokens[0].mask, row.tokens[-1].mask
        keys.append(
            (
                head if first[head] >= _SHARED else "",
                tail if len(row.tokens) > 1 and last[tail] >= _SHARED else "",
                row.lead.strip()[:2],
                bool(row.moments),
                bool(column["prose"][place]),
            )
        )
    return _numbered(keys)


def _kinds(page: Rows, column: Mapping[str, Floats]) -> Ints:
    """Return the classes of rows by their shape, where it recurs, or else by their kind."""
    keys: list[Any] = []
    for place, row in enumerate(page.rows):
        if row.shape == "rule" or (
            not row.long and page.shapes[row.shape] >= page.need and len(row.tokens) <= 14
        ):
            key: Any = row.shape
        else:
            key = (
                row.long,
                bool(column["timed"][place]),
                bool(column["moments"][place]),
                bool(column["button"][place]),
                bool(column["prose"][place]),
                bool(column["nameable"][place]),
                bool(column["colon"][place]),
                row.gap > 0,
                row.lead.strip(),
                len(row.text) > 40,
            )
        keys.append(key)
    return _numbered(keys)


def evenness(classes: Ints, column: Mapping[str, Floats]) -> Floats:
    """Return how often each row's class stands on the page, and how regularly."""
    gap, times = column["gap_above"] > 0, column["text_times"]
    size = np.bincount(classes)
    # of most classes there is one row: nothing comes again
    own = np.array([np.log1p(1), FAR, 0.0, 0.0, 0.0, 0.0])
    found = np.broadcast_to(own, (len(classes), len(SHAPE))).copy()
    found[:, 4], found[:, 5] = gap, times
    order = np.argsort(classes, kind="stable")
    ends = np.cumsum(size)
    for kind in np.flatnonzero(size > 1).tolist():
        held = order[ends[kind] - size[kind] : ends[kind]]
        found[held] = _evenness(held, gap, times)
    return found


def _evenness(held: Ints, gap: NDArray[np.bool_], times: Floats) -> tuple[float, ...]:
    """Return how regularly the rows of one class stand at these places."""
    steps = held[1:] - held[:-1]
    mean = int(held[-1] - held[0]) / len(steps)
    off = steps - mean
    spread = sqrt(float(np.add.reduce(off * off)) / len(steps))
    return (
        np.log1p(len(held)),
        min(mean, FAR),
        min(spread / max(1.0, mean), 5.0),
        np.count_nonzero(steps == 1) / len(steps),
        np.count_nonzero(gap[held]) / len(held),
        float(np.add.reduce(times[held])) / len(held),
    )


def slot_values(column: Mapping[str, Floats]) -> list[Floats]:
    """Return the traits of rows that are told of a class, in the order of `SLOT` but for "distinct"."""
    values = {
        **column,
        "hosts": (column["hosts"] + column["text_times"] > np.log1p(1)).astype(float),
        "gap": (column["gap_above"] > 0).astype(float),
        "number": column["number_share"],
    }
    return [values[name] for name in SLOT if name != "distinct"]


def slot_traits(classes: Ints, values: Sequence[Floats], texts: Ints, step: int) -> list[Floats]:
    """Return what stands `-step` rows from rows of the class of the row `step` away: this row's own place.

    A row over "3 hours ago" is known by what else stands over such rows.

    Parameters
    ----------
    values
        What is told of rows (see slot_values).
    texts
        For each row a number that rows share whose texts begin alike.
    """
    count = len(classes)
    size = int(classes.max()) + 1
    there = np.arange(count) + step
    held = (there >= 0) & (there < count)
    owner = classes[there[held]]
    times = np.bincount(owner, minlength=size).astype(float)
    new = np.zeros(len(owner))
    new[np.unique(owner * (int(texts.max()) + 1) + texts[held], return_index=True)[1]] = 1.0
    told = [value[held] for value in values]
    told.insert(SLOT.index("distinct"), new)
    found = np.full((1 + len(SLOT), count), -1.0)
    found[0, held] = np.log1p(times[owner])
    safe = np.maximum(times, 1.0)
    for line, value in enumerate(told, start=1):
        found[line, held] = (np.bincount(owner, weights=value, minlength=size) / safe)[owner]
    return list(found)


def beginnings(page: Rows) -> Ints:
    """Return for each row a number that rows share whose texts begin alike."""
    return _numbered([row.text[:80] for row in page.rows])
