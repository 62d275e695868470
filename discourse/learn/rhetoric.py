"""Models of rhetoric: what a passage does that its words alone do not show.

Linear heads over one shared space: hashed n-grams of words and marks, of letters, and what stands at the
edges of sentences (`rhetoric_edges`), weighed by how rare they are, and hand-written cues
(`rhetoric_cues`). Each family of heads is a model with a card of its own (`models/rhetoric_NAME/card.json`:
data, split, figures, limits); `tests/evaluation/fit_rhetoric.py` trains them.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray
from scipy import sparse

from discourse.learn.codepoints import Places
from discourse.learn.linear import Floats, shares_of
from discourse.learn.ngrams import Space, ngram_matrix
from discourse.learn.rhetoric_cues import NAMES, cue_matrix
from discourse.learn.rhetoric_edges import edged, pointed
from discourse.learn.stored import Stored, read_model
from discourse.learn.target_stance_views import STEP, rareness, weighed

LANGUAGES = ("en",)
VERSION = 2  # of all models of rhetoric; raised by every change that changes a score
SPACE = "rhetoric_space"
FAMILIES = ("sarcasm", "tone", "fallacies", "hedging", "persuasion", "disputes")
COMMENTS = "comments"  # the family that judges single sentences
SPACES = {
    "words": Space(words=(1, 3), bits=19, tag="rhetoric words", sublinear=True),
    "letters": Space(words=None, letters=(2, 5), bits=18, tag="rhetoric letters", sublinear=True),
    # single words once more, where no pair falls: what each means by its company
    "alone": Space(words=(1, 1), bits=17, tag="rhetoric alone", sublinear=True),
    "edges": Space(words=(1, 1), bits=17, tag="rhetoric edges", sublinear=True),  # of made-up words
}
_READ: Mapping[str, Callable[[str], str]] = {"words": pointed, "edges": edged}  # how, where not as it is
PAIRS = Space(words=(2, 2), bits=19, tag="rhetoric words")  # falls into the columns of words
HASHED = sum(space.columns for space in SPACES.values())
COLUMNS = HASHED + len(NAMES)
GRAMS, _CUES = 0.7, 0.55  # what a row of n-grams and one of cues count; each has about length 1
_BATCH = 512  # texts whose rows are held at once
_EVERY = slice(None)
_FARTHEST = 3.0  # deviations from its mean that a cue may count


def _grams(texts: Sequence[str], name: str, space: Space | None = None) -> sparse.csr_array:
    read = _READ.get(name)
    return ngram_matrix([read(text) for text in texts] if read else texts, space or SPACES[name])


class Measure(Struct, frozen=True):
    """How rare each column is, and what a cue is measured against."""

    rare: Mapping[str, NDArray[np.uint8]]
    mean: NDArray[np.float32]
    deviation: NDArray[np.float32]

    @classmethod
    def of(cls, texts: Sequence[str]) -> "Measure":
        """Measure some texts."""
        rare = {name: rareness(_grams(texts, name)) for name in SPACES}
        cues = cue_matrix(texts).astype(np.float64)
        deviation = np.maximum(cues.std(axis=0), 1e-3)
        return cls(rare, cues.mean(axis=0).astype(np.float32), deviation.astype(np.float32))

    def packed(self) -> dict[str, NDArray[Any]]:
        """Return the arrays to keep."""
        rare = {f"rare.{name}": array for name, array in self.rare.items()}
        return {**rare, "cues.mean": self.mean, "cues.deviation": self.deviation}

    @classmethod
    def unpacked(cls, arrays: Mapping[str, NDArray[Any]]) -> "Measure":
        """Build from arrays that `packed` returned.

        Raises
        ------
        KeyError, ValueError
            Where the arrays are not those of a measure.
        """
        rare = {name: arrays[f"rare.{name}"] for name in SPACES}
        mean, deviation = arrays["cues.mean"], arrays["cues.deviation"]
        if any(rare[name].shape != (space.columns,) for name, space in SPACES.items()):
            raise ValueError("columns are missing")
        if mean.shape != (len(NAMES),) or deviation.shape != (len(NAMES),):
            raise ValueError("cues are missing")
        return cls(rare, mean, deviation)

    def matrix(self, texts: Sequence[str]) -> sparse.csr_array:
        """Return one row a text; each depends on its text alone."""
        grams = [weighed(_grams(texts, name), self.rare[name]) for name in SPACES]
        blocks = [*(block * np.float32(GRAMS) for block in grams), sparse.csr_array(self.cues(texts))]
        return sparse.csr_array(sparse.hstack(blocks, format="csr"))

    def cues(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return the part of the matrix that is not hashed."""
        return self.scaled(cue_matrix(texts))

    def scaled(self, found: NDArray[np.float32], names: Places | slice = _EVERY) -> NDArray[np.float32]:
        """Return cues as they count: against their mean, in deviations, none too far.

        Parameters
        ----------
        names
            The places among `NAMES` of what was found.
        """
        cues: NDArray[np.float32] = (found - self.mean[names]) / self.deviation[names]
        np.clip(cues, -_FARTHEST, _FARTHEST, out=cues)
        cues *= np.float32(_CUES / np.sqrt(len(NAMES)))
        return cues


class Family(Struct, frozen=True):
    """Heads of one model: a row's points are ``row @ weights + bias``, its shares a logistic of these."""

    heads: tuple[str, ...]
    weights: NDArray[np.float32]  # columns × heads
    bias: Floats  # one a head, as the two below
    scale: Floats
    shift: Floats

    def points(self, matrix: Any) -> Floats:
        """Return log-odds, a row a text."""
        points: Floats = np.asarray(matrix @ self.weights, dtype=np.float64) + self.bias
        return points * self.scale + self.shift

    def packed(self, kept: NDArray[np.int64]) -> dict[str, NDArray[Any]]:
        """Return the arrays to keep: some hashed columns in steps of the largest by 127, and all cues."""
        hashed, cues = self.weights[kept], self.weights[HASHED:]
        step = np.maximum(np.abs(hashed).max(axis=0, initial=0.0), 1e-12).astype(np.float64) / 127
        return {
            "gaps": np.diff(kept, prepend=0).astype(np.uint32),
            "weights": np.round(hashed / step).astype(np.int8),
            "cues": cues.astype(np.float16),
            "step": step,
            "bias": self.bias,
            "scale": self.scale,
            "shift": self.shift,
        }

    @classmethod
    def unpacked(cls, arrays: Mapping[str, NDArray[Any]], heads: Sequence[str]) -> "Family":
        """Build from arrays that `packed` returned.

        Raises
        ------
        KeyError, ValueError, IndexError
            Where the arrays are not those of such heads.
        """
        columns, kept = _unpacked_rows(arrays, len(heads))
        weights = np.zeros((COLUMNS, len(heads)), dtype=np.float32)
        weights[columns] = kept
        bias, scale, shift = (arrays[name].astype(np.float64) for name in ("bias", "scale", "shift"))
        return cls(tuple(heads), weights, bias, scale, shift)


def _unpacked_rows(arrays: Mapping[str, NDArray[Any]], size: int) -> tuple[Places, NDArray[np.float32]]:
    """Return the columns that weigh anything, rising, and their weights, columns × heads.

    Parameters
    ----------
    arrays
        Of a family that was packed.
    size
        How many heads it has.

    Raises
    ------
    KeyError, ValueError
        Where the arrays are not those of so many heads.
    """
    places = np.cumsum(arrays["gaps"].astype(np.int64))
    if arrays["weights"].shape != (len(places), size) or arrays["cues"].shape != (len(NAMES), size):
        raise ValueError("the weights are of another shape")
    if any(arrays[name].shape != (size,) for name in ("step", "bias", "scale", "shift")):
        raise ValueError("there are not as many values as heads")
    if len(places) and places[-1] >= HASHED:
        raise ValueError("a column is out of place")
    hashed = (arrays["weights"] * arrays["step"]).astype(np.float32)
    columns = np.concatenate([places, np.arange(HASHED, COLUMNS)])
    return columns, np.concatenate([hashed, arrays["cues"].astype(np.float32)])


class Marker(Struct, frozen=True):
    """How one label of the codebook is told by a model."""

    label: str
    family: str
    heads: tuple[str, ...]  # of which the mean of the log-odds counts
    least: float  # share from which the label is given
    is_on: bool  # whether an analysis gives it
    measured: str  # how often it is wrong, and on what
    questions: bool = False  # whether it is looked for in questions alone


class RhetoricModel:
    """All families as they were trained, joined to one column of weights a marker."""

    def __init__(self, space: Stored, stored: Mapping[str, Stored]) -> None:
        """Take stored models.

        Raises
        ------
        ModelError
            Where their arrays or cards are not those of such models.
        """
        self.measure: Measure = _built(space, lambda: Measure.unpacked(space.arrays))
        parts = [part for name, model in stored.items() for part in _built(model, _joined_heads(model, name))]
        self.markers = {part.marker.label: part.marker for part in parts}
        of_families = {part.marker.family: part.columns for part in parts}
        self._columns: Places = np.unique(np.concatenate(list(of_families.values())))
        # nearly all columns weigh nothing: they share the first row, which is zeros
        self._weights = np.zeros((1 + len(self._columns), len(parts)), dtype=np.float32)
        for place, part in enumerate(parts):
            self._weights[1 + np.searchsorted(self._columns, part.columns), place] = part.weights
        self._rows = np.zeros(COLUMNS, dtype=np.int32)  # of each column, in the weights
        self._rows[self._columns] = np.arange(1, len(self._weights))
        self._bias = np.array([part.bias for part in parts])
        self._places = {label: place for place, label in enumerate(self.markers)}

    def bias(self, labels: Sequence[str]) -> Floats:
        """Return the log-odds of each marker in a text without any n-gram or cue."""
        return self._bias[[self._places[label] for label in labels]]

    @property
    def joined(self) -> tuple[NDArray[np.float32], Floats]:
        """Weights, columns × markers, and biases: a text's log-odds are its row times these.

        Nearly all of these some 80 MB are zeros: who needs a few columns asks `weights_within`.
        """
        return self._weights[self._rows], self._bias

    def weights_within(
        self, first: int, last: int, labels: Sequence[str]
    ) -> tuple[Places, NDArray[np.float32]]:
        """Return which columns of a stretch weigh anything for some marker, and weights: columns × labels.

        Parameters
        ----------
        first, last
            Half-open; what is returned counts from the first.
        """
        begin, end = np.searchsorted(self._columns, [first, last])
        own = [self._places[label] for label in labels]
        return self._columns[begin:end] - first, self._weights[1 + begin : 1 + end][:, own]

    def shares(self, texts: Sequence[str], labels: Sequence[str]) -> Floats:
        """Return how likely each text shows each marker, texts × labels, four decimals.

        Parameters
        ----------
        labels
            Of the codebook, each in `markers`. A text without words shows none.
        """
        odds = np.zeros((len(texts), len(self.markers)))
        for first in range(0, len(texts), _BATCH):
            part = self.measure.matrix(texts[first : first + _BATCH])
            odds[first : first + _BATCH] = self._in_rows(part) @ self._weights + self._bias
        shares = shares_of(odds[:, [self._places[label] for label in labels]], is_choice=False)
        shares[[not any(char.isalpha() for char in text) for text in texts]] = 0.0
        rounded: Floats = shares.round(4)
        return rounded

    def pulls(self, texts: Sequence[str], label: str, *, space: str) -> Floats:
        """Return how much the n-grams of each text speak for a marker, however long the text is.

        Parameters
        ----------
        space
            "words", "letters", or "pairs" for pairs of words alone.
        """
        name = "letters" if space == "letters" else "words"
        found = _grams(texts, name, PAIRS if space == "pairs" else None)
        first = 0 if name == "words" else SPACES["words"].columns
        found.data = np.ones_like(found.data)
        pulls: Floats = np.asarray(self._in_rows(found, first) @ self._pull(name, label, first), np.float64)
        return pulls

    def _in_rows(self, matrix: sparse.csr_array, first: int = 0) -> sparse.csr_array:
        """Return rows of texts with a column for each row of the weights, not for each of the space.

        Parameters
        ----------
        first
            The column of the space that is the matrix's first.
        """
        rows = self._rows[first:][matrix.indices]
        shape = (matrix.shape[0], len(self._weights))
        return sparse.csr_array((matrix.data, rows, matrix.indptr), shape=shape)

    def _pull(self, name: str, label: str, first: int) -> NDArray[np.float32]:
        """Return what an n-gram of a space adds to a marker, one a row of the weights."""
        begin, end = np.searchsorted(self._columns, [first, first + SPACES[name].columns])
        rare = self.measure.rare[name][self._columns[begin:end] - first].astype(np.float32)
        pull = np.zeros(len(self._weights), dtype=np.float32)
        kept = slice(1 + begin, 1 + end)
        pull[kept] = self._weights[kept, self._places[label]] * (rare * np.float32(STEP))
        return pull


class _Part(Struct, frozen=True):
    """What one marker adds to a model: its heads' mean, of the columns that weigh anything."""

    marker: Marker
    columns: Places
    weights: NDArray[np.float32]  # one a column
    bias: float


def _joined_heads(stored: Stored, name: str) -> Any:
    def make() -> list[_Part]:
        heads = [str(head) for head in stored.card["labels"]]
        columns, rows = _unpacked_rows(stored.arrays, len(heads))
        bias, scale, shift = (stored.arrays[name].astype(np.float64) for name in ("bias", "scale", "shift"))
        parts = []
        for marker in _markers(stored, name):
            own = [heads.index(head) for head in marker.heads]
            weights = (rows[:, own] * scale[own].astype(np.float32)).mean(axis=1)
            parts.append(_Part(marker, columns, weights, float((bias * scale + shift)[own].mean())))
        return parts

    return make


def _built(stored: Stored, make: Any) -> Any:
    try:
        return make()
    except (KeyError, ValueError, IndexError, TypeError, AttributeError) as error:
        raise stored.fault("it is no model of rhetoric that this version reads") from error


def _markers(stored: Stored, family: str) -> list[Marker]:
    known = set(stored.card["labels"])
    found = []
    for label, told in stored.card["markers"].items():
        heads = tuple(str(head) for head in told["heads"])
        if not heads or not known.issuperset(heads):
            raise ValueError(f"{label} rests on heads that are not there")
        least, is_on, measured = float(told["least"]), bool(told.get("on", False)), str(told["measured"])
        asked = bool(told.get("questions", False))
        found.append(Marker(str(label), family, heads, least, is_on, measured, asked))
    return found


@cache
def shipped() -> RhetoricModel:
    """Return the models of passages that come with the package, read once."""
    return loaded(FAMILIES)


@cache
def of_comments() -> RhetoricModel:
    """Return the model of single sentences of comments that comes with the package, read once."""
    return loaded((COMMENTS,))


def loaded(families: Sequence[str]) -> RhetoricModel:
    """Read some families as one model.

    Raises
    ------
    ModelError
        Where one is missing or faulty.
    """
    folder = files("discourse.learn").joinpath("models")
    stored = {name: read_model(folder.joinpath(f"rhetoric_{name}")) for name in families}
    return RhetoricModel(_space(), stored)


@cache
def _space() -> Stored:
    return read_model(files("discourse.learn").joinpath("models", SPACE))
