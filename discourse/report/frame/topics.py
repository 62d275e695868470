"""What a thread argues about: the targets on which most authors take a side, or that are named most."""

from msgspec import Struct

from discourse.report.basis.book import Book
from discourse.report.basis.pieces import Pieces, data, listed_pieces, said
from discourse.report.basis.words import counted
from discourse.summary import part_of

_SIDES = {"favor": "for", "against": "against", "mixed": "mixed"}


class _Topic(Struct):
    """A target over all threads of a report."""

    name: str
    mentions: int
    sides: dict[str, int]  # how many authors take which; one who does so in two threads counts twice

    @property
    def taken(self) -> int:
        return sum(self.sides.values())


def argued_over(book: Book) -> list[str]:
    """Return the targets on which somebody takes a side, those of most authors first."""
    return [topic.name for topic in _topics(book) if topic.taken]


def topics(book: Book, shown: int) -> Pieces:
    """Say what is argued about, with the sides that authors take.

    Parameters
    ----------
    shown
        How many targets are named at most.
    """
    found = _topics(book)
    if not found:
        if book.hears_nobody:
            return said("Not looked at: no comment is in English, which is all that the makers know.")
        return said("Nobody and nothing could be told that the comments argue about.")
    taken = [topic for topic in found if topic.taken][:shown]
    if not taken:
        named = [said(data(t.name), f" ({counted(t.mentions, 'mention')})") for t in found[:shown]]
        return said(
            "Named most often: ", *listed_pieces(named), ". No author was seen to take a side on any."
        )
    named = [said(data(topic.name), f" ({_sides(topic)})") for topic in taken]
    more = len(found) - len(taken)
    rest = f" {counted(more, 'other target was', 'other targets were')} found." if more else ""
    return said("Authors take sides on ", *listed_pieces(named), ".", rest, _thin(book))


def _thin(book: Book) -> str:
    """Say how many sides rest on little; nothing where none does."""
    rows = [row for row in book.stances if row["label"] in _SIDES and row["target"] not in book.claims]
    thin = sum(int(row["favor_posts"]) + int(row["against_posts"]) <= 1 for row in rows)
    return (
        f" {thin:,} of {counted(len(rows), 'side')} {'rests' if thin == 1 else 'rest'} on one post."
        if thin
        else ""
    )


def _topics(book: Book) -> list[_Topic]:
    found: dict[str, _Topic] = {}
    for row in book.tables["targets"][["thread_id", "target"]].itertuples(index=False):
        name, unit = str(row.target), ("target", part_of(str(row.thread_id), str(row.target)))
        topic = found.setdefault(name, _Topic(name, 0, dict.fromkeys(_SIDES, 0)))
        topic.mentions += book.count("mentions", unit)
        for side in _SIDES:
            topic.sides[side] += book.count(f"authors.{side}", unit)
    return sorted(found.values(), key=lambda topic: (-topic.taken, -topic.mentions, topic.name))


def _sides(topic: _Topic) -> str:
    return ", ".join(f"{count:,} {_SIDES[side]}" for side, count in topic.sides.items() if count)
