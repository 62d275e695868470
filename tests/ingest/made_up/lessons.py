"""Pages to learn the reading of pages from, with what each of their rows and tokens truly is."""

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from discourse.ingest.pasted.naming import ANSWERED, AUTHOR, OTHER, SAID
from discourse.ingest.pasted.rows import Row
from discourse.ingest.pasted.tagging import BEFORE, BEHIND, NAME, REST, SIGNED, SPOKEN, TEXT
from discourse.ingest.pasted.tokentraits import tokens_of
from tests.ingest.made_up.bank import bank_layout
from tests.ingest.made_up.ciphers import ciphered
from tests.ingest.made_up.outside import outside_threads
from tests.ingest.made_up.page import Layout, render
from tests.ingest.made_up.sample import sample_layout
from tests.ingest.made_up.threads import Thread, threads
from tests.ingest.made_up.wide import wide_layout
from tests.ingest.made_up.wide_crowd import wide_crowd
from tests.ingest.made_up.wide_nothing import DIALOGUES, kinds, wide_nothing

NOTHING = 0.1  # share of pages without comments
NARROW = 0.35  # share of layouts from the narrower generator
OUTSIDE = 0.6  # share of discussions from outside
CROWD = 0.5  # share of discussions in which most people post once
UNCLEAR = {*DIALOGUES, "blog", "authors", "history"}  # people speak in turn there, too
BARE = 0.1  # share of layouts with names and next to nothing else
SHORT = 0.3  # share of discussions cut to a few posts
GENERAL = "general"  # layouts of the generators
SURROUNDED = 0.35  # share of pages between other matter: an article, menus, lists
CIPHERED = 0.25  # share of English pages whose letters are exchanged
Truth = Sequence[dict[str, Any]]


class Lesson(NamedTuple):
    """One page and its truth; no truth where it holds no comments."""

    text: str
    truth: Truth


def lessons(
    number: int, seed: int, shared: Path | None, nothing: float = NOTHING, source: str = GENERAL
) -> Iterator[Lesson]:
    """So many pages, the same for the same seed; without `shared` of the made-up discussions alone.

    `source` is GENERAL for layouts that a generator draws, or the mind that wrote them (see bank.MINDS).
    """
    own = list(threads().values())
    outside = list(outside_threads(shared, seed)) if shared is not None else []
    rng = random.Random(f"lessons {seed}")
    for i in range(number):
        key = seed * 100_000 + i
        secret = rng.random() < CIPHERED
        if rng.random() < nothing:
            text = nothing_clear(key)
            yield Lesson(ciphered(text, [], key)[0] if secret else text, [])
            continue
        draw = rng.random()
        make = bare_layout if draw < BARE else sample_layout if draw < BARE + NARROW else wide_layout
        layout = make(key) if source == GENERAL else bank_layout(source, key)
        thread = rng.choice(outside) if outside and rng.random() < OUTSIDE else rng.choice(own)
        if rng.random() < SHORT:
            thread = shortened(thread, rng.randint(2, 9))
        lesson = _page(wide_crowd(thread, key) if rng.random() < CROWD else thread, layout, key, secret)
        yield surrounded(lesson, key) if rng.random() < SURROUNDED else lesson


def nothing_clear(seed: int) -> str:
    """A page without comments that nobody would take for one with them."""
    while UNCLEAR & set(kinds(seed)):
        seed += 1_000_003
    return wide_nothing(seed)


def bare_layout(seed: int) -> Layout:
    """Names alone between the texts, perhaps with the name answered and a time; nothing ends a post."""
    rng = random.Random(f"bare {seed}")
    time = rng.choice(("weekday_short", "long", "date", "us", "dots", "iso", "slashes"))
    above = rng.choice(
        (
            ("{author}",),
            ("{author}", "[[{addressee}]]"),
            ("{author}", "[[{addressee}]]"),
            ("{author}", "[[@{addressee}]]"),
            ("{author}", "[[{addressee}]]{time}"),
            ("{author}", "[[{addressee}]]{time}"),
            ("{author}", "[[{addressee} {time}]]"),
            ("{author}", "[[{addressee}]]{reltime}"),
            ("{author}", "{time}"),
            ("{author}   [[{addressee}]]",),
            ("{author}  [[{addressee}]] • {reltime}",),
        )
    )
    return Layout(
        name=f"bare {seed}",
        above=above,
        between=rng.choice(((), (), (), ("",))),
        head=rng.choice(
            ((), ("{@count}",), ("{title}", "{article}", "{@count}"), ("{article}",), ("{@heading}",))
        ),
        foot=rng.choice(((), (), ("{@leave}",), ("{@terms}",))),
        time=time,
        order=rng.choice(("time", "time", "thread", "newest")),
        keep_empty=rng.random() < 0.3,
        addressee_from=rng.choice((1, 1, 2)),
        quote_prefix=rng.choice(("", "", "> ")),
    )


def shortened(thread: Thread, number: int) -> Thread:
    """The first posts of a discussion."""
    return replace(thread, posts=thread.posts[:number])


def surrounded(lesson: Lesson, seed: int) -> Lesson:
    """The page with matter of other pages over and under it."""
    rng = random.Random(f"around {seed}")
    over = nothing_clear(seed + 7).rstrip("\n").split("\n") if rng.random() < 0.8 else []
    under = nothing_clear(seed + 13).rstrip("\n").split("\n") if rng.random() < 0.5 else []
    lines = len(over)
    moved = []
    for post in lesson.truth:
        new = {**post, **{key: post[key] + lines for key in ("start", "body_start", "end")}}
        new["slots"] = {str(int(line) + lines): slots for line, slots in post["slots"].items()}
        moved.append(new)
    return Lesson("\n".join([*over, lesson.text.rstrip("\n"), *under]) + "\n", moved)


def _page(thread: Thread, layout: Layout, key: int, secret: bool) -> Lesson:
    text, truth = render(thread, layout, key)
    if secret and thread.language == "en":
        text, truth = ciphered(text, truth, key)
    return Lesson(text, truth)


def row_tags(rows: Sequence[Row], truth: Truth) -> list[int]:
    """What each row is to its post: one of `tagging.TAGS` by its number."""
    at = {row.index + 1: place for place, row in enumerate(rows)}
    found = [REST] * len(rows)
    for post in truth:
        named = _name_line(rows, at, post)
        for line in range(post["body_start"], post["end"] + 1):
            if line in at:
                found[at[line]] = TEXT
        for line in range(post["start"], post["body_start"]):
            if line in at:
                found[at[line]] = BEFORE if named is not None and line < named else BEHIND
        if named is None:
            continue
        if named < post["body_start"]:
            found[at[named]] = NAME
        elif named >= post["end"] and (
            named != post["body_start"] or _own(rows[at[named]].text, post)[0] == 0
        ):
            found[at[named]] = SIGNED
        else:
            found[at[named]] = SPOKEN
    return found


def _own(line: str, post: dict[str, Any]) -> tuple[int, int]:
    """Where the own words of a post stand on the line of its name: before or behind the name."""
    said = post["text"].split("\n")
    begun = line.rfind(said[0].strip()[:40])
    ended = line.rfind(said[-1].strip()[-40:])
    name = line.rfind(post["author"])
    if ended >= 0 and ended + len(said[-1].strip()[-40:]) <= name:
        return 0, ended + len(said[-1].strip()[-40:])
    return (begun if begun > 0 else len(line)), len(line)


def _name_line(rows: Sequence[Row], at: dict[int, int], post: dict[str, Any]) -> int | None:
    """The line that holds the author's name: alone, where it can be had, else among others."""
    held = [int(line) for line, slots in post["slots"].items() if "author" in slots and int(line) in at]
    held = [line for line in held if line <= post["end"]] or held
    exact = [line for line in held if rows[at[line]].text.strip(" :@*") == post["author"].strip(" :@*")]
    return next(iter([*exact, *held]), None)


def token_tags(rows: Sequence[Row], tags: Sequence[int], places: Sequence[int], truth: Truth) -> list[int]:
    """What each token of the rows at `places` is: author's name, answered one's name, own text or other."""
    owner: dict[int, tuple[dict[str, Any], list[str]]] = {}
    for post in truth:
        owner |= {int(line): (post, slots) for line, slots in post["slots"].items()}
    found: list[int] = []
    for place in places:
        row = rows[place]
        post, slots = owner.get(row.index + 1, ({}, []))
        found += _tokens(row, post, slots, tags[place])
    return found


def _tokens(row: Row, post: dict[str, Any], slots: Sequence[str], tag: int) -> list[int]:
    tokens = tokens_of(row, tag)
    said = (len(row.text), len(row.text))
    if post and (tag == SPOKEN or (tag == SIGNED and row.index + 1 <= post["end"])):
        said = _own(row.text, post)
    found = [SAID if said[0] <= token.start < said[1] else OTHER for token in tokens]
    outside = range(said[1], len(row.text)) if said[0] == 0 else range(said[0])
    for slot, kind in (("author", AUTHOR), ("addressee", ANSWERED)):
        if slot not in slots or not post[slot]:
            continue
        for start, end in _spans(post[slot], row.text[outside.start : outside.stop]):
            for i, token in enumerate(tokens):
                if token.start - outside.start < end and token.end - outside.start > start:
                    found[i] = kind
    return found


def _spans(name: str, text: str) -> list[tuple[int, int]]:
    whole = [match.span() for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text)]
    return whole or [match.span() for match in re.finditer(re.escape(name), text)]
