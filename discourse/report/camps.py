"""Two camps of a thread: who is placed with whom, how surely, and what passes between them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from discourse.model import Post
from discourse.plots import camp_ties, svg_of
from discourse.plots.camps import MANY
from discourse.report.book import Book
from discourse.report.words import counted
from discourse.summary import STATED, part_of

SURE = 0.65  # share from which a member is no longer called doubtful
SHOWN_TARGETS = 4
_SIDES = (("favor", "for"), ("against", "against"), ("mixed", "mixed"))


@dataclass(frozen=True)
class Seat:
    """An author's place in a camp; never a rank."""

    author: str
    score: str
    basis: str  # such as "4 replies"
    is_sure: bool


@dataclass(frozen=True)
class Lean:
    """Where the members of a camp stand towards a target, in words."""

    target: str
    words: str  # such as "4 against, 1 for"


@dataclass(frozen=True)
class Camp:
    """One of the two camps."""

    number: int
    seats: list[Seat]  # in the order of first posts
    leans: list[Lean]


@dataclass(frozen=True)
class Way:
    """Replies from the members of one camp to those of one."""

    first: int
    second: int
    replies: str
    disagree: str
    agree: str


@dataclass(frozen=True)
class TwoCamps:
    """The camps of one thread."""

    coverage: str  # such as "11 of 26 authors placed"
    camps: list[Camp]  # none where nobody was placed
    ways: list[Way]
    chart: str
    left_out: str  # whom the figure does not show, in words; empty where it shows all
    wrong: str  # how often a camp is wrong; empty where nobody measured it


def two_camps(book: Book, number: int, thread_id: str, error_rates: Mapping[str, object]) -> TwoCamps | None:
    """Lay out the camps of a thread; None where nobody looked for camps.

    Parameters
    ----------
    number
        The thread's number in the report, 1-based.
    error_rates
        `camps` holds a sentence on how often a camp is wrong and on what that was measured.
    """
    if "camps" not in book.tables:
        return None
    rows = {row["author"]: row for row in book.camps if row["thread_id"] == thread_id}
    members = [rows[author] for author in book.authors[thread_id] if author in rows]
    unit = ("thread", thread_id)
    chart, left_out = _chart(book, number, thread_id, members)
    return TwoCamps(
        coverage=_coverage(len(members), book.count("authors", unit)),
        camps=[_camp(book, thread_id, camp, members) for camp in (1, 2)] if members else [],
        ways=[_way(book, unit, one, other) for one in (1, 2) for other in (1, 2)] if members else [],
        chart=chart,
        left_out=left_out,
        wrong=str(error_rates.get("camps") or ""),
    )


def _coverage(placed: int, authors: int) -> str:
    words = f"{placed} of {counted(authors, 'author')} placed"
    return f"{words}, the others have too few replies to tell" if 0 < placed < authors else words


def _camp(book: Book, thread_id: str, number: int, members: list[dict[str, Any]]) -> Camp:
    seats = [
        Seat(
            author=row["author"],
            score=f"{row['score']:.2f}",
            basis=counted(row["posts"], "reply", "replies"),
            is_sure=row["score"] >= SURE,
        )
        for row in members
        if row["camp"] == number
    ]
    return Camp(number, seats, _leans(book, thread_id, number))


def _leans(book: Book, thread_id: str, number: int) -> list[Lean]:
    """Return the targets on which most members of either camp take a side, with those of this camp."""
    named = (row["target"] for row in book.stances if row["thread_id"] == thread_id)
    targets = {
        target: book.metrics("camps", ("target", part_of(thread_id, target)))
        for target in dict.fromkeys(named)
        if target not in book.claims
    }
    ranked = sorted(
        (target for target, found in targets.items() if found),
        key=lambda target: (-sum(targets[target].values()), target),
    )
    return [
        Lean(target, words)
        for target in ranked[:SHOWN_TARGETS]
        if (words := _words({side: targets[target].get(f"{number}.{side}", 0.0) for side, _ in _SIDES}))
    ]


def _words(counts: Mapping[str, float]) -> str:
    said = [(counts[side], word) for side, word in _SIDES if counts[side]]
    return ", ".join(f"{count:.0f} {word}" for count, word in sorted(said, key=lambda pair: -pair[0]))


def _way(book: Book, unit: tuple[str, str], one: int, other: int) -> Way:
    metric = f"camp_replies.{one}.{other}"
    counts = [book.count(name, unit) for name in (metric, f"{metric}.disagree", f"{metric}.agree")]
    return Way(one, other, *(f"{count:,}" for count in counts))


def _chart(book: Book, number: int, thread_id: str, members: list[dict[str, Any]]) -> tuple[str, str]:
    if not members:
        return "", ""
    table = pd.DataFrame(members)
    table["is_sure"] = table["score"] >= SURE
    figure = camp_ties(table, _ties(book, thread_id, set(table["author"])))
    title = "Who of the two camps answers whom; the table and the lists say the same in words"
    left_out = counted(len(members) - MANY, "more author") if len(members) > MANY else ""
    return svg_of(figure, prefix=f"camps-{number}", title=title), left_out


def _ties(book: Book, thread_id: str, members: set[str]) -> pd.DataFrame:
    """Add up for each two members who answer each other what their replies say."""
    found: dict[tuple[str, str], dict[str, int]] = {}
    for post in book.threads[thread_id]:
        answered = _answered(book, post)
        if answered is not None and post.author in members and answered in members:
            first, second = sorted((post.author, answered))
            counts = found.setdefault((first, second), {"disagree": 0, "agree": 0, "replies": 0})
            counts["replies"] += 1
            said = _said(book, post)
            if said in counts:
                counts[said] += 1
    rows = [(*pair, _prevails(counts), counts["replies"]) for pair, counts in found.items()]
    return pd.DataFrame(rows, columns=["first", "second", "label", "replies"])


def _answered(book: Book, post: Post) -> str | None:
    parent = book.by_id.get(post.reply_to or "")
    if parent is None or parent.author == post.author or post.reply_evidence not in STATED:
        return None
    return parent.author


def _said(book: Book, post: Post) -> str:
    rows = book.marks.get(post.post_id, ())
    return next((row.label for row in rows if row.layer == "reply" and row.target == post.reply_to), "")


def _prevails(counts: Mapping[str, int]) -> str:
    if counts["disagree"] == counts["agree"]:
        return "neither"
    return "disagree" if counts["disagree"] > counts["agree"] else "agree"
