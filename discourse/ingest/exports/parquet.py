"""Parquet files, some thousand rows at a time."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from discourse.errors import UnreadableSourceError
from discourse.ingest.exports.chunks import Chunk
from discourse.ingest.exports.faultlog import FaultLog

MAGIC = b"PAR1"
_MANY = 2_000


def read_parquet(path: Path, log: FaultLog) -> Iterator[Chunk]:
    """Yield a file's rows as chunks; what cannot be read behind the first rows is a fault."""
    import pyarrow as pa  # noqa: PLC0415
    import pyarrow.parquet as pq  # noqa: PLC0415

    row = 0
    try:
        with pq.ParquetFile(path, memory_map=True, pre_buffer=False) as file:
            for batch in file.iter_batches(batch_size=_MANY, use_threads=False):
                columns = {
                    name: _values(batch.column(place)) for place, name in enumerate(batch.schema.names)
                }
                yield Chunk(columns, range(row + 1, row + 1 + batch.num_rows), "row")
                row += batch.num_rows
    except (pa.ArrowException, OSError, ValueError) as error:
        problem = f"it is no whole Parquet file ({str(error).splitlines()[0][:200]})"
        if row == 0:
            raise UnreadableSourceError(where=str(path), problem=problem, fix="Fetch it again") from error
        log.add("damage", log.at(row, "row"), f"{problem}; what stands behind this is lost")


def _values(column: Any) -> list[Any]:
    values: list[Any] = column.to_pylist()
    if any(isinstance(value, bytes) for value in values):
        return [
            value.decode("utf-8", errors="replace") if isinstance(value, bytes) else value for value in values
        ]
    return values
