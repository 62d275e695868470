"""Replies as they read, and what the model says of them: all replies of many threads at once."""

from collections.abc import Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from discourse.analysis.base import PostView, ThreadView
from discourse.analysis.stance.known_readings import keep_readings
from discourse.analysis.stance.text_shares import keep_shares
from discourse.learn.linear import Floats
from discourse.learn.reply_labels import LABELS, Cue, Reading, cues_in, read
from discourse.learn.reply_pairs import ENDING, LANGUAGES, LENGTH, ending, shipped
from discourse.learn.reply_sets import Stretches, flags
from discourse.learn.reply_threads import OUTSIDE, Posts, numbered_authors
from discourse.learn.reply_vocabulary import Words
from discourse.learn.second_opinion import SecondOpinion
from discourse.text.normalise import fold
from discourse.text.tokens import words_of


class Reply(Struct, frozen=True, eq=False):
    """A post with own words, what it answers, and how both read."""

    post: PostView
    parent: PostView
    own: Reading
    answered: Reading

    @property
    def opening(self) -> Sequence[Cue]:
        """The cues with which it opens."""
        return self.own.opening


class ReadThread:
    """A thread with each post's own words read, and those of its replies that the model can judge."""

    def __init__(self, view: ThreadView) -> None:
        self.view = view
        self.readings = _own(view.posts)
        keep_readings(view, self.readings)
        self.parents = [
            -1 if (parent := view.parent(post)) is None else view.places[parent.post.post_id]
            for post in view.posts
        ]
        self.judged = [
            place
            for place, (post, parent) in enumerate(zip(view.posts, self.parents, strict=True))
            if parent >= 0 and post.words and (post.post.lang or LANGUAGES[0]) in LANGUAGES
        ]
        self._endings: dict[int, Reading] = {}
        self.replies = [self._reply(place) for place in self.judged]

    def _reply(self, place: int) -> Reply:
        post, above = self.view.posts[place], self.parents[place]
        parent = self.view.posts[above]
        quoted = [row.quote for row in post.quotes if row.target == parent.post.post_id]
        # whoever quotes answers the words quoted, everybody else all own words of the post answered
        words = "\n".join(quoted)
        answered = read(ending(words)) if words else self._ending(above)
        return Reply(post, parent, self.readings[place], answered)

    def _ending(self, place: int) -> Reading:
        """Read what counts of a post that is answered, once for all its answers."""
        own = self.view.posts[place].own
        if len(own) <= ENDING:
            return self.readings[place]
        if place not in self._endings:
            self._endings[place] = read(ending(own))
        return self._endings[place]


def _own(posts: Sequence[PostView]) -> list[Reading]:
    """Read what counts of posts' own words; the words of a short one are known."""
    folded = [fold(post.own[: LENGTH + (post.starts[0] if post.words else 0)]) for post in posts]
    return [
        Reading(text, post.words if len(text) == len(post.own) else words_of(text), cues)
        for post, text, cues in zip(posts, folded, cues_in(folded), strict=True)
    ]


class Guess(Struct, frozen=True):
    """What the model says of a reply."""

    shares: Sequence[float]  # of `LABELS`
    telling: Sequence[str] = ()  # the features that speak most for the likeliest
    without: Sequence[float] | None = None  # the shares without the neural reader, where it had a part


def guesses(threads: Sequence[ReadThread], second: SecondOpinion | None = None) -> list[list[Guess]]:
    """Return for each thread the model's guess of each reply; those of one thread are judged together.

    Parameters
    ----------
    second
        Who is asked beside the linear model what two texts say alone, if anybody.
    """
    replies = [reply for thread in threads for reply in thread.replies]
    readings = {id(reading): reading for thread in threads for reading in thread.readings}
    others = {id(reply.answered): reply.answered for reply in replies if id(reply.answered) not in readings}
    words = Words([*readings.values(), *others.values()])
    alone, named = shipped().weigh([(reply.own, reply.answered) for reply in replies], words)
    linear = alone
    by_text = iter(alone.tolist())
    for thread in threads:  # camps ask for these again, whose model has learned from the linear one
        pairs = ((reply.own.text, reply.answered.text) for reply in thread.replies)
        keep_shares(thread.view, dict(zip(pairs, by_text, strict=False)))
    is_read = np.zeros(len(replies), dtype=np.bool_)
    if second is not None:
        pairs_read = [(reply.own.text, reply.answered.text) for reply in replies]
        alone, is_read = second.choices("reply", pairs_read, linear)
    posts = _laid_out(threads, words)
    firsts = posts.threads.edges[:-1].tolist()
    judged = [first + place for first, thread in zip(firsts, threads, strict=True) for place in thread.judged]
    places = np.array(judged, dtype=np.int64)
    told = _in_threads(replies, posts, places, alone)
    telling = shipped().most_telling(named, told.argmax(axis=1))
    without: list[Sequence[float] | None] = [None] * len(replies)
    if is_read.any():
        fast = _in_threads(replies, posts, places, linear).tolist()
        without = [shares if read else None for shares, read in zip(fast, is_read.tolist(), strict=True)]
    found = iter(map(Guess, told.tolist(), telling, without))
    return [[next(found) for _ in thread.replies] for thread in threads]


def _in_threads(replies: Sequence[Reply], posts: Posts, places: NDArray[np.int64], alone: Floats) -> Floats:
    """Return what the model says of replies in their threads, given what their texts alone say."""
    told = shipped().shares_in_threads(posts, places, alone)
    for row, (reply, shares) in enumerate(zip(replies, alone.tolist(), strict=True)):
        if _says_no(reply, shares):
            told[row] = alone[row]
    return told


def _says_no(reply: Reply, shares: Sequence[float]) -> bool:
    """Say whether a reply opens with plain disagreement and its text is mostly that: no thread turns it."""
    opening = [cue for cue in reply.opening if cue.place != "joins"]
    labels = {cue.label for cue in opening}
    if not opening or opening[0].label != "disagree" or labels & {"agree", "concede", "yields"}:
        return False
    return max(shares) == shares[LABELS.index("disagree")]


def _laid_out(threads: Sequence[ReadThread], words: Words) -> Posts:
    """Lay out the posts of threads for the model; the first words are those of these posts."""
    laid = Stretches(np.array([len(thread.readings) for thread in threads], dtype=np.int64))
    firsts = laid.edges[:-1].tolist()
    names = [post.post.author for thread in threads for post in thread.view.posts]
    quotes = [
        (
            first + place,
            OUTSIDE if (other := thread.view.places.get(row.target or "")) is None else first + other,
        )
        for first, thread in zip(firsts, threads, strict=True)
        for place, post in enumerate(thread.view.posts)
        for row in post.quotes
    ]
    return Posts(
        threads=laid,
        authors=numbered_authors(names, laid),
        named=flags(names),
        texts=[reading.text for reading in words.readings],
        sizes=words.sizes,
        stems=words.stems,
        parents=np.array(
            [
                parent if parent < 0 else first + parent
                for first, thread in zip(firsts, threads, strict=True)
                for parent in thread.parents
            ],
            dtype=np.int64,
        ),
        quoters=np.array([place for place, _ in quotes], dtype=np.int64),
        quoted=np.array([other for _, other in quotes], dtype=np.int64),
    )
