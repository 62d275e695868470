"""Names as a thread spells them, what is known of them beforehand, and what might be argued about."""

import re
from collections import Counter
from collections.abc import Iterable
from functools import cached_property, lru_cache
from typing import NamedTuple

from msgspec import Struct, field

from discourse.analysis.base import ThreadView
from discourse.lexicon import Lexicons, load_lexicons
from discourse.text.normalise import fold

LONG = 60  # code points from which on a word is not kept in memory: nobody's name is as long
_CHUNK = re.compile(r"\S+")


class Candidate(Struct):
    """One possible target with every form in which it was seen."""

    kind: str
    known: bool = False  # the gazetteer knows it: fewer mentions are asked for
    forms: Counter[str] = field(default_factory=Counter)
    name: str = ""  # fixed by the gazetteer; else the commonest form


class NameHit(NamedTuple):
    """One run of capitalised words, its form of address taken off."""

    words: tuple[str, ...]
    post_id: str | None  # None in the article
    author: str | None
    initial: bool  # the first word stands at the beginning of a sentence
    title: str | None  # folded: "mr", "mayor"
    place: bool  # a word such as "in" or "at" stands before it

    @property
    def name(self) -> str:
        """The words with blanks between."""
        return " ".join(self.words)


class Name(Struct, dict=True):
    """All spellings of one name."""

    hits: list[NameHit] = field(default_factory=list)

    @cached_property
    def forms(self) -> Counter[str]:
        """How often each spelling stands anywhere."""
        return Counter(hit.name for hit in self.hits)

    @property
    def authors(self) -> list[str]:
        """Authors who use it in own words, each once."""
        return list(dict.fromkeys(hit.author for hit in self.hits if hit.author is not None))

    @property
    def posts(self) -> list[str]:
        """Posts in whose own words it stands, each once."""
        return list(dict.fromkeys(hit.post_id for hit in self.hits if hit.post_id is not None))

    @property
    def in_article(self) -> bool:
        """Say whether the article names it too."""
        return any(hit.post_id is None for hit in self.hits)


@lru_cache(maxsize=1)
def gazetteer() -> Lexicons:
    """Return the gazetteer, read once."""
    return load_lexicons(names=("gazetteer",))


@lru_cache(maxsize=16)
def gazetteer_words(label: str, column: str = "gender") -> dict[str, str]:
    """Return the folded forms of one label, each with its cell in a further column, "" where empty."""
    words: dict[str, str] = {}
    for entry in gazetteer().by_name["gazetteer"].entries:
        if entry.label == label:
            for form in fold(entry.pattern).strip("()").split("|"):
                words[form] = entry.fields.get(column, "")
    return words


def fold_word(word: str) -> str:
    """Return a word folded, from memory where it was asked for of late."""
    return _fold(word) if len(word) < LONG else fold(word)


@lru_cache(maxsize=1 << 13)
def _fold(word: str) -> str:
    return fold(word)


def has_url(text: str) -> bool:
    """Say whether a text holds what `mask_urls` blanks."""
    return "://" in text or "www." in text


def mask_urls(text: str) -> str:
    """Blank every web address; offsets hold."""
    if not has_url(text):
        return text
    # chunk by chunk: one expression for the whole address would try every place of a long word
    return _CHUNK.sub(_without_url, text)


def _without_url(chunk: re.Match[str]) -> str:
    text = chunk.group()
    return " " * len(text) if has_url(text) else text


def same_spelling(one: str, other: str) -> bool:
    """Say whether two long single words are likely spellings of one name.

    They share their first three letters and differ by one edit, from eight letters on by
    two. A plural or an adjective in -n is another word, not another spelling.
    """
    short, long = sorted((fold_word(one), fold_word(other)), key=len)
    if short == long:
        return True
    if (
        len(short) < 6
        or short[:3] != long[:3]
        or long in (f"{short}s", f"{short}n", f"{short}an", f"{short}ns")
    ):
        return False
    return edits(short, long, limit=2) <= (1 if len(long) < 8 else 2)


def edits(one: str, other: str, *, limit: int) -> int:
    """Count the single-letter edits from one word to the other; `limit` + 1 where there are more."""
    if abs(len(one) - len(other)) > limit:
        return limit + 1
    row = list(range(len(other) + 1))
    for place, char in enumerate(one, 1):
        last, row[0] = row[0], place
        for index, letter in enumerate(other, 1):
            last, row[index] = row[index], min(row[index] + 1, row[index - 1] + 1, last + (char != letter))
    return min(row[-1], limit + 1)


def speakers(view: ThreadView) -> frozenset[str]:
    """Return the folded words of the names of authors and addressees: they are talked to, not about."""
    names: Iterable[str] = [post.post.author for post in view.posts]
    names = [*names, *(post.post.addressee or "" for post in view.posts)]
    return frozenset(word for name in names for word in re.findall(r"[^\W_]{2,}", fold(name)))
