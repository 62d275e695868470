"""The rows of the table, in its order."""

from tests.benchmarks.scale.peer_rows import peer_figures, peer_steps
from tests.benchmarks.scale.row import Row
from tests.benchmarks.scale.size_rows import (
    growth_figures,
    growth_steps,
    long_figures,
    long_steps,
    peak_figures,
    peak_steps,
)
from tests.benchmarks.scale.start_rows import start_figures, start_steps
from tests.benchmarks.scale.worker_rows import (
    dask_figures,
    dask_steps,
    kill_figures,
    lost_figures,
    workers_figures,
    workers_steps,
)

ROWS = (
    Row("analysis", "comments per CPU second, against ConvoKit 5", peer_steps, peer_figures),
    Row("growth", "the first large dump against the dump", growth_steps, growth_figures),
    Row(
        "memory",
        "peak of one worker, the dump and the large ones; once each",
        peak_steps,
        peak_figures,
    ),
    Row("workers", "two workers against one", workers_steps, workers_figures),
    Row("dask", "Dask with two workers against two own ones", dask_steps, dask_figures),
    Row("long", "the largest thread, and one of 50,000 posts; once each", long_steps, long_figures),
    Row("kills", "kill -9 at random moments, then --resume", lambda _: [], kill_figures),
    Row("lost", "kill -9 of a worker of Dask", lambda _: [], lost_figures),
    Row("start", "start-up of --help, and of a page with report", start_steps, start_figures),
)
