"""Tables, logs and what programs write; no comments."""

from tests.ingest.made_up.times import FORMATS
from tests.ingest.made_up.wide_nothing_draw import CLOCKS, DAYS, Draw, Record, records

LEVELS = ("INFO", "INFO", "DEBUG", "WARN", "ERROR")
VERBS = ("opened", "closed", "retried", "skipped", "flushed", "parsed", "rejected")
NOUNS = ("queue", "cache", "worker", "index", "socket", "ledger", "parser", "beacon")
STAMPS = ("iso_full", "iso_seconds", "rfc", "clock_seconds", "iso_offset")


def timetable(d: Draw) -> list[str]:
    """Stops and times."""
    clock, join = d.clock(CLOCKS[:2], step=30), d.rng.choice(("\t", "  ", " | ", " "))
    size = d.n(2, 7)
    return [
        d.head(15),
        *(join.join([d.any("places"), *(clock() for _ in range(size))]) for _ in range(d.n(5, 16))),
    ]


def fixtures(d: Draw) -> list[str]:
    """Who plays whom, when; or how it ended."""
    tick, ended = d.clock((*DAYS, "weekday", "dots")), d.chance(0.5)

    def one() -> Record:
        score = f"{d.n(0, 5)}{d.rng.choice((':', '–', '-'))}{d.n(0, 5)}" if ended else "–"
        return {
            "date": tick(),
            "match": f"{d.any('places')} {score} {d.any('places')}",
            "place": d.any("places"),
        }

    return [d.head(14), *records(d, one, d.n(4, 18), keep=("match",), plain=True)]


def standings(d: Draw) -> list[str]:
    """A league's table."""
    join, lines = d.rng.choice(("\t", "  ", " | ", "\n")), []
    lines += join.join(d.words["table"]).split("\n")
    for i, place in enumerate(d.rng.sample(d.words["places"], d.n(5, 8)), start=1):
        w, t = d.n(0, 14), d.n(0, 6)
        cells = [str(i), place, "24", str(w), str(t), str(max(0, 24 - w - t)), str(3 * w + t)]
        lines += join.join(cells).split("\n")
    return lines


def ranking(d: Draw) -> list[str]:
    """People by points or times."""
    place = iter(range(1, 200))

    def one() -> Record:
        time = f"{d.n(0, 3)}:{d.n(0, 59):02}:{d.n(0, 59):02}"
        return {"place": str(next(place)), "name": d.name(), "club": d.any("places"), "time": time}

    return [d.head(14), *records(d, one, d.n(6, 24), keep=("name", "time"), plain=True)]


def weather(d: Draw) -> list[str]:
    """Days or places, skies and degrees."""
    tick = d.clock(("day_month", "weekday_clock", "clock", "date"))

    def one() -> Record:
        low = d.n(-9, 20)
        return {
            "when": tick(),
            "place": d.any("places"),
            "sky": d.any("sky"),
            "degrees": f"{low}° / {low + d.n(1, 9)}°",
        }

    return [d.head(13), *records(d, one, d.n(4, 14), keep=("sky", "degrees"), plain=True)]


def play_by_play(d: Draw) -> list[str]:
    """What happens in a match, minute by minute."""
    form, minute = d.rng.choice(("{m}'", "{m}’", "{m}.", "{m} min", "[{m}]", "{m}:{s:02}")), 0
    join, lines = d.rng.choice((" ", "\n", "\t", " - ", ": ")), []
    for _ in range(d.n(8, 26)):
        minute += d.n(1, 5)
        who = d.name() if d.chance(0.7) else d.any("places")
        text = d.any("match", x=who)
        more = f" {d.sentence()}" if d.chance(0.5) else ""
        lines += f"{form.format(m=minute, s=d.n(0, 59))}{join}{text}{more}".split("\n")
    return lines[::-1] if d.chance(0.3) and join != "\n" else lines


def changelog(d: Draw) -> list[str]:
    """Versions, days, what changed."""
    tick, lines, minor = d.clock(("iso_date", "date")), [], d.n(5, 30)
    head = d.rng.choice(("## [{v}] - {d}", "v{v} ({d})", "{v}\n{d}", "Version {v}", "{v} / {d}"))
    for _ in range(d.n(3, 9)):
        minor -= 1
        lines += head.format(v=f"1.{max(0, minor)}.{d.n(0, 9)}", d=tick()).split("\n")
        lines += [f"{d.rng.choice(('- ', '* ', '- '))}{_change(d)}" for _ in range(d.n(1, 5))] + [""]
    return lines


def _change(d: Draw) -> str:
    verb = d.rng.choice(("Fix", "Add", "Remove", "Speed up", "Rename", "Document"))
    return f"{verb} {d.rng.choice(NOUNS)} {d.rng.choice(NOUNS)}{d.rng.choice(('', f' (#{d.n(2, 999)})'))}"


def commits(d: Draw) -> list[str]:
    """What a repository's history shows, in one of its forms."""
    tick, people = d.clock(("rfc", "iso", "ago", "iso_full")), [d.nick() for _ in range(d.n(1, 4))]
    long = d.chance(0.4)
    lines: list[str] = []
    for _ in range(d.n(4, 14)):
        code, who, when, what = f"{d.rng.randrange(16**10):010x}", d.rng.choice(people), tick(), _change(d)
        if long:
            lines += [
                f"commit {code}",
                f"Author: {who} <{who.split()[0].lower()}@folio.example>",
                f"Date:   {when}",
            ]
            lines += ["", f"    {what}", ""]
        else:
            lines += d.rng.choice(
                (f"{code[:7]} {what}", f"{what}\n{who} committed {when}\n{code[:7]}")
            ).split("\n")
    return lines


def log(d: Draw) -> list[str]:
    """What a program writes while it runs."""
    tick = d.clock(STAMPS, step=2)
    form = d.rng.choice(
        ("{t} {l} {n}: {v} in {k} ms", "[{t}] [{l}] {n} {v} {k}", "{l}\t{t}\t{n}\t{v}", "{t} {n}[{k}]: {v}")
    )

    def line() -> str:
        level, noun, verb = d.rng.choice(LEVELS), d.rng.choice(NOUNS), d.rng.choice(VERBS)
        return form.format(t=tick(), l=level, n=noun, v=verb, k=d.n(1, 999))

    return [line() for _ in range(d.n(10, 40))]


def source_code(d: Draw) -> list[str]:
    """A program's functions."""
    lines = d.rng.choice((["import time", ""], ["#include <stdio.h>", ""], ["'use strict';", ""], []))[:]
    style = d.rng.choice(("py", "c", "js"))
    for _ in range(d.n(2, 8)):
        a, b = d.rng.sample(NOUNS, 2)
        verb, k = d.rng.choice(VERBS), d.n(1, 99)
        body = {
            "py": [
                f"def {verb}_{a}({b}):",
                f"    # {d.title()}",
                f"    if {b} > {k}:",
                f"        return {b} - {k}",
                "    return None",
            ],
            "c": [f"int {verb}_{a}(int {b}) {{", f"\t/* {d.title()} */", f"\treturn {b} * {k};", "}"],
            "js": [
                f"function {verb}{a}({b}) {{",
                f"  // @{a}: {d.title()}",
                f"  return {b}.map(x => x + {k});",
                "}",
            ],
        }[style]
        lines += [*body, ""]
    return lines


def readme(d: Draw) -> list[str]:
    """What a project tells of itself."""
    name, lines = d.rng.choice(NOUNS), []
    lines += [f"# {name}", d.prose(1, 2)]
    for head in d.rng.sample(("Install", "Usage", "Options", "License", "Contributing", "Status"), d.n(2, 5)):
        lines += ["", f"## {head}"]
        lines += [f"    $ {name} --{d.rng.choice(NOUNS)} {d.n(1, 9)}"] if d.chance(0.5) else [d.prose(1, 3)]
        lines += [f"- `--{d.rng.choice(NOUNS)}`: {d.sentence()}" for _ in range(d.n(0, 4))]
    return lines


def values(d: Draw) -> list[str]:
    """Comma-separated values that nobody said."""
    join, tick = d.rng.choice((",", ";", "\t")), d.clock(("iso_date", "iso", "date_dots"))

    def row() -> str:
        return join.join((tick(), d.any("places"), d.any("things"), d.pick("given"), str(d.n(1, 90))))

    return [join.join(("date", "place", "item", "who", "pieces")), *(row() for _ in range(d.n(6, 30)))]


def files(d: Draw) -> list[str]:
    """A folder as a shell or a site lists it."""
    key, user = d.rng.choice(("iso", "month_day", "dash_month", "ago")), d.rng.choice(NOUNS)
    form = d.rng.choice(("-rw-r--r-- 1 {u} staff {k:6} {t} {f}", "{f}\t{t}\t{k}", "{f}\n{t}\n{k} KB"))
    lines = []
    for _ in range(d.n(5, 18)):
        name = f"{d.rng.choice(NOUNS)}_{d.n(1, 99)}.{d.rng.choice(('txt', 'png', 'csv'))}"
        time = FORMATS[key](d.now, d.now, "en") if d.chance(0.2) else d.clock((key,))()
        lines += form.format(u=user, k=d.n(9, 99999), t=time, f=name).split("\n")
    return lines


def orders(d: Draw) -> list[str]:
    """What somebody bought, and where it is now."""
    tick = d.clock((*DAYS, "iso", "dots"))

    def one() -> Record:
        number = f"#{d.n(10000, 9999999)}"
        return {
            "order": number,
            "date": tick(),
            "item": d.any("things"),
            "price": d.price(),
            "state": d.any("buy"),
        }

    return records(d, one, d.n(3, 14), keep=("order",))


KINDS = (
    *(timetable, fixtures, standings, ranking, weather, play_by_play, changelog, commits, log, source_code),
    *(readme, values, files, orders),
)
