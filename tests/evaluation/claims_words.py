"""What the model `claim_words` holds, counted in posts without labels as `rhetoric_vectors` does."""

from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from scipy import sparse

from discourse.learn.claim_lexicon import root
from discourse.learn.claim_words import LETTERS, STEP, key_of
from discourse.learn.ngrams import ngram_matrix
from discourse.text.tokens import words_of
from tests.evaluation.rhetoric_vectors import near_each_other, posts, surprise

MOST, SIZE, ROUNDS = 20_000, 96, 3  # words, numbers a word, rounds of the search for them
ROOTS = 12_000  # whose rareness is kept; 5,000 to 20,000 do as well
EVERY = 4  # which posts count for letters


def claim_words(shared: Path) -> dict[str, np.ndarray]:
    """Return the arrays of the model."""
    texts = list(posts(shared))
    tokens = [words_of(text) for text in texts]
    counts = Counter(word for own in tokens for word in own)
    known, seen = [], set()
    for word, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:MOST]:
        if key_of(word) not in seen:  # a checksum stands for the commonest word that has it
            seen.add(key_of(word))
            known.append(word)
    roots, rare = _roots(tokens)
    return {
        "keys": np.array([key_of(word) for word in known], dtype=np.uint32),
        "vectors": _vectors(tokens, known),
        "roots": roots,
        "rare": rare,
        "letters": _letters(texts[::EVERY]),
    }


def _vectors(tokens: list[list[str]], known: list[str]) -> np.ndarray:
    """Return a row of whole numbers from -127 to 127 a word."""
    from sklearn.utils.extmath import randomized_svd

    near = near_each_other(tokens, known)
    left, sizes, _ = randomized_svd(
        surprise(sparse.csr_matrix(near + near.T)), SIZE * 2, n_iter=ROUNDS, random_state=0
    )
    vectors = (left * np.sqrt(sizes))[:, :SIZE]
    most = np.maximum(np.abs(vectors).max(axis=1, keepdims=True), 1e-9)
    return np.round(vectors / most * 127).astype(np.int8)


def _roots(tokens: list[list[str]]) -> tuple[np.ndarray, np.ndarray]:
    """Return checksums of the commonest roots, and how rare each is."""
    roots = {word: key_of(root(word)) for word in dict.fromkeys(word for own in tokens for word in own)}
    within = Counter(key for own in tokens for key in {roots[word] for word in own})
    kept = sorted(within.items(), key=lambda item: (-item[1], item[0]))[:ROOTS]
    share = np.array([count for _, count in kept]) / len(tokens)
    return np.array([key for key, _ in kept], dtype=np.uint32), _steps(-np.log(share))


def _letters(texts: list[str]) -> np.ndarray:
    held = np.zeros(LETTERS.columns)
    for first in range(0, len(texts), 2_000):
        held += np.bincount(ngram_matrix(texts[first : first + 2_000], LETTERS).indices, minlength=len(held))
    return _steps(np.log((len(texts) + 1) / (held + 1)))


def _steps(rare: np.ndarray) -> np.ndarray:
    return np.clip(np.round(rare / STEP), 0, 255).astype(np.uint8)


def words_card(digest: str) -> Mapping[str, Any]:
    return {
        "task": "what claims are compared by: how rare words and letters are, in what company words stand",
        "labels": [],
        "languages": ["en"],
        "data": "89,000 posts of IAC v1 (Walker et al. 2012, no licence file) and 100,000 of Reddit "
        "(emorynlp/reddit-college, no licence seen), without labels; counts and checksums of words, no text",
        "data_sha256": digest,
        "split": "none: nothing is judged here",
        "method": f"share of posts that hold each of the {ROOTS} commonest roots and each hashed n-gram of "
        f"3-5 letters; which words stand within five of which more often than chance has it, cut to "
        f"{SIZE} numbers",
        "figures": {},
        "limits": "English; words of forums of 2002-2012 and of students",
        "date": "2026-11-22",
        "seed": 0,
    }
