"""Texts cut into what names are made of: words, and single signs; of any script."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from msgspec import Struct

from discourse.text.scripts import has_unspaced

_PLAIN = re.compile(r"\w+|[^\w\s]", re.ASCII)
_SILENT = frozenset("\u034f\u115f\u1160\u3164\uffa0") | {chr(point) for point in range(0xFE00, 0xFE10)}


class Atom(Struct, frozen=True):
    """A word, or one sign that is no part of a word."""

    start: int  # half-open code-point offsets into the text
    end: int
    shown: str  # as written, in NFC and without signs that nobody sees


class Cutter:
    """Cuts texts into atoms; knows the characters of the texts that it was made for.

    A word is a run of letters, digits, marks, underscores and invisible signs (joiners, marks of direction).
    Letters of scripts without blanks, emoji and punctuation stand alone; blanks part atoms and are none.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        signs: set[str] = set()
        for text in texts:
            if not text.isascii():
                signs.update(text)
        joined = sorted(sign for sign in signs if not sign.isascii() and _joins(sign))
        inside = "a-zA-Z0-9_" + "".join(map(re.escape, joined))
        self._any = re.compile(rf"[{inside}]+|[^\s{inside}]")

    def kinds(self, text: str) -> set[str]:
        """Return the atoms of a text without their order and in no case (see `alike`); cheaper than `cut`."""
        if text.isascii():
            return set(_PLAIN.findall(text.lower()))
        return {alike(seen(word)) for word in set(self._any.findall(text))}

    def cut(self, text: str) -> list[Atom]:
        """Return the atoms of a text in order; one of invisible signs alone is left out."""
        if text.isascii():
            return [Atom(m.start(), m.end(), m.group()) for m in _PLAIN.finditer(text)]
        found = [Atom(m.start(), m.end(), seen(m.group())) for m in self._any.finditer(text)]
        return [atom for atom in found if atom.shown]


def _joins(sign: str) -> bool:
    category = unicodedata.category(sign)
    return (category[0] in "LNM" and not has_unspaced(sign)) or category == "Cf"


@lru_cache(maxsize=1 << 16)
def seen(word: str) -> str:
    """Return a word in NFC without the signs that nobody sees."""
    if word.isascii():
        return word
    shown = "".join(s for s in word if s not in _SILENT and unicodedata.category(s) != "Cf")
    return unicodedata.normalize("NFC", shown)


@lru_cache(maxsize=1 << 16)
def alike(shown: str) -> str:
    """Return what two writings of one word share: no case, no width."""
    if shown.isascii():
        return shown.lower()
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", shown).casefold())
