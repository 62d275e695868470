"""Runs that are killed and go on, on a dump: own workers with --resume, and workers of a Dask cluster."""

import functools
import random
import shutil
import subprocess
import time
from pathlib import Path

from tests.benchmarks.scale.cluster import Cluster, NoClusterError, cluster
from tests.benchmarks.scale.rounds import FailedError, say
from tests.benchmarks.scale.setup import Setup
from tests.scale.killing import Kill, drawn, killed_and_resumed, told
from tests.scale.same_files import differences, digests

AT_ONCE = 3  # most kills of one run, one after another


def of_runs(setup: Setup) -> tuple[str, bool]:
    """Kill runs until so many kills have met one at work; say what came of it, and whether all is well."""
    rng = random.Random(setup.seed)
    whole, seconds = _undisturbed(setup)
    faults = _wrong_posts(setup, setup.work / "whole")
    met: list[Kill] = []
    runs = 0
    while len(met) < setup.kills and runs < 3 * setup.kills:
        runs += 1
        out = _fresh(setup.work / "killed")
        many = min(rng.randint(1, AT_ONCE), setup.kills - len(met))
        outcome = killed_and_resumed(
            functools.partial(setup.analyze_in_parts, out),
            out,
            [drawn(rng, seconds) for _ in range(many)],
            env=setup.env,
            cwd=setup.work,
            patience=20 * seconds + 60,
        )
        met += outcome.kills
        found = [*outcome.faults, *differences(whole, digests(out))]
        faults += found
        moments = ", ".join(f"{kill.victim} after {kill.delay:.2f} s" for kill in outcome.kills)
        say(f"run {runs}: killed {moments or 'too late'}; {'; '.join(found) or 'same bytes'}")
    value = f"{len(met)} kills ({told(met)}) of {runs} runs, seed {setup.seed}: {_summed_up(faults)}"
    return value, not faults and len(met) >= setup.kills


def of_dask_workers(setup: Setup) -> tuple[str, bool | None]:
    """Kill a worker of a cluster during a run, one that is started again and one that is not."""
    rng = random.Random(setup.seed)
    whole, seconds = _undisturbed(setup)
    faults: list[str] = []
    lost = 0
    for nanny in (True, False):
        out = _fresh(setup.work / "killed")
        try:
            with cluster(2, setup.env, nanny=nanny) as dask:
                # not before there is work, nor when all is done
                code, killed = _bereft(setup, out, dask, rng.uniform(0.2, 0.8) * seconds, rng)
        except NoClusterError as problem:
            return str(problem), None
        lost += killed
        found = [f"ended with {code}: {_said(setup)}"] if code else differences(whole, digests(out))
        faults += found
        say(f"dask, {'a worker' if killed else 'nobody'} killed: {'; '.join(found) or 'same bytes'}")
    return f"{lost} workers killed, seed {setup.seed}: {_summed_up(faults)}", not faults and lost > 0


def _bereft(setup: Setup, out: Path, dask: Cluster, moment: float, rng: random.Random) -> tuple[int, bool]:
    """Run on a cluster and kill one of its workers so many seconds later; return its status, if it met."""
    command = [*setup.analyze_in_parts(out), *dask.words]
    with (setup.work / "said.txt").open("wb") as said:
        process = subprocess.Popen(
            command, env=setup.env, cwd=setup.work, stdout=said, stderr=subprocess.STDOUT
        )
        try:
            time.sleep(moment)
            working = process.poll() is None
            if working:
                dask.kill_one(rng)
            return process.wait(), working
        finally:
            process.kill()  # nothing where it has ended


def _said(setup: Setup) -> str:
    return (setup.work / "said.txt").read_text(encoding="utf-8", errors="replace")[-500:]


def _summed_up(faults: list[str]) -> str:
    return f"{len(faults)} faults: {'; '.join(faults[:3])}" if faults else "same bytes"


def _undisturbed(setup: Setup) -> tuple[dict[str, str], float]:
    """Run once to the end; return what is written, and in how many seconds. It stays in `whole`."""
    out = _fresh(setup.work / "whole")
    say(f"{setup.killed.name}, not killed")
    begin = time.monotonic()
    with (setup.work / "said.txt").open("wb") as said:
        command = setup.analyze_in_parts(out)
        code = subprocess.run(
            command, env=setup.env, cwd=setup.work, stdout=said, stderr=subprocess.STDOUT, check=False
        ).returncode
    if code:
        raise FailedError(f"a run that nobody killed ended with {code}: {_said(setup)}")
    return digests(out), time.monotonic() - begin


def _wrong_posts(setup: Setup, folder: Path) -> list[str]:
    """Say whether a post is lost or twice there; nothing where all is well."""
    from pyarrow import dataset

    posts = dataset.dataset(folder / "posts", format="parquet").to_table(columns=["post_id"])
    ids = posts["post_id"].to_pylist()
    if len(ids) == len(set(ids)) == setup.killed.posts:
        return []
    return [f"{len(ids)} posts, {len(set(ids))} different ones, of {setup.killed.posts}"]


def _fresh(folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    return folder
