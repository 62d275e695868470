# ruff: noqa: E501 - the markup of real systems is wide
"""What a saved page's reader does at the edges: no comments, broken markup, deleted posts, bombs."""

from datetime import UTC, datetime

import pytest

from discourse.errors import NoCommentsError
from discourse.ingest.html import decode_html, read_html
from tests.growth import assert_linear

COMMENT = (
    '<div class="comment" id="c{n}"><b class="author">{name}</b> <time datetime="2022-05-0{n}T10:00:00+02:00">then</time>'
    '<div class="text"><p>{text}</p></div><a class="reply">Reply</a>{more}</div>'
)


def comment(n, name, text, more=""):
    return COMMENT.format(n=n, name=name, text=text, more=more)


TWO = comment(1, "Ina", "The first word of all.", comment(2, "Bo", "And the second."))


@pytest.mark.parametrize(
    "page",
    [
        "",
        "<html></html>",
        "<p>Just an article with a few words and no comment at all.</p>",
        "plain text",
        "<" * 50,
        "<h2>3 comments</h2><form><textarea></textarea></form>",
        '<iframe src="x"></iframe><p>text</p>',
    ],
)
def test_a_page_without_comments_says_so(page):
    with pytest.raises(NoCommentsError, match="saved page"):
        read_html(page)


def test_a_reply_within_a_comment_answers_it():
    first, second = read_html(TWO).posts
    assert (first.parent, second.parent, second.parent_evidence) == (None, 1, "indent")
    assert first.timestamp == datetime(2022, 5, 1, 8, tzinfo=UTC)
    assert (first.text, second.text) == ("The first word of all.", "And the second.")
    assert first.dom_id == "c1"


def test_markup_without_its_ends_is_read_all_the_same():
    broken = TWO.replace("</p>", "").replace("</a>", "").replace("</b>", "", 0)
    assert [post.text for post in read_html(broken).posts] == ["The first word of all.", "And the second."]


def test_a_single_comment_is_found_where_its_names_say_so():
    (only,) = read_html(comment(1, "Ina", "Alone here, it seems.")).posts
    assert (only.author, only.text) == ("Ina", "Alone here, it seems.")


def test_repeated_posts_are_kept():
    page = "".join(comment(n, "Ina", "Exactly the same words.") for n in range(1, 5))
    assert len(read_html(page).posts) == 4


def test_the_count_that_the_page_states_is_a_check():
    assert read_html("<h2>2 Comments</h2>" + TWO).stated_count == 2
    assert read_html("<h2>2 Comments</h2>" + TWO).score > read_html("<h2>90 Comments</h2>" + TWO).score


def test_shown_times_need_the_day_of_the_page():
    page = TWO.replace('datetime="2022-05-01T10:00:00+02:00">then', ">3 hours ago")
    assert read_html(page).posts[0].timestamp is None
    day = datetime(2022, 5, 1, 12, tzinfo=UTC)
    assert read_html(page, day=day).posts[0].timestamp == datetime(2022, 5, 1, 9, tzinfo=UTC)


def test_the_article_stands_apart_from_the_comments():
    prose = "<article><h1>On tides</h1><p>{}</p></article>".format(
        "The tide comes and goes, twice a day. " * 6
    )
    article = read_html(f"<title>On tides | A site</title>{prose}<div id='comments'>{TWO}</div>").article
    assert article is not None
    assert (article.title, article.start_line) == ("On tides", 1)
    assert "second" not in article.text


@pytest.mark.parametrize("margin", ["margin-left:{}px", "padding: 0 0 0 {}px"])
def test_indentation_gives_the_parent(margin):
    rows = [(1, "Ina", 0), (2, "Bo", 20), (3, "Cy", 40), (4, "Di", 20), (5, "Ed", 0)]
    page = "".join(
        f'<div class="k" style="{margin.format(step)}"><b>{name}</b> <i>{n} May 2022, 10:00</i><p>The words of {name}.</p></div>'
        for n, name, step in rows
    )
    assert [post.parent for post in read_html(page).posts] == [None, 1, 2, 1, None]


def test_badges_and_buttons_are_in_no_text_and_no_name():
    page = TWO.replace("</b>", ' <span class="badge">Top Fan</span></b>')
    assert [post.author for post in read_html(page).posts] == ["Ina", "Bo"]


@pytest.mark.parametrize(
    ("content", "shown"),
    [
        ('<meta charset="iso-8859-1"><p>Käse'.encode("latin-1"), "Käse"),
        ('<meta charset="windows-1251"><p>Да'.encode("cp1251"), "Да"),
        ('<meta charset="shift_jis"><p>海'.encode("shift_jis"), "海"),
        ("<p>Käse".encode("utf-16"), "Käse"),
        ('<meta charset="latin1"><p>Käse'.encode(), "Käse"),
        ('<meta charset="no-such-thing"><p>Käse'.encode(), "Käse"),
        (b"<p>a\0b" + b" " * 100, "ab"),
    ],
)
def test_the_encoding_is_what_the_page_says_unless_it_is_utf_8(content, shown):
    assert shown in decode_html(content, "the page")


def test_deeply_nested_comments_are_read_to_the_last():
    deep = 800
    page = "".join(
        COMMENT.format(n=1, name=f"U{n}", text=f"word {n} of many", more="").removesuffix("</div>")
        for n in range(deep)
    )
    posts = read_html(page).posts
    assert len(posts) == deep
    assert posts[-1].parent == deep - 1


def test_cost_grows_no_faster_than_the_page():
    def page(count):
        return "".join(comment(1, f"U{n}", f"word {n} of many") for n in range(count))

    assert_linear(page, read_html, small=200)


@pytest.mark.parametrize(
    ("piece", "small"),
    [("<div>", 400), ("<div>", 5_000), ("<ul><li>", 1_250), ("<dl><dt>x<dd>y", 600), ("<p>x", 2_500)],
)
def test_a_bomb_beside_the_comments_does_no_harm(piece, small):
    def read(bomb):
        posts = read_html(TWO + bomb).posts
        assert [post.author for post in posts][:2] == ["Ina", "Bo"]

    assert_linear(lambda count: piece * count, read, small=small)


def test_what_is_no_comment_is_explained_too():
    prose = "<article><h1>On tides</h1><p>{}</p></article>".format(
        "The tide comes and goes, twice a day. " * 6
    )
    side = "<aside><h3>Recent comments</h3><ul><li>Ina on another page</li></ul></aside>"
    page = f"{prose}<h2>2 Comments</h2><div id='comments'>{TWO}</div>{side}"
    rows = {(row.kind, row.text) for row in read_html(page).explanation}
    assert {("article", "On tides"), ("count", "2"), ("furniture", "Reply")} <= rows
    assert any(kind == "elsewhere" and "Recent comments" in text for kind, text in rows)


def test_very_many_titles_cost_no_more_than_their_number():
    assert_linear(lambda count: TWO + "<h3>Recent comments</h3><p>x</p>" * count, read_html, small=1_000)


def test_names_that_are_answered_cost_no_more_than_the_comments():
    def page(count):
        return "".join(
            comment(1, f"U{n % 7}", f"word {n} of many", "<div>In reply to Nobody</div>")
            for n in range(count)
        )

    assert_linear(page, read_html, small=200)
