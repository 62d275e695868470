"""`discourse train`: labelled rows in, a model with its card and its figures out."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from discourse.cli.common import mendable, printable, progress_line

LABELS = Annotated[
    Path,
    typer.Argument(
        metavar="LABELS",
        help="A table of labelled rows: .csv, .tsv, .jsonl or .parquet.",
        show_default=False,
    ),
]
TEXT = Annotated[str, typer.Option(help="Column of the texts.")]
LABEL = Annotated[
    str | None, typer.Option(help="Column of the labels.  [default: the task's name]", show_default=False)
]
PARENT = Annotated[
    str | None, typer.Option(help="Column of the posts that the texts answer.", show_default=False)
]
TARGET = Annotated[str | None, typer.Option(help="Column of what the stance is to.", show_default=False)]
THREAD = Annotated[
    str | None,
    typer.Option(help="Column of threads: no thread is learned from and judged by.", show_default=False),
]
AUTHOR = Annotated[
    str | None,
    typer.Option(
        help="Column of authors: they are kept apart where no threads are named.", show_default=False
    ),
]


def train(
    task: Annotated[
        str,
        typer.Argument(
            metavar="TASK", help="reply, stance, or the name of labels of your own.", show_default=False
        ),
    ],
    labels: LABELS,
    *,
    out: Annotated[Path, typer.Option(help="Folder for the model.", show_default=False)],
    text_column: TEXT = "text",
    label_column: LABEL = None,
    parent_column: PARENT = None,
    target_column: TARGET = None,
    thread_column: THREAD = None,
    author_column: AUTHOR = None,
    multi: Annotated[
        bool | None,
        typer.Option(
            "--multi/--single",
            help="Whether a row may have any number of labels, with ; or | between them; without either that "
            "is seen from the labels.",
            show_default=False,
        ),
    ] = None,
    folds: Annotated[int, typer.Option(min=2, max=50, help="Parts for cross-checking.")] = 5,
    seed: Annotated[int, typer.Option(min=0, help="Draws the parts.")] = 0,
    licence: Annotated[
        str | None, typer.Option(help="Licence of the labels, for the card.", show_default=False)
    ] = None,
    date: Annotated[
        str | None, typer.Option(help="Date for the card, such as 2026-11-22.", show_default=False)
    ] = None,
) -> None:
    """Learn labels from a table, and say how often they would be wrong.

    Writes OUT/card.json, OUT/weights.npz, OUT/evaluation.json and OUT/evaluation.html. Each row is
    judged by a model that learned from other threads (or authors, or rows) alone. The same table
    and seed give the same files.

    Example:  discourse train tone labels.csv --text-column body --thread-column thread --out tone-model
    """
    from discourse.learn.training import Settings  # noqa: PLC0415 - --help must not import pandas
    from discourse.tabular.cards import About  # noqa: PLC0415
    from discourse.tabular.labelled import LabelColumns  # noqa: PLC0415
    from discourse.tabular.teaching import train_model  # noqa: PLC0415

    columns = LabelColumns(
        text=text_column,
        label=task if label_column is None else label_column,
        parent=parent_column,
        target=target_column,
        thread=thread_column,
        author=author_column,
    )
    with mendable(), progress_line(folds + 5) as progress:
        report = train_model(
            task,
            labels,
            columns,
            out,
            settings=Settings(folds=folds, seed=seed),
            is_multi=multi,
            about=About(licence, date),
            progress=lambda words: progress(labels.name, words),
        )
    show(report.figures, report.notes, labels)
    typer.echo(f"  {'model':<16} {printable(str(out))}")


def show(figures: Mapping[str, Any], notes: tuple[str, ...], table: Path) -> None:
    """Print what was found, and to the error stream what was odd."""
    from discourse.tabular.brief import WIDTH, lines_of  # noqa: PLC0415 - --help must not import numpy

    for note in notes:
        typer.echo(f"discourse: {printable(str(table))}: {printable(note)}", err=True)
    for name, words in lines_of(figures):
        typer.echo(f"  {printable(name):<{WIDTH}} {printable(words)}")
