"""What tells an exchange that goes round in circles from one that goes on."""

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from discourse.analysis.loops.answers import Answers
from discourse.analysis.loops.exchanges import Exchange
from discourse.analysis.loops.turn_features import Words
from discourse.text.tokens import content_stems

CORE = 4  # words that an exchange turns on, at most
_LEAST_CORE = 3  # posts that hold such a word
# words of any talk, which say nothing of what it is about
_THIN = frozenset(
    content_stems(
        (
            "know think thought say said saying want make made go going get see look people thing things "
            "way good better best bad right wrong really much many lot post posts need use take come give "
            "mean show feel try talk tell told call point agree believe reason question answer please yes "
            "yeah something anything nothing everyone someone anyone actually always never maybe still "
            "one two first last time day year"
        ).split()
    )
)

Shares = Mapping[int, tuple[float, float]]  # of a post: to be a turn of a loop, to repeat and bring nothing


def core_words(exchange: Exchange, authors: Sequence[str], words: Words) -> list[str]:
    """Return the stems on which an exchange turns: both authors use them, few other posts do; best first.

    Parameters
    ----------
    authors
        Of the thread's posts, in thread order.
    """
    first, second = _held(exchange, authors, words)
    rated = [
        (-(min(first[word], second[word]) + (first[word] + second[word]) / 2) * words.rarity(word), word)
        for word in _core(first, second)
    ]
    return [word for _rate, word in sorted(rated)[:CORE]]


def has_core(exchange: Exchange, authors: Sequence[str], words: Words) -> bool:
    """Say whether an exchange turns on any word (see `core_words`)."""
    return any(True for _ in _core(*_held(exchange, authors, words)))


def _held(exchange: Exchange, authors: Sequence[str], words: Words) -> tuple[Counter[str], Counter[str]]:
    """Return how many of its posts hold each word, for either author of an exchange."""
    first, second = exchange.authors
    held: dict[str, Counter[str]] = {first: Counter(), second: Counter()}
    for place in exchange.posts:
        held[authors[place]].update(words.stems(place).keys())
    return held[first], held[second]


def _core(first: Counter[str], second: Counter[str]) -> Iterator[str]:
    for word in first.keys() & second.keys():
        if first[word] + second[word] >= _LEAST_CORE and word not in _THIN:
            yield word


def exchange_features(exchange: Exchange, answers: Answers, words: Words, shares: Shares) -> dict[str, float]:
    """Return an exchange's features by name, from the posts of its two authors."""
    posts = exchange.posts
    spoken = [answers.authors[place] for place in posts]
    first_ones = {posts[spoken.index(author)] for author in exchange.authors}
    later = [place for place in posts if place not in first_ones]
    empty = {place: shares[place][1] for place in later}
    turns = sorted(shares[place][0] for place in posts)
    among = set(posts)
    dissent = [value for place in posts for up, value in answers.dissent(place).items() if up in among]
    return {
        "turns": _mean(turns),
        "weakest_turns": _mean(turns[: max(1, len(turns) // 4)]),
        "empty": _mean(list(empty.values())),
        "empties": math.log1p(sum(empty.values())),
        "emptiest_of_either": min(
            max(empty[place] for place in later if answers.authors[place] == author)
            for author in exchange.authors
        ),
        "posts": math.log(len(posts)),
        "spread": math.log((posts[-1] - posts[0] + 1) / len(posts)),
        "changes": sum(one != other for one, other in pairwise(spoken)) / (len(posts) - 1),
        "dissent": _mean(dissent),
        **_matter(exchange, answers, words),
    }


def _matter(exchange: Exchange, answers: Answers, words: Words) -> dict[str, float]:
    core = core_words(exchange, answers.authors, words)
    held = [sum(word in words.stems(place) for word in core) for place in exchange.posts]
    return {
        "core_words": _mean([count / max(1, len(core)) for count in held]),
        "posts_with_a_core_word": _mean([float(count > 0) for count in held]),
    }


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0
