"""A question put to a run: rows as they come, a batch at a time."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa
from msgspec import Struct

from discourse.errors import DiscourseError
from discourse.scale.asking.queries import SUMS, count, overview
from discourse.scale.asking.question import Question, checked
from discourse.scale.database import MEMORY, WORKERS, Database, opened
from discourse.summary.clustered import ThreadSums, clustered_interval, share_of

AT_ONCE = 2_000  # rows
# functions that take an address in memory: a wrong one would end this program
_POINTERS = re.compile(r"\b(?:arrow_scan\w*|pandas_scan|python_\w+)\b", re.IGNORECASE)


class Answer(Struct, frozen=True):
    """Columns, and rows that are read as they are asked for."""

    schema: pa.Schema
    batches: Iterator[pa.RecordBatch]


@contextmanager
def answered(
    run: Path, question: Question, *, workers: int = WORKERS, memory: int = MEMORY
) -> Iterator[Answer]:
    """Answer a question; one that asks nothing gets an overview.

    Rates are of 100 posts, with the interval of 95 % that `clustered_interval` gives.

    Raises
    ------
    DiscourseError
        Where the question cannot be asked, or no run stands there.
    """
    asks = None if question.is_empty else checked(question)
    with opened(run, workers=workers, memory=memory) as db:
        if asks is None:
            yield _first(_read(db, overview()), question.limit)
            return
        _check_threads(db, asks.threads)
        answer = _read(db, count(db, asks))
        yield _with_rates(answer) if SUMS[0] in answer.schema.names else answer


def _check_threads(db: Database, threads: Sequence[str]) -> None:
    """Make sure that a mistyped thread is not told as one in which nothing was said."""
    for thread in threads:
        if not db.rows("SELECT 1 FROM posts WHERE thread_id = ? LIMIT 1", [thread]):
            raise DiscourseError(
                where=f"--thread {thread}",
                problem="the run has no such thread",
                fix="`discourse stats DIR --by thread` lists them",
            )


@contextmanager
def queried(
    run: Path, sql: str, *, limit: int | None = None, workers: int = WORKERS, memory: int = MEMORY
) -> Iterator[Answer]:
    """Answer a query over views named as the tables: one SELECT that reads nothing but the run.

    Parameters
    ----------
    limit
        Rows that are told at most; all of them where it is None.

    Raises
    ------
    DiscourseError
        Where it is no such query, or cannot be answered.
    """
    import duckdb  # noqa: PLC0415 - slow to load

    with opened(run, workers=workers, memory=memory) as db:
        try:
            statements = duckdb.extract_statements(sql)
            is_reading = [one.type == duckdb.StatementType.SELECT for one in statements] == [True]
            if not is_reading or _POINTERS.search(sql):
                raise DiscourseError(
                    where="--sql", problem="it is not one SELECT over the tables", fix="Write one SELECT"
                )
            yield _first(_read(db, sql), limit)
        except duckdb.OutOfMemoryException:
            raise
        except (duckdb.Error, pa.ArrowException) as error:
            raise DiscourseError(
                where="--sql",
                problem=str(error).splitlines()[0] if str(error) else "it cannot be answered",
                fix="Name tables and columns as in the tables of a run; `FROM (SHOW TABLES)` lists them",
            ) from error


def _read(db: Database, sql: str) -> Answer:
    relation = db.connection.sql(sql)
    # the name that releases before DuckDB 1.4 have
    read = getattr(relation, "to_arrow_reader", None) or relation.fetch_arrow_reader
    reader = read(AT_ONCE)
    return Answer(reader.schema, iter(reader))


def _first(answer: Answer, limit: int | None) -> Answer:
    """Leave out what is beyond so many rows."""
    if limit is None:
        return answer

    def batches() -> Iterator[pa.RecordBatch]:
        left = limit
        for batch in answer.batches:
            yield batch.slice(0, left)
            left -= batch.num_rows
            if left <= 0:
                return

    return Answer(answer.schema, batches())


def _with_rates(answer: Answer) -> Answer:
    """Put a rate and its interval in place of the sums that they rest on."""
    names = [name for name in answer.schema.names if name not in SUMS]
    rates = [pa.field(name, pa.float64()) for name in ("per_100_posts", "low", "high")]
    schema = pa.schema([*(answer.schema.field(name) for name in names), *rates])

    def batches() -> Iterator[pa.RecordBatch]:
        for batch in answer.batches:
            told = [
                _rate(*row) for row in zip(*(batch.column(name).to_pylist() for name in SUMS), strict=True)
            ]
            columns = [pa.array([row[at] for row in told], pa.float64()) for at in range(3)]
            yield pa.RecordBatch.from_arrays(
                [*(batch.column(name) for name in names), *columns], schema=schema
            )

    return Answer(schema, batches())


def _rate(*values: int) -> tuple[float | None, float | None, float | None]:
    threads, hits, posts, posts_squared, hits_squared, products = values
    sums = ThreadSums(threads, posts, hits, posts_squared, hits_squared, products)
    low, high = clustered_interval(sums) or (None, None)
    return _of_100(share_of(sums)), _of_100(low), _of_100(high)


def _of_100(share: float | None) -> float | None:
    return None if share is None else round(100 * share, 4)
