"""How a reply stands in its thread: whom it quotes, who answers whom how often, what they say elsewhere.

Two people who quarrel mostly quarrel again; a post that quotes somebody else is seldom about the post that it
formally answers. `measures` says this of all replies of many threads at once, beside the shares of `LABELS`
that the two texts alone give each of them; `reply_pairs` weighs it.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from discourse.learn.reply_relations import Relations
from discourse.learn.reply_sets import Column, Floats, Ints, flags, log1ps, logs, logs_of
from discourse.learn.reply_threads import OUTSIDE, Posts, Turn, posts_of

Shares = Mapping[int, Sequence[float]]  # by the place of a reply: how likely each label is by its text
NEAR = 10  # posts before a reply that it may rather be about
WITHOUT_QUOTATIONS = {  # what the measures of quotations are where they are not looked at
    "quotes_parent": 0.0,
    "quotes_author": 0.0,
    "quotes_other": 0.0,
    "quotes_only_other": 0.0,
    "quotes_outside": 0.0,
    "quotes_none": 1.0,
    "quotes": 0.0,
}


def context_rows(turns: Sequence[Turn], shares: Shares) -> dict[int, dict[str, float]]:
    """Measure each judged reply of a thread, by its place; the names are the same for all.

    Posts that answer nobody are left out.
    """
    places = [place for place, turn in enumerate(turns) if turn.parent is not None and place in shares]
    if not places:
        return {}
    given = np.array([shares[place] for place in places], dtype=np.float64)
    columns = measures(posts_of([turns]), np.array(places), given)
    rows = zip(*(values.astype(np.float64).tolist() for values in columns.values()), strict=True)
    return {place: dict(zip(columns, row, strict=True)) for place, row in zip(places, rows, strict=True)}


def measures(posts: Posts, judged: Ints, shares: Floats) -> dict[str, Column]:
    """Measure replies of all threads.

    Parameters
    ----------
    judged
        Places of the posts that are judged, rising; each answers another post.
    shares
        Of each what its text alone says (`LABELS`).
    """
    replies = Replies(posts, judged)
    relations = Relations(
        replies.mine,
        replies.theirs,
        against=_leads(shares[:, 1], shares[:, 0]),
        aside=_leads(shares[:, 2], 1 - shares[:, 2]),
        named=posts.named[judged] & posts.named[replies.parents],
    )
    return {
        **_threads(replies, relations),
        **_shape(replies),
        **_address(replies),
        **_turns(replies, relations),
        **_relations(replies, relations),
    }


class Replies:
    """The judged ones among some posts."""

    def __init__(self, posts: Posts, judged: Ints) -> None:
        self.posts = posts
        self.places = judged
        self.parents = posts.parents[judged]
        self.mine, self.theirs = posts.authors[judged], posts.authors[self.parents]
        self.thread = posts.thread_of[judged]
        self.first = posts.threads.edges[self.thread]  # place of the thread's first post
        self.same = self.mine == self.theirs
        self.rank: Ints = np.full(len(posts.parents), -1, dtype=np.int64)  # of each post among the judged
        self.rank[judged] = np.arange(len(judged))

    def any_of(self, ranks: Ints) -> NDArray[np.bool_]:
        """Say of each reply whether it is among some, given by their ranks."""
        found = np.zeros(len(self.places), dtype=np.bool_)
        found[ranks] = True
        return found


def _threads(replies: Replies, relations: Relations) -> dict[str, Column]:
    """Measure the thread as a whole."""
    posts, thread = replies.posts, replies.thread
    count = np.bincount(thread)
    people = np.bincount(posts.thread_of[np.unique(posts.authors, return_index=True)[1]])
    return {
        "thread_against": (np.bincount(thread, relations.against) / np.maximum(count, 1))[thread],
        "thread_aside": (np.bincount(thread, relations.aside) / np.maximum(count, 1))[thread],
        "thread": logs(posts.threads.lengths[thread]),
        "authors": logs(people[thread]),
    }


def _shape(replies: Replies) -> dict[str, Column]:
    posts = replies.posts
    texts = [posts.texts[place] for place in replies.places.tolist()]
    asked = [posts.texts[place] for place in replies.parents.tolist()]
    return {
        "size": log1ps(posts.sizes[replies.places]),
        "parent_size": log1ps(posts.sizes[replies.parents]),
        "asks_last": flags("?" in text and text.rstrip().rstrip(" \"'”’").endswith("?") for text in texts),
        "asks_only": flags(
            "?" in text and text.count("?") >= text.count(".") + text.count("!") for text in texts
        ),
        "parent_asks": flags("?" in text and text.rstrip().endswith("?") for text in asked),
        "link": flags("://" in text for text in texts),
        "smiles": flags("emoticon" in text or ":)" in text or ";)" in text for text in texts),
    }


def _address(replies: Replies) -> dict[str, Column]:
    """Measure whom a reply quotes, and whose words it shares."""
    posts, places, parents = replies.posts, replies.places, replies.parents
    ranks = replies.rank[posts.quoters]
    quoted, ranks = posts.quoted[ranks >= 0], ranks[ranks >= 0]
    inside = quoted != OUTSIDE
    apart = inside & (quoted != parents[ranks])  # of another post than the one answered
    alike = posts.authors[quoted] == replies.theirs[ranks]
    parent = replies.any_of(ranks[inside & ~apart])
    other = replies.any_of(ranks[apart & ~alike])
    count = np.bincount(ranks, minlength=len(places))
    return {
        "quotes_parent": parent,
        "quotes_author": replies.any_of(ranks[apart & alike]),
        "quotes_other": other,
        "quotes_only_other": other & ~parent,
        "quotes_outside": replies.any_of(ranks[~inside]),
        "quotes_none": count == 0,
        "quotes": log1ps(count),
        "shared": posts.stems.alike(posts.stems.shared(places, parents), places, parents),
        "shared_other": _shared_nearby(replies),
    }


def _shared_nearby(replies: Replies) -> Floats:
    """Return how much a reply is at most like a post by another person shortly before it; 0 where none is."""
    posts, places = replies.posts, replies.places
    shared = posts.stems.shared_nearby(NEAR)
    most = np.zeros(len(places))
    for distance in range(1, NEAR + 1):
        other = places - distance
        given = np.flatnonzero(other >= replies.first)
        one, other = places[given], other[given]
        given = given[(other != replies.parents[given]) & (posts.authors[other] != replies.mine[given])]
        one, other = places[given], places[given] - distance
        most[given] = np.maximum(most[given], posts.stems.alike(shared[one, distance - 1], one, other))
    return most


def _turns(replies: Replies, relations: Relations) -> dict[str, Column]:
    """Measure where a reply stands, and how often the two people answer each other."""
    posts, places, parents, first = replies.posts, replies.places, replies.parents, replies.first
    mine, theirs, same = replies.mine, replies.theirs, replies.same
    above = posts.parents[parents]
    before = np.where(above >= 0, posts.authors[above], -1)
    written = np.bincount(posts.authors)
    exchanged = relations.between.count - 1
    return {
        "same": same,
        "root": parents == first,
        "root_author": theirs == posts.authors[first],
        "flat": np.where(parents == first, posts.answers[first] / posts.threads.lengths[replies.thread], 0.0),
        "after_mine": (before == mine) & ~same,
        "after_theirs": before == theirs,
        "exchanges": log1ps(exchanged),
        "exchanges_back": log1ps(np.where(same, exchanged, relations.back.count)),
        "siblings": logs(posts.answers[parents]),
        "distance": logs(np.maximum(1, places - parents)),
        "place": log1ps(places - first),
        "my_posts": logs(written[mine]),
        "their_posts": logs(written[theirs]),
    }


def _relations(replies: Replies, relations: Relations) -> dict[str, Column]:
    """Measure what the texts of other replies say of the two people."""
    against, aside = relations.against, relations.aside
    pair = relations.between.held_back(against, aside, 1.0)
    mine = relations.mine.held_back(against, aside, 2.0)
    to_them, there = relations.to_them, relations.there
    rest = to_them.count - there.count + 2.0
    answered = replies.rank[replies.parents]
    back, judged, by = _answers_back(replies)
    heard = np.bincount(by, minlength=len(against))
    return {
        "against": against,
        "aside": aside,
        "pair_against": pair[0],
        "pair_aside": pair[1],
        "mine_against": mine[0],
        "mine_aside": mine[1],
        "to_them_against": (to_them.against - there.against) / rest,
        "parent_against": np.where(answered >= 0, against[answered], 0.0),
        "parent_aside": np.where(answered >= 0, aside[answered], 0.0),
        "answered_by_them": back & ~replies.same,
        "back_against": np.bincount(by, against[judged], len(against)) / np.maximum(heard, 1),
        "back_aside": np.bincount(by, aside[judged], len(against)) / np.maximum(heard, 1),
        "common_enemies": relations.common_enemies(),
    }


def _answers_back(replies: Replies) -> tuple[NDArray[np.bool_], Ints, Ints]:
    """Say whether whom a reply answers comes back to it; then such answers by rank, and what they answer."""
    posts = replies.posts
    answers = np.flatnonzero(posts.parents >= 0)
    to = replies.rank[posts.parents[answers]]
    answers, to = answers[to >= 0], to[to >= 0]
    theirs = posts.authors[answers] == replies.theirs[to]
    answers, to = answers[theirs], to[theirs]
    judged = replies.rank[answers]
    return replies.any_of(to), judged[judged >= 0], to[judged >= 0]


def _leads(one: Floats, other: Floats) -> Floats:
    return logs_of(np.maximum(one, 1e-6) / np.maximum(other, 1e-6))
