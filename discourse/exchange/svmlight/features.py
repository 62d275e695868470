"""What a row of numbers says of a post: its words, how it is written, its markers; each column has a name."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from discourse.exchange.settled import Kind
from discourse.model import Annotation, Post
from discourse.text.tokens import words_of

WORDS = 50_000  # columns for words at most: those that most posts have
_HELD = 300_000  # words counted at once; beyond that, those met in one post alone are forgotten
_FEWEST = 2  # posts in which a word must occur
_LONGEST = 40  # characters; longer ones are addresses and noise
_LINK = re.compile(r"https?://|www\.", re.IGNORECASE)
SURFACE = (
    "characters",
    "words",
    "lines",
    "questions",
    "exclamations",
    "links",
    "digits",
    "capitals",
    "quoted_characters",
    "is_reply",
)


class Columns(Struct, frozen=True):
    """The columns of a matrix, numbered from 1 as svmlight counts them."""

    names: tuple[str, ...]  # surface:…, rhetoric:…, word:…
    numbers: Mapping[str, int]

    @staticmethod
    def of(markers: Iterable[str], words: Iterable[str]) -> "Columns":
        """Number the columns: those of every export first, then markers by name, then words as they come."""
        names = (
            *(f"surface:{name}" for name in SURFACE),
            *(f"rhetoric:{name}" for name in sorted(markers)),
            *(f"word:{word}" for word in words),
        )
        return Columns(names, {name: number for number, name in enumerate(names, 1)})

    def row(self, values: Mapping[str, int]) -> list[tuple[int, int]]:
        """Return numbers and values of the columns that are not 0, in order; unknown names are left out."""
        pairs = ((self.numbers.get(name), value) for name, value in values.items() if value)
        return sorted((number, value) for number, value in pairs if number is not None)


class Vocabulary:
    """Counts in how many posts each word occurs, in bounded memory."""

    def __init__(self, held: int = _HELD) -> None:
        self._held = held
        self._posts: Counter[str] = Counter()

    def add(self, words: Iterable[str]) -> None:
        """Count the words of one post, each once."""
        self._posts.update({word for word in words if len(word) <= _LONGEST})
        if len(self._posts) > self._held:
            kept = {word: count for word, count in self._posts.items() if count > 1}
            # where even those are too many, the commonest half
            most = self._ranked(kept)[: self._held // 2]
            self._posts = Counter({word: kept[word] for word in most})

    def commonest(self, most: int = WORDS) -> list[str]:
        """Return the words that most posts have, those of equally many by their letters."""
        return self._ranked({word: count for word, count in self._posts.items() if count >= _FEWEST})[:most]

    @staticmethod
    def _ranked(counts: Mapping[str, int]) -> list[str]:
        return sorted(counts, key=lambda word: (-counts[word], word))


def values_of(post: Post, words: Sequence[str], quotes: Iterable[Annotation]) -> dict[str, int]:
    """Return how a post is written and its words, by the names of their columns; all are counts."""
    text = post.text
    surface = (
        len(text),
        len(words),
        text.count("\n") + 1,
        text.count("?"),
        text.count("!"),
        len(_LINK.findall(text)),
        sum(map(str.isdigit, text)),
        sum(map(str.isupper, text)),
        _covered(quotes),
        int(post.reply_to is not None),
    )
    named = {f"surface:{name}": value for name, value in zip(SURFACE, surface, strict=True)}
    return named | {f"word:{word}": count for word, count in Counter(words).items()}


def marker_values(kinds: Iterable[Kind]) -> Iterator[tuple[str, int]]:
    """Yield the markers that hold for a post, by the names of their columns."""
    return ((f"rhetoric:{label}", 1) for label, _ in kinds)


def words_in(text: str) -> list[str]:
    """Return the words of a text, folded, in order."""
    return words_of(text)


def _covered(rows: Iterable[Annotation]) -> int:
    """Return how many characters lie in any of the spans."""
    covered, behind = 0, 0
    for row in sorted(rows, key=lambda row: (row.start, row.end)):
        covered += max(0, row.end - max(row.start, behind))
        behind = max(behind, row.end)
    return covered
