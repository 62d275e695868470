"""Views of a text and a target: what the stance models count.

To a target that training knew: n-grams of letters of the text as it is, and of words with hashtags
spelled out. To any target: words that carry no topic (no names, no hashtags, no handles), the place
where the target stands, and how good or bad the words near it sound.
"""

import math
import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from functools import lru_cache

import numpy as np
from msgspec.structs import replace
from numpy.typing import NDArray
from scipy import sparse

from discourse.learn.ngrams import Counts, Space, ngram_counts
from discourse.learn.target_stance_words import LENGTH, Words, folded_tokens
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
    lengths = np.diff(matrix.indptr).astype(np.int64)
    return weighed_counts(Counts(matrix.indices, matrix.data, lengths, matrix.shape[1]), rare).matrix()


def weighed_counts(counts: Counts, rare: np.ndarray) -> Counts:
    """Return the same of rows that are no matrix yet."""
    values = counts.values * (rare[counts.columns].astype(np.float32) * np.float32(STEP))
    if len(counts.lengths) == 1:
        return replace(counts, values=values * np.float32(1 / max(math.sqrt(values @ values), 1e-9)))
    rows = np.repeat(np.arange(len(counts.lengths)), counts.lengths)
    lengths = np.sqrt(np.bincount(rows, weights=values**2, minlength=len(counts.lengths)))
    scale = (1 / np.maximum(lengths, 1e-9)).astype(np.float32)
    return replace(counts, values=values * np.repeat(scale, counts.lengths))


def counted(texts: Sequence[str], words: Words) -> dict[str, sparse.csr_array]:
    """Return the n-grams of texts, a matrix a space of `SPACES`."""
    return {name: counts.matrix() for name, counts in gram_counts(texts, words).items()}


def gram_counts(texts: Sequence[str], words: Words) -> dict[str, Counts]:
    """Return the n-grams of texts, by space of `SPACES`."""
    cut = [text[:LENGTH].translate(_SIGNS) if "#" in text or "@" in text else text[:LENGTH] for text in texts]
    spelled = [
        " ".join([*words.tokens(text), *_TAGS.findall(signed)])
        for text, signed in zip(texts, cut, strict=True)
    ]
    return {"letters": ngram_counts(cut, SPACES["letters"]), "words": ngram_counts(spelled, SPACES["words"])}


@lru_cache(maxsize=1024)
def keys(target: str) -> tuple[str, ...]:
    """Return the words by which a target is found: those of its name that are no small words."""
    return tuple(word for word in _WORD.findall(fold(target)) if word not in _NO_NAMES)


def is_mention(token: str, names: Sequence[str]) -> bool:
    """Whether a folded word names a target: it is a word of its name, or holds one of over three letters."""
    # a generator would take twice as long, and every word of every text is asked
    for name in names:  # noqa: SIM110
        if token == name or (len(name) > 3 and name in token):
            return True
    return False


def plain(text: str, target: str) -> str:
    """Return a text without its topic: names, hashtags and handles as signs, the target as another sign."""
    names = keys(target)
    tokens = folded_tokens(text[:LENGTH])
    words = [token for token, _ in tokens if token[0].isalnum()]
    shouted = sum(map(str.isupper, words)) > 0.6 * len(words)
    opens = [True, *(token[0] in _ENDS for token, _ in tokens)]
    return " ".join(
        _plain_word(token, folded, names, at_start=first, shouted=shouted)
        for (token, folded), first in zip(tokens, opens, strict=False)
    )


def _plain_word(token: str, folded: str, names: Sequence[str], *, at_start: bool, shouted: bool) -> str:
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
    places = [k for k, token in enumerate(tokens) if is_mention(token, names)]
    sums = dict.fromkeys(NAMED, 0.0)
    for place, value, turned in words.valued(tokens):
        far = _nearest(places, place)
        ring = "near" if far <= _NEAR else "mid" if far <= _MID else "far"
        sums["value"] += value
        sums[ring] += value
        sums["good" if value > 0 else "bad"] += abs(value)
        sums["turned"] += 2.0 * turned
        if ring == "near":
            sums["near_good" if value > 0 else "near_bad"] += abs(value)
    sums["mentioned"] = 4.0 * (len(places) > 0)
    sums["first"] = 4.0 * (len(places) > 0 and places[0] < 3)
    sums["asks"], sums["exclaims"] = 4.0 * ("?" in text), 4.0 * ("!" in text)
    sums["you"] = 4.0 * (not _YOU.isdisjoint(tokens))
    return {name: math.tanh(value / 4) for name, value in sums.items() if value}


def _nearest(places: Sequence[int], place: int) -> int:
    """Return how many words lie to the nearest of some rising places; 99 where there is none."""
    after = bisect_left(places, place)
    return min((abs(other - place) for other in places[max(0, after - 1) : after + 1]), default=99)


def named_rows(rows: Sequence[Mapping[str, float]]) -> NDArray[np.float32]:
    """Return named features as rows, texts × `NAMED`."""
    dense = np.array([[row.get(name, 0.0) for name in NAMED] for row in rows], dtype=np.float32)
    return dense.reshape(len(rows), len(NAMED))
