"""Newspapers, blogs and what stands on their pages; no comments."""

from tests.ingest.made_up.wide_nothing_draw import RULES, Draw, Record, records


def _paragraphs(d: Draw, low: int, high: int) -> list[str]:
    gap = [""] if d.chance(0.6) else []
    return [x for _ in range(d.n(low, high)) for x in (d.prose(), *gap)]


def article(d: Draw) -> list[str]:
    """Headline, byline, date, paragraphs, pictures with credits, sub-headings."""
    tick = d.clock()
    about = [d.word("by", x=d.name()), d.word("published", x=tick()), d.word("minutes", x=str(d.n(2, 14)))]
    about = [line for line in about if d.chance(0.75)]
    if d.chance(0.3):
        about = [d.rng.choice((" · ", " | ", ", ")).join(about)]
    lines = [d.title(), *([d.prose(1, 1)] if d.chance(0.5) else []), *about]
    lines += d.buttons(4) if d.chance(0.4) else []
    for _ in range(d.n(1, 5)):
        lines += [d.title()] if d.chance(0.35) else []
        lines += _paragraphs(d, 1, 4)
        if d.chance(0.25):
            lines += [d.prose(1, 1), d.word("photo", x=d.name())]
        if d.chance(0.15):
            lines += [f"“{d.spoken()}”", f"– {d.name()}, {d.any('roles')}"]
    return lines


def stated_comments(d: Draw) -> list[str]:
    """An article that tells how many comments it has and shows none of them."""
    count = d.label("count")
    lines = article(d)
    at = d.rng.choice((0, 1, len(lines)))
    return [*lines[:at], count, *lines[at:], *([d.label("load")] if d.chance(0.3) else [])]


def empty_form(d: Draw) -> list[str]:
    """An article and the place for comments, in which nobody has written."""
    lines = article(d) if d.chance(0.7) else []
    keys = ("heading", "leave", "write", "login", "sort", "name", "email", "text_key", "send", "rules")
    chosen = [d.label(key) for key in keys if d.chance(0.5)]
    said = [d.any("none")] if d.chance(0.75) else []
    return [*lines, "", *chosen[:1], *said, *chosen[1:], *([d.label("closed")] if d.chance(0.2) else [])]


def _teaser(d: Draw) -> Record:
    return {
        "title": d.title(),
        "author": d.word("by", x=d.name()),
        "date": "",
        "section": d.any("sections"),
        "text": d.clipped(),
        "more": d.label("more"),
        "comments": d.label("count"),
    }


def front(d: Draw) -> list[str]:
    """The front of a section, or the index of a blog."""
    tick, writer = d.clock(), d.name()
    alone, lines = d.chance(0.3), [d.any("sections")]
    return lines + records(
        d,
        lambda: _teaser(d) | {"date": tick()} | ({"author": d.word("by", x=writer)} if alone else {}),
        d.n(4, 18),
        keep=("title",),
    )


def most_read(d: Draw) -> list[str]:
    """Boxes of headlines."""
    tick, lines = d.clock(), []
    for key in d.rng.sample(("most_read", "related", "newsletter"), d.n(1, 3)):
        lines += [d.label(key)]
        lines += records(d, lambda: {"title": d.title(), "date": tick()}, d.n(3, 8), keep=("title",))
    return lines


def newsletter(d: Draw) -> list[str]:
    """One letter to all who subscribe, in parts."""
    lines = [d.title(), d.clock(("date", "iso_date", "month_year"))(), d.any("letter", x=d.pick("given"))]
    for _ in range(d.n(2, 6)):
        lines += ["", d.title(), *_paragraphs(d, 1, 2), *([d.label("more")] if d.chance(0.6) else [])]
    return [*lines, d.any("regards"), d.name()]


def ticker(d: Draw) -> list[str]:
    """A live ticker: times and paragraphs, by nobody in particular."""
    tick = d.clock(("clock", "clock", "clock12", "ago", "near", "weekday_clock"), step=25)
    lines = [d.head(4), d.title()]
    return lines + records(
        d,
        lambda: {"time": tick(), "head": d.title() if d.chance(0.4) else "", "text": d.prose(1, 3)},
        d.n(6, 24),
        keep=("time", "text"),
    )


def gallery(d: Draw) -> list[str]:
    """Captions and who took the pictures."""
    total = d.n(4, 16)
    place = iter(range(1, total + 2))
    return [
        d.head(9),
        *records(
            d,
            lambda: {
                "number": f"{next(place)} / {total}",
                "caption": d.prose(1, 2),
                "credit": d.word("photo", x=d.name()),
            },
            total,
            keep=("caption",),
        ),
    ]


def obituaries(d: Draw) -> list[str]:
    """Who died, when, how old, and some words."""
    tick = d.clock(("date", "date_dots", "date_slashes", "day_month"))

    def one() -> Record:
        name = d.name()
        notice = d.any("died", x=name, y=tick(), n=str(d.n(40, 101)))
        return {"name": name, "notice": notice, "text": d.prose(1, 2)}

    return [d.head(17), *records(d, one, d.n(3, 10), keep=("name", "notice"))]


def diary(d: Draw) -> list[str]:
    """One person's entries under their dates."""
    tick, lines = d.clock(("date", "weekday", "long", "iso", "day_month", "date_dots"), step=4000), []
    rule = d.rng.choice(RULES)
    for _ in range(d.n(3, 12)):
        lines += [tick(), *([d.title()] if d.chance(0.3) else []), *_paragraphs(d, 1, 3)]
        lines += [rule] if d.chance(0.6) else []
    return [d.head(16), d.word("by", x=d.name()), *lines]


def blog(d: Draw) -> list[str]:
    """Whole entries of one person, signed each time, with buttons and numbers of comments."""
    tick, writer = d.clock(), d.nick()
    return records(
        d,
        lambda: {
            "title": d.title(),
            "author": d.word("by", x=writer),
            "date": tick(),
            "text": "\n".join(d.prose() for _ in range(d.n(1, 4))),
            "comments": d.rng.choice((d.label("count"), d.any("none"))),
        },
        d.n(2, 8),
        keep=("title", "text"),
    )


def wiki(d: Draw) -> list[str]:
    """An entry with headings, notes and links."""
    edit, lines = d.words["wiki"][0] if d.chance(0.6) else "", [d.any("things")]
    heads = [*d.words["wiki"][1:], d.title(), d.title(), d.any("places")]
    lines += _paragraphs(d, 1, 2)
    for head in d.rng.sample(heads, d.n(2, 6)):
        lines += [head + edit]
        if d.chance(0.3):
            lines += [f"{d.any('things')} – {d.sentence()}" for _ in range(d.n(2, 6))]
        else:
            lines += [f"{d.prose()}{d.rng.choice(('', '[1]', f'[{d.n(2, 30)}]'))}" for _ in range(d.n(1, 3))]
    return lines


KINDS = (
    *(article, stated_comments, empty_form, front, most_read, newsletter, ticker, gallery, obituaries),
    *(diary, blog, wiki),
)
