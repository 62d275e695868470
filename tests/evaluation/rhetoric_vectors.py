"""Vectors of words, learned from comments without labels: what words mean that the labelled sets show once.

Words near each other are counted, weighed (PPMI) and cut to few columns (SVD). A linear head over the mean
of a text's vectors folds into one weight a word, so that nothing of them is kept at run time.
"""

import gzip
import io
import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from scipy import sparse

from discourse.learn.ngrams import ngram_matrix
from discourse.learn.rhetoric import COLUMNS, SPACES, Measure
from discourse.learn.target_stance_views import STEP

_WORDS = re.compile(r"[a-z0-9]+(?:'[a-z]+)*|[?!]+|\.\.+|[.,;:()\"]")
_CURLY = str.maketrans("’‘“”", "''\"\"")
_REACH = (1.0, 0.8, 0.6, 0.4, 0.2)  # what a word counts that stands one to five words away
_MOST, _FEWEST = 40_000, 8  # words, and how often each stands at least
_SIZE, _ROUNDS = 200, 3
_COMMON = 1e-3  # share of all words from which on a word counts little


def posts(shared: Path) -> Iterator[str]:
    """Yield the posts of forums, quotations left out."""
    import zstandard

    with gzip.open(shared / "data/threads/iac.jsonl.gz", "rt", encoding="utf-8") as file:
        for line in file:
            for post in json.loads(line)["posts"]:
                text = post["text"]
                for quote in sorted(post["quotes"], key=lambda quote: -int(quote[0])):
                    text = text[: quote[0]] + " " + text[quote[1] :]
                yield text
    with (shared / "data/threads/reddit_100k.jsonl.zst").open("rb") as packed:
        reader = zstandard.ZstdDecompressor(max_window_size=2**31).stream_reader(packed)
        for line in io.TextIOWrapper(reader, encoding="utf-8"):
            yield json.loads(line)["text"]


def word_vectors(shared: Path, texts: Sequence[str]) -> tuple[list[str], np.ndarray]:
    """Return words and a row of numbers for each, learned from posts and some texts.

    Rows have length 1, and less weight where a word is common.
    """
    from sklearn.utils.extmath import randomized_svd

    tokens = [_WORDS.findall(text.lower().translate(_CURLY)) for text in (*posts(shared), *texts)]
    counts = Counter(token for own in tokens for token in own)
    known = [word for word, count in counts.most_common(_MOST) if count >= _FEWEST]
    near = near_each_other(tokens, known)
    left, sizes, _ = randomized_svd(surprise(near + near.T), _SIZE, n_iter=_ROUNDS, random_state=0)
    vectors = left * np.sqrt(sizes)
    vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    share = np.array([counts[word] for word in known]) / counts.total()
    vectors *= (np.log(1 + _COMMON / share) + 0.3)[:, None]
    return known, vectors.astype(np.float32)


def columns_of(words: Sequence[str], vectors: np.ndarray, measure: Measure) -> sparse.csr_array:
    """Return vectors at the columns of single words, columns × numbers, for rows of `measure`."""
    rows = ngram_matrix(words, SPACES["alone"])
    alone = np.flatnonzero(np.diff(rows.indptr) == 1)  # marks and what falls apart are left out
    columns, first = np.unique(rows.indices[rows.indptr[alone]], return_index=True)  # the commonest word's
    rare = measure.rare["alone"][columns].astype(np.float64) * STEP
    lent = vectors[alone[first]] / np.maximum(rare, 1.0)[:, None]  # a row of `measure` has these weights
    first_of_all = list(SPACES).index("alone")
    columns = columns + sum(space.columns for space in list(SPACES.values())[:first_of_all])
    placed = (lent.ravel(), (np.repeat(columns, lent.shape[1]), np.tile(np.arange(lent.shape[1]), len(lent))))
    return sparse.csr_array(placed, shape=(COLUMNS, lent.shape[1]), dtype=np.float32)


def near_each_other(tokens: list[list[str]], known: list[str]) -> sparse.csr_matrix:
    """Return how often a word stands before another, near ones counting more."""
    places = {word: place for place, word in enumerate(known)}
    gap = [-1] * len(_REACH)
    row = np.concatenate([np.array([places.get(w, -1) for w in own] + gap, dtype=np.int32) for own in tokens])
    total = sparse.csr_matrix((len(known), len(known)))
    for away, weight in enumerate(_REACH, 1):
        first, second = row[:-away], row[away:]
        both = (first >= 0) & (second >= 0)
        pairs, counts = np.unique(
            first[both].astype(np.int64) * len(known) + second[both], return_counts=True
        )
        total += sparse.csr_matrix((counts * weight, (pairs // len(known), pairs % len(known))), total.shape)
    return total


def surprise(near: sparse.csr_matrix) -> sparse.csr_matrix:
    """Return by how much pairs stand together more often than by chance, positive ones alone."""
    found = near.tocoo()
    own = np.bincount(found.row, found.data, near.shape[0])
    other = np.bincount(found.col, found.data, near.shape[0]) ** 0.75
    value = np.log(found.data / (own[found.row] * (other / other.sum())[found.col]))
    kept = value > 0
    return sparse.csr_matrix((value[kept].astype(np.float32), (found.row[kept], found.col[kept])), near.shape)
