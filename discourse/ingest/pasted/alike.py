"""Rows of a page that are alike, and what can be told from where they and their neighbours stand."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from discourse.ingest.pasted.recurrence import Rows

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

SHAPE = "class_size class_mean class_spread class_even class_gap class_distinct".split()
SLOT = "words nameable prose button timed dated distinct hosts long gap length number".split()
FAR = 50.0  # rows from which on a distance says no more
_SHARED = 3  # rows that must begin or end alike, so that it tells them from others


@dataclass(frozen=True, slots=True)
class Classes:
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
    places: defaultdict[int, list[int]] = defaultdict(list)
    for place, kind in enumerate(classes):
        places[int(kind)].append(place)
    table = np.zeros((len(places), len(SHAPE)))
    for kind, held in places.items():
        steps = np.diff(held) if len(held) > 1 else np.array([FAR])
        mean = float(steps.mean())
        spread = float(steps.std())
        table[kind] = (
            np.log1p(len(held)),
            min(mean, FAR),
            min(spread / max(1.0, mean), 5.0),
            float((steps == 1).mean()),
            float(np.mean(column["gap_above"][held] > 0)),
            float(np.mean(column["text_times"][held])),
        )
    return table[classes]


def slot_traits(classes: Ints, column: Mapping[str, Floats], page: Rows, step: int) -> list[Floats]:
    """Return what stands `-step` rows from rows of the class of the row `step` away: this row's own place.

    A row over "3 hours ago" is known by what else stands over such rows.
    """
    count = len(classes)
    size = int(classes.max()) + 1
    here = np.arange(count)
    there = here + step
    inside = (there >= 0) & (there < count)
    owner = np.full(count, -1)
    owner[inside] = classes[there[inside]]
    held = owner >= 0
    times = np.bincount(owner[held], minlength=size).astype(float)
    safe = np.maximum(times, 1.0)

    def mean(values: Floats) -> Floats:
        total = np.bincount(owner[held], weights=values[held], minlength=size) / safe
        return np.where(held, total[np.maximum(owner, 0)], -1.0)

    found = [np.where(held, np.log1p(times[np.maximum(owner, 0)]), -1.0)]
    firsts: set[tuple[int, str]] = set()
    new = np.zeros(count)
    for place in np.flatnonzero(held).tolist():
        key = (int(owner[place]), page.rows[place].text[:80])
        new[place] = key not in firsts
        firsts.add(key)
    values = {
        "words": column["words"],
        "nameable": column["nameable"],
        "prose": column["prose"],
        "button": column["button"],
        "timed": column["timed"],
        "dated": column["dated"],
        "distinct": new,
        "hosts": (column["hosts"] + column["text_times"] > np.log1p(1)).astype(float),
        "long": column["long"],
        "gap": (column["gap_above"] > 0).astype(float),
        "length": column["length"],
        "number": column["number_share"],
    }
    return found + [mean(values[name]) for name in SLOT]
