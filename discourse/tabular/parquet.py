"""Parquet tables, batch by batch."""

from collections.abc import Iterator
from pathlib import Path

from discourse.errors import DiscourseError
from discourse.tabular.reading import BATCH, Batch, Table


class ParquetTable(Table):
    """A table in one Parquet file."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, "parquet")
        import pyarrow as pa  # noqa: PLC0415
        import pyarrow.parquet as pq  # noqa: PLC0415

        self._damage = (pa.ArrowException, OSError, ValueError)
        try:
            with pq.ParquetFile(path) as file:
                self.schema = file.schema_arrow
                self.rows = file.metadata.num_rows
        except self._damage as error:
            raise self._broken(error) from error
        self.names = list(self.schema.names)

    def batches(self) -> Iterator[Batch]:
        """Yield the rows in order."""
        import pyarrow.parquet as pq  # noqa: PLC0415

        first = 0
        try:
            with pq.ParquetFile(self.path) as file:
                for batch in file.iter_batches(batch_size=BATCH, use_threads=False):
                    columns = [batch.column(place).to_pylist() for place in range(len(self.names))]
                    yield Batch(first, batch.num_rows, columns, batch)
                    first += batch.num_rows
        except self._damage as error:
            raise self._broken(error) from error

    def _broken(self, error: Exception) -> DiscourseError:
        reason = str(error).splitlines()[0][:200] if str(error) else type(error).__name__
        return DiscourseError(
            where=str(self.path), problem=f"it is no whole Parquet file ({reason})", fix="Fetch it again"
        )
