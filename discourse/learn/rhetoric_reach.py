"""Which sentences can reach a share that counts: the odds of many at once, so that few are rated in full.

What a model says of a sentence takes its n-grams and its cues; nearly all sentences of a thread are far
from what a marker asks for. Here the n-grams of a batch are hashed together, added up in another order than
in `RhetoricModel.shares` and so rounded otherwise: whoever is nearer than `_NEAR` to the least share is kept.
"""

from collections.abc import Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from discourse.learn.codepoints import Places, Whole
from discourse.learn.grams import STEP, Space, columns_for
from discourse.learn.linear import Floats
from discourse.learn.rhetoric import COLUMNS, GRAMS, HASHED, SPACES, Marker, RhetoricModel
from discourse.learn.rhetoric_blocks import Block, most_of, sums_of_rows
from discourse.learn.rhetoric_cue_bounds import CueBounds
from discourse.learn.rhetoric_items import Hashed, ItemBook, Items, plain

_CONSTANTS = ("begins1z", "begins2z", "begins3z", "ends1z", "ends2z", "first1z", "first2z", "first3z",
              "last1z", "last2z", "last3z", "opensz", "closesz", "zz")  # fmt: skip
_BATCH = 1024  # texts that are worked on together
_ROUNDED = 1e-4  # by which a share may be less before it is rounded
_NEAR = 0.01  # in log-odds: by far more than what is lost by adding up in another order


class _Lot(Struct, frozen=True):
    """Plain texts that are worked on together."""

    texts: Sequence[str]  # as they are written
    items: Places  # the numbers of all their items
    rows: Places  # of each item the place of its text

    def only(self, kept: NDArray[np.bool_]) -> "_Lot":
        """Return some of the texts."""
        inside = kept[self.rows]
        texts = [text for text, is_kept in zip(self.texts, kept.tolist(), strict=True) if is_kept]
        return _Lot(texts, self.items[inside], (np.cumsum(kept) - 1)[self.rows[inside]])


class Reach:
    """What sentences can reach of some markers.

    Parameters
    ----------
    markers
        Of the model. Only in questions are those looked for that its card keeps for them.
    """

    def __init__(self, model: RhetoricModel, markers: Sequence[Marker]) -> None:
        labels = [marker.label for marker in markers]
        self._bias = model.bias(labels)
        first = 0
        blocks: dict[str, Block] = {}
        for name, space in SPACES.items():
            columns, weights = model.weights_within(first, first + space.columns, labels)
            rare = model.measure.rare[name].astype(np.float32)
            blocks[name] = Block.of(space, rare, columns, weights * np.float32(GRAMS))
            first += space.columns
        self._words, self._letters, self._edges = (blocks[name] for name in ("words", "letters", "edges"))
        self._others = [block for block in (blocks["alone"],) if block.weights.any()]
        cues = np.zeros((COLUMNS - HASHED, len(labels)))
        columns, weights = model.weights_within(HASHED, COLUMNS, labels)
        cues[columns] = weights
        self._cues = CueBounds(model.measure, cues)
        least = np.array([marker.least for marker in markers]) - _ROUNDED
        with np.errstate(divide="ignore", invalid="ignore"):
            self._least = np.nan_to_num(np.log(least / (1 - least)), nan=-np.inf) - _NEAR
        self._asked = np.array([marker.questions for marker in markers], dtype=np.bool_)
        self._book = ItemBook(self._letters)
        self._constants = dict(zip(_CONSTANTS, map(Hashed.of, ([name] for name in _CONSTANTS)), strict=True))

    def near(self, texts: Sequence[str], asked: Sequence[bool]) -> list[int]:
        """Return the places of texts whose share of a marker may be the least that counts, or more.

        Those that are not plain are among them.

        Parameters
        ----------
        asked
            Of each text, whether the markers of questions are looked for.
        """
        found: list[int] = []
        for first in range(0, len(texts), _BATCH):
            part = texts[first : first + _BATCH]
            sought = ~self._asked | np.array(asked[first : first + _BATCH], dtype=np.bool_)[:, None]
            least = np.where(sought, self._least - self._bias, np.inf)
            lot, places = self._read(part)
            is_near = np.ones(len(part), np.bool_)
            is_near[places] = self._reaches(lot, least[places])
            found += (first + np.flatnonzero(is_near)).tolist()
        return found

    def ngram_points(self, texts: Sequence[str]) -> tuple[Floats, Floats]:
        """Return what n-grams add to the odds, and the most that cues may add, texts × markers.

        Infinity for texts that are not plain.
        """
        found = np.full((2, len(texts), len(self._bias)), np.inf)
        lot, places = self._read(texts)
        if len(places):
            found[0, places] = self._points_of_words(lot) + self._points_of_letters(lot)
            found[1, places] = self._most_of_cues(lot)
        return found[0], found[1]

    def _read(self, texts: Sequence[str]) -> tuple[_Lot, Places]:
        """Return the plain ones of some texts, and their places; none where a space is not told by items."""
        written = (
            []
            if self._others
            else [(k, each) for k, text in enumerate(texts) if (each := plain(text)) is not None]
        )
        places = np.array([place for place, _ in written], dtype=np.int64)
        return _Lot(
            [texts[place] for place, _ in written], *self._book.read([text for _, text in written])
        ), places

    def _reaches(self, lot: _Lot, least: Floats) -> NDArray[np.bool_]:
        """Say of each text whether it may have a marker's least odds.

        What takes long is asked last, of those texts alone that have not been ruled out.
        """
        most = self._most_of_cues(lot) + self._points_of_words(lot)
        found = np.asarray((most + self._most_of_letters(lot) >= least).any(axis=1))
        found[found] = (most[found] + self._points_of_letters(lot.only(found)) >= least[found]).any(axis=1)
        return found

    def _most_of_cues(self, lot: _Lot) -> Floats:
        return self._cues.most(self._book.known, lot.items, lot.rows, lot.texts)

    def _most_of_letters(self, lot: _Lot) -> Floats:
        return most_of(sums_of_rows(self._book.known.shares[lot.items], lot.rows, len(lot.texts)))

    def _points_of_letters(self, lot: _Lot) -> Floats:
        columns, lengths = self._book.known.letters.rows(lot.items)
        return self._letters.points(np.repeat(lot.rows, lengths), columns.astype(np.int64), len(lot.texts))

    def _points_of_words(self, lot: _Lot) -> Floats:
        """Return what n-grams of words add, and what stands at the edges of sentences."""
        known, size = self._book.known, len(lot.texts)
        hashes, lengths = known.words.rows(lot.items)
        grams = _word_grams(hashes, np.repeat(lot.rows, lengths), self._words.space)
        return self._words.points(*grams, size) + self._edges.points(
            *self._edge_grams(known, lot.items, lot.rows), size
        )

    def _edge_grams(self, known: Items, items: Places, rows: Places) -> tuple[Places, Places]:
        """Return the text and the column of each made-up word that `rhetoric_edges.edged` gives."""
        traits = known.traits[items]
        is_edge = traits["is_edge"]
        sentence = np.concatenate([[0], np.cumsum(traits["ends"])[:-1]])[is_edge] if len(items) else items
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
