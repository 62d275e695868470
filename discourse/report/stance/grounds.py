"""What a position rests on: the posts in which an author is for or against a target or a claim."""

from collections.abc import Iterable
from itertools import zip_longest

from msgspec import Struct, field

from discourse.model import Annotation
from discourse.report.basis.book import Book, Ref

SHOWN_POSTS = 5  # that a figure leads to
_SIDES = {
    ("stance", "favor"): "favor",
    ("stance", "against"): "against",
    ("claim", "asserts"): "favor",
    ("claim", "denies"): "against",
}

Position = tuple[str, str, str]  # thread, author, target or claim


class Grounds(Struct, frozen=True):
    """Posts behind a position, each side in page order; one that weighs both alike stands on both."""

    favor: list[Ref] = field(default_factory=list)
    against: list[Ref] = field(default_factory=list)

    def of(self, label: str) -> list[Ref]:
        """Return the posts of favor or of against; for anything else those of both by turns."""
        if label in ("favor", "against"):
            return self.favor if label == "favor" else self.against
        # by turns, so that the few of one side are among the first
        both = [ref for pair in zip_longest(self.favor, self.against) for ref in pair if ref is not None]
        return list(dict.fromkeys(both))


NO_GROUNDS = Grounds()


def grounds_of(book: Book) -> dict[Position, Grounds]:
    """Gather the posts behind every position, in one pass over the labels.

    As where positions are added up, a post speaks for the side whose labels weigh more in it.
    """
    found: dict[Position, Grounds] = {}
    for post in book.posts:
        ref = book.refs[post.post_id]
        for target, weights in _weights(book.marks.get(post.post_id, ())).items():
            grounds = found.setdefault((post.thread_id, post.author, target), Grounds())
            favor, against = round(weights["favor"], 4), round(weights["against"], 4)
            if favor and favor >= against:
                grounds.favor.append(ref)
            if against and against >= favor:
                grounds.against.append(ref)
    return found


def _weights(rows: Iterable[Annotation]) -> dict[str, dict[str, float]]:
    weights: dict[str, dict[str, float]] = {}
    for row in rows:
        side = _SIDES.get((row.layer, row.label))
        if side and row.target:
            weights.setdefault(row.target, {"favor": 0.0, "against": 0.0})[side] += row.score
    return weights
