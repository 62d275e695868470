"""Which sentences can reach a share that counts: the odds of many at once, so that few are rated in full.

What a model says of a sentence takes its n-grams and its cues; nearly all sentences of a thread are far
from what a marker asks for. Here the n-grams of a batch are hashed together, added up in another order than
in `RhetoricModel.shares` and so rounded otherwise: whoever is nearer than `_NEAR` to the least share is kept.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from discourse.learn.codepoints import Places, Whole
from discourse.learn.grams import STEP, Space, columns_for
from discourse.learn.linear import Floats
from discourse.learn.rhetoric import GRAMS, HASHED, SPACES, Marker, RhetoricModel
from discourse.learn.rhetoric_items import Hashed, ItemBook, Items, plain

_CONSTANTS = ("begins1z", "begins2z", "begins3z", "ends1z", "ends2z", "first1z", "first2z", "first3z",
              "last1z", "last2z", "last3z", "opensz", "closesz", "zz")  # fmt: skip
_BATCH = 1024  # texts that are worked on together
_ROUNDED = 1e-4  # by which a share may be less before it is rounded
_NEAR = 0.01  # in log-odds: by far more than what is lost by adding up in another order


@dataclass(frozen=True, slots=True)
class Block:
    """One space of n-grams with what its columns weigh for some markers."""

    space: Space
    rare: NDArray[np.float32]  # of each column
    places: NDArray[np.int32]  # of each column, the row of its weights; the first row is of those without
    weights: NDArray[np.float32]  # times how rare the column is

    @classmethod
    def of(cls, space: Space, rare: NDArray[np.float32], weights: NDArray[np.float32]) -> "Block":
        """Take how rare the columns are and their weights, columns × markers."""
        some = np.flatnonzero(weights.any(axis=1))
        places = np.zeros(len(rare), np.int32)
        places[some] = np.arange(1, len(some) + 1)
        none = np.zeros((1, weights.shape[1]), np.float32)
        return cls(space, rare, places, np.concatenate([none, weights[some] * rare[some, None]]))

    def points(self, rows: Places, columns: Places, texts: int) -> Floats:
        """Return what n-grams add to the odds of each text, texts × markers.

        Parameters
        ----------
        rows, columns
            The text and the column of each n-gram, in any order.
        """
        bits = self.space.bits
        keys: NDArray[np.uint32] | Whole = (rows << bits | columns).view(np.uint64)
        if texts << bits < 1 << 32:
            keys = keys.astype(np.uint32)  # half the bytes sort in half the time
        keys.sort()
        is_new = np.ones(len(keys), dtype=np.bool_)
        np.not_equal(keys[1:], keys[:-1], out=is_new[1:])
        places = np.flatnonzero(is_new)
        kept = keys[places]
        starts = np.searchsorted(kept, np.arange(texts + 1, dtype=np.uint64) << np.uint64(bits))
        kept &= kept.dtype.type(self.space.columns - 1)
        values = _more(np.diff(places, append=len(keys)))
        lengths = _sums((values * self.rare[kept]) ** 2, starts)
        found = sparse.csr_array((texts, len(self.weights)), dtype=np.float32)
        found.data, found.indices, found.indptr = values, self.places[kept], starts.astype(np.int32)
        points: Floats = (found @ self.weights) / np.maximum(np.sqrt(lengths), 1e-9)[:, None]
        return points


def _more(counts: Places) -> NDArray[np.float32]:
    """Return 1 + ln of counts."""
    values: NDArray[np.float32] = (1 + np.log(np.arange(1, int(counts.max(initial=1)) + 1))).astype(
        np.float32
    )
    return values[counts - 1]


def _sums(values: NDArray[np.float32], starts: Places) -> Floats:
    """Return the sums of stretches that follow each other, 0 of an empty one."""
    sums = np.zeros(len(starts) - 1)
    some = np.flatnonzero(starts[1:] > starts[:-1])
    if len(some):
        sums[some] = np.add.reduceat(values, starts[some], dtype=np.float64)
    return sums


class Reach:
    """What sentences can reach of some markers.

    Parameters
    ----------
    markers
        Of the model. Only in questions are those looked for that its card keeps for them.
    """

    def __init__(self, model: RhetoricModel, markers: Sequence[Marker]) -> None:
        every, biases = model.joined
        own = [list(model.markers).index(marker.label) for marker in markers]
        weights, self._bias = every[:, own], biases[own]
        first = 0
        blocks: dict[str, Block] = {}
        for name, space in SPACES.items():
            part = weights[first : first + space.columns] * np.float32(GRAMS)
            blocks[name] = Block.of(space, model.measure.rare[name].astype(np.float32), part)
            first += space.columns
        self._words, self._letters, self._edges = (blocks[name] for name in ("words", "letters", "edges"))
        self._others = [block for block in (blocks["alone"],) if block.weights.any()]
        self._cues = weights[HASHED:].astype(np.float64)
        self._measure = model.measure
        least = np.array([marker.least for marker in markers]) - _ROUNDED
        with np.errstate(divide="ignore", invalid="ignore"):
            self._least = np.nan_to_num(np.log(least / (1 - least)), nan=-np.inf) - _NEAR
        self._asked = np.array([marker.questions for marker in markers], dtype=np.bool_)
        self._book = ItemBook(self._letters.space)
        self._constants = dict(zip(_CONSTANTS, map(Hashed.of, ([name] for name in _CONSTANTS)), strict=True))

    def near(self, texts: Sequence[str], asked: Sequence[bool]) -> list[int]:
        """Return the places of texts whose share of a marker may be the least that counts, or more.

        Parameters
        ----------
        asked
            Of each text, whether the markers of questions are looked for.
        """
        found: list[int] = []
        for first in range(0, len(texts), _BATCH):
            part = texts[first : first + _BATCH]
            odds = self._bias + self.ngram_points(part) + self._measure.cues(part) @ self._cues
            sought = ~self._asked | np.array(asked[first : first + _BATCH], dtype=np.bool_)[:, None]
            found += (first + np.flatnonzero(((odds >= self._least) & sought).any(axis=1))).tolist()
        return found

    def ngram_points(self, texts: Sequence[str]) -> Floats:
        """Return what n-grams add to the odds, texts × markers; infinity for texts that are not plain."""
        found = np.full((len(texts), len(self._bias)), np.inf)
        written = [(place, text) for place, each in enumerate(texts) if (text := plain(each)) is not None]
        if written and not self._others:
            found[[place for place, _ in written]] = self._points([text for _, text in written])
        return found

    def _points(self, texts: Sequence[str]) -> Floats:
        items, rows = self._book.read(texts)
        known, size = self._book.known, len(texts)
        hashes, lengths = known.words.rows(items)
        grams = _word_grams(hashes.view(np.uint64), np.repeat(rows, lengths), self._words.space)
        points = self._words.points(*grams, size)
        columns, lengths = known.letters.rows(items)
        points += self._letters.points(np.repeat(rows, lengths), columns.astype(np.int64), size)
        return points + self._edges.points(*self._edge_grams(known, items, rows), size)

    def _edge_grams(self, known: Items, items: Places, rows: Places) -> tuple[Places, Places]:
        """Return the text and the column of each made-up word that `rhetoric_edges.edged` gives."""
        is_edge = known.is_edge[items]
        sentence = np.concatenate([[0], np.cumsum(known.ends[items])[:-1]])[is_edge] if len(items) else items
        words, rows = known.edges[items[is_edge]], rows[is_edge]
        first = _opens(rows) | _opens(sentence)
        last = np.concatenate([first[1:], [True]]) if len(rows) else first
        starts, ends = np.flatnonzero(first), np.flatnonzero(last)
        lengths = ends - starts + 1
        found: list[tuple[Places, Whole]] = []
        heads = starts[_opens(rows[starts])], ends[_opens(rows[starts])]
        tails = starts[_closes(rows[starts])], ends[_closes(rows[starts])]
        for names, spans in (("begins", (starts, ends)), ("first", heads)):
            for count in (1, 2, 3):
                at = spans[0][spans[1] - spans[0] >= count - 1]
                found.append((rows[at], self._made(f"{names}{count}z", words, at, count)))
        for count in (1, 2):
            at = ends[lengths >= count] - count + 1
            found.append((rows[at], self._made(f"ends{count}z", words, at, count)))
        found.append((rows[tails[1]], self._made("last1z", words, tails[1], 1)))
        for count in (1, 2, 3):  # of a shorter sentence all words
            size = np.minimum(tails[1] - tails[0] + 1, 3)
            at = tails[1][size == count] - count + 1
            found.append((rows[at], self._made(f"last{count}z", words, at, count)))
        for name, (begin, end) in (("opensz", heads), ("closesz", tails)):
            at = _between(begin, end)
            found.append((rows[at], self._made(name, words, at, 1)))
        hashes = np.concatenate([some for _, some in found])
        return np.concatenate([some for some, _ in found]), columns_for(hashes, self._edges.space, "words 1")

    def _made(self, name: str, words: Hashed, at: Places, count: int) -> Whole:
        """Return the hashes of a name and some words in a row, as they are joined at edges."""
        made = words[at + count - 1]
        for place in range(count - 2, -1, -1):
            made = words[at + place].then(self._constants["zz"]).then(made)
        return self._constants[name].then(made).done()


def _word_grams(words: Whole, rows: Places, space: Space) -> tuple[Places, Places]:
    """Return the text and the column of each n-gram of words."""
    low, high = space.words or (1, 0)
    found_rows, found, hashes = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)], words
    for size in range(1, min(high, len(words)) + 1):
        if size > 1:
            hashes = hashes[:-1] * np.uint64(STEP) + words[size - 1 :]
        whole = rows[: len(rows) - size + 1] == rows[size - 1 :]
        if size >= low:
            found_rows.append(rows[: len(rows) - size + 1][whole])
            found.append(columns_for(hashes[whole], space, f"words {size}"))
    return np.concatenate(found_rows), np.concatenate(found)


def _opens(values: Places) -> NDArray[np.bool_]:
    """Say which of some rising values are the first of their kind."""
    return np.concatenate([[True], values[1:] != values[:-1]]) if len(values) else np.zeros(0, np.bool_)


def _closes(values: Places) -> NDArray[np.bool_]:
    return np.concatenate([values[1:] != values[:-1], [True]]) if len(values) else np.zeros(0, np.bool_)


def _between(starts: Places, ends: Places) -> Places:
    """Return all places of some stretches, their ends among them."""
    lengths = ends - starts + 1
    before = np.cumsum(lengths) - lengths
    return np.repeat(starts - before, lengths) + np.arange(int(lengths.sum()))
