"""`discourse report`: runs in, their pages drawn again."""

from functools import partial
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
    thread: Annotated[
        list[str] | None,
        typer.Option(
            help="Of a run over a dump, draw the report of this thread. May be repeated.",
            metavar="ID",
            show_default=False,
        ),
    ] = None,
    pdf: Annotated[bool, PDF] = False,
    show: Annotated[bool, OPEN] = False,
) -> None:
    """Draw the reports of earlier runs again, from their tables and run.json alone.

    Tables that a person has corrected are drawn as they stand. An overview drawn again leads to the
    sources that have a folder; why others have none it cannot tell. With --pseudonyms or --no-verbatim the
    pages change and the tables beside them do not: hand on the pages alone.

    Example:  discourse report reports/page --pdf --open

    One thread of a dump, to RUN/pages:  discourse report year --thread t3_abc123
    """
    from discourse.errors import DiscourseError  # noqa: PLC0415
    from discourse.scale import is_dump_run  # noqa: PLC0415
    from discourse.stored.drawing import draw_again  # noqa: PLC0415 - --help must not import pandas
    from discourse.stored.private import in_private  # noqa: PLC0415

    with mendable():
        if out is not None and len(runs) > 1:
            raise DiscourseError(
                where="--out", problem="several runs are given", fix="Leave it out, or give one run"
            )
        for run in runs:
            if thread or is_dump_run(run):
                pages = _of_dump(run, thread or [], out=out, pseudonyms=pseudonyms, verbatim=not no_verbatim)
                follow_up(pages, pdf=pdf, show=show)
                continue
            change = in_private(run, pseudonyms=pseudonyms, verbatim=not no_verbatim, out=out)
            pages = draw_again(run, out=out, change=change)
            for page in pages:
                typer.echo(f"  {'report':<16} {printable(str(page))}")
            follow_up(pages, pdf=pdf, show=show)


def _of_dump(
    run: Path, threads: list[str], *, out: Path | None, pseudonyms: Path | None, verbatim: bool
) -> list[Path]:
    """Draw single threads of a run over a dump, or where none is named its summary."""
    from discourse.errors import DiscourseError  # noqa: PLC0415
    from discourse.scale import draw_summary, draw_thread  # noqa: PLC0415

    if out is not None and len(threads) != 1:
        raise DiscourseError(
            where="--out", problem="it is for one page", fix="Leave it out, or name one --thread"
        )
    if not threads and (pseudonyms is not None or not verbatim):
        raise DiscourseError(
            where=str(run),
            problem="the summary of a dump is drawn as it was analysed",
            fix="Name a --thread, or analyse the dump with --pseudonyms and --no-verbatim",
        )
    draw = partial(draw_thread, run, out=out, pseudonyms=pseudonyms, verbatim=verbatim)
    pages = list(map(draw, threads)) or [draw_summary(run)]
    for page in pages:
        typer.echo(f"  {'report':<16} {printable(str(page))}")
    return pages
