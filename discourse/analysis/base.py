"""What every analyser shares: the contract, and a thread laid out for reading."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from discourse.model import Annotation, Article, Post, Span
from discourse.tables import ANNOTATIONS, Tables, frame_of, rows_of
from discourse.text.sentences import split_sentences
from discourse.text.tokens import Token, tokenise


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
        return _blanked(self.post.text, self.quotes)

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

    @cached_property
    def tokens(self) -> list[Token]:
        """Words of the own words, folded, with offsets into the post's text."""
        return tokenise(self.own)

    def tokens_in(self, span: Span) -> list[Token]:
        """Return the own words that lie within a span."""
        return [token for token in self.tokens if token.start >= span.start and token.end <= span.end]


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

    @cached_property
    def by_id(self) -> Mapping[str, PostView]:
        """Posts of the thread by their id."""
        return {view.post.post_id: view for view in self.posts}

    @cached_property
    def authors(self) -> list[str]:
        """Every author once, in the order of first posts."""
        return list(dict.fromkeys(view.post.author for view in self.posts))

    def speaks(self, language: str) -> bool:
        """Say whether most posts are in a language, or in none that could be told."""
        return 2 * sum(view.post.lang in (None, language) for view in self.posts) > len(self.posts)

    def parent(self, view: PostView) -> PostView | None:
        """Return the post that a post answers; None at a root or where that post is gone."""
        return self.by_id.get(view.post.reply_to or "")


def read_threads(tables: Tables) -> Iterator[ThreadView]:
    """Yield each thread of some tables, posts in page order."""
    # records are made once for all threads: a frame cut for each would cost more than the analysis
    threads: dict[str, list[Post]] = {}
    for post in rows_of(Post, tables["posts"]):
        threads.setdefault(post.thread_id, []).append(post)
    rows: dict[str, list[Annotation]] = {}
    for row in rows_of(Annotation, tables["annotations"]):
        rows.setdefault(row.post_id, []).append(row)
    articles: dict[str, list[Article]] = {}
    for article in rows_of(Article, tables["articles"]):
        articles.setdefault(article.source_id, []).append(article)
    for thread_id, posts in threads.items():
        posts.sort(key=lambda post: post.position)
        sources = dict.fromkeys(post.source_id for post in posts)
        yield ThreadView(
            thread_id=thread_id,
            posts=tuple(_view(post, rows.get(post.post_id, ())) for post in posts),
            articles=tuple(article for source in sources for article in articles.get(source, ())),
            annotations=tuple(r for post in posts for r in rows.get(post.post_id, ()) if r.layer != "quote"),
        )


def _view(post: Post, rows: Iterable[Annotation]) -> PostView:
    quotes = (row for row in rows if row.layer == "quote")
    return PostView(post, tuple(sorted(quotes, key=lambda quote: (quote.start, quote.end))))


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
