"""How loops end: by words that concede, stop or narrow, by silence, by talk of something else."""

import pytest

from discourse.analysis.base import read_threads
from discourse.analysis.loops.loop_state import loop_state
from discourse.tables import Tables
from tests.analysis.mini import FEE, Line, thread_of

TURNS, SIDES = [0, 1, 2, 4, 5, 6], [0, 1, 0, 1, 0, 1]  # of FEE, whose other posts are Cleo's and Dov's


def state(*more: Line, tables: Tables | None = None) -> str:
    thread = next(read_threads(tables or thread_of([*FEE, *more])))
    return loop_state(thread, TURNS, SIDES)


def test_a_loop_that_just_stops_is_open():
    assert state() == "open"


@pytest.mark.parametrize(
    "text",
    [
        "I stand corrected.",
        "I was wrong about the fee.",
        "My mistake, I read last year's notice.",
        "Oh. I take it back.",
        "You convinced me.",
        "Fair enough.",
    ],
)
def test_words_that_give_the_claim_up_concede(text: str):
    assert state(("Ada", 7, text)) == "conceded"


@pytest.mark.parametrize(
    "text",
    [
        "Was I wrong? I was wrong to trust you, is that it?",
        "If I was wrong I would say so.",
        "Perhaps I was wrong, perhaps not.",
        "Fair enough, but it is 40 euros.",
        "You are wrong.",
        "Prove I was wrong.",
        "You keep telling me why I was wrong.",
    ],
)
def test_words_that_ask_suppose_or_turn_round_concede_nothing(text: str):
    assert state(("Ada", 7, text)) == "open"


@pytest.mark.parametrize(
    "text",
    [
        "Let us agree to disagree.",
        "I'm done.",
        "I am done with this.",
        "You can have the last word.",
        "I have nothing more to say here.",
        "I refuse to waste more time on ferries.",
        "This is my last post on the matter.",
        "Bye.",
        "We are going in circles.",
        "I won't respond to that.",
    ],
)
def test_words_that_stop_withdraw(text: str):
    assert state(("Ada", 7, text)) == "withdrawn"


@pytest.mark.parametrize(
    "text", ["I am done painting.", "The ferry said goodbye to its crew.", "The time we waste!"]
)
def test_the_same_words_in_another_sense_stop_nothing(text: str):
    assert state(("Ada", 7, text)) == "open"


def test_my_mistake_in_a_long_post_may_be_of_a_detail():
    matter = " ".join(f"Berth {number} went to a skipper from the other shore." for number in range(12))
    assert state(("Ada", 7, f"The notice was blue, my mistake. {matter}")) == "open"


def test_what_is_said_to_a_bystander_ends_nothing():
    assert state(("Ada", 8, "I stand corrected on the slipway.")) == "open"


def test_what_is_quoted_ends_nothing():
    assert state(("Ada", 7, "> I stand corrected.\nNobody said that.")) == "open"


def test_who_goes_on_after_such_words_has_not_left():
    lines = list(FEE)
    lines[2] = ("Ada", 2, "No. It's 40 euros. I give up.")
    assert state(tables=thread_of(lines)) == "open"


def test_a_demand_that_is_left_without_an_answer_by_one_who_posts_on_withdraws():
    lines = list(FEE)
    lines[6] = ("Bo", 6, "55 euros. Prove it!")
    assert state(tables=thread_of(lines)) == "open"
    assert state(tables=thread_of([*lines, ("Ada", 8, "May is late for a slipway.")])) == "withdrawn"
    assert state(tables=thread_of([*lines, ("Ada", 7, "You prove yours.")])) == "open"


def test_a_claim_that_is_narrowed_and_stands_is_refined():
    assert state(("Ada", 7, "I should have said 40 euros for rowing boats.")) == "refined"


def test_meeting_half_way_is_a_compromise():
    assert state(("Ada", 7, "Let's split the difference, say 47.")) == "compromise"


def test_people_who_go_on_about_something_else_leave_the_topic():
    more: list[Line] = [
        ("Ada" if at % 2 else "Bo", 8 + at, f"The heron caught eel number {at} by the old mill pond.")
        for at in range(6)
    ]
    assert state(*more) == "topic_shift"
    assert state(*more[:3]) == "open"


def test_talk_that_keeps_the_words_of_the_dispute_leaves_it_open():
    more: list[Line] = [
        ("Ada" if at % 2 else "Bo", 8 + at, "That fee again, euros and more euros, what a fee.")
        for at in range(6)
    ]
    assert state(*more) == "open"


def test_in_a_language_whose_words_are_not_known_nothing_is_told_from_them():
    tables = thread_of([*FEE, ("Ada", 7, "I stand corrected.")])
    other = tables["posts"].assign(lang="de").astype({"lang": "str"})
    assert state(tables=tables.replace(posts=other)) == "open"
