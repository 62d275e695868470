"""Fit and measure `discourse.learn.sides`; run by hand from the root.

    python -m tests.evaluation.fit_sides --shared ../shared [--write] [--seeds 0 1 2]

Prints every figure with its baseline. The same data give the same bytes.
"""

import argparse
import json
import sys
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from scipy.linalg import cho_factor, cho_solve
from sklearn.linear_model import LogisticRegression

from discourse.learn.ngrams import ngram_matrix
from discourse.learn.sides import CUSTOMS, SPACE, supported
from discourse.learn.sides_graph import PAIR_FEATURES, camps, propagate
from discourse.learn.sides_links import LEAST_LINKS, LEAST_OWN
from discourse.learn.stored import write_model
from discourse.learn.target_stance import Side
from discourse.learn.target_stance_views import rareness, weighed
from tests.evaluation.sides_data import Discussion, digest, load, signs

MODEL = Path("discourse/learn/models/sides")
RATES = Path("discourse/learn/models/error_rates.json")
SURE = 0.65  # share from which a report calls a camp sure
BINS = (0.5, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95)
RIDGE = 0.3
MOST = 30_000  # columns kept a topic
INNER = 4  # folds inside the training part
EVEN = 5  # authors by which a topic's share is drawn towards the half


class Corpus:
    """All discussions as one: authors in rows, pairs of authors of one discussion."""

    def __init__(self, discussions: list[Discussion]) -> None:
        self.discussions = discussions
        self.sides = np.concatenate([found.sides for found in discussions])
        sizes = [len(found.authors) for found in discussions]
        self.number = np.repeat(np.arange(len(discussions)), sizes)
        self.starts = np.concatenate([[0], np.cumsum(sizes)])
        self.authors = [author for found in discussions for author in found.authors]
        topics = [found.topic for found in discussions]
        self.topics = sorted(set(topics))
        self.topic = np.array([self.topics.index(topics[k]) for k in self.number])
        self.decided = np.flatnonzero(self.sides)
        self.links = {custom: self._links(custom) for custom in CUSTOMS}
        grams = ngram_matrix([words for found in discussions for words in found.words], SPACE)
        self.rare = rareness(grams)
        self.matrix = weighed(grams, self.rare)
        self.products = [self._products(np.flatnonzero(self.topic == k)) for k in range(len(self.topics))]

    def _links(self, custom: str) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        pairs = [found.pairs[custom] for found in self.discussions]
        first = np.concatenate([p.first + s for p, s in zip(pairs, self.starts, strict=False)])
        second = np.concatenate([p.second + s for p, s in zip(pairs, self.starts, strict=False)])
        return first, second, np.concatenate([p.features for p in pairs])

    def _products(self, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        own = self.matrix[rows]
        return rows, np.asarray((own @ own.T).todense(), dtype=np.float64)

    def rows_of(self, number: int) -> np.ndarray:
        return np.arange(self.starts[number], self.starts[number + 1])

    def solve(self, topic: int, train: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return places among a topic's rows and their values; `train` says which rows teach."""
        rows, products = self.products[topic]
        taught = np.flatnonzero(train[rows] & (self.sides[rows] != 0))
        inner = products[np.ix_(taught, taught)] + 0.1 + RIDGE * np.eye(len(taught))
        solved = cho_solve(cho_factor(inner), self.sides[rows[taught]].astype(np.float64))
        return taught, solved

    def points(self, train: np.ndarray) -> np.ndarray:
        """Return what the words of the rows in `train` teach of every row."""
        points = np.zeros(len(self.sides))
        for topic, (rows, products) in enumerate(self.products):
            taught, solved = self.solve(topic, train)
            points[rows] = (products[:, taught] + 0.1) @ solved
        return points

    def priors(self, train: np.ndarray) -> np.ndarray:
        """Return log-odds of pro, one a topic."""
        found = []
        for topic in range(len(self.topics)):
            sides = self.sides[train & (self.topic == topic)]
            share = ((sides > 0).sum() + EVEN / 2) / ((sides != 0).sum() + EVEN)
            found.append(np.log(share / (1 - share)))
        return np.array(found)

    def pulls(self, known: np.ndarray, custom: str = "quoting") -> np.ndarray:
        """Return for each author the features of the pairs, summed, turned away from the others' sides."""
        first, second, features = self.links[custom]
        pulls = np.zeros((len(self.sides), len(PAIR_FEATURES)))
        np.add.at(pulls, first, -known[second, None] * features)
        np.add.at(pulls, second, -known[first, None] * features)
        return pulls

    def accuracy(self, points: np.ndarray, among: np.ndarray | None = None) -> float:
        rows = self.decided if among is None else self.decided[among[self.decided]]
        return float(np.mean((points[rows] >= 0) == (self.sides[rows] > 0)))


def folds_of(numbers: np.ndarray, count: int, seed: int) -> dict[int, int]:
    shuffled = np.random.RandomState(seed).permutation(np.unique(numbers))
    return {int(number): place % count for place, number in enumerate(shuffled)}


def inner_points(corpus: Corpus, train: np.ndarray, seed: int) -> np.ndarray:
    """Return points of the training rows, each of what the other inner folds teach."""
    folds = folds_of(corpus.number[train], INNER, seed)
    fold = np.array([folds.get(int(number), -1) for number in corpus.number])
    points = np.zeros(len(train))
    for part in range(INNER):
        held = fold == part
        points[held] = corpus.points(train & ~held)[held]
    return points


def earlier(corpus: Corpus, train: np.ndarray) -> np.ndarray:
    """Return how often the same author was pro or anti on the topic in other discussions of training."""
    seen: dict[tuple[int, str], list[tuple[int, int]]] = {}
    for row in np.flatnonzero(train & (corpus.sides != 0)).tolist():
        key = (int(corpus.topic[row]), corpus.authors[row])
        seen.setdefault(key, []).append((int(corpus.number[row]), int(corpus.sides[row])))
    sums = [
        sum(
            side
            for number, side in seen.get((int(corpus.topic[row]), author), [])
            if number != corpus.number[row]
        )
        for row, author in enumerate(corpus.authors)
    ]
    return np.tanh(0.7 * np.array(sums))


def fit_weights(corpus: Corpus, train: np.ndarray, columns: np.ndarray) -> tuple[Any, np.ndarray]:
    """Fit what words and prior weigh, and what links do beside them (pseudo-likelihood)."""
    rows = np.flatnonzero(train & (corpus.sides != 0))
    alone = LogisticRegression(C=10.0).fit(columns[rows], corpus.sides[rows])
    pulls = corpus.pulls(np.where(train, corpus.sides, 0))
    both = LogisticRegression(C=1.0, max_iter=500)
    both.fit(np.hstack([columns, pulls])[rows], corpus.sides[rows])
    return alone, both.coef_[0][columns.shape[1] :]


def spread(corpus: Corpus, fields: np.ndarray, couplings: np.ndarray, numbers: list[int]) -> np.ndarray:
    odds = np.zeros(len(fields))
    for number in numbers:
        rows, pairs = corpus.rows_of(number), corpus.discussions[number].pairs["quoting"]
        odds[rows] = propagate(fields[rows] / 2, pairs, pairs.features @ couplings / 2)
    return odds


def cross_validate(corpus: Corpus, seed: int) -> dict[str, float]:
    names = ("majority", "words", "sides", "words_and_names", "sides_and_names")
    points = {name: np.zeros(len(corpus.sides)) for name in names}
    known = np.zeros(len(corpus.sides), dtype=bool)
    folds = folds_of(corpus.number, 5, seed)
    fold = np.array([folds[int(number)] for number in corpus.number])
    for part in range(5):
        train, test = fold != part, fold == part
        numbers = [number for number, place in folds.items() if place == part]
        words = np.where(train, inner_points(corpus, train, seed), corpus.points(train))
        prior, names_known = corpus.priors(train)[corpus.topic], earlier(corpus, train)
        points["majority"][test] = prior[test]
        known |= test & (names_known != 0)
        for ending, columns in (("", [words, prior]), ("_and_names", [words, prior, names_known])):
            stacked = np.stack(columns, axis=1)
            alone, couplings = fit_weights(corpus, train, stacked)
            fields = alone.decision_function(stacked)
            points[f"words{ending}"][test] = fields[test]
            points[f"sides{ending}"][test] = spread(corpus, fields, couplings, numbers)[test]
    figures = {name: corpus.accuracy(found) for name, found in points.items()}
    figures["sides_where_name_unseen"] = corpus.accuracy(points["sides"], ~known)
    figures["majority_where_name_unseen"] = corpus.accuracy(points["majority"], ~known)
    figures["calibration_slope"] = _slope(points["sides"][corpus.decided], corpus.sides[corpus.decided])
    return figures


def _slope(odds: np.ndarray, sides: np.ndarray) -> float:
    """Return the factor of log-odds for which the sides are likeliest; 1 where they hold as they are."""
    model = LogisticRegression(C=1e6, fit_intercept=False).fit(2 * odds[:, None], sides)
    return float(model.coef_[0, 0])


def fit_camps(corpus: Corpus, train: np.ndarray, custom: str) -> np.ndarray:
    """Fit what links weigh where words say nothing, and how much the larger camp draws."""
    known = np.where(train, corpus.sides, 0).astype(np.float64)
    sums = np.bincount(corpus.number, weights=known)[corpus.number] - known
    counts = np.bincount(corpus.number, weights=known != 0)[corpus.number] - (known != 0)
    columns = np.hstack([corpus.pulls(known, custom), (sums / np.maximum(1, counts))[:, None]])
    rows = np.flatnonzero(known)
    model = LogisticRegression(C=1.0, fit_intercept=False, max_iter=500)
    weights: np.ndarray = model.fit(columns[rows], corpus.sides[rows]).coef_[0]
    return weights


def better_naming(corpus: Corpus, points: np.ndarray, numbers: list[int]) -> tuple[int, int, int]:
    """Return authors on the side that the better naming of the camps gives; all; the larger camp's."""
    right = total = largest = 0
    for number in numbers:
        rows = corpus.rows_of(number)
        rows = rows[corpus.sides[rows] != 0]
        hits = int(((points[rows] >= 0) == (corpus.sides[rows] > 0)).sum())
        right += max(hits, len(rows) - hits)
        total += len(rows)
        largest += max(int((corpus.sides[rows] == side).sum()) for side in (1, -1)) if len(rows) else 0
    return right, total, largest


def unseen_camps(corpus: Corpus, custom: str) -> np.ndarray:
    """Return halved log-odds of the first camp, those of each topic by weights that the others taught."""
    points = np.zeros(len(corpus.sides))
    for topic, name in enumerate(corpus.topics):
        weights = fit_camps(corpus, corpus.topic != topic, custom)
        for number, found in enumerate(corpus.discussions):
            if found.topic == name:
                rows, pairs = corpus.rows_of(number), found.pairs[custom]
                couplings = pairs.features @ weights[:-1] / 2
                points[rows] = camps(len(rows), pairs, couplings, weights[-1] / 2)
    return points


def named_by_others(corpus: Corpus, points: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return authors, and whether each is where the sides of the others say that his or her camp stands.

    To let each discussion have the better naming flatters small ones; here nobody names an own camp.
    """
    votes = corpus.sides * np.tanh(points)
    others = np.bincount(corpus.number, weights=votes)[corpus.number] - votes
    rows = np.flatnonzero((corpus.sides != 0) & (others != 0))
    named = np.where(points >= 0, 1, -1) * np.sign(others)
    return rows, named[rows] == corpus.sides[rows]


def placed(corpus: Corpus, points: np.ndarray, custom: str) -> np.ndarray:
    """Say which authors the model would place."""
    found = np.zeros(len(points), dtype=bool)
    for number, discussion in enumerate(corpus.discussions):
        rows = corpus.rows_of(number)
        found[rows] = supported(discussion.pairs[custom], points[rows])
    return found


def scale_of(odds: np.ndarray, right: np.ndarray) -> float:
    """Return the factor of log-odds for which what came out is likeliest."""
    turned = np.where(right, 1.0, -1.0)[:, None] * odds[:, None]
    both = np.concatenate([turned, -turned])
    labels = np.repeat([1, 0], len(turned))
    return float(LogisticRegression(C=1e6, fit_intercept=False).fit(both, labels).coef_[0, 0])


def camp_scale(corpus: Corpus, points: np.ndarray, custom: str, among: np.ndarray) -> float:
    rows, right = named_by_others(corpus, points)
    kept = placed(corpus, points, custom)[rows] & among[rows]
    return scale_of(2 * np.abs(points[rows][kept]), right[kept])


def measure_placed(corpus: Corpus, points: np.ndarray, custom: str) -> dict[str, Any]:
    """Measure whom the model would place: each half of the discussions with the scale of the other half."""
    half = corpus.number % 2 == 0
    scale = np.where(
        half,
        camp_scale(corpus, points, custom, ~half),
        camp_scale(corpus, points, custom, half),
    )
    rows, right = named_by_others(corpus, points)
    taken = placed(corpus, points, custom)
    kept = taken[rows]
    rows, right = rows[kept], right[kept]
    scores = 1 / (1 + np.exp(-2 * scale[rows] * np.abs(points[rows])))
    sums = np.bincount(corpus.number, weights=corpus.sides)[corpus.number][rows] - corpus.sides[rows]
    major = sums * corpus.sides[rows] > 0
    return {
        "authors": len(rows),
        "coverage": float(taken[corpus.decided].mean()),
        "discussions": len(set(corpus.number[taken].tolist())),
        "right": float(right.mean()),
        "one_camp": float(major.mean() + (sums == 0).mean() / 2),
        "right_of_smaller_side": float(right[sums * corpus.sides[rows] < 0].mean()),
        "right_of_larger_side": float(right[major].mean()),
        "right_where_sure": float(right[scores >= SURE].mean()),
        "right_where_doubtful": float(right[scores < SURE].mean()),
        "by_score": {
            f"{low:.2f}": [int(here.sum()), float(scores[here].mean()), float(right[here].mean())]
            for low, high in pairwise([*BINS, 1.01])
            if (here := (scores >= low) & (scores < high)).any()
        },
    }


def measure_camps(corpus: Corpus) -> dict[str, Any]:
    points = {custom: unseen_camps(corpus, custom) for custom in CUSTOMS}
    numbers = list(range(len(corpus.discussions)))
    right, total, largest = better_naming(corpus, points["quoting"], numbers)
    by_topic = {}
    for name in corpus.topics:
        own = [number for number in numbers if corpus.discussions[number].topic == name]
        hits, people, _ = better_naming(corpus, points["quoting"], own)
        by_topic[name] = hits / people
    return {
        "camps": right / total,
        "camps_one_camp": largest / total,
        "camps_by_topic": by_topic,
        "camps_placed": {custom: measure_placed(corpus, points[custom], custom) for custom in CUSTOMS},
        "camp_scales": {
            custom: camp_scale(corpus, points[custom], custom, np.ones(len(points[custom]), dtype=bool))
            for custom in CUSTOMS
        },
    }


def fit_all(corpus: Corpus, scales: Mapping[str, float], seed: int) -> dict[str, Any]:
    every = np.ones(len(corpus.sides), dtype=bool)
    words = inner_points(corpus, every, seed)
    priors = corpus.priors(every)
    alone, couplings = fit_weights(corpus, every, np.stack([words, priors[corpus.topic]], axis=1))
    arrays: dict[str, Any] = {
        "rare": corpus.rare,
        "priors": priors,
        "weights": np.array([*alone.coef_[0], alone.intercept_[0]]),
        "couplings": couplings,
        "camps": np.stack([fit_camps(corpus, every, custom) for custom in CUSTOMS]),
        "camp_scales": np.array([scales[custom] for custom in CUSTOMS]),
    }
    for topic, name in enumerate(corpus.topics):
        taught, solved = corpus.solve(topic, every)
        weights = corpus.matrix[corpus.products[topic][0][taught]].T @ solved
        side = Side(("pro", "anti"), weights[:, None], np.array([0.1 * solved.sum()]), 1.0, np.zeros(2))
        arrays |= side.packed(f"topic.{name}", most=MOST)
    return arrays


def card_of(shared: Path, corpus: Corpus, figures: dict[str, Any], seed: int) -> dict[str, Any]:
    return {
        "task": "which side each author of a discussion is on",
        "labels": ["pro", "anti"],
        "languages": ["en"],
        "data": "Internet Argument Corpus v1 (Walker et al. 2012), sides by the votes of several readers; "
        "weights only, no text and no name",
        "data_sha256": digest(shared),
        "split": "five folds by discussion, mean of several dealings; one topic left out (camps)",
        "method": "ridge regression a topic on all own words; couplings along replies by pseudo-likelihood, "
        "solved by belief propagation; camps by mean field",
        "figures": figures,
        "camps": "by links where most replies quote, elsewhere as if nobody quoted; placed "
        f"are authors with {LEAST_OWN} links or more in discussions with {LEAST_LINKS}; named by the other "
        "authors; shares scaled by `camp_scales`, measured on the half that did not set them",
        "baselines": {"majority": 0.676, "camps": figures["camps_one_camp"]},
        "replies": "what links weigh was learned and measured with shares of a logistic regression over "
        "named features of replies, which knows no side; in use the shares are those of the model "
        "reply_labels",
        "limits": "English; one forum, where most authors of a topic return: figures with `names` count what "
        "is known of an author from other discussions, which the shipped model does not; where_name_unseen "
        "are authors without such",
        "date": "2026-11-22",
        "seed": seed,
        "topics": corpus.topics,
    }


def rounded(figures: Any) -> Any:
    if isinstance(figures, Mapping):
        return {name: rounded(value) for name, value in figures.items()}
    if isinstance(figures, list):
        return [rounded(value) for value in figures]
    return figures if isinstance(figures, int) else round(float(figures), 4)


def write_error_rate(placed: Mapping[str, Any]) -> None:
    """Write the sentence that reports print with the camps, beside those of other labels."""
    quoting, plain = (placed[custom] for custom in CUSTOMS)
    sentence = (
        f"{100 * quoting['right']:.0f} % of {quoting['authors']:,} authors placed were on the side that "
        f"their camp stood for, in {quoting['discussions']} debates of one English forum (IAC) whose sides "
        f"people had judged, on topics unseen in training; {100 * plain['right']:.0f} % where quotations are "
        f"not looked at; all in one camp would be right of {100 * quoting['one_camp']:.0f} %"
    )
    rates = json.loads(RATES.read_text(encoding="utf-8"))
    RATES.write_text(json.dumps({**rates, "camps": sentence}, indent=2) + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--seeds", type=int, nargs="+", default=[0, 1, 2])
    given = parser.parse_args()
    corpus = Corpus(load(given.shared, signs(given.shared)))
    runs = [cross_validate(corpus, seed) for seed in given.seeds]
    figures: dict[str, Any] = {
        name: round(float(np.mean([run[name] for run in runs])), 4) for name in runs[0]
    }
    figures["sides.seeds"] = [round(run["sides"], 4) for run in runs]
    figures |= rounded(measure_camps(corpus))
    sys.stdout.write(json.dumps(figures, indent=1) + "\n")
    if given.write:
        arrays = fit_all(corpus, figures["camp_scales"], given.seeds[0])
        write_model(MODEL, card_of(given.shared, corpus, figures, given.seeds[0]), arrays)
        write_error_rate(figures["camps_placed"])


if __name__ == "__main__":
    main()
