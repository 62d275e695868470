"""`discourse label`: a table in, the same table with labels behind its columns out."""

from pathlib import Path
from typing import Annotated

import typer

from discourse.cli.common import LABELS, Labels, mendable, printable, read_progress


def label(
    table: Annotated[
        Path,
        typer.Argument(
            metavar="TABLE",
            help="A table with a row of names: .csv, .tsv, .jsonl or .parquet (the first three also packed).",
            show_default=False,
        ),
    ],
    *,
    out: Annotated[
        Path,
        typer.Option(help="Where the result goes: .csv, .tsv, .jsonl or .parquet.", show_default=False),
    ],
    text_column: Annotated[str, typer.Option(help="Column of the texts.")] = "text",
    parent_column: Annotated[
        str | None, typer.Option(help="Column of the posts that the texts answer.", show_default=False)
    ] = None,
    target_column: Annotated[
        str | None, typer.Option(help="Column of what the stance is to.", show_default=False)
    ] = None,
    layers: Annotated[
        str | None,
        typer.Option(
            help="Which of reply, stance and rhetoric, with commas between; without it those that the "
            "columns allow, or none where a --model is given.",
            show_default=False,
        ),
    ] = None,
    model: Annotated[
        list[Path] | None,
        typer.Option(help="A folder that `discourse train` wrote; may be given again.", show_default=False),
    ] = None,
    labels: LABELS = Labels.AUTO,
) -> None:
    """Label every row of a table: a score from 0 to 1 for each label.

    Writes one row for each row, in order, all columns kept as they are; a line without anything on
    it is a row where the table has one column, else it is none. New columns are reply.agree,
    reply.disagree, reply.neither and reply (the label); stance.favor, stance.against, stance.none
    and stance; rhetoric.sarcasm and all other markers; TASK.LABEL and TASK of a model. The labels
    reply and stance are those with the highest score. A model's label has the score that is the
    most times the label's cut, which the model's card names: that favours rare labels, and where
    no cut is set it is the highest score. Several labels of one row have ; between them. What
    cannot be said is left empty: texts in other languages, markers that nothing looks for yet. With
    the neural reader (--labels), LAYER.made_by says of each row who made its scores.

    Example:  discourse label comments.csv --text-column body --parent-column answers --out labelled.csv
    """
    from discourse.learn.examples import number_of  # noqa: PLC0415 - --help must not import pandas
    from discourse.tabular.labelling import Named, label_table  # noqa: PLC0415

    named = Named(text_column, parent_column, target_column)
    wanted = None if layers is None else [name.strip() for name in layers.split(",") if name.strip()]
    with mendable(), read_progress(table.name) as progress:
        tally = label_table(
            table,
            out,
            named,
            layers=wanted,
            models=model or (),
            labels=labels.value,
            progress=lambda done, _all: progress(done),
        )
    for note in tally.notes:
        typer.echo(f"discourse: {printable(str(table))}: {printable(note)}", err=True)
    counts = f"{number_of(tally.rows, 'row')}, {number_of(len(tally.columns), 'new column')}"
    typer.echo(f"{counts}: {printable(str(out))}")
