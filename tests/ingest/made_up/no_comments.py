"""Pages on which nobody comments: every post read from one of them is made up.

Plays, interviews and the like, in which named people speak in turn, are kept apart (`dialogues`): whoever
reads turns of speech out of them does not make anything up, so they are shown but not counted as errors.
"""

import random
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

from tests.ingest.made_up.times import FORMATS

FOLDER = Path(__file__).parent / "no_comments"
PEOPLE = ("Ada Quill", "Bo Ferrier", "Cem Aksoy", "Dora Lind", "Eli Marsh", "Fay Ono", "Gus Peel", "Hana Roy")
THINGS = (
    "kettle",
    "lantern",
    "rope",
    "bench",
    "compass",
    "ladder",
    "anchor",
    "stool",
    "tarpaulin",
    "whistle",
)
KINDS = ("folding", "brass", "second-hand", "heavy", "travel", "garden", "light", "old")
PLACES = ("Northgate", "Elm Hill", "Saltmarsh", "Old Quay", "Fenwick", "Lower Green", "Kirk Lane", "Thornby")
START = datetime(2024, 3, 4, 8, 15)


def _time(rng: random.Random, key: str, language: str = "en") -> str:
    time = START + timedelta(minutes=rng.randint(0, 90000))
    return FORMATS[key](time, START + timedelta(days=70), language)


def products(rng: random.Random) -> str:
    """A shop's list: name, price, stars, button."""
    rows = [f"{len(THINGS)} results", "Sort by: price"]
    for thing in rng.sample(THINGS, 9):
        price = f"{rng.randint(3, 80)}.{rng.choice(('00', '50', '99'))} €"
        rows += [
            f"{rng.choice(KINDS).capitalize()} {thing}",
            price,
            f"★★★★☆ ({rng.randint(1, 300)})",
            "Add to basket",
        ]
    return "\n".join(rows)


def search_results(rng: random.Random) -> str:
    """Titles, addresses, dates and snippets."""
    rows = [f"About {rng.randint(100, 9000)} results (0.31 seconds)"]
    for thing in rng.sample(THINGS, 8):
        place = rng.choice(PLACES)
        rows += [
            f"How to mend a {thing} | {place} Workshop",
            f"https://{place.lower().replace(' ', '')}.example › repairs › {thing}",
            f"{_time(rng, 'date')} — A {thing} that is {rng.choice(KINDS)} can often be saved. We show how …",
        ]
    return "\n".join(rows)


def headlines(rng: random.Random) -> str:
    """The front page of a news site: title, who wrote it, when, first words."""
    rows = ["Latest news"]
    for thing in rng.sample(THINGS, 8):
        place, person = rng.choice(PLACES), rng.choice(PEOPLE)
        rows += [
            f"{rng.choice(KINDS).capitalize()} {thing} found at {place}",
            f"By {person}",
            _time(rng, "long"),
            f"Nobody in {place} knows how long the {thing} had been lying there.",
            "Read more",
        ]
    return "\n".join(rows)


def log(rng: random.Random) -> str:
    """What a program writes while it runs."""
    levels = ("INFO", "INFO", "DEBUG", "WARN", "ERROR")
    verbs = ("opened", "closed", "skipped", "retried")
    rows = [
        f"{_time(rng, 'iso')}:{rng.randint(10, 59)} {rng.choice(levels)} worker-{rng.randint(1, 4)}: "
        f"{rng.choice(verbs)} {rng.choice(THINGS)} in {rng.randint(1, 90)} ms"
        for _ in range(30)
    ]
    return "\n".join(sorted(rows))


def table(rng: random.Random) -> str:
    """Comma-separated values without anything that somebody said."""
    rows = ["date,place,item,pieces,price"]
    for _ in range(25):
        price = f"{rng.randint(2, 60)}.{rng.randint(10, 99)}"
        row = (_time(rng, "iso")[:10], rng.choice(PLACES), rng.choice(THINGS), str(rng.randint(1, 40)), price)
        rows.append(",".join(row))
    return "\n".join(rows)


def contents(rng: random.Random) -> str:
    """Chapters and pages."""
    rows, page = ["Contents", ""], 5
    for number, thing in enumerate(rng.sample(THINGS, 9), start=1):
        rows.append(f"{number} The {thing} {'.' * rng.randint(20, 30)} {page}")
        rows += [
            f"  {number}.{part} {rng.choice(KINDS).capitalize()} ones {'.' * 18} {page + part}"
            for part in range(1, rng.randint(2, 4))
        ]
        page += rng.randint(6, 25)
    return "\n".join(rows)


def league(rng: random.Random) -> str:
    """A sports table."""
    rows = ["Pos\tTeam\tPld\tW\tD\tL\tPts"]
    for number, place in enumerate(rng.sample(PLACES, 8), start=1):
        w, d = rng.randint(0, 12), rng.randint(0, 6)
        rows.append(f"{number}\t{place}\t22\t{w}\t{d}\t{22 - w - d}\t{3 * w + d}")
    return "\n".join(rows)


def events(rng: random.Random) -> str:
    """What is on: day, time, title, place."""
    rows = ["What's on", ""]
    for thing in rng.sample(THINGS, 8):
        rows += [_time(rng, "weekday"), f"The {rng.choice(KINDS)} {thing}: a talk by {rng.choice(PEOPLE)}"]
        rows += [rng.choice(PLACES), ""]
    return "\n".join(rows)


def members(rng: random.Random) -> str:
    """A club's list of people with what they do and since when."""
    rows = ["Our team", ""]
    for person in PEOPLE:
        rows += [
            person,
            rng.choice(("Treasurer", "Coach", "Member", "Secretary")),
            f"since {rng.randint(1990, 2022)}",
            "",
        ]
    return "\n".join(rows)


def files(rng: random.Random) -> str:
    """A folder as a shell lists it."""
    rows = ["total 184"]
    rows += [
        f"-rw-r--r-- 1 ada staff {rng.randint(90, 90000):6} {_time(rng, 'month_day')} 09:12 {thing}.txt"
        for thing in THINGS
    ]
    return "\n".join(rows)


MAKERS: tuple[Callable[[random.Random], str], ...] = (
    products,
    search_results,
    headlines,
    log,
    table,
    contents,
    league,
    events,
    members,
    files,
)


@cache
def inputs() -> dict[str, str]:
    """The texts by name: those written by hand, and two of each kind that is generated."""
    found = {path.stem: path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.txt"))}
    for maker in MAKERS:
        for seed in (1, 2):
            name = f"{maker.__name__} {seed}"
            found[name] = maker(random.Random(name)) + "\n"
    return found


@cache
def dialogues() -> dict[str, str]:
    """Plays, interviews, subtitles: people speak in turn, but nobody comments."""
    folder = FOLDER / "dialogues"
    return {path.stem: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.txt"))}
