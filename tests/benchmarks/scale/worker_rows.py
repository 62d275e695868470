"""Several workers, own ones and those of Dask; and what becomes of runs and workers that are killed."""

import functools
from collections.abc import Iterator
from contextlib import contextmanager

from tests.benchmarks.scale import kills
from tests.benchmarks.scale.cluster import cluster
from tests.benchmarks.scale.rounds import Results, Step
from tests.benchmarks.scale.row import Figure, analysis, at_least, at_most, wall
from tests.benchmarks.scale.setup import Dump, Setup
from tests.scale.same_files import differences


def on_dask(setup: Setup, dump: Dump) -> Step:
    """Return the same on a Dask cluster of two workers, which is up before the time begins."""

    @contextmanager
    def around() -> Iterator[list[str]]:
        with cluster(2, setup.env) as dask:
            yield dask.words

    command = functools.partial(setup.analyze, dump.path, workers=2)
    return Step(f"{dump.name}, dask with 2 workers", command, setup.env, around=around)


def workers_steps(setup: Setup) -> list[Step]:
    return [analysis(setup, setup.large[0], workers) for workers in (1, 2)]


def workers_figures(setup: Setup, results: Results) -> list[Figure]:
    one, two = (step.name for step in workers_steps(setup))
    times = results.ratio(one, two, wall)
    busy = results.median(two, lambda cost: cost.others)
    told = (
        f"times as fast with two workers, {setup.large[0].name}, wall ({busy:.2f} cores busy with other work)"
    )
    same = _same(results, one, two)
    return [
        at_least("workers", told, times, 1.7, ".2f"),
        Figure("workers", "files of one and of two workers", same, "same bytes", same == "same bytes"),
    ]


def dask_steps(setup: Setup) -> list[Step]:
    return [analysis(setup, setup.large[0], 2), on_dask(setup, setup.large[0])]


def dask_figures(setup: Setup, results: Results) -> list[Figure]:
    own, dask = (step.name for step in dask_steps(setup))
    times = results.ratio(dask, own, wall)
    same = _same(results, own, dask)
    told = f"wall time on dask over that of two own workers, {setup.large[0].name}"
    return [
        at_most("dask", told, times, 1.3, ".2f"),
        Figure("dask", "files of dask and of two workers", same, "same bytes", same == "same bytes"),
    ]


def _same(results: Results, *names: str) -> str:
    first, *others = results.files(*names)
    found = sorted({fault for other in others for fault in differences(first, other)})
    if not first:
        return "no files"
    return f"{len(found)} differ: {', '.join(found[:3])}" if found else "same bytes"


def kill_figures(setup: Setup, _: Results) -> list[Figure]:
    value, reached = kills.of_runs(setup)
    return [
        Figure("kills", f"killed at random, then --resume, {setup.killed.name}", value, "same bytes", reached)
    ]


def lost_figures(setup: Setup, _: Results) -> list[Figure]:
    value, reached = kills.of_dask_workers(setup)
    return [Figure("lost", f"a worker of Dask killed, {setup.killed.name}", value, "same bytes", reached)]
