"""Which reader sees a page best: those that know one kind of page, or the one that learned from all kinds."""

from collections.abc import Callable, Sequence

from discourse.ingest.counts import Count, find_counts
from discourse.ingest.pasted.bare_pages import read_bare_layout
from discourse.ingest.pasted.belief import holds_comments
from discourse.ingest.pasted.layout import Layout
from discourse.ingest.pasted.long_bare import read_long_bare
from discourse.ingest.pasted.long_pages import LONG, SAMPLE, read_long_layout
from discourse.ingest.pasted.platform_pages import read_platform_layout
from discourse.ingest.pasted.recurrence import Rows
from discourse.ingest.pasted.rows import read_rows
from discourse.ingest.pasted.stamped_pages import read_stamped_layout
from discourse.ingest.pasted.tagged_pages import read_tagged_layout
from discourse.ingest.pasted.tagging import row_model
from discourse.ingest.pasted.weighing import agreement, tags_of

# Readers that know one kind of page, and how much less the model of rows may agree with them than with its
# own reading (mean logarithm of likelihood a row): what they know, a profile's names above all, it guesses.
_KNOWING: tuple[tuple[Callable[[Sequence[str], Sequence[Count]], Layout | None], float], ...] = (
    (lambda lines, _: read_platform_layout(lines), 0.3),
    (read_stamped_layout, 0.35),
    (read_bare_layout, 0.3),
)

_SURE = -0.03  # agreement of the model with its own reading; below it, they count in full
_START = 12.0  # the same for a page as a whole: on a few rows the model is easily sure of too much
_EXACT, _BY_CHANCE = 2.0, 0.3  # the same for as many posts as the page states: many, or few as it may chance
_MANY = 8


def read_layout(lines: Sequence[str]) -> Layout | None:
    """Return the page as the reader that fits it best sees it; None where none finds a comment."""
    if len(lines) <= LONG:
        return _read_short(lines)
    begun = _read_short(lines[:SAMPLE])
    found = read_long_layout(lines, begun, _read_short)
    if found is None and begun is not None and begun.reader == "bare-names":
        found = read_bare_layout(lines)
    return found or read_long_bare(lines, begun) or _read_short(lines)


def _read_short(lines: Sequence[str]) -> Layout | None:
    page = Rows(read_rows(lines))
    if not page.rows:
        return None
    odds = row_model().likely(page)
    found: list[tuple[float, Layout]] = []
    counts = find_counts(list(lines))
    tags = row_model().path(odds)
    own, doubt = read_tagged_layout(page, odds, tags, lines, counts), 1.0
    if own is not None:
        agreed = agreement(odds, tags_of(own, lines, page))
        doubt = min(1.0, agreed / _SURE)
        if holds_comments(own, page, agreed, agreement(odds, tags)):
            found.append((agreed + _counted(own), own))
    for reader, bonus in _KNOWING:
        if (layout := reader(lines, counts)) is not None:
            same = own is not None and _alike(layout, own)
            agreed = agreement(odds, tags_of(layout, lines, page))
            agreed += 0.0 if same else bonus * doubt + _START / len(page.rows)
            found.append((agreed + _counted(layout), layout))
    return max(found, key=lambda pair: pair[0])[1] if found else None


def _counted(layout: Layout) -> float:
    """Return what it is worth that a layout has just as many posts as the page states."""
    if layout.stated != len(layout.headers):
        return 0.0
    return _EXACT if layout.stated >= _MANY else _BY_CHANCE


def _alike(layout: Layout, own: Layout) -> bool:
    """Say whether a reader divides the page as the model does, which is then the better one for names.

    A platform's profile knows its names better, but where it cuts them short.
    """
    if [header.first for header in layout.headers] != [header.first for header in own.headers]:
        return False
    pairs = [(mine.author, whole.author) for mine, whole in zip(layout.headers, own.headers, strict=True)]
    cut = any(whole.startswith(f"{name} ") for name, whole in pairs)
    return cut or not layout.reader.startswith("platform")
