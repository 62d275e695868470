"""The posts of many threads as the measures of replies see them: who answers and quotes whom."""

from collections.abc import Sequence
from functools import cached_property

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from discourse.learn.reply_sets import Ints, Numbered, Sets, Stretches, flags, lengths_of

OUTSIDE = -1  # the place of quoted words that are of no post of the thread


class Turn(Struct, frozen=True):
    """A post as its thread sees it."""

    author: str
    text: str  # own words
    words: int
    stems: frozenset[str]  # of its content words
    parent: int | None = None  # place in the thread of the post that it answers
    quoted: tuple[int, ...] = ()  # places of the posts that it quotes; OUTSIDE for others


class Posts(Struct, frozen=True, dict=True):
    """The posts of many threads, one thread behind the other, each in page order."""

    threads: Stretches
    authors: Ints  # a number for each person of a thread; people of two threads have two numbers
    named: NDArray[np.bool_]  # whether the author has a name
    # by place, and maybe more behind the last post
    texts: Sequence[str]  # own words, folded
    sizes: Ints  # words
    stems: Sets  # of its content words
    parents: Ints  # place of the post that it answers, counted over all threads; -1 for none
    quoters: Ints  # places of posts that quote, in order, once for each quotation,
    quoted: Ints  # and of the posts that they quote; OUTSIDE for others

    @cached_property
    def thread_of(self) -> Ints:
        """The number of the thread of each post."""
        return self.threads.owners()

    @cached_property
    def answers(self) -> Ints:
        """How many answers each post has, judged or not."""
        found: Ints = np.bincount(self.parents[self.parents >= 0], minlength=len(self.parents))
        return found


def posts_of(threads: Sequence[Sequence[Turn]]) -> Posts:
    """Lay out the posts of threads."""
    turns = [turn for thread in threads for turn in thread]
    laid = Stretches(lengths_of(threads))
    firsts = laid.edges[laid.owners()].tolist()
    stems = Numbered()
    held = [[stems[stem] for stem in turn.stems] for turn in turns]
    quotes = [(place, other) for place, turn in enumerate(turns) for other in turn.quoted]
    return Posts(
        threads=laid,
        authors=numbered_authors([turn.author for turn in turns], laid),
        named=flags(turn.author for turn in turns),
        texts=[turn.text for turn in turns],
        sizes=np.array([turn.words for turn in turns], dtype=np.int64),
        stems=Sets(
            np.repeat(np.arange(len(turns)), [len(row) for row in held]),
            np.array([stem for row in held for stem in row], dtype=np.int64),
            texts=len(turns),
            width=len(stems),
        ),
        parents=np.array(
            [
                -1 if turn.parent is None else first + turn.parent
                for first, turn in zip(firsts, turns, strict=True)
            ],
            dtype=np.int64,
        ),
        quoters=np.array([place for place, _ in quotes], dtype=np.int64),
        quoted=np.array(
            [OUTSIDE if other == OUTSIDE else firsts[place] + other for place, other in quotes],
            dtype=np.int64,
        ),
    )


def numbered_authors(names: Sequence[str], threads: Stretches) -> Ints:
    """Return a number for each post's author, another one in each thread."""
    numbers: dict[tuple[int, str], int] = {}
    keys = zip(threads.owners().tolist(), names, strict=True)
    return np.array([numbers.setdefault(key, len(numbers)) for key in keys], dtype=np.int64)
