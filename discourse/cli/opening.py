"""What may follow when pages are written: a PDF beside each, and the browser."""

from collections.abc import Sequence
from pathlib import Path

import typer

from discourse.cli.common import printable

PDF = typer.Option(
    "--pdf",
    help="Print a PDF beside each report too, through Chromium or Chrome where one is installed "
    "(CHROMIUM may name it).",
)
OPEN = typer.Option("--open", help="Open the report, or the overview of several, in your browser.")


def follow_up(pages: Sequence[Path], *, pdf: bool, show: bool) -> None:
    """Print PDFs of some pages and open the last of them, as far as each is wanted.

    Parameters
    ----------
    pages
        Reports, and an overview last where there is one. None does nothing.

    Raises
    ------
    DiscourseError
        Where a PDF is wanted and cannot be printed; the pages stand all the same.
    """
    if not pages:
        return
    if pdf:
        from discourse.report.pdf import write_pdf  # noqa: PLC0415

        for page in pages:
            typer.echo(f"  {'pdf':<16} {printable(str(write_pdf(page)))}")
    if show:
        open_page(pages[-1])


def open_page(page: Path) -> None:
    """Open a page in the user's browser; where there is none, say where the page is."""
    import webbrowser  # noqa: PLC0415 - looks for browsers when it is imported

    try:
        opened = webbrowser.open(page.resolve().as_uri())
    except (webbrowser.Error, OSError):
        opened = False
    if not opened:
        typer.echo(f"discourse: no browser could be opened; the page is {printable(str(page))}", err=True)
