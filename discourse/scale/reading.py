"""The posts of one part, thread by thread: put in order, checked as a whole, and named by their contents."""

from collections.abc import Container, Iterator, Sequence
from hashlib import blake2b
from typing import Any

import msgspec
import numpy as np
import pandas as pd
from msgspec import Struct
from numpy.typing import NDArray

from discourse.ingest import Batch, posts_of
from discourse.ingest.exports.ledger import Ledger, hashes_of
from discourse.scale.shuffling import Shuffled, Slices
from discourse.tables import FAULTS, Tables, frame_of

_POSTS = 800  # of a batch, above which no further thread joins it
_BYTES = 1 << 21  # of text in a batch, the same
_DIGEST = 16  # bytes
_STAGE = "read"
# by which a post is known to stand there twice
_SAID = ("post_id", "thread_id", "author", "seconds", "text")

Problem = dict[str, str]  # a row of `faults`, with its thread


class Thread(Struct, frozen=True):
    """One thread of a part."""

    thread_id: str
    place: int  # among the threads of the part, 0-based, by their first posts
    start: int  # its rows in the part, half-open
    stop: int
    digest: str  # of all that was read of it: posts, sources, and what was wrong with them


class PartPosts(Struct, frozen=True):
    """The posts of one part.

    Attributes
    ----------
    rows
        An Arrow table, threads one behind the other in the order of their first posts, each in the dump's
        order.
    problems
        What was wrong with ids and links: rows of `faults`, each with its thread.
    """

    rows: Any
    threads: tuple[Thread, ...]
    problems: tuple[Problem, ...]
    shuffled: Shuffled

    @property
    def digest(self) -> str:
        """A hash of all that was read."""
        joined = "".join(thread.digest for thread in self.threads)
        return blake2b(joined.encode(), digest_size=_DIGEST).hexdigest()

    def batches(self, threads: "list[Thread]") -> Iterator["list[Thread]"]:
        """Cut threads into batches that are analysed together: whole threads, as many as fit."""
        weights = self._weights()
        batch: list[Thread] = []
        posts = weight = 0
        for thread in threads:
            size, heavy = thread.stop - thread.start, int(weights[thread.start : thread.stop].sum())
            if batch and (posts + size > _POSTS or weight + heavy > _BYTES):
                yield batch
                batch, posts, weight = [], 0, 0
            batch.append(thread)
            posts, weight = posts + size, weight + heavy
        if batch:
            yield batch

    def tables(self, threads: "list[Thread]") -> Tables:
        """Return the posts of some threads as the contract has them."""
        import pyarrow as pa  # noqa: PLC0415

        rows = pa.concat_tables(
            [self.rows.slice(t.start, t.stop - t.start) for t in threads]
        ).combine_chunks()
        sources = rows["source"].to_numpy()
        states = np.array(self.shuffled.states_links)[sources]
        batch = Batch(
            self.shuffled.source_ids[0],
            1,
            _array(rows["post_id"]),
            _array(rows["thread_id"]),
            _array(rows["author"]),
            rows["seconds"].to_numpy(),
            _array(rows["reply_to"]),
            _array(rows["text"]),
            _array(rows["meta"]),
        )
        posts = posts_of(batch, states_links=bool(states.all()), positions=rows["position"].to_numpy())
        if len(self.shuffled.source_ids) > 1:
            posts["source_id"] = pd.Series(self.shuffled.source_ids, dtype="str").take(sources).to_numpy()
            posts["source_id"] = posts["source_id"].astype("str")
        if states.any() and not states.all():
            posts["reply_score"] = posts["reply_score"].where(~states, posts["reply_score"].fillna(1.0))
        return Tables({"posts": posts})

    def faults_of(self, threads: Container[str]) -> pd.DataFrame:
        """Return what was wrong with the posts of some threads, as rows of `faults`."""
        return frame_of(FAULTS, [problem for problem in self.problems if problem["thread_id"] in threads])

    def _weights(self) -> NDArray[np.int64]:
        import pyarrow.compute as pc  # noqa: PLC0415

        weights: NDArray[np.int64] = pc.binary_length(self.rows["text"]).to_numpy()
        return weights


def read_part(shuffled: Shuffled, slices: Slices) -> PartPosts:
    """Read one part of a dump that was dealt out."""
    found = shuffled.read(slices)
    codes, _ = pd.factorize(found["thread_id"].to_pandas().to_numpy(dtype=object))
    # a dump's order within a thread, threads in the order of their first posts
    rows = found.take(np.argsort(codes, kind="stable")).combine_chunks()
    rows, problems = _checked(rows)
    return PartPosts(rows, tuple(_threads(rows, problems, shuffled)), tuple(problems), shuffled)


def _threads(rows: Any, problems: Sequence[Problem], shuffled: Shuffled) -> Iterator[Thread]:
    wrong: dict[str, list[Problem]] = {}
    for problem in problems:
        wrong.setdefault(problem["thread_id"], []).append(problem)
    # what a source is called and says of links decides on what is made of its posts, not its number
    sources = list(zip(shuffled.source_ids, shuffled.states_links, strict=True))
    ids = rows["thread_id"].to_pylist()
    columns = [rows[name].to_pylist() for name in rows.column_names if name != "source"]
    columns.append([sources[number] for number in rows["source"].to_pylist()])
    encoder = msgspec.msgpack.Encoder()
    start = place = 0
    for stop in range(1, len(ids) + 1):
        if stop == len(ids) or ids[stop] != ids[start]:
            said = [column[start:stop] for column in columns]
            content = encoder.encode([*said, wrong.get(ids[start], [])])
            digest = blake2b(content, digest_size=_DIGEST).hexdigest()
            yield Thread(ids[start], place, start, stop, digest)
            start, place = stop, place + 1


def _checked(rows: Any) -> tuple[Any, list[Problem]]:
    """Give each post an id of its own and cut links that go in circles, over all that the dump holds."""
    rows, problems = _without_repeats(rows)
    ids, parents = rows["post_id"].to_pylist(), rows["reply_to"].to_pylist()
    links = Ledger().link(hashes_of(ids), hashes_of(parents))
    if not (links.own or links.cycles):
        return rows, problems
    threads = rows["thread_id"].to_pylist()
    for places, what in ((links.own, "answers itself"), (links.cycles, "closes a circle of replies")):
        for place in places:
            said = f"post {ids[place][:80]!r} {what}; its link is cut"
            problems.append(_problem(threads[place], ids[place], said))
            parents[place] = None
    return _with(rows, "reply_to", parents), problems


def _without_repeats(rows: Any) -> tuple[Any, list[Problem]]:
    """Leave out posts that stand in the dump twice, and give others of the same id one of their own."""
    ids = rows["post_id"].to_pylist()
    repeated = {ids[place] for place in np.flatnonzero(Ledger().repeated(hashes_of(ids))).tolist()}
    if not repeated:
        return rows, []
    columns = [rows[name].to_pylist() for name in (*_SAID, "position")]
    seen: dict[str, list[tuple[Any, ...]]] = {}
    taken = set(ids)
    is_kept = np.ones(len(ids), dtype=np.bool_)
    problems = []
    for place, (*said, position) in enumerate(zip(*columns, strict=True)):
        old, thread = said[0], said[1]
        if old not in repeated:
            continue
        known = seen.setdefault(old, [])
        if tuple(said) in known:
            is_kept[place] = False
            told = f"post {old[:80]!r} stands in the dump twice; it is read once"
            problems.append(_problem(thread, old, told))
        elif known:
            ids[place] = _free_id(f"{old}:{position}", taken)
            told = f"id {old[:80]!r} stood before; the post is kept as {ids[place]!r}"
            problems.append(_problem(thread, ids[place], told))
        known.append(tuple(said))
    return _with(rows, "post_id", ids).filter(is_kept).combine_chunks(), problems


def _free_id(wanted: str, taken: set[str]) -> str:
    """Return an id that nobody has, and take it: whoever writes ids may have written this one."""
    while wanted in taken:
        wanted += "'"
    taken.add(wanted)
    return wanted


def _problem(thread: str, item: str, problem: str) -> Problem:
    return {"stage": _STAGE, "item_id": item, "problem": problem, "thread_id": thread}


def _with(rows: Any, name: str, values: list[str | None]) -> Any:
    import pyarrow as pa  # noqa: PLC0415

    return rows.set_column(rows.column_names.index(name), name, pa.array(values, pa.large_string()))


def _array(column: Any) -> Any:
    return column.combine_chunks() if column.num_chunks != 1 else column.chunk(0)
