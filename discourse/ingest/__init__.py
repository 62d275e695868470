"""From bytes to sources, posts, articles and marked quotes."""

from discourse.ingest.detect import read_source

__all__ = ["read_source"]
