"""A Dask cluster on this machine: a scheduler and workers of one thread each, as somebody else's would be."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

READY = 120.0  # seconds until all workers must have come


class NoClusterError(Exception):
    """Dask is not installed, or its cluster did not come up; says which."""


class Cluster:
    """A cluster that runs: its address, the processes of its workers, and a way to kill one of them."""

    def __init__(self, address: str, workers: list[int]) -> None:
        self.address = address
        # asked for when it starts: a worker that is at work is slow to answer
        self._workers = workers

    @property
    def words(self) -> list[str]:
        """The options that make a run use it."""
        return ["--engine", "dask", "--scheduler", self.address]

    def kill_one(self, rng: random.Random) -> None:
        """Kill a worker without warning."""
        os.kill(rng.choice(self._workers), signal.SIGKILL)


@contextmanager
def cluster(workers: int, env: dict[str, str], *, nanny: bool = True) -> Iterator[Cluster]:
    """Give a cluster of so many workers, and end it; with a nanny each, lost workers are started again."""
    try:
        import distributed
    except ImportError as missing:
        raise NoClusterError("Dask is not installed: the extra [cluster] brings it") from missing
    assert distributed
    with TemporaryDirectory() as folder, ExitStack() as stack:
        known = Path(folder) / "scheduler.json"
        where = ["--scheduler-file", str(known), "--host", "127.0.0.1", "--no-dashboard"]
        scheduler = [sys.executable, "-m", "dask", "scheduler", *where, "--port", "0"]
        stack.enter_context(_running(scheduler, env))
        _wait(known.is_file, "its scheduler did not come up")
        how = ["--nthreads", "1", "--nanny" if nanny else "--no-nanny", "--local-directory", folder]
        for _ in range(workers):
            stack.enter_context(_running([sys.executable, "-m", "dask", "worker", *where, *how], env))
        yield _ready(known, workers)


def _ready(known: Path, workers: int) -> Cluster:
    with _client(scheduler_file=str(known)) as client:
        try:
            client.wait_for_workers(workers, timeout=READY)
        except TimeoutError as late:
            raise NoClusterError("the workers of Dask did not come up") from late
        return Cluster(client.scheduler.address, sorted(client.run(os.getpid).values()))


def _client(**where: str) -> Any:  # distributed has no types
    from distributed import Client

    make: Any = Client
    return make(timeout=READY, set_as_default=False, **where)


@contextmanager
def _running(words: list[str], env: dict[str, str]) -> Iterator[None]:
    process = subprocess.Popen(
        words, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        yield
    finally:
        process.terminate()
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait(ready: Callable[[], bool], problem: str) -> None:
    until = time.monotonic() + READY
    while not ready():
        if time.monotonic() > until:
            raise NoClusterError(problem)
        time.sleep(0.05)
