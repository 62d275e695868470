"""Values of claims, and which values and days of an article's sentences speak of the same."""

import re
from collections.abc import Iterator, Sequence
from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace

from discourse.analysis.loops.context_days import Given
from discourse.analysis.loops.context_sentences import Sentence, topics
from discourse.analysis.loops.context_words import what_counts
from discourse.model import Claim
from discourse.text.quantities import Quantity, agree, find_quantities, same_day
from discourse.text.tokens import stem

_FAR = 20.0  # times by which a value differs that measures something else
_LARGE = 20.0  # from which on a number alone tells what it counts
_IN_DAYS = ("time", "day")
# topics that any length has
_LASTING = frozenset(
    topics("last lasted take took taken stay stayed stand stood go went gone run ran".split())
)
_DAYS = ("day", "day of month")
_DAY_OF_MONTH = re.compile(r"the (\d{1,2})\.")  # as a value's label has it


class Values(Struct, frozen=True, dict=True):
    """The values of a pair of claims."""

    of: tuple[Quantity | None, ...]  # None where a claim is about no quantity

    @cached_property
    def dimension(self) -> str:
        """What they measure, "day" of any day; empty where no quantity is disputed."""
        return next((_kind(value.dimension) for value in self.of if value is not None), "")

    @cached_property
    def are_lengths_or_days(self) -> bool:
        """Whether a day of a sentence can speak of them."""
        return self.dimension in _IN_DAYS

    @cached_property
    def nouns(self) -> frozenset[str]:
        """Stems of what is counted."""
        return frozenset(stem(value.noun) for value in self.of if value is not None and value.noun)

    def is_kin(self, quantity: Quantity, sentence: Sentence, attribute: frozenset[str]) -> bool:
        """Say whether a value of a sentence measures or counts what they do."""
        if _kind(quantity.dimension) != self.dimension:
            return False
        if self.dimension == "day":  # not one of another year
            return any(given.at == quantity.start for given in sentence.days)
        if not self.nouns:
            return True
        counted = what_counts(quantity, sentence.text).split()
        if not counted:  # somebody's age, or a number of something else
            large = quantity.high >= _LARGE or bool(sentence.topics & attribute)
            return large and self.side(quantity) is not None
        return not self.nouns.isdisjoint(stem(word) for word in counted)

    def side(self, quantity: Quantity) -> int | None:
        """Return the claim whose value this is; None for another value."""
        for side, value in enumerate(self.of):
            if value is not None and _is_same(value, quantity):
                return side
        return None

    def is_spoken_of(self, held: frozenset[str], core: frozenset[str]) -> bool:
        """Say whether a sentence that holds some topics of the claims can give a value of theirs.

        Of lengths, which texts share by chance, it must name what lasts, if the claims do.
        """
        named = core - _LASTING
        return self.dimension != "time" or not named or not named.isdisjoint(held)

    def side_of_month(self, month: int | None) -> int | None:
        """Return the one claim whose day lies in a month; None where none does, or both do."""
        months = [None if value is None else int(value.low // 32) for value in self.of]
        return months.index(month) if month and months.count(month) == 1 else None

    def has_month(self, month: int | None) -> bool:
        """Say whether the day of a claim lies in a month."""
        return bool(month) and month in [int(value.low // 32) for value in self.of if value is not None]

    def side_of_length(self, given: Given) -> int | None:
        """Return the one claim that a length between two days fits."""
        if given.days is None:
            return None
        low, high = given.days
        fits = [
            side for side, value in enumerate(self.of) if value and low <= value.high and value.low <= high
        ]
        return fits[0] if len(fits) == 1 else None

    def is_close(self, quantity: Quantity) -> bool:
        """Say whether a value may measure the same, as it is neither far greater nor far smaller."""
        sizes = [value.high for value in self.of if value is not None and 0 < value.high < float("inf")]
        size = quantity.high if quantity.high != float("inf") else quantity.low
        return not sizes or (min(sizes) / _FAR <= size <= max(sizes) * _FAR)

    def is_rare(self, quantity: Quantity) -> bool:
        """Say whether a value is one that two texts on a matter hardly share by chance."""
        if self.dimension == "time":
            return not quantity.label.startswith(("1 ", "about", "almost"))
        return self.dimension != "count" or quantity.high >= 100


def values_of(claims: Sequence[Claim]) -> Values:
    """Read the values of claims."""
    return Values(tuple(value_of(claim) for claim in claims))


def value_of(claim: Claim) -> Quantity | None:
    """Return the value of a claim as its text gives it, else as its label reads; None where it has none."""
    label = claim.value or ""
    inside = find_quantities(claim.text) if label else []
    value = next((q for q in inside if q.label == label), None)
    if value is None:
        value = next((q for q in _readings(label) if q.label == label), None)
    if value is None or value.noun:
        return value
    # what is counted stands in the claim's text, not always beside its value
    return replace(value, noun=next((q.noun for q in inside if q.noun and q.low == value.low), ""))


def _readings(label: str) -> Iterator[Quantity]:
    """Read a label back; not every label stands for itself as a text would have it."""
    yield from find_quantities(label)
    if day := _DAY_OF_MONTH.fullmatch(label):
        yield from find_quantities(f"the {day[1]}th")
    yield from find_quantities(label.removesuffix("s"))  # of a unit that has no plural
    yield from (replace(q, noun="") for q in find_quantities(f"{label} things"))


def lengths_or_days(sentence: Sentence, named: bool) -> list[Given]:
    """Return lengths between two days, else days on which something turns, else any where it is named."""
    days = [given for given in sentence.days if not given.bare]
    lengths = [given for given in days if given.days is not None]
    bounds = [given for given in days if given.bound]
    return lengths or bounds or (days if named else [])


def _is_same(value: Quantity, quantity: Quantity) -> bool:
    if value.dimension in _DAYS and quantity.dimension in _DAYS:
        return same_day(value.low, quantity.low)
    return value.is_point == quantity.is_point and agree(value, quantity)


def _kind(dimension: str) -> str:
    return "day" if dimension in _DAYS else dimension
