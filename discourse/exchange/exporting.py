"""`discourse export`: runs in, one format out, with its card, whole or not at all."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path

from msgspec import Struct

from discourse.errors import DiscourseError
from discourse.exchange.card import CARD, FACTS, card_facts, card_page
from discourse.exchange.corpus import Choice, Corpus, Tally
from discourse.exchange.formats import FORMATS, ExportOptions, Format, format_named
from discourse.exchange.places import FilePlace, FolderPlace, digests
from discourse.stored.runs import is_run, run_folders

# endings that a folder's name has by mistake
_FILES = frozenset(
    ".csv .tsv .json .jsonl .parquet .db .sqlite .xml .txt .gexf .graphml .xmi .zip .ann .conll .xlsx".split()
)


class Exported(Struct, frozen=True):
    """What an export wrote."""

    out: Path
    card: Path
    tally: Tally
    run_ids: tuple[str, ...]
    stale: int = 0  # decisions of people that were left out, as the texts are others now


def export_runs(
    runs: Sequence[Path],
    *,
    to: str,
    out: Path,
    choice: Choice | None = None,
    options: ExportOptions | None = None,
    progress: Callable[[int], None] = lambda _posts: None,
) -> Exported:
    """Write the posts and labels of some runs in one format.

    Parameters
    ----------
    to
        A name of `FORMATS`.
    out
        A folder; or a file, where the format has one that holds it all and `out` ends as that does: its card
        then stands beside it as `NAME.card.md` and `NAME.card.json`, and whatever else the format writes as
        `NAME.THAT`. An earlier export is replaced, unless somebody has worked in it since.
    choice, options
        Which posts and labels, and how.
    progress
        Called with the number of posts written, now and then.

    Raises
    ------
    DiscourseError
        Where a run cannot be read, nothing is chosen, a label does not stand where its row says, a format
        cannot hold a text, or `out` cannot be written or holds what no export wrote.
    """
    fmt, options = format_named(to), options or ExportOptions()
    writer, place = fmt.writer(), _place(fmt, out)
    _check_options(fmt, options)
    _check_apart(out, runs)
    place.check()
    with Corpus(runs, choice, progress) as corpus, place.filled() as folder:
        written = writer(corpus, folder, options)
        if not corpus.tally.posts:
            raise DiscourseError(
                where=f"--to {fmt.name}",
                problem="no post is left to export",
                fix="Choose more, or another run",
            )
        (folder / CARD).write_text(card_page(corpus, fmt, options, written), encoding="utf-8")
        facts = {**card_facts(corpus, fmt, options), "files": digests(folder)}
        text = json.dumps(facts, indent=2, ensure_ascii=False)
        (folder / FACTS).write_text(text + "\n", encoding="utf-8")
    return Exported(out, place.card, corpus.tally, tuple(corpus.run_ids), corpus.stale)


def _place(fmt: Format, out: Path) -> FolderPlace | FilePlace:
    ending = out.suffix.lower()
    if fmt.main is not None and ending == Path(fmt.main).suffix:
        return FilePlace(out, fmt.main)
    if ending in _FILES:
        ends = "" if fmt.main is None else f"; its one file ends in {Path(fmt.main).suffix}"
        raise DiscourseError(
            where=str(out),
            problem=f"{fmt.name} goes into a folder, and this is the name of a file{ends}",
            fix="Give a folder's name",
        )
    return FolderPlace(out)


def _check_options(fmt: Format, options: ExportOptions) -> None:
    if options.spreadsheet_safe and not fmt.is_csv:
        names = ", ".join(one.name for one in FORMATS.values() if one.is_csv)
        raise DiscourseError(
            where="--spreadsheet-safe",
            problem=f"{fmt.name} is no CSV",
            fix=f"Leave it out, or take one of {names}",
        )


def _check_apart(out: Path, runs: Sequence[Path]) -> None:
    """Make sure that an export would stand in no run's folder, which the next analysis replaces."""
    within = {folder.resolve() for run in runs for folder in run_folders(run)}
    within |= {folder for folder in (out.resolve(), *out.resolve().parents) if is_run(folder)}
    if within & {out.resolve(), *out.resolve().parents}:
        raise DiscourseError(
            where=str(out),
            problem="the export would stand among what an analysis wrote, which is replaced as a whole",
            fix="Give an --out outside of the run's folder",
        )
