"""`discourse seeds`: put the project's documents in place, and check what is expected of them."""

from pathlib import Path
from typing import Annotated

import typer

from discourse.cli.common import MENDABLE, mendable, printable

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)


@app.callback()
def _group() -> None:
    """The documents that the project was made for: put them in place, check what holds.

    Example:  discourse seeds check
    """


@app.command()
def add(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Where your copies of the documents are.")],
    into: Annotated[Path, typer.Option(help="Where to put them.")] = Path("seeds"),
) -> None:
    """Check copies of the documents against the manifest, and put them in place.

    They are news text and people's comments, so the project cannot hand them out; git
    ignores them.

    Example:  discourse seeds add ~/Downloads --into seeds
    """
    from discourse.seeds import add_seeds  # noqa: PLC0415

    with mendable():
        placed = add_seeds(folder, into)
    for path in placed:
        typer.echo(f"{printable(str(path))}: checked and in place")


@app.command()
def check(
    folder: Annotated[Path, typer.Argument(metavar="[FOLDER]", help="Where the documents are.")] = Path(
        "seeds"
    ),
) -> None:
    """Analyse the documents and say, expectation by expectation, what holds.

    Exits with 2 when one does not hold.

    Example:  discourse seeds check
    """
    from discourse.seeds import check_seeds  # noqa: PLC0415

    with mendable():
        checks = list(check_seeds(folder))
    for item in checks:
        mark = "holds" if item.holds else "FAILS"
        typer.echo(
            f"{mark}  {printable(item.document)}: {printable(item.expectation)} ({printable(item.found)})"
        )
    failed = sum(not item.holds for item in checks)
    typer.echo(f"{len(checks) - failed} of {len(checks)} expectations hold")
    if failed:
        raise typer.Exit(code=MENDABLE)
