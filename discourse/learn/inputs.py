"""What a model of a user's own labels reads: texts, the posts that they answer, targets."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from msgspec import Struct, field
from msgspec.structs import replace
from scipy import sparse

from discourse.learn.ngrams import Counts, Space, named_columns, ngram_counts, ngram_matrix
from discourse.text.normalise import fold

_WORDS = Space(words=(1, 2), bits=18, tag="own")
_LETTERS = Space(words=None, letters=(3, 5), bits=18, tag="own")
_OPENING = Space(words=(1, 3), bits=16, tag="opening")
_ANSWERED = Space(words=(1, 2), bits=17, tag="parent")
_NAMED = Space(words=(1, 1), bits=12, tag="target")
_ANSWERED_SCALE = 0.5  # the post answered tells less than the answer
_FIRST_WORDS = 8  # with which an answer opens
ANCHOR = "0open"  # a word that no text has, before these: n-grams then know where a text begins
READS = ("text", "opening", "parent", "target")


class Inputs(Struct, frozen=True):
    """Rows to be labelled, column by column."""

    texts: Sequence[str]
    parents: Sequence[str] | None = None
    targets: Sequence[str] | None = None

    def part(self, rows: Sequence[int]) -> "Inputs":
        """Return some rows."""
        return Inputs(
            [self.texts[row] for row in rows],
            None if self.parents is None else [self.parents[row] for row in rows],
            None if self.targets is None else [self.targets[row] for row in rows],
        )

    def __len__(self) -> int:
        return len(self.texts)


class Block(Struct, frozen=True):
    """Some columns of the matrix: the n-grams of one input in one space."""

    reads: str  # one of READS
    space: Space
    scale: float = 1.0
    by_target: bool = False  # whether each target has columns of its own

    def matrix(self, inputs: Inputs) -> Any:
        """Return the block's columns, a row a text."""
        texts = self._texts(inputs)
        if not self.by_target:
            return ngram_matrix(texts, self.space) * np.float32(self.scale)
        rows = _rows_by_target(inputs)
        parts = [
            ngram_matrix([texts[row] for row in places], self._for(name)) for name, places in rows.items()
        ]
        if not parts:
            return sparse.csr_array((0, self.space.columns), dtype=np.float32)
        order = np.argsort(np.concatenate([np.array(places) for places in rows.values()]), kind="stable")
        return sparse.vstack(parts, format="csr")[order] * np.float32(self.scale)

    def row(self, inputs: Inputs) -> Counts:
        """Return the same of a single row, as the arrays of which it is made."""
        space = self._for(next(iter(_rows_by_target(inputs)))) if self.by_target else self.space
        counts = ngram_counts(self._texts(inputs), space)
        return replace(counts, values=counts.values * np.float32(self.scale))

    def names(self, inputs: Inputs, columns: Sequence[int]) -> dict[int, str]:
        """Return what some of the block's columns stand for in some texts."""
        texts = self._texts(inputs)
        if not self.by_target:
            return named_columns(texts, self.space, columns)
        found: dict[int, str] = {}
        for name, places in _rows_by_target(inputs).items():
            names = named_columns([texts[row] for row in places], self._for(name), columns)
            for column, shown in names.items():
                found.setdefault(column, f"{shown} (of {name})")
        return found

    def _for(self, target: str) -> Space:
        return replace(self.space, tag=f"{self.space.tag}|{target}")

    def _texts(self, inputs: Inputs) -> Sequence[str]:
        if self.reads == "parent":
            return inputs.parents if inputs.parents is not None else [""] * len(inputs)
        if self.reads == "target":
            return inputs.targets if inputs.targets is not None else [""] * len(inputs)
        if self.reads == "opening":
            return [
                " ".join([ANCHOR, *text.split(maxsplit=_FIRST_WORDS)[:_FIRST_WORDS]]) for text in inputs.texts
            ]
        return inputs.texts

    def card(self) -> dict[str, Any]:
        """Return the block as a model's card has it."""
        space = self.space
        return {
            "reads": self.reads,
            "words": list(space.words) if space.words else None,
            "letters": list(space.letters) if space.letters else None,
            "bits": space.bits,
            "tag": space.tag,
            "scale": self.scale,
            "by_target": self.by_target,
        }

    @classmethod
    def of_card(cls, card: Mapping[str, Any]) -> "Block":
        """Read what `card` returned.

        Raises
        ------
        ValueError, KeyError, TypeError
            Where it is no block.
        """
        space = Space(
            words=_sizes(card["words"]),
            letters=_sizes(card["letters"]),
            bits=int(card["bits"]),
            tag=str(card["tag"]),
        )
        if not 1 <= space.bits <= 22 or card["reads"] not in READS:
            raise ValueError("no block of columns")
        return cls(str(card["reads"]), space, float(card["scale"]), bool(card["by_target"]))


class Layout(Struct, frozen=True):
    """All blocks of a model, side by side."""

    blocks: tuple[Block, ...] = field(default=())

    @classmethod
    def for_inputs(cls, inputs: Inputs) -> "Layout":
        """Return the blocks for what is given: text alone, with the post answered, with targets."""
        blocks = [Block("text", _WORDS), Block("text", _LETTERS)]
        if inputs.parents is not None:
            blocks += [Block("opening", _OPENING), Block("parent", _ANSWERED, _ANSWERED_SCALE)]
        if inputs.targets is not None:
            blocks += [
                Block("target", _NAMED),
                Block("text", _WORDS, by_target=True),
                Block("text", _LETTERS, by_target=True),
            ]
        return cls(tuple(blocks))

    @property
    def columns(self) -> int:
        """How many columns all blocks have."""
        return sum(block.space.columns for block in self.blocks)

    def matrix(self, inputs: Inputs) -> Any:
        """Return one row a text."""
        return sparse.hstack([block.matrix(inputs) for block in self.blocks], format="csr")

    def rows(self, inputs: Inputs) -> Any:
        """Return the same as something that can be multiplied by weights: fast for a text alone too."""
        if len(inputs) != 1:
            return self.matrix(inputs)
        found = [block.row(inputs) for block in self.blocks]
        firsts = np.cumsum([0, *(block.space.columns for block in self.blocks)])[:-1].tolist()
        columns = [counts.columns + np.int32(first) for counts, first in zip(found, firsts, strict=True)]
        values = np.concatenate([counts.values for counts in found])
        return Counts(np.concatenate(columns), values, np.array([len(values)]), self.columns)


def _sizes(value: Any) -> tuple[int, int] | None:
    if value is None:
        return None
    low, high = (int(size) for size in value)
    if not 1 <= low <= high <= 9:
        raise ValueError("no sizes of n-grams")
    return low, high


def _rows_by_target(inputs: Inputs) -> dict[str, list[int]]:
    rows: dict[str, list[int]] = {}
    for place, target in enumerate(inputs.targets if inputs.targets is not None else [""] * len(inputs)):
        rows.setdefault(" ".join(fold(target).split()), []).append(place)
    return rows
