"""What a dispute is before anyone asks whether it is a loop: two claims, and who stands where."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct

from discourse.analysis.base import PostView, ThreadView
from discourse.analysis.stance.text_shares import carry_answers
from discourse.model import Annotation, Span

HOPS = 3  # how far up a chain a post still speaks to
LINK = re.compile(r"(?:https?://|www\.)\S+")
_UNLINKED = 8  # posts right above an unlinked post that it may speak to; half of it further up a chain
_NEAR = 12  # posts looked at per post, so that the work stays linear in a thread's length


class Stand(Struct, frozen=True):
    """One post's part in a dispute."""

    post: int  # place in the thread, 0-based
    side: int  # 0 or 1
    span: Span  # the clause in which the claim stands
    denies: bool  # whether it denies the other side's claim instead of stating its own
    score: float = 0.9  # 0 to 1: lower where the words only imply it
    exact: bool = (
        True  # whether they give the claim's very value; the clearest of these becomes the claim's text
    )


class Dispute(Struct, frozen=True):
    """Two claims that cannot both hold, and the posts that take them up."""

    attribute: str
    values: tuple[str, str] | None  # None where no quantity is disputed
    stands: tuple[Stand, ...]  # in thread order; no author on both sides
    matter: tuple[
        str, ...
    ] = ()  # words on which it turns, where no value and no denial shows what is disputed

    def authors(self, thread: ThreadView, side: int) -> set[str]:
        """Name the authors of one side."""
        return {thread.posts[stand.post].post.author for stand in self.stands if stand.side == side}


def with_own_quotes(thread: ThreadView) -> ThreadView:
    """Return a thread in which what authors say by quoting counts as their own words.

    Who repeats an earlier paragraph of his own says it again, and who posts nothing but a
    headline with its link says what it says. Words of others that are answered, and own
    words that somebody else quoted in between, stay quotations.
    """
    posts, kept = thread.remembered(_own_quoted)
    carry_answers(thread, kept)
    return ThreadView(thread.thread_id, posts, thread.articles, thread.annotations, kept)


def _own_quoted(thread: ThreadView) -> tuple[tuple[PostView, ...], dict[Any, Any]]:
    authors = {view.post.post_id: view.post.author for view in thread.posts}
    posts = []
    for view in thread.posts:
        if not view.quotes:
            posts.append(view)
            continue
        bare = not any(char.isalpha() for char in LINK.sub(" ", view.own))
        foreign = tuple(quote for quote in view.quotes if not _is_own(quote, view.post.author, authors, bare))
        posts.append(view if len(foreign) == len(view.quotes) else PostView(view.post, foreign))
    return tuple(posts), {}


def _is_own(quote: Annotation, author: str, authors: Mapping[str, str], bare: bool) -> bool:
    if bare and quote.target == "external":
        return True
    return authors.get(quote.target or "") == author and quote.detail in (None, quote.target)


def distinct(disputes: Sequence[Dispute]) -> list[Dispute]:
    """Keep of disputes that share most of their posts the first."""
    kept: list[Dispute] = []
    for dispute in disputes:
        posts = {stand.post for stand in dispute.stands}
        if all(2 * len(posts & {stand.post for stand in other.stands}) <= len(posts) for other in kept):
            kept.append(dispute)
    return kept


class Links:
    """Which earlier posts a post speaks to: by its link, by what it quotes, else the posts right above it."""

    def __init__(self, thread: ThreadView) -> None:
        places = thread.places
        self._direct: list[tuple[int, ...]] = []
        self._answered = [places.get(view.post.reply_to or "") for view in thread.posts]
        self._near: dict[int, tuple[int, ...]] = {}
        self._is_flat = not any(self._answered)  # no link, or to the first post alone
        for place, view in enumerate(thread.posts):
            named = [view.post.reply_to or "", *((quote.target or "") for quote in view.quotes)]
            found = {places[name] for name in named if name in places and places[name] < place}
            # a link to the first post is all that flat threads have
            self._direct.append(tuple(sorted(found, reverse=True)[:_NEAR]) if found != {0} else ())

    def direct(self, place: int) -> tuple[int, ...]:
        """Return the earlier posts that a post links to or quotes, the latest first; none in flat threads."""
        return self._direct[place]

    def answered(self, place: int) -> int | None:
        """Return the earlier post that a post answers: by its link, by what it quotes, else the one before.

        A link to the first post counts where others of the thread lead elsewhere; None at the beginning.
        """
        up = None if self._is_flat else self._answered[place]
        if up is not None and up < place:
            return up
        return self._direct[place][0] if self._direct[place] else (place - 1 if place else None)

    def near(self, place: int) -> tuple[int, ...]:
        """Return the posts within some steps above a post, nearest first; from memory when asked again."""
        if place not in self._near:
            self._near[place] = tuple(up for up, _step in self.above(place))
        return self._near[place]

    def above(self, place: int, hops: int = HOPS) -> Iterator[tuple[int, int]]:
        """Yield the posts within some steps above a post with the number of steps, nearest first.

        A post without a link may speak to any of the few posts before it.
        """
        seen = {place}
        level = [place]
        for step in range(1, hops + 1):
            upper = [up for here in level for up in self._up(here, step) if up not in seen]
            level = list(dict.fromkeys(upper))[: max(0, _NEAR - len(seen) + 1)]
            seen.update(level)
            for up in level:
                yield up, step

    def _up(self, place: int, step: int) -> Sequence[int]:
        reach = _UNLINKED if step == 1 else _UNLINKED // 2
        return self._direct[place] or range(place - 1, max(-1, place - 1 - reach), -1)
