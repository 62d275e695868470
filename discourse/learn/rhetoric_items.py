"""Plain sentences cut into items, all of a batch at once: words, runs of marks, brackets.

Of each item it is kept what the n-grams of a text that holds it are made of, so that a batch is a few
arrays and no step runs once a word in Python but to look a word up.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from discourse.learn.codepoints import SPREAD, Places, Whole, words_of_one
from discourse.learn.grams import Space
from discourse.learn.ngrams_of_one import letters_of
from discourse.learn.rhetoric_edges import LENGTH, marked, pointed_marks

_ITEM = re.compile(r"[a-z0-9]+(?:'[a-z0-9]+)*|[?!.,:;]+ ?|[()\"]|\n")
_TEXT_END = "\n"
_BASE, _WHOLE = 0x9E3779B97F4A7C15, 1 << 64  # of the hashes of `codepoints`
_MOST_ITEMS, _MOST_COLUMNS = 1 << 15, 1 << 21  # that are remembered
_PLAIN = {"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"', "\u2013": "-", "\u2014": "-"}


def plain(text: str) -> str | None:
    """Return a text in lower case and printable ASCII that has the same n-grams; None where there is none."""
    if not text.isascii():
        for char, same in _PLAIN.items():
            if char in text:
                text = text.replace(char, same)
    if len(text) > LENGTH or not text.isascii() or not text.isprintable():
        return None
    return text.lower().replace("`", "'")


@dataclass(frozen=True, slots=True)
class Hashed:
    """Words as the hash of `codepoints` before its last step, and what joins them."""

    sums: Whole  # over the code points, each times a power of the base
    powers: Whole  # of the base: one more than the last of these

    @classmethod
    def of(cls, words: Sequence[str]) -> "Hashed":
        """Hash some words."""
        sums, powers = [], []
        for word in words:
            value = 0
            for char in reversed(word):
                value = (value * _BASE + ord(char)) % _WHOLE
            sums.append(value)
            powers.append(pow(_BASE, len(word), _WHOLE))
        return cls(np.array(sums, dtype=np.uint64), np.array(powers, dtype=np.uint64))

    def __getitem__(self, places: Places) -> "Hashed":
        return Hashed(self.sums[places], self.powers[places])

    def then(self, other: "Hashed") -> "Hashed":
        """Return each of these with each of the others behind it."""
        return Hashed(self.sums + self.powers * other.sums, self.powers * other.powers)

    def done(self) -> Whole:
        """Return the hashes that n-grams of words are made of."""
        return self.sums ^ self.sums >> np.uint64(SPREAD)


@dataclass(frozen=True, slots=True)
class Ragged:
    """Rows of different lengths, one behind the other."""

    values: NDArray[np.generic]
    starts: Places
    lengths: Places

    def rows(self, wanted: Places) -> tuple[NDArray[np.generic], Places]:
        """Return the values of some rows, one behind the other, and how many each has."""
        lengths = self.lengths[wanted]
        before = np.cumsum(lengths) - lengths
        places = np.repeat(self.starts[wanted] - before, lengths)
        places += np.arange(len(places))
        return self.values[places], lengths


@dataclass(frozen=True, slots=True)
class Items:
    """What is known of each item."""

    words: Ragged  # hashes of the words that it is where marks are words (`pointed`)
    letters: Ragged  # columns of its letters; none where it is no word
    edges: Hashed  # what it is at the edge of a sentence
    is_edge: NDArray[np.bool_]  # whether it is anything there
    ends: NDArray[np.bool_]  # whether a sentence ends behind it


class ItemBook:
    """Items that have been met, each with a number."""

    def __init__(self, letters: Space) -> None:
        self._letters = letters
        self._clear()

    def _clear(self) -> None:
        self._numbers: dict[str, int] = {}
        none = np.zeros(0, np.int64)
        self.known = Items(
            Ragged(np.zeros(0, np.uint64), none, none),
            Ragged(np.zeros(0, np.int32), none, none),
            Hashed.of([]),
            np.zeros(0, np.bool_),
            np.zeros(0, np.bool_),
        )

    def read(self, texts: Sequence[str]) -> tuple[Places, Places]:
        """Return the numbers of the items of plain texts, and the place of the text of each.

        The numbers hold until the next call.
        """
        if len(self._numbers) > _MOST_ITEMS or len(self.known.letters.values) > _MOST_COLUMNS:
            self._clear()
        found = _ITEM.findall(_TEXT_END.join([*(_closed(text) for text in texts), ""]))
        if new := [item for item in dict.fromkeys(found) if item not in self._numbers]:
            self._add(new)
        numbers = np.fromiter(map(self._numbers.__getitem__, found), dtype=np.int64, count=len(found))
        is_end = numbers == self._numbers.get(_TEXT_END, -1)
        rows = np.cumsum(is_end)
        return numbers[~is_end], rows[~is_end]

    def _add(self, new: Sequence[str]) -> None:
        self._numbers.update(zip(new, range(len(self._numbers), len(self._numbers) + len(new)), strict=True))
        are_words = [item[0].isalnum() for item in new]
        tokens = [
            (item,) if is_word else words_of_one(pointed_marks(item))[0]
            for item, is_word in zip(new, are_words, strict=True)
        ]
        hashes = Hashed.of([token for some in tokens for token in some]).done()
        columns = letters_of([item for item in new if item[0].isalnum()], self._letters)
        edges = [item if is_word else marked(item) for item, is_word in zip(new, are_words, strict=True)]
        old = self.known
        self.known = Items(
            _longer(old.words, hashes, [len(some) for some in tokens]),
            _longer(old.letters, *_placed(columns, are_words)),
            _joined(old.edges, Hashed.of(edges)),
            np.concatenate([old.is_edge, [bool(edge) for edge in edges]]),
            np.concatenate([old.ends, [item[-1] == " " and item[-2] in ".!?" for item in new]]),
        )


def _placed(
    columns: Sequence[NDArray[np.int32]], are_words: Sequence[bool]
) -> tuple[NDArray[np.int32], list[int]]:
    """Return the columns of all words, and how many each item has."""
    left = iter(columns)
    lengths = [len(next(left)) if is_word else 0 for is_word in are_words]
    return np.concatenate([np.zeros(0, np.int32), *columns]), lengths


def _closed(text: str) -> str:
    # what ends a text counts as if a blank followed, as in `pointed`; the sentence behind it is empty
    return f"{text} "


def _longer(rows: Ragged, values: NDArray[np.generic], lengths: Sequence[int]) -> Ragged:
    every = np.concatenate([rows.lengths, np.array(lengths, dtype=np.int64)])
    return Ragged(np.concatenate([rows.values, values]), np.cumsum(every) - every, every)


def _joined(first: Hashed, second: Hashed) -> Hashed:
    return Hashed(np.concatenate([first.sums, second.sums]), np.concatenate([first.powers, second.powers]))
