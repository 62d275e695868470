"""The parts of a dump on this machine: in this process, or dealt out to some more."""

import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from itertools import islice

from discourse.errors import DiscourseError
from discourse.scale.jobs import Done, Engine, Job, Task
from discourse.scale.parts import analyse_part

_TRIES = 3  # how often workers may be lost, no part being done between, before it is told


def local_engine(workers: int) -> Engine:
    """Return an engine of some processes; one works in this process, and starts no other."""
    return _here if workers == 1 else _Pool(workers)


def _here(job: Job, tasks: Sequence[Task]) -> Iterator[Done]:
    for task in tasks:
        yield analyse_part(job, task)


class _Pool:
    """Some processes; where one is lost, what was not done is done by others."""

    def __init__(self, workers: int) -> None:
        self._workers = workers

    def __call__(self, job: Job, tasks: Sequence[Task]) -> Iterator[Done]:
        left = {task.part: task for task in tasks}
        tries = _TRIES
        while tries:
            try:
                for done in self._round(job, list(left.values())):
                    del left[done.part]
                    tries = _TRIES  # a long run may lose a worker now and then
                    yield done
            except BrokenProcessPool:
                tries -= 1
                continue
            return
        raise DiscourseError(
            where=f"part {next(iter(left))}",
            problem=f"a worker was killed {_TRIES} times, most likely for want of memory",
            fix="Go on with --resume and fewer --workers",
        )

    def _round(self, job: Job, tasks: Sequence[Task]) -> Iterator[Done]:
        work = partial(analyse_part, job)
        pool = ProcessPoolExecutor(self._workers, mp_context=_context(), initializer=_begin, initargs=(work,))
        waiting: set[Future[Done]] = set()
        try:
            left = iter(tasks)
            # no more than are worked on and wait next: a dump may have many thousand parts
            for task in islice(left, 2 * self._workers):
                waiting.add(pool.submit(_do, task))
            while waiting:
                finished, waiting = wait(waiting, return_when=FIRST_COMPLETED)
                for task in islice(left, len(finished)):
                    waiting.add(pool.submit(_do, task))
                for future in finished:
                    yield future.result()
        finally:
            _stop(pool)


def _context() -> multiprocessing.context.BaseContext:
    """Start workers from a process without threads where there is such a thing: forking ours could hang."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["discourse.scale.parts"])
    return context


_work: Callable[[Task], Done] | None = None  # of a worker: what it does with each part


def _begin(work: Callable[[Task], Done]) -> None:
    """Keep what is to be done, leave Ctrl-C to the process that the user started, and end when that is gone.

    A process that is killed (`kill -9`, want of memory) cannot end its workers, and these would wait for
    work for ever.
    """
    global _work  # noqa: PLW0603 - a process of its own
    import signal  # noqa: PLC0415
    import threading  # noqa: PLC0415

    _work = work
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _do(task: Task) -> Done:
    assert _work is not None  # noqa: S101 - every worker begins with it
    return _work(task)


def _end_with_parent() -> None:
    if (parent := multiprocessing.parent_process()) is not None:
        parent.join()
        os._exit(1)


def _stop(pool: ProcessPoolExecutor) -> None:
    """End all workers at once: each part is whole or does not count, so nothing is lost by it."""
    workers = list((pool._processes or {}).values())
    pool.shutdown(wait=False, cancel_futures=True)
    for worker in workers:
        worker.terminate()
    for worker in workers:
        worker.join()
