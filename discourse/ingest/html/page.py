"""Read a saved page: which of its elements are comments, by whom, when, in answer to what, and why."""

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime

from discourse.errors import NoCommentsError
from discourse.ingest.explained import Explained
from discourse.ingest.html.article import find_article, page_day
from discourse.ingest.html.containers import Container, find_containers
from discourse.ingest.html.embedded import embedded_comments
from discourse.ingest.html.explaining import explain, explain_page
from discourse.ingest.html.facts import Facts
from discourse.ingest.html.fields import Comment, read_comments
from discourse.ingest.html.flat import read_flat
from discourse.ingest.html.nesting import Answer, Nesting
from discourse.ingest.html.records import HtmlPost, HtmlReading
from discourse.ingest.html.scores import page_score, split_score
from discourse.ingest.html.stated import nothing_found, stated_count
from discourse.ingest.html.tree import parse


def read_html(text: str, *, where: str = "the page", day: date | datetime | None = None) -> HtmlReading:
    """Read the comments of a saved page.

    Parameters
    ----------
    where
        What to call the page in an error.
    day
        When the page was saved, where the caller knows; otherwise what the page itself says.

    Raises
    ------
    NoCommentsError
        Where the page holds no comments.
    """
    with _collector_at_rest():
        return _read(text, where, day)


@contextmanager
def _collector_at_rest() -> Iterator[None]:
    """Keep the cyclic collector from walking the page's tree again and again: a third of the time."""
    was_running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_running:
            gc.enable()


def _read(text: str, where: str, day: date | datetime | None) -> HtmlReading:
    facts = Facts(parse(text))
    containers = find_containers(facts)
    made = day or page_day(facts, containers)
    comments = read_comments(containers, facts, made)
    stated = stated_count(facts, containers)
    written = embedded_comments(facts, made)
    if len(written) > len(comments):
        return _embedded(written, stated, facts, containers)
    if not comments:
        flat = read_flat(facts, made)
        if flat is not None:
            return flat
        raise NoCommentsError(
            where=where,
            problem=nothing_found(facts, stated),
            fix="Save the page with its comments opened and loaded",
        )
    answers = Nesting(
        [comment.item for comment in comments],
        [comment.author for comment in comments],
        [comment.body_element for comment in comments],
        facts,
        frozenset().union(*(comment.addresses for comment in comments)),
    ).read()
    article = find_article(facts, containers)
    return HtmlReading(
        reader=_reader(containers),
        score=page_score(comments, stated),
        stated_count=stated,
        posts=tuple(_posts(comments, answers)),
        article=article,
        explanation=(*explain_page(facts, containers, article, stated), *explain(comments, answers)),
    )


def _reader(containers: Sequence[Container]) -> str:
    hinted = any(container.is_hinted for container in containers)
    return "html-named" if hinted else "html-shape"


def _posts(comments: Sequence[Comment], answers: Sequence[Answer | None]) -> Iterator[HtmlPost]:
    for position, (comment, answer) in enumerate(zip(comments, answers, strict=True), start=1):
        yield HtmlPost(
            position=position,
            author=comment.author,
            text=comment.text,
            timestamp=comment.timestamp,
            parent=None if answer is None else answer.parent + 1,
            parent_evidence="none" if answer is None else answer.evidence,
            parent_score=None if answer is None else round(answer.score, 4),
            dom_id=comment.dom_id,
            is_deleted=comment.is_deleted,
            split_score=split_score(comment),
        )


def _embedded(
    written: Sequence[HtmlPost], stated: int | None, facts: Facts, containers: Sequence[Container]
) -> HtmlReading:
    return HtmlReading(
        reader="html-json",
        score=0.95,
        stated_count=stated,
        posts=tuple(written),
        article=find_article(facts, containers),
        explanation=tuple(
            Explained("script", "comment", post.position, "the page's own data (JSON-LD)", post.text[:80])
            for post in written
        ),
    )
