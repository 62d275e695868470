"""Who asserts and who denies each claim that is held against another, with the words that say so."""

from msgspec import Struct

from discourse.model import Annotation, Claim
from discourse.report.basis.book import Book, Ref, Side
from discourse.report.basis.words import BY_EXCHANGE, UNSURE_BELOW, counted
from discourse.report.disputes.heard import HeardIn, heard_on

_LONGEST = 160  # characters of a quotation
_LETTERS = ("a", "b")


class Holder(Struct, frozen=True):
    """An author who asserts or denies a claim."""

    author: str
    posts: list[Ref]  # in page order
    words: str  # of the surest of them
    score: str
    thin: bool  # rests on one post


class Held(Struct, frozen=True):
    """A claim and those who take it up."""

    letter: str
    text: str
    value: str  # such as "4 days"; empty where it is about no quantity
    asserted: list[Holder]  # in the order of their first posts
    denied: list[Holder]


class Conflict(Struct, frozen=True):
    """Two claims that cannot both hold."""

    side: Side | None  # of the first of them in a dispute that goes round in circles
    claims: tuple[Held, Held]
    posts: str  # how many posts take one of them up
    doubt: str  # why the two may not exclude each other; empty where words show it
    heard: list[HeardIn]  # what articles say of claims that are in no dispute


def conflicts(book: Book) -> list[Conflict]:
    """Lay out every pair of claims that at least two authors take up: those of loops first, in their order.

    The others follow by the number of authors. A claim whose rival is unknown is left out.
    """
    rows: dict[str, list[Annotation]] = {}
    for marks in book.marks.values():
        for mark in marks:
            if mark.layer == "claim" and mark.target in book.claims:
                rows.setdefault(mark.target, []).append(mark)
    ranked = []
    for place, (first, second) in enumerate(_pairs(book)):
        said = [*rows.get(first.claim_id, ()), *rows.get(second.claim_id, ())]
        authors = {book.by_id[row.post_id].author for row in said if row.post_id in book.by_id}
        side = book.claim_sides.get(first.claim_id)
        if len(authors) > 1:
            order = (side is None, side.loop if side else 0, -len(authors), place)
            ranked.append((order, _conflict(book, side, (first, second), rows)))
    return [conflict for _, conflict in sorted(ranked, key=lambda pair: pair[0])]


def _pairs(book: Book) -> list[tuple[Claim, Claim]]:
    """Pair claims with their rivals, each pair once; within a loop side A comes first."""
    pairs: dict[frozenset[str], tuple[Claim, Claim]] = {}
    for claim in book.claims.values():
        for other in (claim.conflicts_with or "").split():
            if other in book.claims and other != claim.claim_id:
                pair = (claim, book.claims[other])
                side = book.claim_sides.get(claim.claim_id)
                if side is not None and side.letter == "b":
                    pair = (pair[1], pair[0])
                pairs.setdefault(frozenset({claim.claim_id, other}), pair)
    return list(pairs.values())


def _conflict(
    book: Book, side: Side | None, pair: tuple[Claim, Claim], rows: dict[str, list[Annotation]]
) -> Conflict:
    posts = {row.post_id for claim in pair for row in rows.get(claim.claim_id, ())}
    first, second = (
        Held(
            letter,
            claim.text,
            claim.value or "",
            holders(book, rows.get(claim.claim_id, []), "asserts"),
            holders(book, rows.get(claim.claim_id, []), "denies"),
        )
        for letter, claim in zip(_LETTERS, pair, strict=True)
    )
    heard = [] if side else _heard(book, pair)
    return Conflict(side, (first, second), counted(len(posts), "post"), _doubt(book, side, pair[0]), heard)


def _doubt(book: Book, side: Side | None, claim: Claim) -> str:
    said = []
    if claim.annotator.partition("@")[0] == BY_EXCHANGE:
        said.append("inferred: the sentences stand for two sides, and may not exclude each other")
    if side is not None and book.loops[side.loop - 1].score < UNSURE_BELOW:
        said.append("unsure")
    return f"Dispute {side.loop}, {'; '.join(said)}" if side is not None and said else "; ".join(said)


def _heard(book: Book, pair: tuple[Claim, Claim]) -> list[HeardIn]:
    # the sentences of a pair stand with both of its claims
    return heard_on(book, "claim_context", pair[0].claim_id)


def holders(book: Book, rows: list[Annotation], label: str) -> list[Holder]:
    """Gather the rows of one label by author, in the order of their first posts."""
    said: dict[str, list[Annotation]] = {}
    wanted = (row for row in rows if row.label == label and row.post_id in book.by_id)
    for row in sorted(wanted, key=lambda row: (book.places[row.post_id], row.start)):
        said.setdefault(book.by_id[row.post_id].author, []).append(row)
    return [_holder(book, author, mine) for author, mine in said.items()]


def _holder(book: Book, author: str, rows: list[Annotation]) -> Holder:
    posts = list(dict.fromkeys(row.post_id for row in rows))
    surest = max(rows, key=lambda row: row.score)  # the first of equals
    words = " ".join(surest.quote.split())
    words = words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1].rstrip()}…"
    return Holder(author, [book.refs[post] for post in posts], words, f"{surest.score:.2f}", len(posts) == 1)
