"""From bytes to sources, posts, articles and marked quotes."""

from discourse.ingest.detect import open_dump, open_source, read_article, read_source
from discourse.ingest.exports import Batch, Export
from discourse.ingest.sources import posts_of

__all__ = ["Batch", "Export", "open_dump", "open_source", "posts_of", "read_article", "read_source"]
