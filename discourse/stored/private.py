"""An earlier run as it may be shown to others: with pseudonyms for names, or without texts."""

from collections.abc import Callable, Mapping
from functools import cache, partial
from pathlib import Path
from typing import Any

from discourse.analysis.stance.given import KINDS, GivenTarget, GivenTargets
from discourse.errors import DiscourseError
from discourse.privacy import Key, Pseudonyms, check_apart, key_at, without_texts
from discourse.results import INDEX
from discourse.stored.records import Change, joined_record
from discourse.stored.runs import StoredRun, run_folders
from discourse.tables import Tables


def in_private(run: Path, *, pseudonyms: Path | None, verbatim: bool, out: Path | None = None) -> Change:
    """Return what makes the sources of a run fit to be shown.

    Parameters
    ----------
    run
        Where it stands: the key must lie neither in it nor beside it.
    pseudonyms
        The file of the key, made where it is missing when the first source is changed; None for names as
        they are.
    verbatim
        Whether texts stay.
    out
        The page that is drawn instead of the run's own; the key must not lie beside it either.

    Raises
    ------
    DiscourseError
        Where no run stands there or the key lies among results. What is returned raises where the file holds
        no key, or the run bears pseudonyms of another one.
    """
    if pseudonyms is not None:
        _check_apart(pseudonyms, run, out)
    return change_for(pseudonyms=pseudonyms, verbatim=verbatim)


def change_for(*, pseudonyms: Path | None, verbatim: bool) -> Change:
    """Return what makes tables fit to be shown, wherever they stand (see `in_private`, which checks that)."""
    if pseudonyms is None:
        return partial(_private, key=lambda: None, verbatim=verbatim)
    return partial(_private, key=cache(partial(key_at, pseudonyms)), verbatim=verbatim)


def _check_apart(key: Path, run: Path, out: Path | None) -> None:
    """Make sure that a key lies neither in a run, nor beside its folder or a page drawn elsewhere."""
    within, beside = [run], [] if out is None else [out.parent]
    if run_folders(run) == [run]:  # of one source, maybe among several
        parent = run.resolve().parent
        (within if (parent / INDEX).is_file() else beside).append(parent)
    check_apart(key, within=within, beside=beside)


def _private(stored: StoredRun, *, key: Callable[[], Key | None], verbatim: bool) -> StoredRun:
    settings = stored.record.get("settings")
    settings = dict(settings) if isinstance(settings, Mapping) else {}
    tables = stored.tables
    known = key()
    if known is not None and _is_new(stored, settings, known):
        names = Pseudonyms(tables, known)
        tables = names.tables(tables)
        targets = _targets(settings.pop("targets", None), names)
        settings = {**settings, **targets, "pseudonyms": known.fingerprint}
    if not verbatim:
        tables = without_texts(tables)
        settings["verbatim"] = False
    if tables is stored.tables:
        return stored
    record = {**stored.record, "settings": settings, "sources": _sources(tables)}
    return StoredRun(stored.folder, tables, joined_record([record]))


def _is_new(stored: StoredRun, settings: Mapping[str, Any], key: Key) -> bool:
    """Say whether names are still to be exchanged."""
    known = settings.get("pseudonyms")
    if known not in (None, key.fingerprint):
        raise DiscourseError(
            where=str(stored.folder),
            problem=f"it bears the pseudonyms of another key ({known}) already",
            fix="Leave --pseudonyms out, or analyse its source again",
        )
    return known is None


def _targets(said: Any, names: Pseudonyms) -> dict[str, object]:
    """Return what a record says of targets with pseudonyms: one that a user named may be an author.

    What is there and not as our records have it is left out.
    """
    said = said if isinstance(said, Mapping) else {}
    given = said.get("given")
    given = given if isinstance(given, Mapping) else {}
    targets = tuple(_target(str(name), entry) for name, entry in given.items())
    return GivenTargets(targets, find=said.get("find") is not False).renamed(names.text).settings()


def _target(name: str, entry: object) -> GivenTarget:
    entry = entry if isinstance(entry, Mapping) else {}
    aliases, kind = entry.get("aliases"), entry.get("kind")
    texts = tuple(map(str, aliases)) if isinstance(aliases, list) else ()
    return GivenTarget(name, texts, kind if kind in KINDS else None)


def _sources(tables: Tables) -> list[dict[str, str]]:
    table = tables["sources"]
    own = table[table["source_id"].isin(tables.sources_of_posts())]
    return [{"uri": str(row["uri"]), "sha256": str(row["sha256"])} for row in own.to_dict("records")]
