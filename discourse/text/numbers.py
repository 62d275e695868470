"""Numbers as comments write them: figures and number words, with their offsets."""

import re
from collections.abc import Sequence
from functools import partial
from itertools import accumulate
from typing import NamedTuple

from msgspec import Struct

from discourse.text.normalise import fold

# a number keeps its inner points and commas; letters and figures part ("25th", "5k"); every mark stands alone
_ATOM = re.compile(r"(\d+(?:[.,:]\d+)*|[^\W\d_]+(?:'[^\W\d_]+)?|[^\w\s]|_|\n)")

_SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_WORDS: dict[str, float] = {
    **{word: float(value) for value, word in enumerate(_SMALL.split())},
    **{word: 10.0 * value for value, word in enumerate(_TENS.split(), start=2)},
    "dozen": 12.0,
}
NUMBER_WORDS = frozenset(_WORDS)  # with which a number can begin, beside figures and articles
_SCALES: dict[str, float] = {
    "hundred": 1e2,
    "thousand": 1e3,
    "million": 1e6,
    "millions": 1e6,
    "billion": 1e9,
    "bn": 1e9,
    "trillion": 1e12,
    "k": 1e3,
    "m": 1e6,
    "mn": 1e6,
}
_GLUED = frozenset({"k", "m", "mn", "bn"})  # scales only where they touch the figures before them
_DECIMALS = 6  # digits behind a spoken point that are read
_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
    "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
)
ORDINAL_WORDS: dict[str, int] = {word: place for place, word in enumerate(_ORDINALS.split(), start=1)}
ORDINAL_WORDS["thirtieth"] = 30


# a tuple, as it is made by the hundred thousand, from columns
class Atom(NamedTuple):
    """A word, a number or a mark of a text."""

    text: str  # folded
    start: int  # half-open code-point offsets into the text
    end: int


_made = partial(tuple.__new__, Atom)


class Number(Struct, frozen=True):
    """A number in a list of atoms."""

    value: float
    first: int  # half-open range of atoms
    last: int


def atoms_of(text: str) -> list[Atom]:
    """Cut a text into words, numbers and marks, in order; a line break is a mark, a blank is none."""
    pieces = _ATOM.split(fold(text))  # gap, atom, gap, ..., atom, gap
    places = list(accumulate(map(len, pieces)))
    # as `Atom` makes them, without a call in Python for each
    return list(map(_made, zip(pieces[1::2], places[:-1:2], places[1::2], strict=True)))


def text_at(atoms: Sequence[Atom], place: int) -> str:
    """Return the text of an atom, or nothing before the first and after the last."""
    return atoms[place].text if 0 <= place < len(atoms) else ""


def read_figures(text: str) -> float | None:
    """Return the value of figures: "1,240" is 1240, "2.5" is 2.5; None for a clock time."""
    if ":" in text or not text[:1].isdecimal() or len(text) > 24:
        return None
    parts = text.split(",")
    if len(parts) > 1:
        grouped = all(len(part.split(".")[0]) == 3 for part in parts[1:])
        text = "".join(parts) if grouped else ".".join(parts) if len(parts) == 2 else ""
    try:
        return float(text)
    except ValueError:
        return None


def number_at(atoms: Sequence[Atom], place: int) -> Number | None:
    """Read the number that begins at a place: "42", "1.5 million", "twenty-five", "two hundred and ten".

    None where none begins there. An article alone is no number, but "a hundred", "half" and "a dozen" are.
    """
    here = place
    word = atoms[here].text
    if word[0].isdigit():
        value = read_figures(word)
        here += 1
    elif word in ("a", "an", "half", "couple"):
        value, here = _article_number(atoms, here)
    elif word in _WORDS:
        value, here = _with_decimals(atoms, *_word_number(atoms, here))
    else:
        return None
    if value is None:
        return None
    value, here = _scaled(atoms, here, value)
    return Number(value, place, here)


def _article_number(atoms: Sequence[Atom], here: int) -> tuple[float | None, int]:
    after = text_at(atoms, here + 1)
    if atoms[here].text == "half":
        return 0.5, here + 2 if after in ("a", "an") else here + 1
    if after == "dozen":
        return 12.0, here + 2
    if after == "couple" and text_at(atoms, here + 2) == "of":
        return 2.0, here + 3
    if after in ("hundred", "thousand", "million", "billion"):
        return 1.0, here + 1
    return None, here


def _word_number(atoms: Sequence[Atom], here: int) -> tuple[float, int]:
    value = _WORDS[atoms[here].text]
    here += 1
    if value >= 20 and value % 10 == 0:
        joined = here + 1 if text_at(atoms, here) == "-" else here
        unit = _WORDS.get(text_at(atoms, joined), 0.0)
        if 0 < unit < 10:
            return value + unit, joined + 1
    return value, here


def _scaled(atoms: Sequence[Atom], here: int, value: float) -> tuple[float, int]:
    while (scale := text_at(atoms, here)) in _SCALES:
        if scale in _GLUED and not _is_glued(atoms, here):
            break
        value *= _SCALES[scale]
        here += 1
        rest = here + 1 if text_at(atoms, here) == "and" else here
        if text_at(atoms, rest) in _WORDS and scale in ("hundred", "thousand"):
            more, end = _word_number(atoms, rest)
            larger = _SCALES.get(text_at(atoms, end), 0.0)
            # "four hundred and ten thousand" is scaled as a whole, "two hundred, three hundred" are two
            if more < _SCALES[scale] and (not larger or (scale == "hundred" and larger > _SCALES[scale])):
                value, here = value + more, end
    return value, here


def _with_decimals(atoms: Sequence[Atom], value: float, here: int) -> tuple[float, int]:
    """Read the digits behind a spoken point: "one point two five"."""
    if text_at(atoms, here) != "point":
        return value, here
    end = here + 1
    while end - here <= _DECIMALS and _WORDS.get(text_at(atoms, end), 10.0) < 10:
        value += _WORDS[atoms[end].text] / 10.0 ** (end - here)
        end += 1
    return (round(value, _DECIMALS), end) if end > here + 1 else (value, here)


def _is_glued(atoms: Sequence[Atom], here: int) -> bool:
    return here > 0 and atoms[here - 1].end == atoms[here].start and atoms[here - 1].text[0].isdigit()
