"""A database with full-text search, and what Datasette shows beside it."""

from discourse.exchange.sqlite.writing import write

__all__ = ["write"]
