"""Where people overruled the machine: how often, in what, and the first of it one by one."""

import re
from dataclasses import dataclass
from itertools import islice

from discourse.report.basis.book import Book
from discourse.report.basis.pieces import Piece, Pieces, data, post_link, said
from discourse.report.basis.words import counted, listed
from discourse.summary.corrections import ACTIONS, CONFIRMED
from discourse.tables import plain_rows

SHOWN = 15  # corrections named one by one


@dataclass(frozen=True)
class Corrections:
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
    ref = book.refs.get(row["post_id"])
    where = Piece(row["post_id"]) if ref is None else post_link(ref)
    action = ACTIONS[row["action"]][0] if row["action"] in ACTIONS else row["action"]
    value = row["value"] or ""
    said_of = [data(f" {_shown(book, value)}")] if value else []
    by = data(row["annotator"].partition(":")[2] or row["annotator"])
    return (where, Piece(f" {action}{':' if said_of else ''}"), *said_of, Piece(", by "), by)


def _shown(book: Book, value: str) -> str:
    """Return what was decided with posts by their numbers, as the page shows them."""
    return re.sub(
        r"[^\s()]+", lambda word: f"#{book.refs[word[0]].number}" if word[0] in book.refs else word[0], value
    )
