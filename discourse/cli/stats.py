"""`discourse stats`: a run in, counts out."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from discourse.cli.common import mendable, printable

_LIST = "X,…"


def _listed(words: list[str] | None) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(part.strip() for word in words or () for part in word.split(",") if part.strip())
    )


def stats(
    run: Annotated[
        Path,
        typer.Argument(
            metavar="DIR",
            help="Folder of a run: over a dump, of one source or of several.",
            show_default=False,
        ),
    ],
    *,
    counted: Annotated[
        str | None,
        typer.Option(
            "--count",
            help="What is counted: posts, labels, loops or threads. Otherwise what the rest asks for.",
            show_default=False,
        ),
    ] = None,
    by: Annotated[
        list[str] | None,
        typer.Option(
            help="Count by these: year, month, week, day, thread, lang; of labels also layer, label, marker, "
            "stance, target, claim, maker; of loops kind, state, topic.",
            metavar=_LIST,
            show_default=False,
        ),
    ] = None,
    layer: Annotated[
        list[str] | None,
        typer.Option(
            help="Only labels of these layers: quote, reply, stance, rhetoric, claim.",
            metavar=_LIST,
            show_default=False,
        ),
    ] = None,
    label: Annotated[
        list[str] | None,
        typer.Option(
            help="Only these labels, such as sarcasm or disagree.", metavar=_LIST, show_default=False
        ),
    ] = None,
    target: Annotated[
        list[str] | None,
        typer.Option(
            help="Only labels with this target, great or small; may be given again.", show_default=False
        ),
    ] = None,
    maker: Annotated[
        list[str] | None,
        typer.Option(help="Only labels by this maker, such as human:ann.", show_default=False),
    ] = None,
    kind: Annotated[
        list[str] | None,
        typer.Option(help="Only loops of these kinds.", metavar=_LIST, show_default=False),
    ] = None,
    state: Annotated[
        list[str] | None,
        typer.Option(help="Only loops that end so, such as open.", metavar=_LIST, show_default=False),
    ] = None,
    since: Annotated[
        str,
        typer.Option(
            help="Only posts of this year, month or day and later; of loops and threads their first post's. "
            "Posts without a time are left out.",
            metavar="TIME",
            show_default=False,
        ),
    ] = "",
    until: Annotated[
        str,
        typer.Option(help="Only posts up to the end of it.", metavar="TIME", show_default=False),
    ] = "",
    thread: Annotated[
        list[str] | None,
        typer.Option(help="Only this thread; may be given again.", metavar="T", show_default=False),
    ] = None,
    lang: Annotated[
        list[str] | None,
        typer.Option(
            help="Only posts in these languages, such as en or unknown.", metavar=_LIST, show_default=False
        ),
    ] = None,
    order: Annotated[
        str, typer.Option(help="Order of rows: count or name; of times it is the name.", show_default=False)
    ] = "",
    limit: Annotated[int | None, typer.Option(help="At most so many rows.", show_default=False)] = None,
    sql: Annotated[
        str | None,
        typer.Option(
            help="A SELECT of your own over posts, annotations, threads and all other tables, in DuckDB's "
            "SQL; it reads nothing but the run.",
            show_default=False,
        ),
    ] = None,
    form: Annotated[
        str | None,
        typer.Option(
            "--format",
            help="table, csv, json, jsonl or parquet; otherwise that of --out.",
            show_default=False,
        ),
    ] = None,
    out: Annotated[
        Path | None, typer.Option(help="Write a new file instead.", metavar="FILE", show_default=False)
    ] = None,
    spreadsheet_safe: Annotated[
        bool,
        typer.Option(
            "--spreadsheet-safe", help="Write CSV in which no spreadsheet runs a cell as a formula."
        ),
    ] = False,
    workers: Annotated[int, typer.Option(min=1, help="Threads that count.")] = 2,
    memory: Annotated[
        int, typer.Option(min=40, help="MB that counting may take before it goes on disk.", metavar="MB")
    ] = 120,
) -> None:
    """Count what a run holds: posts, labels, loops or threads, by what you ask for.

    Without a question it prints an overview. Labels come with their rate per 100 posts and an interval of
    95 % that takes threads, not posts, as what was drawn. Posts without a time count as unknown. People are
    told as a number of different names alone.

    Example:  discourse stats reports/dump --by marker,month --since 2021

    With SQL:  discourse stats reports/dump --sql "SELECT lang, count(*) FROM posts GROUP BY lang"
    """
    from discourse.errors import DiscourseError  # noqa: PLC0415
    from discourse.scale.asking.answers import answered, queried  # noqa: PLC0415 - --help loads nothing heavy
    from discourse.scale.asking.question import Question  # noqa: PLC0415
    from discourse.scale.asking.writing import check_out, format_for, lines_of, write_answer  # noqa: PLC0415

    question = Question(
        counted=counted or "",
        by=_listed(by),
        layers=_listed(layer),
        labels=_listed(label),
        targets=tuple(target or ()),
        makers=tuple(maker or ()),
        threads=tuple(thread or ()),
        langs=_listed(lang),
        kinds=_listed(kind),
        states=_listed(state),
        since=since,
        until=until,
        order=order,
        limit=limit,
    )
    with mendable():
        chosen = format_for(form, out)
        if sql is not None and not question.is_empty:
            raise DiscourseError(
                where="--sql", problem="other options ask for something too", fix="Say it in SQL"
            )
        if out is not None:
            check_out(out)
        asked = (
            answered(run, question, workers=workers, memory=memory)
            if sql is None
            else queried(run, sql, limit=limit, workers=workers, memory=memory)
        )
        with asked as answer:
            if out is not None:
                write_answer(
                    answer,
                    chosen,
                    out,
                    is_limited=limit is not None or chosen != "table",
                    is_safe=spreadsheet_safe,
                )
                typer.echo(f"  {'written':<16} {printable(str(out))}")
                return
            # a terminal is shown no sign that could move its cursor; a pipe gets the answer as it is
            is_seen = chosen == "table" or sys.stdout.isatty()
            for line in lines_of(answer, chosen, is_limited=limit is not None, is_safe=spreadsheet_safe):
                ended = line.rstrip("\r\n")
                typer.echo(printable(ended) + "\n" if is_seen else line, nl=False)
