"""Moments as pages write them: absolute, relative, with or without a clock, in several languages."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from functools import lru_cache

from msgspec import Struct

from discourse.ingest.timewords import (
    AGO_AFTER,
    AGO_BEFORE,
    AMBIGUOUS,
    DAY_WORDS,
    MONTHS,
    NOW,
    UNITS,
    WEEKDAYS,
    ZONES,
)
from discourse.ingest.words import any_of

LONGEST = 400  # characters of a line that are searched: a header's moment never stands further in


class Moment(Struct, frozen=True):
    """One stretch of a line that says when, with what it says."""

    start: int  # half-open code-point offsets into the line
    end: int
    day: date | None = None  # where the page gives day, month and year
    offset: timedelta | None = None  # how long before the page's moment, where it says only that
    month_day: tuple[int, int] | None = None  # month and day, where the year is missing
    clock: tuple[int, int, int] | None = None
    zone: int | None = None  # minutes east of Greenwich; None where not said
    coarse: bool = False  # an offset of days or more: no hour can be had from it

    @property
    def has_clock(self) -> bool:
        """Say whether an hour and a minute are given."""
        return self.clock is not None


# a word begins where no letter stands before it, or where a capital follows a name run into it ("RonToday")
_EDGE = r"(?:(?<![^\W\d_])|(?-i:(?=[A-Z][a-z])))"
_MONTH = rf"{_EDGE}(?:{any_of(MONTHS)})(?![^\W\d_])\.?"
_CLOCK = (
    r"(?P<hour>\d{1,2})(?::|\s?h\s?|\.|時)(?P<minute>\d{2})分?(?:[:.](?P<second>\d{2}))?"
    r"(?:\s?(?P<half>[ap])\.?m\b\.?)?(?:\s(?:uhr|h)\b)?"
    r"(?:\s?(?P<east>[+-]\d{2}:?\d{2}|Z)(?!\w))?"
    rf"(?:\s\(?(?P<zone>{any_of(ZONES)})(?:[+-]\d{{1,2}})?\)?(?![a-z]))?"
)
_JOIN = (
    r"(?:[,،]|T(?=\d)|\s?(?:г|р)\.,?|\s[-–—|@•·]"
    r"|\s(?:at|um|à|a las|a la|às|às|alle|ore|om|kl\.?|в|o|@)|\s?[-–|])?\s{0,3}"
)
_WEEKDAY = rf"(?:{_EDGE}(?:{any_of(WEEKDAYS)})(?![^\W\d_])\.?[,،]?\s(?:(?:the|den|le)\s)?)?"
_DAY = (
    rf"{_WEEKDAY}(?:(?P<ymd>\d{{4}})年(?P<ymd_m>\d{{1,2}})月(?P<ymd_d>\d{{1,2}})日(?:\s?\(.\))?)"
    rf"|(?<!\d)(?P<md_m>\d{{1,2}})月(?P<md_d>\d{{1,2}})日"
    rf"|(?P<iso_y>\d{{4}})[-/.](?P<iso_m>\d{{1,2}})[-/.](?P<iso_d>\d{{1,2}})(?!\d)"
    rf"|(?<!\d)(?P<num_a>\d{{1,2}})(?P<num_sep>[-/.])(?P<num_b>\d{{1,2}})[-/.](?P<num_y>\d{{4}}|\d{{2}})(?!\d)"
    rf"|{_WEEKDAY}(?:(?<!\w)(?P<dmy_d>\d{{1,2}})(?:st|nd|rd|th|er|º|\.)?[\s-](?:of\s|de\s)?(?P<dmy_m>{_MONTH})"
    rf"(?:,?[\s-](?:de\s)?(?P<dmy_y>\d{{4}})(?!\d)(?:\s(?:г|р)\.)?)?"
    rf"|(?P<mdy_m>{_MONTH})\s(?P<mdy_d>\d{{1,2}})(?:st|nd|rd|th)?(?!\d)(?:,?\s(?P<mdy_y>\d{{4}})(?!\d))?)"
    rf"|{_EDGE}(?P<word>{any_of(DAY_WORDS)})(?![^\W\d_])"
)
_AGE_UNITS = [unit for unit in UNITS if unit not in set("mgwyu")]
_UNIT = rf"(?P<{{0}}>{any_of(UNITS)})(?![^\W\d_])"
_AMOUNT = r"(?P<{0}>\d{{1,4}}|an?|one|ein(?:e[rnm]?|s)?|une?|un[ao]?|een|um|uma|واحد)"
_RELATIVE = (
    rf"(?:(?:about|almost|over|etwa|environ|circa)\s)?(?<![\w.]){_AMOUNT.format('n_after')}\s?{_UNIT.format('u_after')}"
    rf"\.?\s?(?:{any_of(AGO_AFTER)})(?![^\W\d_])"
    rf"|(?<!\w)(?:{any_of(AGO_BEFORE)})\s(?:(?:etwa|fast|über|environ|casi|cerca de)\s)?"
    rf"{_AMOUNT.format('n_before')}\s{_UNIT.format('u_before')}\.?"
    rf"|(?P<n_ja>\d{{1,4}})\s?(?P<u_ja>秒|分|時間|日|週間|か月|ヶ月|年|초|분|시간|일|주|개월|년|小时|分钟|天|周|个月)(?:前|전)"
    rf"|(?P<now>{any_of(NOW)})(?![^\W\d_])"
)
_ALONE = re.compile(rf"(?<![\w:.,]){_CLOCK}(?![\w:])", re.IGNORECASE)
# a letter is a unit only right behind its number: "5m", but not "5 m" or "200 g"
_AGE = re.compile(
    rf"(?<![\w.,:])(?P<amount>\d{{1,4}})(?P<unit>[mhdwyjgu]|\s?(?:{any_of(_AGE_UNITS)}))(?![^\W\d_])\.?",
    re.IGNORECASE,
)
_MOMENT = re.compile(rf"(?:{_RELATIVE})|(?:{_DAY})(?:{_JOIN}{_CLOCK})?", re.IGNORECASE)

_RUN = re.compile(r"\d+|[^\W\d_]+")
_PHRASES = [*MONTHS, *DAY_WORDS, *NOW, *AGO_BEFORE, *WEEKDAYS]
_APART = """about almost over etwa environ circa a an one ein eine einem einer einen eins un une una uno een
    um uma واحد""".split()
_FIRST = frozenset(word.lower() for phrase in _PHRASES for word in _RUN.findall(phrase)[:1]) | frozenset(
    _APART
)
_FIRST_SIGNS = frozenset(
    phrase[0] for phrase in _PHRASES if ord(phrase[0]) > 0x2E80
)  # of scripts without blanks


def find_moments(line: str, *, day_first: bool = True) -> list[Moment]:
    """Return the moments of a line from left to right; those of a line without any are none.

    Looks at the first 400 characters. `day_first` decides what 03/04/2020 is.
    """
    return list(_moments(line[:LONGEST], day_first))


@lru_cache(maxsize=4096)
def _moments(head: str, day_first: bool) -> tuple[Moment, ...]:
    found: list[Moment] = []
    end = 0
    for start in _starts(head):
        if start < end or (match := _MOMENT.match(head, start)) is None:
            continue
        end = match.end()
        if (moment := _read(match, day_first)) is not None:
            found.append(moment)
    return tuple(found)


def _starts(head: str) -> Iterator[int]:
    """Yield the offsets at which a moment could begin: numbers, and words that moments begin with."""
    for match in _RUN.finditer(head):
        word = match.group()
        if word[0].isdigit() or word.lower() in _FIRST:
            yield match.start()
        elif not word.isascii():
            yield from (match.start() + at for at, char in enumerate(word) if char in _FIRST_SIGNS)
        if len(word) > 3 and not word[1:].islower():  # "RonToday"
            yield from (
                match.start() + at
                for at in range(1, len(word))
                if word[at].isupper() and word[at:].lower() in _FIRST
            )


def find_times(line: str, *, day_first: bool = True) -> list[Moment]:
    """Return the moments of a line, and ages ("3h", "12 Std.") and clocks ("12:30") that stand alone."""
    found = find_moments(line, day_first=day_first)
    for pattern in (_ALONE, _AGE):
        for match in pattern.finditer(line[:LONGEST]):
            start, end = match.span()
            if all(end <= moment.start or start >= moment.end for moment in found):
                part = {name: value for name, value in match.groupdict().items() if value}
                moment = (
                    _relative(start, end, part["amount"], part["unit"].strip())
                    if "unit" in part
                    else Moment(start, end, clock=_clock(part))
                )
                if "unit" in part or moment.clock is not None:
                    found.append(moment)
    return sorted(found, key=lambda moment: moment.start)


def resolve(moment: Moment, page: datetime | date | None) -> datetime | None:
    """Return the moment in UTC, or None where the page gives too little to say.

    Parameters
    ----------
    page
        When the page was made: a day is enough for "Today 07:56", an hour is needed
        for "3 hours ago". A clock without a zone is taken for UTC.
    """
    if moment.day is not None:
        return _at(moment.day, moment)
    if page is None:
        return None
    today = page.date() if isinstance(page, datetime) else page
    if moment.month_day is not None:
        return _at(_latest(today, moment.month_day), moment)
    return _before(moment, page, today)


def _before(moment: Moment, page: datetime | date, today: date) -> datetime | None:
    if moment.offset is None:  # a clock alone: of any day
        return None
    offset = moment.offset
    if moment.clock is not None or moment.coarse:
        return _at(_earlier(today, offset), moment)
    if not isinstance(page, datetime):
        return None
    aware = page if page.tzinfo else page.replace(tzinfo=UTC)
    try:
        return (aware - offset).astimezone(UTC)
    except OverflowError:
        return None


def _earlier(day: date, offset: timedelta) -> date | None:
    try:
        return day - offset
    except OverflowError:
        return None


def _at(day: date | None, moment: Moment) -> datetime | None:
    if day is None:
        return None
    hour, minute, second = moment.clock or (0, 0, 0)
    zone = timezone(timedelta(minutes=moment.zone or 0))
    try:
        return datetime(day.year, day.month, day.day, hour, minute, second, tzinfo=zone).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _latest(today: date, month_day: tuple[int, int]) -> date | None:
    for year in (today.year, today.year - 1):
        day = _date(year, *month_day)
        if day is not None and day <= today + timedelta(days=1):
            return day
    return None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _read(match: re.Match[str], day_first: bool) -> Moment | None:
    part = {name: value for name, value in match.groupdict().items() if value}
    start, end = match.span()
    if "now" in part:
        return Moment(start, end, offset=timedelta(0))
    for amount, unit in (("n_after", "u_after"), ("n_before", "u_before"), ("n_ja", "u_ja")):
        if unit in part:
            return _relative(start, end, part[amount], part[unit])
    clock = _clock(part)
    return None if clock is None and "hour" in part else _absolute(start, end, part, clock, day_first)


def _absolute(
    start: int, end: int, part: dict[str, str], clock: tuple[int, int, int] | None, day_first: bool
) -> Moment | None:
    zone = _east(part["east"]) if "east" in part else ZONES.get(part.get("zone", "").lower())
    if "word" in part:
        if part["word"].lower() in AMBIGUOUS and clock is None:
            return None
        days = timedelta(days=DAY_WORDS[part["word"].lower()])
        return Moment(start, end, offset=days, clock=clock, zone=zone, coarse=True)
    day, month_day = _day(part, day_first)
    if day is None and month_day is None:
        return None
    return Moment(start, end, day=day, month_day=month_day, clock=clock, zone=zone)


def _east(offset: str) -> int:
    """Return the minutes east of Greenwich that "+01:00" or "Z" says."""
    digits = offset[1:].replace(":", "")
    minutes = 60 * int(digits[:2]) + int(digits[2:]) if digits else 0
    return max(-900, min(900, -minutes if offset[0] == "-" else minutes))


def _relative(start: int, end: int, amount: str, unit: str) -> Moment:
    count = int(amount) if amount.isdigit() else 1
    minutes = UNITS[unit.lower()] if unit.lower() in UNITS else UNITS[unit]
    return Moment(start, end, offset=timedelta(minutes=minutes * count), coarse=minutes >= 1440)


def _clock(part: dict[str, str]) -> tuple[int, int, int] | None:
    if "hour" not in part:
        return None
    hour, minute, second = int(part["hour"]), int(part["minute"]), int(part.get("second", 0))
    if "half" in part:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if part["half"].lower() == "p" else 0)
    return (hour, minute, second) if hour < 24 and minute < 60 and second < 60 else None


def _day(  # noqa: PLR0911
    part: dict[str, str], day_first: bool
) -> tuple[date | None, tuple[int, int] | None]:
    if "ymd" in part:
        return _date(int(part["ymd"]), int(part["ymd_m"]), int(part["ymd_d"])), None
    if "iso_y" in part:
        return _date(int(part["iso_y"]), int(part["iso_m"]), int(part["iso_d"])), None
    if "num_a" in part:
        return _numeric(part, day_first), None
    if "md_m" in part:
        found = (int(part["md_m"]), int(part["md_d"]))
        return None, found if _date(2024, *found) else None
    for kind in ("dmy", "mdy"):
        if f"{kind}_m" in part:
            month, day = MONTHS[part[f"{kind}_m"].lower().rstrip(".")], int(part[f"{kind}_d"])
            if f"{kind}_y" in part:
                return _date(int(part[f"{kind}_y"]), month, day), None
            return None, (month, day) if _date(2024, month, day) else None
    return None, None


def _numeric(part: dict[str, str], day_first: bool) -> date | None:
    first, second, year = int(part["num_a"]), int(part["num_b"]), int(part["num_y"])
    if year < 100:
        year += 2000 if year < 70 else 1900
    if part["num_sep"] == "." or first > 12:
        day_first = True
    elif second > 12:
        day_first = False
    day, month = (first, second) if day_first else (second, first)
    return _date(year, month, day)
