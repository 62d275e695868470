"""`discourse import`: labels of people in, from the tools in which they were made."""

from pathlib import Path
from typing import Annotated

import typer

from discourse.cli.common import mendable, printable, read_progress


def import_(
    labels: Annotated[
        Path,
        typer.Argument(
            metavar="LABELS",
            help="The file or folder that the other program wrote, or an export that was worked on.",
            show_default=False,
        ),
    ],
    *,
    source: Annotated[
        str,
        typer.Option(
            "--from",
            help="Format: csv, jsonl, label-studio, doccano, inception, brat.",
            metavar="FORMAT",
            show_default=False,
        ),
    ],
    run: Annotated[
        list[Path],
        typer.Option(
            help="The run that the posts are of: a folder that `discourse analyze` wrote, of one source or "
            "of "
            "several. May be repeated.",
            metavar="RUN",
            show_default=False,
        ),
    ],
    annotator: Annotated[
        str | None,
        typer.Option(
            help="Who made the labels that the file gives to nobody, or to the machine and leaves standing.",
            metavar="NAME",
            show_default=False,
        ),
    ] = None,
    rename: Annotated[
        list[str] | None,
        typer.Option(
            help="What a person of the file is called here: Label Studio names accounts by number, "
            "user-1=ann. "
            "May be repeated.",
            metavar="OLD=NEW",
            show_default=False,
        ),
    ] = None,
    skip_refused: Annotated[
        bool,
        typer.Option(
            "--skip-refused",
            help="Take the labels that can be matched, and name the rest; else one that cannot stops all.",
        ),
    ] = False,
) -> None:
    """Take labels of people into the journal beside a run, as rows of `human:NAME`.

    Posts are matched by id and text, and each place is checked against its words; where the other program
    counted code units, or changed line ends, it is put right. Nothing is overwritten: the run's tables stay,
    and the journal (RUN.review.sqlite, beside the run's folder) is only ever added to. `discourse export`
    writes people's rows beside the machine's, `discourse agreement` holds them against each other, and
    `discourse analyze --with` lets them overrule the machine.

    Example:  discourse import project-1.json --from label-studio --run reports/page --annotator ann
    """
    from discourse.exchange.importing import import_labels  # noqa: PLC0415 - --help must not load the library

    with mendable():
        with read_progress(labels.name) as progress:
            done = import_labels(
                labels,
                source=source,
                runs=run,
                annotator=annotator,
                names=_names(rename or []),
                skip_refused=skip_refused,
                progress=progress,
            )
        for person in sorted(done.posts):
            typer.echo(
                f"  {printable(person):<16} {_counted(done.labels[person], 'label')} on "
                f"{_counted(done.posts[person], 'post')}"
            )
        if done.put_right:
            typer.echo(
                f"  {'put right':<16} {_counted(done.put_right, 'place')} that the file counts otherwise"
            )
        if done.withdrawn:
            typer.echo(
                f"  {'withdrawn':<16} {_counted(done.withdrawn, 'label')} of an earlier import, no longer "
                "in the file"
            )
        if done.of_machine:
            typer.echo(f"  {'left alone':<16} {_counted(done.of_machine, 'label')} of the machine's own")
        for path in done.journals:
            typer.echo(f"  {'journal':<16} {printable(str(path))}")
        for line in done.refused:
            typer.echo(f"discourse: left out: {printable(line)}", err=True)


def _counted(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def _names(given: list[str]) -> dict[str, str]:
    from discourse.errors import DiscourseError  # noqa: PLC0415

    pairs = [word.partition("=") for word in given]
    if wrong := [old for old, sign, new in pairs if not (old.strip() and sign and new.strip())]:
        raise DiscourseError(
            where="--rename", problem=f"{wrong[0]!r} is given no other name", fix="Write it as user-1=ann"
        )
    return {old: new for old, _, new in pairs}
