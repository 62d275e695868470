"""Which side each author of a discussion is on: by what they write, and by whom they dispute with.

For topics that training knew, words tell pro from anti, and the replies spread it; for any other topic
the replies alone part the authors into two camps without names. What the model has learned, from what,
and how well it does stands on its card (`models/sides/card.json`); `tests/evaluation/fit_sides.py`
trains it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from scipy import sparse

from discourse.learn.linear import Floats
from discourse.learn.ngrams import Space, ngram_matrix
from discourse.learn.reply_labels import LABELS
from discourse.learn.reply_pairs import pair_shares
from discourse.learn.sides_graph import PAIR_FEATURES, Link, camps, pairs_of, propagate
from discourse.learn.stored import Stored, read_model
from discourse.learn.target_stance import Side
from discourse.learn.target_stance_views import weighed

MODEL = "sides"
LANGUAGES = ("en",)
SPACE = Space(words=(1, 2), bits=17, tag="sides", sublinear=True)
LENGTH = 20_000  # characters of an author's words that count
SharesOf = Callable[[Sequence[tuple[str, str]]], Floats]
REPLY = 1_500  # characters of a reply, and of the end of what it answers


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One post as the sides need it."""

    author: str
    text: str  # own words
    answered: str | None = None  # author of the post answered
    answered_text: str = ""  # own words of that post
    quotes: bool = False  # whether it quotes that post
    quoted: tuple[str, ...] = ()  # other authors whom it quotes


@dataclass(frozen=True, slots=True)
class AuthorSide:
    """Where an author stands in a discussion."""

    author: str
    camp: int  # 1 or 2; with a topic 1 is pro and 2 is anti
    score: float  # share from 0.5 to 1 that the author is of this camp
    side: str | None  # pro or anti; None without a topic


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
            self._camps = arrays["camps"]
            if (
                len(self._rare) != SPACE.columns
                or self._weights.shape != (3,)
                or self._couplings.shape != (len(PAIR_FEATURES),)
                or self._camps.shape != (len(PAIR_FEATURES) + 1,)
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
        pairs = pairs_of(links_of(turns, authors))
        if topic not in self._words:
            state = camps(
                len(authors), pairs, pairs.features @ self._camps[:-1] / 2, float(self._camps[-1]) / 2
            )
            return [_decided(author, float(mean), None) for author, mean in zip(authors, state, strict=True)]
        odds = propagate(self._fields(turns, authors, topic) / 2, pairs, pairs.features @ self._couplings / 2)
        means = np.tanh(odds)
        return [_decided(author, float(mean), topic) for author, mean in zip(authors, means, strict=True)]

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
            share = dict(zip(LABELS, next(shares), strict=True))
            answered = places[str(turn.answered)]
            links.append(Link(own, answered, turn.quotes, share["disagree"], share["agree"]))
        links.extend(
            Link(own, places[other], quotes=True)
            for other in turn.quoted
            if other in places and other not in (turn.author, turn.answered)
        )
    return links


@cache
def shipped() -> SidesModel:
    """Return the model that comes with the package, read once."""
    return SidesModel(read_model(files("discourse.learn").joinpath("models", MODEL)))


def sides(turns: Sequence[Turn], topic: str | None = None) -> list[AuthorSide]:
    """Return the side of each author of a discussion, by the shipped model (see `SidesModel.sides`)."""
    return shipped().sides(turns, topic)
