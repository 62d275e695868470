"""Train a model on a labelled table and judge it: a folder with the model, its card and its figures."""

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np

from discourse import __version__
from discourse.errors import DiscourseError
from discourse.learn.evaluating import base_figures, evaluation, judged_of, would_more_help
from discourse.learn.examples import Examples
from discourse.learn.figures import main_figures
from discourse.learn.stored import write_model
from discourse.learn.trained import Model, load_trained, packed
from discourse.learn.training import Learned, Settings, check, learn
from discourse.report.evaluation import render_evaluation
from discourse.tabular.folders import EVALUATION, FIGURES, MODEL, PAGE, check_folder, new_folder
from discourse.tabular.labelled import LabelColumns, Labelled, read_labelled
from discourse.tabular.shipped import shipped_figures
from discourse.text.language import language_of

_TASK_SIGNS = 60  # characters of a task's name
_LOOKED_AT = 2_000  # texts whose language is told
_LEAST_LANGUAGE = 0.05  # of these
_TELLING = 20  # rows from which on figures say something
_LEAST_NEW = 20  # rows that a model has not seen, from which it is judged by them alone

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class About:
    """What the user says of his labels."""

    licence: str | None = None
    date: str | None = None  # such as 2026-11-22; never the clock's


@dataclass(frozen=True, slots=True)
class Report:
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
    _check_task(task)
    check_folder(out, MODEL)
    labelled = read_labelled(path, columns, is_multi=is_multi)
    examples = labelled.examples
    check(examples, str(path), settings.folds)
    learned = learn(examples, settings, progress)
    figures = evaluation(task, examples, learned, settings.seed, progress)
    figures = {**figures, "notes": list(labelled.notes), "grouped_by": labelled.grouped_by}
    ours = shipped_figures(task, examples, settings.seed)
    if ours is not None:
        figures["baselines"]["shipped"] = ours
    inside, arrays = packed(learned, examples.inputs)
    made = _card(task, path, labelled, learned, settings=settings, about=about or About(), figures=figures)
    card = {**made, **inside}
    with new_folder(out, MODEL) as folder:
        write_model(folder, card, arrays)
        write_figures(figures, folder, card)
    return Report(figures, labelled.notes)


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
    usual = np.broadcast_to(_usual(model), examples.truth.shape)
    figures["baselines"] = {"majority": main_figures(judged_of(examples, usual), examples.groups, seed)}
    notes = (*labelled.notes, *seen_note)
    if len(examples) < _TELLING:
        notes += (f"figures on {len(examples):,} rows say next to nothing: take {_TELLING} or more",)
    figures = {**figures, "notes": list(notes), "grouped_by": labelled.grouped_by, "table": path.name}
    if out is not None:
        with new_folder(out, EVALUATION) as part:
            write_figures(figures, part, model.card)
    return Report(figures, notes)


def _unseen(examples: Examples, model: Model) -> tuple[Examples, tuple[str, ...]]:
    seen = model.has_seen(examples.inputs)
    number = int(seen.sum())
    if not number:
        return examples, ()
    rows = np.flatnonzero(~seen).tolist()
    if len(rows) >= _LEAST_NEW:
        return examples.part(rows), (f"{number:,} rows that the model learned from are left out",)
    words = "all" if not rows else f"{number:,} of {len(examples):,}"
    return examples, (
        f"the model learned from {words} of these rows: the figures are too good to be true of new ones",
    )


def _usual(model: Model) -> Any:
    """Return what was most common in training: one label, or all that most rows had."""
    counts = np.array([float(model.card["label_rows"].get(label, 0)) for label in model.labels])
    if not model.is_choice:
        return 2 * counts > float(model.card["rows"])
    return np.arange(len(counts)) == counts.argmax()


def _check_reads(model: Model, columns: LabelColumns) -> None:
    for need in sorted(model.reads):
        if getattr(columns, need) is None:
            problem = f"it was trained with a {need} column, and none is named"
            raise DiscourseError(
                where=f"model {model.task}", problem=problem, fix=f"Name it with --{need}-column"
            )


def _check_task(task: str) -> None:
    if not task.strip() or len(task) > _TASK_SIGNS or not task.isprintable():
        raise DiscourseError(
            where="TASK",
            problem=f"{task[:_TASK_SIGNS]!r} is no name for a task",
            fix="Give reply, stance or a short name of your own",
        )


def _card(
    task: str,
    path: Path,
    labelled: Labelled,
    learned: Learned,
    *,
    settings: Settings,
    about: About,
    figures: Mapping[str, Any],
) -> dict[str, Any]:
    examples = labelled.examples
    languages = languages_in(examples.inputs.texts)
    return {
        "task": task,
        "labels": list(examples.labels),
        "label_rows": labelled.counts,
        "rows": len(examples),
        "languages": languages,
        "data": [
            {
                "name": path.name,
                "licence": about.licence or "not stated",
                "rows": len(examples),
                "sha256": sha256(path.read_bytes()).hexdigest(),
            }
        ],
        "split": {
            "by": labelled.grouped_by,
            "groups": len(set(examples.groups)),
            "folds": settings.folds,
            "seed": settings.seed,
        },
        "figures": {
            **figures["figures"],
            "calibration_error": figures["calibration"]["error"],
            "majority_macro_f1": figures["baselines"]["majority"]["macro_f1"],
            "lexicons_macro_f1": figures["baselines"]["lexicons"]["macro_f1"],
        },
        "limits": _limits(labelled, learned, figures, languages),
        "date": about.date,
        "seed": settings.seed,
        "version": __version__,
    }


def languages_in(texts: Sequence[str]) -> list[str]:
    """Name the languages of texts (ISO 639-1), the most frequent first; rare ones are left out."""
    looked = texts[:: max(1, len(texts) // _LOOKED_AT)]
    counts = Counter(language for text in looked if (language := language_of(text)) is not None)
    known = sum(counts.values())
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return [language for language, count in ordered if count >= _LEAST_LANGUAGE * known]


def _limits(
    labelled: Labelled, learned: Learned, figures: Mapping[str, Any], languages: Sequence[str]
) -> list[str]:
    examples = labelled.examples
    spoken = ", ".join(languages) or "languages that could not be told"
    limits = [
        f"Learned from {len(examples):,} rows in {spoken}; of other languages and topics nothing is known."
    ]
    if labelled.grouped_by == "row":
        limits.append(
            "Rows were split one by one: on new threads and authors it may be worse than its figures."
        )
    low, high = figures["figures"]["macro_f1_interval"]
    if high - low > 0.1:
        limits.append(f"The figures rest on few rows: macro-F1 lies between {low:.2f} and {high:.2f}.")
    best = max(found["macro_f1"] for found in figures["baselines"].values())
    if figures["figures"]["macro_f1"] <= best:
        limits.append("It does no better than a baseline: do not use it.")
    if would_more_help(figures["learning_curve"]):
        limits.append("More labels would still help.")
    if learned.head.is_choice and len({float(cut) for cut in learned.cuts}) > 1:
        limits.append(
            "Rare labels are favoured: a row gets the label whose score is the most times its cut, "
            "which need not be the highest score."
        )
    return limits


def write_figures(figures: Mapping[str, Any], folder: Path, card: Mapping[str, Any]) -> None:
    """Write figures as JSON and as a page."""
    text = json.dumps(figures, ensure_ascii=False, indent=1, allow_nan=False) + "\n"
    (folder / FIGURES).write_text(text, encoding="utf-8", newline="\n")
    (folder / PAGE).write_text(render_evaluation(figures, card), encoding="utf-8", newline="\n")
