"""Two camps of a thread: who is placed with whom, how surely, and what passes between them."""

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct

from discourse.report.basis.book import Book
from discourse.report.basis.words import counted
from discourse.report.charts.camps import camps_chart
from discourse.report.stance.ties import Drawn, Tie, choose, ties_of
from discourse.summary import part_of

SURE = 0.65  # share from which a member is no longer called doubtful
SHOWN_TARGETS = 4
FIRST_SEATS, MOST_SEATS = 16, 60  # members of a camp that are listed at once, and in all
MOST_TIES = 12  # pairs in words
_SIDES = (("favor", "for"), ("against", "against"), ("mixed", "mixed"))


class Seat(Struct, frozen=True):
    """An author's place in a camp; never a rank."""

    author: str
    score: str
    basis: str  # such as "4 replies"
    is_sure: bool


class Lean(Struct, frozen=True):
    """Where the members of a camp stand towards a target, in words."""

    target: str
    words: str  # such as "4 against, 1 for"


class Camp(Struct, frozen=True):
    """One of the two camps."""

    number: int
    size: str  # such as "3 authors, 1 doubtful"
    seats: list[Seat]  # in the order of first posts
    further: list[Seat]  # those after the first few
    more: str  # members who are not listed, in words
    leans: list[Lean]


class Way(Struct, frozen=True):
    """Replies from the members of one camp to those of one."""

    first: int
    second: int
    replies: str
    disagree: str
    agree: str


class TwoCamps(Struct, frozen=True):
    """The camps of one thread."""

    coverage: str  # such as "11 of 26 authors placed"
    camps: list[Camp]  # none where nobody was placed
    ways: list[Way]
    ties: list[Tie]  # those of most replies among the drawn
    more_ties: int  # how many others are drawn
    chart: str
    left_out: str  # whom the figure does not show, in words; empty where it shows all
    wrong: str  # how often a camp is wrong; empty where nobody measured it


def two_camps(book: Book, number: int, thread_id: str, error_rates: Mapping[str, object]) -> TwoCamps | None:
    """Lay out the camps of a thread; None where nobody looked for camps.

    Parameters
    ----------
    number
        The thread's number in the report, 1-based.
    error_rates
        `camps` holds a sentence on how often a camp is wrong and on what that was measured.
    """
    if "camps" not in book.tables:
        return None
    names = [author for author in book.authors[thread_id] if author]
    rows = {row["author"]: row for row in book.camps if row["thread_id"] == thread_id}
    members = [rows[author] for author in names if author in rows]
    coverage = _coverage(len(members), len(names))
    wrong = str(error_rates.get("camps") or "")
    if not members:
        return TwoCamps(coverage, [], [], [], 0, "", "", wrong)
    ties = ties_of(book, thread_id)
    drawn = choose(ties, names, {row["author"]: row["camp"] for row in members})
    here = {*drawn.camps[0], *drawn.camps[1], *drawn.between}
    lines = [tie for tie in ties if tie.first in here and tie.second in here]
    strongest = sorted(lines, key=lambda tie: -tie.replies)[:MOST_TIES]
    return TwoCamps(
        coverage=coverage,
        camps=[_camp(book, thread_id, camp, members) for camp in (1, 2)],
        ways=[_way(book, ("thread", thread_id), one, other) for one in (1, 2) for other in (1, 2)],
        ties=strongest,
        more_ties=len(lines) - len(strongest),
        chart=_chart(number, drawn, rows, lines),
        left_out=_left_out(len(members), len(drawn.camps[0]) + len(drawn.camps[1])),
        wrong=wrong,
    )


def _coverage(placed: int, authors: int) -> str:
    words = f"{placed:,} of {counted(authors, 'author')} placed"
    return f"{words}, the others have too few replies to tell" if 0 < placed < authors else words


def _left_out(members: int, drawn: int) -> str:
    if members == drawn:
        return ""
    return f"the pairs with most replies; {counted(members - drawn, 'more author')} placed"


def _camp(book: Book, thread_id: str, number: int, members: list[dict[str, Any]]) -> Camp:
    own = [row for row in members if row["camp"] == number]
    doubtful = sum(row["score"] < SURE for row in own)
    seats = [
        Seat(
            author=row["author"],
            score=f"{row['score']:.2f}",
            basis=counted(row["posts"], "reply", "replies"),
            is_sure=row["score"] >= SURE,
        )
        for row in own[:MOST_SEATS]
    ]
    left = len(own) - len(seats)
    return Camp(
        number=number,
        size=counted(len(own), "author") + (f", {doubtful:,} doubtful" if doubtful else ""),
        seats=seats[:FIRST_SEATS],
        further=seats[FIRST_SEATS:],
        more=f"{counted(left, 'more author')} in tables/camps.csv" if left else "",
        leans=_leans(book, thread_id, number),
    )


def _leans(book: Book, thread_id: str, number: int) -> list[Lean]:
    """Return the targets on which most members of either camp take a side, with those of this camp."""
    named = (row["target"] for row in book.stances if row["thread_id"] == thread_id)
    targets = {
        target: book.metrics("camps", ("target", part_of(thread_id, target)))
        for target in dict.fromkeys(named)
        if target not in book.claims
    }
    ranked = sorted(
        (target for target, found in targets.items() if found),
        key=lambda target: (-sum(targets[target].values()), target),
    )
    return [
        Lean(target, words)
        for target in ranked[:SHOWN_TARGETS]
        if (words := _words({side: targets[target].get(f"{number}.{side}", 0.0) for side, _ in _SIDES}))
    ]


def _words(counts: Mapping[str, float]) -> str:
    said = [(counts[side], word) for side, word in _SIDES if counts[side]]
    return ", ".join(f"{count:.0f} {word}" for count, word in sorted(said, key=lambda pair: -pair[0]))


def _way(book: Book, unit: tuple[str, str], one: int, other: int) -> Way:
    metric = f"camp_replies.{one}.{other}"
    counts = [book.count(name, unit) for name in (metric, f"{metric}.disagree", f"{metric}.agree")]
    return Way(one, other, *(f"{count:,}" for count in counts))


def _chart(number: int, drawn: Drawn, rows: Mapping[str, dict[str, Any]], ties: Sequence[Tie]) -> str:
    members = {
        camp: [(name, camp > 0 and rows[name]["score"] >= SURE) for name in names]
        for camp, names in ((1, drawn.camps[0]), (2, drawn.camps[1]), (0, drawn.between))
    }
    lines = [(tie.first, tie.second, tie.label, tie.replies) for tie in ties]
    title = "Who answers whom in and between the two camps; the table and the lists say the same in words"
    return camps_chart(members, lines, prefix=f"camps-{number}", title=title)
