"""`discourse export`: runs in, one format out, with its card, whole or not at all."""

import json
import shutil
import tempfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from discourse.errors import DiscourseError
from discourse.exchange.card import CARD, FACTS, GENERATOR, card_facts, card_page
from discourse.exchange.corpus import Choice, Corpus, Tally
from discourse.exchange.formats import ExportOptions, Format, format_named
from discourse.replacing import replaced, unwritable
from discourse.results import check_apart_from_runs
from discourse.stored.runs import run_folders


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export wrote."""

    out: Path
    card: Path
    tally: Tally
    run_ids: tuple[str, ...]


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
        `NAME.THAT`. An earlier export is replaced.
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
    writer = fmt.writer()
    is_file = fmt.main is not None and out.suffix.lower() == Path(fmt.main).suffix
    _check_place(out, runs)
    _check_file(out) if is_file else _check_folder(out)
    with Corpus(runs, choice, progress) as corpus:

        def fill(folder: Path) -> None:
            written = writer(corpus, folder, options)
            if not corpus.tally.posts:
                raise DiscourseError(
                    where="--to " + fmt.name,
                    problem="no post is left to export",
                    fix="Choose more, or another run",
                )
            facts = json.dumps(card_facts(corpus, fmt, options), indent=2, ensure_ascii=False)
            (folder / FACTS).write_text(facts + "\n", encoding="utf-8")
            (folder / CARD).write_text(card_page(corpus, fmt, options, written), encoding="utf-8")

        if is_file:
            _write_file(fmt, out, fill)
        else:
            with replaced(out, lambda: _check_folder(out)) as partial:
                fill(partial)
        card = _beside(out)[0] if is_file else out / CARD
        return Exported(out, card, corpus.tally, tuple(corpus.run_ids))


def _write_file(fmt: Format, out: Path, fill: Callable[[Path], None]) -> None:
    """Move the one file that counts to its place, and the card beside it."""
    partial = None
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        partial = Path(tempfile.mkdtemp(prefix=f".{out.name}.", suffix=".part", dir=out.parent))
        fill(partial)
        _check_file(out)
        for name, place in zip((CARD, FACTS), _beside(out), strict=True):
            (partial / name).replace(place)
        (partial / str(fmt.main)).replace(out)
        for other in sorted(partial.iterdir()):  # such as descriptions of columns
            other.replace(out.with_name(f"{out.name}.{other.name}"))
    except OSError as error:
        raise unwritable(out, error) from error
    finally:
        if partial is not None:
            shutil.rmtree(partial, ignore_errors=True)


def _beside(out: Path) -> tuple[Path, Path]:
    return out.with_name(out.name + ".card.md"), out.with_name(out.name + ".card.json")


def _check_place(out: Path, runs: Sequence[Path]) -> None:
    """Make sure that an export would stand in no run's folder, which the next analysis replaces."""
    check_apart_from_runs(out / "x")
    check_apart_from_runs(out)
    for folder in (folder for run in runs for folder in run_folders(run)):
        if folder.resolve() in (out.resolve(), *out.resolve().parents):
            raise DiscourseError(
                where=str(out),
                problem="the export would stand among what an analysis wrote, which is replaced as a whole",
                fix="Give an --out outside of the run's folder",
            )


def _check_folder(out: Path) -> None:
    """Make sure that a folder may go here: nothing stands here, an empty folder, or an earlier export."""
    try:
        is_free = not out.exists() or (out.is_dir() and (not any(out.iterdir()) or _is_ours(out / FACTS)))
    except OSError as error:
        raise unwritable(out, error) from error
    if not is_free:
        raise _taken(out)


def _check_file(out: Path) -> None:
    if out.is_dir() or (out.exists() and not _is_ours(_beside(out)[1])):
        raise _taken(out)


def _is_ours(facts: Path) -> bool:
    with suppress(OSError, ValueError, RecursionError):
        known = json.loads(facts.read_text(encoding="utf-8"))
        return isinstance(known, dict) and known.get("generator") == GENERATOR
    return False


def _taken(out: Path) -> DiscourseError:
    return DiscourseError(
        where=str(out),
        problem="the export would go here, and what stands here is none",
        fix="Move it away or give another --out",
    )
