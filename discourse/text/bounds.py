"""A value as an interval, and the words around it that make it a bound or a neighbourhood."""

from collections.abc import Callable, Sequence
from math import inf

from msgspec import Struct

from discourse.text.numbers import Atom, text_at

_BELOW = ("less than", "fewer than", "under", "below", "shorter than", "not even", "smaller than", "short of")
_MOST = ("at most", "up to", "no more than", "not more than", "maximum of", "no longer than")
_ABOVE = ("more than", "over", "above", "longer than", "greater than", "in excess of", "well over")
_LEAST = ("at least", "no less than", "no fewer than", "not less than", "minimum of")
_NEARLY = ("almost", "nearly", "barely", "just under", "hardly", "close to")
_ABOUT = ("about", "around", "roughly", "some", "approximately", "approx", "circa", "ca", "maybe")
_SKIPPED = frozenset("a an the full whole entire mere merely just only good solid exactly another".split())
_WIDTH = 1e-9  # how far an open end stays away from its bound


class Quantity(Struct, frozen=True):
    """A value that stands in a text."""

    start: int  # half-open code-point offsets into the text
    end: int
    dimension: str  # time, length, percent, money:eur, count, day, year ...
    low: float  # in the dimension's base unit (days, metres ...); low and high are both possible
    high: float
    label: str  # how it is shown: "4 days", "less than 1 week"
    noun: str = ""  # what is counted, folded; empty where a bare number leaves it open
    ends: tuple[float, ...] = ()  # of a range of days: its first and last day, as values of "day"

    @property
    def is_point(self) -> bool:
        """Whether one value is meant, and no bound with an open end."""
        return self.high != inf and not (self.low == 0 and self.high > 0)

    def moved(self, by: int) -> "Quantity":
        """Return the value as it stands in a text that begins so many code points earlier."""
        start, end = self.start + by, self.end + by
        return Quantity(start, end, self.dimension, self.low, self.high, self.label, self.noun, self.ends)


class Raw(Struct, frozen=True):
    """A value before the words around it are looked at."""

    first: int  # half-open range of atoms
    last: int
    low: float  # in the dimension's base unit
    high: float
    dimension: str
    label: str
    noun: str = ""


def bounded(atoms: Sequence[Atom], raw: Raw) -> Quantity:
    """Turn "less than", "at least", "almost", "about" and their like before a value into its interval."""
    first = raw.first
    while first > 0 and atoms[first - 1].text in _SKIPPED:
        first -= 1
    one = text_at(atoms, first - 1)
    two = f"{text_at(atoms, first - 2)} {one}"
    three = f"{text_at(atoms, first - 3)} {two}"
    for phrases, word, change in _CHANGES:
        for phrase, length in ((three, 3), (two, 2), (one, 1)):
            if phrase in phrases:
                low, high = change(raw.low, raw.high)
                label = f"{word} {raw.label}"
                return _quantity(atoms, raw, max(0, first - length), (low, high, label))
    if f"{text_at(atoms, raw.last)} {text_at(atoms, raw.last + 1)}" == "or so":
        return _quantity(atoms, raw, raw.first, (raw.low * 0.85, raw.high * 1.15, f"about {raw.label}"))
    return _quantity(atoms, raw, raw.first, (raw.low, raw.high, raw.label))


def _quantity(atoms: Sequence[Atom], raw: Raw, first: int, value: tuple[float, float, str]) -> Quantity:
    low, high, label = value
    end = atoms[raw.last - 1].end
    return Quantity(atoms[first].start, end, raw.dimension, low, high, label, raw.noun)


# "no more than" before "more than": the longer phrase decides
_CHANGES: tuple[tuple[tuple[str, ...], str, Callable[[float, float], tuple[float, float]]], ...] = (
    (_MOST, "at most", lambda low, high: (0.0, high)),
    (_LEAST, "at least", lambda low, high: (low, inf)),
    (_BELOW, "less than", lambda low, high: (0.0, high * (1 - _WIDTH) - _WIDTH)),
    (_ABOVE, "more than", lambda low, high: (high * (1 + _WIDTH) + _WIDTH, inf)),
    (_NEARLY, "almost", lambda low, high: (low * 0.85, high * (1 - _WIDTH))),
    (_ABOUT, "about", lambda low, high: (low * 0.85, high * 1.15)),
)
