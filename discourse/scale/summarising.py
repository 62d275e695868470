"""What is told of a finished run over a dump: one page, and the numbers behind it."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from discourse.report.many.page import render_many
from discourse.results import REPORT, write_page
from discourse.scale.across import across
from discourse.scale.behind import write_numbers
from discourse.scale.database import OutOfMemoryError, opened
from discourse.summary.many import ManyThreads

# MB for DuckDB beside what this program holds anyhow; more only where a part does not fit, such as one of a
# single thread of very many posts
MEMORY = (40, 120, 360)
FOLDER = "summary"


def write_summary(run: Path, record: Mapping[str, Any]) -> None:
    """Write `report.html` and `summary/*.csv` of a run over a dump, from its parts alone.

    Either is written as a whole or not at all. The same parts and record give the same bytes.

    Parameters
    ----------
    run
        Its folder, with a folder of parts for each table.
    record
        What stands in `run.json`.

    Raises
    ------
    DiscourseError
        Where no run stands there, or its folder cannot be written.
    """
    many = _numbers(run)
    page = render_many(many, record)
    write_numbers(many, run / FOLDER)
    write_page(page, run / REPORT)


def _numbers(run: Path) -> ManyThreads:
    for memory in MEMORY[:-1]:
        try:
            return _within(run, memory)
        except OutOfMemoryError:
            continue
    return _within(run, MEMORY[-1])


def _within(run: Path, memory: int) -> ManyThreads:
    # a second worker would want a part of the memory for itself
    with opened(run, workers=1, memory=memory, is_finished=False) as db:
        return across(db)
