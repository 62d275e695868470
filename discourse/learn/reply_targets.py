"""Which post of the person named does a post answer? Features of a pair of posts, and their learned weights.

A conditional logit: every candidate gets the exponential of its weighted features, and
"a post that is not on the page" is one more candidate. The shares are the scores.
"""

import json
import math
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

from msgspec import Struct

from discourse.text.tokens import STOPWORDS

_SECOND_PERSON = frozenset("you your you're you've you'd you'll yours yourself u ur".split())
_OPENERS = frozenset(
    """
    no nope yes yeah yep wrong correct exactly agreed indeed true false sure really why so but and or well
    """.split()
)


class Words(Struct, frozen=True, kw_only=True):
    """What counts of a post's own words."""

    author: str
    first: str  # its first word, folded; empty where there is none
    all: frozenset[str]
    content: frozenset[str]  # stems
    asks: bool  # ends in a question

    @property
    def speaks_to_someone(self) -> bool:
        """Say whether the words sound like an answer."""
        return bool(self.all & _SECOND_PERSON) or self.first in _OPENERS


class Candidate(Struct, frozen=True, kw_only=True):
    """One earlier post that may be the one answered, with what the page tells about the pair."""

    place: int  # in page order, 0-based
    words: Words
    rank: int  # how many other candidates stand between it and the answer
    distance: int  # how many posts lie between the two, at least 1
    answered_by_me: bool  # the same author has already answered it
    answers: int  # how many others have already answered it
    addressed: str | None  # whom it answers itself; None where that is not known, or nobody
    first_of_author: bool  # nothing by its author stands before it
    since_my_last: bool  # it came after the latest post by the answer's author
    i_am_new: bool  # the answer is the first post of its author
    quoted: int  # words quoted from what it says first
    relayed: int  # words quoted which it quotes itself
    too_early: bool  # it stands before some of the words quoted
    quotes_gone: bool  # the answer quotes words that stand nowhere on the page


def features(answer: Words, candidate: Candidate, rarity: Mapping[str, float]) -> dict[str, float]:
    """Measure a pair; `rarity` gives a stem's inverse document frequency in the thread, at least 0."""
    shared = answer.content & candidate.words.content
    # summed in a fixed order: floating-point sums depend on it
    weight = sum(sorted(rarity.get(stem, 0.0) for stem in shared))
    size = math.sqrt((1 + len(answer.content)) * (1 + len(candidate.words.content)))
    mine = candidate.words.author == answer.author
    addresses_me = candidate.addressed == answer.author
    to_another = candidate.addressed not in (None, answer.author, candidate.words.author)
    return {
        "latest": float(candidate.rank == 0),
        "rank": math.log1p(candidate.rank),
        "distance": math.log(candidate.distance),
        "next": float(candidate.distance == 1),
        "mine": float(mine),
        "mine_and_to_someone": float(mine and answer.speaks_to_someone),
        "overlap": min(weight, 12.0) / 4,
        "density": weight / size,
        "answered_by_me": float(candidate.answered_by_me),
        "popular": math.log1p(max(0, candidate.answers - 1)),
        "answered_share": candidate.answers / (candidate.place + candidate.distance),
        "addresses_me": float(addresses_me),
        "addresses_me_unanswered": float(addresses_me and not candidate.answered_by_me),
        "addresses_another": float(to_another),
        "addresses_nobody": float(candidate.addressed is None),
        "goes_on": float(candidate.addressed == candidate.words.author),
        "first_of_author": float(candidate.first_of_author),
        "first_of_both": float(candidate.first_of_author and candidate.i_am_new),
        "since_my_last": float(candidate.since_my_last),
        "asks": float(candidate.words.asks and not mine),
        "quoted": min(candidate.quoted, 12) / 4,
        "relayed": min(candidate.relayed, 12) / 4,
        "too_early": float(candidate.too_early),
        "quotes_gone": float(candidate.quotes_gone and not candidate.quoted and not candidate.relayed),
    }


def scores(answer: Words, candidates: Sequence[Candidate], rarity: Mapping[str, float]) -> list[float]:
    """Return for each candidate the share of being the post answered.

    With the share of "none of them" they add up to 1.
    """
    weights = _weights()
    points = [
        sum(weights.get(name, 0.0) * value for name, value in features(answer, c, rarity).items())
        for c in candidates
    ]
    top = max([*points, weights["none"]])
    shares = [math.exp(point - top) for point in points]
    whole = sum(shares) + math.exp(weights["none"] - top)
    return [share / whole for share in shares]


def rarities(posts: Sequence[frozenset[str]]) -> dict[str, float]:
    """Return the inverse document frequency of each stem of a thread; one that every post has gets 0."""
    counts: dict[str, int] = {}
    for content in posts:
        for stem in content:
            counts[stem] = counts.get(stem, 0) + 1
    return {stem: math.log(len(posts) / count) for stem, count in counts.items()}


def content_words(stems: Sequence[str]) -> frozenset[str]:
    """Return the stems that tell posts apart: no function words, no single letters."""
    return frozenset(stem for stem in stems if len(stem) > 1 and stem not in STOPWORDS)


@cache
def _weights() -> dict[str, float]:
    text = files("discourse.learn").joinpath("models/reply_targets.json").read_text(encoding="utf-8")
    model: dict[str, dict[str, float]] = json.loads(text)
    return model["weights"]
