"""Who answers and quotes whom in a discussion, and whether that is enough to tell camps by."""

from collections.abc import Callable, Iterator, Mapping, Sequence

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from discourse.learn.linear import Floats
from discourse.learn.reply_labels import LABELS
from discourse.learn.reply_pairs import pair_shares
from discourse.learn.sides_graph import Flags, Link, Pairs, busiest, pairs_of, reached

SharesOf = Callable[[Sequence[tuple[str, str]]], Floats]
REPLY = 1_500  # characters of a reply, and of the end of what it answers
LEAST_QUOTING = 0.5  # of replies that quote, from which those that do not say little
LEAST_LINKS = 25  # in a discussion, and of an author: with fewer, camps were no better than chance
LEAST_OWN = 4
CAMPS = 2  # each of somebody
_DISAGREE, _AGREE = LABELS.index("disagree"), LABELS.index("agree")


class Turn(Struct, frozen=True, kw_only=True):
    """One post as the sides need it."""

    author: str
    text: str  # own words
    answered: str | None = None  # author of the post answered
    answered_text: str = ""  # own words of that post
    quotes: bool = False  # whether it quotes that post
    quoted: tuple[str, ...] = ()  # other authors whom it quotes
    said: tuple[str, float] | None = None  # how it stands to what it answers, with score; None where unknown


class Discussion:
    """All posts of one discussion, its replies not yet read."""

    def __init__(self, turns: Sequence[Turn]) -> None:
        self.turns = turns
        self.authors = list(dict.fromkeys(turn.author for turn in turns))
        self._places = {author: place for place, author in enumerate(self.authors)}

    def can_be_parted(self) -> bool:
        """Say whether its links alone, whatever they say, can place anybody."""
        most = len(self.turns) + sum(len(turn.quoted) for turn in self.turns)
        if most < LEAST_LINKS:
            return False
        bare = _linked(self.turns, self._places, None)
        if len(bare) < LEAST_LINKS:
            return False
        pairs = pairs_of(by_custom(bare)[1])
        return int(told_by_links(len(self.authors), pairs).sum()) >= CAMPS

    def texts(self) -> Iterator[tuple[str, str]]:
        """Yield what is to be read of each reply, and of what it answers."""
        for turn in self.turns:
            if _answers_another(turn, self._places):
                yield turn.text[:REPLY], turn.answered_text[-REPLY:]

    def links(self, shares: Iterator[Sequence[float]]) -> list[Link]:
        """Return its links, with the next shares for its replies."""
        return _linked(self.turns, self._places, shares)


def links_of(turns: Sequence[Turn], authors: Sequence[str], shares_of: SharesOf = pair_shares) -> list[Link]:
    """Return who answers and quotes whom, with the shares of what each reply says.

    Whoever is not among the authors is left out. `shares_of` returns the shares of a reply's `LABELS`.
    """
    places = {author: place for place, author in enumerate(authors)}
    texts = [
        (turn.text[:REPLY], turn.answered_text[-REPLY:]) for turn in turns if _answers_another(turn, places)
    ]
    return _linked(turns, places, iter(shares_of(texts).tolist()))


def _answers_another(turn: Turn, places: Mapping[str, int]) -> bool:
    return turn.answered in places and turn.answered != turn.author


def _linked(
    turns: Sequence[Turn], places: Mapping[str, int], shares: Iterator[Sequence[float]] | None
) -> list[Link]:
    """Return the links, replies with the next shares; None: with any, as they are not read."""
    links: list[Link] = []
    for turn in turns:
        own = places[turn.author]
        if _answers_another(turn, places):
            told = (0.0, 0.0) if shares is None else _known(next(shares), turn.said)
            links.append(Link(own, places[str(turn.answered)], turn.quotes, *told))
        links.extend(
            Link(own, places[other], quotes=True)
            for other in turn.quoted
            if other in places and other not in (turn.author, turn.answered)
        )
    return links


def _known(shares: Sequence[float], said: tuple[str, float] | None) -> tuple[float, float]:
    """Return the shares of disagreement and agreement: where one is known, at least that sure."""
    disagree, agree = shares[_DISAGREE], shares[_AGREE]
    label, score = said or ("neither", 0.0)
    if label == "disagree":
        return max(disagree, score), min(agree, 1 - score)
    if label == "agree":
        return min(disagree, 1 - score), max(agree, score)
    return disagree, agree


def by_custom(links: Sequence[Link]) -> tuple[str, list[Link]]:
    """Return which of `CUSTOMS` a discussion has, and its links as those are counted.

    Where most replies quote what they answer, one that does not may be meant for everybody. Where few do,
    quoting says nothing: all replies count alike, and quotations of others do not count.
    """
    replies = [link for link in links if link.disagree is not None]
    if sum(link.quotes for link in replies) >= LEAST_QUOTING * len(replies):
        return "quoting", list(links)
    return "plain", plain(links)


def plain(links: Sequence[Link]) -> list[Link]:
    """Return replies alone, as if nobody had quoted."""
    return [replace(link, quotes=False) for link in links if link.disagree is not None]


def told_by_links(size: int, pairs: Pairs) -> Flags:
    """Say of each author whether there are links enough, whatever they say."""
    if not size:
        return np.zeros(0, dtype=np.bool_)
    links = pairs.links_by_author(size)
    here = reached(size, pairs, busiest(size, pairs))
    found: Flags = here & (links >= LEAST_OWN) & (links[here].sum() >= 2 * LEAST_LINKS)
    return found
