"""Rows that people have labelled, ready to learn from."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from discourse.learn.inputs import Inputs

SIGNS = (";", "|")  # between the labels of one row


@dataclass(frozen=True, slots=True)
class Examples:
    """Inputs with the labels that hold, and what rows belong together."""

    inputs: Inputs
    labels: tuple[str, ...]
    truth: NDArray[np.bool_]  # a row a text, a column a label
    is_choice: bool  # whether each row has exactly one label
    groups: tuple[str, ...]  # rows of one group stand on one side of every split
    threads: tuple[str, ...] | None = None
    authors: tuple[str, ...] | None = None

    def part(self, rows: Sequence[int]) -> "Examples":
        """Return some rows; labels stay, also those that none of them has."""
        return replace(
            self,
            inputs=self.inputs.part(rows),
            truth=self.truth[list(rows)],
            groups=tuple(self.groups[row] for row in rows),
            threads=None if self.threads is None else tuple(self.threads[row] for row in rows),
            authors=None if self.authors is None else tuple(self.authors[row] for row in rows),
        )

    def __len__(self) -> int:
        return len(self.inputs)


def split_labels(cell: str) -> list[str]:
    """Return the labels that a cell names, `;` or `|` between them, each once; an empty cell has none."""
    parts = [cell]
    for sign in SIGNS:
        parts = list(chain.from_iterable(part.split(sign) for part in parts))
    return list(dict.fromkeys(part.strip() for part in parts if part.strip()))


def names_several(cells: Sequence[str]) -> bool:
    """Say whether any cell names several labels."""
    return any(len(split_labels(cell)) > 1 for cell in cells)


def truth_of(rows: Sequence[Sequence[str]], labels: Sequence[str]) -> NDArray[np.bool_]:
    """Return a row a text and a column a label; labels that are not asked for are left out."""
    places = {label: place for place, label in enumerate(labels)}
    truth = np.zeros((len(rows), len(labels)), dtype=np.bool_)
    for number, row in enumerate(rows):
        for label in row:
            if label in places:
                truth[number, places[label]] = True
    return truth


def label_counts(rows: Sequence[Sequence[str]]) -> dict[str, int]:
    """Count the labels, in the order of their names."""
    return dict(sorted(Counter(chain.from_iterable(rows)).items()))
