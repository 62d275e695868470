"""Pages of an earlier run drawn again from its tables and its record alone."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from discourse.errors import DiscourseError
from discourse.report import IndexEntry, Overview, render_report
from discourse.results import (
    INDEX,
    REPORT,
    check_apart_from_runs,
    check_index,
    check_page,
    write_index,
    write_page,
)
from discourse.stored.records import Change, joined_record
from discourse.stored.runs import read_run, run_folders

__all__ = ["Change", "draw_again", "joined_record"]


def draw_again(run: Path, *, out: Path | None = None, change: Change = lambda stored: stored) -> list[Path]:
    """Draw the reports of an earlier run, and the overview where it has several, from its tables alone.

    A PDF that we printed of a page drawn before goes, since it shows that page.

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
    if out is not None and out.resolve() != (folders[0] / REPORT).resolve():
        check_apart_from_runs(out)
    for place in places:
        check_page(place)
    if overview is not None:
        check_index(overview)
    records: list[Mapping[str, Any]] = []
    drawn = Overview()
    for folder, place in zip(folders, places, strict=True):
        stored = change(read_run(folder))
        write_page(render_report(stored.tables, stored.record), place)
        records.append(stored.record)
        if overview is not None:
            drawn.add(IndexEntry(name=stored.name, tables=stored.tables, href=f"{folder.name}/{REPORT}"))
    if overview is None:
        return places
    write_index(drawn.render(joined_record(records)), overview)
    return [*places, overview]
