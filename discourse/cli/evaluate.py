"""`discourse evaluate`: a model and labelled rows in, how often it is wrong out."""

from pathlib import Path
from typing import Annotated

import typer

from discourse.cli.common import mendable, printable
from discourse.cli.train import AUTHOR, LABEL, LABELS, PARENT, TARGET, TEXT, THREAD, show


def evaluate(
    model: Annotated[
        Path,
        typer.Argument(metavar="MODEL", help="A folder that `discourse train` wrote.", show_default=False),
    ],
    labels: LABELS,
    *,
    text_column: TEXT = "text",
    label_column: LABEL = None,
    parent_column: PARENT = None,
    target_column: TARGET = None,
    thread_column: THREAD = None,
    author_column: AUTHOR = None,
    seed: Annotated[int, typer.Option(min=0, help="Draws the samples for ranges.")] = 0,
    out: Annotated[
        Path | None,
        typer.Option(help="Folder for evaluation.json and evaluation.html.", show_default=False),
    ] = None,
) -> None:
    """Judge a model by rows that people have labelled.

    Rows that the model learned from are left out where enough others are there.

    Example:  discourse evaluate tone-model more-labels.csv --text-column body --label-column tone
    """
    from discourse.tabular.labelled import LabelColumns  # noqa: PLC0415 - --help must not import pandas
    from discourse.tabular.teaching import evaluate_model, task_of  # noqa: PLC0415

    with mendable():
        columns = LabelColumns(
            text=text_column,
            label=task_of(model) if label_column is None else label_column,
            parent=parent_column,
            target=target_column,
            thread=thread_column,
            author=author_column,
        )
        report = evaluate_model(model, labels, columns, out, seed=seed)
    show(report.figures, report.notes, labels)
    if out is not None:
        typer.echo(f"  {'figures':<16} {printable(str(out))}")
