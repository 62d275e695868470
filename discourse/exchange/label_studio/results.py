"""Labels as Label Studio's results: regions of a text or of a conversation, and choices on a whole post.

`<Text>` counts code points (its editor converts what the browser counts; CR LF are two),
`<Paragraphs>` UTF-16 code units within each paragraph.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from discourse.exchange.label_studio.controls import DIALOGUE, KEPT, REPLY_SPAN, TARGET, TEXT
from discourse.exchange.names import label_name
from discourse.exchange.offsets import Offsets
from discourse.labels.decisions import HUMAN
from discourse.model import Annotation, Post

Result = dict[str, Any]


class _Place(Struct, frozen=True):
    """Where a result stands: its region, its control, and what says so in its value and in its `meta`."""

    region: str
    to_name: str
    control: str
    kind: str  # of the result, and the field of its value that holds the label
    value: Result
    kept: Result


def text_results(post: Post, rows: Sequence[Annotation]) -> list[Result]:
    """Return one maker's labels, or the machine's, as results of a task of one post.

    The agreement with the post answered is a choice; of several the surest, and the others are spans.
    """
    chosen = _chosen(post, rows)
    found: list[Result] = []
    for number, row in enumerate(rows, 1):
        region, span = f"r{number}", {"start": row.start, "end": row.end}
        if row is chosen:
            place = _Place(region, TEXT, "reply", "choices", {}, {**span, "target": row.target})
            found.append(_result(row, place))
        else:
            control = REPLY_SPAN if row.layer == "reply" else row.layer
            found += _region(row, _Place(region, TEXT, control, "labels", {**span}, {**span}))
    return found


def dialogue_results(posts: Sequence[tuple[Post, Iterable[Annotation]]]) -> list[Result]:
    """Return labels on the paragraphs of a conversation, which are its posts in order."""
    return [result for place, (post, rows) in enumerate(posts) for result in _paragraph(place, post, rows)]


def lowest_score(results: Iterable[Result]) -> float:
    """Return how sure the least sure of some results is, so that tasks in doubt can be put first."""
    return min(float(result["score"]) for result in results if "score" in result)


def _paragraph(paragraph: int, post: Post, rows: Iterable[Annotation]) -> Iterator[Result]:
    offsets = Offsets.utf16(post.text)
    for number, row in enumerate(rows, 1):
        start, end = offsets.units(row.start), offsets.units(row.end)
        value = {"start": str(paragraph), "end": str(paragraph), "startOffset": start, "endOffset": end}
        kept = {"start": start, "end": end}
        region = f"p{paragraph}-{number}"
        yield from _region(row, _Place(region, DIALOGUE, row.layer, "paragraphlabels", value, kept))


def _chosen(post: Post, rows: Sequence[Annotation]) -> Annotation | None:
    answers = [row for row in rows if row.layer == "reply" and row.target in (None, post.reply_to)]
    return max(answers, key=lambda row: row.score, default=None)


def _region(row: Annotation, place: _Place) -> Iterator[Result]:
    """Yield a region's label, and what it is about in a field of its own that people can edit."""
    yield _result(row, replace(place, value={**place.value, "text": row.quote}))
    if row.target is not None:
        field = {"id": place.region, "from_name": TARGET, "to_name": place.to_name, "type": "textarea"}
        yield {**field, "value": {**place.value, "text": [row.target]}}


def _result(row: Annotation, place: _Place) -> Result:
    """Return one result; what its value has no room for stands in `meta`, which the editor hands on."""
    name = label_name(row.layer, row.label)
    kept = {"label": name, "maker": row.annotator, **place.kept, "detail": row.detail, "also": row.also}
    result: Result = {"id": place.region, "from_name": place.control, "to_name": place.to_name}
    result |= {"type": place.kind, "value": {**place.value, place.kind: [name]}}
    result["meta"] = {"text": [_shown(row)], KEPT: {key: it for key, it in kept.items() if it is not None}}
    if not row.annotator.startswith(HUMAN):
        result["score"] = row.score
    return result


def _shown(row: Annotation) -> str:
    """Return what the editor shows beside a region."""
    score = "" if row.annotator.startswith(HUMAN) else f" ({row.score:.2f})"
    return "; ".join([row.annotator + score, *([row.detail] if row.detail else [])])
