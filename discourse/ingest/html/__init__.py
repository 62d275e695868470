"""Saved pages: markup to a tree, a tree to comments."""

from discourse.ingest.html.article import lone_article
from discourse.ingest.html.encoding import decode_html
from discourse.ingest.html.page import read_html

__all__ = ["decode_html", "lone_article", "read_html"]
