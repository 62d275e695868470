"""Fit and measure `discourse.learn.rhetoric`; run by hand from the root.

    python -m tests.evaluation.fit_rhetoric --shared ../shared [--write] [--no-baselines] [--only NAME ...]
                                            [--seed SEED]

Prints every figure beside what was asked for and the TF-IDF baseline over the same folds. The same data
give the same bytes.
"""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.metrics import accuracy_score, average_precision_score, f1_score, roc_auc_score

from discourse.learn.rhetoric import COMMENTS, FAMILIES, SPACE, Family, Measure
from discourse.learn.ridge import one_thread
from discourse.learn.stored import read_model, write_model
from tests.evaluation.rhetoric_cards import BY_MODEL, card_of, said_again, space_card
from tests.evaluation.rhetoric_data import KINDS, Set, digest, load
from tests.evaluation.rhetoric_training import (
    Task,
    baseline,
    best_least,
    folds_of,
    macro,
    most_telling,
    platt,
    steady_least,
    taught,
    told_by_folds,
)
from tests.evaluation.rhetoric_vectors import columns_of, word_vectors

MODELS = Path("discourse/learn/models")
RIDGES = {
    "sarcasm": 2.6, "replies": 3.3, "hedging": 1.25, "videos": 1.0, "chains": 1.4, "news": 0.5,
    "unhealthy": 15.0, "paragraphs": 2.3, "disputes": 4.6, "moves": 11.0,
}  # fmt: skip
# by which cues are measured, where not as they are
CUES = {"videos": 1.8, "disputes": 1.8, "moves": 2.8, "news": 0.32}
WORDS = {"sarcasm": 1.2, "hedging": 1.5}  # the same of n-grams of words
EDGES = {
    "sarcasm": 1.0,
    "videos": 0.7,
    "chains": 0.9,
    "disputes": 0.9,
    "moves": 0.6,
    "news": 0.8,
}  # the same; elsewhere none
VECTORS = {
    "sarcasm": 0.4,
    "paragraphs": 0.3,
    "unhealthy": 0.3,
    "videos": 0.5,
    "chains": 0.5,
    "disputes": 0.5,
    "news": 0.1,
}  # squared; elsewhere none
SHARE = 0.45  # by which a feature that another set teaches is measured, beside n-grams of length 1
# sets of the same texts
UNTAUGHT = {"sarcasm": ("pairs",), "pairs": ("sarcasm",), "disputes": ("moves",), "moves": ("disputes",)}
ALONE = ("news", "sarcasm")  # sets that others teach nothing
IN_FAMILY = {  # sets whose heads make a model
    "sarcasm": ("sarcasm", "replies"),
    "tone": ("unhealthy", "chains"),
    "fallacies": ("news", "videos"),
    "hedging": ("hedging",),
    "persuasion": ("paragraphs",),
    "disputes": ("disputes", "moves"),
}
MOST = {"sarcasm": 60_000, "tone": 50_000, "fallacies": 60_000, "hedging": 60_000, "persuasion": 60_000,
        "disputes": 50_000}  # fmt: skip
ASKED = {
    "GEN": (0.761, 0.79), "RQ": (0.731, 0.76), "HYP": (0.700, 0.73), "replies": (0.620, 0.66),
    "hedge": (0.60, 0.63), "whataboutism": (0.416, 0.50), "ad_hominem": (0.83, 0.86),
    "fallacies": (0.686, 0.72), "unhealthy": (0.68, 0.71),
}  # fmt: skip
Figures = dict[str, float]
Lent = tuple[np.ndarray, Any, np.ndarray]  # points of texts; the weights that they are of, and the shift


class Corpus:
    """All sets, their rows, and what each teaches the others."""

    def __init__(self, shared: Path) -> None:
        self.sets = load(shared)
        texts = [text for found in self.sets.values() for text in found.texts]
        self.measure = Measure.of(texts)
        self.matrix = self.measure.matrix(texts)
        edges = np.cumsum([0, *(len(found.texts) for found in self.sets.values())])
        self.rows = {name: slice(edges[k], edges[k + 1]) for k, name in enumerate(self.sets)}
        self.owners: list[str] = []
        teachers = []
        for name, found in self.sets.items():
            teachers.append(taught(self.matrix[self.rows[name]], found.values))
            self.owners += [name] * found.values.shape[1]
        weights = np.hstack(teachers)
        points = self.matrix @ weights
        self.deviation = points.std(axis=0)
        self.teachers = weights / self.deviation
        self.shift = -points.mean(axis=0) / self.deviation
        self.points = (points / self.deviation + self.shift).astype(np.float32)
        self.vectors = columns_of(*word_vectors(shared, list(dict.fromkeys(texts))), self.measure)

    def lenders(self, name: str) -> np.ndarray:
        """Return the heads of other sets."""
        barred = {name, *UNTAUGHT.get(name, ())}
        if name in ALONE:
            return np.empty(0, dtype=np.int64)
        return np.array([k for k, owner in enumerate(self.owners) if owner not in barred])

    def lent(self, name: str) -> list[Lent]:
        """Return what other sets and vectors of words say of a set's texts."""
        rows, chosen = self.rows[name], self.lenders(name)
        lead = SHARE / np.sqrt(max(1, len(chosen)))
        points, shift = self.points[rows][:, chosen] * lead, self.shift[chosen] * lead
        found = [(points, self.teachers[:, chosen] * lead, shift)]
        if name in VECTORS:
            points = (self.matrix[rows] @ self.vectors).toarray()
            mean = points.mean(axis=0)
            lead = np.sqrt(VECTORS[name] / ((points - mean) ** 2).sum(axis=1).mean())
            found.append(((points - mean) * lead, self.vectors * lead, -mean * lead))
        return found

    def task(self, name: str) -> Task:
        return Task(
            self.sets[name],
            self.matrix[self.rows[name]],
            np.hstack([points for points, _, _ in self.lent(name)]),
            RIDGES[name],
            alike=name == "news",
            cues=CUES.get(name, 1.0),
            edges=EDGES.get(name, 0.0),
            words=WORDS.get(name, 1.0),
        )

    def weights(self, task: Task, kind: str | None = None) -> tuple[np.ndarray, np.ndarray]:
        return task.weights(kind, [part[1:] for part in self.lent(task.data.name)])


def figures_of(found: Set, points: np.ndarray, told: np.ndarray | None) -> Figures:
    """Return the figures of one set; `told` says which labels hold where a threshold was chosen."""
    truth, heads = found.truth, dict(enumerate(found.heads))
    yes = points > 0.5
    if found.name == "sarcasm":
        own = {kind: found.kinds == kind for kind in KINDS}
        return {kind: macro(truth[rows, 0], yes[rows, 0]) for kind, rows in own.items()}
    if found.name == "unhealthy":
        areas = {f"unhealthy.{h}": float(roc_auc_score(truth[:, k], points[:, k])) for k, h in heads.items()}
        return {"unhealthy": float(np.mean(list(areas.values()))), **areas}
    if found.name in ("disputes", "moves"):
        base = {f"disputes.{h}.base": float(truth[:, k].mean()) for k, h in heads.items()}
        average = average_precision_score
        return base | {f"disputes.{h}": float(average(truth[:, k], points[:, k])) for k, h in heads.items()}
    if found.name in THRESHOLDS:
        assert told is not None
        prefix = "news." if found.name == "paragraphs" else ""
        return {f"{prefix}{h}": float(f1_score(truth[:, k], told[:, k])) for k, h in heads.items()}
    if found.name == "chains":
        return {"ad_hominem": float(accuracy_score(truth[:, 0], yes[:, 0]))}
    is_news = found.name == "news"
    chosen = (truth.argmax(axis=1), points.argmax(axis=1)) if is_news else (truth[:, 0], yes[:, 0])
    return {"fallacies" if is_news else found.name: macro(*chosen)}


THRESHOLDS = ("hedging", "videos", "paragraphs")
FEW = ("videos",)  # of few texts with the label, whose best threshold is chance


def baseline_figures(found: Set, folds: np.ndarray) -> Figures:
    """Return the same figures of the plain baseline."""
    if found.name == "sarcasm":
        points = np.zeros((len(found.texts), 1))
        for kind in KINDS:
            own = np.flatnonzero(found.kinds == kind)
            points[own] = baseline([found.texts[k] for k in own], found.truth[own], folds[own])
    else:
        points = baseline(found.texts, found.truth, folds)
    return figures_of(found, points + 0.5, points > 0)


class Fit:
    """Heads of all families, with what was measured."""

    def __init__(self, corpus: Corpus, *, with_baselines: bool, write: bool, seed: int) -> None:
        self.corpus, self.with_baselines, self.write, self.seed = corpus, with_baselines, write, seed
        self.heads: dict[str, dict[str, tuple[Any, float, float, float, float]]] = {}
        self.figures: dict[str, Figures] = {}
        self.baselines: dict[str, Figures] = {}

    def run(self, name: str) -> None:
        task = self.corpus.task(name)
        found, folds = task.data, folds_of(task.data, seed=self.seed)
        points = task.out_of_fold(folds)
        chosen = steady_least if name in FEW else best_least
        told = told_by_folds(task, folds, points, chosen) if name in THRESHOLDS else None
        self.figures[name] = figures_of(found, points, told)
        self.baselines[name] = baseline_figures(found, folds) if self.with_baselines else told_before(name)
        shown(self.figures[name], self.baselines[name])
        if self.write:
            self.heads[name] = {}
            for kind in dict.fromkeys(found.kinds.tolist()) or (None,):
                self._keep(task, kind, points)

    def _keep(self, task: Task, kind: str | None, points: np.ndarray) -> None:
        weights, bias = self.corpus.weights(task, kind)
        rows = np.ones(len(points), bool) if kind is None else task.data.kinds == kind
        for place, head in enumerate(task.data.heads):
            truth = task.data.truth[rows, place]
            scale, shift = platt(points[rows, place], truth)
            least = scale * best_least(points[rows, place], truth) + shift
            own = f"{task.data.name}.{kind or head}"
            self.heads[task.data.name][own] = (weights[:, place], float(bias[place]), scale, shift, least)

    def family(self, name: str) -> tuple[Family, dict[str, float]]:
        """Return the heads of one model, and the log-odds from which each is best told."""
        held = {head: kept for of in IN_FAMILY[name] for head, kept in self.heads[of].items()}
        weights, bias, scale, shift, least = zip(*held.values(), strict=True)
        made = Family(
            tuple(held), np.stack(weights, axis=1), np.array(bias), np.array(scale), np.array(shift)
        )
        return made, dict(zip(held, least, strict=True))


def told_before(name: str) -> Figures:
    """Return the baselines of a set as its card tells them."""
    family = next(family for family, names in IN_FAMILY.items() if name in names)
    path = MODELS / f"rhetoric_{family}"
    return dict(read_model(path).card["baselines"]) if path.is_dir() else {}


def shown(figures: Figures, baselines: Figures) -> None:
    for name, value in figures.items():
        old, asked = ASKED.get(name, (None, None))
        sys.stdout.write(
            f"{name:34} measured {value:.4f}  baseline here {baselines.get(name, float('nan')):.4f}"
            f"  baseline stated {old}  asked {asked}\n"
        )
    sys.stdout.flush()


def write(fit: Fit, shared: Path) -> None:
    data = digest(shared)
    write_model(MODELS / SPACE, space_card(data), fit.corpus.measure.packed())
    for name in FAMILIES:
        if not fit.heads.keys() >= set(IN_FAMILY[name]):
            continue  # --only left some of its sets out
        family, least = fit.family(name)
        kept = most_telling(family.weights, fit.corpus.matrix, MOST[name])
        packed = family.packed(kept)
        own = fit.corpus.matrix[fit.corpus.rows[IN_FAMILY[name][0]]]
        again = Family.unpacked(packed, family.heads).points(own)
        whole = family.points(own)
        pruned = [round(float(np.corrcoef(again[:, k], whole[:, k])[0, 1]), 4) for k in range(len(least))]
        sys.stdout.write(f"{name}: pruned against whole {pruned}\n")
        figures = {key: value for of in IN_FAMILY[name] for key, value in fit.figures[of].items()}
        baselines = {key: value for of in IN_FAMILY[name] for key, value in fit.baselines[of].items()}
        write_model(
            MODELS / f"rhetoric_{name}",
            card_of(name, family.heads, figures, baselines, best=least, data=data),
            packed,
        )


def write_error_rates() -> None:
    """Put a sentence on the model that an analysis hears behind what is said of the lexicon or rules."""
    path = MODELS / "error_rates.json"
    rates = {
        label: words.partition(BY_MODEL)[0].removesuffix("; ")
        for label, words in json.loads(path.read_text(encoding="utf-8")).items()
    }
    for label, marker in read_model(MODELS / f"rhetoric_{COMMENTS}").card["markers"].items():
        if marker["on"]:
            rates[label] = "; ".join(filter(None, (rates.get(label), f"{BY_MODEL}{marker['measured']}")))
    told = {label: words for label, words in rates.items() if words}
    path.write_text(json.dumps(told, indent=2) + "\n", encoding="utf-8")


def write_cards_again() -> None:
    """Write what `rhetoric_cards` says onto the cards of the models as they stand."""
    for name in FAMILIES:
        held = read_model(MODELS / f"rhetoric_{name}")
        write_model(MODELS / f"rhetoric_{name}", said_again(name, held.card), held.arrays)
    write_error_rates()


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--no-baselines", action="store_true", help="as the cards tell them")
    parser.add_argument("--only", nargs="+", default=list(RIDGES))
    parser.add_argument("--seed", type=int, default=0, help="of the folds; cards tell the figures of 0")
    parser.add_argument("--cards", action="store_true", help="only write the cards again")
    given = parser.parse_args()
    if given.cards:
        write_cards_again()
        return
    with one_thread():
        fit = Fit(
            Corpus(given.shared),
            with_baselines=not given.no_baselines,
            write=given.write,
            seed=given.seed,
        )
        for name in given.only:
            fit.run(name)
        if given.write:
            write(fit, given.shared)
            write_error_rates()


if __name__ == "__main__":
    main()
