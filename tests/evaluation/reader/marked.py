"""Choose from which share on `analyze` gives a marker that the neural reader has a part in, and measure it.

    python -m tests.evaluation.reader.marked ../shared

On sentences of comments that neither the reader nor the linear model, fitted anew without them, learned from.
Prints for each marker the average precision of the linear model, of the reader and of both, and from which
share on so many of at least `HITS` sentences are right as `fit_comments` asks of the linear model.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import average_precision_score

from discourse.learn.linear import Floats, shares_of
from discourse.learn.neural import shipped
from discourse.learn.rhetoric import FAMILIES, loaded
from discourse.learn.ridge import one_thread
from discourse.learn.second_opinion import POOLS, pooled_yes
from discourse.text.normalise import fold
from tests.evaluation.fit_comments import FOLDS, QUESTIONS, SEED, Taught, sure_of
from tests.evaluation.marker_sentences import coded
from tests.evaluation.reader.tasks import Task, sentences
from tests.evaluation.rhetoric_training import platt

HITS = 15  # sentences over which precision is counted: a third of them are looked at
FEWEST = 8  # sentences that carry a marker, for it to be measured

Flags = NDArray[np.bool_]


def main(arguments: Sequence[str]) -> None:
    """Print a line a marker, and the means."""
    parser = argparse.ArgumentParser(prog="python -m tests.evaluation.reader.marked", description=__doc__)
    parser.add_argument("shared", type=Path, help="the folder with the public data")
    given = parser.parse_args(arguments)
    task = sentences(given.shared)
    held, truth = task.is_held_out, task.values == 1
    names, texts = _written(task, given.shared)
    asked = np.array(["?" in text[-4:] for text in texts])
    with one_thread():
        first = _linear(task, names, texts, asked)[held]
    part = task.part(held)
    second = shipped().shares("sentences", list(zip(part.texts, part.besides, strict=True)))
    both = pooled_yes(first, second, POOLS["sentences"].weight)
    precise = []
    for place, label in enumerate(task.labels):
        rows = asked[held] if label in QUESTIONS else np.ones(len(first), dtype=np.bool_)
        yes = truth[held][rows, place]
        if yes.sum() < FEWEST:
            continue
        precise.append([average_precision_score(yes, one[rows, place]) for one in (first, second, both)])
        said = _from(both[rows, place], yes, sure_of(label))
        print(f"{label:22} {yes.sum():4} {' '.join(f'{one:.3f}' for one in precise[-1])}  {said}")
    print("mean", " ".join(f"{one:.3f}" for one in np.mean(precise, axis=0)))


def _written(task: Task, shared: Path) -> tuple[NDArray[np.str_], list[str]]:
    """Return of each row the comment and the sentence as it is written; a question may leave comments out."""
    left = iter(coded(shared))
    rows = [next(row for row in left if fold(row[1]) == text) for text in task.texts]
    return np.array([name for name, _, _ in rows]), [text for _, text, _ in rows]


def _linear(task: Task, names: NDArray[np.str_], texts: list[str], asked: Flags) -> Floats:
    """Return the shares of all rows by a model that learned from those that are not held out."""
    taught, truth = Taught(texts, loaded(FAMILIES)), (task.values == 1).astype(np.float64)
    learned, every = np.flatnonzero(~task.is_held_out), np.arange(len(texts))
    comments = np.unique(names)
    drawn = np.random.default_rng(SEED).integers(0, FOLDS, len(comments))
    inside = taught.out_of_fold(drawn[np.searchsorted(comments, names)], truth, learned)
    mean = truth[learned].mean(axis=0)
    points = taught.products[np.ix_(every, learned)] @ taught.solved(learned, truth[learned] - mean) + mean
    for place, label in enumerate(task.labels):
        rows = learned[asked[learned]] if label in QUESTIONS else learned
        scale, shift = platt(inside[rows, place], truth[rows, place])
        points[:, place] = points[:, place] * scale + shift
    return shares_of(points, is_choice=False)


def _from(shares: Floats, yes: Flags, sure: float) -> str:
    order = np.argsort(-shares, kind="stable")
    right = np.cumsum(yes[order]) / np.arange(1, len(order) + 1)
    enough = np.flatnonzero(right[HITS - 1 :] >= sure)
    if not len(enough):
        return f"at no share are {sure} of {HITS} right"
    count = enough[-1] + HITS
    return (
        f"from {shares[order][count - 1]:.3f} on {count} are marked, {right[count - 1]:.2f} of them rightly, "
        f"{yes[order][:count].sum() / yes.sum():.2f} of all found"
    )


if __name__ == "__main__":
    main(sys.argv[1:])
