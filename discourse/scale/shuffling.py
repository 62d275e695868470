"""Bringing a dump's threads together on disk: sorted runs, of which each part reads its own slices.

A dump in time order scatters every thread. Its posts are taken in chunks that fit into memory; each chunk
is sorted by the part that a hash of the thread's id gives and written as one file of Arrow record batches,
a batch a part. A part is then the batches of its number from all files, in their order. Memory is that of
one chunk, and every post is written and read once, however large the dump is. (The partitioning phase of a
Grace hash join: Kitsuregawa, Tanaka & Moto-oka 1983.)
"""

import json
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from msgspec import Struct
from numpy.typing import NDArray

from discourse.errors import UnreadableSourceError
from discourse.ingest import Batch, Export, open_dump
from discourse.model import Fault
from discourse.provenance import sha256_of
from discourse.scale.memory import arrow_from_system, give_back
from discourse.scale.places import Place
from discourse.scale.telling import Report, silent
from discourse.tables import FAULTS, SOURCES, Tables, frame_of, plain_rows

REMEMBERED = 1 << 20  # posts back, within which repeated ids are looked for over the whole dump
_BATCH = 10_000  # posts that are read at a time
_CHUNK = 1 << 24  # bytes of posts that are held, sorted and written together
_INDEX = "shuffle.json"
_KEY = "discourse/thread"  # of the hash by which threads are dealt out: the same in every process
_COLUMNS = (
    "post_id",
    "thread_id",
    "author",
    "seconds",
    "reply_to",
    "text",
    "meta",
    "position",
    "source",
)

Slices = tuple[tuple[int, int], ...]  # files of chunks, and a record batch in each


class Dump(Struct, frozen=True):
    """One file of a dump."""

    address: str  # as the user named it
    path: Path  # on this machine
    source_id: str
    sha256: str


class Shuffled(Struct, frozen=True):
    """Where the posts of a dump lie that was dealt out into parts; small, so that every worker is told.

    Attributes
    ----------
    digest
        Of the dump's files and the number of parts: what was dealt out is the same where it is.
    states_links
        Of each source, whether it says which post each one answers.
    """

    place: Place
    digest: str
    parts: int
    source_ids: tuple[str, ...]
    states_links: tuple[bool, ...]

    def read(self, slices: Slices) -> Any:
        """Return the posts of a part as an Arrow table, in the order of the dump."""
        import pyarrow as pa  # noqa: PLC0415

        found = []
        for number, batch in slices:
            with self.place.reading(_run_name(number)) as file, pa.ipc.open_file(file) as run:
                found.append(run.get_batch(batch))
        return pa.Table.from_batches(found, schema=_schema())


class Dealt(Struct, frozen=True):
    """All that is known of a dump that was dealt out.

    Attributes
    ----------
    runs
        For each file of a chunk the number of the record batch that holds each part's posts; -1 for none.
    sizes
        Posts of each part.
    read
        The tables sources and faults of the reading.
    """

    shuffled: Shuffled
    runs: NDArray[np.int32]
    sizes: tuple[int, ...]
    read: Tables

    def slices(self, part: int) -> Slices:
        """Return where the posts of a part lie: a file, and a record batch in it, in order."""
        files = np.flatnonzero(self.runs[:, part] >= 0)
        return tuple(zip(files.tolist(), self.runs[files, part].tolist(), strict=True))


def part_of(thread_id: str, parts: int) -> int:
    """Return in which part a thread is."""
    return int(_parts_of(np.array([thread_id], dtype=object), parts)[0])


def dealt_at(place: Place, digest: str) -> Dealt | None:
    """Return what an earlier run dealt out of the same dump; None if nothing."""
    kept = place.read(_INDEX)
    if kept is None or (told := json.loads(kept))["digest"] != digest:
        return None
    shuffled = Shuffled(place, digest, told["parts"], tuple(told["source_ids"]), tuple(told["states_links"]))
    read = Tables({"sources": frame_of(SOURCES, told["sources"]), "faults": frame_of(FAULTS, told["faults"])})
    return Dealt(shuffled, _runs(told["runs"], told["parts"]), tuple(told["sizes"]), read)


@arrow_from_system()
def shuffle(
    dumps: Sequence[Dump],
    place: Place,
    *,
    parts: int,
    columns: Mapping[str, str] | None = None,
    report: Report = silent,
) -> Dealt:
    """Deal the posts of a dump out into parts, whole threads into one.

    Raises
    ------
    DiscourseError
        Where a file cannot be read, or `place` not be written.
    """
    place.remove()
    writer = _Runs(place, parts)
    opened = open_all(dumps, columns)
    read: list[Tables] = []
    position = 0
    for number, (dump, export) in enumerate(zip(dumps, opened, strict=True)):
        for batch in export.batches(_BATCH, REMEMBERED):
            writer.add(batch, position, number)
            position += len(batch)
            report("reading", position, None)
        read.append(_closing(dump, export.counts.get("posts", 0), export))
    writer.flush()
    give_back()  # what comes next takes as much again
    shuffled = Shuffled(
        place,
        digest_of(dumps, parts),
        parts,
        tuple(dump.source_id for dump in dumps),
        tuple(export.states_links for export in opened),
    )
    dealt = Dealt(shuffled, _runs(writer.runs, parts), tuple(writer.sizes.tolist()), Tables.concat(read))
    _note(dealt)
    return dealt


def _runs(rows: Sequence[Sequence[int]], parts: int) -> NDArray[np.int32]:
    return np.array(rows, dtype=np.int32).reshape(len(rows), parts)


def open_all(dumps: Sequence[Dump], columns: Mapping[str, str] | None = None) -> list[Export]:
    """Open the files of a dump; of each only its first bytes are read yet.

    Raises
    ------
    DiscourseError
        Where one cannot be read, or is a page.
    """
    for dump in dumps:
        if dump.path.is_file() and not dump.path.stat().st_size:
            raise UnreadableSourceError(
                where=dump.address, problem="it is empty", fix="Leave it out, or fetch it again"
            )
    return [open_dump(dump.path, source_id=dump.source_id, columns=columns) for dump in dumps]


def digest_of(dumps: Sequence[Dump], parts: int) -> str:
    """Return a hash of what is dealt out, and into how many parts."""
    told = [[dump.source_id, dump.sha256] for dump in dumps]
    return sha256_of(json.dumps([told, parts]).encode())[:16]


class _Runs:
    """Collects posts, and writes each chunk of them sorted by part."""

    def __init__(self, place: Place, parts: int) -> None:
        self._place, self._parts = place, parts
        self._held: list[Any] = []
        self._weight = 0
        self.runs: list[tuple[int, ...]] = []
        self.sizes = np.zeros(parts, dtype=np.int64)

    def add(self, batch: Batch, before: int, source: int) -> None:
        """Take posts of a source; `before` stand in the dump ahead of them."""
        table = _table(batch, before, source)
        self._held.append(table)
        self._weight += table.nbytes
        if self._weight >= _CHUNK:
            self.flush()

    def flush(self) -> None:
        """Write what is held."""
        import pyarrow as pa  # noqa: PLC0415

        if not self._held:
            return
        chunk = pa.concat_tables(self._held).combine_chunks()
        self._held, self._weight = [], 0
        parts = _parts_of(chunk["thread_id"].to_pandas().to_numpy(dtype=object), self._parts)
        sizes = np.bincount(parts, minlength=self._parts)
        self.sizes += sizes
        ordered = chunk.take(np.argsort(parts, kind="stable"))
        del chunk
        numbers, start = [-1] * self._parts, 0
        options = pa.ipc.IpcWriteOptions(compression="zstd")
        with (
            self._place.writing(_run_name(len(self.runs))) as file,
            closing(pa.ipc.new_file(file, _schema(), options=options)) as run,
        ):
            for number, part in enumerate(np.flatnonzero(sizes).tolist()):
                piece = ordered.slice(start, int(sizes[part])).combine_chunks()
                run.write_batch(piece.to_batches()[0])
                numbers[part] = number
                start += int(sizes[part])
        self.runs.append(tuple(numbers))


def _table(batch: Batch, before: int, source: int) -> Any:
    import pyarrow as pa  # noqa: PLC0415

    size = len(batch)
    columns = [
        batch.post_ids,
        batch.thread_ids,
        batch.authors,
        pa.array(batch.seconds, pa.int64()),
        batch.reply_to,
        batch.bodies,
        batch.metas,
        pa.array(np.arange(before + 1, before + size + 1), pa.int64()),
        pa.array(np.full(size, source, dtype=np.int32)),
    ]
    return pa.table(columns, schema=_schema())


def _schema() -> Any:
    import pyarrow as pa  # noqa: PLC0415

    kinds = {"seconds": pa.int64(), "position": pa.int64(), "source": pa.int32()}
    return pa.schema([(name, kinds.get(name, pa.large_string())) for name in _COLUMNS])


def _parts_of(thread_ids: Any, parts: int) -> Any:
    hashes = pd.util.hash_array(thread_ids, hash_key=_KEY, categorize=True)
    return (hashes % np.uint64(parts)).astype(np.int64)


def _closing(dump: Dump, posts: int, export: Export) -> Tables:
    source = {
        "source_id": dump.source_id,
        "uri": dump.address,
        "reader": export.format,
        "reader_score": 1.0,
        "stated_count": None,
        "found_count": posts,
        "sha256": dump.sha256,
    }
    faults = [_row(fault, dump) for fault in export.faults]
    return Tables({"sources": frame_of(SOURCES, [source]), "faults": frame_of(FAULTS, faults)})


def _row(fault: Fault, dump: Dump) -> dict[str, str]:
    item = dump.address if fault.item_id == dump.path.name else fault.item_id
    return {"stage": fault.stage, "item_id": item, "problem": fault.problem}


def _note(dealt: Dealt) -> None:
    """Write down that all was dealt out; without this file nothing of it counts."""
    shuffled = dealt.shuffled
    told = {
        "digest": shuffled.digest,
        "parts": shuffled.parts,
        "runs": dealt.runs.tolist(),
        "sizes": dealt.sizes,
        "source_ids": shuffled.source_ids,
        "states_links": shuffled.states_links,
        "sources": list(plain_rows(dealt.read["sources"])),
        "faults": list(plain_rows(dealt.read["faults"])),
    }
    shuffled.place.write(_INDEX, json.dumps(told).encode())


def _run_name(number: int) -> str:
    return f"run-{number:05d}.arrow"
