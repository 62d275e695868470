"""What linear models say of the pairs that are held out of the neural reader, having learned from the others.

    python -m tests.evaluation.reader.first_opinions ../shared --out FILE.npz [--only QUESTION ...]

Prints the figures of these models alone. Questions that the file already holds are not asked again. Heads are
fitted as those that ship, with the same features and strengths, but without held-out rows, and not pruned;
what makes shares of points comes from folds of the rows that are learned from. Replies are told by the five
folds of their own model, as on its card: it learned from nothing of a reply's own discussion or parent. How
rare words are, and what they mean by their company, is counted over all texts without labels, as for the
figures on the cards.
"""

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from discourse.learn.claim_pairs import either_way, pair_rows
from discourse.learn.claim_points import point_rows
from discourse.learn.claim_words import known_words
from discourse.learn.claims import PICKED
from discourse.learn.linear import shares_of
from discourse.learn.ridge import one_thread
from discourse.learn.stored import read_model
from discourse.text.normalise import fold
from tests.evaluation import claims_data, fit_claims, fit_reply_labels, fit_target_stance, rhetoric_training
from tests.evaluation.fit_rhetoric import Corpus
from tests.evaluation.reader.figures import FIGURES
from tests.evaluation.reader.tasks import Task, tasks
from tests.evaluation.rhetoric_data import FALLACIES, NEWS, Set
from tests.evaluation.target_stance_data import Rows
from tests.evaluation.target_stance_training import Ridges, best_lead, candidate_weights, folds_of, platt
from tests.evaluation.target_stance_training import likeliest_scale as scale_of

# of each question, the sets of which its first rows are, in their order
SETS: Mapping[str, Sequence[str]] = {
    "sarcasm": ("sarcasm", "replies"), "unhealthy": ("unhealthy",), "fallacy": ("news",),
    "chain_fallacy": ("reddit",), "ad_hominem": ("chains",), "hedge": ("hedging",),
    "whataboutism": ("videos",), "persuasion": ("paragraphs",), "disputes": ("disputes",),
    "moves": ("moves",),
}  # fmt: skip
OTHERWISE = {**NEWS, **{told: name for name, told in FALLACIES.items()}}  # heads, as questions call them
CHAINS_RIDGE = 1.5  # of fallacies in chains: no head of these ships
FOLDS, SEED = 5, 0
_NEVER = 1e-9  # share that counts as none where figures need points

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Places = NDArray[np.int64]


def first_opinions(found: Sequence[Task], shared: Path) -> Mapping[str, Floats]:
    """Return the shares of the held-out rows of each question for which there are linear heads.

    Rows stand in their order, a column is a label. Where no head is for a label of a row's set, there is NaN;
    a head of P-Stance knows no "none" and gives it no share.
    """
    told, corpus = {}, None
    with one_thread():
        for task in found:
            if task.name in _OTHERS:
                told[task.name] = _OTHERS[task.name](task, shared)[task.is_held_out]
            elif task.name in SETS:
                corpus = corpus or Corpus(shared)
                told[task.name] = _of_rhetoric(task, corpus)[task.is_held_out]
    return told


def figures_of_shares(found: Sequence[Task], told: Mapping[str, Floats]) -> dict[str, float]:
    """Return each figure that held-out rows allow, as it is counted of the reader; no head, no figure."""
    by_name, reached = {task.name: task for task in found}, {}
    for name, (question, sources, measure) in FIGURES.items():
        if question not in told:
            continue
        task = by_name[question].part(by_name[question].is_held_out)
        chosen = np.array([source in sources for source in task.sources], dtype=np.bool_)
        shares, part = told[question][chosen], task.part(chosen)
        known = ~np.isnan(shares).all(axis=0)
        if known.any():
            part = replace(part, values=np.where(known, part.values, 0))  # without a head: not measured
            narrow = np.clip(shares, _NEVER, 1 - _NEVER)
            points = np.nan_to_num(np.log(narrow) - np.log(1 - narrow)).astype(np.float32)
            reached[name] = round(float(measure(part, points)), 4)
    return reached


def _checked(task: Task, texts: Sequence[str], first: int = 0) -> slice:
    """Return which rows of a question are those of a set that begins there."""
    rows = slice(first, first + len(texts))
    if task.texts[rows] != [fold(text) for text in texts]:
        raise ValueError(f"{task.name}: rows stand in another order than in their set")
    return rows


def _of_rhetoric(task: Task, corpus: Corpus) -> Floats:
    """Return shares of all rows, NaN for those that are learned from."""
    held, shares, first = task.is_held_out, np.full(task.values.shape, np.nan), 0
    for name in SETS[task.name]:
        head = _chains(corpus) if name == "reddit" else corpus.task(name)
        rows = _checked(task, corpus.sets[name].texts, first)
        first = rows.stop
        told = _shares_of_set(head, held[rows])
        own = [label if label in task.labels else OTHERWISE[label] for label in head.data.heads]
        places = [task.labels.index(label) for label in own]
        if task.is_choice:
            told /= told.sum(axis=1, keepdims=True)
        shares[np.ix_(np.flatnonzero(held[rows]) + rows.start, places)] = told
    return shares


def _chains(corpus: Corpus) -> rhetoric_training.Task:
    """Return the fallacies of chains with "none" beside them, to be learned as those under news are."""
    data = corpus.sets["reddit"]
    none = ~data.truth.any(axis=1, keepdims=True)
    whole = replace(data, heads=(*data.heads, "none"), values=np.hstack([data.values, none]))
    ((others, _, _),), matrix = corpus.lent("reddit"), corpus.matrix[corpus.rows["reddit"]]
    return rhetoric_training.Task(whole, matrix, others, CHAINS_RIDGE, alike=True, edges=0.0)


def _shares_of_set(head: rhetoric_training.Task, held: Flags) -> Floats:
    """Return the shares of held-out rows, a column a head."""
    rows, others = np.flatnonzero(~held), np.flatnonzero(held)
    learned, kinds = _part(head.data, rows), head.data.kinds if len(head.data.kinds) else np.zeros(len(held))
    inside = _by_folds(rows, rhetoric_training.folds_of(learned, FOLDS, SEED), head.points)
    points, truth = head.points(rows, others), learned.truth
    for kind in np.unique(kinds):
        own, told = kinds[rows] == kind, kinds[others] == kind
        for place in range(points.shape[1]):
            scale, shift = rhetoric_training.platt(inside[own, place], truth[own, place])
            points[told, place] = points[told, place] * scale + shift
    return shares_of(points, is_choice=False)


def _by_folds(rows: Places, folds: Places, asked: Callable[[Places, Places], Floats]) -> Floats:
    """Return the points of some rows, each of what those of other folds teach."""
    told = [asked(rows[folds != number], rows[folds == number]) for number in range(FOLDS)]
    order = np.concatenate([np.flatnonzero(folds == number) for number in range(FOLDS)])
    return np.concatenate(told)[np.argsort(order)]


def _part(data: Set, rows: Places) -> Set:
    texts = [data.texts[k] for k in rows.tolist()]
    return replace(data, texts=texts, values=data.values[rows], groups=data.groups[rows])


def _of_replies(task: Task, shared: Path) -> Floats:
    made = fit_reply_labels.prepared(shared / "data")
    _checked(task, [pair.own for pair in made.gold.pairs])
    points = fit_reply_labels.out_of_fold(made.rows, made.gold, SEED)
    return fit_reply_labels.calibrated(points, made.gold, SEED)


def _of_targets(task: Task, shared: Path) -> Floats:
    data = fit_target_stance.Data(shared, dict(read_model(fit_target_stance.MODEL).arrays))
    five, _ = _checked(task, data.five.texts), _checked(task, data.all.texts)
    shares, held = np.full(task.values.shape, np.nan), task.is_held_out[five]
    shares[five][held] = _of_five(data, held)
    shares[-len(data.held.texts) :] = _of_candidates(data)
    return shares


def _kinds(rows: Rows) -> list[str]:
    return [f"{target} {label}" for target, label in zip(rows.targets, rows.labels, strict=True)]


def _of_five(data: fit_target_stance.Data, held: Flags) -> Floats:
    """Return the shares of held-out texts about targets of which other texts were learned."""
    ridges = Ridges(data.known(data.five), data.five.targets, data.five.labels)
    rows, labels = np.flatnonzero(~held), data.five.labels[~held]
    inside = _by_folds(rows, folds_of(_kinds(data.five.part(~held)), FOLDS, SEED), ridges.points)
    points = ridges.points(rows, np.flatnonzero(held))
    points[:, 0] += best_lead(labels, inside)
    return shares_of(points * scale_of(labels, inside), is_choice=True)


def _of_candidates(data: fit_target_stance.Data) -> Floats:
    """Return the shares of P-Stance's second part; its first one alone says what points mean, by folds."""
    every, matrix = np.arange(len(data.three.texts)), data.known(data.three)

    def asked(rows: Places, others: Places) -> Floats:
        part = data.three.part(rows)
        taught = candidate_weights(matrix[rows], part.targets, part.labels)
        return _by_candidate(taught, matrix[others], data.three.targets[others])

    inside = _by_folds(every, folds_of(_kinds(data.three), FOLDS, SEED), asked)
    scale = platt(inside, np.where(data.three.labels == "favor", 1, -1))
    taught = candidate_weights(matrix, data.three.targets, data.three.labels)
    points = _by_candidate(taught, data.known(data.held), data.held.targets)
    favor = shares_of(scale * points, is_choice=False)
    return np.stack([favor, 1 - favor, np.zeros(len(favor))], axis=1)


def _by_candidate(taught: Mapping[str, tuple[Floats, float]], matrix: Any, targets: Places) -> Floats:
    points = np.zeros(len(targets))
    for name, (weights, bias) in taught.items():
        own = np.flatnonzero(targets == name)
        points[own] = matrix[own] @ weights + bias
    return points


def _of_alike(task: Task, shared: Path) -> Floats:
    """Return how likely pairs are of one aspect, by their texts alone, and arguments make a point."""
    words, shares = known_words(), np.full(task.values.shape, np.nan)
    fit, data = fit_claims.Fit(shared, words, SEED), claims_data.aspects(shared)
    own = _checked(task, [one for one, _ in data.pairs])
    held = task.is_held_out[own]
    rows, truth = either_way(pair_rows(data.pairs, words)), data.truth[~held]
    learned = claims_data.Pairs([], truth, np.array(data.topics, dtype=object)[~held].tolist())
    outside = fit_claims.out_of_fold(rows[~held], truth, fit_claims.by_topic(learned, 4, SEED))
    fit.keep("same", rows[~held], truth, outside, "macro")
    shares[own][held, 0] = _claim_shares(fit, "same", rows[held])
    fit.point()
    dev = claims_data.key_points(shared, "dev")
    last = _checked(task, [one for one, _ in dev.pairs], len(task.texts) - len(dev.pairs))
    shares[last, 1] = _claim_shares(fit, "point", point_rows(dev.pairs, words, dev.topics))
    return shares


def _of_entailment(task: Task, shared: Path) -> Floats:
    """Return how likely pairs contradict each other; the other two answers have no head."""
    words, shares = known_words(), np.full(task.values.shape, np.nan)
    fit, trial = fit_claims.Fit(shared, words, SEED), claims_data.sick(shared, "trial")
    fit.contradicts()
    last = _checked(task, [one for one, _ in trial.pairs], len(task.texts) - len(trial.pairs))
    rows = either_way(pair_rows(trial.pairs, words))[:, PICKED]
    shares[last, task.labels.index("contradicts")] = _claim_shares(fit, "contradicts", rows)
    return shares


def _claim_shares(fit: fit_claims.Fit, head: str, rows: Floats) -> Floats:
    return shares_of(fit_claims.points(fit.arrays[head], rows), is_choice=False)


_OTHERS = {"reply": _of_replies, "target": _of_targets, "alike": _of_alike, "entailment": _of_entailment}


def main(arguments: Sequence[str]) -> None:
    """Ask what the file does not hold, keep it, and print the figures of all that it holds."""
    parser = argparse.ArgumentParser(prog="python -m tests.evaluation.reader.first_opinions")
    parser.add_argument("shared", type=Path, help="the folder with the public data")
    parser.add_argument("--out", type=Path, required=True, help="the .npz file, an array a question")
    parser.add_argument("--only", nargs="+", default=[*_OTHERS, *SETS], metavar="QUESTION")
    given = parser.parse_args(arguments)
    told: dict[str, Any] = dict(np.load(given.out)) if given.out.is_file() else {}
    found = tasks(given.shared)
    asked = [task for task in found if task.name in given.only and task.name not in told]
    told |= first_opinions(asked, given.shared)
    np.savez(given.out, **told)
    for name, value in figures_of_shares(found, told).items():
        print(f"{name:<28} {value:.4f}")


if __name__ == "__main__":
    main(sys.argv[1:])
