"""CSV out and in: the contract's tables, a wide one for classifiers; marked for spreadsheets where asked."""

import csv
import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Self

from discourse.exchange.beside import tables_beside
from discourse.exchange.corpus import Corpus
from discourse.exchange.formats import ExportOptions, Written
from discourse.exchange.found import FoundPost
from discourse.exchange.plain.coming_back import read_tables
from discourse.exchange.plain.contents import TIMES, Sheet, write_all
from discourse.exchange.plain.formulas import LONGEST_CELL, MARK, is_longer_than_a_cell, marked
from discourse.exchange.plain.telling import how_tables
from discourse.tables.rows import format_time

_OPENER = r"""Open them with whatever reads CSV in UTF-8, or with pandas, which must be told that ids are no
numbers (`001` would become 1):

```python
import pandas as pd

posts = pd.read_csv("posts.csv", dtype=str, keep_default_na=False)
labels = pd.read_csv("labels.csv", dtype=str, keep_default_na=False)
numbers = labels.filter(regex=r"^rhetoric\.[^.]+$|\.score$").apply(pd.to_numeric)
```"""
_MARKED_OPENER = f"""**These files are marked for spreadsheets** (`--spreadsheet-safe`). The name of each
column of texts begins with `{MARK}`: where this card says `post_id` or `quote`, the files have
`{MARK}post_id` and `{MARK}quote`. In these columns a `{MARK}` stands before each cell that a spreadsheet
would run as a formula or rewrite as a number, a date or a truth value, such as the id `001`, and within a
cell before what would be run if the file were taken apart at other delimiters or at line ends. `discourse
import --from csv` takes the marks off again, exactly, also after a spreadsheet has saved the file (as CSV
UTF-8); leave the names of the columns as they are. For other programs, export without `--spreadsheet-safe`;
or, where this package is installed:

```python
import pandas as pd

from discourse.exchange.plain.formulas import unmarked

posts = pd.read_csv("posts.csv", dtype=str, keep_default_na=False, encoding="utf-8-sig")
names = {{name: unmarked(name[1:]) for name in posts if name.startswith("{MARK}")}}
posts[list(names)] = posts[list(names)].map(unmarked)
posts = posts.rename(columns=names)
```"""


def write(corpus: Corpus, folder: Path, options: ExportOptions) -> Written:
    """Write every table as `TABLE.csv`: UTF-8, RFC 4180, CRLF between records, texts exactly.

    With `options.spreadsheet_safe` the columns that hold texts are marked; see `formulas`. Their names
    begin with the mark too, so that each column says of itself that it is.
    """
    cut: list[str] = []

    def opened(sheet: Sheet) -> _File:
        return _File(folder / f"{sheet.name}.csv", sheet, options.spreadsheet_safe, cut)

    write_all(corpus, opened)
    opener = _MARKED_OPENER if options.spreadsheet_safe else _OPENER
    how = how_tables("csv", opener, tables_beside(corpus.choice))
    return Written(how=how + _of_long_cells(cut))


def read(path: Path) -> Iterator[FoundPost]:
    """Read a folder that `write` filled, or one table of labels of anybody's own; see `read_tables`."""
    return read_tables(path)


class _File:
    """One CSV file, row by row."""

    def __init__(self, path: Path, sheet: Sheet, is_safe: bool, cut: list[str]) -> None:
        self._names = [column.name for column in sheet.columns]
        texts = {column.name for column in sheet.columns if column.dtype == "str"} - TIMES
        self._marked = [is_safe and name in texts for name in self._names]
        self._cut = cut
        self._sheet = sheet.name
        # Excel takes a file without this sign for one in the encoding of its own country
        self._file = path.open("w", encoding="utf-8-sig" if is_safe else "utf-8", newline="")
        self._csv = csv.writer(self._file, lineterminator="\r\n")
        header = zip(self._names, self._marked, strict=True)
        self._csv.writerow([MARK + marked(name) if is_marked else name for name, is_marked in header])

    def add(self, row: Mapping[str, Any]) -> None:
        """Write one row."""
        cells = [cell_of(row.get(name)) for name in self._names]
        if True in self._marked:
            pairs = zip(cells, self._marked, strict=True)
            cells = [marked(cell) if is_marked else cell for cell, is_marked in pairs]
            if any(is_longer_than_a_cell(cell) for cell in cells):
                self._cut.append(self._sheet)
        self._csv.writerow(cells)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self._file.close()


def cell_of(value: Any) -> str:
    """Return a value as the contract's tables write it; a list of texts as JSON."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return f"{value:.15g}"
    if isinstance(value, datetime):
        return format_time(value) or ""
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list) else str(value)


def _of_long_cells(cut: list[str]) -> str:
    if not cut:
        return ""
    return (
        f"\n\n{len(cut):,} rows ({', '.join(sorted(set(cut)))}) hold a cell of more than {LONGEST_CELL:,} "
        "characters, which Excel cuts or spreads over rows: open them with another program."
    )
