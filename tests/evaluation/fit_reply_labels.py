"""Train discourse/learn/models/reply_labels and measure it; run by hand from the root.

    python -m tests.evaluation.fit_reply_labels --shared ../shared [--seeds 3] [--write]

What was labelled (IAC, two subreddits, coded replies of IAC's threads) is learned together. Beside their
n-grams and named features stand the points of four models of thousands of pairs that nobody labelled: of
authors who stand on one side of a topic or on two; of replies that open with plain words for or against
(these words left out); and two of what a model of whole threads, learned from the coded replies, says of
all replies of IAC. All of it is linear, so the shipped weights are one sum. Beside them the model of whole
threads is shipped, learned again with the texts' final shares.
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import minimize
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score, roc_auc_score

from discourse.learn.linear import Head, shares_of
from discourse.learn.reply_features import features_of
from discourse.learn.reply_labels import LABELS, opening_cues, read
from discourse.learn.reply_pairs import HASHED, LENGTH, SPACES, THREADS, ending, named_matrix, pair_matrix
from discourse.learn.stored import write_model
from tests.evaluation.reply_pairs_data import (
    Pair,
    cue_pairs,
    discussion,
    forum_pairs,
    loop_discussions,
    loop_pairs,
    side_pairs,
    subreddit_pairs,
)
from tests.evaluation.reply_threads_data import CODED, Thread, forum_threads
from tests.evaluation.reply_threads_training import (
    Measured,
    ThreadWeights,
    fit_threads,
    measure,
    out_of_fold_threads,
    soft_rows,
)

MODEL = Path("discourse/learn/models/reply_labels")
FILES = (
    "agreement/iac_quote_response.csv",
    "agreement/subreddit.csv",
    "stance/iac_author_stance.csv",
    "threads/iac.jsonl.gz",
    "loops/threads.jsonl",
    "loops/gold.json",
)
RIDGE = 1.0
WEAK_RIDGES = {"sides": 0.3, "cues": 0.5, "talk": 0.3}
NAMED, WEAK, PARENT = 0.1, 0.5, 1.3  # how freely each kind of column may be used, beside n-grams of the reply
EVENED = 0.25  # of how common each label is over all sets: what is taken off its share
SHARES = {"iac": 0.5, "subreddit": 1.0, "coded": 1.0}  # what a pair of each set counts
RARE, RARE_NAMED = 4, 12  # n-grams in fewer pairs, and named features in fewer, are left out
KEPT = 100_000  # columns of n-grams in the shipped model
PARTS = 5
OWN = HASHED - SPACES["parent"].columns  # columns of the reply's own n-grams

Matrix = Any
Floats = NDArray[np.float64]


class Labelled:
    """Pairs with their n-grams, labels, groups and weights."""

    def __init__(self, pairs: Iterable[Pair], named: list[dict[str, float]] | None = None) -> None:
        self.pairs = tuple(pairs)
        if named is not None:
            self.named = named
        self.hashed = sparse.csr_matrix(
            pair_matrix([pair.own for pair in self.pairs], [pair.parent for pair in self.pairs])
        )
        self.labels = np.array([pair.label for pair in self.pairs])
        self.groups = np.array([pair.group for pair in self.pairs])
        self.sources = np.array([pair.source for pair in self.pairs])
        self.weights = np.array([pair.weight for pair in self.pairs])

    @cached_property
    def named(self) -> list[dict[str, float]]:
        """Named features of each pair."""
        pairs = [(read(pair.own[:LENGTH]), read(ending(pair.parent))) for pair in self.pairs]
        return list(features_of(pairs))


@dataclass(frozen=True)
class Columns:
    """How much each column of the shipped matrix counts in training, before weights are learned."""

    scales: Floats  # of hashed columns
    names: tuple[str, ...]
    named_scales: Floats

    def matrix(self, data: Labelled, weak: Floats) -> Matrix:
        """Return the rows to learn from."""
        places = {name: place for place, name in enumerate(self.names)}
        named = sparse.csr_matrix(named_matrix(data.named, places)) @ sparse.diags(self.named_scales)
        rows = [self.hashed(data), named, sparse.csr_matrix(weak * WEAK)]
        return sparse.hstack(rows).tocsr()

    def hashed(self, data: Labelled) -> Matrix:
        """Return the n-grams, scaled."""
        return (data.hashed @ sparse.diags(self.scales)).tocsr()


def columns_of(gold: Labelled, unlabelled: Labelled) -> Columns:
    """Scale n-grams by how rare they are, and each kind of them and of names to a common size."""
    both = sparse.vstack([gold.hashed, unlabelled.hashed]).tocsr()
    counts = np.bincount(both.indices, minlength=HASHED)
    scales = np.where(counts >= RARE, np.log((1 + both.shape[0]) / (1 + counts)), 0.0)
    first = 0
    for name, space in SPACES.items():
        part = slice(first, first + space.columns)
        block = both[:, part] @ sparse.diags(scales[part])
        lengths = np.sqrt(np.asarray(block.power(2).sum(axis=1)).ravel())
        scales[part] *= (PARENT if name == "parent" else 1.0) / lengths[lengths > 0].mean()
        first += space.columns
    found = Counter(name for row in gold.named for name in row)
    names = tuple(sorted(name for name, count in found.items() if count >= RARE_NAMED))
    named = named_matrix(gold.named, {name: place for place, name in enumerate(names)})
    sizes = np.sqrt(np.asarray(sparse.csr_matrix(named).power(2).mean(axis=0)).ravel())
    return Columns(scales, names, NAMED / np.maximum(sizes, 0.15))


def balanced(truth: NDArray[Any], weights: Floats) -> Floats:
    """Return weights under which every label counts as much as any other."""
    found = weights.astype(float)
    labels = np.unique(truth)
    for label in labels:
        found[truth == label] *= weights.sum() / len(labels) / weights[truth == label].sum()
    return found


def logistic(rows: Matrix, truth: NDArray[np.bool_], weights: Floats, ridge: float) -> Floats:
    """Return weights and, last, the bias of a logistic regression."""
    model = LogisticRegression(C=ridge, solver="liblinear", tol=0.01, intercept_scaling=3, random_state=0)
    model.fit(rows, truth, sample_weight=weights)
    return np.concatenate([model.coef_[0], model.intercept_])


@dataclass(frozen=True)
class WeakModel:
    """Weights of n-grams, of the reply's own alone or of all, learned from pairs that nobody labelled."""

    weights: Floats
    parts: tuple[Floats, ...]  # the same without one part of the discussions each

    def points(self, rows: Matrix, groups: Sequence[str] | None = None) -> Floats:
        """Return points, for IAC from the model that saw nothing of the pair's own discussion."""
        rows = rows[:, : len(self.weights)]
        if groups is None:
            return np.asarray(rows @ self.weights)
        whole = np.column_stack([rows @ weights for weights in self.parts])
        return whole[np.arange(len(groups)), [_part(group) for group in groups]]


def weak_model(data: Labelled, columns: Columns, ridge: float) -> WeakModel:
    """Fit which of two labels holds on all discussions, and without each part of them."""
    rows, truth = columns.hashed(data)[:, :OWN], data.labels == "agree"
    weights = balanced(truth, data.weights / data.weights.mean())
    return _by_parts(rows, data.groups, lambda kept: (rows[kept], truth[kept], weights[kept]), ridge)


def talk_models(forum: Labelled, told: Floats, columns: Columns, ridge: float) -> list[WeakModel]:
    """Fit what a model of threads says of all replies: for or against, and aside or not."""
    rows = columns.hashed(forum)
    sides, every = told[:, :2].sum(axis=1), np.ones(len(told))
    return [
        _by_parts(
            rows,
            forum.groups,
            lambda kept, yes=yes, no=no: soft_rows(rows[kept], yes[kept], no[kept]),
            ridge,
        )
        for yes, no in ((told[:, 0], sides - told[:, 0]), (told[:, 2], every - told[:, 2]))
    ]


def _by_parts(
    rows: Matrix, groups: NDArray[Any], given: Callable[[Any], tuple[Any, Any, Floats]], ridge: float
) -> WeakModel:
    parts = np.array([_part(group) for group in groups])
    fits = []
    for left_out in (None, *range(PARTS)):
        kept = parts != left_out if left_out is not None else np.ones(len(parts), dtype=np.bool_)
        fits.append(logistic(*given(kept), ridge)[:-1])
    size = float((rows @ fits[0]).std())
    return WeakModel(fits[0] / size, tuple(fit / size for fit in fits[1:]))


def _part(group: str) -> int:
    return int(group.rsplit(maxsplit=1)[-1]) * 7919 % 997 % PARTS


def weak_points(data: Labelled, columns: Columns, weak: Sequence[WeakModel]) -> Floats:
    """Return the points of each weak model, a column each."""
    rows, is_forum = columns.hashed(data), data.sources == "iac"
    found = np.column_stack([model.points(rows) for model in weak])
    if is_forum.any():
        held_out = [model.points(rows[is_forum], data.groups[is_forum].tolist()) for model in weak]
        found[is_forum] = np.column_stack(held_out)
    return found


def fit(rows: Matrix, data: Labelled, chosen: NDArray[np.int64]) -> Floats:
    """Return weights and a bias for each label, fitted on some pairs."""
    labels, weights = data.labels[chosen], np.zeros(len(chosen))
    for source, share in SHARES.items():
        of = data.sources[chosen] == source
        if of.any():
            weights[of] = balanced(labels[of], data.weights[chosen][of])
            weights[of] *= share * of.sum() / weights[of].sum()
    fits = [
        logistic(rows[chosen], labels == label, balanced(labels == label, weights), RIDGE) for label in LABELS
    ]
    return np.column_stack(fits)


def folds_of(groups: NDArray[Any], seed: int) -> NDArray[np.int64]:
    """Deal groups into five folds."""
    names, numbers = np.unique(groups, return_inverse=True)
    return np.asarray(np.random.RandomState(seed).permutation(len(names))[numbers] % 5)


@dataclass(frozen=True)
class Replies:
    """All replies of some threads, in their order, with rows to learn from."""

    threads: Sequence[Thread]
    data: Labelled
    rows: Matrix

    @classmethod
    def of(cls, threads: Sequence[Thread], columns: Columns, weak: Sequence[WeakModel]) -> "Replies":
        """Read the replies of threads from which no weak model learned, or where that does not matter."""
        data = replies_in(threads)
        return cls(threads, data, columns.matrix(data, weak_points(data, columns, weak)))

    def without_quotations(self) -> "Replies":
        """Return the same as if nobody quoted anybody, as on most pages of comments."""
        bared = [
            replace(thread, turns=[replace(turn, quoted=()) for turn in thread.turns])
            for thread in self.threads
        ]
        return replace(self, threads=bared)

    def measured(self, shares: Floats) -> Measured:
        """Measure how each reply stands in its thread, by shares of all."""
        rows = iter(shares)
        return measure(self.threads, [{place: next(rows) for place in t.texts} for t in self.threads])


def replies_in(threads: Iterable[Thread]) -> Labelled:
    """Return all replies of some threads; the label is empty where nobody coded it."""
    pairs, named = [], []
    for thread in threads:
        for place, (own, answered) in thread.texts.items():
            label = thread.labels.get(place, "")
            pairs.append(Pair("coded", own, answered, discussion(thread.number), label))
            named.append(thread.named[place])
    return Labelled(pairs, named)


def told_of_threads(
    gold: Labelled, coded: Replies, forum: Replies, columns: Columns, weak: Sequence[WeakModel]
) -> Floats:
    """Return what a first model of threads says of all replies.

    It learns from coded replies alone, and of their texts from named features and weak models: no n-gram
    of a text that a figure is measured on finds its way into what is learned from what it says.
    """
    start = Labelled(pair for pair in gold.pairs if pair.source == "coded")
    rows = columns.matrix(start, weak_points(start, columns, weak))[:, HASHED:]
    coded, forum = (replace(part, rows=part.rows[:, HASHED:]) for part in (coded, forum))
    measured = coded.measured(shares_of(out_of_fold(rows, start, 0, of=coded), is_choice=True))
    weights = fit(rows, start, np.arange(len(start.labels)))
    shares = shares_of(forum.rows @ weights[:-1] + weights[-1], is_choice=True)
    return fit_threads(measured, measured.coded).shares(forum.measured(shares).rows)


def thread_figures(measured: Measured, seed: int) -> float:
    """Return the macro-F1 of the coded replies by models of threads that saw nothing of their discussion."""
    shares = out_of_fold_threads(measured, folds_of(measured.groups, seed))[measured.coded]
    given = np.array(LABELS)[shares.argmax(axis=1)]
    return float(f1_score(measured.labels[measured.coded], given, average="macro"))


def out_of_fold(rows: Matrix, data: Labelled, seed: int, *, of: Replies | None = None) -> Floats:
    """Return the points of each pair from a model that saw nothing of its discussion or parent.

    Parameters
    ----------
    of
        The pairs meant, all of discussions in `data`; without it those of `data` themselves.
    """
    folds = folds_of(data.groups, seed)
    by_name = dict(zip(data.groups.tolist(), folds.tolist(), strict=True))
    asked = folds if of is None else np.array([by_name[group] for group in of.data.groups])
    common = np.flatnonzero(np.bincount(rows.indices, minlength=rows.shape[1]) >= 2)
    wanted = (rows if of is None else of.rows)[:, common]
    points = np.zeros((len(asked), len(LABELS)))
    for fold in range(5):
        weights = fit(rows[:, common], data, np.flatnonzero(folds != fold))
        points[asked == fold] = wanted[asked == fold] @ weights[:-1] + weights[-1]
    return points


def figures_of(shares: Floats, data: Labelled) -> dict[str, float]:
    """Return macro-F1 of the two labels on IAC and of the three elsewhere; the largest decides."""
    pairs = (data.sources == "iac") & (data.labels != "neither")
    lead = np.log(shares[pairs, 0] / shares[pairs, 1])
    truth = data.labels[pairs] == "agree"
    found = {
        "iac_macro_f1": f1_score(truth, lead > 0, average="macro"),
        "iac_auc": roc_auc_score(truth, lead),
    }
    for source in ("subreddit", "coded"):
        of = data.sources == source
        given = np.array(LABELS)[shares[of].argmax(axis=1)]
        found[f"{source}_macro_f1"] = f1_score(data.labels[of], given, average="macro")
    return found


def calibration(points: Floats, data: Labelled, chosen: NDArray[np.int64]) -> tuple[float, Floats]:
    """Return scale and shifts for which shares hold over both sets, but for what `EVENED` takes off."""
    points, sources = points[chosen], data.sources[chosen]
    places = np.array([LABELS.index(label) for label in data.labels[chosen]])
    weights = np.zeros(len(places))
    for source in SHARES:
        weights[sources == source] = 1 / (sources == source).sum()
    weights /= weights.sum()

    def loss(values: Floats) -> float:
        shares = shares_of(values[0] * points + np.array([values[1], values[2], 0.0]), is_choice=True)
        return float(-(weights * np.log(shares[np.arange(len(places)), places])).sum())

    found = minimize(loss, np.array([1.0, 0.0, 0.0]), method="Nelder-Mead", options={"maxiter": 600}).x
    common = np.array([weights[places == place].sum() for place in range(len(LABELS))])
    return float(found[0]), np.array([found[1], found[2], 0.0]) - EVENED * np.log(common)


def calibrated(points: Floats, data: Labelled, seed: int) -> Floats:
    """Return shares of each pair, calibrated on the points of all other folds."""
    folds, shares = folds_of(data.groups, seed), np.zeros(points.shape)
    for fold in range(5):
        scale, shift = calibration(points, data, np.flatnonzero(folds != fold))
        shares[folds == fold] = shares_of(points[folds == fold] * scale + shift, is_choice=True)
    return shares


def calibration_error(shares: Floats, data: Labelled) -> dict[str, float]:
    """Return by how much shares of a label miss how often it holds: mean over ten bins, by set."""
    errors = {}
    for source in SHARES:
        of = data.sources == source
        total = 0.0
        for place, label in enumerate(LABELS):
            told, truth = shares[of, place], data.labels[of] == label
            bins = np.minimum((told * 10).astype(int), 9)
            gaps = [abs(told[bins == b].sum() - truth[bins == b].sum()) for b in range(10)]
            total += sum(gaps) / len(truth) / len(LABELS)
        errors[f"{source}_calibration_error"] = total
    return errors


def baselines(data: Labelled, seed: int) -> dict[str, float]:
    """Return what the largest label, the opening cues and TF-IDF with logistic regression reach."""
    found, folds = {}, folds_of(data.groups, seed)
    for source in SHARES:
        of = (data.sources == source) & ((data.labels != "neither") | (source != "iac"))
        truth = data.labels[of]
        common = Counter(truth).most_common(1)[0][0]
        found[f"{source}_majority"] = f1_score(truth, [common] * len(truth), average="macro")
        chosen = [pair for pair, is_of in zip(data.pairs, of, strict=True) if is_of]
        cues = [_by_cues(pair.own, common if source == "iac" else "neither") for pair in chosen]
        found[f"{source}_lexicon"] = f1_score(truth, cues, average="macro")
        given = np.empty(len(truth), dtype=object)
        texts = [pair.own for pair in chosen]
        for fold in range(5):
            train, test = np.flatnonzero(folds[of] != fold), np.flatnonzero(folds[of] == fold)
            counter = TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True)
            model = LogisticRegression(C=3.0, class_weight="balanced", max_iter=500)
            model.fit(counter.fit_transform([texts[i] for i in train]), truth[train])
            given[test] = model.predict(counter.transform([texts[i] for i in test]))
        found[f"{source}_tfidf"] = f1_score(truth, given.astype(str), average="macro")
    return found


def _by_cues(own: str, otherwise: str) -> str:
    labels = [cue.label for cue in opening_cues(read(own[:LENGTH])) if cue.label in LABELS]
    return labels[0] if labels else otherwise


def shipped_head(weights: Floats, columns: Columns, weak: Sequence[WeakModel], counts: Floats) -> Head:
    """Fold scales and weak models into one head, and leave out the n-grams that count least."""
    hashed, named = weights[:HASHED], weights[HASHED : HASHED + len(columns.names)]
    for place, model in enumerate(weak):
        share = weights[HASHED + len(columns.names) + place] * WEAK
        hashed = hashed + np.pad(model.weights, (0, HASHED - len(model.weights)))[:, None] * share
    hashed = hashed * columns.scales[:, None]
    weight = np.ptp(hashed, axis=1) * np.sqrt(counts)
    hashed[np.argsort(-weight, kind="stable")[KEPT:]] = 0
    named = named * columns.named_scales[:, None]
    return Head.uncalibrated(LABELS, np.vstack([hashed, named]), weights[-1], is_choice=True)


def loop_figures(head: Head, columns: Columns, loops: Labelled) -> dict[str, float]:
    """Measure the shipped head on the threads that nothing was learned from."""
    places = {name: place for place, name in enumerate(columns.names)}
    rows = sparse.hstack([loops.hashed, sparse.csr_matrix(named_matrix(loops.named, places))]).tocsr()
    shares = head.shares(np.asarray(rows @ head.weights, dtype=np.float64) + head.bias)
    given = np.array(LABELS)[shares.argmax(axis=1)]
    return {"loops_macro_f1": f1_score(loops.labels, given, average="macro")}


def digest(data: Path) -> str:
    """Return the SHA-256 over all files learned from or measured on."""
    files = [*(data / name for name in FILES), CODED]
    return sha256(b"".join(sha256(file.read_bytes()).digest() for file in files)).hexdigest()


def rounded(found: dict[str, float]) -> dict[str, float]:
    """Round figures for the card."""
    return {name: round(float(value), 4) for name, value in found.items()}


def card_of(figures: dict[str, Any], columns: Columns, measures: Sequence[str], data: Path) -> dict[str, Any]:
    """Return what the model says of itself."""
    return {
        "task": "does a post agree with the post that it answers",
        "labels": list(LABELS),
        "languages": ["en"],
        "data": "Internet Argument Corpus v1: quote-response pairs, threads and authors' sides (Walker et "
        "al. 2012; no licence file, please cite); agreement in subreddits (Lei and Huang 2022; none stated); "
        "own labels of 1,037 replies in 64 threads of IAC, coded once by a language model. Weights only, no "
        "text",
        "data_sha256": digest(data),
        "split": "five folds by discussion (IAC, coded replies) and by parent (subreddits), one model; "
        "the 12 loop threads are in no part of the training. What is learned without labels saw the coded "
        "replies through some 800 weights of a first model",
        "method": "one-against-all logistic regressions over hashed n-grams and named features, with models "
        "of authors' sides, of opening words and of what a first model of threads says of all replies folded "
        "in; labels count alike in training; shares are calibrated over all sets, then how common a label "
        "is counts three quarters of what it is there. Over it a multinomial regression on how each reply "
        "stands in its thread",
        "figures": figures,
        "limits": "English. Irony is mostly read as agreement; agreement that only knowledge of the matter "
        "shows is missed; whether the post answered is engaged at all is told badly",
        "date": "2026-11-22",
        "seed": 0,
        "named": list(columns.names),
        "thread_named": list(measures),
    }


@dataclass(frozen=True)
class Prepared:
    """All that was labelled, with rows to learn from.

    Attributes
    ----------
    weak
        Models of pairs that nobody labelled.
    in_threads
        All replies of the threads that coded replies are from.
    """

    gold: Labelled
    sides: Labelled
    columns: Columns
    weak: Sequence[WeakModel]
    in_threads: Replies
    rows: Matrix


def prepared(data: Path) -> Prepared:
    """Read all that was labelled, and learn from pairs that nobody labelled."""
    threads = list(forum_threads(data, without=loop_discussions(data)))
    coded, others = ([t for t in threads if bool(t.labels) == is_coded] for is_coded in (True, False))
    coded_pairs = [pair for pair in replies_in(coded).pairs if pair.label]
    gold = Labelled([*forum_pairs(data), *subreddit_pairs(data), *coded_pairs])
    sides, cues = Labelled(side_pairs(data)), Labelled(cue_pairs(data))
    columns = columns_of(gold, sides)
    weak = [weak_model(part, columns, WEAK_RIDGES[name]) for name, part in (("sides", sides), ("cues", cues))]
    forum = Replies.of(others, columns, weak)
    told = told_of_threads(gold, Replies.of(coded, columns, weak), forum, columns, weak)
    weak += talk_models(forum.data, told, columns, WEAK_RIDGES["talk"])
    rows = columns.matrix(gold, weak_points(gold, columns, weak))
    return Prepared(gold, sides, columns, weak, Replies.of(coded, columns, weak), rows)


def main(data: Path, *, seeds: int, write: bool) -> None:
    """Fit, measure, and write the model."""
    made = prepared(data)
    gold, columns, rows, in_threads = made.gold, made.columns, made.rows, made.in_threads
    runs = [run_of(rows, gold, in_threads, seed) for seed in range(seeds)]
    figures: dict[str, Any] = rounded({name: np.mean([run[name] for run in runs]) for name in runs[0]})
    figures["spread"] = rounded({name: np.std([run[name] for run in runs]) for name in runs[0]})
    figures["baselines"] = rounded(baselines(gold, 0))
    counts = counted(made.sides) + counted(gold)
    head, quoting, plain = shipped(rows, gold, in_threads, columns=columns, weak=made.weak, counts=counts)
    figures |= rounded(loop_figures(head, columns, Labelled(loop_pairs(data))))
    sys.stdout.write(json.dumps(figures, indent=1) + "\n")
    if write:
        arrays = head.packed()
        for weights, prefix in zip((quoting, plain), THREADS, strict=True):
            arrays |= weights.head().packed(prefix)
        write_model(MODEL, card_of(figures, columns, quoting.names, data), arrays)


def run_of(rows: Matrix, gold: Labelled, in_threads: Replies, seed: int) -> dict[str, float]:
    """Return all figures for one way to deal folds."""
    points = out_of_fold(rows, gold, seed)
    shares = calibrated(points, gold, seed)
    in_folds = _shares_in_threads(rows, gold, in_threads, points, seed)
    plain = in_threads.without_quotations()
    return {
        **figures_of(shares, gold),
        **calibration_error(shares, gold),
        "threads_macro_f1": thread_figures(in_threads.measured(in_folds), seed),
        "plain_threads_macro_f1": thread_figures(plain.measured(in_folds), seed),
    }


def _shares_in_threads(
    rows: Matrix, gold: Labelled, in_threads: Replies, points: Floats, seed: int
) -> Floats:
    scale, shift = calibration(points, gold, np.arange(len(gold.labels)))
    return shares_of(out_of_fold(rows, gold, seed, of=in_threads) * scale + shift, is_choice=True)


def counted(data: Labelled) -> NDArray[np.int64]:
    """Return in how many pairs each n-gram is."""
    return np.asarray(np.bincount(data.hashed.indices, minlength=HASHED))


def shipped(
    rows: Matrix,
    gold: Labelled,
    in_threads: Replies,
    *,
    columns: Columns,
    weak: Sequence[WeakModel],
    counts: NDArray[np.int64],
) -> tuple[Head, ThreadWeights, ThreadWeights]:
    """Fit all models on all there is: of texts, of threads that quote, and of the same as if they did not."""
    every, points = np.arange(len(gold.labels)), out_of_fold(rows, gold, 0)
    head = shipped_head(fit(rows, gold, every), columns, weak, counts.astype(float))
    scale, shift = calibration(points, gold, every)
    head = Head(head.labels, head.weights, head.bias, np.full(len(LABELS), scale), shift, True)
    shares = _shares_in_threads(rows, gold, in_threads, points, 0)
    both = (in_threads.measured(shares), in_threads.without_quotations().measured(shares))
    quoting, plain = (fit_threads(measured, measured.coded) for measured in both)
    return head, quoting, plain


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Train and measure the model of replies.")
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    main(given.shared / "data", seeds=given.seeds, write=given.write)
