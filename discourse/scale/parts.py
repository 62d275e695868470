"""One part of a dump: read, analysed batch by batch, written as a whole; the same bytes whoever does it."""

import gc
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import pandas as pd

from discourse.analysis.base import Analyzer
from discourse.analysis.threads import forget_threads
from discourse.errors import ContractError, DiscourseError
from discourse.pipeline import Settings, private
from discourse.scale.data_sets import OF_PARTS, THREAD, arrow_of, read_part_of, with_threads, write_part
from discourse.scale.jobs import Done, Job, Task, file_of, marker_of
from discourse.scale.memory import Remembered, arrow_from_system, give_back
from discourse.scale.places import Place
from discourse.scale.reading import PartPosts, Thread, read_part
from discourse.scale.threads import THREADS, threads_table
from discourse.stages import run_stages
from discourse.tables import FAULTS, Tables, frame_of

_OBJECTS = 500_000  # that a batch may make before Python looks for garbage among them; most make fewer
_remembered = Remembered()  # by this process


@arrow_from_system()
def analyse_part(job: Job, task: Task) -> Done:
    """Analyse one part of a dump, and write its tables.

    A part that stands there already is left alone where it was made of the same posts; of one that was made
    of others, those threads are kept that have not changed. Its marker is written last and taken away
    first: a part without one counts as not begun.

    Raises
    ------
    DiscourseError
        Where the place of the results cannot be read or written, or the key of the pseudonyms is not there.
    """
    _check_key(job)
    part, out = task.part, job.out
    marker = marker_of(part)
    told = _told(out, marker)
    if told is not None and told["shuffle"] == job.shuffled.digest:
        return _done(part, told, 0)
    posts = read_part(job.shuffled, task.slices)
    whole = {"posts": posts.rows.num_rows, "threads": len(posts.threads)}
    analysed_now = 0
    if told is not None and told["input"] == posts.digest:
        rows = told["rows"]
    else:
        earlier = _Earlier(out, part, posts.threads) if told is not None else None
        out.remove(marker)
        rows, analysed_now = _write(out, part, _pieces(job.settings, part, posts, earlier))
    told = {"shuffle": job.shuffled.digest, "input": posts.digest, **whole, "rows": rows}
    out.write(marker, json.dumps(told).encode())
    _remembered.add(analysed_now)
    return _done(part, told, analysed_now)


def _check_key(job: Job) -> None:
    """Make sure that a worker elsewhere has the same key: one that is missing would be made."""
    path = job.settings.pseudonyms
    if path is None:
        return
    if not path.is_file() or job.settings.key is None or job.settings.key.fingerprint != job.key:
        raise DiscourseError(
            where=str(path),
            problem="a worker does not find the key of the pseudonyms there, or finds another one",
            fix="Put the same file there on every machine that works",
        )


def _done(part: int, told: Mapping[str, Any], analysed_now: int) -> Done:
    return Done(part, told["posts"], told["threads"], told["rows"]["faults"], analysed_now)


def _told(out: Place, marker: str) -> dict[str, Any] | None:
    content = out.read(marker)
    if content is None:
        return None
    told: dict[str, Any] = json.loads(content)
    return told


class _Earlier:
    """What an earlier run over a smaller dump left of a part."""

    def __init__(self, out: Place, part: int, threads: Sequence[Thread]) -> None:
        self._out, self._file = out, file_of(part)
        table = read_part_of(out, THREADS.name, self._file)
        known = dict(zip(table["thread_id"], table["digest"], strict=True))
        self.unchanged = [thread for thread in threads if known.get(thread.thread_id) == thread.digest]

    def tables(self) -> Tables:
        """Return the rows of the threads that have not changed."""
        threads = [thread.thread_id for thread in self.unchanged]
        return Tables({name: read_part_of(self._out, name, self._file, threads) for name in OF_PARTS})


def _pieces(
    settings: Settings, part: int, posts: PartPosts, earlier: _Earlier | None
) -> Iterator[tuple[Tables, int]]:
    """Yield tables of some threads each, with how many posts were analysed for them."""
    kept = set() if earlier is None else {thread.thread_id for thread in earlier.unchanged}
    if earlier is not None and kept:
        yield earlier.tables(), 0
    fresh = [thread for thread in posts.threads if thread.thread_id not in kept]
    for batch in posts.batches(fresh):
        with _collected_once():
            found = _finished(posts.tables(batch), batch, part, posts, settings)
        yield found, len(found["posts"])


@contextmanager
def _collected_once() -> Iterator[None]:
    """Look for what only holds itself when a batch is done, not again and again while it is analysed.

    Nearly all that a batch makes stays until its end: to look through it often takes a tenth of the time.
    What stays for all batches (models, lexicons) is looked through once, and then no more.
    """
    usual = gc.get_threshold()
    gc.set_threshold(_OBJECTS, *usual[1:])
    try:
        yield
    finally:
        forget_threads()
        gc.collect()
        if not gc.get_freeze_count():
            gc.freeze()
        gc.set_threshold(*usual)
        give_back()


def _finished(
    tables: Tables, threads: Sequence[Thread], part: int, posts: PartPosts, settings: Settings
) -> Tables:
    """Analyse some threads, and make the tables of them that are written."""
    order = {thread.thread_id: thread.place for thread in threads}
    found = analysed(tables, settings.analyzers)
    faults = pd.concat([posts.faults_of(order), found["faults"]], ignore_index=True)
    tables = with_threads(shown(found.replace(faults=_of_threads(faults)), settings), order)
    digests = {thread.thread_id: thread.digest for thread in threads}
    told = threads_table(tables, part, digests)
    if not settings.verbatim:
        told["title"] = pd.array([None] * len(told), dtype="str")
    return tables.replace(threads=told)


def analysed(tables: Tables, analyzers: Iterable[Analyzer]) -> Tables:
    """Run all analysers over the posts of whole threads.

    A thread on which one breaks the contract has its posts, and a row in `faults`, and nothing else.
    """
    found = run_stages(tables, analyzers)
    try:
        return found.check("the analysis")
    except ContractError as error:
        threads = list(tables.by_thread())
        if len(threads) > 1:
            return Tables.concat(analysed(thread, analyzers) for thread in threads)
        fault = {
            "stage": "analysis",
            "item_id": tables["posts"]["thread_id"].iloc[0],
            "problem": error.problem,
        }
        return tables.replace(faults=frame_of(FAULTS, [fault]))


def _of_threads(faults: pd.DataFrame) -> pd.DataFrame:
    """Give each fault its thread: stages name the thread itself, reading says it beside the post."""
    known = faults[THREAD] if THREAD in faults else pd.Series(None, index=faults.index, dtype="str")
    return faults.assign(**{THREAD: known.where(known.notna(), faults["item_id"]).astype("str")})


def shown(tables: Tables, settings: Settings) -> Tables:
    """Return finished tables as they may be shown; pseudonyms are put in thread by thread."""
    if settings.key is None:
        return private(tables, settings)[0]
    return Tables.concat(private(thread, settings)[0] for thread in tables.by_thread())


def _write(out: Place, part: int, pieces: Iterator[tuple[Tables, int]]) -> tuple[dict[str, int], int]:
    """Write the files of a part, rows by thread; return their rows, and how many posts were analysed."""
    held: dict[str, list[Any]] = {name: [] for name in OF_PARTS}
    total = 0
    for tables, analysed_now in pieces:
        total += analysed_now
        for name, kept in held.items():
            if name in tables and len(tables[name]):
                kept.append(arrow_of(name, tables[name]))
    order = _order(held[THREADS.name])
    rows = {
        name: write_part(out, name, file_of(part), _by_thread(held.pop(name), order)) for name in OF_PARTS
    }
    return rows, total


def _order(threads: Sequence[Any]) -> Mapping[str, int]:
    places = [
        (position, thread)
        for table in threads
        for position, thread in zip(
            table["first_position"].to_pylist(), table["thread_id"].to_pylist(), strict=True
        )
    ]
    return {thread: place for place, (_, thread) in enumerate(sorted(places))}


def _by_thread(tables: Sequence[Any], order: Mapping[str, int]) -> list[Any]:
    """Join tables, rows in the order of their threads; those without one come first."""
    import numpy as np  # noqa: PLC0415
    import pyarrow as pa  # noqa: PLC0415

    if not tables:
        return []
    table = pa.concat_tables(tables)
    places = np.array([order.get(thread, -1) for thread in table["thread_id"].to_pylist()])
    if not (places[1:] >= places[:-1]).all():
        table = table.take(np.argsort(places, kind="stable"))
    return [table.combine_chunks()]
