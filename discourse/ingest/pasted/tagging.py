"""What each row of a page is to a post, told by a model that has seen very many made-up layouts."""

from functools import lru_cache
from pathlib import Path

import numpy as np
from msgspec import Struct

from discourse.ingest.pasted.alike import Floats
from discourse.ingest.pasted.opinions import opinions
from discourse.ingest.pasted.recurrence import Rows
from discourse.ingest.pasted.traits import traits

# rest: of no post. before, name, behind: a header's rows. spoken: a name with the text behind it.
# signed: a name under its text.
TAGS = ("rest", "before", "name", "behind", "text", "spoken", "signed")
REST, BEFORE, NAME, BEHIND, TEXT, SPOKEN, SIGNED = range(len(TAGS))
_WIDEST = 4.0  # spreads from the mean beyond which a trait says no more
_LONG = 600  # rows of a page that is looked at as a whole
_WINDOW, _MARGIN = 400, 60  # rows of a window, and those beside it that are looked at with it
_LEAST = 1e-4  # of a tag's likelihood, so that one row never forbids a whole reading
_ORDER = 0.5  # what the order of tags weighs beside the rows themselves, which see their neighbours
_FOLDER = Path(__file__).parent.parent / "profiles"


class Look(Struct, frozen=True):
    """A small network of dense layers that gives each row a likelihood for every tag."""

    mean: Floats  # of each trait where it was learned
    spread: Floats
    layers: tuple[tuple[Floats, Floats], ...]  # weights and bias of each layer, the last one gives odds

    def likely(self, rows: Floats) -> Floats:
        """Return how likely each tag is for each row, 0 to 1."""
        held = np.clip((rows - self.mean) / self.spread, -_WIDEST, _WIDEST)
        for weights, bias in self.layers[:-1]:
            held = np.maximum(held @ weights + bias, 0.0)
        weights, bias = self.layers[-1]
        odds = held @ weights + bias
        odds = np.exp(odds - odds.max(axis=1, keepdims=True))
        return np.asarray(odds / odds.sum(axis=1, keepdims=True))


class RowModel(Struct, frozen=True):
    """The looks that are taken at a page one after the other, and how tags follow each other."""

    looks: tuple[Look, ...]
    follows: Floats  # likelihood of a tag (column) after another (line)
    opens: Floats  # likelihood of a tag on the first row

    def likely(self, page: Rows) -> Floats:
        """Return one line for each row of a page, one column for each of `TAGS`: how likely it is, 0 to 1.

        A long page is looked at in windows: counts on pages of hundreds of posts say other things than
        those of the pages that the model has learned from.
        """
        count = len(page.rows)
        if count <= _LONG:
            return self._likely(page)
        found = np.empty((count, len(TAGS)))
        for first in range(0, count, _WINDOW):
            last = min(count, first + _WINDOW + _MARGIN)
            begin = max(0, min(first - _MARGIN, last - _WINDOW))
            odds = self._likely(Rows(page.rows[begin:last]))
            found[first:last] = odds[first - begin :]
        return found

    def _likely(self, page: Rows) -> Floats:
        own, classes = traits(page)
        odds = self.looks[0].likely(own)
        for look in self.looks[1:]:
            odds = look.likely(np.column_stack([own, opinions(classes, odds)]))
        return odds

    def path(self, odds: Floats) -> list[int]:
        """Return the likeliest tags of a page's rows in their order (Viterbi 1967)."""
        if not len(odds):
            return []
        rows = np.log(np.maximum(odds, _LEAST))
        steps = _ORDER * np.log(self.follows)
        best = _ORDER * np.log(self.opens) + rows[0]
        back = np.zeros((len(rows), len(TAGS)), dtype=np.int64)
        for place in range(1, len(rows)):
            reach = best[:, np.newaxis] + steps
            back[place] = reach.argmax(axis=0)
            best = reach.max(axis=0) + rows[place]
        found = [int(best.argmax())]
        for place in range(len(rows) - 1, 0, -1):
            found.append(int(back[place, found[-1]]))
        return found[::-1]


@lru_cache
def row_model() -> RowModel:
    """Load the weights that the package carries."""
    with np.load(_FOLDER / "page-rows.npz") as held:
        looks = tuple(_look(held, number) for number in range(int(held["looks"])))
        return RowModel(looks, held["follows"].astype(float), held["opens"].astype(float))


@lru_cache
def token_model() -> tuple[Look, ...]:
    """Load the weights that tell a name's tokens from those around it, one look after the other."""
    with np.load(_FOLDER / "page-tokens.npz") as held:
        return tuple(_look(held, number) for number in range(int(held["looks"])))


def _look(held: "np.lib.npyio.NpzFile", number: int) -> Look:
    def part(name: str) -> Floats:
        return np.asarray(held[f"{name} {number}"], dtype=float)

    layers = tuple(
        (part(f"weights {layer}"), part(f"bias {layer}")) for layer in range(int(held[f"layers {number}"]))
    )
    return Look(part("mean"), part("spread"), layers)
