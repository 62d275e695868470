"""Which side each author of a discussion is on: by what they write, and by whom they dispute with.

For topics that training knew, words tell pro from anti, and the replies spread it; for any other topic
the replies alone part the authors into two camps without names. Nothing guesses a topic: whoever calls
must know it. What the model has learned, from what,
and how well it does stands on its card (`models/sides/card.json`); `tests/evaluation/fit_sides.py`
trains it.
"""

from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from msgspec import Struct
from scipy import sparse

from discourse.learn.linear import Floats
from discourse.learn.ngrams import Space, ngram_matrix
from discourse.learn.reply_pairs import pair_shares
from discourse.learn.sides_graph import (
    PAIR_FEATURES,
    Flags,
    Link,
    Network,
    Pairs,
    camps_of,
    pairs_of,
    propagate,
)
from discourse.learn.sides_links import Discussion, SharesOf, Turn, by_custom, links_of, told_by_links
from discourse.learn.stored import Stored, read_model
from discourse.learn.target_stance import Side
from discourse.learn.target_stance_views import weighed

MODEL = "sides"
LANGUAGES = ("en",)
SPACE = Space(words=(1, 2), bits=17, tag="sides", sublinear=True)
LENGTH = 20_000  # characters of an author's words that count
CUSTOMS = ("quoting", "plain")  # what replies of a discussion do


class AuthorSide(Struct, frozen=True):
    """Where an author stands in a discussion."""

    author: str
    camp: int  # 1 or 2; with a topic 1 is pro and 2 is anti
    score: float  # share from 0.5 to 1 that the author is of this camp
    side: str | None  # pro or anti; None without a topic


class Member(Struct, frozen=True):
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
            means = np.tanh(self._parted(authors, links))
            return [_decided(author, float(mean), None) for author, mean in zip(authors, means, strict=True)]
        pairs = pairs_of(links)
        odds = propagate(self._fields(turns, authors, topic) / 2, pairs, pairs.features @ self._couplings / 2)
        means = np.tanh(odds)
        return [_decided(author, float(mean), topic) for author, mean in zip(authors, means, strict=True)]

    def members(self, turns: Sequence[Turn]) -> list[Member]:
        """Return the authors of one discussion whom enough replies place (see `members_of`)."""
        return self.members_of([turns])[0]

    def members_of(
        self, discussions: Sequence[Sequence[Turn]], shares_of: SharesOf = pair_shares
    ) -> list[list[Member]]:
        """Return the authors whom enough replies place in one of two camps, as they first write.

        Empty for a discussion with too few replies between different authors, or all of one camp.

        Parameters
        ----------
        shares_of
            Returns the shares of `LABELS` of replies; asked once for those of all discussions.
        """
        laid = [Discussion(turns) for turns in discussions]
        told = [place for place, one in enumerate(laid) if one.can_be_parted()]  # to read replies takes time
        shares = iter(shares_of([texts for place in told for texts in laid[place].texts()]).tolist())
        networks = [self._network(len(laid[place].authors), laid[place].links(shares)) for place in told]
        parted = camps_of([network for network, _ in networks])
        found: list[list[Member]] = [[] for _ in laid]
        for place, (network, custom), odds in zip(told, networks, parted, strict=True):
            found[place] = _placed(laid[place].authors, network.pairs, self._scales[custom] * odds)
        return found

    def _parted(self, authors: Sequence[str], links: Sequence[Link]) -> Floats:
        """Return each author's halved log-odds of the first camp."""
        network, custom = self._network(len(authors), links)
        odds: Floats = self._scales[custom] * camps_of([network])[0]
        return odds

    def _network(self, size: int, links: Sequence[Link]) -> tuple[Network, str]:
        """Return the authors as they draw each other into camps, and which of `CUSTOMS` they have."""
        custom, counted = by_custom(links)
        pairs = pairs_of(counted)
        weights = self._camps[custom]
        return Network(size, pairs, pairs.features @ weights[:-1] / 2, float(weights[-1]) / 2), custom

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


def _placed(authors: Sequence[str], pairs: Pairs, odds: Floats) -> list[Member]:
    links = pairs.links_by_author(len(authors)).tolist()
    means = np.tanh(odds).tolist()
    found: list[Member] = []
    for place in np.flatnonzero(supported(pairs, odds)).tolist():
        one = _decided(authors[place], means[place], None)
        found.append(Member(one.author, one.camp, one.score, links[place]))
    return found


def supported(pairs: Pairs, odds: Floats) -> Flags:
    """Say of each author whether there is enough to place him or her: nobody, or some of either camp.

    Links must lead to the author from whoever has most, or nothing says which camp is whose.
    """
    found = told_by_links(len(odds), pairs)
    first = np.tanh(odds).round(4) >= 0
    return found & bool((found & first).any() and (found & ~first).any())


@cache
def shipped() -> SidesModel:
    """Return the model that comes with the package, read once."""
    return SidesModel(read_model(files("discourse.learn").joinpath("models", MODEL)))


def sides(turns: Sequence[Turn], topic: str | None = None) -> list[AuthorSide]:
    """Return the side of each author of a discussion, by the shipped model (see `SidesModel.sides`)."""
    return shipped().sides(turns, topic)
