"""Exports and dumps of comments, read as a stream: one file a format."""

from discourse.ingest.exports.batches import Batch
from discourse.ingest.exports.formats import ExportFormat, find_export
from discourse.ingest.exports.opening import not_a_table, open_export
from discourse.ingest.exports.picking import ColumnUse
from discourse.ingest.exports.stream import Export

__all__ = ["Batch", "ColumnUse", "Export", "ExportFormat", "find_export", "not_a_table", "open_export"]
