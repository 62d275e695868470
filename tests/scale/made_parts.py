"""Runs over a dump as they stand on disk, made of tables in memory: a folder a table, Parquet by part."""

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from discourse.results import write_record
from discourse.tables import CONTRACT, Tables
from tests.report.made_several import several_tables
from tests.stored_runs import RECORD

_ARROW = {"str": pa.string(), "Int64": pa.int64(), "float64": pa.float64(), "boolean": pa.bool_()}
_COUNTS = (
    "posts authors replies longest_chain agreements disagreements markers claims loops turns restatements "
    "faults"
).split()
_THREADS = pa.schema(
    [("thread_id", pa.string()), ("part", pa.int64()), ("first_position", pa.int64())]
    + [(name, pa.int64()) for name in _COUNTS[:2]]
    + [(name, pa.string()) for name in ("first_time", "last_time", "title", "lang")]
    + [(name, pa.int64()) for name in _COUNTS[2:]]
    + [("digest", pa.string())]
)
SMALL = [name for name in CONTRACT if name not in ("summary", "sources")]


def write_parts(
    tables: Tables, run: Path, *, threads_per_part: int = 1, record: Mapping[str, Any] = RECORD
) -> Path:
    """Write tables of whole threads as a run over a dump leaves them; return its folder."""
    threads = list(tables.by_thread())
    groups = [threads[at : at + threads_per_part] for at in range(0, len(threads), threads_per_part)]
    run.mkdir(parents=True, exist_ok=True)
    write_record(record, run)
    _write(run, "sources", 0, _arrow(tables["sources"], "sources", bears_thread=False))
    first = 0
    for part, group in enumerate(groups or [[]]):
        for name in SMALL:
            found = [_with_thread(thread[name], name, _id(thread)) for thread in group]
            if name == "faults":
                found = [_faults(tables["faults"], {_id(thread) for thread in group}, is_first=part == 0)]
            frame = pd.concat(found, ignore_index=True) if found else CONTRACT[name].empty()
            _write(run, name, part, _arrow(frame, name))
        rows = []
        for thread in group:
            rows.append(_thread_row(thread, part, first, tables["faults"]))
            first += len(thread["posts"])
        _write(run, "threads", part, pa.Table.from_pylist(rows, schema=_THREADS))
    return run


def made_run(run: Path, **options: Any) -> Path:
    """Write the two made-up threads of the report, whose posts have times, as a run over a dump."""
    return write_parts(several_tables(), run, **options)


def _id(thread: Tables) -> str:
    return str(thread["posts"]["thread_id"].iloc[0])


def _with_thread(frame: pd.DataFrame, name: str, thread_id: str) -> pd.DataFrame:
    return frame if "thread_id" in CONTRACT[name].names else frame.assign(thread_id=thread_id)


def _faults(faults: pd.DataFrame, threads: set[str], *, is_first: bool) -> pd.DataFrame:
    of_thread = faults["item_id"].where(faults["item_id"].isin(threads))
    here = of_thread.notna() | (is_first & ~faults["item_id"].isin(threads))
    return faults.assign(thread_id=of_thread)[here]


def _arrow(frame: pd.DataFrame, name: str, *, bears_thread: bool = True) -> pa.Table:
    fields = [(column.name, _ARROW[column.dtype]) for column in CONTRACT[name].columns]
    if bears_thread and "thread_id" not in CONTRACT[name].names:
        fields.append(("thread_id", pa.string()))
    for column, _ in fields:
        if column not in frame:
            frame = frame.assign(**{column: None})
    return pa.Table.from_pandas(frame[[name for name, _ in fields]], pa.schema(fields), preserve_index=False)


def _write(run: Path, name: str, part: int, table: pa.Table) -> None:
    (run / name).mkdir(exist_ok=True)
    pq.write_table(table, run / name / f"part-{part:05}.parquet")


def _thread_row(thread: Tables, part: int, first: int, faults: pd.DataFrame) -> dict[str, Any]:
    posts, marks = thread["posts"], thread["annotations"]
    times, langs = posts["timestamp"].dropna(), Counter(posts["lang"].dropna())
    reply, loops = marks[marks["layer"] == "reply"]["label"], thread["loops"]
    row: dict[str, Any] = {
        "thread_id": _id(thread),
        "part": part,
        "first_position": first,
        "posts": len(posts),
        "authors": posts["author"].nunique(),
        "first_time": times.min() if len(times) else None,
        "last_time": times.max() if len(times) else None,
        "title": posts["text"].iloc[0].partition("\n")[0][:120] or None,
        "lang": min(langs, key=lambda lang: (-langs[lang], lang)) if langs else None,
        "replies": int(posts["reply_to"].isin(posts["post_id"]).sum()),
        "longest_chain": _longest(posts["post_id"].tolist(), posts["reply_to"].tolist()),
        "agreements": int((reply == "agree").sum()),
        "disagreements": int((reply == "disagree").sum()),
        "markers": int((marks["layer"] == "rhetoric").sum()),
        "claims": len(thread["claims"]),
        "loops": len(loops),
        "turns": int(loops["turns"].sum()),
        "restatements": int(loops["restatements"].sum()),
        "faults": int((faults["item_id"] == _id(thread)).sum()),
        "digest": "0" * 16,
    }
    return row


def _longest(ids: Sequence[str], parents: Sequence[Any]) -> int:
    depth: dict[str, int] = {}
    for post_id, parent in zip(ids, parents, strict=True):
        depth[post_id] = 1 + depth.get(parent, 0) if isinstance(parent, str) else 1
    return max(depth.values(), default=0)
