"""What a run over a dump left: single threads read back, and their reports drawn."""

import json
import re
from pathlib import Path
from typing import Any

from discourse.errors import DiscourseError
from discourse.privacy import check_apart
from discourse.provenance import RECORD, sha256_of
from discourse.report import render_report
from discourse.results import REPORT, check_page, write_page
from discourse.scale.data_sets import OF_PARTS, read_part_of
from discourse.scale.jobs import file_of, marker_of
from discourse.scale.places import Place
from discourse.scale.shuffling import part_of
from discourse.scale.summarising import write_summary
from discourse.scale.threads import THREADS
from discourse.stored.private import change_for
from discourse.stored.runs import StoredRun
from discourse.summary import summarise
from discourse.tables import CONTRACT, Tables
from discourse.tables.rows import sound

PAGES = "pages"  # folder of the reports of single threads
_STRANGE = re.compile(r"[^A-Za-z0-9_-]+")
_LONGEST = 60  # characters of a thread's id that stand in the name of its page


def is_dump_run(run: Path) -> bool:
    """Say whether a folder holds what a run over a dump left."""
    try:
        return "parts" in json.loads((run / RECORD).read_text(encoding="utf-8"))
    except (OSError, ValueError, TypeError):
        return False


def record_at(place: Place) -> dict[str, Any]:
    """Return the record of a finished run over a dump.

    Raises
    ------
    DiscourseError
        Where none stands there.
    """
    content = place.read(RECORD)
    record = None if content is None else json.loads(content)
    if record is None or "parts" not in record:
        raise DiscourseError(
            where=place.address,
            problem="no finished run over a dump stands there",
            fix="Give the folder that `discourse analyze` wrote of a dump, or finish it with --resume",
        )
    return dict(record)


def read_thread(place: Place, thread_id: str) -> StoredRun:
    """Return the tables of one thread, summed up, as a run of it alone would have left them.

    Raises
    ------
    DiscourseError
        Where no finished run stands there, or it has no such thread.
    """
    record = record_at(place)
    if sound(thread_id) != thread_id:
        raise _no_thread(thread_id)
    file = file_of(part := part_of(thread_id, int(record["parts"])))
    found = {} if not place.exists(marker_of(part)) else _rows(place, file, thread_id)
    if not found or found["posts"].empty:
        raise _no_thread(thread_id)
    sources = read_part_of(place, "sources", file_of(0)).drop(columns="thread_id")
    mine = sources["source_id"].isin(found["posts"]["source_id"])
    tables = Tables({**found, "sources": sources[mine].reset_index(drop=True)})
    tables = tables.replace(**summarise(tables).frames).check(f"thread {thread_id!r}")
    return StoredRun(place.path if place.is_local else Path(place.full("")), tables, record)


def _no_thread(thread_id: str) -> DiscourseError:
    return DiscourseError(
        where=f"--thread {thread_id}",
        problem="the run holds no thread of this id",
        fix="Look it up: discourse stats RUN --by thread",
    )


def _rows(place: Place, file: str, thread_id: str) -> dict[str, Any]:
    names = [name for name in OF_PARTS if name != THREADS.name]
    rows = {name: read_part_of(place, name, file, [thread_id]) for name in names}
    return {name: frame[CONTRACT[name].names] for name, frame in rows.items()}


def draw_thread(
    run: Path,
    thread_id: str,
    *,
    out: Path | None = None,
    pseudonyms: Path | None = None,
    verbatim: bool = True,
) -> Path:
    """Draw the report of one thread of a run over a dump, and return where it stands.

    Parameters
    ----------
    out
        The page; `RUN/pages/NAME.html` where none is given, its name made of the thread's id.
    pseudonyms
        The file of the key by which names are exchanged, made where it is missing.
    verbatim
        Whether the page shows what people wrote.

    Raises
    ------
    DiscourseError
        Where no finished run stands there, it has no such thread, or the page cannot be written.
    """
    stored = read_thread(Place(str(run)), thread_id)
    if pseudonyms is not None:
        check_apart(pseudonyms, within=[run], beside=[] if out is None else [out.parent])
    page = out or run / PAGES / page_name(thread_id)
    check_page(page)
    shown = change_for(pseudonyms=pseudonyms, verbatim=verbatim)(stored)
    if out is None:
        page.parent.mkdir(exist_ok=True)
    write_page(render_report(shown.tables, shown.record), page)
    return page


def draw_summary(run: Path) -> Path:
    """Draw the summary of a run over a dump again, from its tables alone, and return where it stands.

    Raises
    ------
    DiscourseError
        Where no finished run stands there, or the page cannot be written.
    """
    write_summary(run, record_at(Place(str(run))))
    return run / REPORT


def page_name(thread_id: str) -> str:
    """Name the page of a thread: readable, safe on every file system, and its own."""
    readable = _STRANGE.sub("-", thread_id)[:_LONGEST].strip("-")
    return f"{readable or 'thread'}-{sha256_of(thread_id.encode())[:8]}.html"
