"""How pages write times, in many countries."""

from collections.abc import Callable
from datetime import datetime

from tests.ingest.made_up.time_words import AGO, DAYS, MONTHS, NEAR


def month(time: datetime, language: str) -> str:
    """Name of the month; its number where the language writes months as numbers."""
    return MONTHS[language].split()[time.month - 1] if language in MONTHS else f"{time.month}月"


def weekday(time: datetime, language: str) -> str:
    """Name of the day of the week."""
    return (
        DAYS[language].split()[time.weekday()]
        if language in DAYS
        else "月火水木金土日"[time.weekday()] + "曜日"
    )


def clock12(time: datetime, *, upper: bool = False) -> str:
    """As in "5:07 pm"."""
    half = "am" if time.hour < 12 else "pm"
    return f"{time.hour % 12 or 12}:{time.minute:02} {half.upper() if upper else half}"


def ordinal(n: int) -> str:
    """As in "3rd"."""
    ending = "th" if n in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th")
    return f"{n}{ending}"


def long_date(time: datetime, language: str) -> str:
    """Day, month by name and year in the order of the language."""
    name, day, year = month(time, language), time.day, time.year
    return {
        "en": f"{name} {day}, {year}",
        "de": f"{day}. {name} {year}",
        "es": f"{day} de {name} de {year}",
        "pt": f"{day} de {name} de {year}",
        "ja": f"{year}年{time.month}月{day}日",
        "zh": f"{year}年{time.month}月{day}日",
        "ko": f"{year}년 {time.month}월 {day}일",
        "ru": f"{day} {name} {year} г.",
    }.get(language, f"{day} {name} {year}")


def long_time(time: datetime, language: str) -> str:
    """Long date with the time of day as the language joins them."""
    date, clock = long_date(time, language), f"{time:%H:%M}"
    return {
        "en": f"{date} at {clock12(time)}",
        "de": f"{date} um {clock} Uhr",
        "fr": f"{date} à {time.hour} h {time.minute:02}",
        "es": f"{date} a las {clock}",
        "pt": f"{date} às {time.hour}h{time.minute:02}",
        "it": f"{date} alle {clock}",
        "nl": f"{date} om {clock}",
        "ru": f"{date}, {clock}",
        "ja": f"{date} {clock}",
        "ar": f"{date}، {clock}",
        "sv": f"{date} kl. {clock}",
        "pl": f"{date}, {clock}",
    }.get(language, f"{date} {clock}")


def ago(time: datetime, now: datetime, language: str, *, short: bool = False, bare: bool = False) -> str:
    """How long ago, in the largest unit that fits; `bare` leaves out the word for "ago"."""
    minutes = max(1, int((now - time).total_seconds() // 60))
    sizes = (1, 60, 1440, 43200)
    unit = max(i for i, size in enumerate(sizes) if minutes >= size)
    n = minutes // sizes[unit]
    phrase, names = AGO[language]
    one, many, brief = names[unit]
    join = "" if language in ("ja", "zh", "ko") else " "
    length = f"{n}{brief}" if short else f"{n}{join}{one if n == 1 else many}"
    return length if bare else phrase.format(length)


def near(time: datetime, now: datetime, language: str, join: str) -> str:
    """Today or yesterday and the time of day; the short date before that."""
    days = (now.date() - time.date()).days
    day = NEAR[language][days] if days < 2 else f"{time:%d.%m.%Y}"
    return f"{day}{join}{time:%H:%M}"


def weeks(time: datetime, now: datetime, language: str) -> str:
    """As in "2w" or "3y", without blanks; "just now" within an hour."""
    hours = int((now - time).total_seconds() // 3600)
    if hours < 1:
        return NEAR[language][2]
    unit, size = next(p for p in (("y", 8760), ("w", 168), ("d", 24), ("h", 1)) if hours >= p[1])
    return f"{hours // size}{unit}"


Format = Callable[[datetime, datetime, str], str]
# Every format takes the time of the post, the time at which the page was looked at, and the language.
FORMATS: dict[str, Format] = {
    "long": lambda t, now, lang: long_time(t, lang),
    "date": lambda t, now, lang: long_date(t, lang),
    "weekday": lambda t, now, lang: f"{weekday(t, lang)}, {long_date(t, lang)} {t:%H:%M}",
    "weekday_short": lambda t, now, lang: (
        f"{weekday(t, lang)[:3]} {month(t, lang)[:3]} {t.day:02}, {t.year} {clock12(t)}"
    ),
    "us": lambda t, now, lang: f"{t.month}/{t.day}/{t:%y}, {clock12(t, upper=True)}",
    "us_dashes": lambda t, now, lang: f"{t:%m-%d-%Y}, {t.hour % 12 or 12:02}:{t.minute:02} {t:%p}",
    "iso": lambda t, now, lang: f"{t:%Y-%m-%d %H:%M}",
    "iso_full": lambda t, now, lang: f"{t:%Y-%m-%dT%H:%M:%S}Z",
    "slashes": lambda t, now, lang: f"{t:%d/%m/%Y %H:%M}",
    "slashes_y": lambda t, now, lang: f"{t:%Y/%m/%d %H:%M}",
    "dots": lambda t, now, lang: f"{t:%d.%m.%Y, %H:%M}",
    "dots_short": lambda t, now, lang: f"{t:%d.%m.%y %H:%M}",
    "clock": lambda t, now, lang: f"{t:%H:%M}",
    "clock_seconds": lambda t, now, lang: f"{t:%H:%M}:{(t.minute * 7) % 60:02}",
    "day_month": lambda t, now, lang: (
        f"{t.month}月{t.day}日" if lang == "ja" else f"{t.day} {month(t, lang)}"
    ),
    "month_day": lambda t, now, lang: f"{month(t, lang)[:3]} {t.day}",
    "rfc": lambda t, now, lang: (
        f"{weekday(t, 'en')[:3]}, {t.day:02} {month(t, 'en')[:3]} {t:%Y %H:%M}:00 +0100"
    ),
    "ordinal": lambda t, now, lang: f"{month(t, 'en')} {ordinal(t.day)}, {t.year}",
    "apostrophe": lambda t, now, lang: f"{month(t, 'en')[:3]} {t.day} '{t:%y} at {t.hour}:{t.minute:02}",
    "board": lambda t, now, lang: f"{t:%m/%d/%y}({weekday(t, 'en')[:3]}){t:%H:%M}:{(t.minute * 11) % 60:02}",
    "board_ja": lambda t, now, lang: (
        f"{t:%Y/%m/%d}({weekday(t, 'ja')[0]}) {t:%H:%M}:{(t.minute * 11) % 60:02}.37"
    ),
    "clock12": lambda t, now, lang: clock12(t, upper=True),
    "utc": lambda t, now, lang: f"{t:%H:%M}, {t.day} {month(t, lang)} {t.year} (UTC)",
    "ago": ago,
    "ago_short": lambda t, now, lang: ago(t, now, lang, short=True),
    "age": lambda t, now, lang: ago(t, now, lang, short=True, bare=True),
    "iso_seconds": lambda t, now, lang: f"{t:%Y-%m-%d %H:%M}:{(t.minute * 7) % 60:02}",
    "iso_offset": lambda t, now, lang: f"{t:%Y-%m-%dT%H:%M}+01:00",
    "iso_date": lambda t, now, lang: f"{t:%Y-%m-%d}",
    "date_slashes": lambda t, now, lang: f"{t.day}/{t.month}/{t.year}",
    "date_us": lambda t, now, lang: f"{t:%m/%d/%Y}",
    "date_dots": lambda t, now, lang: f"{t:%d.%m.%Y}",
    "dots_y": lambda t, now, lang: f"{t.year}. {t.month}. {t.day}. {t:%H:%M}",
    "dashes": lambda t, now, lang: f"{t:%d-%m-%Y %H:%M}",
    "dash_month": lambda t, now, lang: f"{t.day}-{month(t, 'en')[:3]}-{t.year} {t:%H:%M}",
    "short_month": lambda t, now, lang: f"{t.day:02} {month(t, lang)[:3]} {t:%y}, {t:%H:%M}",
    "short_month_year": lambda t, now, lang: f"{month(t, lang)[:3]}. {t.day}, {t.year}",
    "clock_first": lambda t, now, lang: f"{t:%H:%M} {long_date(t, lang)}",
    "clock_first_dash": lambda t, now, lang: f"{t:%H:%M} - {t:%d/%m/%y}",
    "clock_12_first": lambda t, now, lang: f"{clock12(t)} {t.month}/{t.day}/{t:%y}",
    "month_year": lambda t, now, lang: f"{month(t, lang)} {t.year}",
    "month_clock": lambda t, now, lang: f"{t.day} {month(t, lang)}, {t.hour}h{t.minute:02}",
    "weekday_clock": lambda t, now, lang: f"{weekday(t, lang)}, {t:%H:%M}",
    "weekday_board": lambda t, now, lang: (
        f"{weekday(t, lang)[:3]} {month(t, lang)[:3]} {t.day:02}, {t.year} {clock12(t)}"
    ),
    "uhr": lambda t, now, lang: f"{t:%d.%m.%Y} - {t:%H:%M} Uhr",
    "kl": lambda t, now, lang: f"{t.day}. {month(t, lang)} {t.year} kl. {t:%H.%M}",
    "year_ja": lambda t, now, lang: (
        f"{t.year}年{t.month:02}月{t.day:02}日 {t:%H:%M}:{(t.minute * 7) % 60:02}"
    ),
    "day_only": lambda t, now, lang: f"{t:%d.%m.}",
    "slash_short": lambda t, now, lang: f"{t.month}/{t.day} {t:%H:%M}",
    "compact": lambda t, now, lang: f"{t:%Y%m%d %H%M}",
    "near": lambda t, now, lang: near(t, now, lang, ", "),
    "near_plain": lambda t, now, lang: near(t, now, lang, " "),
    "weeks": weeks,
}
