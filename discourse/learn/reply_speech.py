"""What counts of a post for guessing whom it answers, and the pairs of posts that come into question."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import numpy.typing as npt
from msgspec import Struct

from discourse.learn.reply_words import openers, pairs_of_signs, second_person
from discourse.text.normalise import fold
from discourse.text.scripts import has_unspaced
from discourse.text.tokens import STOPWORDS, content_stems, words_of

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

WINDOW = 25  # latest posts that come into question; 98.4 % of the answers of IAC lie there or at the opener
FAR = 10**6  # a place beyond every thread: "never"

_DIGITS = {
    word: str(n) for n, word in enumerate("zero one two three four five six seven eight nine ten".split())
}
_LEAST_NAME = 4  # letters of a name that is recognised within a text without an @
_AT = re.compile(r"@([\w.\-]{2,40})")


class Speech(Struct, frozen=True):
    """One post's own words; what it quotes is left out."""

    author: str
    own: str
    words: tuple[str, ...]  # folded, in order
    stems: frozenset[str]  # of content words; numbers in digits, so that "four" meets "4"
    lang: str = "en"

    @property
    def says_you(self) -> bool:
        """Say whether it speaks in the second person."""
        return not second_person(self.lang).isdisjoint(self.words)

    @property
    def opens_as_answer(self) -> bool:
        """Say whether its first word is one that answers open with."""
        return bool(self.words) and self.words[0] in openers(self.lang)

    @property
    def ends_in_question(self) -> bool:
        """Say whether it leaves a question to the next speaker."""
        return self.own.rstrip(' "»”」\n').endswith(("?", "？", "؟"))


def speech(author: str, own: str, words: Sequence[str] | None = None, lang: str | None = None) -> Speech:
    """Read a post's own words.

    Parameters
    ----------
    words
        Its folded words, where they are known already.
    lang
        ISO 639-1; where it is not known, English words are looked for.
    """
    tokens = tuple(words) if words is not None else tuple(words_of(own))
    if has_unspaced(own):
        tokens = tuple(pairs_of_signs(tokens))
    stems = content_stems(_DIGITS.get(word, word) for word in tokens if word != "one")
    telling = frozenset(s for s in stems if len(s) > 1 or s.isdigit())
    return Speech(author, own, tokens, telling, lang or "en")


@dataclass(frozen=True)
class Talk:
    """A thread as far as guessing goes, with the pairs (post, earlier post) that come into question.

    Pairs stand in one row each, those of one post side by side, the latest candidate first.
    """

    speeches: Sequence[Speech]
    known: Mapping[int, int | None]  # place -> place answered, or None: known to answer nobody of the page
    opener: bool  # the first post opens the thread (a forum, or the article itself); False where none does
    article: bool = False  # the first post is the article above the others, and nobody's
    window: int = WINDOW
    author: Ints = field(init=False)  # a number for each author, in the order of first posts
    post: Ints = field(init=False)  # of each pair
    earlier: Ints = field(init=False)

    def __post_init__(self) -> None:
        numbers: dict[str, int] = {}
        codes = [numbers.setdefault(s.author, len(numbers)) for s in self.speeches]
        post: list[int] = []
        earlier: list[int] = []
        for place in range(1, len(self.speeches)):
            if place not in self.known:
                found = self._candidates(place)
                post += [place] * len(found)
                earlier += found
        for name, values in (("author", codes), ("post", post), ("earlier", earlier)):
            object.__setattr__(self, name, np.array(values, dtype=np.int64))

    def _candidates(self, place: int) -> list[int]:
        found = list(range(place - 1, max(-1, place - 1 - self.window), -1))
        return [*found, 0] if self.opener and found[-1] > 0 else found

    @property
    def size(self) -> int:
        """Number of posts."""
        return len(self.speeches)

    @property
    def authors(self) -> int:
        """Number of authors."""
        return int(self.author.max()) + 1 if self.size else 0

    @cached_property
    def own(self) -> npt.NDArray[np.bool_]:
        """Pairs of two posts by the same author."""
        same: npt.NDArray[np.bool_] = self.author[self.post] == self.author[self.earlier]
        return same

    @cached_property
    def starts(self) -> Ints:
        """The first row of each post's pairs."""
        return np.flatnonzero(np.r_[True, self.post[1:] != self.post[:-1]][: len(self.post)])

    @cached_property
    def counts(self) -> Ints:
        """Number of pairs of each post that has any."""
        found: Ints = np.diff(np.r_[self.starts, len(self.post)])
        return found

    @cached_property
    def group(self) -> Ints:
        """For each pair, the number of its post among those that have any."""
        found: Ints = np.repeat(np.arange(len(self.starts)), self.counts)
        return found

    def best(self, values: npt.NDArray[np.floating]) -> Floats:
        """Return for each pair the highest value among the pairs of its post."""
        if not len(values):
            return np.zeros(0)
        highest: Floats = np.maximum.reduceat(values, self.starts)[self.group]
        return highest

    def rank(self, values: npt.NDArray[np.floating]) -> Ints:
        """Return each pair's rank among those of its post, the highest value 0; of equals the later post."""
        order = np.lexsort((-self.earlier, -values, self.group))
        ranks = np.empty(len(values), dtype=np.int64)
        ranks[order] = np.arange(len(values)) - np.repeat(self.starts, self.counts)
        return ranks

    @cached_property
    def called(self) -> list[set[int]]:
        """For each post, the numbers of the other authors whom it calls by name, with or without an @."""
        numbers = dict(zip((s.author for s in self.speeches), self.author.tolist(), strict=True))
        names = {fold(author): number for author, number in numbers.items()}
        plain = (name for name in names if len(name) >= _LEAST_NAME and name not in STOPWORDS)
        by_first = _by_first_word(plain)
        return [
            _called(one, names, by_first) - {mine}
            for one, mine in zip(self.speeches, self.author.tolist(), strict=True)
        ]


def _by_first_word(names: Iterable[str]) -> dict[str, list[tuple[tuple[str, ...], str]]]:
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for name in names:
        words = tuple(words_of(name))
        if words:
            found.setdefault(words[0], []).append((words, name))
    return found


def _called(
    one: Speech, names: Mapping[str, int], by_first: Mapping[str, list[tuple[tuple[str, ...], str]]]
) -> set[int]:
    called = {names[m] for m in _AT.findall(fold(one.own)) if m in names} if "@" in one.own else set()
    for n, word in enumerate(one.words):
        for words, name in by_first.get(word.removeprefix("@"), ()):
            if one.words[n + 1 : n + len(words)] == words[1:]:
                called.add(names[name])
    return called


def sum_before(keys: Ints, times: Ints, weights: Floats, asked: Ints, moments: Ints) -> Floats:
    """Sum for each question the weights of events of the same key that lie before its moment."""
    key = np.concatenate([keys, asked])
    time = np.concatenate([times, moments])
    weight = np.concatenate([weights, np.zeros(len(asked))])
    event = np.concatenate([np.ones(len(keys), dtype=np.int64), np.zeros(len(asked), dtype=np.int64)])
    order = np.lexsort((event, time, key))  # at the same moment the question comes first
    sums = np.concatenate([[0.0], np.cumsum(weight[order])])
    ordered = key[order]
    new = np.r_[True, ordered[1:] != ordered[:-1]][: len(order)]
    first = np.maximum.accumulate(np.where(new, np.arange(len(order)), 0)) if len(order) else order
    found = np.empty(len(order))
    found[order] = sums[: len(order)] - sums[first]
    return found[len(keys) :]
