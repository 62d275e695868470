"""When a comment was written, as its markup says: attributes first, then the words shown."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from functools import lru_cache

from discourse.ingest.html.tree import Element
from discourse.ingest.times import Moment, find_moments, resolve

LONGEST = 90  # characters of a piece of text that is taken for a time
_STAMPS = (
    "datetime data-datetime data-time data-timestamp data-utime data-epoch data-date data-created "
    "data-time-string data-published data-created-at created-timestamp created timestamp unixtime "
    "data-unixtime content"
).split()
_WORDED = ("title", "aria-label", "data-original-title", "data-tooltip", "data-title")
_SIGNS = " \t\r\xa0()[]（）,:：–—-|·•"
_ISO = re.compile(
    r"^\s*(\d{4})-(\d{2})-(\d{2})"
    r"(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,]\d{1,9})?)?\s?(Z|UTC|[+-]\d{2}:?\d{2})?)?\s*$"
)
_EPOCH = re.compile(r"^\d{9,10}(?:\.\d{1,6})?$|^\d{12,13}$")
_TIMELIKE = re.compile(
    r"\d|now|jetzt|gerade|heute|gestern|yester|today|hier|instant|ayer|hoy|oggi|ieri|今|昨|أمس|اليوم|منذ"
    r"|an? \w|ein\w* ",
    re.IGNORECASE,
)
_FIRST, _LAST = 1985, 2100  # years in which comments are written


@lru_cache(maxsize=8192)
def moments_in(text: str) -> tuple[Moment, ...]:
    """Return the moments that a short text names; none in a long one."""
    if len(text) > LONGEST or not _TIMELIKE.search(text):
        return ()
    return tuple(find_moments(text))


def stamp_of(element: Element) -> datetime | None:
    """Return the moment that an element's attributes give exactly, in UTC."""
    attributes = element.attributes
    for name in _STAMPS:
        value = attributes.get(name)
        if value and len(value) < 40 and (name != "content" or element.tag in ("meta", "time")):
            found = _exact(value)
            if found is not None:
                return found
    return None


def worded_moments(element: Element) -> Iterator[Moment]:
    """Yield the moments that an element's titles and labels name."""
    for name in _WORDED:
        value = element.attributes.get(name)
        if value:
            yield from moments_in(value.strip())


def opening_moment(text: str) -> Moment | None:
    """Return the moment that a text opens with, in brackets or behind a dash; None where it has none."""
    found = moments_in(text[:LONGEST])
    if not found or text[: found[0].start].strip(_SIGNS):
        return None
    moment = found[0]
    told = any(char.isdigit() for char in text[moment.start : moment.end]) and (
        moment.has_clock or moment.day
    )
    return moment if told else None


def without_opening(text: str, moment: Moment) -> str:
    """Return a text without the moment that it opens with, and the signs around that."""
    return text[moment.end :].lstrip(_SIGNS + "\n")


def resolve_best(moments: Iterator[Moment], day: date | datetime | None) -> datetime | None:
    """Return the first moment that can be told, those with an hour first."""
    known = list(moments)
    for moment in [*(m for m in known if m.has_clock), *(m for m in known if not m.has_clock)]:
        found = resolve(moment, day)
        if found is not None:
            return found
    return None


def _exact(value: str) -> datetime | None:
    if _EPOCH.match(value):
        seconds = float(value)
        moment = datetime.fromtimestamp(seconds / 1000 if seconds > 1e11 else seconds, tz=UTC)
        return moment if _FIRST <= moment.year < _LAST else None
    match = _ISO.match(value)
    if match is None:
        return None
    year, month, day, hour, minute, second, zone = match.groups()
    text = f"{year}-{month}-{day}T{hour or '00'}:{minute or '00'}:{second or '00'}"
    text += zone if zone and zone not in ("Z", "UTC") else "+00:00"
    try:
        moment = datetime.fromisoformat(text)
        return moment.astimezone(UTC) if _FIRST <= moment.year < _LAST else None
    except (ValueError, OverflowError):
        return None
