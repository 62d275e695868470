"""A finished run as views of DuckDB: bounded memory, nothing outside the run's folder, nothing written."""

import csv
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from discourse.errors import DiscourseError
from discourse.provenance import RECORD
from discourse.scale.threads_view import THREADS
from discourse.stored import run_folders
from discourse.tables.contract import CONTRACT
from discourse.tables.schema import Column, Schema

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

MEMORY = 120  # MB that a query may hold before it goes on disk
WORKERS = 2
_DISK = "100GB"  # that it may take there
_BATCH = 8_000_000  # bytes of parts that are counted together
_LONGEST_LINE = 16_000_000  # bytes of a record of a CSV table
_TYPES = {"str": "VARCHAR", "Int64": "BIGINT", "float64": "DOUBLE", "boolean": "BOOLEAN"}
_OWNERS = ("post_id", "loop_id", "claim_id")  # columns that lead to a thread


class OutOfMemoryError(DiscourseError):
    """A query that does not fit into the memory that it was given, not even with the help of the disk."""


class Database(Struct, frozen=True):
    """An open run."""

    connection: "DuckDBPyConnection"
    parts: Sequence[Sequence[str]]  # names of the files of a few parts at a time; empty where it has no parts
    folder: Path

    def rows(self, sql: str, values: Sequence[Any] = ()) -> list[dict[str, Any]]:
        """Return the rows of a query by column name."""
        cursor = self.connection.execute(sql, list(values))
        names = [column[0] for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    def row(self, sql: str, values: Sequence[Any] = ()) -> dict[str, Any]:
        """Return the only row of a query."""
        (row,) = self.rows(sql, values)
        return row

    def keep(self, name: str, sql: str) -> None:
        """Work a query out once, under a name for later ones."""
        self.connection.execute(f"CREATE TEMP TABLE {name} AS {sql}")

    def gather(self, tables: Mapping[str, str], helpers: Mapping[str, str]) -> None:
        """Make temporary tables of a few parts at a time, so that memory is bounded by what these hold.

        Parameters
        ----------
        tables
            A query for each: over `part_TABLE`, the rows of these parts, and over the helpers. It is asked
            for each batch of parts, and all rows that it gives are kept.
        helpers
            Queries that are worked out for each batch before these.
        """
        made = False
        for batch in self.parts or [()]:
            for name in (*CONTRACT, "threads"):
                files = self._files(name, batch)
                body = (
                    f"FROM {_parquet(files)}" if files else f"FROM {name}" + (" WHERE false" if batch else "")
                )
                self.connection.execute(f"CREATE OR REPLACE TEMP VIEW part_{name} AS {body}")
            for name, sql in helpers.items():
                self.connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS {sql}")
            for name, sql in tables.items():
                verb = f"INSERT INTO {name}" if made else f"CREATE TEMP TABLE {name} AS"
                self.connection.execute(f"{verb} {sql}")
            made = True

    def _files(self, name: str, batch: Sequence[str]) -> list[Path]:
        return [path for part in batch if (path := self.folder / name / part).is_file()]


@contextmanager
def opened(
    run: Path, *, workers: int = WORKERS, memory: int = MEMORY, is_finished: bool = True
) -> Iterator[Database]:
    """Open a run over a dump, an ordinary run, or a folder of several of these.

    There is a view for each table of the contract, and one of `threads`; all of them bear `thread_id`, but
    for `sources` and `articles`. What is not there is empty.

    Parameters
    ----------
    workers
        Threads that a query may use.
    memory
        In MB; what needs more is put into a temporary folder, which goes when the block ends.
    is_finished
        Whether a run over a dump must be: parts of one that is not do not fit together.

    Raises
    ------
    DiscourseError
        Where the folder holds no finished run, or its tables cannot be read; that may only show within
        the block.
    """
    import duckdb  # noqa: PLC0415 - slow to load

    in_parts = is_in_parts(run)
    if in_parts and is_finished and not (run / RECORD).is_file():
        raise DiscourseError(
            where=str(run),
            problem="the run over a dump that stands here is not finished",
            fix="Finish it: the same `discourse analyze` with --resume",
        )
    folders = [] if in_parts else run_folders(run)
    with tempfile.TemporaryDirectory(prefix="discourse-") as spill:
        connection = duckdb.connect(config=_config(spill, workers, memory))
        try:
            if in_parts:
                _view_parts(connection, run)
            else:
                _load_csv(connection, folders)
            _lock(connection, run if in_parts else None)
            yield Database(connection, _batches(run) if in_parts else (), run)
        except duckdb.OutOfMemoryException as error:
            problem = f"the question needs more than {memory} MB of memory, or more room on disk"
            fix = "Ask for less, or make room in the temporary folder"
            raise OutOfMemoryError(where=str(run), problem=problem, fix=fix) from error
        except duckdb.Error as error:
            raise _damaged(run, error) from error
        finally:
            connection.close()


def is_in_parts(run: Path) -> bool:
    """Say whether a folder is a run over a dump: tables as folders of parts."""
    return any((run / "posts").glob("part-*.parquet"))


def _batches(run: Path) -> list[list[str]]:
    """Put parts together that are small, by the size of their posts on disk; see `Database.gather`."""
    batches: list[list[str]] = []
    room = 0
    for path in _parts(run, "posts"):
        size = path.stat().st_size
        if size > room:
            batches.append([])
            room = _BATCH
        batches[-1].append(path.name)
        room -= size
    return batches


def _parts(run: Path, table: str) -> list[Path]:
    return sorted((run / table).glob("part-*.parquet"))


def _config(spill: str, workers: int, memory: int) -> dict[str, str | bool | int | float | list[str]]:
    return {
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        "allow_community_extensions": False,
        "allow_unsigned_extensions": False,
        "python_enable_replacements": False,  # a query must not read this program's variables
        "memory_limit": f"{memory}MB",
        "threads": max(1, workers),
        "preserve_insertion_order": False,
        "temp_directory": spill,
        "max_temp_directory_size": _DISK,
    }


def _lock(connection: "DuckDBPyConnection", folder: Path | None) -> None:
    """Let nothing be read but the run's own parts, and nothing be set any more."""
    if folder is not None:
        # the last sign keeps out folders beside it whose names begin alike
        connection.execute(f"SET allowed_directories = [{literal(f'{folder.absolute()}/')}]")
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")


def _damaged(run: Path, error: Exception) -> DiscourseError:
    return DiscourseError(
        where=str(run),
        problem=f"its tables cannot be read ({str(error).splitlines()[0]})",
        fix="Analyse the source again",
    )


def _view_parts(connection: "DuckDBPyConnection", run: Path) -> None:
    for name, schema in CONTRACT.items():
        paths = _parts(run, name)
        body = f"SELECT * FROM {_parquet(paths)}" if paths else _nothing(schema)
        connection.execute(f"CREATE VIEW {name} AS {body}")
    paths = _parts(run, "threads")
    connection.execute(f"CREATE VIEW threads AS {f'FROM {_parquet(paths)}' if paths else THREADS}")


def _parquet(paths: Iterable[Path]) -> str:
    # each by its name, since a folder's name may hold signs that a pattern takes for its own
    return f"read_parquet([{', '.join(literal(str(path.absolute())) for path in paths)}])"


def _nothing(schema: Schema) -> str:
    columns = [_empty(column) for column in schema.columns]
    if "thread_id" not in schema.names and schema.name not in ("sources", "articles", "summary"):
        columns.append("NULL::VARCHAR AS thread_id")
    return f"SELECT {', '.join(columns)} WHERE false"


def _load_csv(connection: "DuckDBPyConnection", folders: Sequence[Path]) -> None:
    for name, schema in CONTRACT.items():
        paths = [folder / "tables" / f"{name}.csv" for folder in folders]
        bodies = [_csv(schema, path) for path in paths if path.is_file()]
        body = (
            " UNION ALL BY NAME ".join(bodies)
            or f"SELECT {', '.join(map(_empty, schema.columns))} WHERE false"
        )
        connection.execute(f"CREATE TABLE own_{name} AS {body}")
    for name, schema in CONTRACT.items():
        connection.execute(f"CREATE VIEW {name} AS {_with_thread(schema)}")
    connection.execute(f"CREATE VIEW threads AS {THREADS}")


def _empty(column: Column) -> str:
    return f'NULL::{_TYPES[column.dtype]} AS "{column.name}"'


def _csv(schema: Schema, path: Path) -> str:
    known = {column.name: column for column in schema.columns}
    with path.open(encoding="utf-8", newline="") as file:
        header = next(csv.reader(file), [])
    types = {name: _TYPES[known[name].dtype] if name in known else "VARCHAR" for name in header}
    columns = ", ".join(f"{literal(name)}: '{kind}'" for name, kind in types.items())
    # what an earlier version did not write yet is empty
    missing = [_empty(column) for column in schema.columns if column.name not in header]
    cells = ", ".join([*(_cell(name, known.get(name)) for name in header), *missing])
    return (
        f"SELECT {cells} FROM read_csv({literal(str(path.absolute()))}, columns = {{{columns}}}, "
        "header = true, auto_detect = false, delim = ',', quote = '\"', escape = '\"', "
        "new_line = '\\r\\n', nullstr = '', "
        f"parallel = false, max_line_size = {_LONGEST_LINE})"
    )


def _cell(name: str, column: Column | None) -> str:
    quoted = _quoted(name)
    # an empty cell is a missing value, but where a text must stand
    must_stand = column is not None and column.dtype == "str" and not column.nullable
    return f"coalesce({quoted}, '') AS {quoted}" if must_stand else quoted


def _with_thread(schema: Schema) -> str:
    """Give the rows of a table their thread, by the post, loop or claim that they belong to."""
    own = f"own_{schema.name}"
    owner = next((name for name in _OWNERS if name in schema.names), None)
    if schema.name == "faults":
        return (
            f"SELECT f.*, p.thread_id FROM {own} f LEFT JOIN (SELECT DISTINCT thread_id FROM own_posts) p "
            "ON f.item_id = p.thread_id"
        )
    if "thread_id" in schema.names or owner is None:
        return f"FROM {own}"
    homes = {
        "post_id": "SELECT post_id AS id, thread_id FROM own_posts",
        "loop_id": "SELECT DISTINCT l.loop_id AS id, p.thread_id FROM own_loops l JOIN own_posts p "
        "ON l.first_post = p.post_id",
        "claim_id": "SELECT DISTINCT claim_id AS id, thread_id FROM own_claims",
    }
    if schema.name == "loops":
        owner, column = "post_id", "first_post"
    else:
        column = owner
    return f'SELECT t.*, h.thread_id FROM {own} t LEFT JOIN ({homes[owner]}) h ON t."{column}" = h.id'


def literal(text: str) -> str:
    """Return a text as SQL writes it."""
    return "'" + text.replace("'", "''") + "'"


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
