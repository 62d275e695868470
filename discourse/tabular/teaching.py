"""Train a model on a labelled table and judge it: a folder with the model, its card and its figures."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from discourse.errors import DiscourseError
from discourse.learn.baselines import Lists
from discourse.learn.evaluating import base_figures, doubts, evaluation, judged_of
from discourse.learn.examples import Examples, number_of
from discourse.learn.figures import main_figures
from discourse.learn.stored import write_model
from discourse.learn.trained import Model, load_trained, packed
from discourse.learn.training import Settings, check, learn
from discourse.report.evaluation import render_evaluation
from discourse.tabular.cards import About, card_of, sum_of
from discourse.tabular.folders import EVALUATION, FIGURES, MODEL, PAGE, check_folder, new_folder
from discourse.tabular.labelled import LabelColumns, read_labelled
from discourse.tabular.layers import LAYERS
from discourse.tabular.shipped import shipped_figures

_TASK_SIGNS = 60  # characters of a task's name
_LEAST_NEW = 20  # rows that a model has not seen, from which it is judged by them alone

Progress = Callable[[str], None]


class Report(Struct, frozen=True):
    """Figures, and what was odd about the table."""

    figures: Mapping[str, Any]
    notes: tuple[str, ...]


def train_model(
    task: str,
    path: Path,
    columns: LabelColumns,
    out: Path,
    *,
    settings: Settings,
    is_multi: bool | None = None,
    about: About | None = None,
    progress: Progress = lambda _: None,
) -> Report:
    """Learn a task from a table and write a folder with the model and what to believe of it.

    The same table and settings give the same bytes. Nothing is written where anything fails.

    Raises
    ------
    DiscourseError
        Where the table or the folder will not do, or there are too few labels.
    """
    about = about or About()
    _check_task(task)
    about.check()
    check_folder(out, MODEL)
    labelled = read_labelled(path, columns, is_multi=is_multi)
    examples = labelled.examples
    check(examples, str(path), settings.folds)
    learned = learn(examples, settings, progress)
    figures = evaluation(task, examples, learned, settings.seed, progress)
    notes = (*labelled.notes, *_task_note(task))
    figures = {**figures, "notes": list(notes), "grouped_by": labelled.grouped_by}
    ours = shipped_figures(task, examples, settings.seed)
    if ours is not None:
        figures["baselines"]["shipped"] = ours
    inside, arrays = packed(learned, examples.inputs, Lists.taught_by(examples))
    made = card_of(task, path, labelled, learned, settings=settings, about=about, figures=figures)
    card = {**made, **inside}
    with new_folder(out, MODEL) as folder:
        write_model(folder, card, arrays)
        write_figures(figures, folder, card)
    return Report(figures, notes)


def task_of(folder: Path) -> str:
    """Return what a model's labels are called."""
    return load_trained(folder).task


def evaluate_model(
    folder: Path, path: Path, columns: LabelColumns, out: Path | None = None, *, seed: int = 0
) -> Report:
    """Judge a model by a labelled table, by the rows alone that it did not learn from where these are enough.

    Parameters
    ----------
    out
        Folder for the figures; None to write nothing.
    """
    if out is not None:
        check_folder(out, EVALUATION)
    model = load_trained(folder)
    _check_reads(model, columns)
    labelled = read_labelled(path, columns, is_multi=not model.is_choice, labels=model.labels)
    examples, seen_note = _unseen(labelled.examples, model)
    shares = model.shares(examples.inputs)
    figures = base_figures(model.task, examples, shares, model.given(shares), seed)
    figures["baselines"] = _baselines(model, examples, seed)
    notes = (*labelled.notes, *seen_note)
    figures |= {
        "limits": doubts(figures),
        "notes": list(notes),
        "grouped_by": labelled.grouped_by,
        "evaluated": {"name": path.name, "rows": len(examples), "sha256": sum_of(path)},
    }
    if out is not None:
        with new_folder(out, EVALUATION) as part:
            write_figures(figures, part, model.card)
    return Report(figures, (*notes, *figures["limits"]))


def _baselines(model: Model, examples: Examples, seed: int) -> dict[str, Any]:
    """Return what is reached by what the training rows teach of how common labels are, and of lists alone."""
    usual = _usual(model)
    names = [label for label, is_usual in zip(model.labels, usual.tolist(), strict=True) if is_usual]
    given = {"majority": np.broadcast_to(usual, examples.truth.shape)}
    if model.lists is not None:
        given["lexicons"] = model.lists.given(examples.inputs.texts)
    found = {
        name: main_figures(judged_of(examples, labels), examples.groups, seed)
        for name, labels in given.items()
    }
    found["majority"]["labels"] = names
    ours = shipped_figures(model.task, examples, seed)
    return found if ours is None else {**found, "shipped": ours}


def _unseen(examples: Examples, model: Model) -> tuple[Examples, tuple[str, ...]]:
    seen = model.has_seen(examples.inputs)
    number = int(seen.sum())
    if not number:
        return examples, ()
    rows = np.flatnonzero(~seen).tolist()
    if len(rows) >= _LEAST_NEW:
        return examples.part(rows), (f"left out: {number_of(number, 'row')} that the model learned from",)
    words = "all" if not rows else f"{number:,} of {len(examples):,}"
    return examples, (
        f"the model learned from {words} of these rows: the figures are too good to be true of new ones",
    )


def _usual(model: Model) -> NDArray[np.bool_]:
    """Return what was most common in training: one label, or all that most rows had."""
    counts = np.array([float(model.card["label_rows"].get(label, 0)) for label in model.labels])
    if not model.is_choice:
        return np.asarray(2 * counts > float(model.card["rows"]))
    return np.asarray(np.arange(len(counts)) == counts.argmax())


def _check_reads(model: Model, columns: LabelColumns) -> None:
    for need in sorted(model.reads):
        if getattr(columns, need) is None:
            problem = f"it was trained with a {need} column, and none is named"
            raise DiscourseError(
                where=f"model {model.task}", problem=problem, fix=f"Name it with --{need}-column"
            )


def _check_task(task: str) -> None:
    if not task.strip() or len(task) > _TASK_SIGNS or not task.isprintable():
        shown = repr(task[:_TASK_SIGNS]) + "…" * (len(task) > _TASK_SIGNS)
        raise DiscourseError(
            where="TASK",
            problem=f"{shown} is no name for a task",
            fix=f"Give reply, stance or a name of your own of at most {_TASK_SIGNS} characters",
        )


def _task_note(task: str) -> tuple[str, ...]:
    """Say that a model stands in the place of one of our own layers, where it has the name of one."""
    layer = task.partition(".")[0]
    if layer not in LAYERS:
        return ()
    return (
        f"`discourse label` names this model's columns like those of its own layer {layer}: "
        "it can be asked for the one or the other, not for both at once",
    )


def write_figures(figures: Mapping[str, Any], folder: Path, card: Mapping[str, Any]) -> None:
    """Write figures as JSON and as a page."""
    text = json.dumps(figures, ensure_ascii=False, indent=1, allow_nan=False) + "\n"
    (folder / FIGURES).write_text(text, encoding="utf-8", newline="\n")
    (folder / PAGE).write_text(render_evaluation(figures, card), encoding="utf-8", newline="\n")
