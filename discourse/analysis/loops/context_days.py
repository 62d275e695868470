"""Days in an article's sentences: which day "until Friday" is, and how long it is between two."""

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise

from msgspec import Struct

from discourse.text.normalise import fold
from discourse.text.quantities import Quantity, find_quantities

_NAMES = "monday tuesday wednesday thursday friday saturday sunday".split()
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
_WEEKDAY = re.compile(
    r"\b(?:(until|till|til|through|from|since|by|before|after|to|on) )?(?:(this|next|last|coming|past) )?"
    rf"({'|'.join(_NAMES)})\b"
)
_MONTH = re.compile(
    r"\b(?:((?:the )?(?:early|mid|late|(?:end|beginning|start|middle) of)[ -])"
    r"|(until|till|from|since|by|before|after|in|of) )?"
    r"(january|february|march|april|may|june|july|august|september|october|november|december)\b(?! \d)"
)
_AMBIGUOUS = frozenset({"march", "may"})
_YEAR = re.compile(r",? (1[0-9]\d\d|20\d\d)\b")
_BEFORE_DATE = re.compile(r",? ?(?:the )?")  # between a weekday and its date
_BEHIND_DATE = re.compile(r"(?:,? (?:1[0-9]|20)\d\d)?,? ?\(?(?:a )?")  # between a date and its weekday
_OPENING = frozenset({"from", "since", "after"})
_CLOSING = frozenset("until till til through to".split())
_EDGES = frozenset("until till til through from since by to".split())  # that tell how long, before a month
_BOUNDS = frozenset("until till til through from since by before after to".split())
# what makes a bare weekday the matter, and not the day on which somebody said something
_TURNING = re.compile(
    r"\b(?:expir\w+|end(?:s|ed|ing)?|begin(?:s|ning)?|began|begun|start(?:s|ed|ing)?|last(?:s|ed|ing)|"
    r"resum\w+|ran out|runs out|took effect|takes effect|came into force|clos(?:e|es|ed)|open(?:s|ed)?|"
    r"deadline|due)\b"
)
# signs of tense; what was to be in the past is told as a whole, so that its "to" is no sign of its own
_TENSE = re.compile(
    r"\b(?:(?P<back>(?:was|were|had been) (?:[a-z]{1,15} ){0,2}(?:to [a-z]{1,15}|due|set|scheduled|expected)|"
    r"(?:would|should|could|might) have|was|were|had|expired|ended|began|begun|started|lasted|resumed|"
    r"stood|ran out|took effect)|"
    r"(?P<ahead>will|won't|shall|should|would|is to|are to|set to|due|expected|scheduled|next|coming|"
    r"to (?:be|begin|close|come|end|expire|go|hold|last|open|pause|reopen|resume|run|stand|start|stay|"
    r"stop|take)))\b"
)
_SAID = re.compile(r"\b(?:said|told|wrote|announced|reported|stated|spoke)(?: [\w']{1,20}){0,2} ?$")
_SAYING = 40  # characters before a weekday in which a verb of saying makes it the day of that
_NEAR = 60  # characters on either side of a weekday in which its tense is told
_DATED = frozenset({"day", "day of month"})
_LONGEST = 400  # days between two dates that are given as a length
_NEXT_WEEKDAY = 31  # days to or from a bare weekday that are


class Given(Struct, frozen=True):
    """A day or a length between two days, as a sentence gives it."""

    at: int  # offset into the sentence
    label: str  # "6 Feb (Friday)", "1 Feb", "4 days"
    days: tuple[float, float] | None = None  # of a length, both ways of counting its last day
    month: int | None = None  # in which it lies, where that is told
    bound: bool = True  # whether something begins or ends on it, as far as its own words show
    bare: bool = False  # a month alone, without "until" or its like: no answer to how long something is


class _Found(Struct, frozen=True):
    """A day with what is needed to count from it."""

    given: Given
    day: date | None = None  # in the article's year, where no other is told
    opener: str = ""  # "until", "from" and their like
    fixed: bool = True  # whether its year is told
    weekday: bool = False


def days_in(text: str, today: date | None) -> list[Given]:
    """Return the days that a sentence names, weekdays resolved by the article's day, in order.

    A weekday on which something is merely said or done is left out, and so is one with its date
    beside it. Where one day is the beginning and the next one the end, the length between them
    comes last.
    """
    folded = fold(text)
    turning = _TURNING.search(folded) is not None
    dates = [q for q in find_quantities(text) if q.dimension in _DATED]
    openers = {q.start: _opener(folded, q) for q in dates}
    found: list[_Found] = []
    for match in _WEEKDAY.finditer(folded):
        beside = _date_beside(match, folded, dates)
        if beside is None:
            found += _weekday(match, folded, today, turning)
        elif match[1] in _BOUNDS:
            openers[beside.start] = match[1]
    for quantity in dates:
        if not _is_elsewhen(folded, quantity.end, today):
            found.append(_date(quantity, folded, today, openers[quantity.start], turning))
    found += [_Found(given) for given in _months(folded, today)]
    found.sort(key=lambda one: one.given.at)
    return [one.given for one in found] + _lengths(found)


def _date_beside(match: re.Match[str], folded: str, dates: Sequence[Quantity]) -> Quantity | None:
    """Return the date of a weekday, where it stands right behind or before it."""
    for quantity in dates:
        start, end = quantity.start, quantity.end
        if start > match.end() and _BEFORE_DATE.fullmatch(folded, match.end(), start):
            return quantity
        if end < match.start(3) and _BEHIND_DATE.fullmatch(folded, end, match.start(3)):
            return quantity
    return None


def _weekday(match: re.Match[str], folded: str, today: date | None, turning: bool) -> Iterator[_Found]:
    opener = match[1] or ""
    if opener not in _BOUNDS and not turning:
        return
    day = _resolved(match, folded, today)
    name = match[3].capitalize()
    label = name if day is None else f"{day.day} {_MONTHS[day.month - 1]} ({name})"
    spoken = _SAID.search(folded[max(0, match.start() - _SAYING) : match.start()]) is not None
    bound = opener in _BOUNDS or (turning and not spoken)
    given = Given(match.start(3), label, bound=bound, month=day.month if day else None)
    yield _Found(given, day, opener, weekday=True)


def _date(quantity: Quantity, folded: str, today: date | None, opener: str, turning: bool) -> _Found:
    month, day = int(quantity.low // 32), int(quantity.low % 32)
    year = _YEAR.match(folded, quantity.end)
    given = Given(quantity.start, quantity.label, bound=turning or bool(opener), month=month or None)
    which = int(year[1]) if year else (today.year if today else 2001)
    return _Found(given, _day(which, month, day), opener, fixed=year is not None)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _months(folded: str, today: date | None) -> Iterator[Given]:
    """Yield the months that stand without a day: "until September", "the end of May"."""
    for match in _MONTH.finditer(folded):
        part, opener, name = (match[n] or "" for n in (1, 2, 3))
        # before the month a day or a year behind it make it part of a date
        dated = re.search(
            r"\d(?:st|nd|rd|th)?(?: of)?\s*$", folded[max(0, match.start() - 8) : match.start()]
        )
        if dated or _is_elsewhen(folded, match.end(), today) or (name in _AMBIGUOUS and not part + opener):
            continue
        month = _MONTHS.index(name[:3].capitalize()) + 1
        label = f"{part.removeprefix('the ')}{name.capitalize()}"
        edge = (
            opener or (folded[max(0, match.start() - 20) : match.start()].split() or [""])[-1]
        )  # "until late January"
        bound = bool(part) or opener in _BOUNDS
        yield Given(match.start(3), label, bound=bound, month=month, bare=edge not in _EDGES)


def _is_elsewhen(folded: str, end: int, today: date | None) -> bool:
    """Say whether a year stands behind a date that is not about the article's own."""
    year = _YEAR.match(folded, end)
    return year is not None and (today is None or abs(int(year[1]) - today.year) > 1)


def _resolved(match: re.Match[str], folded: str, today: date | None) -> date | None:
    """Return the day that a weekday names: the nearest one on the side that the tense points to."""
    if today is None:
        return None
    ahead = (_NAMES.index(match[3]) - today.weekday()) % 7
    if _is_ahead(match, folded):
        return today + timedelta(days=ahead)
    return today - timedelta(days=(-ahead) % 7)


def _is_ahead(match: re.Match[str], folded: str) -> bool:
    """Say whether a weekday lies ahead, by the word beside it or the nearest sign of tense.

    Signs behind it count where none stands before. Without any it lies back, as most of what is
    reported does.
    """
    if match[2]:
        return match[2] in ("this", "next", "coming")
    if match[1] == "since":
        return False
    before = list(_TENSE.finditer(folded, max(0, match.start() - _NEAR), match.start()))
    sign = before[-1] if before else _TENSE.search(folded, match.end(), match.end() + _NEAR)
    return sign is not None and sign["ahead"] is not None


def _opener(folded: str, quantity: Quantity) -> str:
    before = folded[max(0, quantity.start - 10) : quantity.start].split()
    return before[-1] if before and before[-1] in _BOUNDS else ""


def _lengths(found: Sequence[_Found]) -> list[Given]:
    lengths: list[Given] = []
    for first, second in pairwise(found):
        goes = first.opener in _OPENING and second.opener in _CLOSING
        days = _between(first, second) if goes else None
        most = _NEXT_WEEKDAY if first.weekday or second.weekday else _LONGEST
        if days is not None and 0 < days < most:
            label = "1 week" if days == 7 else f"{days} day{'' if days == 1 else 's'}"
            lengths.append(Given(second.given.at, label, (float(days), days + 1.0)))
    return lengths


def _between(first: _Found, second: _Found) -> int | None:
    """Return the days from one day to the other, over the turn of a week or a year where none is told."""
    start, end = first.day, second.day
    if start is None or end is None:
        return None
    if first.weekday and second.weekday:
        return (end - start).days % 7 or 7
    if second.fixed and not first.fixed:
        start = _day(end.year, start.month, start.day)
        if start is not None and start > end:
            start = _day(end.year - 1, start.month, start.day)
    elif not second.fixed:
        end = _day(start.year, end.month, end.day)
        if end is not None and end < start:
            end = _day(start.year + 1, end.month, end.day)
    return None if start is None or end is None else (end - start).days
