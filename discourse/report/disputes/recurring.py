"""Claims that several authors make, or one makes again and again, without a rival that is known."""

from msgspec import Struct

from discourse.model import Annotation
from discourse.report.basis.book import Book
from discourse.report.basis.words import counted
from discourse.report.disputes.claims import Holder, holders

_MAKER = "recurring"  # of such claims


class SaidAgain(Struct, frozen=True):
    """A claim and who makes it."""

    text: str
    holders: list[Holder]  # in the order of their first posts
    facts: str  # "2 authors, 3 posts"


def said_again(book: Book) -> list[SaidAgain]:
    """Lay out every such claim, those of most authors and then of most posts first."""
    rows: dict[str, list[Annotation]] = {
        claim.claim_id: [] for claim in book.claims.values() if claim.annotator.partition("@")[0] == _MAKER
    }
    for marks in book.marks.values():
        for mark in marks:
            if mark.layer == "claim" and mark.label == "asserts" and mark.target in rows:
                rows[mark.target].append(mark)
    found = [(book.claims[name].text, holders(book, its, "asserts")) for name, its in rows.items() if its]
    found.sort(key=lambda pair: (-len(pair[1]), -sum(len(holder.posts) for holder in pair[1])))
    return [
        SaidAgain(
            text, its, f"{counted(len(its), 'author')}, {counted(sum(len(h.posts) for h in its), 'post')}"
        )
        for text, its in found
        if its
    ]
