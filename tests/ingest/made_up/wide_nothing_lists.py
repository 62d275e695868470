"""Lists of things, of people and of what is on; no comments."""

from tests.ingest.made_up.wide_nothing_draw import CLOCKS, DAYS, Draw, Record, records

SIZES = ("", "XL", "Classic", "2.0", "No. 5", "30 cm")
STARS = ("★★★★☆", "★★★★★", "4.2", "3,8 / 5", "★ 4.7")
HOURS = ("9–17", "10:00 - 18:00", "9 am – 5 pm", "24 h")


def forum_index(d: Draw) -> list[str]:
    """Topics, who began them, who wrote last; nothing of what they wrote."""
    tick, size = d.clock(), d.n(5, 22)

    def one() -> Record:
        return {
            "topic": d.title() if d.chance(0.6) else d.any("questions"),
            "author": d.word("started", x=d.nick()),
            "started": tick(),
            "replies": d.word("nreplies", x=str(d.n(0, 900))),
            "views": d.word("nviews", x=f"{d.n(3, 90000):,}"),
            "last": d.word("last", x=d.nick()),
            "time": tick(),
        }

    head = [d.label("forum"), d.label("search"), d.label("page")]
    return head[: d.n(0, 3)] + records(d, one, size, keep=("topic",), plain=d.chance(0.7))


def search_results(d: Draw) -> list[str]:
    """Titles, addresses, dates and snippets."""
    tick = d.clock(DAYS)
    return [
        d.any("nresults", x=f"{d.n(11, 99000):,}"),
        *records(
            d,
            lambda: {"title": d.title(), "address": d.address(), "date": tick(), "text": d.clipped()},
            d.n(4, 14),
            keep=("title", "text"),
        ),
    ]


def products(d: Draw) -> list[str]:
    """What a shop sells."""
    total = d.n(5, 24)

    def one() -> Record:
        return {
            "name": f"{d.any('things')} {d.rng.choice(SIZES)}".strip(),
            "price": d.price(),
            "stars": f"{d.rng.choice(STARS)} ({d.n(1, 900)})",
            "about": d.sentence() if d.chance(0.5) else "",
            "buy": d.word("buy"),
        }

    return [d.any("nresults", x=str(total)), *records(d, one, total, keep=("name", "price"))]


def staff(d: Draw) -> list[str]:
    """Who works where, and their phones."""

    def one() -> Record:
        return {
            "name": d.name(),
            "role": d.any("roles"),
            "phone": d.word("phone", x=f"{d.n(10, 99)} {d.n(1000, 99999)}"),
            "room": d.word("room", x=str(d.n(1, 400))),
            "email": f"desk{d.n(1, 99)}@folio.example",
            "about": d.prose(1, 2) if d.chance(0.5) else "",
        }

    return [d.head(2), *records(d, one, d.n(4, 18), keep=("name",))]


def events(d: Draw) -> list[str]:
    """What is on: day, title, place, speaker, price."""
    tick = d.clock(("weekday", "long", "date", "dots", "iso", "uhr"), step=3000)

    def one() -> Record:
        return {
            "date": tick(),
            "title": d.title(),
            "who": d.name(),
            "place": d.any("places"),
            "price": d.price(),
            "about": d.prose(1, 2) if d.chance(0.6) else "",
        }

    return [d.head(3), *records(d, one, d.n(3, 14), keep=("date", "title"))]


def tv_guide(d: Draw) -> list[str]:
    """Times of the day and titles."""
    tick = d.clock(CLOCKS[:4], step=90)
    return [
        d.head(5),
        *records(
            d,
            lambda: {"time": tick(), "title": d.title(), "about": d.clipped() if d.chance(0.5) else ""},
            d.n(6, 24),
            keep=("time", "title"),
            plain=True,
        ),
    ]


def inbox(d: Draw) -> list[str]:
    """Senders, subjects and the first words of mails."""
    tick = d.clock(("clock", "month_day", "near", "iso", "date_slashes", "ago_short"))

    def one() -> Record:
        return {"from": d.name(), "subject": d.title(), "text": d.clipped(), "time": tick()}

    return [
        f"{d.head(6)} ({d.n(1, 900)})",
        *records(d, one, d.n(5, 20), keep=("from", "subject"), plain=True),
    ]


def bibliography(d: Draw) -> list[str]:
    """Books and papers."""
    form = d.rng.choice(
        (
            "{a} ({y}). {t}. {p}, {n}.",
            "{a}, “{t}”, {p} {y}, p. {n}",
            "{a}: {t}. {p} {y}.",
            "{a}; {b}. {t}. {p}; {y}:{n}–{m}",
        )
    )
    mark = d.rng.choice(("", "[{i}] ", "{i}. ", "- "))
    lines = [d.head(7)]
    for i in range(1, d.n(5, 20)):
        slots = {
            "a": d.name(),
            "b": d.name(),
            "t": d.title(),
            "p": d.any("places"),
            "y": str(d.n(1890, 2024)),
        }
        page = d.n(2, 300)
        lines.append(mark.format(i=i) + form.format(**slots, n=page, m=page + d.n(1, 30)))
    return lines


def menu(d: Draw) -> list[str]:
    """Dishes and prices."""

    def one() -> Record:
        more = ", ".join(d.rng.sample(d.words["food"], d.n(2, 4)))
        return {"dish": d.any("dishes"), "about": more, "price": d.price()}

    return [d.head(8), *records(d, one, d.n(5, 16), keep=("dish", "price"), plain=True)]


def jobs(d: Draw) -> list[str]:
    """Posts to be filled, by whom, until when."""
    tick = d.clock(DAYS)

    def one() -> Record:
        return {
            "title": d.any("roles"),
            "company": f"{d.pick('family')} {d.rng.choice(('GmbH', 'Ltd', '& Co', 'SA', 'AG'))}",
            "place": d.any("places"),
            "terms": d.any("apply", x=tick()),
            "posted": d.clock(("ago", "ago_short", "date"))(),
            "text": d.clipped() if d.chance(0.7) else "",
        }

    return [d.head(10), *records(d, one, d.n(3, 14), keep=("title", "company"))]


def videos(d: Draw) -> list[str]:
    """Title, channel, views, age."""
    tick = d.clock(("ago", "ago", "ago_short", "weeks", "date"), step=20000)

    def one() -> Record:
        return {
            "length": f"{d.n(0, 59)}:{d.n(0, 59):02}",
            "title": d.title(),
            "channel": d.nick(),
            "views": d.word("nviews", x=f"{d.n(1, 900)}{d.rng.choice(('', 'K', ' Tsd.', 'M', ',112'))}"),
            "age": tick(),
            "text": d.clipped() if d.chance(0.4) else "",
        }

    return [d.head(11), *records(d, one, d.n(5, 20), keep=("title", "channel"))]


def playlist(d: Draw) -> list[str]:
    """Songs, who plays them, how long."""

    def one() -> Record:
        return {
            "song": d.title(),
            "artist": d.nick(),
            "album": d.any("things"),
            "length": f"{d.n(1, 9)}:{d.n(0, 59):02}",
        }

    return [d.head(12), *records(d, one, d.n(6, 24), keep=("song", "artist"), plain=True)]


def episodes(d: Draw) -> list[str]:
    """A podcast's list: title, day, length, what it is about."""
    tick, host, last = d.clock((*DAYS, "ago"), step=20000), d.name(), d.n(20, 300)
    number = iter(range(last, 0, -1))

    def one() -> Record:
        return {
            "number": f"#{next(number)}",
            "title": d.title(),
            "host": host,
            "date": tick(),
            "length": d.rng.choice((f"{d.n(8, 95)} min", f"{d.n(0, 2)}:{d.n(0, 59):02}:{d.n(0, 59):02}")),
            "text": d.prose(1, 3),
        }

    return [d.head(18), *records(d, one, d.n(3, 12), keep=("title",))]


def court(d: Draw) -> list[str]:
    """Cases of a day: time, number, parties, room."""
    tick = d.clock(CLOCKS[:2], step=40)

    def one() -> Record:
        return {
            "time": tick(),
            "case": f"{d.n(1, 90)} C {d.n(10, 999)}/{d.n(10, 24)}",
            "parties": f"{d.pick('family')} ./. {d.pick('family')}",
            "room": d.word("room", x=str(d.n(1, 40))),
            "judge": d.name(),
        }

    return records(d, one, d.n(4, 14), keep=("time", "parties"), plain=True)


def opening_hours(d: Draw) -> list[str]:
    """Places, where they are, when they open."""

    def one() -> Record:
        street = f"{d.any('places')} {d.n(1, 120)}"
        phone = d.word("phone", x=str(d.n(10000, 99999)))
        return {"place": d.any("s"), "street": street, "hours": d.rng.choice(HOURS), "phone": phone}

    return records(d, one, d.n(3, 12), keep=("place",))


def profiles(d: Draw) -> list[str]:
    """Members of a site: name, since when, from where; they say nothing."""
    tick = d.clock(("month_year", "iso_date", "ago", "date"))

    def one() -> Record:
        return {
            "name": d.nick(),
            "since": tick(),
            "place": d.any("places"),
            "posts": d.word("nreplies", x=str(d.n(0, 9000))),
            "rank": d.label("rank1"),
        }

    return [d.label("online"), *records(d, one, d.n(5, 20), keep=("name",))]


KINDS = (
    *(forum_index, search_results, products, staff, events, tv_guide, inbox, bibliography, menu, jobs),
    *(videos, playlist, episodes, court, opening_hours, profiles),
)
