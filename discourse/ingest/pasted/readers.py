"""Which reader fits a page."""

from collections.abc import Sequence

from discourse.ingest.pasted.bare_pages import read_bare_layout
from discourse.ingest.pasted.layout import Layout
from discourse.ingest.pasted.long_pages import LONG, SAMPLE, read_long_layout
from discourse.ingest.pasted.platform_pages import read_platform_layout
from discourse.ingest.pasted.shaped_pages import read_shaped_layout
from discourse.ingest.pasted.stamped_pages import read_stamped_layout


def read_layout(lines: Sequence[str]) -> Layout | None:
    """Return the page as the reader that fits it best sees it; None where none finds a comment."""
    if len(lines) <= LONG:
        return _read_short(lines)
    found = read_long_layout(lines, _read_short)
    if found is None:
        begun = _read_short(lines[:SAMPLE])
        found = read_bare_layout(lines) if begun is not None and begun.reader == "bare-names" else None
    return found or _read_short(lines)


def _read_short(lines: Sequence[str]) -> Layout | None:
    readers = (read_platform_layout, read_stamped_layout, read_bare_layout)
    return read_shaped_layout(lines, [layout for reader in readers if (layout := reader(lines)) is not None])
