"""What all commands share: words on the terminal, exit codes, progress."""

import csv
import sys
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from time import perf_counter
from typing import Annotated

import typer

from discourse import __version__
from discourse.errors import DiscourseError

COLUMNS = ("author", "text", "id", "parent", "thread", "time")  # what `--columns` may name
_BLANKS = "\r\n\t\u2028\u2029"
MENDABLE = 2  # exit code of everything that the user can mend


class Labels(StrEnum):
    """Who makes the labels, as `learn.second_opinion.CHOICES` names it."""

    FAST = "fast"
    BEST = "best"
    ADAPTIVE = "adaptive"
    AUTO = "auto"


LABELS = Annotated[
    Labels,
    typer.Option(
        "--labels",
        help="Who makes the labels: `fast`, linear models, lexicons and rules; `best`, a small neural reader "
        "beside them (extra `neural`); `adaptive`, the reader only where the others are in doubt; `auto`, "
        "best where the extra is there and at most 1,000 texts are to be read, else fast.",
    ),
]


def show_version(wanted: bool) -> None:
    """Print the version and leave, if it was asked for."""
    if wanted:
        typer.echo(f"discourse-analyzer {__version__}")
        raise typer.Exit


def printable(text: str) -> str:
    """Return a text that cannot move a terminal's cursor, change its colours or turn its direction.

    Control and format characters (escape sequences, bidirectional overrides) become a
    replacement character; line breaks become blanks.
    """
    return "".join(
        " " if char in _BLANKS else "\ufffd" if unicodedata.category(char) in ("Cc", "Cf", "Cs") else char
        for char in text
    )


@contextmanager
def mendable() -> Iterator[None]:
    """Print a fault that the user can mend as one line, and leave with exit code 2."""
    try:
        yield
    except DiscourseError as error:
        typer.echo(f"discourse: {printable(str(error))}", err=True)
        raise typer.Exit(code=MENDABLE) from error


def column_option(text: str | None) -> dict[str, str]:
    """Read what `--columns author=user,text=body` says; leaves with exit code 2 where it says nothing.

    A name that holds a comma stands with its pair in quotation marks: `'"text=So, what?",author=2'`.
    """
    if not text:
        return {}
    pairs = [part.partition("=") for part in next(csv.reader([text], skipinitialspace=True)) if part.strip()]
    found: dict[str, str] = {}
    for ours, sign, theirs in ((ours.strip(), sign, theirs.strip()) for ours, sign, theirs in pairs):
        problem = _column_problem(ours, sign, theirs, found)
        if problem:
            error = DiscourseError(
                where="--columns",
                problem=problem,
                fix="Write it as author=user,text=body, with commas between",
            )
            typer.echo(f"discourse: {printable(str(error))}", err=True)
            raise typer.Exit(code=MENDABLE)
        found[ours] = theirs
    return found


def _column_problem(ours: str, sign: str, theirs: str, found: dict[str, str]) -> str | None:
    if not sign:
        return f"{ours!r} is no pair of names with = between"
    if ours not in COLUMNS:
        return f"there is no {ours!r} among what can be named: {', '.join(COLUMNS)}"
    if not theirs:
        return f"{ours!r} is given no field"
    if any(f"{mark}{name}=" in theirs.replace(" ", "") for mark in ";|/" for name in COLUMNS):
        return f"{theirs!r} reads as several pairs"
    if found.get(ours, theirs) != theirs:
        return f"{ours!r} is given two fields, {found[ours]!r} and {theirs!r}"
    return None


@contextmanager
def read_progress(name: str) -> Iterator[Callable[[int], None]]:
    """Show how many posts of a source were read, on a terminal's error stream only."""
    if not sys.stderr.isatty():
        yield lambda _posts: None
        return
    begin = perf_counter()

    def show(posts: int) -> None:
        rate = posts / max(perf_counter() - begin, 1e-9)
        sys.stderr.write(f"\r\x1b[2K{printable(name)[:40]}  {posts:,} posts, {rate:,.0f} a second")
        sys.stderr.flush()

    try:
        yield show
    finally:
        sys.stderr.write("\r\x1b[2K")
        sys.stderr.flush()


@contextmanager
def progress_line(total: int) -> Iterator[Callable[[str, str], None]]:
    """Show what is being done, on a terminal's error stream only; silent everywhere else.

    Parameters
    ----------
    total
        How many steps are to come.

    Yields
    ------
    callable
        To be called with a source's name and a stage's, when that stage begins.
    """
    if not sys.stderr.isatty():
        yield lambda _name, _stage: None
        return
    from rich.console import Console  # noqa: PLC0415 - only a terminal pays for it
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn  # noqa: PLC0415

    bar = Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TextColumn("{task.completed}/{task.total}"),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        transient=True,
    )
    with bar:
        task = bar.add_task("", total=total)

        def step(name: str, stage: str) -> None:
            bar.update(task, advance=1, description=f"{printable(name)[:40]}  {stage}")

        yield step
