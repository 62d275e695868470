"""What earlier runs left: read back, drawn again, held against each other."""

from discourse.stored.comparing import compare_runs
from discourse.stored.drawing import draw_again, joined_record
from discourse.stored.private import in_private
from discourse.stored.runs import StoredRun, read_run, read_runs, run_folders

__all__ = [
    "StoredRun",
    "compare_runs",
    "draw_again",
    "in_private",
    "joined_record",
    "read_run",
    "read_runs",
    "run_folders",
]
