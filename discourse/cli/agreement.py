"""`discourse agreement`: coded runs in, how far coders and machine agree out."""

from pathlib import Path
from typing import Annotated

import typer

from discourse.cli.common import mendable, printable

RUNS = Annotated[
    list[Path],
    typer.Argument(
        metavar="RUN...",
        help="Folders that `discourse analyze` wrote, coded with `discourse review` or `discourse import`.",
        show_default=False,
    ),
]


def agreement(
    runs: RUNS,
    *,
    layer: Annotated[
        str | None,
        typer.Option(
            help="Only these, with commas between: quote, reply, stance, rhetoric, claim, link, split, turn.",
            metavar="LAYERS",
            show_default=False,
        ),
    ] = None,
    annotators: Annotated[
        str | None,
        typer.Option(help="Only these people, such as ann,bo.", metavar="NAMES", show_default=False),
    ] = None,
    sample: Annotated[
        Path | None,
        typer.Option(
            help="The table that `discourse sample` wrote: which posts were drawn at random. Only those say "
            "what share of posts has a label, and how far the machine agrees with people; without it all "
            "coded posts pass for drawn at random.",
            metavar="FILE",
            show_default=False,
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            help="Folder for agreement.csv (every figure), prevalence.csv (what share of posts has each "
            "label) and disagreements.csv (what differs, to be settled). Cells hold words as written: let a "
            "spreadsheet read them as text.",
            metavar="DIR",
            show_default=False,
        ),
    ] = None,
    resamples: Annotated[int, typer.Option(min=100, max=100_000, help="Resamples for intervals.")] = 2000,
    seed: Annotated[int, typer.Option(min=0, help="Draws the resamples.")] = 0,
    final: Annotated[
        bool,
        typer.Option(
            "--final",
            help="Everybody's last word counts; without it, of a post coded blind, the blind word: what is "
            "decided with the machine's labels in sight is no word of its own.",
        ),
    ] = False,
    gamma: Annotated[
        bool,
        typer.Option(
            "--gamma", help="Gamma of the passages too (Mathet et al. 2015); slow, an extra package."
        ),
    ] = False,
) -> None:
    """Say how far coders agree with each other and with the machine, and how often labels really occur.

    Counts posts that a coder has looked at, those without a label too. Each figure has a 95 % interval from
    resampled threads, or posts where there are fewer than 8 threads.

    Example:  discourse agreement reports/page --layer rhetoric,reply --out agreement
    """
    from discourse.labels.agreement.bootstrap import Resampling  # noqa: PLC0415 - --help must not import numpy
    from discourse.labels.agreement.computing import (  # noqa: PLC0415
        differences,
        layers_of,
        measure,
        opened,
    )
    from discourse.labels.agreement.files import FILES, check_folder, write_agreement  # noqa: PLC0415
    from discourse.labels.agreement.terminal import terminal_lines  # noqa: PLC0415

    with mendable():
        layers = layers_of(_names(layer))
        if out is not None:
            check_folder(out)
        with opened(runs, _names(annotators), final=final) as coded:
            found = measure(coded, layers, Resampling(resamples, seed), sample, with_gamma=gamma)
            for line in terminal_lines(found, is_written=out is not None):
                typer.echo(printable(line))
            if out is not None:
                differ = write_agreement(found, differences(coded, layers), out)
                names = ("every figure", "every share", f"{differ:,} difference{'s' * (differ != 1)}")
                typer.echo("")
                for name, file in zip(names, FILES, strict=True):
                    typer.echo(f"  {name:<16} {printable(str(out / file))}")


def _names(text: str | None) -> list[str]:
    return [name.strip() for name in (text or "").split(",") if name.strip()]
