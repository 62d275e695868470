"""Posts on a terminal: who is asked for, what is said of each, and signs where colour may be missing."""

import pytest
from made_thread import HOSTILE_NAME, SCRIPT, made_tables

from discourse.errors import DiscourseError
from discourse.report.basis.book import Book
from discourse.report.terminal.choosing import NEEDED, Wish, choose
from discourse.report.terminal.lines import lines_of, overview
from discourse.tables import Tables

MEANINGS = {"hedge": "lowers the commitment", "proposal": "offers a way out"}


def some():
    """What `discourse show` reads, and no more."""
    tables = made_tables()
    return Tables({name: tables[name] for name in NEEDED})


def chosen(**wish):
    return [int(post.split(":")[1]) for post in choose(some(), Wish(**wish), MEANINGS)[1].posts]


def printed(**wish):
    lines = lines_of(*choose(some(), Wish(**wish), MEANINGS))
    return "\n".join(" " * line.indent + "".join(piece.text for piece in line.pieces) for line in lines)


def test_a_dispute_shows_its_question_claims_sides_and_turns_in_order():
    text = printed(loop=1)
    assert text.startswith("Dispute 1: Was the pool closed for two months or for three weeks?")
    assert "10 turns, 7 restatements, 4 of them with nothing new; open: neither side gave way" in text
    assert "[A] “It was closed for two whole months”  = 2 months" in text
    assert "old_swimmer (4 turns)" in text
    places = [text.index(f"turn {n}:") for n in range(1, 11)]
    assert places == sorted(places)
    assert "[B] turn 2: asserts, brings source" in text
    assert "[A] turn 6: restates, with nothing new" in text
    assert "‹It was closed for two whole months[A]›" in text


@pytest.mark.parametrize(
    ("wish", "posts"),
    [
        ({"loop": 1, "side": "b"}, [2, 5, 8, 14]),
        ({"loop": 2, "author": "Marta"}, [6]),
        ({"author": "marta"}, [1, 3, 6, 13]),
        ({"author": HOSTILE_NAME}, [7]),
        ({"marker": "hedge"}, [5, 7]),
        ({"marker": "Loaded-Language"}, [7]),
        ({"post": "#12"}, [12]),
        ({"author": "Tiago 🏊🏽‍♀️", "marker": "evidence"}, [11]),
    ],
)
def test_posts_are_those_for_which_all_that_is_asked_holds(wish, posts):
    assert chosen(**wish) == posts


def test_doubtful_posts_have_a_guessed_link_or_an_unsure_label():
    found = chosen(doubtful=True)
    assert {7, 9, 12} <= set(found)
    assert 8 not in found


def test_every_mark_has_its_number_in_the_text_and_its_reason_below():
    text = printed(post="7")
    assert "‹I think[" in text
    assert "hedge" in text
    assert "because of" in text
    assert "by " in text
    assert "score 0.90" in text
    assert "(a guess, 0.42)" in text


def test_with_a_marker_alone_the_other_marks_are_left_out():
    text = printed(marker="hedge")
    assert text.count("score 0.") == 2  # of two posts
    assert "loaded" not in text


@pytest.mark.parametrize(
    ("wish", "said"),
    [
        ({"loop": 3}, "this run has 2 disputes. Give a number from 1 to 2"),
        ({"loop": 0}, "Give a number from 1 to 2"),
        ({"loop": 1, "side": "c"}, "sides a and b"),
        ({"side": "a"}, "Give --loop too"),
        ({"author": "Marthe"}, "The nearest: Marta"),
        ({"author": "swimmer"}, "The nearest: old_swimmer"),
        ({"author": "zzzzzz"}, "nobody of that name wrote here"),
        ({"marker": "hegde"}, "The nearest: hedge"),
        ({"marker": "proposal"}, "no post carries it"),
        ({"post": "99"}, "the last post is 14"),
        ({"author": "Marta", "marker": "hedge"}, "no post is all that at once"),
    ],
)
def test_what_is_not_there_is_told_with_what_is_near(wish, said):
    with pytest.raises(DiscourseError, match=said):
        chosen(**wish)


def test_text_is_handed_on_as_it_is_and_no_line_holds_a_line_break():
    book, shown = choose(some(), Wish(post="2"), MEANINGS)
    lines = list(lines_of(book, shown))
    assert not any("\n" in piece.text for line in lines for piece in line.pieces)
    assert SCRIPT in printed(post="7")


def test_without_a_wish_what_there_is_to_ask_for_is_listed():
    lines = overview(Book(some(), MEANINGS))
    text = "\n".join("".join(piece.text for piece in line.pieces) for line in lines)
    assert "Was the pool closed" in text
    assert "hedge (2 posts)" in text
    assert "14 posts by" in text


def test_only_the_labels_of_the_posts_shown_are_kept():
    book, _ = choose(some(), Wish(post="7"), MEANINGS)
    assert set(book.tables["annotations"]["post_id"]) == {"f00dcafe0001:7"}
