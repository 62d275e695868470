"""Pages of an earlier run drawn again from its tables and its record alone."""

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from discourse.errors import DiscourseError
from discourse.provenance import sha256_of
from discourse.report import IndexEntry, render_index, render_report
from discourse.results import INDEX, REPORT, check_index, check_page, write_index, write_page
from discourse.stored.runs import StoredRun, read_run, run_folders
from discourse.tables import Tables

Change = Callable[[StoredRun], StoredRun]  # what is to be done to a source's tables before they are drawn


def draw_again(run: Path, *, out: Path | None = None, change: Change = lambda stored: stored) -> list[Path]:
    """Draw the reports of an earlier run, and the overview where it has several, from its tables alone.

    Parameters
    ----------
    out
        Where to write instead, for a run of one source.
    change
        What to do to each source's tables and record first.

    Returns
    -------
    list
        The pages written, an overview last.

    Raises
    ------
    DiscourseError
        Where no run stands there, it is damaged, or a page cannot be written.
    """
    folders = run_folders(run)
    if out is not None and len(folders) > 1:
        problem = f"the run has {len(folders)} sources and so as many reports"
        raise DiscourseError(where="--out", problem=problem, fix="Leave it out, or name one source's folder")
    places = [out or folder / REPORT for folder in folders]
    overview = run / INDEX if folders != [run] else None
    for place in places:
        check_page(place)
    if overview is not None:
        check_index(overview)
    records: list[Mapping[str, Any]] = []
    entries: list[IndexEntry] = []
    for folder, place in zip(folders, places, strict=True):
        stored = change(read_run(folder))
        write_page(render_report(stored.tables, stored.record), place)
        records.append(stored.record)
        entries.append(
            IndexEntry(name=stored.name, tables=slim(stored.tables), href=f"{folder.name}/{REPORT}")
        )
    if overview is None:
        return places
    write_index(render_index(entries, joined_record(records)), overview)
    return [*places, overview]


def slim(tables: Tables) -> Tables:
    """Return what an overview shows of a source, without the texts of its posts."""
    kept = ("sources", "articles", "summary", "posts", "targets", "stances", "claims", "loops", "camps")
    frames = {name: tables[name] for name in kept if name in tables}
    own = frames["posts"].drop(columns=["text", "meta"], errors="ignore")
    return Tables({**frames, "posts": own})


def joined_record(records: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return the record of several sources that were analysed alike, as `provenance.run_record` has it.

    What differs between the records stands as the list of all values.
    """
    sources = [source for record in records for source in record.get("sources") or ()]
    keys = dict.fromkeys(key for record in records for key in record if key not in ("run_id", "sources"))
    known = {key: _one_or_all([record.get(key) for record in records]) for key in keys}
    digests = sorted(str(source.get("sha256")) for source in sources)
    hashed = json.dumps([digests, known], sort_keys=True, ensure_ascii=False)
    return {"run_id": sha256_of(hashed.encode())[:16], "sources": sources, **known}


def _one_or_all(values: list[Any]) -> Any:
    distinct = [value for place, value in enumerate(values) if value not in values[:place]]
    return distinct[0] if len(distinct) == 1 else distinct
