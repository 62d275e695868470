"""The parts of a dump on a cluster that Dask runs: the same function, sent to its workers."""

from collections.abc import Iterator, Sequence
from threading import Lock
from typing import Any

from discourse.errors import DiscourseError
from discourse.scale.jobs import Done, Engine, Job, Task
from discourse.scale.parts import analyse_part

_RETRIES = 3  # of a part whose worker broke; workers that are lost are the scheduler's own matter
_WAIT = 30  # seconds for the scheduler to answer


def dask_engine(scheduler: str) -> Engine:
    """Return an engine that gives all parts to a Dask scheduler.

    Its workers must have this package in the same version, and see the places of the dump's work folder and
    of the results under the same addresses.

    Raises
    ------
    DiscourseError
        Where the extra `cluster` is missing, or nobody answers at the address.
    """
    try:
        import distributed  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise DiscourseError(
            where="--engine dask",
            problem="it needs dask.distributed, which is not installed",
            fix="Install the extra: pip install 'discourse-analyzer[cluster]'",
        ) from error

    finished: Any = distributed.as_completed

    def run(job: Job, tasks: Sequence[Task]) -> Iterator[Done]:
        with _client(distributed, scheduler) as client:
            futures = client.map(
                _part, tasks, job=job, pure=False, retries=_RETRIES, key=f"part-{job.shuffled.digest}"
            )
            try:
                for _, done in finished(futures, loop=client.loop, with_results=True):
                    yield done
            finally:
                client.cancel(futures)

    return run


_alone = Lock()  # a worker may have several threads, and an analysis remembers what it read last


def _part(task: Task, job: Job) -> Done:
    with _alone:
        return analyse_part(job, task)


def _client(distributed: Any, scheduler: str) -> Any:
    try:
        client = distributed.Client(scheduler, timeout=_WAIT, set_as_default=False)
    except (OSError, ValueError) as error:
        raise DiscourseError(
            where=f"--scheduler {scheduler}",
            problem="no Dask scheduler answers there",
            fix="Start one with `dask scheduler`, and give the address that it prints",
        ) from error
    try:
        client.wait_for_workers(1, timeout=_WAIT)
    except TimeoutError as error:
        client.close()
        raise DiscourseError(
            where=f"--scheduler {scheduler}",
            problem=f"it has had no worker for {_WAIT} seconds",
            fix=f"Start some with `dask worker {scheduler} --nthreads 1`",
        ) from error
    return client
