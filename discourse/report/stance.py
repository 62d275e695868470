"""Who stands where: a heat map, and the same in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from discourse.plots import stance_heatmap, svg_of
from discourse.report.book import Book, Side
from discourse.report.camps import TwoCamps, two_camps
from discourse.report.words import counted
from discourse.summary import part_of

SHOWN_TARGETS = 6  # as many columns as stay readable on a phone
SHOWN_AUTHORS = 40
_LEANS = {"favor": "for", "against": "against", "mixed": "mixed"}


@dataclass(frozen=True)
class Position:
    """A stance of an author in words."""

    target: str
    label: str  # favor | against | mixed
    lean: str  # the same in words
    basis: str  # such as "3 posts", "1 post only"
    score: str
    thin: bool  # rests on one post


@dataclass(frozen=True)
class Profile:
    """An author's posts and sides; never a rank."""

    author: str
    posts: str
    answers: str
    sides: list[Side]
    stances: list[Position]  # for, then against, then mixed


@dataclass(frozen=True)
class Chapter:
    """Stance in one thread."""

    number: int
    chart: str
    left_out: str  # what the heat map does not show, in words; empty where it shows all
    profiles: list[Profile]
    silence: str  # of how many authors no stance could be told
    two_camps: TwoCamps | None  # None where nobody looked for camps


def chapters(book: Book, error_rates: Mapping[str, object]) -> list[Chapter]:
    """Lay out the stances and camps of every thread; see `two_camps` for the error rates."""
    return [
        _chapter(book, number, thread, error_rates) for number, thread in enumerate(book.threads, start=1)
    ]


def _chapter(book: Book, number: int, thread_id: str, error_rates: Mapping[str, object]) -> Chapter:
    rows = [r for r in book.stances if r["thread_id"] == thread_id and r["target"] not in book.claims]
    authors = book.authors[thread_id]
    chart, left_out = _chart(book, number, thread_id, rows)
    return Chapter(
        number=number,
        chart=chart,
        left_out=left_out,
        profiles=[_profile(book, thread_id, author, rows) for author in authors],
        silence=_silence(book.count("authors_without_stance", ("thread", thread_id))),
        two_camps=two_camps(book, number, thread_id, error_rates),
    )


def _silence(count: int) -> str:
    return f"Of {counted(count, 'author')} no stance could be told." if count else ""


def _chart(book: Book, number: int, thread_id: str, rows: list[dict[str, Any]]) -> tuple[str, str]:
    if not rows:
        return "", ""
    targets = _main_targets(book, thread_id, rows)
    shown = {row["author"] for row in rows if row["target"] in targets[:SHOWN_TARGETS]}
    authors = [author for author in book.authors[thread_id] if author in shown]
    more = []
    if len(targets) > SHOWN_TARGETS:
        more.append(counted(len(targets) - SHOWN_TARGETS, "more target"))
    if len(authors) > SHOWN_AUTHORS:
        more.append(counted(len(authors) - SHOWN_AUTHORS, "more author"))
    figure = stance_heatmap(
        pd.DataFrame(rows), authors=authors[:SHOWN_AUTHORS], targets=targets[:SHOWN_TARGETS]
    )
    title = "Stance of each author towards each target; the table says the same in words"
    return svg_of(figure, prefix=f"stance-{number}", title=title), " and ".join(more)


def _main_targets(book: Book, thread_id: str, rows: list[dict[str, Any]]) -> list[str]:
    """Order targets by how many authors take a side on them, then by mentions, then by name."""

    def weight(target: str) -> tuple[int, int, str]:
        unit = ("target", part_of(thread_id, target))
        taken = sum(book.count(f"authors.{label}", unit) for label in ("favor", "against", "mixed"))
        return -taken, -book.count("mentions", unit), target

    return sorted({row["target"] for row in rows}, key=weight)


def _profile(book: Book, thread_id: str, author: str, rows: list[dict[str, Any]]) -> Profile:
    unit = book.author_unit(thread_id, author)
    own = [(row, row["target"]) for row in rows if row["author"] == author]
    return Profile(
        author=author,
        posts=f"{book.count('posts', unit):,}",
        answers=f"{book.count('replies_given', unit):,} / {book.count('replies_received', unit):,}",
        sides=_sides(book, thread_id, author),
        stances=[p for label in _LEANS for p in _positions(own, label)],
    )


def _sides(book: Book, thread_id: str, author: str) -> list[Side]:
    found: dict[Side, None] = {}
    for number, loop in enumerate(book.loops, start=1):
        for turn in book.turns[loop.loop_id]:
            post = book.by_id.get(turn.post_id)
            if turn.author == author and post is not None and post.thread_id == thread_id:
                found[Side(number, turn.side)] = None
    return list(found)


def _positions(rows: list[tuple[dict[str, Any], str]], label: str) -> list[Position]:
    found = []
    for row, name in rows:
        if row["label"] == label:
            posts = int(row["favor_posts"]) + int(row["against_posts"])
            basis = f"{row['favor_posts']} for, {row['against_posts']} against"
            if label != "mixed":
                basis = "one post only" if posts == 1 else counted(posts, "post")
            found.append(Position(name, label, _LEANS[label], basis, f"{row['score']:.2f}", thin=posts <= 1))
    return found
