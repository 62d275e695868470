"""Tables to HTML: one self-contained file that asks nothing of the network and needs no script."""

from discourse.report.page import render_report
from discourse.report.several.index import IndexEntry, Overview, render_index

# stands in every page that we make, with the kind of the page behind it
GENERATOR = '<meta name="generator" content="discourse-analyzer'

__all__ = ["GENERATOR", "IndexEntry", "Overview", "render_index", "render_report"]
