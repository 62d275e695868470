"""Parts of rows that belong together: a thread, an author or a copied text never stands on both sides."""

from collections import defaultdict
from collections.abc import Sequence
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from discourse.text.normalise import fold


def groups_of(named: Sequence[str] | None, texts: Sequence[str]) -> list[str]:
    """Return for each row what it belongs to.

    Parameters
    ----------
    named
        The rows' threads or authors. A row with an empty name stands for itself, and so does every row
        where None is given: then rows of the same text belong together.
    """
    if named is None:
        first: dict[str, int] = {}
        return [f"row {first.setdefault(_bare(text), place)}" for place, text in enumerate(texts)]
    return [f"named {name}" if name else f"row {place}" for place, name in enumerate(named)]


def _bare(text: str) -> str:
    return " ".join(fold(text).split())


def folds_of(groups: Sequence[str], truth: NDArray[np.bool_], *, folds: int, seed: int) -> NDArray[np.int64]:
    """Return for each row its fold, 0 to `folds` - 1; a group's rows are in one fold.

    Groups go one by one, the largest first and those of one size in an order that the seed draws, to
    the fold that has least of their labels. With fewer groups than folds some folds are empty.
    """
    members: dict[str, list[int]] = defaultdict(list)
    for place, group in enumerate(groups):
        members[group].append(place)
    common = np.maximum(truth.sum(axis=0), 1)
    held = np.zeros((folds, truth.shape[1]))
    rows = np.zeros(folds)
    found = np.zeros(len(groups), dtype=np.int64)
    for group in sorted(members, key=lambda name: (-len(members[name]), drawn(name, seed))):
        places = members[group]
        counts = truth[places].sum(axis=0) / common
        # what the fold would have of the group's labels; rows without any label count too
        weight = ((held + counts) * counts).sum(axis=1) + rows * len(places) / len(groups) ** 2
        fold_ = int(np.lexsort((np.arange(folds), rows, weight.round(12)))[0])
        found[places] = fold_
        held[fold_] += counts
        rows[fold_] += len(places)
    return found


def drawn(name: str, seed: int) -> bytes:
    """Return what stands for a name in an order that a seed draws, the same on every machine."""
    return blake2b(f"{seed}|{name}".encode("utf-8", "surrogatepass"), digest_size=8).digest()


def part_of(groups: Sequence[str], *, share: float, seed: int) -> NDArray[np.bool_]:
    """Return which rows are in a part of about a share of all, by whole groups; a larger part holds it."""
    ordered = sorted(set(groups), key=lambda name: drawn(name, seed))
    sizes: dict[str, int] = defaultdict(int)
    for group in groups:
        sizes[group] += 1
    taken: set[str] = set()
    held = 0
    for group in ordered:
        if held >= share * len(groups):
            break
        taken.add(group)
        held += sizes[group]
    return np.array([group in taken for group in groups], dtype=np.bool_)
