"""Rhetoric markers: how many, how often, how often wrong, and examples in their context."""

from collections.abc import Mapping

from msgspec import Struct

from discourse.model import Annotation
from discourse.report.basis.book import Book, Ref
from discourse.report.basis.spans import Excerpt, excerpt
from discourse.report.basis.words import UNSURE_BELOW, marker_anchor, plain
from discourse.report.rhetoric.sides import rated

EXAMPLES = 5
MORE_POSTS = 20  # that are named beyond the examples


class Example(Struct, frozen=True):
    """One marked passage."""

    ref: Ref
    text: Excerpt
    score: str
    unsure: bool
    why: str


class Marker(Struct, frozen=True):
    """One marker over the whole report."""

    anchor: str
    name: str
    meaning: str
    count: str
    unsure: str  # how many of these have a score below one half; empty where none has
    posts: str
    rate: str
    interval: str  # such as "0.4 to 3.1"; empty where unknown
    share: float  # of the most frequent marker's rate, 0 to 100, for the bar
    wrong: list[str]  # how often it is wrong, a clause each
    measured: bool
    examples: list[Example]
    more: list[Ref]  # the first posts with passages beyond the examples
    beyond: int  # how many others there are


def markers(book: Book, error_rates: Mapping[str, object]) -> list[Marker]:
    """List the markers that were found, the most frequent first.

    Parameters
    ----------
    error_rates
        Marker to a sentence on how often it is wrong and on what that was measured.
    """
    rates = book.metrics("markers_per_1000")
    highest = max(rates.values(), default=0.0)
    passages = _passages(book)
    counts = book.metrics("markers")
    return [
        _marker(book, label, rates[label] / highest if highest else 0.0, passages.get(label, []), error_rates)
        for label in sorted(counts, key=lambda label: (-counts[label], label))
    ]


def _marker(
    book: Book, label: str, share: float, rows: list[Annotation], error_rates: Mapping[str, object]
) -> Marker:
    places = sorted(range(len(rows)), key=lambda place: -rows[place].score)[:EXAMPLES]
    chosen = [rows[place] for place in sorted(places)]
    shown = {row.post_id for row in chosen}
    rest = [post for post in dict.fromkeys(row.post_id for row in rows) if post not in shown]
    wrong = str(error_rates.get(label) or "")
    unsure = sum(row.score < UNSURE_BELOW for row in rows)
    return Marker(
        anchor=marker_anchor(label),
        name=plain(label),
        meaning=book.meaning(label),
        count=f"{book.count(f'markers.{label}'):,}",
        unsure=f"{unsure:,} unsure" if unsure else "",
        posts=f"{book.count(f'marker_posts.{label}'):,}",
        rate=rated(book.number(f"markers_per_1000.{label}") or 0.0),
        interval=_interval(book, label),
        share=round(100 * share, 1),
        wrong=wrong.split("; ") if wrong else ["not yet measured"],
        measured=bool(wrong),
        examples=[_example(book, row) for row in chosen],
        more=[book.refs[post_id] for post_id in rest[:MORE_POSTS]],
        beyond=max(0, len(rest) - MORE_POSTS),
    )


def _interval(book: Book, label: str) -> str:
    low, high = (book.number(f"markers_per_1000_{end}.{label}") for end in ("low", "high"))
    return f"{rated(low)} to {rated(high)}" if low is not None and high is not None else ""


def _passages(book: Book) -> dict[str, list[Annotation]]:
    found: dict[str, list[Annotation]] = {}
    for post in book.posts:
        for row in book.marks.get(post.post_id, ()):
            if row.layer == "rhetoric":
                found.setdefault(row.label, []).append(row)
    return found


def _example(book: Book, row: Annotation) -> Example:
    return Example(
        ref=book.refs[row.post_id],
        text=excerpt(book.by_id[row.post_id].text, row.start, row.end, around=70, longest=240),
        score=f"{row.score:.2f}",
        unsure=row.score < UNSURE_BELOW,
        why=", ".join(part for part in (row.detail, f"entry “{row.entry}”" if row.entry else "") if part),
    )
