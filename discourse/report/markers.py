"""Rhetoric markers: how many, how often, how often wrong, and examples in their context."""

from collections.abc import Mapping
from dataclasses import dataclass

from discourse.model import Annotation
from discourse.report.book import Book, Ref
from discourse.report.spans import UNSURE_BELOW, Excerpt, excerpt
from discourse.report.words import plain

EXAMPLES = 5


@dataclass(frozen=True)
class Example:
    """One marked passage."""

    ref: Ref
    text: Excerpt
    score: str
    unsure: bool
    why: str


@dataclass(frozen=True)
class Marker:
    """One marker over the whole report."""

    anchor: str
    name: str
    meaning: str
    count: str
    posts: str
    rate: str
    share: float  # of the most frequent marker's rate, 0 to 100, for the bar
    wrong: str
    measured: bool
    examples: list[Example]
    more: list[Ref]  # posts with passages beyond the examples


def markers(book: Book, error_rates: Mapping[str, object]) -> list[Marker]:
    """List the markers that were found, by name.

    Parameters
    ----------
    error_rates
        Marker to a sentence on how often it is wrong and on what that was measured.
    """
    rates = book.metrics("markers_per_1000")
    highest = max(rates.values(), default=0.0)
    passages = _passages(book)
    return [
        _marker(book, label, rates[label] / highest if highest else 0.0, passages.get(label, []), error_rates)
        for label in sorted(book.metrics("markers"))
    ]


def _marker(
    book: Book, label: str, share: float, rows: list[Annotation], error_rates: Mapping[str, object]
) -> Marker:
    strongest = sorted(rows, key=lambda row: -row.score)[:EXAMPLES]
    chosen = [row for row in rows if any(row is best for best in strongest)]
    rest = dict.fromkeys(row.post_id for row in rows if not any(row is best for best in strongest))
    wrong = error_rates.get(label)
    return Marker(
        anchor=f"m-{label}",
        name=plain(label),
        meaning=book.meaning(label),
        count=f"{book.count(f'markers.{label}'):,}",
        posts=f"{book.count(f'marker_posts.{label}'):,}",
        rate=f"{book.number(f'markers_per_1000.{label}') or 0:.1f}",
        share=round(100 * share, 1),
        wrong=str(wrong) if wrong else "not yet measured",
        measured=bool(wrong),
        examples=[_example(book, row) for row in chosen],
        more=[book.refs[post_id] for post_id in rest],
    )


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
