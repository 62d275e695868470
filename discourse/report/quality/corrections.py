"""Where people overruled the machine: how often, in what, and the first of it one by one."""

import re
from itertools import islice

from msgspec import Struct

from discourse.report.basis.book import Book
from discourse.report.basis.pieces import Piece, Pieces, data, post_link, said
from discourse.report.basis.words import counted, listed
from discourse.summary.corrections import ACTIONS, CONFIRMED
from discourse.tables import plain_rows

SHOWN = 15  # corrections named one by one
_QUOTED = re.compile(r"(“[^”]*”)")
_VERBS = {"reject": ("rejected", "in"), "change": ("changed", "in"), "add": ("added", "to")}


class Corrections(Struct, frozen=True):
    """What people decided, for the report."""

    told: Pieces
    items: list[Pieces]  # what overruled the machine; confirmed labels are counted alone
    more: str  # how many are not shown, and where they are; empty where all are


def corrections(book: Book) -> Corrections | None:
    """Say how often people overruled the machine; None where nobody has."""
    edits = book.tables["edits"]
    if edits.empty:
        return None
    changes = edits[edits["action"] != CONFIRMED]
    coders = [name.partition(":")[2] or name for name in dict.fromkeys(edits["annotator"])]
    parts = [
        counted(number, *words)
        for action, words in ACTIONS.items()
        if action != CONFIRMED and (number := int((edits["action"] == action).sum()))
    ]
    confirmed = len(edits) - len(changes)
    told = said(
        *_names(coders),
        f" overruled the machine in {counted(len(changes), 'place')} of this report"
        + (f": {listed(parts)}. " if parts else ". "),
        f"They confirmed {counted(confirmed, 'label')}. " if confirmed else "",
        "What they said stands here as the labels do, with their names, and all figures count it.",
    )
    items = [_item(book, row) for row in islice(plain_rows(changes), SHOWN)]
    more = f"and {len(changes) - SHOWN:,} more, in tables/edits.csv" if len(changes) > SHOWN else ""
    return Corrections(told, items, more)


def _names(coders: list[str]) -> list[Piece]:
    shown = [data(name) for name in coders[:5]]
    more = [Piece(f"{len(coders) - 5} others")] if len(coders) > 5 else []
    pieces: list[Piece] = []
    for place, piece in enumerate([*shown, *more]):
        last = place == len(shown) + len(more) - 1
        pieces += [Piece(" and " if last else ", ")] if place else []
        pieces.append(piece)
    return pieces


def _item(book: Book, row: dict[str, str]) -> Pieces:
    """Say in a sentence who did what; an action that is not known is named as the table has it."""
    ref = book.refs.get(row["post_id"])
    where = Piece(row["post_id"]) if ref is None else post_link(ref)
    value = _shown(book, row["value"] or "")
    by = data(row["annotator"].partition(":")[2] or row["annotator"])
    match row["action"]:
        case "relink" if row["value"] in book.refs:
            return said(by, " moved the reply link of ", where, " to ", post_link(book.refs[row["value"]]))
        case "relink":
            return said(by, " moved the reply link of ", where, ": ", data(value))
        case "join":
            words = (", with what begins ", data(value)) if value else ()
            return said(by, " joined ", where, " and the post after it", *words)
        case "split":
            words = (": another post begins at ", data(value)) if value else ()
            return said(by, " split ", where, *words)
        case "turn":
            return said(by, " marked ", where, " as ", data(_turn(book, value)))
    verb, preposition = _VERBS.get(row["action"], (row["action"], "in"))
    return said(by, f" {verb} ", data(value), f" {preposition} ", where)


def _turn(book: Book, value: str) -> str:
    """Return what a turn was marked as, with the question of the dispute for its id."""
    loop_id, colon, kind = value.partition(": ")
    questions = dict(zip(book.tables["loops"]["loop_id"], book.tables["loops"]["question"], strict=True))
    if not colon:
        return value
    question = questions.get(loop_id)
    dispute = "a dispute that is none any more" if question is None else f"the dispute “{question}”"
    return f"{kind.removesuffix(' of it')}, in {dispute}"


def _shown(book: Book, value: str) -> str:
    """Return what was decided with posts by their numbers, as the page shows them; quotations stay."""
    parts = _QUOTED.split(value)
    return "".join(part if place % 2 else _numbered(book, part) for place, part in enumerate(parts))


def _numbered(book: Book, words: str) -> str:
    return re.sub(
        r"[^\s()]+", lambda word: f"#{book.refs[word[0]].number}" if word[0] in book.refs else word[0], words
    )
