"""What every analyser shares: the contract, threads to read (see `views` and `threads`), rows on spans."""

from collections.abc import Iterable
from operator import attrgetter
from typing import Protocol

from discourse.analysis.threads import read_threads
from discourse.analysis.views import PostView, ThreadView
from discourse.model import Annotation, Span
from discourse.tables import ANNOTATIONS, Tables, frame_of

__all__ = [
    "Analyzer",
    "PostView",
    "ThreadView",
    "annotation",
    "annotations_table",
    "maker",
    "merge_overlaps",
    "read_threads",
]


class Analyzer(Protocol):
    """Reads the tables of whole threads, returns new rows, changes nothing."""

    @property
    def name(self) -> str:
        """Unique among ANALYZERS, such as "hedges"."""

    @property
    def version(self) -> int:
        """Bumped by every change that changes an output row."""

    @property
    def requires(self) -> frozenset[str]:
        """Layers (`annotations:quote`) or tables (`claims`) that it reads."""

    @property
    def assigns(self) -> frozenset[str]:
        """Layers or tables that it writes."""

    def analyze(self, tables: Tables) -> Tables:
        """Return new rows only, of the tables it assigns, valid under their schemas."""
        ...


def maker(analyzer: Analyzer) -> str:
    """Write an analyser's name as the `annotator` column holds it."""
    return f"{analyzer.name}@{analyzer.version}"


def merge_overlaps(rows: Iterable[Annotation]) -> list[Annotation]:
    """Join overlapping rows of one post, layer, label and target into one that covers them.

    The row with the higher score decides (the earlier at a tie): its maker is the
    `annotator`, the others are named in `also`.
    """
    merged: list[Annotation] = []
    for row in sorted(rows, key=lambda r: (r.post_id, r.layer, r.label, r.target or "", r.start, r.end)):
        last = merged[-1] if merged else None
        if last is not None and row.start < last.end and _KIND(last) == _KIND(row):
            merged[-1] = _joined(last, row)
        else:
            merged.append(row)
    return sorted(merged, key=lambda r: (r.post_id, r.start, r.end, r.layer, r.label, r.target or ""))


_KIND = attrgetter("post_id", "layer", "label", "target")


def _joined(first: Annotation, second: Annotation) -> Annotation:
    strong, weak = (first, second) if first.score >= second.score else (second, first)
    start, end = min(first.start, second.start), max(first.end, second.end)
    # the two quotations overlap, so the later one continues the earlier
    text = first.quote + second.quote[first.end - second.start :] if second.end > first.end else first.quote
    names = {*(first.also or "").split(), *(second.also or "").split(), weak.annotator} - {strong.annotator}
    return Annotation(
        post_id=strong.post_id,
        start=start,
        end=end,
        layer=strong.layer,
        label=strong.label,
        target=strong.target,
        annotator=strong.annotator,
        score=strong.score,
        quote=text,
        detail=strong.detail if strong.detail is not None else weak.detail,
        also=" ".join(sorted(names)) or None,
        entry=strong.entry,
    )


def annotation(
    view: PostView,
    span: Span,
    *,
    layer: str,
    label: str,
    by: str,
    target: str | None = None,
    score: float = 1.0,
    detail: str | None = None,
    entry: str | None = None,
    also: str | None = None,
) -> Annotation:
    """Build a row on a span of a post, its quotation taken from the text itself."""
    return Annotation(
        post_id=view.post.post_id,
        start=span.start,
        end=span.end,
        layer=layer,  # type: ignore[arg-type]
        label=label,
        target=target,
        annotator=by,
        score=round(score, 4),
        quote=view.post.text[span.start : span.end],
        detail=detail,
        also=also,
        entry=entry,
    )


def annotations_table(rows: Iterable[Annotation]) -> Tables:
    """Wrap rows as the annotations table, overlaps merged."""
    return Tables({"annotations": frame_of(ANNOTATIONS, merge_overlaps(rows))})
