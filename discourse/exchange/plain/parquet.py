"""Parquet: the tables of `csv` with their types, for pandas, R, DuckDB and their like."""

from pathlib import Path

from discourse.exchange.beside import tables_beside
from discourse.exchange.corpus import Corpus
from discourse.exchange.formats import ExportOptions, Written
from discourse.exchange.plain.arrow import ParquetFile, about, schema_of
from discourse.exchange.plain.contents import Sheet, write_all
from discourse.exchange.plain.telling import how_tables

_OPENER = """Open them with pandas, or in DuckDB with `FROM 'posts.parquet'`:

```python
import pandas as pd

posts = pd.read_parquet("posts.parquet")
```
"""
_TYPES = """Times are UTC timestamps. The ids of the runs stand in each file's key-value metadata as
`discourse.run_ids`."""


def write(corpus: Corpus, folder: Path, options: ExportOptions) -> Written:
    """Write every table as `TABLE.parquet`, in bounded row groups."""
    known = about(corpus)

    def opened(sheet: Sheet) -> ParquetFile:
        return ParquetFile(folder / f"{sheet.name}.parquet", schema_of(sheet, known))

    write_all(corpus, opened)
    how = how_tables("parquet", _OPENER, tables_beside(corpus.choice))
    return Written(how=f"{how}\n{_TYPES}")
