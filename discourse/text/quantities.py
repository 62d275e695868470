"""Values with what they measure: durations, money, shares, counts, days; as intervals that can conflict."""

import re
from collections.abc import Sequence

from discourse.text.bounds import Quantity, Raw, bounded
from discourse.text.dates import DAY_WORDS, Day, day_at, day_range_at
from discourse.text.normalise import fold
from discourse.text.numbers import NUMBER_WORDS, Atom, Number, atoms_of, number_at, read_figures, text_at
from discourse.text.units import LOOSE, UNITS, number_label, unit_label

__all__ = ["Quantity", "agree", "find_quantities", "quantities_among", "same_day"]

# words with which a value can begin; figures can too
_OPENERS = NUMBER_WORDS | DAY_WORDS | frozenset("€ $ £ a an half couple fortnight the from between".split())
# without a figure or one of these there is no value: "a" and "from" alone begin none
_TELLING = (
    NUMBER_WORDS
    | DAY_WORDS
    | frozenset(UNITS)
    | frozenset(
        "half couple fortnight dozen hundred thousand million millions billion trillion bn mn".split()
    )
)
_LETTERS = re.compile(r"[^\W\d_]+")
Read = tuple[Quantity | None, int]  # a value, or None for one to pass over, and the atom after it

# what stands before or after a stretch of time that dates something and measures nothing
_DATING_BEFORE = frozenset("last past next previous coming this every each per first other recent".split())
_DATING_AFTER = frozenset(
    "ago later earlier before after since hence prior beforehand afterwards old".split()
)
_LABELS = frozenset(
    "page p pp item no number nr route chapter section article rule post line bus room # §".split()
)
_PLURALS = frozenset("people children men women police staff sheep fish votes".split())
_CLOSED_ENDS = frozenset("across plus less this is was has as us its his yes perhaps always".split())
_BEFORE_NOUN = frozenset("of in on and or is was with that if when to for at".split())
WHOLE = frozenset("full whole entire solid good mere single calendar working".split())
_EXTENDING = frozenset(
    "missing short long away off wide high deep tall further ahead behind below above from".split()
)
_ARTICLES = ("a", "an")
_AFTER_ARTICLE = WHOLE | frozenset(UNITS) | frozenset("dozen couple hundred thousand million billion".split())
_BEFORE_DAYS = ("the", "from", "between")  # that begin nothing but days
_DAY_PARTS = DAY_WORDS | {"twenty", "thirty"}  # that stand in every day without figures
_ARTICLE_DIMENSIONS = ("time", "length", "mass")  # "a week" is a value, "a pound" may be anything
_RATES = frozenset("once twice times % percent hours days minutes euros pounds dollars half bit".split())
_YEAR = re.compile(r"(?:1[0-9]|20)\d\d")
_YEAR_BEFORE = frozenset("in of since by from until till year before after during around about was".split())


def agree(first: Quantity, second: Quantity) -> bool:
    """Say whether both values can hold at once; values of different dimensions always can."""
    if first.dimension != second.dimension:
        return True
    return first.low <= second.high and second.low <= first.high


def find_quantities(text: str) -> list[Quantity]:
    """Return the values in a text in order, none overlapping.

    Left out are numbers that measure nothing: clock times, page and route numbers, "two weeks ago",
    "every ten minutes", "twice a week".
    """
    return quantities_among(atoms_of(text)) if _may_hold_value(text) else []


def quantities_among(atoms: Sequence[Atom]) -> list[Quantity]:
    """Return the values among the atoms of a text, as `find_quantities` does."""
    found: list[Quantity] = []
    dated: bool | None = None  # asked only where an article or its like may begin a day
    done = 0
    for place, atom in enumerate(atoms):
        word = atom.text
        if place < done or not (word in _OPENERS or word[0].isdigit()):
            continue
        if word in _BEFORE_DAYS and dated is None:
            dated = any(other.text in _DAY_PARTS or other.text[0].isdigit() for other in atoms)
        if not _may_begin(atoms, place, dated=bool(dated)):
            continue
        read = _range_of_days(atoms, place) or _value(atoms, place) or _single_day(atoms, place)
        if read is not None:
            quantity, done = read
            if quantity is not None:
                found.append(quantity)
    return found


def _may_hold_value(text: str) -> bool:
    """Say whether a figure, a word for a number or a day, or a unit stands in a text; most hold none."""
    folded = fold(text)
    return any(map(str.isdigit, folded)) or not _TELLING.isdisjoint(_LETTERS.findall(folded))


def _may_begin(atoms: Sequence[Atom], place: int, *, dated: bool) -> bool:
    """Say whether a value can begin at a place; nearly everywhere none can, and nothing more is tried."""
    word = atoms[place].text
    if word not in _OPENERS:
        return word[0].isdigit()
    if word in _BEFORE_DAYS:
        return dated
    return word not in _ARTICLES or text_at(atoms, place + 1) in _AFTER_ARTICLE


def _range_of_days(atoms: Sequence[Atom], place: int) -> tuple[Quantity, int] | None:
    read = day_range_at(atoms, place)
    if read is None:
        return None
    start, end = atoms[place].start, atoms[read.end.last - 1].end
    label = f"{read.days} days" if read.days != 7 else "1 week"
    # both ways of counting are common: with and without the last day
    ends = (_day_value(read.start), _day_value(read.end))
    return Quantity(start, end, "time", float(read.days), read.days + 1.0, label, "", ends), read.end.last


def _single_day(atoms: Sequence[Atom], place: int) -> tuple[Quantity, int] | None:
    day = day_at(atoms, place)
    if day is None or day.bare:
        return None
    if day.month is None and (text_at(atoms, place) != "the" or not text_at(atoms, place + 1)[0].isdigit()):
        return None  # "the first" is seldom a day
    value = _day_value(day)
    end = atoms[day.last - 1].end
    dimension = "day" if day.month else "day of month"
    return Quantity(atoms[place].start, end, dimension, value, value, _day_label(day)), day.last


def _day_value(day: Day) -> float:
    return float((day.month or 0) * 32 + day.day)


def same_day(first: float, second: float) -> bool:
    """Say whether two values of days can be one day; a day without its month fits any month."""
    months = first // 32, second // 32
    return first % 32 == second % 32 and (months[0] == months[1] or 0.0 in months)


def _day_label(day: Day) -> str:
    names = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
    return f"{day.day} {names[day.month - 1]}" if day.month else f"the {day.day}."


def _value(atoms: Sequence[Atom], place: int) -> Read | None:
    """Read a number with its unit, a lone "a week", or a counted noun."""
    word = text_at(atoms, place)
    if word in ("€", "$", "£"):
        number = number_at(atoms, place + 1) if place + 1 < len(atoms) else None
        return None if number is None else _measured(atoms, place, number.last, _span(atoms, number)[0], word)
    if word in ("a", "an") and (alone := _article_unit(atoms, place)) is not None:
        return alone
    if _is_in_metres(atoms, place) and (figures := read_figures(word)) is not None:
        return _measured(atoms, place, place + 2, (figures, figures), "metre")
    number = None if _is_day(atoms, place) else number_at(atoms, place)
    if number is None:
        return _measured(atoms, place, place + 1, (1.0, 1.0), word) if word == "fortnight" else None
    values, here = _span(atoms, number)
    unit_place = here + 1 if text_at(atoms, here) == "-" else here
    if text_at(atoms, unit_place) in WHOLE:
        unit_place += 1
    if text_at(atoms, unit_place) in UNITS or _is_per_cent(atoms, unit_place):
        return _with_unit(atoms, place, unit_place, values)
    return _counted(atoms, place, here, values)


def _is_day(atoms: Sequence[Atom], place: int) -> bool:
    day = day_at(atoms, place)
    return day is not None and not day.bare


def _is_in_metres(atoms: Sequence[Atom], place: int) -> bool:
    """Say whether "200m" is a length and no number of millions: "200m missing", "40m long"."""
    glued = text_at(atoms, place + 1) == "m" and atoms[place].end == atoms[place + 1].start
    return glued and atoms[place].text[0].isdigit() and text_at(atoms, place + 2) in _EXTENDING


def _span(atoms: Sequence[Atom], number: Number) -> tuple[tuple[float, float], int]:
    """Read "10 to 14" and "ten or twelve" as one; returns both ends and the atom after them."""
    if text_at(atoms, number.last) in ("to", "-", "or") and number.last + 1 < len(atoms):
        more = number_at(atoms, number.last + 1)
        if more is not None and more.value > number.value:
            return (number.value, more.value), more.last
    return (number.value, number.value), number.last


def _article_unit(atoms: Sequence[Atom], place: int) -> Read | None:
    here = place + 1
    while text_at(atoms, here) in WHOLE:
        here += 1
    unit = text_at(atoms, here)
    if unit not in UNITS or UNITS[unit][0] not in _ARTICLE_DIMENSIONS or unit in ("second", "foot"):
        return None
    if _is_rate(text_at(atoms, place - 1)):
        return None, here + 1
    return _with_unit(atoms, place, here, (1.0, 1.0))


def _is_rate(before: str) -> bool:
    """Say whether "a week" after a word stands for "per week": "twice a week", "40 hours a week"."""
    return before[:1].isdigit() or before in _RATES


def _with_unit(atoms: Sequence[Atom], place: int, unit_place: int, values: tuple[float, float]) -> Read:
    here = unit_place + 1
    if text_at(atoms, unit_place) == "per":
        return _measured(atoms, place, here + 1, values, "percent")
    if [text_at(atoms, here + k) for k in range(3)] == ["and", "a", "half"]:
        values, here = (values[0] + 0.5, values[1] + 0.5), here + 3
    unit = text_at(atoms, unit_place)
    if UNITS[unit][0] == "time" and _dates_something(atoms, place, here):
        return None, here
    return _measured(atoms, place, here, values, unit)


def _is_per_cent(atoms: Sequence[Atom], place: int) -> bool:
    return text_at(atoms, place) == "per" and text_at(atoms, place + 1) == "cent"


def _dates_something(atoms: Sequence[Atom], place: int, here: int) -> bool:
    before = {text_at(atoms, place - 1), text_at(atoms, place - 2)}
    after, beside = text_at(atoms, here), text_at(atoms, here + 1)
    aged = (after == "-" and beside == "old") or (after == "from" and beside in ("now", "today"))
    return bool(before & _DATING_BEFORE) or after in _DATING_AFTER or aged


def _measured(
    atoms: Sequence[Atom], place: int, here: int, values: tuple[float, float], unit: str
) -> tuple[Quantity, int]:
    dimension, size, name = UNITS[unit]
    shortest, longest = LOOSE.get(name, (size, size))
    label = unit_label(*values, unit)
    return bounded(atoms, Raw(place, here, values[0] * shortest, values[1] * longest, dimension, label)), here


def _counted(atoms: Sequence[Atom], place: int, here: int, values: tuple[float, float]) -> Read:
    before = text_at(atoms, place - 1)
    labelled = text_at(atoms, place - 2) if before == "." else before
    written = atoms[place].text
    is_one = (
        written in ("one", "half", "zero") and values[0] <= 1
    )  # mostly a pronoun, but not in "one million"
    if labelled in _LABELS or is_one or _is_marker(atoms, place, here):
        return None, here
    if _YEAR.fullmatch(written) and here == place + 1:
        if before in _YEAR_BEFORE or _is_alone(atoms, place, here):
            end = atoms[place].end
            return Quantity(atoms[place].start, end, "year", values[0], values[1], written), here
        return None, here
    if before == "the":
        return None, here  # "the 14": a name, or known already
    noun_place = _noun_place(atoms, here)
    if noun_place is None and len(written) > 5 and written.isdecimal():
        return None, here  # a key of some kind
    noun = text_at(atoms, noun_place) if noun_place is not None else ""
    low, high = values
    label = number_label(high) if low == high else f"{number_label(low)} to {number_label(high)}"
    return bounded(atoms, Raw(place, here, low, high, "count", label, noun)), here


def _is_alone(atoms: Sequence[Atom], place: int, here: int) -> bool:
    before, after = text_at(atoms, place - 1), text_at(atoms, here)
    return not before[:1].isalnum() and not after[:1].isalnum()


def _is_marker(atoms: Sequence[Atom], place: int, here: int) -> bool:
    """Say whether figures number a line of a list: "2." or "2)" at its beginning."""
    opens = place == 0 or atoms[place - 1].text == "\n"
    figures = atoms[place].text
    small = figures.isdecimal() and len(figures) < 3 and int(figures) < 13
    return opens and small and text_at(atoms, here) in (".", ")")


def _noun_place(atoms: Sequence[Atom], here: int) -> int | None:
    """Return the place of the plural noun that a number counts: within three words, before any mark."""
    for place in range(here, min(here + 3, len(atoms))):
        word = atoms[place].text
        if not word[0].isalpha() or word in _BEFORE_NOUN:
            return None
        if word in _PLURALS or _looks_plural(word):
            return place
    return None


def _looks_plural(word: str) -> bool:
    ending = word.endswith("s") and not word.endswith(("ss", "us", "'s"))
    return ending and len(word) > 3 and word not in _CLOSED_ENDS
