"""Rows to numbers: how often each side of a thread uses each marker, and which words set the sides apart.

A side is a camp of the thread (table `camps`). Profiles are of posts taken together, no verdicts on people.
"""

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from discourse.model import Post
from discourse.summary.facts import Facts

PRIOR_WORDS = 500.0  # how much the whole thread weighs as the prior, in words
MOST_WORDS = 12  # that are kept of each side
LEAST_POSTS = 3  # of the side that must use a word
LEAST_Z = 1.96
_TAIL = 0.025  # on either side of an interval

Figure = tuple[str, float | None, str]  # metric, value, unit


@lru_cache(maxsize=1 << 14)  # most counts are small, and the same again and again
def rate_interval(count: int, words: int) -> tuple[float, float] | None:
    """Return the exact 95 % interval of a rate per 1,000 words; None without words.

    The count is taken to be a Poisson one (Garwood, F. (1936), Fiducial limits for the Poisson
    distribution, Biometrika 28). Markers come in bursts, so the true interval is rather wider.
    """
    if not words:
        return None
    from scipy.special import gammaincinv  # noqa: PLC0415 - a report drawn from its tables need not pay for it

    low = float(gammaincinv(count, _TAIL)) if count else 0.0
    high = float(gammaincinv(count + 1, 1 - _TAIL))
    return round(1000 * low / words, 4), round(1000 * high / words, 4)


def log_odds(
    first: Mapping[str, int], second: Mapping[str, int], whole: Mapping[str, int], prior: float = PRIOR_WORDS
) -> dict[str, tuple[float, float]]:
    """Return how much likelier a word is in one group than in another: log-odds ratio, and its z-score.

    The log-odds ratio with an informative Dirichlet prior of Monroe, B. L., Colaresi, M. P. and Quinn,
    K. M. (2008), Fightin' words, Political Analysis 16(4). Positive is the first group's.

    Parameters
    ----------
    first, second
        How often each group uses each word.
    whole
        The same over everything; its shares are the prior. Words that it lacks are left out.
    prior
        How many words the prior weighs.
    """
    sizes = sum(first.values()), sum(second.values())
    total = sum(whole.values())
    found: dict[str, tuple[float, float]] = {}
    for word in {**first, **second}:
        belief = prior * whole.get(word, 0) / max(total, 1)
        if not belief:
            continue
        counts = first.get(word, 0) + belief, second.get(word, 0) + belief
        odds = [
            math.log(count / max(size + prior - count, 1e-9))
            for count, size in zip(counts, sizes, strict=True)
        ]
        ratio = odds[0] - odds[1]
        found[word] = ratio, ratio / math.sqrt(1 / counts[0] + 1 / counts[1])
    return found


def side_figures(thread: Facts, labels: Sequence[str]) -> Iterator[tuple[int, Figure]]:
    """Yield each side's figures: authors, posts, own words, and rates of markers with their intervals.

    Parameters
    ----------
    labels
        Markers, in the order wanted; a side without a marker has a rate of 0.
    """
    for camp, posts in _sides(thread).items():
        words = sum(thread.words[post.post_id] for post in posts)
        own = {post.post_id for post in posts}
        counts = Counter(mark.label for mark in thread.layer("rhetoric") if mark.post_id in own)
        yield camp, ("authors", float(len({post.author for post in posts})), "authors")
        yield camp, ("posts", float(len(posts)), "posts")
        yield camp, ("own_words", float(words), "words")
        for label in labels:
            yield camp, (f"markers.{label}", float(counts[label]), "markers")
            rate = round(1000 * counts[label] / words, 4) if words else None
            low, high = rate_interval(counts[label], words) or (None, None)
            yield camp, (f"markers_per_1000.{label}", rate, "per 1,000 own words")
            yield camp, (f"markers_per_1000_low.{label}", low, "per 1,000 own words")
            yield camp, (f"markers_per_1000_high.{label}", high, "per 1,000 own words")


def side_words(thread: Facts) -> Iterator[tuple[int, str, float, float]]:
    """Yield the words that set the two sides apart: side, word, log-odds ratio and z-score (both positive).

    At most `MOST_WORDS` a side, the surest first; each used by that side in `LEAST_POSTS` posts or more, and
    by more than one of its authors where it has several. Nothing where there are no two sides.
    """
    sides = _sides(thread)
    if len(sides) < 2:
        return
    counts = {camp: Counter(_words(thread, posts)) for camp, posts in sides.items()}
    whole = Counter(_words(thread, thread.posts))
    found = log_odds(counts[1], counts[2], whole)
    for camp, sign in ((1, 1.0), (2, -1.0)):
        shared = _shared(thread, sides[camp])
        ranked = sorted(
            ((round(sign * z, 4), word) for word, (_, z) in found.items() if sign * z >= LEAST_Z),
            key=lambda pair: (-pair[0], pair[1]),
        )
        kept = [(z, word) for z, word in ranked if word in shared][:MOST_WORDS]
        for z, word in kept:
            yield camp, word, round(sign * found[word][0], 4), z


def _sides(thread: Facts) -> dict[int, list[Post]]:
    camp_of = {row["author"]: int(row["camp"]) for row in thread.camps}
    sides: dict[int, list[Post]] = {}
    for camp in sorted(set(camp_of.values())):
        sides[camp] = [post for post in thread.posts if camp_of.get(post.author) == camp]
    return sides


def _words(thread: Facts, posts: Sequence[Post]) -> Iterator[str]:
    for post in posts:
        yield from (word for word in thread.tokens[post.post_id] if word[0].isalpha())


def _shared(thread: Facts, posts: Sequence[Post]) -> set[str]:
    """Return the words that enough posts of a side use, and not one of several authors alone."""
    places: Counter[str] = Counter()
    users: dict[str, set[str]] = {}
    for post in posts:
        for word in set(_words(thread, [post])):
            places[word] += 1
            users.setdefault(word, set()).add(post.author)
    least = min(2, len({post.author for post in posts}))
    return {word for word, count in places.items() if count >= LEAST_POSTS and len(users[word]) >= least}
