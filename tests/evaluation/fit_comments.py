"""Fit and measure the model of comments' sentences, `models/rhetoric_comments`; run by hand from the root.

    python -m tests.evaluation.fit_comments --shared ../shared [--write]

After `fit_rhetoric`, whose heads' points are features here. Learns from `gold/marker_sentences.json`, five
folds by comment; what an analysis gives is decided there, and confirmed on `marker_posts --part sealed`.
"""

import argparse
import hashlib
import sys
from pathlib import Path
from typing import Any

import numpy as np
from scipy.linalg import cho_factor, cho_solve
from sklearn.metrics import average_precision_score

from discourse.learn.rhetoric import (
    COLUMNS,
    COMMENTS,
    FAMILIES,
    HASHED,
    SPACES,
    Family,
    RhetoricModel,
    loaded,
)
from discourse.learn.ridge import one_thread
from discourse.learn.stored import write_model
from tests.evaluation.fit_rhetoric import write_error_rates
from tests.evaluation.marker_sentences import SENTENCES, coded
from tests.evaluation.rhetoric_cards import DATE
from tests.evaluation.rhetoric_training import most_telling, platt

MODEL = Path("discourse/learn/models/rhetoric_comments")
RIDGE = 1.0
COUNTS = {"alone": 0.0, "edges": 0.6}  # of the blocks of hashed columns, where not whole
LENT = 0.1  # what a point of another head counts, in deviations
FEWEST = 60  # sentences of a label from which it is learned
FOLDS, SEED = 5, 0
MOST = 40_000  # columns kept
HITS = 25  # sentences over which precision is counted
SURE = 0.6  # an analysis gives a label from the share on at which so many of the marked are right
# what lexicons and rules show more surely, and with closer borders: an analysis leaves it to them
BY_WORDS = ("concession", "evidence", "name_calling", "personal_experience", "policing", "proposal")
QUESTIONS = ("rhetorical_question", "clarifying_question")
SUREST = 0.8  # of questions, most of which are rhetorical


def factors() -> np.ndarray:
    """Return by how much each column counts: single words once, the edges of sentences a little less."""
    blocks = [np.full(space.columns, COUNTS.get(name, 1.0)) for name, space in SPACES.items()]
    return np.concatenate([*blocks, np.ones(COLUMNS - HASHED)]).astype(np.float32)


class Taught:
    """Sentences as rows, with what the other heads say of them, and the products of all rows."""

    def __init__(self, texts: list[str], base: RhetoricModel) -> None:
        whole = base.measure.matrix(texts)
        weights, bias = base.joined
        points = whole @ weights + bias
        self.factors = factors()
        self.matrix = whole.multiply(self.factors[None, :]).tocsr()
        self.mean, self.deviation = points.mean(axis=0), points.std(axis=0)
        self.lent = ((points - self.mean) / self.deviation * LENT).astype(np.float32)
        self.teachers = weights / self.deviation * LENT
        self.shift = (bias - self.mean) / self.deviation * LENT
        products = np.asarray((self.matrix @ self.matrix.T).todense(), dtype=np.float32)
        self.products = products + self.lent @ self.lent.T

    def solved(self, rows: np.ndarray, values: np.ndarray) -> np.ndarray:
        """Return what each of some rows teaches."""
        own = self.products[np.ix_(rows, rows)]
        own[np.diag_indices(len(rows))] += RIDGE
        return np.asarray(cho_solve(cho_factor(own, overwrite_a=True), values.astype(np.float32)))

    def out_of_fold(self, folds: np.ndarray, truth: np.ndarray, rows: np.ndarray | None = None) -> np.ndarray:
        """Return points of all rows, or of some, each of what these rows in the other folds teach."""
        points, own = np.zeros(truth.shape), np.arange(len(truth)) if rows is None else rows
        for fold in np.unique(folds):
            train, test = own[folds[own] != fold], own[folds[own] == fold]
            mean = truth[train].mean(axis=0)
            points[test] = self.products[np.ix_(test, train)] @ self.solved(train, truth[train] - mean) + mean
        return points

    def weights(self, truth: np.ndarray) -> tuple[Any, np.ndarray]:
        """Return weights and bias of what all rows teach."""
        mean = truth.mean(axis=0)
        found = self.solved(np.arange(len(truth)), truth - mean)
        lent = self.lent.T @ found
        own = (self.matrix.T @ found) * self.factors[:, None]
        return (own + self.teachers @ lent).astype(np.float32), mean + self.shift @ lent


def sure_from(shares: np.ndarray, truth: np.ndarray, sure: float) -> float | None:
    """Return the lowest share from which so many of at least `HITS` sentences are right; None if none is."""
    order = np.argsort(-shares, kind="stable")
    right = np.cumsum(truth[order]) / np.arange(1, len(order) + 1)
    enough = np.flatnonzero(right[HITS - 1 :] >= sure)
    return float(shares[order][enough[-1] + HITS - 1]) if len(enough) else None


def sure_of(label: str) -> float:
    """Return how many of the marked must be right."""
    return SUREST if label in QUESTIONS else SURE


def fit(shared: Path, *, write: bool) -> None:
    found = coded(shared)
    names = np.array([name for name, _, _ in found])
    labels = sorted({label for _, _, own in found for label in own})
    truth = np.array([[label in own for label in labels] for _, _, own in found], dtype=np.float64)
    kept = truth.sum(axis=0) >= FEWEST
    labels, truth = [label for label, is_kept in zip(labels, kept, strict=True) if is_kept], truth[:, kept]
    comments = np.unique(names)
    drawn = np.random.default_rng(SEED).integers(0, FOLDS, len(comments))
    folds = drawn[np.searchsorted(comments, names)]
    texts = [text for _, text, _ in found]
    asked = np.array(["?" in text[-4:] for text in texts])
    taught = Taught(texts, loaded(FAMILIES))
    points = taught.out_of_fold(folds, truth)
    markers, scales, figures = {}, [], {}
    for place, label in enumerate(labels):
        rows = asked if label in QUESTIONS else np.ones(len(texts), dtype=bool)
        own, yes = points[rows, place], truth[rows, place]
        scale, shift = platt(own, yes)
        scales.append((scale, shift))
        shares = 1 / (1 + np.exp(-(own * scale + shift)))
        least = sure_from(shares, yes, sure_of(label))
        figures[f"{label}.average_precision"] = float(average_precision_score(yes, own))
        figures[f"{label}.base"] = float(yes.mean())
        told = shares >= (least if least is not None else 0.5)
        right = float(yes[told].mean()) if told.any() else 0.0
        figures |= {f"{label}.precision": right, f"{label}.recall": float(told[yes > 0].mean())}
        markers[label] = {
            "heads": [label],
            "least": round(least if least is not None else 0.5, 4),
            "on": least is not None and label not in BY_WORDS,
            "questions": label in QUESTIONS,
            "measured": f"of {int(told.sum())} sentences marked in {len(comments):,} comments read by one "
            f"coder each, {right:.2f} carry it, and of those that carry it "
            f"{figures[f'{label}.recall']:.2f} are marked (five folds); average precision "
            f"{figures[f'{label}.average_precision']:.2f} where {yes.mean():.3f} carry it",
        }
        sys.stdout.write(f"{label:22} on {markers[label]['on']!s:5} {markers[label]['measured']}\n")
    if write:
        weights, bias = taught.weights(truth)
        scale, shift = np.array(scales).T
        family = Family(tuple(labels), weights, bias, scale, shift)
        kept = most_telling(weights, taught.matrix, MOST)
        write_model(MODEL, card_of(labels, markers, figures), family.packed(kept))
        write_error_rates()


def card_of(labels: list[str], markers: dict[str, Any], figures: dict[str, float]) -> dict[str, Any]:
    """Return the card."""
    return {
        "task": f"rhetoric markers: {COMMENTS}",
        "labels": labels,
        "languages": ["en"],
        "data": "sentences of 2,642 comments, each read by one language-model coder with the codebook: posts "
        "of the Internet Argument Corpus v1 (Walker et al. 2012), news comments of UCC (Price et al. 2020, "
        "CC BY-NC-SA 4.0), comments under videos (Phi et al. 2024, MIT), posts of Reddit; the points of the "
        "other rhetoric models are features; weights of hashed columns only, no text",
        "data_sha256": hashlib.sha256(SENTENCES.read_bytes()).hexdigest(),
        "split": "five folds by comment; shares and thresholds are of what the other folds taught",
        "method": "ridge regression on hashed n-grams (words and marks 1-3, letters 2-5), hand-written cues "
        "and points of the other heads, folded into one weight a column; the columns that tell most, 8 bits",
        "measured": "average precision of sentences; precision and recall from the share on that decides",
        "figures": {name: round(value, 4) for name, value in figures.items()},
        "limits": "English; sees one sentence, not what it answers; its coders read fast, and once",
        "date": DATE,
        "seed": SEED,
        "markers": markers,
    }


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    with one_thread():
        fit(given.shared, write=given.write)


if __name__ == "__main__":
    main()
