"""The quote layer: which words of a post are somebody's else, and whose."""

from discourse.analysis.base import (
    PostView,
    ThreadView,
    annotation,
    annotations_table,
    maker,
    read_threads,
)
from discourse.model import Annotation, Span
from discourse.tables import Tables
from discourse.text.quotes import EXTERNAL, Quote, Utterance, find_all_quotes
from discourse.text.scripts import is_plain
from discourse.text.wording import Cut


class Quotes:
    """Finds quotations, marked or not, and the post that said them first.

    Label `quote` covers quoted words, label `attribution` a line such as "NAME wrote:".
    `target` is the post that said the words first, or `external`; `detail` is the post
    from which they were taken, where that is another.
    """

    name = "quotes"
    version = 3
    requires = frozenset({"sources", "articles"})  # posts as they were read
    assigns = frozenset({"annotations:quote"})

    def analyze(self, tables: Tables) -> Tables:
        """Return one annotation a quotation; posts that quote nothing have none."""
        threads = list(read_threads(tables))
        said = ((_said(thread), [article.text for article in thread.articles]) for thread in threads)
        rows: list[Annotation] = []
        for thread, found in zip(threads, find_all_quotes(said), strict=True):
            rows += self._rows(thread, found)
        return annotations_table(rows)

    def _rows(self, thread: ThreadView, found: list[list[Quote]]) -> list[Annotation]:
        return [
            annotation(
                view,
                Span(start=quote.start, end=quote.end),
                layer="quote",
                label=quote.kind,
                by=maker(self),
                target=_name(thread, quote.source),
                score=quote.score,
                detail=_taken_from(thread, quote),
            )
            for view, quotes in zip(thread.posts, found, strict=True)
            for quote in quotes
        ]


def _said(thread: ThreadView) -> list[Utterance]:
    return [
        Utterance(view.post.author, view.post.text, view.post.addressee, _cut(view)) for view in thread.posts
    ]


def _cut(view: PostView) -> Cut | None:
    """Return a post's words as other stages read them, where all are its own and stand between blanks."""
    plain = not view.quotes and is_plain(view.post.text)
    return (view.words, view.starts, view.ends) if plain else None


def _name(thread: ThreadView, place: int) -> str:
    return "external" if place == EXTERNAL else thread.posts[place].post.post_id


def _taken_from(thread: ThreadView, quote: Quote) -> str | None:
    return None if quote.via is None else thread.posts[quote.via].post.post_id
