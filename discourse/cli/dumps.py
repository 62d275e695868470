"""What `discourse analyze` does with dumps: exports of more threads than one report can show."""

import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

from discourse.cli.common import mendable, printable
from discourse.errors import DiscourseError

if TYPE_CHECKING:
    from discourse.pipeline import Settings
    from discourse.scale import DumpRun
    from discourse.scale.telling import Report

INTERRUPTED = 130  # exit code of what Ctrl-C has ended, as shells have it
_MOST_WORKERS = 4  # that are started unasked: each takes some hundred megabytes


def are_dumps(sources: Sequence[str], columns: Mapping[str, str], *, asked: bool) -> bool:
    """Say whether sources are to be analysed in parts: as was asked for, or because one is too large.

    Raises
    ------
    DiscourseError
        Where some are dumps and others are not.
    """
    from discourse.scale import is_dump  # noqa: PLC0415 - --help must not import pandas

    if asked:
        return True
    large = [source for source in sources if is_dump(source, columns)]
    if large and len(large) < len(sources):
        raise DiscourseError(
            where=large[0],
            problem="it is a dump of many threads, and the other sources are none",
            fix="Analyse dumps in a call of their own",
        )
    return bool(large)


def workers_here() -> int:
    """Return how many processes are started where nobody says: one a core, but few."""
    import os  # noqa: PLC0415

    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return min(_MOST_WORKERS, cores or 1)


def analyze_dump(
    sources: Sequence[str],
    *,
    out: str,
    settings: "Settings",
    workers: int,
    engine: str,
    scheduler: str | None,
    parts: int | None,
    resume: bool,
) -> None:
    """Analyse dumps, and tell what became of them; leaves with an exit code where they could not be."""
    from discourse.scale import engine_named, run_dump  # noqa: PLC0415

    try:
        with mendable(), _progress() as report:
            done = run_dump(
                sources,
                out=out,
                settings=settings,
                engine=engine_named(engine, workers=workers, scheduler=scheduler),
                parts=parts,
                resume=resume,
                report=report,
            )
    except KeyboardInterrupt as error:
        typer.echo(
            "discourse: stopped; what is done is kept, and the same command with --resume goes on", err=True
        )
        raise typer.Exit(code=INTERRUPTED) from error
    for name, words in _told(done):
        typer.echo(f"  {name:<16} {printable(words)}")


def _told(done: "DumpRun") -> Iterator[tuple[str, str]]:
    yield "posts", f"{done.posts:,} in {done.threads:,} threads"
    if done.analysed < done.posts:
        yield "analysed now", f"{done.analysed:,}; the others stood there already"
    if done.faults:
        yield "faults", f"{done.faults:,}, see {done.out.address}/faults"
    yield "tables", f"{done.out.address}/TABLE/part-*.parquet"
    yield "report", f"{done.out.address}/report.html"
    if done.out.is_local:  # the others are to be copied here first
        yield "one thread", f"discourse report {done.out.address} --thread ID"
        yield "questions", f"discourse stats {done.out.address} --by label"


@contextmanager
def _progress() -> Iterator["Report"]:
    """Show what is done, how fast, and how long it will take, on a terminal's error stream only."""
    from discourse.scale.telling import silent  # noqa: PLC0415

    if not sys.stderr.isatty():
        yield silent
        return
    from rich.console import Console  # noqa: PLC0415 - only a terminal pays for it
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn  # noqa: PLC0415

    bar = Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TextColumn("{task.fields[told]}", markup=False),
        TimeRemainingColumn(elapsed_when_finished=True),
        console=Console(stderr=True),
        transient=True,
    )
    tasks: dict[str, int] = {}

    def show(what: str, posts: int, of: int | None) -> None:
        if what not in tasks:
            tasks[what] = int(bar.add_task(what, total=of, told=""))
        task = next(task for task in bar.tasks if task.id == tasks[what])
        rate = posts / task.elapsed if task.elapsed else 0.0
        told = f"{posts:,}{'' if of is None else f' of {of:,}'} posts, {rate:,.0f} a second" if posts else ""
        bar.update(task.id, completed=posts, total=of, told=told)

    with bar:
        yield show
