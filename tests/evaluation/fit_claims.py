"""Fit and measure `discourse.learn.claims`; run by hand from the root.

    python -m tests.evaluation.fit_claims --shared ../shared [--write] [--words] [--seed SEED]
                                          [--without GROUP ...]

Prints every figure beside what was asked for and TF-IDF. `--words` counts the model `claim_words` anew (three
minutes); without it the shipped one serves. Where the extra `[semantic]` is not installed, the head that asks
it stays as it is. The same data give the same bytes.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, f1_score

from discourse.learn.claim_embedding import is_installed
from discourse.learn.claim_pairs import either_way, pair_rows
from discourse.learn.claim_points import point_rows
from discourse.learn.claim_turns import turn_rows
from discourse.learn.claim_words import MODEL as WORDS
from discourse.learn.claim_words import Words, known_words
from discourse.learn.claims import HEADS, MODEL, PICKED, semantic_rows
from discourse.learn.ridge import one_thread
from discourse.learn.splits import folds_of
from discourse.learn.stored import read_model, write_model
from tests.evaluation.claims_cards import GROUPS, claims_card
from tests.evaluation.claims_data import POSTS, Disputes, Pairs, aspects, digest, disputes, key_points, sick
from tests.evaluation.claims_words import claim_words, words_card
from tests.evaluation.rhetoric_training import platt

MODELS = Path("discourse/learn/models")
STRICT = 0.03  # how freely weights may grow (C of a logistic regression); the same for all heads
ASKED = {
    "same.macro_f1": 0.68, "same_within.macro_f1": 0.68, "same_semantic.macro_f1": 0.72,
    "contradicts.f1": 0.70, "restates.ap": 0.45,
}  # fmt: skip
MORE = 0.08  # than TF-IDF, asked of the average precision of key points
Figures = dict[str, float]


def solved(rows: np.ndarray, truth: np.ndarray) -> np.ndarray:
    """Return the weights of a logistic regression on features as they are, its bias last."""
    mean, deviation = rows.mean(axis=0), rows.std(axis=0)
    deviation[deviation < 1e-9] = np.inf  # a feature that never differs has no weight
    model = LogisticRegression(C=STRICT, max_iter=1_000).fit((rows - mean) / deviation, truth)
    weights = model.coef_[0] / deviation
    return np.append(weights, model.intercept_[0] - weights @ mean)


def points(weights: np.ndarray, rows: np.ndarray) -> np.ndarray:
    return np.asarray(rows @ weights[:-1] + weights[-1])


def out_of_fold(rows: np.ndarray, truth: np.ndarray, folds: np.ndarray) -> np.ndarray:
    """Return the points of each row by what the other folds teach."""
    found = np.zeros(len(truth))
    for fold in np.unique(folds):
        held = folds == fold
        found[held] = points(solved(rows[~held], truth[~held]), rows[held])
    return found


def told_inside(rows: np.ndarray, truth: np.ndarray, folds: np.ndarray, average: str) -> np.ndarray:
    """Say where the answer is yes, by a threshold that the training folds choose among themselves."""
    told = np.zeros(len(truth), dtype=bool)
    outside = out_of_fold(rows, truth, folds)
    for fold in np.unique(folds):
        train = folds != fold
        least = best_least(out_of_fold(rows[train], truth[train], folds[train]), truth[train], average)
        told[~train] = outside[~train] >= least
    return told


def best_least(found: np.ndarray, truth: np.ndarray, average: str) -> float:
    """Return the point from which F1 is best: that of yes ("binary"), or of both answers ("macro")."""
    tried = np.unique(np.quantile(found, np.linspace(0.02, 0.98, 97)))
    return float(max(tried, key=lambda least: f1_score(truth, found >= least, average=average)))


def by_topic(data: Pairs, folds: int, seed: int) -> np.ndarray:
    return folds_of(data.topics, data.truth[:, None], folds=folds, seed=seed)


def cosine(pairs: Sequence[tuple[str, str]]) -> np.ndarray:
    """Return the TF-IDF cosine of each pair, the plain baseline."""
    counter = TfidfVectorizer().fit([text for pair in pairs for text in pair])
    first, second = (counter.transform([pair[side] for pair in pairs]) for side in (0, 1))
    return np.asarray(first.multiply(second).sum(axis=1)).ravel()


def own_cosine(data: Disputes) -> np.ndarray:
    """Return the TF-IDF cosine of each turn and the nearest of the author's earlier ones."""
    counter = TfidfVectorizer(sublinear_tf=True).fit([text for turns in data.turns for _, text in turns])
    found = []
    for turns in data.turns:
        rows = counter.transform([text for _, text in turns])
        alike = (rows @ rows.T).toarray()
        for place, (author, _) in enumerate(turns):
            earlier = [alike[place, k] for k in range(place) if turns[k][0] == author]
            found.append(max(earlier, default=0.0))
    return np.array(found)


class Fit:
    """Heads with what was measured of them."""

    def __init__(self, shared: Path, words: Words, seed: int, without: Sequence[str] = ()) -> None:
        self.shared, self.words, self.seed = shared, words, seed
        self.without = {name for group in without for name in GROUPS[group]}
        self.arrays: dict[str, np.ndarray] = {}
        self.least: dict[str, float] = {}
        self.figures: Figures = {}
        self.baselines: Figures = {}

    def kept(self, head: str, rows: np.ndarray) -> np.ndarray:
        """Return rows with the features at 0 that are left out."""
        out = [
            place
            for place, name in enumerate(HEADS[head])
            if any(name == part or name.startswith(f"{part}_") for part in self.without)
        ]
        rows = rows.copy()
        rows[:, out] = 0.0
        return rows

    def keep(self, head: str, rows: np.ndarray, truth: np.ndarray, outside: np.ndarray, average: str) -> None:
        """Keep what all rows teach, as log-odds that hold for the points of rows not learned from."""
        scale, shift = platt(outside, truth)
        weights = solved(rows, truth) * scale
        weights[-1] += shift
        self.arrays[head] = weights
        odds = scale * best_least(outside, truth, average) + shift
        self.least[head] = round(float(1 / (1 + np.exp(-odds))), 4)

    def same(self) -> None:
        data = aspects(self.shared)
        folds = by_topic(data, 4, self.seed)
        for head, topics in (("same", None), ("same_within", data.topics)):
            self._same(head, data, folds, either_way(pair_rows(data.pairs, self.words, topics)))
        plain = cosine(data.pairs)
        told = np.zeros(len(plain), dtype=bool)
        for fold in np.unique(folds):
            train = folds != fold
            told[~train] = plain[~train] >= best_least(plain[train], data.truth[train], "macro")
        self.baselines["same.macro_f1"] = float(f1_score(data.truth, told, average="macro"))

    def semantic(self) -> None:
        """Fit and measure the head that asks the model of sentences, or keep the one that stands."""
        if not is_installed():
            before = read_model(MODELS / MODEL)
            self.arrays["same_semantic"] = before.arrays["same_semantic"]
            self.least["same_semantic"] = before.card["least"]["same_semantic"]
            self.figures |= {k: v for k, v in before.card["figures"].items() if k.startswith("same_semantic")}
            return
        data = aspects(self.shared)
        folds = by_topic(data, 4, self.seed)
        self._same("same_semantic", data, folds, semantic_rows(data.pairs, self.words, data.topics))

    def _same(self, head: str, data: Pairs, folds: np.ndarray, found: np.ndarray) -> None:
        rows = self.kept(head, found)
        outside = out_of_fold(rows, data.truth, folds)
        told = told_inside(rows, data.truth, folds, "macro")
        self.figures[f"{head}.macro_f1"] = float(f1_score(data.truth, told, average="macro"))
        self.figures[f"{head}.ap"] = float(average_precision_score(data.truth, outside))
        self.keep(head, rows, data.truth, outside, "macro")

    def point(self) -> None:
        train, dev = key_points(self.shared, "train"), key_points(self.shared, "dev")
        rows = self.kept("point", point_rows(train.pairs, self.words, train.topics))
        held = self.kept("point", point_rows(dev.pairs, self.words, dev.topics))
        outside = out_of_fold(rows, train.truth, by_topic(train, 5, self.seed))
        self.keep("point", rows, train.truth, outside, "binary")
        found = points(self.arrays["point"], held)
        self.figures["point.ap"] = float(average_precision_score(dev.truth, found))
        self.baselines["point.ap"] = float(average_precision_score(dev.truth, cosine(dev.pairs)))

    def contradicts(self) -> None:
        train, trial = sick(self.shared, "train"), sick(self.shared, "trial")
        rows = self.kept("contradicts", either_way(pair_rows(train.pairs, self.words))[:, PICKED])
        held = self.kept("contradicts", either_way(pair_rows(trial.pairs, self.words))[:, PICKED])
        outside = out_of_fold(rows, train.truth, by_topic(train, 5, self.seed))
        self.keep("contradicts", rows, train.truth, outside, "binary")
        shares = 1 / (1 + np.exp(-points(self.arrays["contradicts"], held)))
        told = shares >= self.least["contradicts"]
        self.figures["contradicts.f1"] = float(f1_score(trial.truth, told))
        self.figures["contradicts.ap"] = float(average_precision_score(trial.truth, shares))
        plain = held[:, HEADS["contradicts"].index("one_denies")] > 0
        self.baselines["contradicts.f1"] = float(f1_score(trial.truth, plain))

    def restates(self) -> None:
        data = disputes(self.shared)
        rows = self.kept("restates", np.vstack([turn_rows(turns, self.words) for turns in data.turns]))
        folds = folds_of(data.names, data.truth[:, None], folds=5, seed=self.seed)
        outside = out_of_fold(rows, data.truth, folds)
        self.figures["restates.ap"] = float(average_precision_score(data.truth, outside))
        told = told_inside(rows, data.truth, folds, "binary")
        self.figures["restates.f1"] = float(f1_score(data.truth, told))
        self.baselines["restates.ap"] = float(average_precision_score(data.truth, own_cosine(data)))
        self.keep("restates", rows, data.truth, outside, "binary")


def shown(fit: Fit) -> None:
    asked = {**ASKED, "point.ap": fit.baselines["point.ap"] + MORE}
    for name, value in fit.figures.items():
        plain, wanted = (f"{found[name]:.4f}" if name in found else "-" for found in (fit.baselines, asked))
        sys.stdout.write(f"{name:24} measured {value:.4f}  baseline {plain:>6}  asked {wanted:>6}\n")


def words_again(shared: Path) -> None:
    """Count the model of words anew and write it."""
    write_model(MODELS / WORDS, words_card(digest(shared, POSTS)), claim_words(shared))


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--words", action="store_true", help="count and write the model of words first")
    parser.add_argument("--seed", type=int, default=0, help="of the folds; the card tells the figures of 0")
    parser.add_argument("--without", nargs="*", default=[], choices=sorted(GROUPS), help="features left out")
    given = parser.parse_args()
    with one_thread():
        if given.words:
            words_again(given.shared)
        fit = Fit(given.shared, known_words(), given.seed, given.without)
        fit.same()
        fit.semantic()
        fit.point()
        fit.contradicts()
        fit.restates()
        shown(fit)
        if given.write:
            card = claims_card(fit.figures, fit.baselines, fit.least, digest(given.shared))
            write_model(MODELS / MODEL, card, fit.arrays)


if __name__ == "__main__":
    main()
