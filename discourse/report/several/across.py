"""What recurs in several sources, in words and with links into their reports."""

from collections.abc import Callable, Sequence

from msgspec import Struct

from discourse.report.basis.words import counted, listed
from discourse.summary.across import (
    BY_QUANTITY,
    BY_WORDS,
    Recurring,
    SameDispute,
    SourceFacts,
    same_disputes,
    shared_authors,
    shared_targets,
)
from discourse.summary.headlines import shortened

SHOWN_AUTHORS, SHOWN_TARGETS, SHOWN_DISPUTES = 60, 25, 25
SHOWN_PAGES = 12  # of one name, target or dispute
_QUESTION = 160  # characters
_SURE = 0.75  # likeness from which two disputes are no longer called doubtful


class PageRef(Struct, frozen=True):
    """How the overview points to a page."""

    number: int  # 1-based, as the overview numbers pages
    title: str
    href: str  # of its report; empty where it has none


class Spot(Struct, frozen=True):
    """One page on which something recurs."""

    page: PageRef
    href: str  # into its report
    words: str


class Row(Struct, frozen=True):
    """Something that recurs."""

    name: str
    spots: list[Spot]  # in the order of pages
    more: int  # pages beyond those shown
    why: str = ""
    is_doubtful: bool = False


class Kind(Struct, frozen=True):
    """All that recurs of one kind."""

    rows: list[Row]
    total: int

    @property
    def left_out(self) -> int:
        """How many are not shown."""
        return self.total - len(self.rows)


class Recurrence(Struct, frozen=True):
    """What stands in more than one source."""

    authors: Kind
    disputes: Kind
    targets: Kind

    @property
    def is_empty(self) -> bool:
        """Whether nothing recurs."""
        return not (self.authors.total or self.disputes.total or self.targets.total)


def recurrence(facts: Sequence[SourceFacts], pages: Sequence[PageRef]) -> Recurrence:
    """Lay out what several sources have in common.

    Parameters
    ----------
    pages
        How to point to each source, in the same order.
    """
    authors, targets = shared_authors(facts), shared_targets(facts)
    disputes = same_disputes(facts)
    return Recurrence(
        Kind([_named(one, pages, _posts) for one in authors[:SHOWN_AUTHORS]], len(authors)),
        Kind([_dispute(one, facts, pages) for one in disputes[:SHOWN_DISPUTES]], len(disputes)),
        Kind([_named(one, pages, _stances) for one in targets[:SHOWN_TARGETS]], len(targets)),
    )


def _named(one: Recurring, pages: Sequence[PageRef], words: Callable[[tuple[int, ...]], str]) -> Row:
    spots = [
        Spot(pages[place], pages[place].href, words(figures))
        for place, figures in list(one.places.items())[:SHOWN_PAGES]
    ]
    return Row(one.name, spots, len(one.places) - len(spots))


def _posts(figures: tuple[int, ...]) -> str:
    return counted(figures[0], "post")


def _stances(figures: tuple[int, ...]) -> str:
    mentions, favor, against = figures
    sides = [f"{favor} for"] * bool(favor) + [f"{against} against"] * bool(against)
    return counted(mentions, "mention") + (f"; authors: {', '.join(sides)}" if sides else "")


def _dispute(one: SameDispute, facts: Sequence[SourceFacts], pages: Sequence[PageRef]) -> Row:
    spots = []
    for place, number in one.members[:SHOWN_PAGES]:
        page = pages[place]
        question = shortened(facts[place].disputes[number - 1].question, _QUESTION)
        spots.append(Spot(page, f"{page.href}#d{number}" if page.href else "", question))
    return Row(spots[0].words, spots, len(one.members) - len(spots), _why(one), one.likeness < _SURE)


def _why(one: SameDispute) -> str:
    reasons = []
    if BY_QUANTITY in one.why:
        reasons.append("the same quantity with the same two values")
    if BY_WORDS in one.why:
        reasons.append(f"both claims alike in their words (likeness {one.likeness:.2f} of 1)")
    return listed(reasons)
