"""How pages write times, in many countries."""

from collections.abc import Callable
from datetime import datetime

MONTHS = {
    "en": "January February March April May June July August September October November December",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "ar": "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
}
DAYS = {
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
    "de": "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag",
    "fr": "lundi mardi mercredi jeudi vendredi samedi dimanche",
    "es": "lunes martes miércoles jueves viernes sábado domingo",
    "pt": "segunda-feira terça-feira quarta-feira quinta-feira sexta-feira sábado domingo",
    "it": "lunedì martedì mercoledì giovedì venerdì sabato domenica",
    "nl": "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag",
    "ru": "понедельник вторник среда четверг пятница суббота воскресенье",
    "ar": "الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد",
}
# one, many, short form for minute, hour, day, month; then the phrase around them
AGO: dict[str, tuple[str, list[tuple[str, str, str]]]] = {
    "en": (
        "{} ago",
        [("minute", "minutes", "m"), ("hour", "hours", "h"), ("day", "days", "d"), ("month", "months", "mo")],
    ),
    "de": (
        "vor {}",
        [
            ("Minute", "Minuten", " Min."),
            ("Stunde", "Stunden", " Std."),
            ("Tag", "Tagen", " T."),
            ("Monat", "Monaten", " Mon."),
        ],
    ),
    "fr": (
        "il y a {}",
        [
            ("minute", "minutes", " min"),
            ("heure", "heures", " h"),
            ("jour", "jours", " j"),
            ("mois", "mois", " mois"),
        ],
    ),
    "es": (
        "hace {}",
        [
            ("minuto", "minutos", " min"),
            ("hora", "horas", " h"),
            ("día", "días", " d"),
            ("mes", "meses", " meses"),
        ],
    ),
    "pt": (
        "há {}",
        [
            ("minuto", "minutos", " min"),
            ("hora", "horas", " h"),
            ("dia", "dias", " d"),
            ("mês", "meses", " m"),
        ],
    ),
    "it": (
        "{} fa",
        [
            ("minuto", "minuti", " min"),
            ("ora", "ore", " h"),
            ("giorno", "giorni", " g"),
            ("mese", "mesi", " mesi"),
        ],
    ),
    "nl": (
        "{} geleden",
        [
            ("minuut", "minuten", " min."),
            ("uur", "uur", " u."),
            ("dag", "dagen", " d."),
            ("maand", "maanden", " mnd."),
        ],
    ),
    "ru": (
        "{} назад",
        [
            ("минуту", "минут", " мин."),
            ("час", "часов", " ч."),
            ("день", "дней", " дн."),
            ("месяц", "месяцев", " мес."),
        ],
    ),
    "ar": (
        "منذ {}",
        [("دقيقة", "دقائق", " د"), ("ساعة", "ساعات", " س"), ("يوم", "أيام", " ي"), ("شهر", "أشهر", " ش")],
    ),
    "ja": (
        "{}前",
        [("分", "分", "分"), ("時間", "時間", "時間"), ("日", "日", "日"), ("か月", "か月", "か月")],
    ),
}


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
    }[language]


def ago(time: datetime, now: datetime, language: str, *, short: bool = False, bare: bool = False) -> str:
    """How long ago, in the largest unit that fits; `bare` leaves out the word for "ago"."""
    minutes = max(1, int((now - time).total_seconds() // 60))
    sizes = (1, 60, 1440, 43200)
    unit = max(i for i, size in enumerate(sizes) if minutes >= size)
    n = minutes // sizes[unit]
    phrase, names = AGO[language]
    one, many, brief = names[unit]
    join = "" if language == "ja" else " "
    length = f"{n}{brief}" if short else f"{n}{join}{one if n == 1 else many}"
    return length if bare else phrase.format(length)


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
}
