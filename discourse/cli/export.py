"""`discourse export`: labelled data for other programs."""

from pathlib import Path
from typing import Annotated

import typer

from discourse.cli.common import mendable, printable, read_progress
from discourse.cli.report import RUNS


def _listed(words: list[str] | None) -> frozenset[str]:
    return frozenset(part.strip() for word in words or () for part in word.split(",") if part.strip())


def export(
    runs: RUNS,
    *,
    to: Annotated[
        str,
        typer.Option(
            help="Format: csv, jsonl, parquet, huggingface, label-studio, doccano, inception, brat, "
            "convokit, spacy, fasttext, svmlight, gexf, graphml, polis, sqlite.",
            metavar="FORMAT",
            show_default=False,
        ),
    ],
    out: Annotated[
        Path,
        typer.Option(
            help="A new folder for it, or one of an earlier export. A format that is one file (jsonl, "
            "doccano, sqlite) may be given a file's name instead.",
            metavar="PATH",
            show_default=False,
        ),
    ],
    layer: Annotated[
        list[str] | None,
        typer.Option(
            help="Only these layers of labels (quote, reply, stance, rhetoric, claim), with commas between.",
            metavar="LAYER,…",
            show_default=False,
        ),
    ] = None,
    by: Annotated[
        list[str] | None,
        typer.Option(
            help="Only labels by these: machine, people, or makers by name (human:ann, hedges).",
            metavar="MAKER,…",
            show_default=False,
        ),
    ] = None,
    posts: Annotated[
        Path | None,
        typer.Option(
            help="Only the posts that a table names in its column post_id, such as one of `discourse "
            "sample`.",
            metavar="FILE",
            show_default=False,
        ),
    ] = None,
    spreadsheet_safe: Annotated[
        bool,
        typer.Option(
            "--spreadsheet-safe",
            help="Write CSV in which no spreadsheet runs a cell as a formula; `discourse import` undoes it.",
        ),
    ] = False,
    licence: Annotated[
        str | None,
        typer.Option(
            help="Licence of the input, for the data card, such as cc-by-4.0.",
            metavar="TEXT",
            show_default=False,
        ),
    ] = None,
    title: Annotated[
        str, typer.Option(help="What the data card calls it.", metavar="TEXT")
    ] = "Comments labelled by discourse",
) -> None:
    """Write posts and labels of earlier runs for another program, with a data card.

    Labels of people (see `discourse review` and `discourse import`) stand beside those of the machine. Each
    label's place is checked against its text before it leaves. csv, jsonl, label-studio, doccano, inception
    and brat come back with `discourse import`.

    Example:  discourse export reports/page --to label-studio --out page-tasks

    For a spreadsheet:  discourse export reports/page --to csv --spreadsheet-safe --out page-csv
    """
    from discourse.exchange.corpus import Choice  # noqa: PLC0415 - --help must not load the library
    from discourse.exchange.exporting import export_runs  # noqa: PLC0415
    from discourse.exchange.formats import ExportOptions  # noqa: PLC0415

    with mendable():
        choice = Choice(layers=_layers(layer), makers=_listed(by), posts=_ids(posts))
        options = ExportOptions(spreadsheet_safe=spreadsheet_safe, licence=licence, title=title)
        with read_progress("export") as progress:
            done = export_runs(runs, to=to, out=out, choice=choice, options=options, progress=progress)
        tally = done.tally
        threads = len(tally.threads)
        typer.echo(f"  {'posts':<16} {tally.posts:,} of {threads:,} thread{'' if threads == 1 else 's'}")
        people = sum(rows for (_, _, maker), rows in tally.labels.items() if maker.startswith("human:"))
        of_people = f", {people:,} of them by people" if people else ""
        typer.echo(f"  {'labels':<16} {tally.labels.total():,}{of_people}")
        if done.stale:
            more = f"{done.stale:,} of people, made on texts that are others now"
            typer.echo(f"  {'left out':<16} {more}")
        typer.echo(f"  {'written':<16} {printable(str(done.out))}")
        typer.echo(f"  {'data card':<16} {printable(str(done.card))}")


def _layers(given: list[str] | None) -> frozenset[str]:
    from discourse.errors import DiscourseError  # noqa: PLC0415
    from discourse.tables.contract import LAYERS  # noqa: PLC0415

    layers = _listed(given)
    if strange := sorted(layers - set(LAYERS)):
        raise DiscourseError(
            where="--layer", problem=f"there is no layer {strange[0]!r}", fix=f"Take of {', '.join(LAYERS)}"
        )
    return layers


def _ids(posts: Path | None) -> frozenset[str] | None:
    if posts is None:
        return None
    from discourse.labels.sampling.ids import read_post_ids  # noqa: PLC0415

    return frozenset(read_post_ids(posts))
