"""Sentences that hold links and other people's words: what a template shows piece by piece."""

from collections.abc import Iterable

from msgspec import Struct

from discourse.report.basis.book import Ref


class Piece(Struct, frozen=True):
    """A stretch of a sentence."""

    text: str
    href: str = ""  # a place in this page, with its number sign; empty where it is no link
    is_data: bool = False  # words of a page or its authors, kept apart from ours


Pieces = tuple[Piece, ...]


def data(text: str, href: str = "") -> Piece:
    """Return words that are not ours."""
    return Piece(text, href, is_data=True)


def post_link(ref: Ref) -> Piece:
    """Return a link to a post."""
    return Piece(f"#{ref.number}", f"#{ref.anchor}")


def said(*parts: str | Piece) -> Pieces:
    """Return a sentence; plain strings are our own words."""
    return tuple(part if isinstance(part, Piece) else Piece(part) for part in parts)


def listed_pieces(items: Iterable[Pieces]) -> Pieces:
    """Join items as a sentence does: "a, b and c"."""
    known = list(items)
    joined: list[Piece] = []
    for place, item in enumerate(known):
        if place:
            joined.append(Piece(" and " if place == len(known) - 1 else ", "))
        joined.extend(item)
    return tuple(joined)
