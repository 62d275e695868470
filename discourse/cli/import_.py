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
            "of several. May be repeated.",
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
            "user-1=ann. May be repeated.",
            metavar="OLD=NEW",
            show_default=False,
        ),
    ] = None,
    looked_for: Annotated[
        list[str] | None,
        typer.Option(
            help="Layers that the people of the file looked for in every post of it, with commas between: "
            "where they gave no label, there is none. Without it nothing but the labels is taken, unless the "
            "file says.",
            metavar="LAYER,…",
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
    new_labels: Annotated[
        bool, typer.Option("--new-labels", help="Take markers of your own; else they are typing errors.")
    ] = False,
    replace: Annotated[
        bool,
        typer.Option(
            "--replace",
            help="Withdraw also what a person gave in review and the file has no longer, where it says that "
            "he or she looked for it.",
        ),
    ] = False,
) -> None:
    """Take labels of people into the journal beside a run, as rows of `human:NAME`.

    Posts are matched by id, else by text, and each place is checked against its words; where the other
    program counted code units, or changed line ends, it is put right. Nothing is overwritten: the run's
    tables stay, and the journal (RUN.review.sqlite, beside the run's folder) is only ever added to. What an
    earlier import of the same person had, and this file has no longer, is withdrawn where the file says, or
    --looked-for, that the person looked for it. Then `discourse agreement` holds people against each other
    and the machine, and `discourse analyze --with` lets them overrule it.

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
                looked_for=_layers(looked_for or []),
                skip_refused=skip_refused,
                allows_new=new_labels,
                replace=replace,
                progress=progress,
            )
        for person in sorted(done.posts):
            if person in done.known:
                typer.echo(f"  {printable(person):<16} nothing new: this was imported before")
                continue
            typer.echo(
                f"  {printable(person):<16} {_counted(done.labels[person], 'label')} on "
                f"{_counted(done.posts[person], 'post')}, {_looked(done.read[person])}"
            )
        if done.put_right:
            typer.echo(
                f"  {'put right':<16} {_counted(done.put_right, 'place')} that the file counts otherwise"
            )
        if done.withdrawn:
            typer.echo(f"  {'withdrawn':<16} {_counted(done.withdrawn, 'label')} that the file has no longer")
        if done.besides:
            besides = (
                f"{_counted(done.besides, 'label')} given otherwise that the file does not have (--replace)"
            )
            typer.echo(f"  {'stand besides':<16} {besides}")
        if done.of_machine:
            typer.echo(f"  {'left alone':<16} {_counted(done.of_machine, 'label')} of the machine's own")
        for path in done.journals:
            typer.echo(f"  {'journal':<16} {printable(str(path))}")
        for folder in run:
            typer.echo(f"Next:  discourse agreement {printable(str(folder))}")
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


def _looked(posts: int) -> str:
    return (
        f"of which {posts:,} read for what is not there too" if posts else "nothing said of what is not there"
    )


def _layers(given: list[str]) -> list[str]:
    return [part.strip() for word in given for part in word.split(",") if part.strip()]
