"""`discourse analyze`: pages in, reports and labelled tables out."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from discourse.cli.common import MENDABLE, column_option, mendable, printable, progress_line
from discourse.cli.opening import OPEN, PDF, follow_up
from discourse.errors import UnreadableSourceError

if TYPE_CHECKING:
    from discourse.pipeline import Result

_OTHER_STEPS = 3  # reading, summary, writing
_SHOWN = 10  # of several sources, that are summed up in a few lines each


def analyze(
    sources: Annotated[
        list[Path],
        typer.Argument(
            metavar="SOURCE...",
            help="Pasted pages, saved HTML pages and exports (plain or .gz, .zst, .bz2, .xz).",
            show_default=False,
        ),
    ],
    *,
    out: Annotated[Path, typer.Option(help="Folder for the results, one folder a source.")] = Path("reports"),
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
    """
    from discourse.analysis.stance.given import parse_targets, read_targets  # noqa: PLC0415
    from discourse.pipeline import Settings, run_pipeline  # noqa: PLC0415 - --help must not import pandas

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
        )
        steps = len(settings.analyzers) + _OTHER_STEPS
        with progress_line(steps * len(sources)) as progress:
            run = run_pipeline(sources, out=out, settings=settings, progress=progress)
    for result in run.results:
        if result.problem is not None:
            typer.echo(f"discourse: {printable(result.problem)}", err=True)
    for result in run.found[:_SHOWN]:
        for line in _summary(result, brief=len(run.found) > 1):
            typer.echo(line)
    if len(run.found) > _SHOWN:
        typer.echo(f"\nand {len(run.found) - _SHOWN} more, in the overview")
    for name in _unmentioned(run.found, [one.name for one in given.targets]):
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
    if not run.found:
        raise typer.Exit(code=MENDABLE)
    pages = [result.folder / "report.html" for result in run.found if result.folder is not None]
    with mendable():
        follow_up([*pages, *([run.index] if run.index is not None else [])], pdf=pdf, show=show)


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
    return [*lines, f"  {'report':<16} {printable(str(result.folder / 'report.html'))}"]
