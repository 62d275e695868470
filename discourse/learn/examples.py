"""Rows that people have labelled, ready to learn from."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import chain

import numpy as np
from msgspec import Struct
from msgspec.structs import replace
from numpy.typing import NDArray

from discourse.learn.inputs import Inputs

SIGNS = (";", "|")  # between the labels of one row
_QUOTED = re.compile(r'\s*+"((?:[^"]|"")*+)"\s*+(?:[;|]|\Z)')
_BARE = re.compile(r"([^;|]*+)(?:[;|]|\Z)")


class Examples(Struct, frozen=True):
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


def number_of(count: int, one: str, many: str | None = None) -> str:
    """Write a number with its noun: "1 row", "1,200 rows"."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def split_labels(cell: str) -> list[str]:
    """Return the labels that a cell names, `;` or `|` between them, each once; an empty cell has none.

    A label that holds such a sign stands in quotation marks, as `join_labels` writes it.
    """
    parts = []
    at = 0
    while at < len(cell):
        found = _QUOTED.match(cell, at) or _BARE.match(cell, at)
        if found is None:
            break
        bare = found.group(1)
        parts.append(bare.replace('""', '"') if found.re is _QUOTED else bare)
        at = found.end()
    return list(dict.fromkeys(part.strip() for part in parts if part.strip()))


def join_labels(labels: Iterable[str]) -> str:
    """Write labels into one cell, `;` between them, so that `split_labels` returns them."""
    return ";".join(map(_quoted, labels))


def _quoted(label: str) -> str:
    is_plain = not any(sign in label for sign in SIGNS) and not label.lstrip().startswith('"')
    return label if is_plain else '"' + label.replace('"', '""') + '"'


def names_several(cells: Sequence[str]) -> bool:
    """Say whether cells name several labels: one of those between signs stands in another cell too.

    Else the signs belong to the labels, as in "yes; but not now".
    """
    split = [split_labels(cell) for cell in dict.fromkeys(cells)]
    times = Counter(chain.from_iterable(split))
    return any(len(labels) > 1 and max(times[label] for label in labels) > 1 for labels in split)


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
