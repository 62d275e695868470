"""Days of the year as comments write them, and the length of a range from one to the other."""

from collections.abc import Sequence

from msgspec import Struct

from discourse.text.numbers import ORDINAL_WORDS, Atom, text_at

_MONTHS = "january february march april may june july august september october november december".split()
_MONTH_NUMBERS = {
    **{name: place for place, name in enumerate(_MONTHS, start=1)},
    **{name[:3]: place for place, name in enumerate(_MONTHS, start=1)},
    "sept": 9,
}
DAY_WORDS = frozenset(_MONTH_NUMBERS) | frozenset(ORDINAL_WORDS)  # with which a day can begin
_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_SUFFIXES = frozenset({"st", "nd", "rd", "th"})
_JOINS = frozenset({"to", "till", "until", "til", "-", "through", "thru"})


class Day(Struct, frozen=True):
    """A day as it is named in a text."""

    day: int
    month: int | None  # None where only "the 28th" is said
    first: int  # half-open range of atoms
    last: int
    bare: bool  # figures alone, a day only beside another ("6 to 15 March")


class DayRange(Struct, frozen=True):
    """A stretch from one day to another."""

    start: Day
    end: Day
    days: int  # from the first to the last, the last not counted


def day_at(atoms: Sequence[Atom], place: int) -> Day | None:
    """Read the day that begins at a place: "February 1", "1st of Feb", "the 28th", "6 March"; else None."""
    here = place
    word = atoms[here].text
    if word == "the":
        here += 1
    month = _MONTH_NUMBERS.get(text_at(atoms, here))
    if month is not None:
        after = here + 1 if text_at(atoms, here + 1) != "the" else here + 2
        read = _day_number(atoms, after)
        return None if read is None else Day(read[0], month, place, read[1], False)
    read = _day_number(atoms, here)
    if read is None:
        return None
    day, here, ordinal = read
    month_place = here + 1 if text_at(atoms, here) == "of" else here
    month = _MONTH_NUMBERS.get(text_at(atoms, month_place))
    if month is not None:
        return Day(day, month, place, month_place + 1, False)
    return Day(day, None, place, here, not ordinal)


def day_range_at(atoms: Sequence[Atom], place: int, day: Day | None) -> DayRange | None:
    """Read a range of days: "from the 28th to the 4th of June", "6 to 15 March", "between May 3 and May 9".

    At least one of the two must be a day beyond doubt: an ordinal or beside a month.

    Parameters
    ----------
    day
        The day that begins at the place, as `day_at` reads it.
    """
    opener = text_at(atoms, place)
    opens = opener in ("from", "between") and place + 1 < len(atoms)
    start = day_at(atoms, place + 1) if opens else day
    if start is None:
        return None
    joins = _JOINS | {"and"} if opener == "between" else _JOINS
    if text_at(atoms, start.last) not in joins:
        return None
    end_place = start.last + 1
    end = day_at(atoms, end_place) if end_place < len(atoms) else None
    if end is None or (start.bare and end.bare) or (start.month is None and end.month is None and end.bare):
        return None
    return DayRange(start, end, _days_between(start, end))


def _days_between(start: Day, end: Day) -> int:
    month = start.month or end.month or 1
    if start.month is None and start.day > end.day:
        month = (month - 2) % 12 + 1  # "the 28th to the 4th of June": the 28th of the month before
    stop = end.month or (month if start.day <= end.day else month % 12 + 1)
    days = end.day - start.day
    while month != stop:
        days += _LENGTHS[month - 1]
        month = month % 12 + 1
    return days if days >= 0 else days + 365


def _day_number(atoms: Sequence[Atom], place: int) -> tuple[int, int, bool] | None:
    word = text_at(atoms, place)
    if word in ORDINAL_WORDS:
        return ORDINAL_WORDS[word], place + 1, True
    tens = {"twenty": 20, "thirty": 30}.get(word)
    if tens is not None:
        unit = ORDINAL_WORDS.get(text_at(atoms, place + 2), 99) if text_at(atoms, place + 1) == "-" else 99
        return (tens + unit, place + 3, True) if unit < 10 and tens + unit <= 31 else None
    if not (word.isdecimal() and word.isascii() and len(word) <= 2 and 1 <= int(word) <= 31):
        return None
    glued = text_at(atoms, place + 1) in _SUFFIXES and atoms[place + 1].start == atoms[place].end
    return int(word), place + 2 if glued else place + 1, glued
