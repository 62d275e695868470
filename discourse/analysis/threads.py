"""Threads of some tables, ready for reading; stages that read the same tables share what is made of them."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from weakref import ref

import pandas as pd

from discourse.analysis.views import PostView, ThreadView
from discourse.model import Annotation, Article, Post
from discourse.tables import Tables, rows_of

Quotes = Mapping[str, tuple[Annotation, ...]]  # by post id, in text order


def read_threads(tables: Tables) -> Iterator[ThreadView]:
    """Yield each thread of some tables, posts in page order."""
    # records are made once for all threads: a frame cut for each would cost more than the analysis
    notes = _noted(tables["annotations"])
    articles: dict[str, list[Article]] = {}
    for article in rows_of(Article, tables["articles"]):
        articles.setdefault(article.source_id, []).append(article)
    for thread in _laid_out(tables["posts"]):
        thread.take(notes.quotes)
        yield ThreadView(
            thread_id=thread.thread_id,
            posts=thread.posts,
            articles=tuple(article for source in thread.sources for article in articles.get(source, ())),
            annotations=notes.of(thread.posts),
            kept=thread.kept,
        )


def same_posts(before: pd.DataFrame, after: pd.DataFrame) -> None:
    """Note that one table holds the posts of another, but for their links and times: words stay known."""
    global _last  # noqa: PLW0603
    if _last is not None and _last.table() is before and before is not after:
        _last = _LaidOut(after, _last.threads)


def longer_notes(above: pd.DataFrame, below: pd.DataFrame, whole: pd.DataFrame) -> None:
    """Note that an annotations table is made of another with more rows below: only these are read."""
    if _notes is not None and _notes.table() is above:
        _notes.add(rows_of(Annotation, below))
        _notes.table = ref(whole, _forget_notes)


def forget_threads() -> None:
    """Let go of the threads that were read last, before their table goes."""
    global _last, _notes  # noqa: PLW0603
    if _last is not None:
        _empty(_last)
    _last = _notes = None


class _Notes:
    """The rows of an annotations table by their posts."""

    def __init__(self, table: pd.DataFrame) -> None:
        self.table = ref(table, _forget_notes)
        self.quotes: Quotes = {}  # another object as soon as a row is added
        self._others: dict[str, list[Annotation]] = {}
        self.add(rows_of(Annotation, table))

    def add(self, rows: Iterable[Annotation]) -> None:
        """Take up more rows."""
        quotes: dict[str, list[Annotation]] = {}
        for row in rows:
            kind = quotes if row.layer == "quote" else self._others
            kind.setdefault(row.post_id, []).append(row)
        if quotes:
            all_quotes = {post_id: [*self.quotes.get(post_id, ()), *own] for post_id, own in quotes.items()}
            ordered = {post_id: tuple(sorted(own, key=_place)) for post_id, own in all_quotes.items()}
            self.quotes = {**self.quotes, **ordered}

    def of(self, posts: Iterable[PostView]) -> tuple[Annotation, ...]:
        """Return the rows of some posts that are no quotations."""
        others = self._others
        return tuple([row for view in posts for row in others.get(view.post.post_id, ())])


def _place(row: Annotation) -> tuple[int, int]:
    return row.start, row.end


class _Thread:
    """A thread's posts, and what was made of them, for all stages that read the same table."""

    def __init__(self, thread_id: str, posts: Iterable[Post], known: Mapping[str, PostView]) -> None:
        self.thread_id = thread_id
        self.posts = tuple(
            PostView(post, ()) if (view := known.get(post.post_id)) is None else view.now(post)
            for post in sorted(posts, key=lambda post: post.position)
        )
        self.sources = tuple(dict.fromkeys(view.post.source_id for view in self.posts))
        self.kept: dict[Any, Any] = {}
        self._taken: Quotes | None = None

    def take(self, quotes: Quotes) -> None:
        """Begin anew with those posts of which other words are quoted than before."""
        if quotes is self._taken:
            return
        self._taken = quotes
        posts = tuple(
            view if view.quotes == (own := quotes.get(view.post.post_id, ())) else PostView(view.post, own)
            for view in self.posts
        )
        if posts != self.posts:
            self.posts, self.kept = posts, {}


class _LaidOut:
    """The threads of a posts table; read when they are first asked for."""

    def __init__(self, table: pd.DataFrame, before: list[_Thread]) -> None:
        self.table = ref(table, _forget)
        self.threads = before  # until they are read: those of a table with the same posts
        self._is_read = False

    def read(self, table: pd.DataFrame) -> list[_Thread]:
        """Return the threads in the order in which they first appear."""
        if not self._is_read:
            known = {view.post.post_id: view for thread in self.threads for view in thread.posts}
            posts: dict[str, list[Post]] = {}
            for post in rows_of(Post, table):
                posts.setdefault(post.thread_id, []).append(post)
            self.threads = [_Thread(thread_id, own, known) for thread_id, own in posts.items()]
            self._is_read = True
        return self.threads


# stages read one table after another: of the last one rows are not read, nor words looked for, again
_last: _LaidOut | None = None
_notes: _Notes | None = None


def _laid_out(table: pd.DataFrame) -> list[_Thread]:
    global _last  # noqa: PLW0603
    if _last is None or _last.table() is not table:
        _last = _LaidOut(table, [])
    return _last.read(table)


def _noted(table: pd.DataFrame) -> _Notes:
    global _notes  # noqa: PLW0603
    if _notes is None or _notes.table() is not table:
        _notes = _Notes(table)
    return _notes


def _forget(gone: ref[pd.DataFrame]) -> None:
    global _last  # noqa: PLW0603
    if _last is not None and _last.table is gone:
        _empty(_last)
        _last = None


def _empty(laid_out: _LaidOut) -> None:
    """Take from threads what is kept of them, as it holds them: now they go at once, without a collection."""
    for thread in laid_out.threads:
        thread.kept.clear()


def _forget_notes(gone: ref[pd.DataFrame]) -> None:
    global _notes  # noqa: PLW0603
    if _notes is not None and _notes.table is gone:
        _notes = None
