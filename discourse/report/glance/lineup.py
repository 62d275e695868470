"""One thread in page order, with what its pictures need to know of each post."""

from collections.abc import Iterable
from functools import cached_property

from msgspec import Struct

from discourse.chains import cut_cycles, depths
from discourse.model import Loop, Post, Turn
from discourse.plots.style import label
from discourse.report.basis.book import Book, Ref

# what a post is to the one that it answers; untold: nobody said; none: it answers nobody
SIGNS = ("agree", "disagree", "neither", "untold", "none")
CAMPS = (1, 2)
MOST_ROWS = 12  # disputes that are drawn of a thread
_NAME = 32  # characters of an author's name in a label
_NO_NAME = "no name"


class LoopHere(Struct, frozen=True):
    """A loop with those of its turns whose posts are in one thread, in order; never without one."""

    number: int  # of the dispute, as the report counts them
    loop: Loop
    turns: list[Turn]


class Lineup(Struct, frozen=True, dict=True):
    """The posts of one thread in page order; places count them from 0."""

    book: Book
    number: int  # of the thread in the report, from 1
    thread_id: str
    camps: dict[str, int]  # of the authors that are placed in one
    loops: list[LoopHere]

    @property
    def unit(self) -> tuple[str, str]:
        """The thread's unit in the summary."""
        return ("thread", self.thread_id)

    @property
    def posts(self) -> list[Post]:
        """Every post of the thread; at least one."""
        return self.book.threads[self.thread_id]

    @cached_property
    def places(self) -> dict[str, int]:
        """Where each post stands."""
        return {post.post_id: place for place, post in enumerate(self.posts)}

    @cached_property
    def parents(self) -> dict[str, str | None]:
        """The post that each answers, where it is here; free of cycles."""
        parents = {p.post_id: p.reply_to if p.reply_to in self.places else None for p in self.posts}
        return parents | dict.fromkeys(cut_cycles(parents))

    @cached_property
    def depths(self) -> dict[str, int]:
        """How many answers stand above each post."""
        return depths(self.parents)

    @cached_property
    def children(self) -> dict[str | None, list[Post]]:
        """The answers to each post in page order; under None the posts that start a conversation."""
        found: dict[str | None, list[Post]] = {}
        for post in self.posts:
            found.setdefault(self.parents[post.post_id], []).append(post)
        return found

    @cached_property
    def signs(self) -> dict[str, str]:
        """What each post is to the one that it answers, one of `SIGNS`."""
        return {post.post_id: self._sign(post) for post in self.posts}

    def _sign(self, post: Post) -> str:
        if post.reply_to is None:
            return "none"
        marks = self.book.marks.get(post.post_id, ())
        said = (row.label for row in marks if row.layer == "reply" and row.target == post.reply_to)
        return next((name for name in said if name in SIGNS), "untold")

    def ref(self, place: int) -> Ref:
        """Point to the post at a place."""
        return self.book.refs[self.posts[place].post_id]


def lineups(book: Book, threads: Iterable[str]) -> list[Lineup]:
    """Line up the posts of these threads, one pass over camps and loops for all of them."""
    camps: dict[str, dict[str, int]] = {}
    for row in book.camps:
        camps.setdefault(row["thread_id"], {})[row["author"]] = int(row["camp"])
    loops: dict[str, list[LoopHere]] = {}
    for number, loop in enumerate(book.loops, start=1):
        turns = [turn for turn in book.turns[loop.loop_id] if turn.post_id in book.by_id]
        homes = dict.fromkeys(book.by_id[turn.post_id].thread_id for turn in turns)
        for home in homes:
            here = [turn for turn in turns if book.by_id[turn.post_id].thread_id == home]
            loops.setdefault(home, []).append(LoopHere(number, loop, here))
    numbers = {thread_id: number for number, thread_id in enumerate(book.threads, start=1)}
    return [Lineup(book, numbers[key], key, camps.get(key, {}), loops.get(key, [])) for key in threads]


def called(author: str) -> str:
    """Return an author's name for a label: one short line; in words where the page shows none."""
    return label(author, _NAME) if author.strip() else _NO_NAME
