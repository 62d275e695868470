"""What two runs over one source say otherwise, as a page shows it: counts, and examples with links."""

from collections.abc import Sequence

from msgspec import Struct

from discourse.report.basis.book import Book
from discourse.report.basis.titles import title_of
from discourse.report.basis.words import plain
from discourse.summary.differing import (
    FIRST,
    KINDS,
    LABEL,
    PARTS,
    SAME,
    SCORE,
    SECOND,
    Difference,
    Differences,
    differences,
)
from discourse.summary.headlines import shortened
from discourse.tables import Tables

EXAMPLES = 8  # of each part and kind
_QUOTED = 110  # columns of a marked stretch that is shown
NAMES = {
    "post": "posts and their authors",
    "link": "who answers whom",
    "quote": "quotations",
    "reply": "agreement with the post answered",
    "stance": "stance in a post",
    "rhetoric": "rhetoric markers",
    "claim": "claims asserted or denied",
    "side": "an author's stance, posts added up",
    "camp": "camps",
}
_KINDS = {
    FIRST: "found by A alone",
    SECOND: "found by B alone",
    LABEL: "labelled otherwise",
    SCORE: "with another score",
}


class Spot(Struct, frozen=True):
    """One difference."""

    where: str  # such as "#17 Marta"
    hrefs: tuple[str, str]  # of the post in either report; empty where it has none
    words: str
    quote: str


class Group(Struct, frozen=True):
    """Differences of one part and kind."""

    title: str
    total: int
    spots: list[Spot]

    @property
    def left_out(self) -> int:
        """How many are not shown."""
        return self.total - len(self.spots)


class SameSource(Struct, frozen=True):
    """One source that both runs read."""

    title: str
    lines: list[tuple[str, list[int]]]  # part; rows alike, in A alone, in B alone, with another label, score
    groups: list[Group]
    found: Differences

    @property
    def is_alike(self) -> bool:
        """Whether the runs say the same of it."""
        return not self.found.rows


def same_source(first: Tables, second: Tables, hrefs: tuple[str, str]) -> SameSource:
    """Compare two runs over one source, label by label.

    Parameters
    ----------
    hrefs
        Of the report of either run; empty where it has none.
    """
    found = differences(first, second)
    books = (Book(first), Book(second))
    by_group: dict[tuple[str, str], list[Difference]] = {}
    for row in found.rows:
        rows = by_group.setdefault((row.part, row.kind), [])
        if len(rows) < EXAMPLES:
            rows.append(row)
    groups = [
        Group(
            f"{NAMES[part]}: {_KINDS[kind]}",
            found.counts[part][kind],
            [_spot(row, books, hrefs) for row in by_group[part, kind]],
        )
        for part in PARTS
        for kind in KINDS
        if (part, kind) in by_group
    ]
    lines = [
        (NAMES[part], [found.counts[part][kind] for kind in (SAME, *KINDS)])
        for part in PARTS
        if part in found.counts
    ]
    return SameSource(title_of(books[0]), lines, groups, found)


def _spot(row: Difference, books: Sequence[Book], hrefs: Sequence[str]) -> Spot:
    refs = [book.refs.get(name or "") for book, name in zip(books, row.posts, strict=True)]
    known = next((ref for ref in refs if ref is not None), None)
    links = [f"{href}#{ref.anchor}" if href and ref else "" for href, ref in zip(hrefs, refs, strict=True)]
    where = row.author or "" if known is None else f"#{known.number} {known.author}".rstrip()
    return Spot(where, (links[0], links[1]), _words(row, books), shortened(row.quote or "", _QUOTED))


def _words(row: Difference, books: Sequence[Book]) -> str:
    labels = [_label(row, label, book) for label, book in zip(row.labels, books, strict=True)]
    scores = ["" if score is None else f" ({score:.2f})" for score in row.scores]
    said = [f"{label}{score}" for label, score in zip(labels, scores, strict=True)]
    about = f" on {shortened(row.target, 60)}" if row.target and row.part in ("stance", "side") else ""
    if row.kind in (FIRST, SECOND):
        return said[row.kind == SECOND] + about
    if row.kind == SCORE:
        return f"{labels[0]}{about}: {row.scores[0]:.2f} in A, {row.scores[1]:.2f} in B"
    return f"{said[0]} in A, {said[1]} in B{about}"


def _label(row: Difference, label: str | None, book: Book) -> str:
    if row.part == "link":
        ref = book.refs.get(label or "")
        return f"answers #{ref.number} {ref.author}".rstrip() if ref else "answers a post that is not here"
    if row.part == "post":
        return f"by {label or 'nobody named'}"
    return shortened(plain(label or "nothing"), 100)
