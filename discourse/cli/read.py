"""`discourse read`: sources in, posts and who answers whom out, without the analysis."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from discourse.cli.common import MENDABLE, column_option, printable, read_progress
from discourse.errors import DiscourseError

if TYPE_CHECKING:
    from discourse.model import Post
    from discourse.reading import Tally

_TEXT = 60  # characters of a line that are shown
_DEFAULT_OUT = Path("reports")


def read(
    sources: Annotated[
        list[Path],
        typer.Argument(
            metavar="SOURCE...",
            help="Pasted pages, saved HTML pages, exports and dumps (plain or .gz, .zst, .bz2, .xz).",
            show_default=False,
        ),
    ],
    out: Annotated[
        Path | None,
        typer.Option(help="Folder for the tables, one a source.  [default: reports]", show_default=False),
    ] = None,
    explain: Annotated[
        bool,
        typer.Option(
            "--explain", help="Print what each line was taken for and why; write nothing but with --out."
        ),
    ] = False,
    columns: Annotated[
        str | None,
        typer.Option(
            help="Which fields of an export hold what (author, text, id, parent, thread, time), by name or "
            "by the column's number from 1. Pages have none.",
            metavar="author=NAME,text=NAME,…",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Read sources into posts, reply links and quotations, without analysing them.

    Writes OUT/NAME/tables/*.csv (sources, posts, links, articles, annotations of the layer
    quote, faults) and OUT/NAME/run.json. Exits with 2 when no source holds a comment.

    Example:  discourse read page.html dump.jsonl.zst --out read

    Example:  discourse read page.txt --explain

    Example:  discourse read talk.csv --columns "author=2,text=Comment text,parent=answers"
    """
    from discourse.pipeline import folder_names  # noqa: PLC0415 - --help must not import pandas

    wanted = column_option(columns)
    found = 0
    for source, name in zip(sources, folder_names(sources), strict=True):
        try:
            if explain:
                _explain(source, wanted)
            if out is not None or not explain:
                _write(source, (out or _DEFAULT_OUT) / name, wanted)
            found += 1
        except DiscourseError as error:
            typer.echo(f"discourse: {printable(str(error))}", err=True)
    if not found:
        raise typer.Exit(code=MENDABLE)


def _write(source: Path, folder: Path, columns: dict[str, str]) -> None:
    from discourse.reading import read_to_folder  # noqa: PLC0415
    from discourse.results import make_folder  # noqa: PLC0415

    make_folder(folder.parent)
    with read_progress(source.name) as progress:
        tally = read_to_folder(source, folder, columns=columns, progress=progress)
    for line in _summary(source, folder, tally):
        typer.echo(line)


def _summary(source: Path, folder: Path, tally: "Tally") -> Iterator[str]:
    yield ""
    yield printable(str(source))
    stated = "the source states no number" if tally.stated is None else f"{tally.stated:,} stated"
    kinds = ", ".join(f"{number:,} {kind}" for kind, number in sorted(tally.links.items()))
    facts = [
        ("posts", f"{tally.posts:,} found, {stated}"),
        ("authors", f"{tally.authors:,}"),
        ("threads", f"{tally.threads:,}"),
        ("reader", f"{tally.reader} (score {tally.reader_score:.2f})"),
        ("reply links", f"{tally.links.total():,}: {kinds}" if kinds else "none"),
        ("quotations", f"{tally.quotations:,}"),
    ]
    told = [f"{number:,} {name.replace('_', ' ')}" for name, number in tally.counts.items() if number]
    if told:
        facts.append(("of these", ", ".join(told)))
    if tally.faults:
        facts.append(("faults", f"{tally.faults:,}, see tables/faults.csv"))
    for name, words in [*facts, ("tables", str(folder / "tables"))]:
        yield f"  {name:<16} {printable(words)}"


def _explain(source: Path, columns: dict[str, str]) -> None:
    from discourse.reading import explain_source  # noqa: PLC0415

    rows, posts = explain_source(source, columns=columns)
    typer.echo(f"{'where':<8} {'kind':<10} {'post':>5}  {'what stands there':<{_TEXT}}  why")
    for row in rows:
        number = "" if row.post is None else f"#{row.post}"
        shown = f"{row.kind:<10} {number:>5}  {_clipped(row.text):<{_TEXT}}"
        typer.echo(f"{printable(row.place):<8} {shown}  {printable(row.reason)}")
    if not posts:
        return
    typer.echo(f"\n{'post':>6} {'begins':>7}  {'answers':<24} {'rests on':<9} {'sure':>5}  author")
    places = {post.post_id: post.position for post in posts}
    for post in posts:
        typer.echo(_link_line(post, places))


def _link_line(post: "Post", places: dict[str, int]) -> str:
    answers = post.reply_to or "–"
    answers = f"#{places[answers]}" if answers in places else answers
    shown = f"{f'#{post.position}':>6} {_share(post.split_score):>7}  {_clipped(answers):<24}"
    return f"{shown} {post.reply_evidence:<9} {_share(post.reply_score):>5}  {_clipped(post.author)}"


def _share(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}"


def _clipped(text: str) -> str:
    shown = printable(text[: _TEXT + 1])
    return shown if len(shown) <= _TEXT else f"{shown[: _TEXT - 1]}…"
