"""Lines that state a number of comments, and lines that belong to nobody."""

import pytest

from discourse.ingest.counts import is_heading, stated_count
from discourse.ingest.furniture import is_button, is_form, recurring


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("60 Comments", 60),
        ("1,204 comments", 1204),
        ("41 Responses to “Second reading”", 41),
        ("5 thoughts on “A better railing”", 5),
        ("38 posts • Page 1 of 1", 38),
        ("42 Kommentare", 42),
        ("6 Kommentare zu „Das Geländer“", 6),
        ("Comments (17)", 17),
        ("60 件のコメント", 60),
        ("12 commentaires", 12),
        ("9 comentarios", 9),
        ("3 comments were deleted because they were rude", None),
        ("I have read 60 comments", None),
    ],
)
def test_a_stated_count_is_read_in_several_languages(line, number):
    assert stated_count(line) == number


@pytest.mark.parametrize("line", ["Comments", "Kommentare", "Discussion"])
def test_a_heading_over_comments_is_known(line):
    assert is_heading(line)


@pytest.mark.parametrize(
    "line",
    [
        "36 • Reply • Share ›",
        "permalinkembedsavereportreply",
        "Reply",
        "Antworten",
        "返信",
        "Like 3 Reply",
        "LikenLiken",
    ],
)
def test_buttons_are_furniture(line):
    assert is_button(line)


@pytest.mark.parametrize(
    "line", ["Reply to me when you know", "Thanks", "More", "12", "", "Up", "Share it with the board"]
)
def test_what_somebody_may_have_said_is_no_button(line):
    assert not is_button(line)


def test_a_form_is_known_by_how_it_begins():
    assert is_form("Leave a Reply to Gannet Joe")
    assert not is_form("I leave a reply on every page")


def test_what_recurs_below_many_authors_posts_is_furniture():
    tails = [["Top", f"Posts: {n}"] for n in range(6)]
    assert {"top", "posts: …"} <= recurring(tails, list("abcabc"))


def test_what_recurs_below_one_authors_posts_is_his_own():
    assert recurring([["Cheers, J."]] * 6, ["J"] * 6) == frozenset()
