"""Parquet tables, batch by batch."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, overload

from discourse.errors import DiscourseError
from discourse.tabular.reading import BATCH, Batch, Table

if TYPE_CHECKING:
    import pyarrow as pa


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
                    yield Batch(first, batch.num_rows, _Columns(batch), batch)
                    first += batch.num_rows
        except self._damage as error:
            raise self._broken(error) from error

    def _broken(self, error: Exception) -> DiscourseError:
        reason = str(error).splitlines()[0][:200] if str(error) else type(error).__name__
        return DiscourseError(
            where=str(self.path), problem=f"it is no whole Parquet file ({reason})", fix="Fetch it again"
        )


class _Columns(Sequence[Sequence[Any]]):
    """The columns of a batch, as Python's values once they are asked for: most need only be handed on."""

    def __init__(self, batch: "pa.RecordBatch") -> None:
        self._batch = batch

    def __len__(self) -> int:
        return int(self._batch.num_columns)

    @overload
    def __getitem__(self, place: int) -> Sequence[Any]: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[Sequence[Any]]: ...

    def __getitem__(self, place: int | slice) -> Sequence[Any]:
        if isinstance(place, slice):
            return [self[number] for number in range(len(self))[place]]
        return _values(self._batch.column(place))


def _values(column: "pa.Array") -> list[Any]:
    """Return a column's values; those that Python has no type for (the year 20000) as Arrow writes them."""
    import pyarrow as pa  # noqa: PLC0415

    try:
        found: list[Any] = column.to_pylist()
    except (ValueError, OverflowError, ImportError):
        found = column.cast(pa.string()).to_pylist()
    return found
