"""Fit and measure `discourse.learn.target_stance`; run by hand from the root.

    python -m tests.evaluation.fit_target_stance --shared ../shared [--write] [--seeds 0 1 2]

Prints every figure with its baseline. Values of words are those of vaderSentiment (MIT) where that is
installed, else those of the model as it stands. The same data give the same bytes.
"""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.metrics import f1_score

from discourse.learn.ngrams import ngram_matrix
from discourse.learn.stored import read_model, write_model
from discourse.learn.target_stance import Side, general_matrix, known_matrix
from discourse.learn.target_stance_views import GENERAL, counted, plain, rareness
from tests.evaluation.target_stance_data import (
    Rows,
    common_words,
    digest,
    joined,
    load,
    valued_words,
    words_of,
)
from tests.evaluation.target_stance_training import (
    THREE,
    TWO,
    Ridges,
    best_lead,
    candidate_weights,
    decided,
    folds_of,
    likeliest_scale,
    likelihoods,
    pair_score,
    platt,
)

MODEL = Path("discourse/learn/models/target_stance")
ALIASES = {  # words by which users may name a target of training
    "abortion": ("abortion",),
    "atheism": ("atheism", "atheist", "atheists"),
    "climate": ("climate", "warming"),
    "feminist": ("feminist", "feminists", "feminism"),
    "hillary": ("hillary",),
    "Donald Trump": ("trump",),
    "Joe Biden": ("biden",),
    "Bernie Sanders": ("bernie", "sanders"),
}
MOST = {"three": 45_000, "two": 90_000, "general": 60_000}  # columns kept


class Data:
    """The sets as rows and matrices."""

    def __init__(self, shared: Path, arrays: dict[str, Any]) -> None:
        self.words = words_of(arrays)
        self.five = joined(load(shared, "semeval2016_train"), load(shared, "semeval2016_val"))
        self.three = load(shared, "pstance_train")
        self.held = load(shared, "pstance_val")
        grams = counted(self.five.texts + self.three.texts, self.words)
        self.rare = {name: rareness(matrix) for name, matrix in grams.items()}
        self.all = joined(self.five, self.three, self.held)
        views = [plain(text, target) for text, target in zip(self.all.texts, self.all.targets, strict=True)]
        self.rare["plain"] = rareness(ngram_matrix(views, GENERAL["plain"]))

    def known(self, rows: Rows) -> Any:
        return known_matrix(rows.texts, self.words, self.rare)

    def general(self) -> Any:
        return general_matrix(self.all.texts, list(self.all.targets), self.words, self.rare["plain"])


def measure_five(ridges: Ridges, seed: int) -> tuple[dict[str, float], np.ndarray, float]:
    """Return figures over five folds, the points, and the lead of favor (chosen inside the folds)."""
    labels, targets = ridges.labels, ridges.targets
    kinds = [f"{target} {label}" for target, label in zip(targets, labels, strict=True)]
    folds = folds_of(kinds, 5, seed)
    points, told = np.zeros((len(labels), 3)), np.empty(len(labels), dtype=object)
    for fold in range(5):
        train, test = np.flatnonzero(folds != fold), np.flatnonzero(folds == fold)
        inner = folds_of([kinds[k] for k in train], 3, seed)
        inside = np.zeros((len(train), 3))
        for part in range(3):
            inside[inner == part] = ridges.points(train[inner != part], train[inner == part])
        points[test] = ridges.points(train, test)
        told[test] = decided(points[test], best_lead(labels[train], inside))
    figures = {"five_targets": pair_score(labels, told)}
    for target in sorted(set(targets)):
        figures[f"five_targets.{target}"] = pair_score(labels[targets == target], told[targets == target])
    return figures, points, best_lead(labels, points)


def fit_five(data: Data, seeds: list[int], figures: dict[str, Any]) -> dict[str, Side]:
    ridges = Ridges(data.known(data.five), data.five.targets, data.five.labels)
    runs = [measure_five(ridges, seed) for seed in seeds]
    for name in runs[0][0]:
        figures[name] = round(float(np.mean([run[0][name] for run in runs])), 4)
    figures["five_targets.seeds"] = [round(run[0]["five_targets"], 4) for run in runs]
    _, points, lead = runs[0]
    scale = likeliest_scale(data.five.labels, points)
    every = np.arange(len(data.five.texts))
    return {name: ridges.side(every, name, scale, lead) for name in sorted(set(data.five.targets))}


def fit_three(data: Data, figures: dict[str, Any]) -> dict[str, Side]:
    taught = candidate_weights(data.known(data.three), data.three.targets, data.three.labels)
    matrix, scores, points, signs = data.known(data.held), [], [], []
    for name, (weights, bias) in taught.items():
        own = data.held.targets == name
        found = matrix[np.flatnonzero(own)] @ weights + bias
        told = np.where(found > 0, *TWO)
        scores.append(f1_score(data.held.labels[own], told, average="macro"))
        figures[f"candidates.{name}"] = round(float(scores[-1]), 4)
        points.append(found)
        signs.append(np.where(data.held.labels[own] == "favor", 1, -1))
    figures["candidates"] = round(float(np.mean(scores)), 4)
    scale = platt(np.concatenate(points), np.concatenate(signs))
    return {
        name: Side(TWO, np.asarray(weights)[:, None], np.array([bias]), scale / 2, np.zeros(2))
        for name, (weights, bias) in taught.items()
    }


def fit_general(data: Data, figures: dict[str, Any]) -> tuple[Side, Side]:
    """Fit which side a text is on whatever the target, and whether it takes one."""
    matrix, rows = data.general(), data.all
    candidates = sorted(set(data.three.targets))
    signs = np.where(rows.labels == "favor", 1, -1)
    takes = rows.labels != "none"
    scores, points, truth = [], [], []
    for held in candidates:
        train, test = np.flatnonzero(takes & (rows.targets != held)), np.flatnonzero(rows.targets == held)
        weights, bias = likelihoods(matrix[train], signs[train])
        found = matrix[test] @ weights + bias
        scores.append(f1_score(signs[test], np.where(found > 0, 1, -1), average="macro"))
        figures[f"unseen.{held}"] = round(float(scores[-1]), 4)
        points.append(found)
        truth.append(signs[test])
    figures["unseen"] = round(float(np.mean(scores)), 4)
    scale = platt(np.concatenate(points), np.concatenate(truth))
    weights, bias = likelihoods(matrix[np.flatnonzero(takes)], signs[takes])
    side = Side(TWO, weights[:, None], np.array([bias]), scale / 2, np.zeros(2))
    return side, _fit_none(matrix, rows, sorted(set(data.five.targets)), figures)


def _fit_none(matrix: Any, rows: Rows, targets: list[str], figures: dict[str, Any]) -> Side:
    from sklearn.metrics import roc_auc_score

    signs = np.where(rows.labels == "none", 1, -1)
    among = np.isin(rows.targets, targets)
    areas, points, truth = [], [], []
    for held in targets:
        train = np.flatnonzero(among & (rows.targets != held))
        test = np.flatnonzero(rows.targets == held)
        weights, bias = likelihoods(matrix[train], signs[train])
        points.append(matrix[test] @ weights + bias)
        truth.append(signs[test])
        areas.append(roc_auc_score(truth[-1], points[-1]))
    figures["none_unseen_area"] = round(float(np.mean(areas)), 4)
    scale = platt(np.concatenate(points), np.concatenate(truth))
    weights, bias = likelihoods(matrix[np.flatnonzero(among)], signs[among])
    share = float((signs[among] > 0).mean())
    odds = np.log(share / (1 - share)) / 2
    return Side(("none", "some"), weights[:, None], np.array([bias]), scale / 2, np.array([odds, -odds]))


def card_of(
    shared: Path, sides: dict[str, Side], figures: dict[str, Any], seeds: list[int]
) -> dict[str, Any]:
    return {
        "task": "what a text holds of a target: favor, against or none",
        "labels": list(THREE),
        "languages": ["en"],
        "data": "SemEval-2016 task 6 (Mohammad et al. 2016, by way of TweetEval), five targets; P-Stance (Li "
        "et al. 2021, train), three; weights and hashes of words only, no text. Values of words: "
        "vaderSentiment 3.3.2, copyright 2016 C.J. Hutto, MIT licence",
        "data_sha256": digest(shared),
        "split": "five folds, chosen inside (five targets); train to val (candidates); one target left out "
        "(unseen: weights of none of its texts)",
        "method": "ridge regression (five targets); support vector machines, one of them on naive Bayes' "
        "ratios (candidates); logistic regression on words without a topic, values of words and the place "
        "of the target (any other target)",
        "figures": figures,
        "baselines": {"five_targets": 0.657, "candidates": 0.752, "unseen": 0.55},
        "limits": "English; tweets of 2014 to 2020 about politics in the United States; candidates know no "
        "none; irony mostly escapes; none means that the target is not spoken of, not that it is spoken of "
        "coolly; to a target that training did not know, little better than the tone around it",
        "date": "2026-11-22",
        "seed": seeds[0],
        "targets": {
            name: {"keys": sorted(ALIASES[name]), "labels": list(side.labels)} for name, side in sides.items()
        },
    }


def word_arrays(shared: Path) -> dict[str, Any]:
    values = valued_words()
    if values is None:
        values = {name: read_model(MODEL).arrays[name] for name in ("valued", "value")}
    return {"common": common_words(shared), **values}


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--seeds", type=int, nargs="+", default=[0, 1, 2])
    given = parser.parse_args()
    arrays = word_arrays(given.shared)
    data = Data(given.shared, arrays)
    figures: dict[str, Any] = {}
    sides = fit_three(data, figures)
    general, none = fit_general(data, figures)
    sides |= fit_five(data, given.seeds, figures)
    sys.stdout.write(json.dumps(figures, indent=1) + "\n")
    if given.write:
        arrays |= {f"rare.{name}": rare for name, rare in data.rare.items()}
        for name, side in sides.items():
            most = MOST["three" if len(side.labels) == 3 else "two"]
            arrays |= side.packed(f"known.{name}", most=most)
        arrays |= general.packed("side", most=MOST["general"]) | none.packed("none", most=MOST["general"])
        write_model(MODEL, card_of(given.shared, sides, figures, given.seeds), arrays)


if __name__ == "__main__":
    main()
