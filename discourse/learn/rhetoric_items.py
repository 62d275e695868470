"""Plain sentences cut into items, all of a batch at once: words, runs of marks, brackets.

Of each item it is kept what the n-grams of a text that holds it are made of, so that a batch is a few
arrays and no step runs once a word in Python but to look a word up.
"""

import re
from collections.abc import Sequence
from typing import Any

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from discourse.learn.codepoints import SPREAD, Places, Whole, powers, sums_of, words_of_one
from discourse.learn.ngrams_of_one import letters_of
from discourse.learn.rhetoric_blocks import Block
from discourse.learn.rhetoric_cue_starts import kind_of, starts_of
from discourse.learn.rhetoric_edges import LENGTH, marked, pointed_marks

# the last marks are no part of any n-gram: cues begin with them
_ITEM = re.compile(r"[a-z0-9]+(?:'[a-z0-9]+)*|[?!.,:;]+ ?|[()\"]|\n|[-%>\]=]")
_TEXT_END = "\n"
_STOPS = frozenset(".!?")
_MOST_ITEMS, _MOST_COLUMNS = 1 << 14, 1 << 20  # that are remembered
_PLAIN = {"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"', "\u2013": "-", "\u2014": "-"}


def plain(text: str) -> str | None:
    """Return a text in lower case and printable ASCII that has the same n-grams; None where there is none."""
    if not text.isascii():
        for char, same in _PLAIN.items():
            if char in text:
                text = text.replace(char, same)
    if len(text) > LENGTH or not text.isascii() or not text.isprintable() or "_" in text:
        return None
    return text.lower().replace("`", "'")


class Hashed(Struct, frozen=True):
    """Words as the hash of `codepoints` before its last step, and what joins them."""

    sums: Whole  # over the code points, each times a power of the base
    powers: Whole  # of the base: one more than the last of these

    @classmethod
    def of(cls, words: Sequence[str]) -> "Hashed":
        """Hash some words."""
        codes = np.frombuffer("".join(words).encode("utf-32-le"), dtype="<u4")
        lengths = np.array(list(map(len, words)), dtype=np.int64)
        ends = np.cumsum(lengths)
        starts, sums = ends - lengths, sums_of(codes)
        whole = (sums[ends] - sums[starts]) * powers(len(sums), inverse=True)[starts]
        return cls(whole, powers(len(sums), inverse=False)[lengths])

    def __getitem__(self, places: Places) -> "Hashed":
        return Hashed(self.sums[places], self.powers[places])

    def then(self, other: "Hashed") -> "Hashed":
        """Return each of these with each of the others behind it."""
        return Hashed(self.sums + self.powers * other.sums, self.powers * other.powers)

    def beside(self, other: "Hashed") -> "Hashed":
        """Return these words with others behind them."""
        return Hashed(np.concatenate([self.sums, other.sums]), np.concatenate([self.powers, other.powers]))

    def done(self) -> Whole:
        """Return the hashes that n-grams of words are made of."""
        return self.sums ^ self.sums >> np.uint64(SPREAD)


class Ragged(Struct, frozen=True):
    """Rows of different lengths, one behind the other."""

    values: NDArray[Any]
    starts: Places
    lengths: Places

    @classmethod
    def of(cls, values: NDArray[Any], lengths: Sequence[int]) -> "Ragged":
        """Take all values, and how many each row has."""
        every = np.array(lengths, dtype=np.int64)
        return cls(values, np.cumsum(every) - every, every)

    def then(self, other: "Ragged") -> "Ragged":
        """Return these rows with others behind them."""
        starts = np.concatenate([self.starts, other.starts + len(self.values)])
        lengths = np.concatenate([self.lengths, other.lengths])
        return Ragged(np.concatenate([self.values, other.values]), starts, lengths)

    def places(self, wanted: Places) -> tuple[Places, Places]:
        """Return where the values of some rows stand, one behind the other, and how many each has."""
        lengths = self.lengths[wanted]
        before = np.cumsum(lengths) - lengths
        places = np.repeat(self.starts[wanted] - before, lengths)
        places += np.arange(len(places))
        return places, lengths

    def rows(self, wanted: Places) -> tuple[NDArray[Any], Places]:
        """Return these values instead."""
        places, lengths = self.places(wanted)
        return self.values[places], lengths


_TRAITS = np.dtype([("is_word", "?"), ("is_edge", "?"), ("ends", "?"), ("stops", "?"), ("kind", "<u1")])


class Items(Struct, frozen=True):
    """What is known of each item."""

    words: Ragged  # hashes of the words that it is where marks are words (`pointed`)
    letters: Ragged  # columns of its letters; none where it is no word
    shares: NDArray[np.float32]  # of its letters, as `Block.shares` has them
    edges: Hashed  # what it is at the edge of a sentence
    cues: Ragged  # that may begin with it, as `Start.code` has them
    masks: Whole  # of each of these
    # whether it is a word, whether it is anything at the edge of a sentence, whether a sentence ends with it
    # and the blank behind it, whether it ends with a mark that ends one, and its kind (`kind_of`)
    traits: NDArray[Any]

    @classmethod
    def of(cls, items: Sequence[str], letters: Block) -> "Items":
        """Work it out."""
        are_words = [item[0].isalnum() for item in items]
        tokens = [
            (item,) if is_word else words_of_one(pointed_marks(item))[0]
            for item, is_word in zip(items, are_words, strict=True)
        ]
        columns = _letters(items, letters)
        owners = np.repeat(np.arange(len(items)), columns.lengths)
        edges = [item if is_word else marked(item) for item, is_word in zip(items, are_words, strict=True)]
        starts = [starts_of(item) for item in items]
        traits = [
            (
                is_word,
                bool(edge),
                item[-1] == " " and item[-2] in _STOPS,
                item.rstrip()[-1:] in _STOPS,
                kind_of(item),
            )
            for item, is_word, edge in zip(items, are_words, edges, strict=True)
        ]
        return cls(
            Ragged.of(Hashed.of([token for some in tokens for token in some]).done(), list(map(len, tokens))),
            columns,
            letters.shares(owners, columns.values.astype(np.int64), len(items)),
            Hashed.of(edges),
            Ragged.of(
                np.array([start.code for some in starts for start in some], np.int64), list(map(len, starts))
            ),
            np.array([start.mask for some in starts for start in some], np.uint64),
            np.array(traits, dtype=_TRAITS),
        )

    def then(self, other: "Items") -> "Items":
        """Return these with others behind them."""
        return Items(
            self.words.then(other.words),
            self.letters.then(other.letters),
            np.concatenate([self.shares, other.shares]),
            self.edges.beside(other.edges),
            self.cues.then(other.cues),
            np.concatenate([self.masks, other.masks]),
            np.concatenate([self.traits, other.traits]),
        )


class ItemBook:
    """Items that have been met, each with a number.

    Parameters
    ----------
    letters
        The n-grams of letters that are asked for.
    """

    def __init__(self, letters: Block) -> None:
        self._letters = letters
        self._clear()

    def _clear(self) -> None:
        self._numbers = _Numbers([_TEXT_END])
        self.known = Items.of([_TEXT_END], self._letters)

    def read(self, texts: Sequence[str]) -> tuple[Places, Places]:
        """Return the numbers of the items of plain texts, and the place of the text of each.

        The numbers hold until the next call.
        """
        if len(self._numbers) > _MOST_ITEMS or len(self.known.letters.values) > _MOST_COLUMNS:
            self._clear()
        # what ends a text counts as if a blank followed, as in `pointed`; the sentence behind it is empty
        found = _ITEM.findall(" \n".join([*texts, ""]))
        numbers = np.array(list(map(self._numbers.__getitem__, found)), dtype=np.int64)
        if new := self._numbers.taken_up():
            self.known = self.known.then(Items.of(new, self._letters))
        is_end = numbers == 0
        rows = np.cumsum(is_end)
        return numbers[~is_end], rows[~is_end]


class _Numbers(dict[str, int]):
    """Numbers of items, by the order in which they are first asked for."""

    def __init__(self, items: Sequence[str]) -> None:
        super().__init__(zip(items, range(len(items)), strict=True))
        self._new: list[str] = []

    def __missing__(self, item: str) -> int:
        self._new.append(item)
        self[item] = number = len(self)
        return number

    def taken_up(self) -> list[str]:
        """Return the items that got their numbers since this was last asked."""
        new, self._new = self._new, []
        return new


def _letters(items: Sequence[str], letters: Block) -> Ragged:
    """Return the columns of the letters of each item."""
    words = [item for item in items if item[0].isalnum()]
    left = iter(columns := letters_of(words, letters.space) if words else [])
    lengths = [len(next(left)) if item[0].isalnum() else 0 for item in items]
    return Ragged.of(np.concatenate([np.zeros(0, np.int32), *columns]), lengths)
