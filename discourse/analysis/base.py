"""What every analyser shares: the contract, and a thread laid out for reading."""

from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from sys import intern
from typing import Any, Protocol, TypeVar
from weakref import ref

import pandas as pd

from discourse.model import Annotation, Article, Post, Span
from discourse.tables import ANNOTATIONS, Tables, frame_of, rows_of
from discourse.text.normalise import fold
from discourse.text.sentences import split_sentences
from discourse.text.tokens import Token, content_stems, cut

T = TypeVar("T")


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


@dataclass(frozen=True)
class PostView:
    """One post as analysers read it: its own words apart from those that it quotes."""

    post: Post
    quotes: tuple[Annotation, ...]  # layer quote, in text order

    @cached_property
    def own(self) -> str:
        """The text with every quoted character blanked: same length, so offsets hold; line breaks stay."""
        return self.post.text if not self.quotes else _blanked(self.post.text, self.quotes)

    @cached_property
    def sentences(self) -> list[Span]:
        """Sentences of the own words, with offsets into the post's text.

        A quotation ends a sentence: own words before and after it are never read as one.
        """
        spans: list[Span] = []
        edge = 0
        for start, end in [*((q.start, q.end) for q in self.quotes), (len(self.own), len(self.own))]:
            piece = self.own[edge:start]
            spans += [Span(start=edge + s.start, end=edge + s.end) for s in split_sentences(piece)]
            edge = max(edge, end)
        return spans

    # views outlive a stage, so words are kept as small as can be: each once, and offsets as bare numbers
    @cached_property
    def _cuts(self) -> "tuple[list[str], array[int], array[int]]":
        words, starts, ends, _ = cut(fold(self.own))
        return list(map(intern, words)), array("l", starts), array("l", ends)

    @property
    def words(self) -> list[str]:
        """The own words, folded, in order."""
        return self._cuts[0]

    @property
    def starts(self) -> "array[int]":
        """Where each of the own words begins."""
        return self._cuts[1]

    @property
    def ends(self) -> "array[int]":
        """Where each of the own words ends."""
        return self._cuts[2]

    @property
    def tokens(self) -> list[Token]:
        """Words of the own words, folded, with offsets into the post's text; made anew at each call."""
        words, starts, ends = self._cuts
        return list(map(Token, starts, ends, words))

    @cached_property
    def stems(self) -> list[str]:
        """Stems of those of the own words that carry content, in order, repeats kept."""
        return content_stems(self.words)

    def tokens_in(self, span: Span) -> list[Token]:
        """Return the own words that lie within a span."""
        words, starts, ends = self._cuts
        first, last = self.places_in(span)
        return list(map(Token, starts[first:last], ends[first:last], words[first:last]))

    def words_in(self, span: Span) -> list[str]:
        """Return the own words that lie within a span, without their offsets."""
        first, last = self.places_in(span)
        return self.words[first:last]

    def places_in(self, span: Span) -> tuple[int, int]:
        """Return which of the own words lie within a span: the first, and the one behind the last."""
        _, starts, ends = self._cuts
        first, last = bisect_left(starts, span.start), bisect_left(starts, span.end)
        while first < last and ends[last - 1] > span.end:
            last -= 1
        return first, last


def _blanked(text: str, spans: Iterable[Annotation]) -> str:
    chars = list(text)
    for span in spans:
        chars[span.start : span.end] = [c if c == "\n" else " " for c in chars[span.start : span.end]]
    return "".join(chars)


@dataclass(frozen=True)
class ThreadView:
    """One thread in page order, ready for reading."""

    thread_id: str
    posts: tuple[PostView, ...]
    articles: tuple[Article, ...]
    annotations: tuple[Annotation, ...]  # all layers but quotes
    kept: dict[Any, Any] = field(default_factory=dict, compare=False, repr=False)  # see `remembered`

    def remembered(self, make: Callable[["ThreadView"], T]) -> T:
        """Return what is made of the thread, from memory where an earlier stage has made the same.

        It may depend on posts and quotations alone, as other annotations change from stage to stage.
        """
        if make not in self.kept:
            self.kept[make] = make(self)
        made: T = self.kept[make]
        return made

    @cached_property
    def by_id(self) -> Mapping[str, PostView]:
        """Posts of the thread by their id."""
        return {view.post.post_id: view for view in self.posts}

    @cached_property
    def places(self) -> Mapping[str, int]:
        """Place of each post in page order, 0-based, by its id."""
        return {view.post.post_id: place for place, view in enumerate(self.posts)}

    @cached_property
    def authors(self) -> list[str]:
        """Every author once, in the order of first posts."""
        return list(dict.fromkeys(view.post.author for view in self.posts))

    def speaks(self, language: str) -> bool:
        """Say whether most posts are in a language, or in none that could be told."""
        count: int = self.kept.get(("speaks", language), -1)
        if count < 0:
            count = sum(view.post.lang in (None, language) for view in self.posts)
            self.kept["speaks", language] = count
        return 2 * count > len(self.posts)

    def parent(self, view: PostView) -> PostView | None:
        """Return the post that a post answers; None at a root or where that post is gone."""
        return self.by_id.get(view.post.reply_to or "")


def read_threads(tables: Tables) -> Iterator[ThreadView]:
    """Yield each thread of some tables, posts in page order."""
    # records are made once for all threads: a frame cut for each would cost more than the analysis
    rows: dict[str, list[Annotation]] = {}
    for row in rows_of(Annotation, tables["annotations"]):
        rows.setdefault(row.post_id, []).append(row)
    articles: dict[str, list[Article]] = {}
    for article in rows_of(Article, tables["articles"]):
        articles.setdefault(article.source_id, []).append(article)
    for thread in _laid_out(tables["posts"]):
        thread.take(rows)
        sources = dict.fromkeys(view.post.source_id for view in thread.posts)
        yield ThreadView(
            thread_id=thread.thread_id,
            posts=thread.posts,
            articles=tuple(article for source in sources for article in articles.get(source, ())),
            annotations=tuple(
                row
                for view in thread.posts
                for row in rows.get(view.post.post_id, ())
                if row.layer != "quote"
            ),
            kept=thread.kept,
        )


class _LaidOut:
    """A thread's posts, and what was made of them, for all stages that read the same table."""

    def __init__(self, thread_id: str, posts: Iterable[Post]) -> None:
        self.thread_id = thread_id
        self.posts = tuple(PostView(post, ()) for post in sorted(posts, key=lambda post: post.position))
        self.kept: dict[Any, Any] = {}

    def take(self, rows: Mapping[str, Iterable[Annotation]]) -> None:
        """Begin anew with those posts of which other words are quoted than before."""
        quotes = [_quotes(rows.get(view.post.post_id, ())) for view in self.posts]
        if any(view.quotes != its for view, its in zip(self.posts, quotes, strict=True)):
            self.posts = tuple(
                view if view.quotes == its else PostView(view.post, its)
                for view, its in zip(self.posts, quotes, strict=True)
            )
            self.kept = {}


def _quotes(rows: Iterable[Annotation]) -> tuple[Annotation, ...]:
    quotes = (row for row in rows if row.layer == "quote")
    return tuple(sorted(quotes, key=lambda quote: (quote.start, quote.end)))


# stages read one table after another: of the last one the words are not looked for again
_last: tuple[ref[pd.DataFrame], list[_LaidOut]] | None = None


def _laid_out(table: pd.DataFrame) -> list[_LaidOut]:
    global _last  # noqa: PLW0603
    if _last is not None and _last[0]() is table:
        return _last[1]
    posts: dict[str, list[Post]] = {}
    for post in rows_of(Post, table):
        posts.setdefault(post.thread_id, []).append(post)
    threads = [_LaidOut(thread_id, its) for thread_id, its in posts.items()]
    _last = (ref(table, _forget), threads)
    return threads


def _forget(gone: ref[pd.DataFrame]) -> None:
    global _last  # noqa: PLW0603
    if _last is not None and _last[0] is gone:
        _last = None


def merge_overlaps(rows: Iterable[Annotation]) -> list[Annotation]:
    """Join overlapping rows of one post, layer, label and target into one that covers them.

    The row with the higher score decides (the earlier at a tie): its maker is the
    `annotator`, the others are named in `also`.
    """
    merged: list[Annotation] = []
    for row in sorted(rows, key=lambda r: (r.post_id, r.layer, r.label, r.target or "", r.start, r.end)):
        last = merged[-1] if merged else None
        same = last is not None and all(
            getattr(last, name) == getattr(row, name) for name in ("post_id", "layer", "label", "target")
        )
        if last is not None and same and row.start < last.end:
            merged[-1] = _joined(last, row)
        else:
            merged.append(row)
    return sorted(merged, key=lambda r: (r.post_id, r.start, r.end, r.layer, r.label, r.target or ""))


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
        entry=entry,
    )


def annotations_table(rows: Iterable[Annotation]) -> Tables:
    """Wrap rows as the annotations table, overlaps merged."""
    return Tables({"annotations": frame_of(ANNOTATIONS, merge_overlaps(rows))})
