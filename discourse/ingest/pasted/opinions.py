"""What a first look at a page says of each row's surroundings, for a second look (auto-context, Tu 2008)."""

import numpy as np
from numpy.typing import NDArray

from discourse.ingest.pasted.alike import FAR, Classes, Floats, Ints
from discourse.ingest.pasted.traits import STEPS, shifted

_NEAR = (-2, -1, 1, 2)


def opinions(classes: Classes, odds: Floats) -> Floats:
    """Return what a first look at a page says of each row's surroundings, for a second look.

    Parameters
    ----------
    odds
        One line a row, one column a tag: how likely each tag is by the first look, 0 to 1.
    """
    count, tags = odds.shape
    around = [np.column_stack([shifted(odds[:, tag], step) for tag in range(tags)]) for step in STEPS]
    own = [_means(held, odds) for held in (classes.shape, classes.edge, classes.text)]
    slots = [_slot_means(classes.shape, odds, step) for step in _NEAR]
    slots += [_slot_means(classes.edge, odds, step) for step in (-1, 1)]
    page = np.broadcast_to(odds.mean(axis=0), (count, tags))
    best = odds.argmax(axis=1)
    far = [distance for tag in (1, 2, 4, 0) for distance in _distances(best == tag)]
    return np.column_stack([odds, *around, *own, *slots, page, *far])


def _means(owner: Ints, odds: Floats) -> Floats:
    size = max(1, int(owner.max()) + 1)
    held = owner >= 0
    times = np.maximum(np.bincount(owner[held], minlength=size), 1)[:, np.newaxis]
    total = np.column_stack(
        [np.bincount(owner[held], weights=column[held], minlength=size) for column in odds.T]
    )
    found: Floats = np.where(held[:, np.newaxis], (total / times)[np.maximum(owner, 0)], -1.0)
    return found


def _slot_means(classes: Ints, odds: Floats, step: int) -> Floats:
    count = len(classes)
    there = np.arange(count) + step
    inside = (there >= 0) & (there < count)
    owner = np.full(count, -1)
    owner[inside] = classes[there[inside]]
    return _means(owner, odds)


def _distances(held: NDArray[np.bool_]) -> list[Floats]:
    """Return for each row how far above and below it the nearest row of a kind stands."""
    places = np.flatnonzero(held)
    here = np.arange(len(held))
    if not len(places):
        return [np.full(len(held), FAR), np.full(len(held), FAR)]
    after = np.searchsorted(places, here, side="right")
    above = np.where(after > 0, here - places[np.maximum(after - 1, 0)], FAR)
    before = np.searchsorted(places, here, side="left")
    below = np.where(before < len(places), places[np.minimum(before, len(places) - 1)] - here, FAR)
    return [np.minimum(above, FAR).astype(float), np.minimum(below, FAR).astype(float)]
