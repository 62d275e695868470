"""The layout in which only names stand between comments."""

import pytest

from discourse.errors import NoCommentsError
from discourse.ingest.pasted.pages import PageReading, read_page
from tests.ingest.made_pages import ARTICLE, TALK, Comment, bare_page


def said(reading: PageReading) -> list[Comment]:
    return [(post.author, post.addressee, post.text.split("\n")) for post in reading.posts]


def test_authors_addressees_and_texts_are_told_apart():
    reading = read_page(bare_page(TALK, count=8))
    assert said(reading) == TALK
    assert (reading.reader, reading.stated_count) == ("bare-names", 8)


def test_lines_are_numbered_as_the_page_has_them():
    second = read_page(bare_page(TALK, count=8)).posts[1]
    assert (second.start_line, second.body_line, second.end_line) == (7, 9, 10)


@pytest.mark.parametrize("count", [None, 7, 11])
def test_a_missing_or_wrong_count_does_not_force_the_split(count):
    assert said(read_page(bare_page(TALK, count=count, article=() if count is None else ARTICLE))) == TALK


def test_two_posts_in_a_row_by_one_author_stay_two():
    talk = [*TALK, ("Gannet Joe", None, ["And another thing, the lamp is out again."])]
    assert said(read_page(bare_page(talk, count=9))) == talk


def test_an_author_may_answer_himself():
    talk = [*TALK[:5], ("Gannet Joe", "Gannet Joe", ["I meant the board, not the county."]), *TALK[5:]]
    assert said(read_page(bare_page(talk, count=9))) == talk


@pytest.mark.parametrize(
    "name",
    [
        "Old Tar Bill",
        "tern",
        "K.L.M.",
        "9lives",
        "seal 🦭",
        "Dr. Whelk",
        "sandpiper_12",
        "潮風",
        "the other Ann",
    ],
)
def test_a_name_that_stands_once_is_found_whatever_it_looks_like(name):
    talk = [*TALK[:4], (name, None, ["I have rowed past those steps every day since I was nine."]), *TALK[4:]]
    assert said(read_page(bare_page(talk, count=9))) == talk


@pytest.mark.parametrize(
    "short", ["Nope.", "Why?", "and so it goes.", "Rubbish!", "1. rope", "https://example.org/steps"]
)
def test_a_short_line_of_text_is_no_name(short):
    talk = [*TALK[:6], ("ebbtide88", "Gannet Joe", ["You said it was the county.", short]), *TALK[6:]]
    assert said(read_page(bare_page(talk, count=9))) == talk


def test_an_addressee_who_wrote_nothing_here_is_kept():
    talk = [
        *TALK[:6],
        ("mrs_plover", "Captain Cormorant", ["You are thinking of the other steps."]),
        *TALK[6:],
    ]
    assert read_page(bare_page(talk, count=9)).posts[6].addressee == "Captain Cormorant"


def test_a_glued_time_dates_the_addressee_and_not_the_reply():
    dated = ["date 2024-05-06 " + ARTICLE[0], *ARTICLE[1:]]
    talk = [*TALK[:6], ("ebbtide88", "Gannet JoeToday 09:15 am JST", ["Which gulls?"]), *TALK[6:]]
    post = read_page(bare_page(talk, count=9, article=dated)).posts[6]
    assert (post.addressee, post.timestamp) == ("Gannet Joe", None)
    assert post.addressee_time is not None
    assert post.addressee_time.isoformat() == "2024-05-06T00:15:00+00:00"


def test_text_behind_a_glued_time_begins_behind_its_dots():
    line = "Gannet JoeYesterday 11:40 pm GMT...We do, who else. And it is dear enough."
    talk = [*TALK[:6], ("ebbtide88", line, ["Then say so at the meeting."]), *TALK[6:]]
    post = read_page(bare_page(talk, count=9)).posts[6]
    assert post.text == "We do, who else. And it is dear enough.\nThen say so at the meeting."
    assert post.body_line == post.start_line + 1


@pytest.mark.parametrize("gap", ["\n\n", "\n \n"])
def test_blank_lines_between_all_lines_change_nothing(gap):
    reading = read_page(bare_page(TALK, count=8).replace("\n", gap))
    assert [(post.author, post.addressee) for post in reading.posts] == [(a, b) for a, b, _ in TALK]


def test_the_comment_form_below_is_nobodys_text():
    page = bare_page(TALK, count=8) + "\nLeave a Reply\nYour name\nYour message"
    assert said(read_page(page)) == TALK


@pytest.mark.parametrize(
    "page", ["\n".join(ARTICLE), "\n".join([*ARTICLE, "Leave a Reply", "Name", "Email"])]
)
def test_an_article_without_comments_gives_none(page):
    with pytest.raises(NoCommentsError, match="no comment"):
        read_page(page)


def test_a_stated_count_is_named_where_no_comment_can_be_told_apart():
    page = "\n".join([*ARTICLE, "4 comments", "Leave a Reply", "Name"])
    with pytest.raises(NoCommentsError, match="it states 4 comments, and none could be told apart"):
        read_page(page)


def test_questions_and_answers_are_no_comments():
    asked = [
        f"{number} What is planned for the {part} of the steps\nNothing yet is known about it."
        for number, part in enumerate(["top", "foot", "rail", "lamp", "slip", "gate"], start=1)
    ]
    with pytest.raises(NoCommentsError):
        read_page("\n\n".join([*ARTICLE, "Frequently Asked Questions", *asked]))
