"""From a page that was read to checked tables."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from discourse.ingest.articles import MOST_READ, PageArticle
from discourse.model import Article, Evidence, Post, Source
from discourse.tables import ARTICLES, FAULTS, POSTS, SOURCES, Tables, frame_of
from discourse.text.language import languages_of


class FoundPost(Protocol):
    """One comment, as every reader of pages hands it on."""

    @property
    def position(self) -> int:
        """Its place among the page's posts, from 1 on."""

    @property
    def author(self) -> str:
        """The name that the page shows."""

    @property
    def text(self) -> str:
        """What the author wrote, NFC."""

    @property
    def timestamp(self) -> datetime | None:
        """When it was written, in UTC."""

    @property
    def parent(self) -> int | None:
        """Position of the post that the page itself says is answered."""

    @property
    def parent_evidence(self) -> Evidence:
        """What that rests on; `none` without a parent."""

    @property
    def parent_score(self) -> float | None:
        """How sure that is, from 0 to 1."""

    @property
    def split_score(self) -> float | None:
        """How sure it is that a post begins here, from 0 to 1."""


class FoundPage(Protocol):
    """A page, as every reader of pages hands it on."""

    @property
    def reader(self) -> str:
        """Which reader or profile read it."""

    @property
    def score(self) -> float:
        """How sure that reader is, from 0 to 1."""

    @property
    def stated_count(self) -> int | None:
        """How many comments the page says it has."""

    @property
    def posts(self) -> Sequence[FoundPost]:
        """Its posts, in page order."""

    @property
    def article(self) -> PageArticle | None:
        """What stands beside the comments."""


def tables_of(page: FoundPage, *, uri: str, sha256: str) -> Tables:
    """Return a reading as the tables sources, posts and articles, checked against the contract."""
    source_id = sha256[:12]
    source = Source(
        source_id=source_id,
        uri=uri,
        reader=page.reader,
        reader_score=page.score,
        found_count=len(page.posts),
        sha256=sha256,
        stated_count=page.stated_count,
    )
    tables = {
        "sources": frame_of(SOURCES, [source]),
        "posts": frame_of(POSTS, _posts(page.posts, source_id)),
        "articles": frame_of(ARTICLES, _articles(page.article, source_id)),
    }
    return Tables(tables).check(uri)


def article_tables(article: PageArticle, *, uri: str, sha256: str) -> Tables:
    """Return an article that is read beside a page as the tables sources and articles."""
    source = Source(
        source_id=sha256[:12], uri=uri, reader="article", reader_score=1.0, found_count=0, sha256=sha256
    )
    found = _articles(article, source.source_id)
    problem = f"it has {len(article.text):,} characters, of which the first {MOST_READ:,} are compared"
    faults = [{"stage": "read", "item_id": uri, "problem": problem}] if len(article.text) > MOST_READ else []
    frames = {"sources": frame_of(SOURCES, [source]), "articles": frame_of(ARTICLES, found)}
    return Tables({**frames, "faults": frame_of(FAULTS, faults)}).check(uri)


def _posts(found: Sequence[FoundPost], source_id: str) -> list[Post]:
    languages = languages_of([post.text for post in found])
    return [_post(post, lang, source_id) for post, lang in zip(found, languages, strict=True)]


def _post(found: FoundPost, lang: str | None, source_id: str) -> Post:
    return Post(
        post_id=f"{source_id}:{found.position}",
        thread_id=source_id,
        source_id=source_id,
        position=found.position,
        author=found.author,
        timestamp=found.timestamp,
        text=found.text,
        lang=lang,
        reply_to=None if found.parent is None else f"{source_id}:{found.parent}",
        reply_evidence=found.parent_evidence,
        reply_score=found.parent_score,
        split_score=found.split_score,
        # what only pasted pages have
        addressee=getattr(found, "addressee", None),
        addressee_time=getattr(found, "addressee_time", None),
        start_line=getattr(found, "start_line", None),
        body_line=getattr(found, "body_line", None),
        end_line=getattr(found, "end_line", None),
    )


def _articles(found: PageArticle | None, source_id: str) -> list[Article]:
    if found is None:
        return []
    return [
        Article(
            source_id=source_id,
            start_line=found.start_line,
            end_line=found.end_line,
            text=found.text,
            title=found.title,
            date=found.date,
        )
    ]
