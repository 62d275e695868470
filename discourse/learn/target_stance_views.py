"""Views of a text and a target: what the stance models count.

To a target that training knew: n-grams of letters of the text as it is, and of words with hashtags
spelled out. To any target: words that carry no topic (no names, no hashtags, no handles), the place
where the target stands, and how good or bad the words near it sound.
"""

import math
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

import numpy as np
from scipy import sparse

from discourse.learn.ngrams import Space, ngram_matrix
from discourse.learn.target_stance_words import LENGTH, TOKEN, Words
from discourse.text.normalise import fold

BITS = 17
SPACES = {
    "letters": Space(words=None, letters=(2, 5), bits=BITS, tag="stance letters", sublinear=True),
    "words": Space(words=(1, 2), bits=BITS, tag="stance words", sublinear=True),
}
GENERAL = {"plain": Space(words=(1, 2), bits=BITS, tag="stance plain", sublinear=True)}
TARGET, NAME, TAG = "0target", "0name", "0tag"  # words that no text has
NAMED = (
    "value", "near", "mid", "far", "good", "bad", "turned", "mentioned", "first", "asks", "exclaims", "you",
    "near_good", "near_bad",
)  # fmt: skip
_NEAR, _MID = 4, 10  # words from the target
_WORD = re.compile(r"[^\W_]{2,}")
_ENDS = '.!?\u2026:"'
_YOU = frozenset("you your you're you've yours u ur".split())
_NO_NAMES = frozenset("the a an of and or for to in on is be by with at from it that this".split())
# letters, so that n-grams tell a tag and a handle from a word
_SIGNS = str.maketrans("#@", "\u0127\u0111")
_TAGS = re.compile(r"[\u0127\u0111]\w+")
STEP = 0.2  # in which how rare a column is is kept


def rareness(matrix: sparse.csr_array) -> np.ndarray:
    """Return how rare each column is, in steps: 0 where fewer than two rows have it."""
    counts = np.bincount(matrix.indices, minlength=matrix.shape[1])
    rare = np.log((1 + matrix.shape[0]) / (1 + counts)) + 1
    return np.where(counts > 1, np.round(rare / STEP), 0).astype(np.uint8)


def weighed(matrix: sparse.csr_array, rare: np.ndarray) -> sparse.csr_array:
    """Weigh columns by how rare they are, then give each row length 1; an empty row stays empty."""
    found = sparse.csr_array(matrix, copy=True)
    found.data = found.data * (rare[found.indices].astype(np.float32) * np.float32(STEP))
    lengths = np.sqrt(np.bincount(_row_numbers(found), weights=found.data**2, minlength=found.shape[0]))
    scale = (1 / np.maximum(lengths, 1e-9)).astype(np.float32)
    found.data = found.data * np.repeat(scale, np.diff(found.indptr))
    return found


def _row_numbers(matrix: sparse.csr_array) -> np.ndarray:
    return np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))


def counted(texts: Sequence[str], words: Words) -> dict[str, sparse.csr_array]:
    """Return the n-grams of texts, a matrix a space of `SPACES`."""
    cut = [text[:LENGTH].translate(_SIGNS) for text in texts]
    spelled = [
        " ".join([*words.tokens(text), *_TAGS.findall(signed)])
        for text, signed in zip(texts, cut, strict=True)
    ]
    return {"letters": ngram_matrix(cut, SPACES["letters"]), "words": ngram_matrix(spelled, SPACES["words"])}


@lru_cache(maxsize=1024)
def keys(target: str) -> tuple[str, ...]:
    """Return the words by which a target is found: those of its name that are no small words."""
    return tuple(word for word in _WORD.findall(fold(target)) if word not in _NO_NAMES)


def is_mention(token: str, names: Sequence[str]) -> bool:
    """Whether a folded word names a target: it is a word of its name, or holds one of over three letters."""
    return any(token == name or (len(name) > 3 and name in token) for name in names)


def plain(text: str, target: str) -> str:
    """Return a text without its topic: names, hashtags and handles as signs, the target as another sign."""
    names = keys(target)
    tokens = TOKEN.findall(text[:LENGTH])
    words = [token for token in tokens if token[0].isalnum()]
    shouted = sum(word.isupper() for word in words) > 0.6 * len(words)
    opens = [True, *(token[0] in _ENDS for token in tokens)]
    return " ".join(
        _plain_word(token, names, at_start=first, shouted=shouted)
        for token, first in zip(tokens, opens, strict=False)
    )


def _plain_word(token: str, names: Sequence[str], *, at_start: bool, shouted: bool) -> str:
    folded = fold(token)
    if is_mention(folded.lstrip("#@"), names):
        return TARGET
    if token[0] in "#@" and len(token) > 1:
        return TAG
    is_name = token[0].isupper() and not at_start and (shouted or not token.isupper())
    return NAME if is_name and not shouted else folded


def named(text: str, target: str, words: Words) -> dict[str, float]:
    """Return `NAMED` features of a text and a target; those that are 0 are left out."""
    tokens = words.tokens(text)
    names = keys(target)
    places = np.array([k for k, token in enumerate(tokens) if is_mention(token, names)])
    sums = dict.fromkeys(NAMED, 0.0)
    for place, value, turned in words.valued(tokens):
        far = int(np.abs(places - place).min()) if len(places) else 99
        ring = "near" if far <= _NEAR else "mid" if far <= _MID else "far"
        sums["value"] += value
        sums[ring] += value
        sums["good" if value > 0 else "bad"] += abs(value)
        sums["turned"] += 2.0 * turned
        if ring == "near":
            sums["near_good" if value > 0 else "near_bad"] += abs(value)
    sums["mentioned"] = 4.0 * (len(places) > 0)
    sums["first"] = 4.0 * (len(places) > 0 and int(places[0]) < 3)
    sums["asks"], sums["exclaims"] = 4.0 * ("?" in text), 4.0 * ("!" in text)
    sums["you"] = 4.0 * (not _YOU.isdisjoint(tokens))
    return {name: math.tanh(value / 4) for name, value in sums.items() if value}


def named_matrix(rows: Sequence[Mapping[str, float]]) -> sparse.csr_array:
    """Return named features as rows."""
    dense = np.array([[row.get(name, 0.0) for name in NAMED] for row in rows], dtype=np.float32)
    return sparse.csr_array(dense.reshape(len(rows), len(NAMED)))
