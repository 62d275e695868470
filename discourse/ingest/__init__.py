"""From bytes to sources, posts, articles and marked quotes."""

from discourse.ingest.detect import open_source, read_article, read_source

__all__ = ["open_source", "read_article", "read_source"]
