"""Exchanges: two authors who answer each other again and again, and those who take a side between them."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from msgspec import Struct

from discourse.analysis.loops.answers import Answers
from discourse.analysis.loops.criteria import MIN_CHANGES, MIN_RESTATEMENTS, MIN_TURNS
from discourse.text.gone import is_gone

_PAUSE = 100  # posts of others in a row after which two authors begin anew
_MARGIN = 2  # posts before and behind an exchange in which somebody may still join it


class Exchange(Struct, frozen=True):
    """What two authors said to each other; the first of them to speak is on side 0."""

    authors: tuple[str, str]
    posts: tuple[int, ...]  # places of their posts, in thread order
    joined: tuple[tuple[int, int], ...] = ()  # places of others' posts, with the side that each takes

    def side(self, author: str) -> int:
        """Return the side of one of the two authors."""
        return self.authors.index(author)

    @property
    def all_posts(self) -> tuple[int, ...]:
        """Places of the two authors' posts and of those that joined, in thread order."""
        return tuple(sorted([*self.posts, *(place for place, _ in self.joined)]))


def exchanges_of(answers: Answers) -> list[Exchange]:
    """Return the exchanges as long and as lively as a loop must be, in thread order.

    Posts whose authors are gone are nobody's. Where two authors leave each other alone for a long
    stretch of the thread, what follows is another exchange.
    """
    authors, counts = answers.authors, Counter(answers.authors)
    again = {author for author, count in counts.items() if count > 1 and not is_gone(author)}
    pairs: dict[tuple[str, str], set[int]] = defaultdict(set)
    for place, author in enumerate(authors) if len(again) > 1 else ():
        for up in answers.above(place) if author in again else ():
            other = authors[up]
            if other in again:
                pairs[(author, other) if author < other else (other, author)] |= {place, up}
    found = []
    for names, places in pairs.items():
        if len(places) < MIN_TURNS:  # most people meet once or twice
            continue
        for posts in _stretches(sorted(places)):
            spoken = [authors[place] for place in posts]
            if _has_shape(spoken):
                first = spoken[0]
                found.append(Exchange((first, names[1] if first == names[0] else names[0]), tuple(posts)))
    return sorted(found, key=lambda exchange: (exchange.posts, exchange.authors))


def _stretches(places: Sequence[int]) -> Iterator[list[int]]:
    begin = 0
    for number in range(1, len(places) + 1):
        if number == len(places) or places[number] - places[number - 1] > _PAUSE:
            yield list(places[begin:number])
            begin = number


def _has_shape(spoken: Sequence[str]) -> bool:
    changes = sum(one != other for one, other in pairwise(spoken))
    again = len(spoken) - len(set(spoken))
    spoke_twice = all(spoken.count(author) > 1 for author in set(spoken))
    return len(spoken) >= MIN_TURNS and changes >= MIN_CHANGES and again >= MIN_RESTATEMENTS and spoke_twice


def neighbours(exchange: Exchange, answers: Answers) -> dict[int, float]:
    """Return the posts of others that may join an exchange, and how far each is against side 0.

    Those are the posts that answer one of its posts, or are answered by one, and disagree with more
    on one side than on the other; below 0 they are against side 1.
    """
    first, last = exchange.posts[0] - _MARGIN, exchange.posts[-1] + _MARGIN
    leanings: dict[int, float] = defaultdict(float)
    for place in exchange.posts:
        sign = -1.0 if exchange.side(answers.authors[place]) else 1.0
        for met in (answers.dissent(place), answers.dissent_met(place)):
            for other, dissent in met.items():
                if first <= other <= last and answers.authors[other] not in exchange.authors:
                    leanings[other] += sign * dissent
    return {place: leaning for place, leaning in sorted(leanings.items()) if leaning}


def with_joined(exchange: Exchange, places: Mapping[int, float]) -> Exchange:
    """Return an exchange with posts of others, each on the side that it is not against."""
    joined = tuple((place, int(leaning > 0)) for place, leaning in places.items())
    return Exchange(exchange.authors, exchange.posts, joined)
