"""`discourse show`: a run in, some of its posts on the terminal out."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from discourse.cli.common import mendable, printable

if TYPE_CHECKING:
    from rich.style import Style

    from discourse.report.terminal.lines import Line

# colours of the sixteen that every terminal has; what they say is said by letters and signs as well
_STYLES = {
    "number": "bold",
    "name": "bold",
    "head": "bold",
    "soft": "dim",
    "low": "yellow",
    "side-a": "blue",
    "side-b": "magenta",
    "mark": "underline",
    "rhetoric": "cyan",
    "brought": "green",
    "favor": "green",
    "against": "magenta",
    "quote": "dim",
}


def show(
    run: Annotated[
        Path, typer.Argument(metavar="RUN", help="Folder of one analysed source.", show_default=False)
    ],
    *,
    loop: Annotated[
        int | None,
        typer.Option(help="Number of a dispute: its question, claims and turns.", show_default=False),
    ] = None,
    side: Annotated[
        str | None, typer.Option(help="Of that dispute one side, a or b.", show_default=False)
    ] = None,
    author: Annotated[str | None, typer.Option(help="Posts of one author.", show_default=False)] = None,
    marker: Annotated[
        str | None, typer.Option(help="Posts with a marker, such as hedge.", show_default=False)
    ] = None,
    post: Annotated[str | None, typer.Option(help="One post by its number.", show_default=False)] = None,
    doubtful: Annotated[
        bool, typer.Option("--doubtful", help="Posts with a guessed link, an unsure label or begin.")
    ] = False,
) -> None:
    """Print posts of an earlier run with their labels and the reason for each.

    Several options together print the posts for which all of them hold; without any, what there is to
    ask for is listed.

    Example:  discourse show reports/page --loop 1 --side a
    """
    from discourse.errors import DiscourseError  # noqa: PLC0415
    from discourse.report.basis.book import Book  # noqa: PLC0415 - --help must not import pandas
    from discourse.report.terminal.choosing import NEEDED, Wish, choose  # noqa: PLC0415
    from discourse.report.terminal.lines import lines_of, overview  # noqa: PLC0415
    from discourse.stored import read_run, run_folders  # noqa: PLC0415

    with mendable():
        folders = run_folders(run)
        if len(folders) > 1:
            named = ", ".join(folder.name for folder in folders[:5])
            raise DiscourseError(
                where=str(run), problem=f"it holds {len(folders)} runs", fix=f"Give one of them: {named}"
            )
        stored = read_run(folders[0], NEEDED)
        meanings = stored.record.get("meanings")
        meanings = meanings if isinstance(meanings, dict) else {}
        wish = Wish(loop=loop, side=side, author=author, marker=marker, post=post, doubtful=doubtful)
        if wish.is_empty:
            print_lines(overview(Book(stored.tables, meanings)))
            return
        print_lines(lines_of(*choose(stored.tables, wish, meanings)))


def print_lines(lines: Iterable["Line"]) -> None:
    """Print styled lines, wrapped to the terminal's width; in colour on a terminal that wants it."""
    from rich.console import Console  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    console = Console(highlight=False, markup=False, emoji=False)
    styles: dict[str, Style] = {}
    for line in lines:
        text = Text(overflow="fold")
        for piece in line.pieces:
            if piece.style not in styles:
                styles[piece.style] = _style(piece.style)
            # most texts hold nothing to take out, and asking that is quicker than taking it out
            words = piece.text if piece.text.isprintable() else printable(piece.text)
            text.append(words, styles[piece.style])
        for part in text.wrap(console, max(20, console.width - line.indent)) if text else [text]:
            part.rstrip()
            part.pad_left(line.indent if part else 0)
            console.print(part, no_wrap=True, overflow="ignore", crop=False)


def _style(names: str) -> "Style":
    from rich.style import Style  # noqa: PLC0415

    return Style.parse(" ".join(_STYLES[name] for name in names.split() if name in _STYLES))
