"""Values said in short: "1.2" for £1.2 million, "410" for £410,000, "'68" for 1968, "ten" for 10,000."""

import re
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from discourse.analysis.loops.dispute import Links
from discourse.analysis.loops.readings import Reading
from discourse.text.numbers import read_figures
from discourse.text.quantities import Quantity

_ONE_NUMBER = re.compile(r"\D*(\d+(?:\.\d+)?)\D*")
_SCALES = (1.0, 1e3, 1e6)  # "410" may stand for 410,000, "1.2" for 1,200,000
_CENTURIES = (1900.0, 2000.0, 1800.0)
_LARGE = 1000.0  # from which a round number may be meant as a value
_SMALLEST = 10.0  # whole numbers below it count anything
_LOOSE = 1  # content words beside a round number from which it is anyone's guess what it counts
_RECENT = 8  # values with a unit to which "over a million" may refer
_TIMES = 10.0  # how far apart two rival values may be
_PER_POST = 6  # readings of one post that are looked at


def in_full(readings: Sequence[Reading], links: Links) -> list[Reading]:
    """Give the numbers that stand for a value of the same thread that value's unit and size.

    A number without a noun is the value whose digits it gives, if that was said before; where little
    else stands beside it, it takes the unit of the value that it answers or that answers it.
    """
    found = list(_with_units(readings, links))
    known: dict[float, Quantity] = {}
    recent: list[tuple[float, Quantity]] = []
    for place, bare in enumerate(found):
        number = _number(bare.quantity)
        full = _full(bare, number, known, recent) if _is_bare(bare) else None
        reading = replace(bare, quantity=full, named=False) if full else bare
        found[place] = reading
        is_told = not reading.quantity.noun and reading.quantity.dimension != "time"
        if number is not None and is_told and (number >= _LARGE or not _is_bare(reading)):
            known.setdefault(number, reading.quantity)
            recent = [*recent[-_RECENT:], (number, reading.quantity)]
    return found


def _is_bare(reading: Reading) -> bool:
    return reading.quantity.dimension == "count" and not reading.quantity.noun


def _number(quantity: Quantity) -> float | None:
    match = _ONE_NUMBER.fullmatch(quantity.label)
    return read_figures(match[1]) if match else None


def _full(
    reading: Reading,
    number: float | None,
    known: dict[float, Quantity],
    recent: Sequence[tuple[float, Quantity]],
) -> Quantity | None:
    quantity = reading.quantity
    if number is None:
        return None
    if quantity.low != quantity.high:
        return _bound(reading, number, recent)
    if (number < _SMALLEST and number.is_integer()) or (_is_round(number) and _is_loose(reading)):
        return None
    for scale in _SCALES:
        value = known.get(round(number * scale, 6))
        if value is not None and value.dimension != "year":
            return _as(quantity, value)
    years = [known.get(number + century) for century in _CENTURIES if number < 100]
    return next((_as(quantity, y) for y in years if y is not None and y.dimension == "year"), None)


def _bound(reading: Reading, number: float, recent: Sequence[tuple[float, Quantity]]) -> Quantity | None:
    """Read "over a million" as money where a value of money fits it."""
    quantity = reading.quantity
    for other, value in reversed(recent):
        is_near = number / _TIMES <= other <= number * _TIMES
        if is_near and quantity.low <= other <= quantity.high and not _is_loose(reading):
            return _in_unit(quantity, number, other, value)
    return None


def _as(quantity: Quantity, value: Quantity) -> Quantity:
    return replace(value, start=quantity.start, end=quantity.end)


def _in_unit(quantity: Quantity, number: float, other: float, value: Quantity) -> Quantity:
    """Measure a bare number in the unit of a value."""
    size = value.low / other
    label = _ONE_NUMBER.sub(lambda m: m[0].replace(m[1], f"{number:.10g}"), value.label)
    prefix = quantity.label[: len(quantity.label) - len(f"{number:.10g}")]
    return replace(
        quantity,
        dimension=value.dimension,
        low=quantity.low * size,
        high=quantity.high * size,
        label=prefix + label,
    )


def _is_round(number: float) -> bool:
    """Say whether a small number has one digit that tells: 10, 400, 2."""
    return number < _LARGE and len(f"{number:.10g}".replace(".", "").strip("0")) < 2


def _is_loose(reading: Reading) -> bool:
    return not reading.anaphoric and len(reading.topic) > _LOOSE


def _with_units(readings: Sequence[Reading], links: Links) -> Iterator[Reading]:
    """Give bare numbers the unit of the value that their post answers, or that answers it."""
    at: dict[int, list[Reading]] = {}
    for reading in readings:
        at.setdefault(reading.post, []).append(reading)
    beside: dict[int, list[Reading]] = {post: [] for post in at}
    for post, its in at.items():
        up = links.answered(post)
        if up in at:
            beside[post] += at[up][:_PER_POST]
            if len(beside[up]) < 2 * _PER_POST:
                beside[up] += its[:_PER_POST]
    for reading in readings:
        unit = _unit_beside(reading, beside[reading.post]) if _is_bare(reading) else None
        yield replace(reading, quantity=unit) if unit else reading


def _unit_beside(reading: Reading, others: Sequence[Reading]) -> Quantity | None:
    number = _number(reading.quantity)
    if number is None or number < _SMALLEST or _is_round(number) or not _says_only_that(reading):
        return None
    for other in others:
        value, its = other.quantity, _number(other.quantity)
        fits = its is not None and number / _TIMES <= its <= number * _TIMES
        measured = value.dimension not in ("count", "year", "day", "day of month") and value.is_point
        if its and fits and measured and other.author != reading.author and _says_only_that(other):
            return _in_unit(reading.quantity, number, its, value)
    return None


def _says_only_that(reading: Reading) -> bool:
    return reading.strong and (reading.anaphoric or not reading.topic)
