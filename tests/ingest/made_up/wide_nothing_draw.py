"""What pages without comments are drawn from: words, names, times, sentences, and lists of records.

A list of records has one form on its page, drawn at random: which of its fields it shows, in which order,
on how many lines, with which marks and buttons. It recurs as posts do, and nobody comments in it.
"""

import random
import re
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

from tests.ingest.made_up import wide_parts as parts
from tests.ingest.made_up.names import MORE, ONCE
from tests.ingest.made_up.threads import threads
from tests.ingest.made_up.times import FORMATS
from tests.ingest.made_up.words import LANGUAGES, MORE_LANGUAGES, labels, synonyms, words

# One row a word: key, then a column a language as in words.LANGUAGES; choices parted by ";".
TABLE = (Path(__file__).parent / "wide_nothing_words.txt").read_text(encoding="utf-8")
SLOT = re.compile(r"\{(\w+)\}")
# what buttons stand under things that are no comments; never the word for an answer, and seldom the others
# that comments have too: a list of names and texts that can be agreed with is one of comments
BUTTONS = ("share", "save", "more", "link", "copy", "follow")
LOUD = ("like", "report", "translate", "recommend")
# A page with somebody called "Reply" on it could be taken for one with that button.
ALL = (*LANGUAGES, *MORE_LANGUAGES)
REPLY = {word for lang in ALL for word in (words(lang)["reply"], *synonyms(lang).get("reply", []))}
NAMES = tuple(name for name in dict.fromkeys((*ONCE, *MORE)) if name not in REPLY)
JOINS = (" | ", " · ", " - ", "  ", "\t", ", ", " — ", " / ", ": ", " • ", " ", " – ", " » ", "\t\t")
RULES = (*parts.RULES, "", "", "")
BULLETS = ("- ", "* ", "• ", "{i}. ", "{i}) ", "#{i} ", "→ ", "[{i}] ", "({i}) ", "{i}\t", "› ", "✓ ", "▶ ")
CLOCKS = ("clock", "clock", "clock_seconds", "clock12", "weekday_clock")
DAYS = ("date", "iso_date", "date_slashes", "date_dots", "date_us", "day_month", "month_day", "ordinal")

Record = dict[str, str]
Make = Callable[[], Record]


@cache
def table(language: str) -> dict[str, tuple[str, ...]]:
    """The choices for each word in one language."""
    column = 1 + LANGUAGES.index(language)
    rows = [row.split("|") for row in TABLE.strip().splitlines()]
    return {row[0]: tuple(row[column].split(";")) for row in rows}


@cache
def said(language: str) -> tuple[str, ...]:
    """Lines that people say in the made-up threads of a language, and those of the articles."""
    found: list[str] = []
    for thread in threads().values():
        if thread.language == language:
            found += thread.article
            for post in thread.posts:
                own = [i for i in range(len(post.text)) if i not in post.quotes and i not in post.partly]
                found += [post.text[i] for i in own if len(post.text[i]) > 1 and post.text[i] not in REPLY]
    return tuple(found)


class Draw:
    """One page while it is drawn: its language, its time, its habits."""

    def __init__(self, seed: int) -> None:
        self.rng = rng = random.Random(f"wide nothing {seed}")
        self.language = rng.choice(LANGUAGES)
        self.words = table(self.language)
        own = self.chance(0.8)  # whether the site speaks the language of what it holds
        self.site = labels(self.language if own else rng.choice(ALL), seed)
        self.now = datetime(2024, 1, 1, 9) + timedelta(minutes=rng.randint(0, 700000))
        self.habit = {key: rng.choice(found) for key, found in sorted(self.words.items())}
        self.bags: dict[str, list[str]] = {}  # what has not had its turn yet
        self.wild = rng.random()  # how much of the prose is taken from what people say

    def pick(self, key: str) -> str:
        """Any of the choices for a word."""
        return self.rng.choice(self.words[key])

    def word(self, key: str, **slots: str) -> str:
        """The choice that this page keeps to, with its slots filled."""
        return fill(self.habit[key], slots)

    def any(self, key: str, **slots: str) -> str:
        """Any of the choices, with its slots filled."""
        return fill(self.pick(key), slots)

    def head(self, i: int) -> str:
        """The heading of one kind of page."""
        return self.words["heads"][i]

    def label(self, key: str) -> str:
        """A word of words.txt as comment pages have it; its slots hold names and numbers."""
        numbers = {name: str(self.n(1, 400)) for name in ("n", "votes", "views", "replies", "topics")}
        numbers |= {f"number{i}": str(self.n(1, 90)) for i in (1, 2)} | {"page": "1", "pages": "7"}
        names = {name: self.name() for name in ("name1", "name2", "author", "liker")}
        return SLOT.sub(lambda m: (numbers | names).get(m[1], ""), self.site[key])

    def n(self, low: int, high: int) -> int:
        """A number, both ends included."""
        return self.rng.randint(low, high)

    def chance(self, share: float) -> bool:
        """True in that share of the cases."""
        return self.rng.random() < share

    def name(self) -> str:
        """A person's name as newspapers print it; now and then of another kind."""
        if self.chance(0.12):
            return self.rng.choice(NAMES)
        given, family = self.pick("given"), self.pick("family")
        if self.language == "ja":
            return family + given
        return f"{given[0]}. {family}" if self.chance(0.1) else f"{given} {family}"

    def nick(self) -> str:
        """A name that somebody chose for a site."""
        return self.rng.choice(NAMES) if self.chance(0.75) else self.name()

    def title(self) -> str:
        """A headline without a full stop."""
        form = self.rng.random()
        if form < 0.3:
            return fill(self.words["short"][0], {"s": self.next("s"), "v": self.next("v")})
        if form < 0.4:
            return self.site[f"headline{self.n(1, 8)}"]
        if form < 0.55:
            return self.opening()
        thing, place = self.next("things"), self.next("places")
        return self.rng.choice(
            (f"{thing}, {place}", f"{place}: {thing}", thing, f"{thing} ({self.n(2, 99)})")
        )

    def opening(self) -> str:
        """The first words of something said, as headlines and topics quote them."""
        text = self.spoken()
        words = text.split()
        cut = " ".join(words[: self.n(3, 9)]) if len(words) > 2 else text[:20]
        return cut.rstrip(".,:;!。、،")

    def next(self, key: str) -> str:
        """One of the choices for a word, none again before all had their turn."""
        bag = self.bags.setdefault(key, [])
        if not bag:
            bag += self.rng.sample(self.words[key], len(self.words[key]))
        return bag.pop()

    def sentence(self) -> str:
        """A sentence of a newspaper."""
        slots = {key: self.next(key) for key in "svt"}
        return fill(self.words["pattern"][0], slots)

    def spoken(self) -> str:
        """Something that a person says."""
        bag = self.bags.setdefault("said", [])
        if not bag:
            found = said(self.language)
            bag += self.rng.sample(found, len(found))
        return bag.pop() if bag and self.chance(0.9) else self.sentence()

    def prose(self, low: int = 1, high: int = 4) -> str:
        """A paragraph, of a newspaper's sentences or of what people say."""
        if self.chance(0.95 * self.wild):
            return self.spoken()
        join = "" if self.language == "ja" else " "
        return join.join(self.sentence() for _ in range(self.n(low, high)))

    def clipped(self) -> str:
        """The first words of a text."""
        text = self.prose(1, 2)
        if self.chance(0.4):
            text = text[: self.n(30, 120)].rstrip(" ,.") + self.rng.choice((" …", "...", "…", " [...]"))
        return text

    def clock(self, keys: Iterable[str] = parts.TIMES, *, step: int = 400) -> Callable[[], str]:
        """Times one after the other in one format: rising, falling or in no order."""
        key = self.rng.choice(tuple(keys))
        sign = self.rng.choice((1, -1, -1, 0))
        at = [self.now - timedelta(minutes=self.n(40, 40000) + (0 if sign < 0 else 15 * step))]

        def tick() -> str:
            minutes = self.n(1, step)
            at[0] += timedelta(minutes=minutes * (sign or self.rng.choice((1, -1))))
            at[0] = min(at[0], self.now)
            return FORMATS[key](at[0], self.now, self.language)

        return tick

    def price(self) -> str:
        """What something costs."""
        amount = f"{self.n(1, 240)}{self.rng.choice('.,')}{self.rng.choice(('00', '50', '99', '25'))}"
        return self.rng.choice((f"{amount} €", f"€{amount}", f"${amount}", f"£{amount}", amount))

    def address(self) -> str:
        """Of a site that is not there."""
        site = self.rng.choice(("harbour", "allotment", "kettle", "folio"))
        return self.rng.choice(
            (f"https://www.{site}.example/{self.n(2, 999)}", f"{site}.example › {self.n(2, 99)}")
        )

    def buttons(self, most: int = 3) -> list[str]:
        """What can be pressed under a thing, on one line or on one each."""
        pool = (*BUTTONS, *LOUD) if self.chance(0.2) else BUTTONS
        found = [self.label(key) for key in self.rng.sample(pool, self.n(1, most))]
        return [self.rng.choice(JOINS[:4]).join(found)] if self.chance(0.5) else found


def fill(text: str, slots: dict[str, str]) -> str:
    """The text with its slots filled; a slot without a value is left out."""
    return SLOT.sub(lambda m: slots.get(m[1], ""), text)


def records(d: Draw, make: Make, count: int, *, keep: tuple[str, ...] = (), plain: bool = False) -> list[str]:
    """A list of things of one kind; `keep` are fields that every form shows, `plain` never adds buttons."""
    first = make()
    form = _Form(d, list(first), keep, plain=plain)
    lines: list[str] = form.heading()
    for i in range(1, count + 1):
        lines += form.record(make() if i > 1 else first, i)
        lines += form.between if i < count else []
    return lines


class _Form:
    """How one list shows its things."""

    def __init__(self, d: Draw, keys: list[str], keep: tuple[str, ...], *, plain: bool) -> None:
        rng = d.rng
        self.d = d
        shown = [key for key in keys if key in keep or d.chance(0.85)] or keys
        if d.chance(0.35):
            rng.shuffle(shown)
        self.rare = {key for key in shown if key not in keep and d.chance(0.15)}
        style = rng.choices(("rows", "line", "mixed", "table"), (46, 14, 30, 10))[0]
        cuts = {"rows": 1.0, "line": 0.0, "mixed": 0.5, "table": 0.0}[style]
        self.groups: list[list[str]] = [[]]
        for key in shown:
            if self.groups[-1] and d.chance(cuts):
                self.groups.append([])
            self.groups[-1].append(key)
        self.join = "\t" if style == "table" else rng.choice(JOINS)
        self.titled = style == "table"
        self.bullet = rng.choice(BULLETS) if d.chance(0.2) else ""
        self.named = d.chance(0.12)
        self.buttons = [] if plain or d.chance(0.55) or style == "table" else d.buttons()
        self.air = d.chance(0.1)
        self.indent = rng.choice(parts.INDENTS) if d.chance(0.06) else ""
        rule = rng.choice(RULES)
        choices: tuple[list[str], ...] = ([], [""], ["", ""], [rule], ["", rule, ""])
        self.between = rng.choices(choices, (48, 34, 4, 9, 5))[0] if style != "table" else []

    def heading(self) -> list[str]:
        """The line over a table."""
        keys = [key for group in self.groups for key in group]
        return ["\t".join(key.capitalize() for key in keys)] if self.titled and self.d.chance(0.6) else []

    def record(self, values: Record, i: int) -> list[str]:
        """The lines of one thing."""
        gone = {key for key in sorted(self.rare) if self.d.chance(0.35)}
        lines = []
        for group in self.groups:
            cells = [self.cell(key, values[key]) for key in group if values[key] and key not in gone]
            if cells:
                lines += self.join.join(cells).split("\n")
        lines = [self.bullet.replace("{i}", str(i)) + line if not k else line for k, line in enumerate(lines)]
        lines += self.buttons
        lines = [self.indent + line for line in lines]
        return [x for line in lines for x in (line, "")] if self.air else lines

    def cell(self, key: str, value: str) -> str:
        """A value, on some pages after the word for what it is."""
        return f"{key.capitalize()}: {value}" if self.named and len(value) < 40 else value
