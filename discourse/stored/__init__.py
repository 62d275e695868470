"""What earlier runs left: read back, drawn again, held against each other.

Reading alone is named here: `drawing`, `private` and `comparing` load what draws pages, and programs that
read runs for other ends must not wait for that.
"""

from discourse.stored.runs import StoredRun, read_run, read_runs, run_folders

__all__ = ["StoredRun", "read_run", "read_runs", "run_folders"]
