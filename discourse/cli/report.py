"""`discourse report`: runs in, their pages drawn again."""

from pathlib import Path
from typing import Annotated

import typer

from discourse.cli.common import mendable, printable
from discourse.cli.opening import OPEN, PDF, follow_up

RUNS = Annotated[
    list[Path],
    typer.Argument(
        metavar="RUN...",
        help="Folders that `discourse analyze` wrote: of one source, or of several with their overview.",
        show_default=False,
    ),
]


def report(
    runs: RUNS,
    *,
    out: Annotated[
        Path | None,
        typer.Option(help="Write the report here instead.", metavar="FILE", show_default=False),
    ] = None,
    pseudonyms: Annotated[
        Path | None,
        typer.Option(
            help="Draw pseudonyms wherever an author's name stands, by this key, which is made where it is "
            "missing (see `discourse analyze --help`).",
            metavar="KEYFILE",
            show_default=False,
        ),
    ] = None,
    no_verbatim: Annotated[
        bool, typer.Option("--no-verbatim", help="Draw no sentence of a post or an article.")
    ] = False,
    pdf: Annotated[bool, PDF] = False,
    show: Annotated[bool, OPEN] = False,
) -> None:
    """Draw the reports of earlier runs again, from their tables and run.json alone.

    Tables that a person has corrected are drawn as they stand. An overview drawn again leads to the
    sources that have a folder; why others have none it cannot tell. With --pseudonyms or --no-verbatim the
    pages change and the tables beside them do not: hand on the pages alone.

    Example:  discourse report reports/page --pdf --open
    """
    from discourse.errors import DiscourseError  # noqa: PLC0415
    from discourse.stored.drawing import draw_again  # noqa: PLC0415 - --help must not import pandas
    from discourse.stored.private import in_private  # noqa: PLC0415

    with mendable():
        if out is not None and len(runs) > 1:
            raise DiscourseError(
                where="--out", problem="several runs are given", fix="Leave it out, or give one run"
            )
        for run in runs:
            change = in_private(run, pseudonyms=pseudonyms, verbatim=not no_verbatim, out=out)
            pages = draw_again(run, out=out, change=change)
            for page in pages:
                typer.echo(f"  {'report':<16} {printable(str(page))}")
            follow_up(pages, pdf=pdf, show=show)
