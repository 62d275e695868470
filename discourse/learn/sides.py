"""Which side each author of a discussion is on: by what they write, and by whom they dispute with.

For topics that training knew, words tell pro from anti, and the replies spread it; for any other topic
the replies alone part the authors into two camps without names. Nothing guesses a topic: whoever calls
must know it. What the model has learned, from what,
and how well it does stands on its card (`models/sides/card.json`); `tests/evaluation/fit_sides.py`
trains it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from scipy import sparse

from discourse.learn.linear import Floats
from discourse.learn.ngrams import Space, ngram_matrix
from discourse.learn.reply_labels import LABELS
from discourse.learn.reply_pairs import pair_shares
from discourse.learn.sides_graph import (
    PAIR_FEATURES,
    Flags,
    Link,
    Pairs,
    busiest,
    camps,
    pairs_of,
    propagate,
    reached,
)
from discourse.learn.stored import Stored, read_model
from discourse.learn.target_stance import Side
from discourse.learn.target_stance_views import weighed

MODEL = "sides"
LANGUAGES = ("en",)
SPACE = Space(words=(1, 2), bits=17, tag="sides", sublinear=True)
LENGTH = 20_000  # characters of an author's words that count
SharesOf = Callable[[Sequence[tuple[str, str]]], Floats]
REPLY = 1_500  # characters of a reply, and of the end of what it answers
CUSTOMS = ("quoting", "plain")  # what replies of a discussion do
LEAST_QUOTING = 0.5  # of replies that quote, from which those that do not say little
LEAST_LINKS = 25  # in a discussion, and of an author: with fewer, camps were no better than chance
LEAST_OWN = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One post as the sides need it."""

    author: str
    text: str  # own words
    answered: str | None = None  # author of the post answered
    answered_text: str = ""  # own words of that post
    quotes: bool = False  # whether it quotes that post
    quoted: tuple[str, ...] = ()  # other authors whom it quotes
    said: tuple[str, float] | None = None  # how it stands to what it answers, with score; None where unknown


@dataclass(frozen=True, slots=True)
class AuthorSide:
    """Where an author stands in a discussion."""

    author: str
    camp: int  # 1 or 2; with a topic 1 is pro and 2 is anti
    score: float  # share from 0.5 to 1 that the author is of this camp
    side: str | None  # pro or anti; None without a topic


@dataclass(frozen=True, slots=True)
class Member:
    """An author whom the replies place in a camp."""

    author: str
    camp: int  # 1 is the camp of the author with most links, 2 the other
    score: float  # share from 0.5 to 1 that the author is of this camp
    links: int  # replies and quotations, given and received, on which this rests


class SidesModel:
    """The model as it was trained."""

    def __init__(self, stored: Stored) -> None:
        """Take a stored model.

        Raises
        ------
        ModelError
            Where its arrays or its card are not those of such a model.
        """
        arrays = stored.arrays
        try:
            self.topics = tuple(str(topic) for topic in stored.card["topics"])
            self._rare = arrays["rare"]
            self._words = {
                topic: Side.unpacked(arrays, f"topic.{topic}", ("pro", "anti"), SPACE.columns)
                for topic in self.topics
            }
            self._priors = dict(zip(self.topics, arrays["priors"].tolist(), strict=True))
            self._weights = arrays["weights"]
            self._couplings = arrays["couplings"]
            self._camps = dict(zip(CUSTOMS, arrays["camps"], strict=True))
            self._scales = dict(zip(CUSTOMS, arrays["camp_scales"].tolist(), strict=True))
            if (
                len(self._rare) != SPACE.columns
                or self._weights.shape != (3,)
                or self._couplings.shape != (len(PAIR_FEATURES),)
                or arrays["camps"].shape != (len(CUSTOMS), len(PAIR_FEATURES) + 1)
            ):
                raise ValueError("weights are missing")
        except (KeyError, ValueError, IndexError, TypeError, AttributeError) as error:
            raise stored.fault("it is no model of sides that this version reads") from error

    def sides(self, turns: Sequence[Turn], topic: str | None = None) -> list[AuthorSide]:
        """Return each author's side, in the order in which authors first write.

        Parameters
        ----------
        turns
            All posts of one discussion.
        topic
            One of `topics`; any other is no known topic.
        """
        authors = list(dict.fromkeys(turn.author for turn in turns))
        links = links_of(turns, authors)
        if topic not in self._words:
            means = np.tanh(self._parted(authors, links)[1])
            return [_decided(author, float(mean), None) for author, mean in zip(authors, means, strict=True)]
        pairs = pairs_of(links)
        odds = propagate(self._fields(turns, authors, topic) / 2, pairs, pairs.features @ self._couplings / 2)
        means = np.tanh(odds)
        return [_decided(author, float(mean), topic) for author, mean in zip(authors, means, strict=True)]

    def members(self, turns: Sequence[Turn]) -> list[Member]:
        """Return the authors whom enough replies place in one of two camps, as they first write.

        Empty where the discussion has too few replies between different authors, or all are of one camp.
        """
        authors = list(dict.fromkeys(turn.author for turn in turns))
        if len(links_of(turns, authors, _unread)) < LEAST_LINKS:
            return []  # to read replies is what takes time
        pairs, odds = self._parted(authors, links_of(turns, authors))
        links = pairs.links_by_author(len(authors))
        found = [_decided(authors[place], float(np.tanh(odds[place])), None) for place in range(len(authors))]
        return [
            Member(found[place].author, found[place].camp, found[place].score, int(links[place]))
            for place in np.flatnonzero(supported(pairs, odds)).tolist()
        ]

    def _parted(self, authors: Sequence[str], links: Sequence[Link]) -> tuple[Pairs, Floats]:
        """Return pairs of authors and each author's halved log-odds of the first camp."""
        custom, counted = by_custom(links)
        pairs = pairs_of(counted)
        weights = self._camps[custom]
        odds = camps(len(authors), pairs, pairs.features @ weights[:-1] / 2, float(weights[-1]) / 2)
        return pairs, self._scales[custom] * odds

    def _fields(self, turns: Sequence[Turn], authors: Sequence[str], topic: str) -> Floats:
        matrix = words_matrix(words_of(turns, authors), self._rare)
        points = self._words[topic].points(matrix)[:, 0]
        fields: Floats = self._weights[0] * points + self._weights[1] * self._priors[topic] + self._weights[2]
        return fields


def _decided(author: str, mean: float, topic: str | None) -> AuthorSide:
    mean = round(mean, 4)
    camp = 1 if mean >= 0 else 2
    side = None if topic is None else ("pro", "anti")[camp - 1]
    return AuthorSide(author, camp, round((1 + abs(mean)) / 2, 4), side)


def words_of(turns: Sequence[Turn], authors: Sequence[str]) -> list[str]:
    """Return what each author writes in the discussion, up to `LENGTH` characters."""
    written: dict[str, list[str]] = {author: [] for author in authors}
    for turn in turns:
        written[turn.author].append(turn.text)
    return [" \n ".join(texts)[:LENGTH] for texts in written.values()]


def words_matrix(texts: Sequence[str], rare: Any) -> sparse.csr_array:
    """Return the n-grams of texts, weighed by how rare they are."""
    return weighed(ngram_matrix(texts, SPACE), rare)


def links_of(turns: Sequence[Turn], authors: Sequence[str], shares_of: SharesOf = pair_shares) -> list[Link]:
    """Return who answers and quotes whom, with the shares of what each reply says.

    Whoever is not among the authors is left out. `shares_of` returns the shares of a reply's `LABELS`.
    """
    places = {author: place for place, author in enumerate(authors)}
    replies = [turn for turn in turns if turn.answered in places and turn.answered != turn.author]
    texts = [(turn.text[:REPLY], turn.answered_text[-REPLY:]) for turn in replies]
    shares = iter(shares_of(texts).tolist())
    links: list[Link] = []
    for turn in turns:
        own = places[turn.author]
        if turn.answered in places and turn.answered != turn.author:
            disagree, agree = _known(dict(zip(LABELS, next(shares), strict=True)), turn.said)
            links.append(Link(own, places[str(turn.answered)], turn.quotes, disagree, agree))
        links.extend(
            Link(own, places[other], quotes=True)
            for other in turn.quoted
            if other in places and other not in (turn.author, turn.answered)
        )
    return links


def _unread(texts: Sequence[tuple[str, str]]) -> Floats:
    return np.zeros((len(texts), len(LABELS)))


def _known(shares: Mapping[str, float], said: tuple[str, float] | None) -> tuple[float, float]:
    """Return the shares of disagreement and agreement: where one is known, at least that sure."""
    disagree, agree = shares["disagree"], shares["agree"]
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


def supported(pairs: Pairs, odds: Floats) -> Flags:
    """Say of each author whether there is enough to place him or her: nobody, or some of either camp.

    Links must lead to the author from whoever has most, or nothing says which camp is whose.
    """
    size = len(odds)
    if not size:
        return np.zeros(0, dtype=np.bool_)
    links = pairs.links_by_author(size)
    here = reached(size, pairs, busiest(size, pairs))
    found: Flags = here & (links >= LEAST_OWN) & (links[here].sum() >= 2 * LEAST_LINKS)
    first = np.tanh(odds).round(4) >= 0
    return found & bool((found & first).any() and (found & ~first).any())


@cache
def shipped() -> SidesModel:
    """Return the model that comes with the package, read once."""
    return SidesModel(read_model(files("discourse.learn").joinpath("models", MODEL)))


def sides(turns: Sequence[Turn], topic: str | None = None) -> list[AuthorSide]:
    """Return the side of each author of a discussion, by the shipped model (see `SidesModel.sides`)."""
    return shipped().sides(turns, topic)
