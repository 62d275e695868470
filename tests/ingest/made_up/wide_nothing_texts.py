"""Texts of one hand and of set forms: letters, poems, plays, laws, recipes; no comments."""

from tests.ingest.made_up.wide_nothing_draw import BULLETS, RULES, Draw, records

MARKS = (": ", ":\n", " – ", ". ", "\n", ":  ", ":\t")


def recipe(d: Draw) -> list[str]:
    """What goes in and what is done."""
    parts, steps = d.words["recipe"], d.words["steps"]
    bullet, number = d.rng.choice(BULLETS), d.rng.choice(("{i}. ", "{i}) ", "", "- "))
    lines = [d.any("dishes"), parts[2].format(n=d.n(2, 8)), parts[0]]
    units = d.rng.choice((("g", "ml", "kg"), ("cups", "tbsp", "oz"), ("g", "EL", "TL")))
    for i, food in enumerate(d.rng.sample(d.words["food"], d.n(4, 9)), start=1):
        lines.append(f"{bullet.replace('{i}', str(i))}{d.n(1, 500)} {d.rng.choice(units)} {food}")
    lines.append(parts[1])
    for i in range(1, d.n(4, 9)):
        step = d.rng.choice(steps).format(n=d.n(5, 60), f=d.any("food"))
        lines.append(
            f"{number.replace('{i}', str(i))}{step}. {d.prose(1, 1) if d.chance(0.3) else ''}".rstrip()
        )
    return lines + ([f"{parts[3]}: {d.prose(1, 2)}"] if d.chance(0.5) else [])


def glossary(d: Draw) -> list[str]:
    """Words and what they mean."""
    form = d.rng.choice(("{w}: {x}", "{w}\n{x}", "{w} – {x}", "{w}\t{x}", "{w}\n\t{x}"))
    gap = d.chance(0.4)
    lines = [d.head(1)]
    for word in sorted(d.rng.sample((*d.words["things"], *d.words["food"]), d.n(6, 16))):
        lines += [*form.format(w=word, x=d.prose(1, 2)).split("\n"), *([""] if gap else [])]
    return lines


def faq(d: Draw) -> list[str]:
    """Questions and what the house answers."""
    q, a, nth, answer, title = d.words["qa"]
    form = d.rng.choice(("plain", "letters", "numbers", "dots"))
    gap, lines = d.chance(0.5), [title]
    found = list(d.words["questions"]) + [f"{d.title()}?" for _ in range(4)]
    d.rng.shuffle(found)
    for i, question in enumerate(found[: d.n(4, 10)], start=1):
        said = [d.prose() for _ in range(d.n(1, 2))]
        if form == "letters":
            lines += [f"{q}: {question}", f"{a}: {said[0]}", *said[1:]]
        elif form == "numbers":
            lines += [nth.format(n=i), question, answer, *said]
        else:
            lines += [f"{i}. {question}" if form == "dots" else question, *said]
        lines += [""] if gap else []
    return lines


def _turns(d: Draw, people: list[str], mark: str, low: int, high: int) -> list[str]:
    gap, lines = d.chance(0.5), []
    last = ""
    for i in range(d.n(low, high)):
        who = people[i % 2] if len(people) == 2 else d.rng.choice([p for p in people if p != last])
        last = who
        lines += [*f"{who}{mark}{d.spoken()}".split("\n"), *([""] if gap else [])]
    return lines


def interview(d: Draw) -> list[str]:
    """A newspaper asks, one person answers."""
    asker, guest = d.rng.choice((d.any("s"), "Q", d.words["qa"][0], d.pick("family"))), d.name()
    if d.chance(0.3):
        guest = d.words["qa"][1]
    lines = [d.title(), d.word("by", x=d.name()), d.prose(1, 2), ""]
    if d.chance(0.3):
        for _ in range(d.n(4, 10)):
            lines += [d.any("questions"), d.prose(), ""]
        return lines
    return lines + _turns(d, [asker, guest], d.rng.choice(MARKS), 6, 20)


def play(d: Draw) -> list[str]:
    """Persons of a play speak in turn; what they do stands in brackets."""
    people = sorted({d.pick("given").upper() for _ in range(4)})
    if len(people) < 2:
        people += ["CHOR"]
    lines = [d.title(), f"{d.rng.choice(('I', 'II', 'III'))}.{d.n(1, 6)}", f"({d.sentence()})"]
    for line in _turns(d, people, d.rng.choice(MARKS), 8, 26):
        lines.append(line)
        if d.chance(0.12):
            lines.append(f"({d.sentence()})")
    return lines


def poem(d: Draw) -> list[str]:
    """Short lines in stanzas, some of them again and again."""
    refrain, chorus = d.title(), d.chance(0.5)
    size, lines = d.n(2, 6), [d.title(), d.name(), ""]
    for i in range(d.n(2, 7)):
        if d.chance(0.2):
            lines += [d.rng.choice((str(i + 1), "I" * (i + 1), f"[{i + 1}]"))]
        lines += [f"{d.title()}{d.rng.choice((',', '', ' –', '.'))}" for _ in range(size)]
        lines += [refrain, ""] if chorus else [""]
    return lines


def letter(d: Draw) -> list[str]:
    """One letter, or some by the same hand."""
    tick, name = d.clock(("date", "iso_date", "date_dots", "day_month")), d.name()
    lines: list[str] = []
    for _ in range(d.rng.choice((1, 1, 2, 4))):
        lines += [f"{d.any('places')}, {tick()}", "", d.any("letter", x=d.pick("given")), ""]
        lines += [d.prose(2, 4) for _ in range(d.n(1, 5))]
        lines += ["", d.any("regards"), name, ""]
    return lines


def one_mail(d: Draw) -> list[str]:
    """A single mail with its head and buttons."""
    keys = ("from_name", "date_key", "to_key", "subject_key")
    sender = d.name()
    values = (
        f"{sender} <desk{d.n(1, 9)}@folio.example>",
        d.clock(("rfc", "long", "iso", "weekday"))(),
        d.name(),
        d.title(),
    )
    names = [d.label(key).split(":")[0].split("：")[0].strip() for key in keys]
    lines = [f"{name}: {value}" for name, value in zip(names, values, strict=True)]
    return [
        *lines,
        "",
        d.any("letter", x=d.pick("given")),
        *(d.prose() for _ in range(d.n(1, 5))),
        d.any("regards"),
        sender,
    ]


def legal(d: Draw) -> list[str]:
    """Numbered sections."""
    form, lines = d.habit["law"], [d.title()]
    for i in range(1, d.n(4, 14)):
        lines.append(form.format(n=i) + (f" {d.title()}" if d.chance(0.7) else ""))
        mark = d.rng.choice(("({k}) ", "{i}.{k} ", "", "{k}. "))
        lines += [mark.format(i=i, k=k) + d.prose(1, 3) for k in range(1, d.n(2, 5))]
    return lines


def contents(d: Draw) -> list[str]:
    """Chapters and pages."""
    dots, page, lines = d.rng.choice((" .......... ", "\t", " … ", "  ", " ")), 1, [d.head(0)]
    for i in range(1, d.n(5, 14)):
        lines.append(f"{i} {d.title()}{dots}{page}")
        lines += [f"{i}.{part} {d.any('things')}{dots}{page + part}" for part in range(1, d.n(1, 4))]
        page += d.n(4, 30)
    return lines


def sayings(d: Draw) -> list[str]:
    """What famous people are held to have said, as calendars print it."""
    rule = d.rng.choice(RULES)
    return [
        x for _ in range(d.n(4, 12)) for x in (f"„{d.sentence()}“", f"— {d.name()} ({d.n(1700, 1990)})", rule)
    ]


def instructions(d: Draw) -> list[str]:
    """Steps that are numbered, with notes and warnings."""
    word = d.rng.choice(("", "Step ", "№ ", "#"))
    lines = [d.title()]
    for i in range(1, d.n(4, 12)):
        lines += [f"{word}{i}{d.rng.choice(('.', ':', ''))}", *(d.prose() for _ in range(d.n(1, 2)))]
        lines += [f"! {d.sentence()}"] if d.chance(0.2) else []
    return lines


def minutes(d: Draw) -> list[str]:
    """What a meeting decided, told by its secretary."""
    lines = [d.title(), d.clock(("date", "weekday"))(), ", ".join(d.name() for _ in range(d.n(3, 7)))]
    for i in range(1, d.n(3, 9)):
        lines += [f"{i}. {d.title()}", *(d.sentence() for _ in range(d.n(1, 3)))]
    return lines


def adverts(d: Draw) -> list[str]:
    """Small advertisements: what, for how much, which phone; nobody answers."""
    tick = d.clock(("date", "near", "ago", "iso"))
    return records(
        d,
        lambda: {
            "title": d.any("things"),
            "price": d.price(),
            "place": d.any("places"),
            "date": tick(),
            "text": d.clipped(),
            "phone": d.word("phone", x=str(d.n(10000, 999999))),
        },
        d.n(4, 16),
        keep=("title",),
    )


KINDS = (
    *(recipe, glossary, faq, interview, play, poem, letter, one_mail, legal, contents, sayings, instructions),
    *(minutes, adverts),
)
