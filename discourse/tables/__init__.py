"""The contract between stages: schemas, the tables themselves, and their files."""

from discourse.tables.contract import (
    ANNOTATIONS,
    ARTICLES,
    AUTHORS,
    CAMPS,
    CLAIMS,
    CONTEXT,
    CONTRACT,
    EDITS,
    FAULTS,
    LINKS,
    LOOPS,
    POSTS,
    SOURCES,
    STANCES,
    SUMMARY,
    TARGETS,
    TURNS,
)
from discourse.tables.files import TableWriter, read_tables, write_csv, write_tables
from discourse.tables.rows import format_time, frame_of, parse_time, rows_of
from discourse.tables.schema import Column, Schema
from discourse.tables.tables import Tables

__all__ = [
    "ANNOTATIONS",
    "ARTICLES",
    "AUTHORS",
    "CAMPS",
    "CLAIMS",
    "CONTEXT",
    "CONTRACT",
    "EDITS",
    "FAULTS",
    "LINKS",
    "LOOPS",
    "POSTS",
    "SOURCES",
    "STANCES",
    "SUMMARY",
    "TARGETS",
    "TURNS",
    "Column",
    "Schema",
    "TableWriter",
    "Tables",
    "format_time",
    "frame_of",
    "parse_time",
    "read_tables",
    "rows_of",
    "write_csv",
    "write_tables",
]
