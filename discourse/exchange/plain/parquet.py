"""Parquet: the tables of `csv` with their types, for pandas, R, DuckDB and their like."""

from pathlib import Path

from discourse.exchange.corpus import Corpus
from discourse.exchange.formats import ExportOptions, Written
from discourse.exchange.plain.arrow import ParquetFile, about, schema_of
from discourse.exchange.plain.contents import Sheet, tables_beside, write_all
from discourse.exchange.plain.telling import how_tables

_OPENER = "`pandas.read_parquet(\"posts.parquet\")` or, in DuckDB, `FROM 'posts.parquet'`"
_TYPES = """Times are UTC timestamps. The ids of the runs stand in each file's key-value metadata as
`discourse.run_ids`."""


def write(corpus: Corpus, folder: Path, options: ExportOptions) -> Written:
    """Write every table as `TABLE.parquet`, in bounded row groups."""
    known = about(corpus)

    def opened(sheet: Sheet) -> ParquetFile:
        return ParquetFile(folder / f"{sheet.name}.parquet", schema_of(sheet, known))

    write_all(corpus, opened)
    how = how_tables("parquet", _OPENER, tables_beside(corpus.choice))
    return Written(how=f"{how} {_TYPES}")
