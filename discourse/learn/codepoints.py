"""Many texts as one array of folded code points: where their words are, and the hash of any stretch."""

import re
import unicodedata
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

from discourse.text.normalise import fold

LONGEST = 1 << 20  # code points of a text that count; what stands behind is left out
SLICE = 1 << 17  # code points looked at together: what is worked on stays in the processor's cache
SPREAD = 29  # bits by which a word's hash is folded: the low bits of a sum know little of the high ones
SHORT = 5_000  # characters of a text that is cut into words one by one, where it is the only one
_PLAIN = re.compile(r"[a-z0-9]+(?:'[a-z0-9]+)*|[?!]|\.\.+")  # the words of a text in ASCII
_SPACED = re.compile(r"[^ .']+(?:'[^ .']+)*|\.\.+")  # the same of a text in which blanks part the words
_PLAIN_MARKS = frozenset("?!…")
_BASE = 0x9E3779B97F4A7C15  # odd, so that it has an inverse modulo 2^64
_WHOLE = 1 << 64
_DOT, _DOTS = ord("."), ord("…")

GAP, WORD, MARK, APOSTROPHE = 1, 2, 3, 4  # what a code point is; 0 where it was not yet asked
CLASS = 24  # bits of the code point, below its class
_CODES = (1 << CLASS) - 1
_ASKED = {
    "\uff1f": "?",
    "\u061f": "?",
    "\u2048": "?",
    "\u2049": "?",
    "\uff01": "!",
    "\u203c": "!",
    "\uff07": "'",
}
# scripts without blanks between words: every sign is a word
_SINGLE = ((0x3040, 0x30FF), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x3FFFF))
_SELECTORS = range(0xFE00, 0xFE10)  # they choose how the sign before them looks

Codes = NDArray[np.uint32]
Whole = NDArray[np.uint64]
Places = NDArray[np.int64]


def coded(texts: Sequence[str]) -> tuple[Codes, Codes]:
    """Return the folded code points of texts with a line break behind each, and these with their classes."""
    joined = "\n".join([*(text[:LONGEST] for text in texts), ""])
    raw = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    table = _table()
    traits = table[raw]
    if not traits.all():
        new = np.unique(raw[traits == 0])
        table[new] = [_trait(chr(code)) for code in new.tolist()]
        traits = table[raw]
    return traits & _CODES, traits


def bounds(codes: Codes, traits: Codes) -> tuple[Places, Places]:
    """Return where the words start and end, half-open; "..." becomes one mark in both arrays."""
    classes = (traits >> CLASS).astype(np.uint8)
    is_word = classes == WORD
    is_inner = np.flatnonzero(classes == APOSTROPHE)
    is_inner = is_inner[(is_inner > 0) & (is_inner < len(codes) - 1)]
    is_word[is_inner[(classes[is_inner - 1] == WORD) & (classes[is_inner + 1] == WORD)]] = True
    is_mark = classes == MARK
    dots = np.flatnonzero(codes == _DOT)
    if len(dots) > 1:
        is_run = np.diff(dots) == 1
        opens = dots[:-1][is_run & ~np.concatenate([np.zeros(1, np.bool_), is_run[:-1]])]
        is_mark[opens] = True
        codes[opens] = _DOTS
        traits[opens] = _DOTS | MARK << CLASS
    starts, ends = is_mark.copy(), is_mark
    starts[0] |= is_word[0]
    starts[1:] |= is_word[1:] & ~is_word[:-1]
    ends[:-1] |= is_word[:-1] & ~is_word[1:]  # a line break stands at the end
    return np.flatnonzero(starts), np.flatnonzero(ends) + 1


def sums_of(codes: Codes) -> Whole:
    """Return the hashes of all beginnings, the empty one first."""
    sums = np.zeros(len(codes) + 1, dtype=np.uint64)
    np.multiply(codes, powers(len(codes), inverse=False), out=sums[1:])
    np.cumsum(sums[1:], out=sums[1:])
    return sums


def powers(size: int, *, inverse: bool) -> Whole:
    """Return the first powers of the base, or of its inverse, modulo 2^64."""
    held = max(SLICE + 1, size)
    return _all_powers(1 << (held - 1).bit_length(), inverse)[:size]


@cache
def _all_powers(size: int, inverse: bool) -> Whole:
    powers = np.full(size, pow(_BASE, -1, _WHOLE) if inverse else _BASE, dtype=np.uint64)
    powers[0] = 1
    return np.cumprod(powers, dtype=np.uint64)


@cache
def _table() -> Codes:
    """Return code points by code points with their classes, filled as they are met."""
    return np.zeros(0x110000, dtype=np.uint32)


def _trait(char: str) -> int:
    folded = _ASKED.get(char, fold(char))
    return ord(folded) | _class_of(folded) << CLASS


def _class_of(char: str) -> int:
    code, category = ord(char), unicodedata.category(char)
    if char == "'":
        return APOSTROPHE
    if char in "?!…" or category == "So" or any(low <= code <= high for low, high in _SINGLE):
        return MARK
    is_letter = category[0] in "LNM" and code not in _SELECTORS
    return WORD if is_letter else GAP


@lru_cache(maxsize=16)  # several spaces are asked of one text after the other
def words_of_one(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the words and marks of one text as `bounds` finds them, folded, and those that are words."""
    marks: AbstractSet[str]
    if text.isascii():
        found, marks = _PLAIN.findall(text.lower().replace("`", "'")), _PLAIN_MARKS
    else:
        found, marks = _SPACED.findall(text.translate(_spaced())), _spaced().marks
    if ".." in text:
        found = [word if word[0] != "." else "…" for word in found]
    return tuple(found), tuple(word for word in found if word not in marks)


class _Spaced(dict[int, str]):
    """What code points become where a text is cut by blanks: gaps blanks, marks with blanks around them."""

    def __init__(self) -> None:
        super().__init__({_DOT: "."})
        self.marks = set(_PLAIN_MARKS)

    def __missing__(self, code: int) -> str:
        trait = _trait(chr(code))
        char, kind = chr(trait & _CODES), trait >> CLASS
        if kind == MARK:
            self.marks.add(char)
        self[code] = " " if kind == GAP else f" {char} " if kind == MARK else char
        return self[code]


@cache
def _spaced() -> _Spaced:
    return _Spaced()


def hashes_of(words: Sequence[str]) -> Whole:
    """Return the hashes of words, as sums over their code points give them."""
    return np.array([_hash(word) for word in words], dtype=np.uint64)


@lru_cache(maxsize=1 << 14)
def _hash(word: str) -> int:
    value = 0
    for char in reversed(word):
        value = (value * _BASE + ord(char)) % _WHOLE
    return value ^ value >> SPREAD
