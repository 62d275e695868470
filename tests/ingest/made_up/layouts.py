"""Made-up layouts: what to import from here."""

from tests.ingest.made_up.dev import DEV
from tests.ingest.made_up.page import Layout, render
from tests.ingest.made_up.sample import sample_layout

__all__ = ["DEV", "Layout", "named", "render", "sample_layout"]


def named(name: str) -> Layout:
    """The layout of DEV with this name."""
    return next(layout for layout in DEV if layout.name == name)
