"""`discourse analyze`: pages in, reports and labelled tables out."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from discourse.cli.common import (
    LABELS,
    MENDABLE,
    Labels,
    column_option,
    mendable,
    printable,
    progress_line,
)
from discourse.cli.dumps import analyze_dump, are_dumps, workers_here
from discourse.cli.opening import OPEN, PDF, follow_up
from discourse.errors import DiscourseError, UnreadableSourceError

if TYPE_CHECKING:
    from discourse.pipeline import Result, Run

_OTHER_STEPS = 3  # reading, summary, writing
MANY = 1_000_000  # posts that a dump may hold, for choices that depend on how many there are
_LABELS = {  # how the summary says who made the labels
    "fast": "fast: linear models, lexicons and rules",
    "best": "best: the neural reader beside the fast makers",
    "adaptive": "adaptive: the neural reader where the fast makers are in doubt",
}
_SHOWN = 10  # of several sources, that are summed up in a few lines each


def analyze(
    sources: Annotated[
        list[str],
        typer.Argument(
            metavar="SOURCE...",
            help="Pasted pages, saved HTML pages and exports (plain or .gz, .zst, .bz2, .xz); dumps of any "
            "size, at addresses such as s3://bucket/dump.jsonl.zst too.",
            show_default=False,
        ),
    ],
    *,
    out: Annotated[
        str | None,
        typer.Option(
            help="Folder for the results, one folder in it a source; of a dump, itself (or an address).",
            metavar="DIR",
            show_default="reports; of a dump reports/NAME",
        ),
    ] = None,
    columns: Annotated[
        str | None,
        typer.Option(
            help="Which fields of an export hold what (author, text, id, parent, thread, time), by name or "
            "by the column's number from 1. Pages have none.",
            metavar="author=NAME,text=NAME,…",
            show_default=False,
        ),
    ] = None,
    target: Annotated[
        list[str] | None,
        typer.Option(
            help="A person, body or measure whose friends and foes you want to see, with its other names. "
            "May be repeated; others are found besides.",
            metavar="NAME=ALIAS,ALIAS",
            show_default=False,
        ),
    ] = None,
    targets: Annotated[
        Path | None,
        typer.Option(
            help='The same for many, as a TOML file: below [targets] a line each, "NAME" = ["ALIAS"]; '
            "`find = false` at its top looks for no others.",
            metavar="FILE.toml",
            show_default=False,
        ),
    ] = None,
    lexicons: Annotated[
        Path | None,
        typer.Option(
            help="Folder of your own lexicons (NAME.toml with NAME.csv), used beside ours; see "
            "`discourse lexicons check DIR`.",
            metavar="DIR",
            show_default=False,
        ),
    ] = None,
    context: Annotated[
        list[str] | None,
        typer.Option(
            help="An article to read beside the pages, as text or saved HTML (packed too); a page's own "
            "article is always read. May be repeated. The report shows what it says about each dispute "
            "and whom it quotes; comments below it are left alone. Of a long one the first 300,000 "
            "characters are compared.",
            metavar="ARTICLE",
            show_default=False,
        ),
    ] = None,
    pseudonyms: Annotated[
        Path | None,
        typer.Option(
            help="Put a pseudonym wherever an author's name stands: tables, texts, mentions, report. "
            "KEYFILE is made where it is missing, and never written again; with the same key a person bears "
            "the same pseudonym in every thread. Keep it apart from the results: whoever has it can test "
            "names. A nickname, or a name that is an ordinary word, may stay in a text.",
            metavar="KEYFILE",
            show_default=False,
        ),
    ] = None,
    no_verbatim: Annotated[
        bool,
        typer.Option(
            "--no-verbatim",
            help="Leave out what people wrote: tables and report hold labels, numbers, short values and the "
            "places of passages, no sentence of a post or an article.",
        ),
    ] = False,
    review: Annotated[
        list[Path] | None,
        typer.Option(
            "--with",
            help="Let people overrule the machine: the journal of a review (NAME.review.sqlite), or the run "
            "beside which it stands. May be repeated, one a source.",
            metavar="REVIEW",
            show_default=False,
        ),
    ] = None,
    labels: LABELS = Labels.AUTO,
    workers: Annotated[
        int | None,
        typer.Option(
            help="Analyse an export in parts, by so many processes, into Parquet data sets. One of more "
            "threads than a report can show is analysed so in any case, by a process a core, at most 4.",
            metavar="N",
            min=1,
            show_default=False,
        ),
    ] = None,
    resume: Annotated[
        bool, typer.Option("--resume", help="Go on with a run over a dump that was stopped.")
    ] = False,
    engine: Annotated[
        str | None,
        typer.Option(
            help="Who analyses the parts of a dump: `local`, or `dask` for a cluster (extra `cluster`).",
            metavar="ENGINE",
            show_default="local",
        ),
    ] = None,
    scheduler: Annotated[
        str | None,
        typer.Option(help="Address of the Dask scheduler.", metavar="ADDRESS", show_default=False),
    ] = None,
    parts: Annotated[
        int | None,
        typer.Option(
            help="Into how many parts a dump is dealt out, at most 10,000.",
            metavar="N",
            min=1,
            max=10_000,
            show_default="by its size",
        ),
    ] = None,
    pdf: Annotated[bool, PDF] = False,
    show: Annotated[bool, OPEN] = False,
    seed: Annotated[int, typer.Option(help="Kept in run.json; nothing is drawn at random yet.")] = 0,
) -> None:
    """Analyse pages of reader comments: write a report and labelled tables for each.

    Writes OUT/NAME/report.html, OUT/NAME/run.json and OUT/NAME/tables/*.csv, and
    OUT/index.html for several pages. Exits with 2 when no source holds a comment.

    Example:  discourse analyze page.txt --out reports --target "Harbour plan=the plan,the scheme"

    With people's corrections:  discourse analyze page.txt --with reports/page --out corrected

    To show others:  discourse analyze page.txt --pseudonyms ~/names.key --no-verbatim

    A dump, on two cores:  discourse analyze dump.jsonl.zst --out year --workers 2

    It is analysed in parts, in bounded memory: OUT/TABLE/part-*.parquet, OUT/report.html over all threads,
    OUT/run.json. Stopped by Ctrl-C or a crash it goes on with --resume; a second run over a dump that has
    grown analyses what is new.
    """
    from discourse.analysis.registry import ANALYZERS  # noqa: PLC0415
    from discourse.analysis.stance.given import parse_targets, read_targets  # noqa: PLC0415
    from discourse.pipeline import Settings, folder_names, run_pipeline  # noqa: PLC0415 - --help must not import pandas

    wanted = column_option(columns)
    with mendable():
        given = parse_targets(target or ())
        if targets is not None:
            given = given.joined(read_targets(targets))
        settings = Settings(
            seed=seed,
            columns=wanted,
            targets=given,
            lexicons=lexicons,
            context=_articles(context or ()),
            pseudonyms=pseudonyms,
            verbatim=not no_verbatim,
            reviews=tuple(review or ()),
            labels=labels.value,
        )
        asked = resume or any(option is not None for option in (workers, engine, scheduler, parts))
        in_parts = are_dumps(sources, wanted, asked=asked)
        if in_parts:
            _check_for_dumps(given={"--context": context, "--with": review, "--pdf": pdf, "--open": show})
    if in_parts:
        return analyze_dump(
            sources,
            out=out or str(Path("reports") / folder_names([Path(sources[0])])[0]),
            settings=settings.settled_for(MANY),
            workers=workers or workers_here(),
            engine=engine or "local",
            scheduler=scheduler,
            parts=parts,
            resume=resume,
        )
    with mendable():
        steps = len(ANALYZERS) + _OTHER_STEPS
        with progress_line(steps * len(sources)) as progress:
            paths = list(map(Path, sources))
            run = run_pipeline(paths, out=Path(out or "reports"), settings=settings, progress=progress)
    _tell(run, [one.name for one in given.targets])
    if not run.found:
        raise typer.Exit(code=MENDABLE)
    pages = [result.folder / "report.html" for result in run.found if result.folder is not None]
    with mendable():
        follow_up([*pages, *([run.index] if run.index is not None else [])], pdf=pdf, show=show)


def _tell(run: "Run", named: list[str]) -> None:
    """Say what became of each source, and what was asked for in vain."""
    for result in run.results:
        if result.problem is not None:
            typer.echo(f"discourse: {printable(result.problem)}", err=True)
    for result in run.found[:_SHOWN]:
        for line in _summary(result, brief=len(run.found) > 1):
            typer.echo(line)
    if len(run.found) > _SHOWN:
        typer.echo(f"\nand {len(run.found) - _SHOWN} more, in the overview")
    for name in _unmentioned(run.found, named):
        typer.echo(f"discourse: no post of these sources mentions {printable(name)!r}", err=True)
    for path in run.idle_reviews:
        typer.echo(f"discourse: {printable(str(path))} is a review of none of these sources", err=True)
    if run.index is not None and run.found:
        typer.echo(
            f"\n{len(run.found)} of {len(run.results)} sources hold comments: {printable(str(run.index))}"
        )
    if run.older_index is not None and run.found:
        older = printable(str(run.older_index))
        typer.echo(f"discourse: {older} is the overview of an earlier run, left as it was", err=True)


def _check_for_dumps(given: Mapping[str, object]) -> None:
    """Refuse what is for single pages."""
    for option in (name for name, value in given.items() if value):
        raise DiscourseError(
            where=option,
            problem="it is for pages, and a dump is analysed in parts",
            fix="Leave it out; `discourse report DIR --thread ID` draws, prints and opens one thread",
        )


def _articles(names: Sequence[str]) -> tuple[Path, ...]:
    """Return the files of `--context`; an empty name would be read as the folder one stands in."""
    if not all(name.strip() for name in names):
        raise UnreadableSourceError(
            where="--context", problem="the name is empty", fix="Name an article, or leave --context out"
        )
    return tuple(map(Path, names))


def _unmentioned(results: "tuple[Result, ...]", given: list[str]) -> list[str]:
    return [name for name in given if results and not any(_mentions(result, name) for result in results)]


def _mentions(result: "Result", name: str) -> bool:
    return result.shown.get(name, name) in set(result.tables["targets"]["target"])


def _summary(result: "Result", *, brief: bool) -> list[str]:
    from discourse.summary import headlines, in_brief  # noqa: PLC0415

    lines = ["", printable(str(result.source))]
    told = in_brief(result.tables) if brief else headlines(result.tables)
    lines += [f"  {name:<16} {printable(words)}" for name, words in told]
    assert result.folder is not None  # noqa: S101 - only found results are shown
    if not brief:
        lines.append(f"  {'labels':<16} {_LABELS.get(result.labels, result.labels)}")
    return [*lines, f"  {'report':<16} {printable(str(result.folder / 'report.html'))}"]
