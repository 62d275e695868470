"""Words as claims are compared by: how rare each is, and a vector that says in what company it stands.

Both were counted in forum posts (`models/claim_words/card.json`). Words are kept as checksums, so that the
model holds no text.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any
from zlib import crc32

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray
from scipy import sparse

from discourse.learn.ngrams import Space, ngram_matrix
from discourse.learn.stored import Stored, read_model

MODEL = "claim_words"
LETTERS = Space(words=None, letters=(3, 5), bits=17, tag="claim letters", sublinear=True)
STEP = 0.05  # of rareness as it is kept; rareness is the logarithm of one by the share of posts
UNSEEN = 0.5  # by which a word that no post had is rarer than any other


class Words(Struct, frozen=True):
    """Known words, and how rare n-grams of letters are."""

    places: Mapping[int, int]  # of a word's checksum
    roots: Mapping[int, float]  # how rare a root is, by its checksum
    unseen: float  # the same of a root that no post had
    vectors: NDArray[np.float32]  # of length 1, and last that of an unknown one: zero
    letters: NDArray[np.float32]  # how rare each of `LETTERS` is

    @classmethod
    def unpacked(cls, arrays: Mapping[str, NDArray[Any]]) -> "Words":
        """Build from the arrays of a stored model.

        Raises
        ------
        KeyError, ValueError
            Where the arrays are not those of such a model.
        """
        keys, kept, roots, rare = (arrays[name] for name in ("keys", "vectors", "roots", "rare"))
        if len(keys) != len(kept) or len(roots) != len(rare) or len(arrays["letters"]) != LETTERS.columns:
            raise ValueError("words are missing")
        steps = rare.astype(np.float64) * STEP
        vectors = np.zeros((len(keys) + 1, kept.shape[1]), dtype=np.float32)
        sizes = np.linalg.norm(kept.astype(np.float32), axis=1, keepdims=True)
        vectors[:-1] = kept / np.maximum(sizes, 1e-9)
        places = {key: place for place, key in enumerate(keys.tolist())}
        known = dict(zip(roots.tolist(), steps.tolist(), strict=True))
        unseen = float(steps.max(initial=0.0)) + UNSEEN
        return cls(places, known, unseen, vectors, arrays["letters"].astype(np.float32) * STEP)

    def place(self, word: str) -> int:
        """Return a folded word's row of vectors; the last one where it is not known."""
        return self.places.get(key_of(word), len(self.vectors) - 1)

    def rareness(self, root: str) -> float:
        """Return how rare a word is by its root (see `claim_lexicon.root`), all forms counted together."""
        return self.roots.get(key_of(root), self.unseen)

    def letter_rows(self, texts: Sequence[str]) -> sparse.csr_array:
        """Return one row of n-grams of letters a text, of length 1."""
        rows = ngram_matrix(texts, LETTERS)
        return of_length_one(rows * self.letters[None, :])


def key_of(word: str) -> int:
    """Return the checksum that stands for a word; no two of the kept words share one."""
    return crc32(word.encode("utf-8", "surrogatepass"))


def of_length_one(rows: Any) -> sparse.csr_array:
    """Return rows divided by their length; empty ones stay empty."""
    found = sparse.csr_array(rows)
    sizes = np.sqrt(np.bincount(rows_of(found), found.data.astype(np.float64) ** 2, found.shape[0]))
    found.data = (found.data / np.maximum(sizes, 1e-12)[rows_of(found)]).astype(np.float32)
    return found


def rows_of(matrix: sparse.csr_array) -> NDArray[np.int64]:
    """Return the row of each stored value."""
    return np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))


def read_words(stored: Stored) -> Words:
    """Build the words of a stored model.

    Raises
    ------
    ModelError
        Where its arrays are not those of such a model.
    """
    try:
        return Words.unpacked(stored.arrays)
    except (KeyError, ValueError, IndexError, TypeError) as error:
        raise stored.fault("it holds no words as this version reads them") from error


@cache
def known_words() -> Words:
    """Return the words that come with the package, read once."""
    return read_words(read_model(files("discourse.learn").joinpath("models", MODEL)))
