"""`discourse review`: a run in, a page on this machine on which people correct it."""

from pathlib import Path
from typing import Annotated

import typer

from discourse.cli.common import mendable, printable


def review(
    run: Annotated[
        Path, typer.Argument(metavar="RUN", help="Folder of one analysed source.", show_default=False)
    ],
    *,
    coder: Annotated[
        str | None, typer.Option(metavar="NAME", help="Your name; the page asks for it.", show_default=False)
    ] = None,
    blind: Annotated[
        bool, typer.Option("--blind", help="Hide the machine's labels of a post until you are done with it.")
    ] = False,
    posts: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Review the posts that this CSV or JSONL names in post_id.",
            show_default=False,
        ),
    ] = None,
    layer: Annotated[
        str | None,
        typer.Option(
            help="What to review: link, split, reply, stance, claim, rhetoric, quote, turn; commas between.",
            show_default="everything",
        ),
    ] = None,
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port of the page; 0 takes a free one.")] = 0,
    open_: Annotated[bool, typer.Option("--open/--no-open", help="Open the page in your browser.")] = True,
) -> None:
    """Review what the machine said of a run, on a page that only this machine can open.

    Every decision is kept at once in RUN.review.sqlite, beside the run; its tables stay as they are.
    Several people may review at once, each by name. End with Ctrl-C.

    Example:  discourse review reports/page --coder ann --blind --layer reply,rhetoric
    """
    from discourse.review.serving import Wish  # noqa: PLC0415
    from discourse.review.serving import review as serve  # noqa: PLC0415

    def ready(address: str) -> None:
        typer.echo(
            f"Review at {address}\nThe address is yours alone: whoever has it can decide. Ctrl-C ends."
        )
        if open_:
            _open(address)

    with mendable():
        wish = Wish(coder=coder, is_blind=blind, posts=posts, layer=layer, port=port)
        typer.echo(printable(serve(run, wish, ready)))


def _open(address: str) -> None:
    import webbrowser  # noqa: PLC0415 - looks for browsers when it is imported

    try:
        opened = webbrowser.open(address)
    except (webbrowser.Error, OSError):
        opened = False
    if not opened:
        typer.echo("discourse: no browser could be opened; open the address above", err=True)
