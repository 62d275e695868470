"""Measure stance to candidates that neither the reader nor the linear model saw.

    python -m tests.evaluation.reader.unseen ../shared --work FOLDER

For each candidate of P-Stance a reader learns the question of targets alone, from all other targets, and is
asked of this one's second part; the linear model learns from the same others. Takes ten minutes on two
cores. Needs the extra `[train]`.
"""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch
from sklearn.metrics import f1_score

from discourse.learn.linear import Floats, shares_of
from discourse.learn.second_opinion import POOLS, pooled_yes
from discourse.learn.stored import read_model
from tests.evaluation import fit_target_stance
from tests.evaluation.reader.learning import Setup, Training, learn_together
from tests.evaluation.reader.tasks import STANCES, Task, targets
from tests.evaluation.target_stance_training import likelihoods, platt

SCALE = 0.25  # of how often each set is read
TOLD = ("favor", "against")


def main(arguments: Sequence[str]) -> None:
    """Print the macro-F1 of each candidate: the linear model, the reader, both."""
    parser = argparse.ArgumentParser(prog="python -m tests.evaluation.reader.unseen", description=__doc__)
    parser.add_argument("shared", type=Path, help="the folder with the public data")
    parser.add_argument("--work", type=Path, required=True, help="keeps what was reached, to go on from")
    parser.add_argument("--processes", type=int, default=2, help="that share the work")
    given = parser.parse_args(arguments)
    task = targets(given.shared)
    reached = []
    for name in sorted({target for target, source in zip(task.besides, task.sources, strict=True)
                        if source == "pstance_val"}):  # fmt: skip
        own = np.array([target == name for target in task.besides])
        asked = own & np.array([source == "pstance_val" for source in task.sources])
        favor = task.values[asked, STANCES.index("favor")] == 1
        first = _linear(given.shared, name, [task.texts[k] for k in np.flatnonzero(asked)])
        second = _read(task, own, asked, given.work / name.replace(" ", "_"), given.processes)
        both = pooled_yes(first, second, POOLS["target"].weight)
        reached.append([f1_score(favor, one > 0.5, average="macro") for one in (first, second, both)])
        print(name, *(f"{figure:.4f}" for figure in reached[-1]), flush=True)
    print("mean", *(f"{figure:.4f}" for figure in np.mean(reached, axis=0)))


def _read(task: Task, own: np.ndarray, asked: np.ndarray, folder: Path, processes: int) -> Floats:
    """Return how likely texts favor a target, by a reader that saw no text on it."""
    folder.mkdir(parents=True, exist_ok=True)
    setup = Setup(folder, SCALE, processes=processes)
    learn_together([task.part(~own)], setup, lambda words: print(words, file=sys.stderr))
    points = _points(Training([task.part(asked)], replace(setup, begun=folder / "learned.pt")))
    sides = points[:, [STANCES.index(label) for label in TOLD]]
    return shares_of(sides[:, 0] - sides[:, 1], is_choice=False)


def _points(training: Training) -> Floats:
    training.network.eval()
    with torch.inference_mode():
        found = [
            training.network(0, *training.given(0, [row])).float().numpy()[0]
            for row in range(len(training.tasks[0].texts))
        ]
    return np.array(found, dtype=np.float64)


def _linear(shared: Path, name: str, texts: Sequence[str]) -> Floats:
    """Return the same by the linear model; what makes shares of points is learned from the others too."""
    data = fit_target_stance.Data(shared, dict(read_model(fit_target_stance.MODEL).arrays))
    matrix, rows = data.general(), data.all
    names = np.array([target.casefold() for target in rows.targets])
    signs = np.where(rows.labels == "favor", 1, -1)
    taught = np.flatnonzero((rows.labels != "none") & (names != name.casefold()))
    weights, bias = likelihoods(matrix[taught], signs[taught])
    first = len(names) - len(data.held.texts)  # the second part stands last
    last = first + np.flatnonzero(names[first:] == name.casefold())
    if len(last) != len(texts):
        raise ValueError(f"{name}: rows stand in another order than in their set")
    half = np.arange(len(taught)) % 2 == 0
    inner, inner_bias = likelihoods(matrix[taught[half]], signs[taught[half]])
    scale = platt(matrix[taught[~half]] @ inner + inner_bias, signs[taught[~half]])
    return shares_of(scale * (matrix[last] @ weights + bias), is_choice=False)


if __name__ == "__main__":
    main(sys.argv[1:])
