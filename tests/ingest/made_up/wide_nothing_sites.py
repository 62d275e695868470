"""What sites list of their people and of what they did, and more that recurs; no comments."""

from datetime import timedelta

from tests.ingest.made_up.wide_nothing_draw import DAYS, Draw, Record, records

STATES = ("open", "closed", "merged", "draft", "stale")
TAGS = ("bug", "docs", "question", "help wanted", "v2", "ui")


def history(d: Draw) -> list[str]:
    """Who changed an entry, when, by how much, and the summary of the change."""
    tick, people = (
        d.clock(("utc", "iso", "clock_first", "dots", "long")),
        [d.nick() for _ in range(d.n(2, 7))],
    )
    talk = d.label("talk")
    form = d.rng.choice(
        (
            "(cur | prev) {t} {w} ({k} | contribs) . . ({s}) ({x})",
            "{t} {w} ({k}) {s} ({x})",
            "{t} · {w} · {s}\n{x}",
            "• {t}‎ {w} {s} bytes",
            "{w}\n{t}\n{x}",
        )
    )
    lines = [d.any("things"), d.words["wiki"][1]]
    for _ in range(d.n(5, 20)):
        size = f"{d.rng.choice('+−')}{d.n(1, 900)}"
        who = d.rng.choice(people)
        lines += form.format(t=tick(), w=who, k=talk, s=size, x=d.opening()).split("\n")
    return lines


def notices(d: Draw) -> list[str]:
    """What a site tells one of its members of the others."""
    tick = d.clock(("ago", "ago_short", "near", "weeks", "age"))

    def one() -> Record:
        return {"what": d.any("notes", x=d.nick(), y=d.title()), "time": tick()}

    return records(d, one, d.n(5, 18), keep=("what",), plain=d.chance(0.8))


def issue_list(d: Draw) -> list[str]:
    """Reports of a project: title, number, by whom opened, how much was said."""
    tick, number = d.clock(("ago", "month_day", "iso_date", "date")), d.n(400, 4000)

    def one() -> Record:
        tag = d.rng.choice(TAGS) if d.chance(0.5) else ""
        return {
            "title": d.title(),
            "tag": tag,
            "opened": f"#{number - d.n(0, 390)} opened {tick()} by {d.nick()}",
            "state": d.rng.choice(STATES),
            "comments": str(d.n(0, 60)),
        }

    return [
        f"{d.n(2, 90)} Open",
        f"{d.n(90, 900)} Closed",
        *records(d, one, d.n(5, 18), keep=("title", "opened")),
    ]


def signatures(d: Draw) -> list[str]:
    """Who signed a petition, where, when; without a word."""
    tick = d.clock(("ago", "date", "iso", "date_slashes"))

    def one() -> Record:
        return {"name": d.name(), "place": d.any("places"), "time": tick()}

    return [d.title(), d.prose(1, 3), *records(d, one, d.n(6, 26), keep=("name",), plain=d.chance(0.8))]


def donors(d: Draw) -> list[str]:
    """Who gave how much, when."""
    tick = d.clock(("ago", "date", "near"))

    def one() -> Record:
        return {"name": d.nick(), "amount": d.price(), "time": tick()}

    return records(d, one, d.n(5, 22), keep=("name", "amount"), plain=d.chance(0.7))


def subtitles(d: Draw) -> list[str]:
    """What is said in a film, by the second."""
    at, form = timedelta(seconds=d.n(1, 900)), d.rng.choice(("srt", "plain", "line"))
    lines: list[str] = []
    for i in range(1, d.n(8, 30)):
        end = at + timedelta(seconds=d.n(1, 6))
        times = f"0{at},{d.n(100, 999)} --> 0{end},{d.n(100, 999)}"
        said = d.opening() if d.chance(0.5) else d.spoken()
        lines += {"srt": [str(i), times, said, ""], "plain": [str(at), said], "line": [f"{at} {said}"]}[form]
        at = end + timedelta(seconds=d.n(0, 9))
    return lines


def quiz(d: Draw) -> list[str]:
    """Questions with what may be ticked."""
    mark, lines = d.rng.choice(("{k}) ", "○ ", "[ ] ", "{k}. ")), [d.title()]
    for i in range(1, d.n(4, 10)):
        lines.append(f"{i}. {d.any('questions')}")
        lines += [mark.format(k="abcd"[k]) + d.title() for k in range(d.n(2, 4))]
    return lines


def horoscope(d: Draw) -> list[str]:
    """Signs, days and what is in store."""
    tick = d.clock(("day_month", "day_only", "month_day"), step=40000)
    signs = iter(d.words["signs"] * 2)

    def one() -> Record:
        return {"sign": next(signs), "days": f"{tick()} – {tick()}", "text": d.prose(1, 3)}

    return [d.clock(("date", "weekday"))(), *records(d, one, d.n(6, 12), keep=("sign", "text"))]


def flats(d: Draw) -> list[str]:
    """What is to let: size, place, price, since when."""
    tick = d.clock(("ago", "near", *DAYS))

    def one() -> Record:
        return {
            "title": d.title(),
            "rooms": d.any("rooms", n=str(d.n(1, 6)), m=str(d.n(18, 190))),
            "place": d.any("places"),
            "price": d.price(),
            "who": d.name(),
            "posted": tick(),
            "text": d.clipped() if d.chance(0.6) else "",
        }

    return [d.any("nresults", x=str(d.n(3, 900))), *records(d, one, d.n(3, 14), keep=("rooms", "price"))]


def cast(d: Draw) -> list[str]:
    """Who plays whom, and who did the rest."""
    join = d.rng.choice((" .... ", " – ", "\t", ": ", " as ", "\n", " ... "))
    lines = [d.title()]
    for _ in range(d.n(5, 20)):
        part = d.pick("given") if d.chance(0.6) else d.any("roles")
        lines += f"{d.name()}{join}{part}".split("\n")
    return lines


def authors(d: Draw) -> list[str]:
    """Those who write for a paper: name, what for, and a paragraph about each."""

    def one() -> Record:
        return {
            "name": d.name(),
            "section": d.any("sections"),
            "about": d.prose(1, 3),
            "more": d.word("nresults", x=str(d.n(2, 400))),
        }

    return [d.head(2), *records(d, one, d.n(3, 14), keep=("name", "section", "about"), plain=d.chance(0.9))]


def quotes_of_the_day(d: Draw) -> list[str]:
    """What an article's people said, set off from it: one sentence each, by whom."""
    mark = d.rng.choice(("“{}”", "„{}“", "« {} »", "「{}」", '"{}"'))
    lines: list[str] = []
    for _ in range(d.n(2, 5)):
        lines += [d.prose(2, 3), mark.format(d.sentence()), f"{d.name()}, {d.any('roles')}", d.prose(2, 4)]
    return [d.title(), d.word("by", x=d.name()), *lines]


KINDS = (
    *(history, notices, issue_list, signatures, donors, subtitles, quiz, horoscope, flats, cast, authors),
    quotes_of_the_day,
)
