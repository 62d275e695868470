"""Whatever the page: no line is lost, none is given twice."""

from hypothesis import given, settings
from hypothesis import strategies as st

from discourse.errors import NoCommentsError
from discourse.ingest.pasted.pages import PageReading, read_page
from discourse.text.normalise import normalise
from tests.ingest.made_pages import TALK, bare_page

KINDS = {"article", "count", "furniture", "author", "addressee", "time", "body", "blank"}

LINES = st.sampled_from(
    [
        "Gannet Joe",
        "mrs_plover",
        "tern",
        "Nope.",
        "The rail was painted green, and nobody had asked for it.",
        "Gannet JoeToday 09:15 am JST",
        "Gannet JoeToday 09:15 am JST...And the lamp?",
        "mrs_plover • 3 hours ago",
        "tern says:",
        "March 2, 2021 at 4:05 pm",
        "Reply",
        "3 • Reply • Share ›",
        "_________________",
        "4 Comments",
        "Comments",
        "Leave a Reply",
        "Posts: 12",
        "",
        "  ",
        "tern wrote: ↑Mon Feb 02, 2021 6:42 pm",
    ]
)


def check(page: str, reading: PageReading) -> None:
    lines = normalise(page).split("\n")
    assert [line.number for line in reading.lines] == list(range(1, len(lines) + 1))
    assert {line.kind for line in reading.lines} <= KINDS
    assert all(
        (line.kind == "blank") == (not text.strip()) for line, text in zip(reading.lines, lines, strict=True)
    )
    bodies: dict[int | None, list[str]] = {}
    for line, text in zip(reading.lines, lines, strict=True):
        if line.kind == "body":
            bodies.setdefault(line.post, []).append(text)
    last = 0
    for post in reading.posts:
        assert last < post.start_line <= post.end_line
        last = post.end_line
        held = bodies.pop(post.position, [])
        if post.text and reading.lines[post.body_line - 1].kind in ("addressee", "author", "time"):
            held.insert(0, lines[post.body_line - 1])  # the text may begin on a header's line
        own = [text for text in post.text.split("\n") if text.strip()]
        heads = [line.number for line in reading.lines if line.post == post.position and line.kind != "body"]
        under = [number for number in heads if number > post.body_line]
        if len(own) > len(held) and under:
            held.append(lines[under[0] - 1])  # or end there, before the name
        assert len(own) == len(held)
        assert all(line.endswith(text.rstrip()) or text in line for text, line in zip(own, held, strict=True))
    assert not bodies
    if reading.article is not None and reading.posts:
        assert reading.article.end_line < reading.posts[0].start_line


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.lists(LINES, max_size=40))
def test_every_line_belongs_to_exactly_one_place(lines):
    page = "\n".join(lines)
    try:
        reading = read_page(page)
    except NoCommentsError:
        return
    check(page, reading)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.text(max_size=200))
def test_any_text_is_read_or_refused(text):
    try:
        reading = read_page(text)
    except NoCommentsError:
        return
    check(text, reading)


def test_each_line_is_explained():
    reading = read_page(bare_page(TALK, count=8))
    kinds = [line.kind for line in reading.lines]
    assert kinds[:9] == [
        "article",
        "article",
        "article",
        "count",
        "author",
        "body",
        "author",
        "addressee",
        "body",
    ]
    assert all(line.reason for line in reading.lines)


def test_the_article_is_what_stands_before_the_count():
    article = read_page(bare_page(TALK, count=8)).article
    assert article is not None
    assert (article.start_line, article.end_line) == (1, 3)
