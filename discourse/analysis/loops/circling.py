"""Which exchanges of a thread go round in circles, and how likely each does."""

from collections import defaultdict
from collections.abc import Sequence

from msgspec import Struct

from discourse.analysis.base import ThreadView
from discourse.analysis.loops.answers import Answers
from discourse.analysis.loops.exchange_features import Shares, exchange_features, has_core
from discourse.analysis.loops.exchanges import Exchange, exchanges_of, neighbours, with_joined
from discourse.analysis.loops.turn_features import TurnFeatures, Words, rows_of
from discourse.learn.loops import LoopModel

OVERLAP = 0.25  # F1 of posts from which the less likely of two exchanges is left out


class Rated(Struct, frozen=True):
    """An exchange with its likelihood to be a loop."""

    exchange: Exchange
    share: float  # 0 to 1
    words: Words  # of the thread


def circling(thread: ThreadView, model: LoopModel, *, most: int = 0) -> list[Rated]:
    """Return the exchanges of a thread that are likely loops, the likeliest first; none shares many posts.

    Parameters
    ----------
    most
        Exchanges of a thread up to which those that turn on no word may be missing.
    """
    answers = Answers(thread)
    exchanges, words = exchanges_of(answers), Words(thread)
    if len(exchanges) <= most:
        exchanges = beside_named(exchanges, answers, words)
    if not exchanges:
        return []
    shares = post_shares(thread, answers, words, exchanges, model)
    rows = rows_of([exchange_features(e, answers, words, shares) for e in exchanges], model.exchange.names)
    rated = [
        Rated(joined_by(exchange, answers, shares, model), share, words)
        for exchange, share in zip(exchanges, model.exchange.shares(rows), strict=True)
        if share >= model.least_exchange
    ]
    rated.sort(key=lambda found: (-found.share, found.exchange.posts, found.exchange.authors))
    return apart(rated)


def beside_named(exchanges: Sequence[Exchange], answers: Answers, words: Words) -> list[Exchange]:
    """Keep the exchanges that turn on a word, and those that may share posts with one that is kept.

    Of exchanges that share posts the likelier one is left, so that one which turns on no word counts too.
    """
    posts = [{*exchange.posts, *neighbours(exchange, answers)} for exchange in exchanges]
    at: dict[int, list[int]] = defaultdict(list)  # numbers of exchanges, by the posts that they may hold
    for number, places in enumerate(posts):
        for place in places:
            at[place].append(number)
    kept = {n for n, exchange in enumerate(exchanges) if has_core(exchange, answers.authors, words)}
    waiting = sorted(kept)
    while waiting:
        for place in posts[waiting.pop()]:
            near = set(at.pop(place, ())) - kept
            kept |= near
            waiting += near
    return [exchanges[number] for number in sorted(kept)]


def post_shares(
    thread: ThreadView, answers: Answers, words: Words, exchanges: Sequence[Exchange], model: LoopModel
) -> Shares:
    """Rate the posts of some exchanges, and those of others that may join them."""
    places = sorted(
        {place for exchange in exchanges for place in (*exchange.posts, *neighbours(exchange, answers))}
    )
    reader = TurnFeatures(thread, answers, words)
    features = [reader.of(place) for place in places]
    turns = model.turn.shares(rows_of(features, model.turn.names))
    empty = model.empty.shares(rows_of(features, model.empty.names))
    return dict(zip(places, zip(turns, empty, strict=True), strict=True))


def joined_by(exchange: Exchange, answers: Answers, shares: Shares, model: LoopModel) -> Exchange:
    """Add to an exchange the posts of others that are likely turns."""
    near = neighbours(exchange, answers)
    return with_joined(exchange, {p: near[p] for p in near if shares[p][0] >= model.least_turn})


def apart(rated: Sequence[Rated]) -> list[Rated]:
    """Keep of exchanges that share many posts the first."""
    kept: list[Rated] = []
    posts_of: list[set[int]] = []  # of each that is kept
    at: dict[int, list[int]] = defaultdict(list)  # numbers of those kept, by the posts that they hold
    for found in rated:
        posts = set(found.exchange.all_posts)
        near = {number for place in posts for number in at.get(place, ())}
        if all(shared_part(posts, posts_of[number]) < OVERLAP for number in near):
            for place in posts:
                at[place].append(len(kept))
            kept.append(found)
            posts_of.append(posts)
    return kept


def shared_part(one: set[int], other: set[int]) -> float:
    """Return the F1 of two sets of posts; 0 where one is empty."""
    common = len(one & other)
    return 2 * common / (len(one) + len(other)) if common else 0.0
