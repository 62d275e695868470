"""Read a pasted comment page: which line is whose, and why."""

import unicodedata
from collections.abc import Sequence
from datetime import date, datetime

from msgspec import Struct

from discourse.errors import NoCommentsError
from discourse.ingest.articles import PageArticle, find_article, page_date
from discourse.ingest.counts import find_counts, is_heading
from discourse.ingest.furniture import is_form
from discourse.ingest.pasted.bodies import Body, find_bodies
from discourse.ingest.pasted.layout import Header, Layout
from discourse.ingest.pasted.places import Parent, find_parents, with_places
from discourse.ingest.pasted.readers import read_layout
from discourse.ingest.times import resolve
from discourse.model import Evidence
from discourse.text.normalise import normalise


class PageLine(Struct, frozen=True):
    """What one line of the page was taken for."""

    number: int  # 1-based
    kind: str  # article | count | furniture | author | addressee | time | body | blank
    post: int | None  # position of the post that it belongs to
    reason: str


class PagePost(Struct, frozen=True):
    """One comment as the page shows it."""

    position: int  # 1-based
    author: str
    addressee: str | None
    timestamp: datetime | None  # UTC
    addressee_time: datetime | None  # UTC
    start_line: int  # 1-based lines
    body_line: int
    end_line: int
    text: str
    split_score: float | None = None  # 0 to 1: how sure it is that a post begins here
    parent: int | None = None  # position of the post answered, where number or indentation say it
    parent_evidence: Evidence = "none"
    parent_score: float | None = None  # 0 to 1


class PageReading(Struct, frozen=True):
    """A page read: its posts, and for every line what it was taken for."""

    reader: str
    score: float  # 0 to 1
    stated_count: int | None
    posts: tuple[PagePost, ...]
    lines: tuple[PageLine, ...]
    article: PageArticle | None


def read_page(text: str, *, where: str = "the page", day: date | datetime | None = None) -> PageReading:
    """Read the posts of a page.

    Parameters
    ----------
    where
        What to call the page in an error.
    day
        When the page was made, where the caller knows; otherwise what the page itself says.

    Raises
    ------
    NoCommentsError
        Where the page holds no reader comments.
    """
    lines = normalise(text).split("\n")
    layout = read_layout(lines)
    if layout is None:
        raise NoCommentsError(
            where=where, problem=_what_stands(lines), fix="Paste the page with its comments opened and loaded"
        )
    bodies = find_bodies(lines, layout)
    layout = with_places(lines, layout, [body.first for body in bodies])
    parents = find_parents(layout.headers)
    article = find_article(lines, layout)
    made = day or page_date(lines, layout)
    posts = [
        _post(position, header, body, made, parent, layout.score)
        for position, (header, body, parent) in enumerate(
            zip(layout.headers, bodies, parents, strict=True), start=1
        )
    ]
    return PageReading(
        reader=layout.reader,
        score=round(layout.score, 4),
        stated_count=layout.stated,
        posts=tuple(posts),
        lines=tuple(_explain(lines, layout, bodies, article)),
        article=article,
    )


def _post(  # noqa: PLR0917
    position: int,
    header: Header,
    body: Body,
    made: date | datetime | None,
    parent: Parent | None,
    score: float,
) -> PagePost:
    return PagePost(
        position=position,
        author=header.author,
        addressee=header.addressee,
        timestamp=resolve(header.moment, made) if header.moment else None,
        addressee_time=resolve(header.addressee_moment, made) if header.addressee_moment else None,
        start_line=_begins(header, body) + 1,
        body_line=body.first + 1,
        end_line=max(body.last, header.last) + 1,
        text=body.text,
        split_score=round(score if header.score is None else header.score, 4),
        parent=None if parent is None else parent.position,
        parent_evidence="none" if parent is None else parent.evidence,
        parent_score=None if parent is None else parent.score,
    )


def _begins(header: Header, body: Body) -> int:
    """Return the index of the first line that the page gives to a post."""
    if header.over is not None:
        return header.over[0]
    return min(body.first, header.first) if header.below else header.first


def _explain(
    lines: Sequence[str], layout: Layout, bodies: Sequence[Body], article: PageArticle | None
) -> list[PageLine]:
    kinds = _outside(lines, layout, article)
    for position, (header, body) in enumerate(zip(layout.headers, bodies, strict=True), start=1):
        for index in header.lines:
            if lines[index].strip():
                kinds[index] = (
                    header.kinds.get(index, "author"),
                    position,
                    header.reasons.get(index, header.reason),
                )
        for index in range(body.first, body.last + 1):
            if not header.first <= index <= header.last and lines[index].strip():
                kinds[index] = ("body", position, "it stands between this post's header and the next")
    return [PageLine(index + 1, *kind) for index, kind in enumerate(kinds)]


def _outside(
    lines: Sequence[str], layout: Layout, article: PageArticle | None
) -> list[tuple[str, int | None, str]]:
    kinds: list[tuple[str, int | None, str]] = [
        ("furniture", None, "it belongs to no post")
        if line.strip()
        else ("blank", None, "nothing stands on it")
        for line in lines
    ]
    if article is not None:
        for index in range(article.start_line - 1, article.end_line):
            if lines[index].strip():
                kinds[index] = ("article", None, "running text before the comments")
    if layout.count_line is not None:
        kinds[layout.count_line] = ("count", None, f"it states {layout.stated} comments")
    return kinds


def _what_stands(lines: Sequence[str]) -> str:
    filled = [line for line in lines if line.strip()]
    seen = f"an article of {len(filled)} line{'' if len(filled) == 1 else 's'}"
    stated = max((count.number for count in find_counts(filled)), default=0)
    if stated:
        return f"{seen}: it states {stated} comment{'' if stated == 1 else 's'}, and none could be told apart"
    if any(is_form(line) for line in filled):
        return f"{seen} with an empty comment form, and no comment"
    if any(is_heading(line) for line in filled):
        return f"{seen} with a heading over comments, and no comment below it"
    questions = sum(unicodedata.normalize("NFKC", line).strip()[:1].isdigit() for line in filled)
    if questions >= 5:
        return f"{seen}, some of them numbered, and no comment"
    return f"{seen}, and no comment"
