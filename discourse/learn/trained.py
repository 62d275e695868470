"""Models that users trained: how they are kept, and what they say of new rows."""

from collections.abc import Mapping, Sequence
from hashlib import blake2b
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from discourse.learn.baselines import Lists
from discourse.learn.figures import chosen
from discourse.learn.inputs import Block, Inputs, Layout
from discourse.learn.linear import Floats, Head, Heads
from discourse.learn.stored import Stored, read_model
from discourse.learn.training import Learned

KIND = "discourse-trained-1"
_MOST_LABELS = 1_000
_MOST_WEIGHTS = 1 << 28  # columns times labels


class Model(Struct, frozen=True):
    """A model of one question, ready to label rows."""

    task: str
    labels: tuple[str, ...]
    layout: Layout
    heads: Heads
    cuts: Floats
    is_choice: bool
    seen: NDArray[np.uint64]  # sorted; what stands for the rows that it learned from
    card: Mapping[str, Any]
    lists: Lists | None  # what word lists alone learned of the same rows; None in models of earlier versions

    def shares(self, inputs: Inputs) -> Floats:
        """Return shares from 0 to 1, a row a text and a column a label, four decimals.

        An input that the model does not read is left aside, one that it lacks is taken for empty.
        """
        (shares,) = self.heads.shares(self.layout.rows(inputs))
        return np.asarray(shares.round(4))

    def given(self, shares: Floats) -> NDArray[np.bool_]:
        """Return the labels that shares give."""
        return chosen(shares, is_choice=self.is_choice, cuts=self.cuts)

    @property
    def reads(self) -> frozenset[str]:
        """Which inputs beside texts it reads: parent, target."""
        return frozenset(block.reads for block in self.layout.blocks) & {"parent", "target"}

    def has_seen(self, inputs: Inputs) -> NDArray[np.bool_]:
        """Say for each row whether it learned from one of the same inputs."""
        return np.isin(row_marks(inputs, self.reads), self.seen)


def row_marks(inputs: Inputs, reads: frozenset[str]) -> NDArray[np.uint64]:
    """Return a number that stands for each row's inputs; the texts cannot be had from it."""
    columns: list[Sequence[str]] = [inputs.texts]
    if "parent" in reads:
        columns.append(inputs.parents if inputs.parents is not None else [""] * len(inputs))
    if "target" in reads:
        columns.append(inputs.targets if inputs.targets is not None else [""] * len(inputs))
    marks = [
        blake2b("\x1f".join(row).encode("utf-8", "surrogatepass"), digest_size=8).digest()
        for row in zip(*columns, strict=True)
    ]
    return np.frombuffer(b"".join(marks), dtype="<u8").astype(np.uint64)


def packed(
    learned: Learned, inputs: Inputs, lists: Lists | None = None
) -> tuple[dict[str, Any], dict[str, NDArray[Any]]]:
    """Return what a card says of a model's inside, and its arrays.

    Parameters
    ----------
    lists
        The baseline that goes with it.
    """
    inside = {
        "kind": KIND,
        "single_choice": learned.head.is_choice,
        "strength": learned.strength,
        "cuts": [round(float(cut), 4) for cut in learned.cuts],
        "inputs": [block.card() for block in learned.layout.blocks],
    }
    reads = frozenset(block.reads for block in learned.layout.blocks) & {"parent", "target"}
    seen = np.unique(row_marks(inputs, reads))
    arrays = {**learned.head.packed(), "seen": seen}
    if lists is None:
        return inside, arrays
    return {**inside, "lists": list(lists.names)}, {**arrays, **lists.packed()}


def load_trained(folder: Path | Traversable) -> Model:
    """Read a model that `discourse train` wrote.

    Raises
    ------
    ModelError
        Where it is damaged, or none of that kind.
    """
    stored = read_model(folder)
    if stored.card.get("kind") != KIND:
        raise stored.fault("it is no model of one's own labels, or one of another version")
    try:
        return _model(stored)
    except (KeyError, ValueError, TypeError, IndexError, AttributeError, OverflowError) as error:
        raise stored.fault("its card and its weights do not go together") from error


def _model(stored: Stored) -> Model:
    card = stored.card
    labels = tuple(str(label) for label in card["labels"])
    layout = Layout(tuple(Block.of_card(block) for block in card["inputs"]))
    cuts = np.array([float(cut) for cut in card["cuts"]])
    if not 1 <= len(labels) <= _MOST_LABELS or len(set(labels)) < len(labels) or cuts.shape != (len(labels),):
        raise ValueError("labels and cuts differ in number")
    if not layout.blocks or layout.columns * len(labels) > _MOST_WEIGHTS or not (cuts > 0).all():
        raise ValueError("no columns")
    is_choice = bool(card["single_choice"])
    head = Head.unpacked(stored.arrays, labels=labels, columns=layout.columns, is_choice=is_choice)
    seen = stored.arrays["seen"].astype(np.uint64)
    lists = Lists.unpacked(stored.arrays, card["lists"], len(labels)) if "lists" in card else None
    return Model(str(card["task"]), labels, layout, Heads([head]), cuts, is_choice, seen, card, lists)
