"""Each loop as two columns: the claims, who holds them, and the turns in their order."""

from collections.abc import Mapping
from textwrap import shorten

from msgspec import Struct

from discourse.model import Loop, Turn
from discourse.report.basis.book import Book, Ref
from discourse.report.basis.spans import Excerpt, excerpt
from discourse.report.basis.words import BY_EXCHANGE, KINDS, STATES, UNSURE_BELOW, counted, listed, plain
from discourse.report.charts.novelty import novelty_chart
from discourse.report.disputes.course import Course, course
from discourse.report.disputes.heard import HeardIn, heard_on
from discourse.summary import part_of

_HOW = (
    "Inferred from how two authors answer each other, not from a value or a denial. "
    "The claims are quotations, of each side the sentence that comes nearest to what it says. "
    "The score is how likely this is a loop. Which restatements bring something new is read turn by turn, "
    "apart from that."
)
_BROUGHT = {
    "link": "a link",
    "number": "a number",
    "source": "a source",
    "first-hand": "an experience of one's own",
    "example": "an example",
    "analogy": "a comparison",
    "reason": "a reason",
}
_QUOTED = 140  # characters of the sentence that brings something
MOST_TURNS, UNFOLDED = 12, 8  # turns up to which all are shown, and how many are of more
_FEWEST_DRAWN, _MOST_DRAWN = 5, 80  # turns of a dispute whose chart shows something and can be read


class Camp(Struct, frozen=True):
    """One side of a dispute."""

    letter: str
    claim: str
    value: str  # such as "4 days"; empty where the dispute is about no quantity
    members: list[tuple[str, str]]  # author, "3 turns"; in the order of their first turns


class Move(Struct, frozen=True):
    """One turn as it is shown."""

    turn: int
    letter: str
    ref: Ref
    kind: str  # assertion | restatement | empty
    words: str
    evidence: str  # empty where it brings none
    text: Excerpt


class Dispute(Struct, frozen=True):
    """One loop as the report shows it."""

    number: int
    question: str
    kind: str
    state: str
    facts: list[str]
    score: str
    unsure: bool
    maker: str
    inferred: str  # how far to trust a dispute told by how an exchange goes; empty where words show it
    camps: tuple[Camp, Camp]
    moves: list[Move]
    unfolded: int  # of the moves, from the first
    empty_rest: str  # how many of the others restate with nothing new
    heard: list[HeardIn]
    chart: str  # inline SVG; empty where it would show too little or too much
    course: Course


def disputes(book: Book, error_rates: Mapping[str, object]) -> list[Dispute]:
    """Lay out every loop, in the order of the table.

    Parameters
    ----------
    error_rates
        Of the run's record: what was measured of `loops` that are told by how an exchange goes.
    """
    measured = str(error_rates.get("loops") or "")
    return [_dispute(book, number, loop, measured) for number, loop in enumerate(book.loops, start=1)]


def _dispute(book: Book, number: int, loop: Loop, measured: str) -> Dispute:
    turns = [turn for turn in book.turns[loop.loop_id] if turn.post_id in book.by_id]
    inferred = _inferred(book, loop, measured)
    moves = [_move(book, turn) for turn in turns]
    unfolded = len(moves) if len(moves) <= MOST_TURNS else UNFOLDED
    return Dispute(
        number=number,
        question=loop.question,
        kind="inferred" if inferred else KINDS.get(loop.kind, plain(loop.kind)),
        state=STATES.get(loop.state, plain(loop.state)),
        facts=_facts(book, loop),
        score=f"{book.number('score', ('loop', loop.loop_id)) or 0:.2f}",
        unsure=loop.score < UNSURE_BELOW,
        maker=loop.annotator,
        inferred=inferred,
        camps=(_camp(book, loop.claim_a, "a", turns), _camp(book, loop.claim_b, "b", turns)),
        moves=moves,
        unfolded=unfolded,
        empty_rest=f"{sum(move.kind == 'empty' for move in moves[unfolded:]) or 'none'}",
        heard=heard_on(book, "context", loop.loop_id, (loop.claim_a, loop.claim_b)),
        chart=_chart(number, turns),
        course=course(book, loop),
    )


def _inferred(book: Book, loop: Loop, measured: str) -> str:
    claim = book.claims.get(loop.claim_a)
    if claim is None or claim.annotator.partition("@")[0] != BY_EXCHANGE:
        return ""
    return f"{_HOW} {measured[0].upper()}{measured[1:]}." if measured else _HOW


def _facts(book: Book, loop: Loop) -> list[str]:
    unit = ("loop", loop.loop_id)
    again, empty = book.count("restatements", unit), book.count("empty_restatements", unit)
    nothing = f", {empty:,} of them with nothing new" if again else ""
    return [
        f"{counted(book.count('turns', unit), 'turn')} by {counted(_authors(book, unit), 'author')}",
        counted(again, "restatement") + nothing,
        f"{counted(book.count('with_evidence', unit), 'turn')} with evidence",
        f"the side changes {counted(book.count('side_changes', unit), 'time')}",
    ]


def _authors(book: Book, unit: tuple[str, str]) -> int:
    return book.count("authors.a", unit) + book.count("authors.b", unit)


def _camp(book: Book, claim_id: str, letter: str, turns: list[Turn]) -> Camp:
    claim = book.claims.get(claim_id)
    members: dict[str, int] = {}
    for turn in turns:
        if turn.side == letter:
            members[turn.author] = book.count("turns", ("loop_author", part_of(turn.loop_id, turn.author)))
    return Camp(
        letter=letter,
        claim=claim.text if claim else claim_id,
        value=(claim.value or "") if claim else "",
        members=[(author, counted(count, "turn")) for author, count in members.items()],
    )


def _brought(turn: Turn, text: str) -> str:
    """Say what a turn brings and in which words, unless they are its claim; empty where nothing."""
    if not turn.brought:
        return ""
    named = f"brings {listed([_BROUGHT.get(kind, plain(kind)) for kind in turn.brought.split()])}"
    start, end = turn.brought_start, turn.brought_end
    if start is None or end is None or (turn.start <= start and end <= turn.end):
        return named
    words = " ".join(text[start:end].split())
    return f"{named}: “{shorten(words, _QUOTED, placeholder=' …')}”"


def _move(book: Book, turn: Turn) -> Move:
    post = book.by_id[turn.post_id]
    brought = _brought(turn, post.text)
    if turn.role == "assertion":
        kind, words = "assertion", "asserts" + (f", {brought}" if brought else "")
    elif turn.is_empty:
        kind, words = "empty", "restates, nothing new"
    else:
        kind, words = "restatement", "restates, " + (brought or "with something new")
    return Move(
        turn=turn.turn,
        letter=turn.side,
        ref=book.refs[turn.post_id],
        kind=kind,
        words=words,
        evidence=("evidence, not new" if kind == "empty" else "evidence") if turn.has_evidence else "",
        text=excerpt(post.text, turn.start, turn.end, around=80),
    )


def _chart(number: int, turns: list[Turn]) -> str:
    if not _FEWEST_DRAWN <= len(turns) <= _MOST_DRAWN:
        return ""
    title = (
        f"Share of words that the author had not yet used in this thread, turn by turn, in dispute {number}"
    )
    return novelty_chart(turns, prefix=f"novelty-{number}", title=title)
