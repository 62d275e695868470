"""Layouts drawn at random from parts: as many as wanted, each one such that a person could split the page."""

import random

from tests.ingest.made_up.page import Layout
from tests.ingest.made_up.words import LANGUAGES

TIMES = (
    "long",
    "long",
    "date",
    "weekday",
    "weekday_short",
    "us",
    "us_dashes",
    "iso",
    "slashes",
    "slashes_y",
    "dots",
    "dots_short",
    "day_month",
    "rfc",
)
AGES = ("ago", "ago", "ago_short", "age")
JOINS = (" • ", " · ", " | ", ", ", " - ", "  ", " – ", "\t", " / ", " ⋅ ")
EXTRAS = (
    "[[JOIN{badge}]]",
    "[[JOIN{@points}]]",
    "[[JOIN{location}]]",
    "JOIN#{number}",
    "[[JOIN{if_edited}{@edited}]]",
)
BUTTONS = (
    "{@reply}",
    "{@like}",
    "{@share}",
    "{@report}",
    "{@quote}",
    "{@link}",
    "{@recommend}",
    "{@follow}",
)
VOTES = ("{votes}", "👍 {votes}", "{@like} ({votes})", "▲ {votes} ▼", "+{votes}", "{@points}")
RULES = ("-----", "* * *", "________________", "=" * 30, "~", "• • •")
HEADS: tuple[tuple[str, ...], ...] = (
    (),
    ("{@count}",),
    ("{title}",),
    ("{title}", "{@count}"),
    ("{article}", "{@heading}"),
    ("{title}", "{article}", "{@count_paren}"),
    ("{title}", "", "{article}", "", "{@count_title}", ""),
    ("{@heading}", "{@sort}"),
    ("{@count}", "{@sort}", "{@write}", "{@login}"),
    ("{@login}", "{@heading} {n}"),
    ("{title}", "{@page}"),
)
FEET: tuple[tuple[str, ...], ...] = (
    (),
    (),
    ("{@load}",),
    ("{@terms}",),
    ("{@page}", "{@login}"),
    ("{@leave}", "{@name}", "{@email}", "{@send}"),
    ("{@related}", "{title}", "{@terms}"),
)
Lines = tuple[str, ...]


def _answered(rng: random.Random) -> str:
    """How a header line of its own says who is answered."""
    return rng.choice(
        ("{@in_reply}", "{addressee}", "@{addressee}", "↪ {addressee}", "{@in_reply_number}", "> {addressee}")
    )


def _one_line(rng: random.Random, time: str) -> Lines:
    """Name, time and more in one line."""
    join = rng.choice(JOINS)
    answered = rng.choice(
        ("", "", "[[ → {addressee}]]", "[[ ▸ {addressee}]]", "[[ > {addressee}]]", "[[ @{addressee}]]")
    )
    more = "".join(rng.sample(EXTRAS, rng.choice((0, 0, 1, 1, 2)))).replace("JOIN", join)
    shape = rng.choice(
        (
            "{author}AJOINTMORE",
            "{author}AJOINTMORE",
            "{author}A (T)MORE",
            "{author}A [T]MORE",
            "TJOIN{author}AMORE",
        )
    )
    if rng.random() < 0.06:
        shape, answered = "{author}T", ""
    return (
        shape.replace("MORE", more).replace("JOIN", join).replace("A", answered, 1).replace("T", time, 1),
    )


def _two_lines(rng: random.Random, time: str) -> Lines:
    """A name, then a line with the time."""
    join = rng.choice(JOINS)
    more = "".join(rng.sample(EXTRAS, rng.choice((0, 1, 1, 2)))).replace("JOIN", join)
    badge = "[[ {badge}]]" if rng.random() < 0.3 and "badge" not in more else ""
    answered = _answered(rng)
    pair = [f"{{author}}{badge}", time + more]
    if rng.random() < 0.1:
        pair[1] = f"[[{{addressee}}]]{time}{more}"
    elif rng.random() < 0.4:
        pair.insert(1 if answered == "{addressee}" else rng.choice((1, 1, 2)), answered)
    if rng.random() < 0.15:
        pair.insert(0, rng.choice(("{initial}", "{author}", "{votes}")))
    return tuple(pair)


def _many_lines(rng: random.Random, time: str) -> Lines:
    """A name with what a board says of its members, and the time before or after it."""
    about = rng.sample(
        ("{rank}", "{@joined}", "{@posts}", "{@location}", "{badge}"), rng.choice((1, 2, 2, 3))
    )
    name = ["{author}", *about]
    stamp = rng.choice((time, f"{time} #{{number}}", f"#{{number}} {time}", f"#{{number}}\n{time}")).split(
        "\n"
    )
    if rng.random() < 0.3:
        name.append(rng.choice(("{@in_reply}", "{@in_reply_number}")))
    return tuple([*stamp, *name] if rng.random() < 0.3 else [*name, *stamp])


def _sentence(rng: random.Random, time: str) -> Lines:
    """A header that is a phrase."""
    return rng.choice(
        (
            ("{@says}", time),
            ("{@by}",),
            ("{if_reply}{@replied}", "{if_root}{author}", time),
            ("{author} ({@level})", time),
            ("{@author_key}: {author}", f"{{@date_key}}: {time}"),
            (f"{{@date_key}}: {time}", "{@author_key}: {author}", "[[{@to_key}: {addressee}]]"),
            ("#{number}", "{author}", "{@in_reply_number}", time),
            ("{number}. {author}, " + time,),
            ("**{author}** " + time,),
            ("### {author}", time),
        )
    )


def _name_only(rng: random.Random, time: str) -> Lines:
    """A name and nothing else; whoever asks for it sees to something that ends a post."""
    return rng.choice((("{author}",), ("{author}:",), ("{author}", "{addressee}"), ("@{author}",)))


def _chat(rng: random.Random, time: str) -> Lines:
    """The text begins in the line of the name."""
    return (
        rng.choice(("{author}: {text}", f"[{time}] {{author}}: {{text}}", f"{time} <{{author}}> {{text}}")),
    )


SHAPES = (_one_line,) * 3 + (_two_lines,) * 4 + (_many_lines,) * 2 + (_sentence,) * 3 + (_name_only, _chat)


def _buttons(rng: random.Random, *, needed: bool) -> Lines:
    """Lines under the text."""
    chosen = rng.sample(BUTTONS, rng.choice((1, 2, 2, 3, 4)))
    if rng.random() < 0.5:
        chosen.insert(rng.choice((0, len(chosen))), rng.choice(VOTES))
    if needed:
        chosen = [*(button for button in chosen if button != "{@reply}"), "{@reply}"]
    elif rng.random() < 0.4:
        return ()
    join = rng.choice(("\n", "\n", " · ", " ", " | ", " • ", "  "))
    lines = join.join(chosen).split("\n")
    if rng.random() < 0.25:
        lines.append(rng.choice(("{@view}", "{@replies}", "{if_replies}{@hide}")))
    if rng.random() < 0.12:
        lines.insert(0, "{if_long}{@more}")
    return tuple(lines)


def sample_layout(seed: int) -> Layout:
    """A plausible layout: the same for the same seed."""
    rng = random.Random(f"layout {seed}")
    shape = rng.choice(SHAPES)
    slot = rng.choice(("{time}", "{time}", "{reltime}"))
    chat = shape is _chat
    time, age = ("clock", "age") if chat else (rng.choice(TIMES), rng.choice(AGES))
    above = shape(rng, "{time}" if chat else slot)
    below = () if chat else _buttons(rng, needed=shape is _name_only)
    signed = shape is _one_line and rng.random() < 0.08
    if signed:
        above, below = (), (rng.choice(("— {author}, {time}", "{author} ({time})")), "")
    order = rng.choice(("time", "time", "newest", "thread", "thread", "thread"))
    indent = (
        rng.choice(("", "", "  ", "    ", "| ", "> "))
        if order == "thread" and not signed and not chat
        else ""
    )
    quote = rng.choice(("", "", "> ", "“"))
    gap = rng.random() < 0.35 and not signed
    between: Lines = ("",) if gap else ()
    if not chat and not signed and rng.random() < 0.12:
        rule = rng.choice(RULES)
        between = ("", rule, "") if gap else (rule,)
    return Layout(
        name=f"random {seed}",
        above=(*above, "") if above and not chat and rng.random() < 0.2 else above,
        below=("", *below) if below and not signed and rng.random() < 0.15 else below,
        language=rng.choice(LANGUAGES) if rng.random() < 0.15 else None,
        time=time,
        reltime=age,
        order=order,
        head=rng.choice(HEADS),
        foot=rng.choice(FEET),
        between=between,
        every=(rng.choice((7, 11)), ("{@ad}",)) if rng.random() < 0.1 else (0, ()),
        indent=indent,
        keep_empty=not chat and shape is not _name_only and rng.random() < 0.6,
        addressee_from=rng.choice((1, 1, 2)),
        zero_votes=rng.random() < 0.6,
        badges=rng.choice((0.0, 0.12, 0.3)),
        show_quotes=rng.random() < 0.8,
        quote_head=rng.choice(("", "", "{@wrote}")),
        quote_prefix=quote if indent != "> " else "",
        quote_suffix="”" if quote == "“" else "",
        new_day=rng.choice(("--- {day} ---", "{day}", "")) if chat else "",
        deleted_posts=rng.random() < 0.12,
        deleted=("{@removed}",) if rng.random() < 0.12 else (),
    )
