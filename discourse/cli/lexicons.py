"""`discourse lexicons`: what the word lists hold and whether their examples keep their word."""

from pathlib import Path
from typing import Annotated

import typer

from discourse.cli.common import MENDABLE, mendable, printable
from discourse.errors import LexiconError

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)

_Folder = Annotated[
    Path | None, typer.Option("--lexicons", help="Folder of lexicons; the project's own by default.")
]


@app.callback()
def _group() -> None:
    """Check the word lists behind the markers.

    Example:  discourse lexicons check
    """


@app.command()
def check(folder: _Folder = None) -> None:
    """Try every entry on its own examples: `hit` must match, `miss` must not.

    Example:  discourse lexicons check --lexicons my-lexicons
    """
    from discourse.lexicon import load_lexicons  # noqa: PLC0415

    with mendable():
        lexicons = load_lexicons(folder)
        if not lexicons.by_name:
            raise LexiconError(
                where=str(folder or "the project"),
                problem="no lexicon (NAME.toml with NAME.csv) stands here",
                fix="Check the name of the folder",
            )
        faults = [fault for lexicon in lexicons.by_name.values() for fault in lexicon.check()]
    for fault in faults:
        typer.echo(f"discourse: {printable(fault)}", err=True)
    entries = sum(len(lexicon.entries) for lexicon in lexicons.by_name.values())
    typer.echo(f"{len(lexicons.by_name)} lexicons, {entries} entries, {len(faults)} faults")
    if faults:
        raise typer.Exit(code=MENDABLE)
