"""`discourse sample`: which posts to label next."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from discourse.cli.common import mendable, printable, read_progress

if TYPE_CHECKING:
    from discourse.labels.sampling.drawing import Sample

_MOST = 3  # runs that are named for a review


def sample(
    runs: Annotated[
        list[Path],
        typer.Argument(metavar="RUN...", help="Folders that `discourse analyze` wrote.", show_default=False),
    ],
    *,
    out: Annotated[
        Path, typer.Option(help="Where the list goes: .csv or .jsonl.", metavar="FILE", show_default=False)
    ],
    number: Annotated[int, typer.Option("--n", help="How many posts.", metavar="N")] = 200,
    by: Annotated[
        str, typer.Option(help="uncertainty, diversity, random or disagreement.", metavar="WAY")
    ] = "uncertainty",
    layer: Annotated[
        list[str] | None,
        typer.Option(
            help="What is to be labelled: quote, reply, stance, rhetoric, claim, link or split; may be given "
            "again. Without it all labels.",
            metavar="LAYER",
            show_default=False,
        ),
    ] = None,
    random_share: Annotated[
        float, typer.Option(help="Share of the random part, 0.1 to 1; 0 for none.", metavar="SHARE")
    ] = 0.25,
    seed: Annotated[int, typer.Option(help="The same seed draws the same posts.")] = 0,
    keep_coded: Annotated[
        bool, typer.Option("--keep-coded", help="Choose posts too that people have coded already.")
    ] = False,
) -> None:
    """List posts that are worth labelling next, a part of them drawn at random.

    uncertainty takes posts with a label of which its maker was in doubt: a score low among the scores of
    the same maker. disagreement takes posts on which makers differ, two people first, then a person and
    the machine; posts are among them that people have coded. diversity takes posts unlike each other in their
    words. All are spread over threads. The random part alone tells what share of all posts carries a
    label: its column probability is each post's chance to be drawn, and it is empty for the others. It is
    drawn from all posts, so that some of it may be coded already (column coded says for what) and be done.
    Rows stand in random order. Posts without text are left out.

    Example:  discourse sample reports/page --n 100 --by uncertainty --layer rhetoric --out next.csv
    """
    from discourse.exchange.corpus import Choice, Corpus  # noqa: PLC0415 - --help must not load the library
    from discourse.labels.sampling.asked import Asked  # noqa: PLC0415
    from discourse.labels.sampling.drawing import draw, rows_of  # noqa: PLC0415
    from discourse.labels.sampling.files import check_out, write_sample  # noqa: PLC0415

    layers = frozenset(name.strip() for names in layer or () for name in names.split(",") if name.strip())
    with mendable(), read_progress(out.name) as progress:
        asked = Asked(
            number=number,
            way=by,
            layers=layers,
            random_share=random_share,
            seed=seed,
            keeps_coded=keep_coded,
        )
        check_out(out)
        with Corpus(runs, Choice(layers=layers), progress) as corpus:
            drawn = draw(corpus.posts, asked)
            write_sample(rows_of(drawn, corpus.posts), out)
            folders = [folder for folder in corpus.folders if folder.name in drawn.runs]
    for line in _told(drawn, folders, out):
        typer.echo(line)


def _told(drawn: "Sample", folders: list[Path], out: Path) -> list[str]:
    from discourse.labels.sampling.drawing import RANDOM  # noqa: PLC0415

    asked, total, at_random = drawn.asked, len(drawn.part_of), drawn.count(RANDOM)
    lines = [
        f"{_posts(total)} from {drawn.threads:,} thread{'s' * (drawn.threads != 1)}: {printable(str(out))}"
    ]
    if chosen := total - at_random:
        lines.append(f"  {asked.way:<13} {_posts(chosen)}")
    if at_random:
        done = f"; {drawn.done:,} of them coded already" if drawn.done else ""
        lines.append(f"  {RANDOM:<13} {_posts(at_random)}, of {drawn.eligible:,} that could be drawn{done}")
    if drawn.coded and asked.way in ("uncertainty", "diversity"):
        lines.append(f"  left out of {asked.way}: {_posts(drawn.coded)} that people have coded")
    if drawn.empty:
        lines.append(f"  left out: {_posts(drawn.empty)} without text")
    if total < asked.number:
        lines.append(f"{asked.number:,} were asked for, and there are no more that can be drawn so.")
    lines += _reviews(folders, out)
    if at_random:
        lines.append('For shares of all posts, use the rows with the part "random" alone.')
    return lines


def _reviews(folders: list[Path], out: Path) -> list[str]:
    """Return how to review the sample: a review is of one run, so a line for each, and no more than a few."""
    begin, place = "Next: label them with  ", printable(str(out))
    lines = [f"discourse review {printable(str(folder))} --posts {place}" for folder in folders[:_MOST]]
    if len(folders) > _MOST:
        lines.append(f"and {len(folders) - _MOST:,} more")
    return [(" " * len(begin) if number else begin) + line for number, line in enumerate(lines)]


def _posts(number: int) -> str:
    return f"{number:,} post{'s' * (number != 1)}"
