"""Tables as Parquet data sets: a folder a table, a file a part, every row with its thread."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from discourse.scale.places import Place
from discourse.scale.threads import THREADS
from discourse.tables import CONTRACT, Tables
from discourse.tables.schema import Column, Schema

_ABSENT = ("sources", "articles", "authors", "summary", "edits", "coded", "context", "claim_context")
THREAD = "thread_id"
OF_PARTS: dict[str, Schema] = {
    **{name: schema for name, schema in CONTRACT.items() if name not in _ABSENT},
    THREADS.name: THREADS,
}


def columns_of(schema: Schema) -> tuple[Column, ...]:
    """Return the columns that a table's files have: those of the contract, and last its thread."""
    names = [column.name for column in schema.columns]
    return schema.columns if THREAD in names else (*schema.columns, Column(THREAD, nullable=True))


def with_threads(tables: Tables, order: Mapping[str, int]) -> Tables:
    """Return tables with a thread in every row, rows by thread in a given order.

    Within a thread rows keep their order, so that a part has the same bytes however its threads were
    taken together for the analysis.

    Parameters
    ----------
    order
        Place of each thread.
    """
    posts = tables["posts"]
    of_post = dict(zip(posts["post_id"], posts[THREAD], strict=True))
    of_claim = dict(zip(tables["claims"]["claim_id"], tables["claims"][THREAD], strict=True))
    loops = tables["loops"]
    of_loop = {
        loop: of_post.get(first) for loop, first in zip(loops["loop_id"], loops["first_post"], strict=True)
    }
    owners = {"post_id": of_post, "loop_id": of_loop, "claim_id": of_claim}
    return Tables({name: _owned(tables[name], owners, order) for name in OF_PARTS if name in CONTRACT})


def _owned(
    frame: pd.DataFrame, owners: Mapping[str, Mapping[str, str | None]], order: Mapping[str, int]
) -> pd.DataFrame:
    if THREAD not in frame:  # those of faults are known where they are found
        column = next(name for name in owners if name in frame)
        threads = pd.array(list(map(owners[column].get, frame[column])), dtype="str")
        frame = frame.assign(**{THREAD: threads})
    places = np.array([order.get(thread, -1) for thread in frame[THREAD]], dtype=np.int64)
    if (places[1:] >= places[:-1]).all():
        return frame
    return frame.take(np.argsort(places, kind="stable")).reset_index(drop=True)


def arrow_of(name: str, frame: pd.DataFrame) -> Any:
    """Return a table as its files have it: the columns of its schema, and no others."""
    import pyarrow as pa  # noqa: PLC0415

    wanted = columns_of(_schema_of(name))
    kinds = {"str": pa.large_string(), "Int64": pa.int64(), "float64": pa.float64(), "boolean": pa.bool_()}
    schema = pa.schema([(column.name, kinds[column.dtype]) for column in wanted])
    columns = [
        pa.Array.from_pandas(frame[column.name], type=field.type)
        if column.name in frame
        else pa.nulls(len(frame), field.type)
        for column, field in zip(wanted, schema, strict=True)
    ]
    return pa.table([_whole(column) for column in columns], schema=schema)


def frame_from(name: str, table: Any) -> pd.DataFrame:
    """Return what files hold as a table of the contract, the thread of every row beside it."""
    wanted = columns_of(_schema_of(name))
    held = {column: table[column].to_pandas() for column in table.column_names}
    return pd.DataFrame({c.name: held[c.name].astype(c.dtype) for c in wanted})


def write_part(place: Place, name: str, file: str, pieces: Sequence[Any]) -> int:
    """Write a part of a table; return how many rows it has."""
    import pyarrow as pa  # noqa: PLC0415
    from pyarrow import parquet  # noqa: PLC0415

    table = pa.concat_tables(pieces) if pieces else arrow_of(name, _schema_of(name).empty())
    with place.writing(f"{name}/{file}.parquet") as out:
        parquet.write_table(table, out, compression="zstd", store_schema=False)
    return int(table.num_rows)


def read_part_of(place: Place, name: str, file: str, threads: Sequence[str] | None = None) -> pd.DataFrame:
    """Read a part of a table, or only the rows of some threads.

    Raises
    ------
    FileNotFoundError
        Where the part is not there.
    """
    from pyarrow import parquet  # noqa: PLC0415

    with place.reading(f"{name}/{file}.parquet") as kept:
        filters = None if threads is None else [(THREAD, "in", list(threads))]
        return frame_from(name, parquet.read_table(kept, filters=filters, use_threads=False))


def _schema_of(name: str) -> Schema:
    return OF_PARTS.get(name) or CONTRACT[name]


def _whole(column: Any) -> Any:
    return column.combine_chunks() if hasattr(column, "combine_chunks") else column
