"""A kind of doubtful thing, as the report lists it: so many shown, and where the others are."""

from collections.abc import Iterable
from itertools import islice

from msgspec import Struct

from discourse.model import Post
from discourse.report.basis.book import Book
from discourse.report.basis.pieces import Piece, Pieces, data, post_link

SHOWN = 15  # doubts of one kind


class Group(Struct, frozen=True):
    """Doubtful things of one kind."""

    title: str
    count: str
    why: str  # what the kind means, and where the rest stands
    items: list[Pieces]  # each with a link to what is doubtful
    more: str  # how many are not shown, and where they are; empty where all are


def group_of(  # noqa: PLR0917
    title: str, count: str, why: str, total: int, items: Iterable[Pieces], where: str
) -> Group | None:
    """Return a group of its first items, None where there are none; items beyond are not even made."""
    if not total:
        return None
    more = f"and {total - SHOWN:,} more, in {where}" if total > SHOWN else ""
    return Group(title, count, why, list(islice(items, SHOWN)), more)


def who(book: Book, post: Post) -> Pieces:
    """Link to a post, with its author."""
    author = data(post.author) if post.author.strip() else Piece("without a name")
    return (post_link(book.refs[post.post_id]), Piece(" "), author)
