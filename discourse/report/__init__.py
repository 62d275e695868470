"""Tables to HTML: one self-contained file that asks nothing of the network and needs no script."""

from discourse.report.index import IndexEntry, render_index
from discourse.report.page import render_report

GENERATOR = '<meta name="generator" content="discourse-analyzer">'  # stands in every page that we make

__all__ = ["GENERATOR", "IndexEntry", "render_index", "render_report"]
