"""An earlier run as it may be shown to others: with pseudonyms for names, or without texts."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from discourse.errors import DiscourseError
from discourse.privacy import Key, Pseudonyms, key_at, without_texts
from discourse.stored.drawing import Change, joined_record
from discourse.stored.runs import StoredRun
from discourse.tables import Tables


def in_private(run: Path, *, pseudonyms: Path | None, verbatim: bool) -> Change:
    """Return what makes the sources of a run fit to be shown.

    Parameters
    ----------
    run
        Where it stands: the key must lie elsewhere.
    pseudonyms
        The file of the key, made where it is missing; None for names as they are.
    verbatim
        Whether texts stay.

    Raises
    ------
    DiscourseError
        Where the file holds no key or lies in the run, or the run bears pseudonyms of another one.
    """
    if pseudonyms is not None and run.resolve() in pseudonyms.resolve().parents:
        raise DiscourseError(
            where=str(pseudonyms),
            problem="the key lies among the results, and whoever gets them could test names with it",
            fix=f"Keep it outside {run}",
        )
    key = None if pseudonyms is None else key_at(pseudonyms)
    return lambda stored: _private(stored, key, verbatim=verbatim)


def _private(stored: StoredRun, key: Key | None, *, verbatim: bool) -> StoredRun:
    settings = stored.record.get("settings")
    settings = dict(settings) if isinstance(settings, Mapping) else {}
    tables = stored.tables
    if key is not None and _is_new(stored, settings, key):
        names = Pseudonyms(tables, key)
        tables = names.tables(tables)
        settings = {**_rewritten(settings, names), "pseudonyms": key.fingerprint}
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


def _rewritten(value: Any, names: Pseudonyms) -> Any:
    """Exchange names within the settings, where a target by hand may be an author."""
    if isinstance(value, str):
        return names.text(value)
    if isinstance(value, Mapping):
        return {names.text(str(key)): _rewritten(one, names) for key, one in value.items()}
    return [_rewritten(one, names) for one in value] if isinstance(value, list) else value


def _sources(tables: Tables) -> list[dict[str, str]]:
    table = tables["sources"]
    own = table[table["source_id"].isin(tables.sources_of_posts())]
    return [{"uri": str(row["uri"]), "sha256": str(row["sha256"])} for row in own.to_dict("records")]
