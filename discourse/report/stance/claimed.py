"""Authors by claims: who asserts and who denies each of the claims held against each other."""

from collections.abc import Iterator, Mapping, Set
from typing import Any

from msgspec import Struct

from discourse.model import Claim
from discourse.report.basis.book import Book
from discourse.report.basis.words import counted, listed
from discourse.report.stance.grounds import Grounds
from discourse.report.stance.matrix import SIDES, Matrix, People, lay_out

MOST_PAIRS = 7
_LONGEST = 140  # characters of a claim in the legend

Pair = tuple[Claim, Claim]


class Named(Struct, frozen=True):
    """A claim as the legend of a matrix has it."""

    key: str  # such as "A1": the side, and the number of the dispute or pair
    letter: str  # a | b
    text: str
    value: str  # such as "4 days"; empty where it is about no quantity


class Held(Struct, frozen=True):
    """Two claims that cannot both hold."""

    number: int
    is_dispute: bool  # whether it goes round in circles
    claims: tuple[Named, Named]


class ClaimMatrix(Struct, frozen=True):
    """Who asserts what in one thread."""

    matrix: Matrix  # two columns a pair, in the order of the pairs
    pairs: list[Held]
    by_turns: str  # disputes whose cells count turns, in words; empty where labels of claims stand behind all
    left_out: str  # in words; empty where all is shown


def claim_matrix(
    book: Book,
    thread_id: str,
    people: People,
    stances: list[dict[str, Any]],
    grounds: Mapping[tuple[str, str], Grounds],
) -> ClaimMatrix | None:
    """Lay out who asserts and who denies the claims of disputes, then of other pairs; None where nobody does.

    The numbers of disputes are the report's; those of other pairs go on from there.
    """
    turned, behind, disputes = _of_turns(book, thread_id, {row["target"] for row in stances})
    positions = [*stances, *turned]
    takers: dict[str, set[str]] = {}
    for row in positions:
        if row["label"] in SIDES and row["target"] in book.claims:
            takers.setdefault(row["target"], set()).add(row["author"])
    numbered = [
        (number, pair)
        for number, pair in _numbered(book, thread_id, takers)
        if any(claim in takers for claim in _ids(pair))
    ]
    if not numbered:
        return None
    shown = numbered[:MOST_PAIRS]
    ids = [claim for _, pair in shown for claim in _ids(pair)]
    left = len(numbered) - len(shown)
    return ClaimMatrix(
        matrix=lay_out(people, positions, ids, {**grounds, **behind}, what="claim"),
        pairs=[_held(number, pair, len(book.loops)) for number, pair in shown],
        by_turns=listed([str(number) for number, _ in shown if number in disputes]),
        left_out=f"{counted(left, 'more pair')} of claims in tables/stances.csv" if left else "",
    )


def _of_turns(
    book: Book, thread_id: str, labelled: Set[str]
) -> tuple[list[dict[str, Any]], dict[tuple[str, str], Grounds], set[int]]:
    """Read who asserts what off the turns of disputes whose claims no label names.

    Returns rows as the table of stances has them, with the dispute's own score; the posts behind them;
    and the numbers of these disputes.
    """
    rows: list[dict[str, Any]] = []
    behind: dict[tuple[str, str], Grounds] = {}
    numbers: set[int] = set()
    for number, loop in enumerate(book.loops, start=1):
        claims = {"a": loop.claim_a, "b": loop.claim_b}
        if not labelled.isdisjoint(claims.values()) or not _is_of(book, loop.claim_a, thread_id):
            continue
        numbers.add(number)
        own: dict[tuple[str, str], dict[str, None]] = {}
        for turn in book.turns[loop.loop_id]:
            if turn.author and turn.post_id in book.refs:
                own.setdefault((turn.author, claims[turn.side]), {})[turn.post_id] = None
        for (author, claim), posts in own.items():
            count = {"favor_posts": len(posts), "against_posts": 0, "score": loop.score}
            rows.append({"author": author, "target": claim, "label": "favor", **count})
            behind[author, claim] = Grounds(favor=[book.refs[post] for post in posts])
    return rows, behind, numbers


def _is_of(book: Book, claim_id: str, thread_id: str) -> bool:
    claim = book.claims.get(claim_id)
    return claim is not None and claim.thread_id == thread_id


def _numbered(book: Book, thread_id: str, takers: Mapping[str, set[str]]) -> list[tuple[int, Pair]]:
    """Number the pairs of a thread: its disputes, then the other pairs, those of most authors first."""
    disputes: dict[frozenset[str], tuple[int, Pair]] = {}
    for number, loop in enumerate(book.loops, start=1):
        pair = book.claims.get(loop.claim_a), book.claims.get(loop.claim_b)
        if pair[0] is not None and pair[1] is not None and pair[0].thread_id == thread_id:
            disputes.setdefault(frozenset((loop.claim_a, loop.claim_b)), (number, (pair[0], pair[1])))
    others = [pair for pair in _rivals(book, thread_id) if frozenset(_ids(pair)) not in disputes]
    # claims are numbered as they are found, so that sorting by authors alone keeps their order
    others.sort(key=lambda pair: -len(set().union(*(takers.get(claim, ()) for claim in _ids(pair)))))
    seen = {claim for _, pair in disputes.values() for claim in _ids(pair)}
    return [*disputes.values(), *enumerate(_new(others, seen), start=len(book.loops) + 1)]


def _ids(pair: Pair) -> tuple[str, str]:
    return pair[0].claim_id, pair[1].claim_id


def _new(pairs: list[Pair], seen: set[str]) -> Iterator[Pair]:
    """Yield the pairs of which either claim does not stand in an earlier one."""
    for pair in pairs:
        if not seen.issuperset(_ids(pair)):
            seen.update(_ids(pair))
            yield pair


def _rivals(book: Book, thread_id: str) -> list[Pair]:
    pairs: dict[frozenset[str], Pair] = {}
    for claim in book.claims.values():
        for other in (claim.conflicts_with or "").split():
            if claim.thread_id == thread_id and other in book.claims and other != claim.claim_id:
                pairs.setdefault(frozenset((claim.claim_id, other)), (claim, book.claims[other]))
    return list(pairs.values())


def _held(number: int, pair: Pair, disputes: int) -> Held:
    first, second = (
        Named(f"{letter.upper()}{number}", letter, _short(claim.text), claim.value or "")
        for letter, claim in zip("ab", pair, strict=True)
    )
    return Held(number, number <= disputes, (first, second))


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1].rstrip()}…"
