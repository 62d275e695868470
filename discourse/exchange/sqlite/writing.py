"""Posts, labels and all other tables of a corpus into one database file, batch by batch."""

import json
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import Any

from msgspec.structs import asdict

from discourse import __version__
from discourse.errors import DiscourseError
from discourse.exchange.beside import WHOLE, is_whole, rows_beside, tables_beside
from discourse.exchange.corpus import Corpus, LabelledPost
from discourse.exchange.formats import ExportOptions, Written
from discourse.exchange.sqlite import schema
from discourse.exchange.sqlite.described import metadata
from discourse.stored.streaming import Row
from discourse.tables.contract import CONTRACT
from discourse.tables.rows import format_time

NAME = "discourse"
_BATCH = 500  # posts
_OWN = ("posts", "annotations", "coded")  # filled post by post


def write(corpus: Corpus, folder: Path, options: ExportOptions) -> Written:
    """Write `discourse.db` and, for Datasette, `metadata.json`.

    The same corpus gives the same bytes with the same version of SQLite. People's rows stand beside the
    machine's. Where posts, layers or makers were chosen, tables that speak of what is not here stay empty.

    Raises
    ------
    DiscourseError
        Where Python's SQLite has no full-text search, or a number of the tables is too large for it.
    """
    path = folder / f"{NAME}.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as file:
        _check_search(file)
        try:
            _fill(file, corpus, options)
        except OverflowError as error:
            raise DiscourseError(
                where=str(corpus.folders[0]),
                problem="a number in its tables is larger than 64 bits can hold",
                fix="Analyse the source again; these tables were changed by hand",
            ) from error
    told = json.dumps(metadata(NAME, options), indent=2, ensure_ascii=False) + "\n"
    (folder / "metadata.json").write_text(told, encoding="utf-8")
    return Written(how=_HOW)


def _check_search(file: sqlite3.Connection) -> None:
    try:
        file.execute("CREATE VIRTUAL TABLE temp.trial USING fts5 (text)")
        file.execute("DROP TABLE temp.trial")
    except sqlite3.OperationalError as error:
        raise DiscourseError(
            where="sqlite",
            problem=f"the SQLite of this Python ({sqlite3.sqlite_version}) has no full-text search (FTS5)",
            fix="Use a Python whose SQLite has it, or export to csv or parquet",
        ) from error


def _fill(file: sqlite3.Connection, corpus: Corpus, options: ExportOptions) -> None:
    for setting in ("page_size=4096", "journal_mode=OFF", "synchronous=OFF"):
        file.execute(f"PRAGMA {setting}")
    file.execute("BEGIN")
    _execute(file, schema.tables())
    _add_posts(file, corpus)
    for name in _others(corpus):
        _insert(file, name, schema.columns_of(name), map(_values(name), rows_beside(corpus, name)))
    _insert(file, "about", ["name", "value"], _about(corpus, options))
    _execute(file, schema.indexes())
    file.execute("COMMIT")
    file.execute("VACUUM")
    # last, as it goes by row numbers; external content: the texts stand in the file once
    _execute(file, [schema.SEARCH, *schema.views()])
    for order in ("rebuild", "optimize"):
        file.execute("INSERT INTO posts_fts (posts_fts) VALUES (?)", [order])


def _execute(file: sqlite3.Connection, statements: Iterator[str] | Sequence[str]) -> None:
    for statement in statements:
        file.execute(statement)


def _insert(file: sqlite3.Connection, name: str, columns: Sequence[str], rows: Iterator[Any]) -> None:
    places = ", ".join("?" * len(columns))
    names = ", ".join(f'"{column}"' for column in columns)
    file.executemany(f'INSERT INTO "{name}" ({names}) VALUES ({places})', rows)  # noqa: S608 - our own names


def _add_posts(file: sqlite3.Connection, corpus: Corpus) -> None:
    posts = corpus.posts()
    of_coded = _values("coded")
    while batch := list(islice(posts, _BATCH)):
        _insert(file, "posts", [*schema.columns_of("posts"), schema.RUN], map(_post, batch))
        labels = (row for one in batch for row in _labels(one))
        _insert(file, "annotations", [*schema.columns_of("annotations"), schema.REJECTED], labels)
        entries = (row for one in batch for row in one.coded)
        _insert(file, "coded", schema.columns_of("coded"), map(of_coded, entries))


_TIMES = ("timestamp", "addressee_time")
_LABEL = schema.columns_of("annotations")


def _post(one: LabelledPost) -> list[Any]:
    cells = asdict(one.post)
    cells |= {name: format_time(cells[name]) for name in _TIMES}
    return [*(cells[name] for name in schema.columns_of("posts")), one.run]


def _labels(one: LabelledPost) -> Iterator[list[Any]]:
    standing = set(map(id, one.unrejected()))
    for row in one.annotations:
        yield [*(getattr(row, name) for name in _LABEL), id(row) not in standing]


def _values(name: str) -> Callable[[Row], list[Any]]:
    columns = schema.columns_of(name)
    return lambda row: [row.get(column) for column in columns]


def _others(corpus: Corpus) -> list[str]:
    """Return which tables are filled beside those of the posts, in the contract's order."""
    wanted = {*tables_beside(corpus.choice), *(WHOLE if is_whole(corpus.choice) else ())}
    return [name for name in CONTRACT if name not in _OWN and name in wanted]


def _about(corpus: Corpus, options: ExportOptions) -> Iterator[tuple[str, str]]:
    yield "title", options.title
    yield "licence", options.licence or "not stated"
    yield "discourse-analyzer", __version__
    for folder, record in zip(corpus.folders, corpus.records, strict=True):
        yield f"run {folder.name}", json.dumps(record, ensure_ascii=False, sort_keys=True)


_HOW = """`discourse.db` is an SQLite database with the tables of the analysis under their own names and
columns, people's rows beside the machine's (`annotator`, `human:NAME`; table `coded`: who looked for what).
`posts_fts` is a full-text index over text and author, `labelled_posts` a view of each label beside its post,
`disagreements` a view of labels of which somebody else says something else; `about` holds the record of each
run. `metadata.json` tells Datasette what tables and columns mean. Where posts, layers or makers were chosen,
tables that speak of others are empty, and so are those of whole runs (`authors`, `summary`, `faults`).

```sh
datasette discourse.db -m metadata.json
sqlite3 discourse.db "SELECT post_id, text FROM posts WHERE rowid IN
    (SELECT rowid FROM posts_fts WHERE posts_fts MATCH 'harbour OR pier')"
```

```python
import sqlite3

import pandas as pd

file = sqlite3.connect("discourse.db")
labels = pd.read_sql("SELECT * FROM labelled_posts", file)
file.close()
```"""
