"""Which reader fits a page."""

from collections.abc import Sequence

from discourse.ingest.bare_pages import read_bare_layout
from discourse.ingest.layout import Layout
from discourse.ingest.stamped_pages import read_stamped_layout

_SURE = 0.85  # score from which on a stamped page is not read in another way as well
_FAIR = 0.6
_FAR_MORE = 3  # times as many posts
_LONG = 25  # lines a post from which on headers may have been missed


def read_layout(lines: Sequence[str]) -> Layout | None:
    """Return the page as the reader that fits it best sees it; None where none finds a comment."""
    stamped = read_stamped_layout(lines)
    if stamped is not None and stamped.score >= _SURE and len(lines) <= _LONG * len(stamped.headers):
        return stamped
    bare = read_bare_layout(lines)
    if stamped is None or bare is None:
        return stamped or bare
    if len(bare.headers) >= _FAR_MORE * len(stamped.headers) and bare.score >= _FAIR:
        return bare  # moments in a few lines of comments are no headers
    return stamped if stamped.score >= bare.score else bare
