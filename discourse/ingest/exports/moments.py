"""Times as exports write them: numbers of seconds or less, ISO 8601, RFC 2822, dates with a time.

A time without a zone is taken for UTC. Numbers count seconds since 1970, or milli-, micro- or
nanoseconds where seconds would lie beyond the year 5000; 20210304 and 20210304153000 are dates.
"""

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

MISSING = np.iinfo(np.int64).min
_EARLIEST, _LATEST = 100_000_000, 253_402_300_799  # 1973 to the end of 9999
_LONGEST = 64
_UNITS = ((1e11, 1.0), (1e14, 1e3), (1e17, 1e6))
_NUMBER = re.compile(r"[+-]?\d{1,20}(?:\.\d{0,20})?(?:[eE]\+?\d{1,2})?")
_ABSENT = frozenset({"", "nan", "none", "null", "nat", "n/a", "na", "-", "0"})
_OTHER_FORMS = (
    "%a %b %d %H:%M:%S %z %Y",
    "%Y/%m/%d %H:%M:%S",
    "%Y/%m/%d %H:%M",
    "%Y/%m/%d",
    "%d.%m.%Y %H:%M:%S",
    "%d.%m.%Y %H:%M",
    "%d.%m.%Y, %H:%M",
    "%d.%m.%Y",
    "%d %b %Y %H:%M:%S",
    "%d %b %Y",
    "%B %d, %Y",
    "%b %d, %Y",
    "%m/%d/%Y %I:%M:%S %p",
    "%m/%d/%Y %I:%M %p",
)
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})(?:,? (\d{1,2}):(\d{2})(?::(\d{2}))?)?")


def seconds_of(values: Sequence[Any]) -> tuple[NDArray[np.int64], list[int]]:
    """Return seconds since 1970 in UTC, `MISSING` where there is no time, and where one cannot be read."""
    if set(map(type, values)) <= {int, float}:
        return seconds_of_numbers(np.array(values, dtype=np.float64))
    found = np.full(len(values), MISSING, dtype=np.int64)
    bad = []
    for place, value in enumerate(values):
        moment = moment_of(value)
        if moment is not None:
            found[place] = moment
        elif not _is_absent(value):
            bad.append(place)
    return found, bad


def moment_of(value: object) -> int | None:
    """Return one time as seconds since 1970 in UTC; None where it is none."""
    if isinstance(value, datetime):
        return _from_datetime(value)
    if isinstance(value, date):
        return _from_datetime(datetime(value.year, value.month, value.day, tzinfo=UTC))
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _number(float(value)) if abs(value) < 1e20 else None
    if not isinstance(value, str) or len(value) > _LONGEST:
        return None
    text = value.strip()
    if _NUMBER.fullmatch(text):
        return _number(float(text))
    return _written(text)


def seconds_of_numbers(values: NDArray[np.float64]) -> tuple[NDArray[np.int64], list[int]]:
    """Return the same of numbers."""
    with np.errstate(invalid="ignore"):
        scaled = _scaled(values)
        fits = (scaled >= _EARLIEST) & (scaled <= _LATEST)
        # dates written as one number are rare, and looked at one by one
        small = ~fits & np.isfinite(values) & (values != 0)
    found = np.where(fits, np.where(fits, scaled, 0).astype(np.int64), MISSING)
    dated = (values >= 19_000_101_000_000) & (values < 21_000_101_000_000)
    bad = []
    for place in np.flatnonzero(small | dated).tolist():
        moment = _number(float(values[place]))
        found[place] = MISSING if moment is None else moment
        if moment is None:
            bad.append(place)
    return found.astype(np.int64), bad


def _scaled(values: NDArray[np.float64]) -> NDArray[np.float64]:
    sizes = np.select([values < 1e11, values < 1e14, values < 1e17], [1.0, 1e3, 1e6], 1e9)
    seconds: NDArray[np.float64] = np.floor(values / sizes)
    return seconds


def _number(value: float) -> int | None:
    if 19_000_101 <= value < 21_000_101:
        return _from_digits(f"{value:.0f}", "%Y%m%d")
    if 19_000_101_000_000 <= value < 21_000_101_000_000:
        return _from_digits(f"{value:.0f}", "%Y%m%d%H%M%S")
    # as `_scaled`, which is slow for one number
    size = next((size for below, size in _UNITS if value < below), 1e9)
    scaled = value // size
    return int(scaled) if _EARLIEST <= scaled <= _LATEST else None


def _from_digits(digits: str, form: str) -> int | None:
    try:
        return _from_datetime(datetime.strptime(digits, form).replace(tzinfo=UTC))
    except ValueError:
        return None


@lru_cache(maxsize=4096)
def _written(text: str) -> int | None:
    if not any(map(str.isdecimal, text)):
        return None
    plain = text.removesuffix(" UTC").removesuffix(" GMT")
    try:
        return _from_datetime(datetime.fromisoformat(plain))
    except ValueError:
        pass
    if match := _SLASHED.fullmatch(plain):
        return _slashed(match)
    for form in _OTHER_FORMS:
        try:
            return _from_datetime(datetime.strptime(plain, form))
        except ValueError:
            continue
    try:
        return _from_datetime(parsedate_to_datetime(text))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _slashed(match: re.Match[str]) -> int | None:
    """Read 31/12/2020 or 12/31/2020; where both numbers can be a month nobody knows which is."""
    one, two, year, hour, minute, second = (int(part or 0) for part in match.groups())
    if one <= 12 and two <= 12 and one != two:
        return None
    month, day = (two, one) if one > 12 else (one, two)
    try:
        return _from_datetime(datetime(year, month, day, hour, minute, second, tzinfo=UTC))
    except ValueError:
        return None


def _from_datetime(moment: datetime) -> int | None:
    aware = moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
    try:
        seconds = int(aware.timestamp() // 1)
    except (OverflowError, ValueError):
        return None
    return seconds if _EARLIEST <= seconds <= _LATEST else None


def _is_absent(value: object) -> bool:
    if value is None or value == 0 or value != value:  # noqa: PLR0124 (NaN alone differs from itself)
        return True
    return isinstance(value, str) and value.strip().lower() in _ABSENT
