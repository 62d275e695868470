"""Disputes over what something is, stand-offs in a word or two, and values said in short."""

import pytest

from discourse.analysis.base import read_threads
from discourse.analysis.loops.dispute import Links
from discourse.analysis.loops.naming import pieces_of
from discourse.analysis.loops.rival_disputes import rival_disputes
from discourse.analysis.loops.stand_offs import stand_offs
from discourse.tables import Tables
from tests.analysis.mini import Line, analysed, thread_of, turns
from tests.growth import assert_linear


def exchange(texts: list[str]) -> list[Line]:
    return [("Ada" if at % 2 == 0 else "Bo", at or None, text) for at, text in enumerate(texts)]


FROST = [
    "That crack by the gate is the frost's doing.",
    "It's the gravel.",
    "It's the frost.",
    "No, it was the gravel, plainly.",
    "The frost did it.",
    "Gravel.",
]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("It's the gravel.", {"gravel"}),
        ("That was a heron, clearly.", {"heron"}),
        ("Marl is to blame.", {"marl"}),
        ("It was late because of the ferry.", {"ferri"}),
        ("Black ice.", {"black", "ice"}),
        ("It isn't the gravel.", set()),
        ("Was it the gravel?", set()),
        ("Suppose it is the gravel.", set()),
        ("Thanks, mate.", set()),
    ],
)
def test_what_something_is_said_to_be_is_named(text: str, wanted: set[str]):
    (thread,) = read_threads(thread_of([("Ada", None, text)]))
    assert {key for piece in pieces_of(thread.posts[0]) for key in piece.named} == wanted


def test_two_sides_that_name_two_things_again_are_a_loop():
    tables = analysed(thread_of(exchange(FROST)))
    assert [turn.lower() for turn in turns(tables)] == ["1a", "2b", "3a", "4b", "5a", "6b"]
    assert tables["loops"]["question"].tolist() == [
        "True or not: “That crack by the gate is the frost's doing”?"
    ]


def test_an_ally_takes_the_side_whose_term_he_names():
    tables = analysed(thread_of([*exchange(FROST), ("Cleo", 6, "It was the frost, Bo.")]))
    assert tables["turns"].iloc[-1][["author", "side"]].tolist() == ["Cleo", "a"]


@pytest.mark.parametrize(
    "texts",
    [
        # both take up either term
        ["It's the frost and the gravel.", "It's the gravel and the frost."] * 3,
        # neither comes back to one
        [
            "It's the frost.",
            "It's the gravel.",
            "It's the roots.",
            "It's the mole.",
            "It's rust.",
            "It's ivy.",
        ],
        # politeness names nothing
        ["It's lovely, thanks.", "That's sad, sorry."] * 3,
    ],
)
def test_other_ways_of_naming_make_no_dispute(texts: list[str]):
    (thread,) = read_threads(thread_of(exchange(texts)))
    assert rival_disputes(thread, Links(thread)) == []


STUBS = [
    "The kettle on the third landing was boiling when we left.",
    "It wasn't.",
    "It was.",
    "Nope.",
    "Was too.",
    "Never was. It wasn't.",
    "It was!",
    "no",
]


def test_a_chain_of_short_denials_carries_on_the_claim_at_its_top():
    assert turns(analysed(thread_of(exchange(STUBS)))) == ["1a", "2b", "3A", "4B", "5A", "6B", "7A", "8B"]


def test_short_answers_to_questions_are_no_stand_off():
    asked = ["Was the kettle boiling?", "It was.", "Was the lid on?", "It wasn't.", "Was it loud?", "Nope."]
    (thread,) = read_threads(thread_of(exchange(asked * 2)))
    assert stand_offs(thread, Links(thread)) == []


def test_a_stand_off_needs_stubs_of_both_sides():
    one_sided = ["The kettle was boiling on the landing.", "Nope.", "I stood beside it and heard it whistle."]
    (thread,) = read_threads(thread_of(exchange([*one_sided, "Nope."])))
    assert stand_offs(thread, Links(thread)) == []


def question(lines: list[Line]) -> list[str]:
    return analysed(thread_of(lines))["loops"]["question"].tolist()


def test_a_number_stands_for_the_value_whose_digits_it_gives():
    lines = exchange(
        [
            "The new pier cost €3.4 million.",
            "It cost €870,000.",
            "3.4.",
            "Eight hundred and seventy thousand.",
            "3.4 million.",
            "870.",
        ]
    )
    tables = analysed(thread_of(lines))
    assert question(lines) == ["How much was the pier: €3400000 or €870000?"]
    assert [turn.lower() for turn in turns(tables)] == ["1a", "2b", "3a", "4b", "5a", "6b"]


def test_a_number_takes_the_unit_of_the_value_that_answers_it():
    lines = exchange(
        ["Twelve thousand.", "It's 18,000 miles.", "Twelve.", "Eighteen.", "Twelve.", "Eighteen."]
    )
    assert question(lines) == ["How far was it: 12000 miles or 18000 miles?"]


def test_a_number_that_counts_something_else_takes_no_unit():
    lines = exchange(
        ["The pier cost €40,000.", "It cost €90,000.", "I rang forty people.", "Ninety windows leak."]
    )
    assert question([*lines, *lines[2:]]) == []


@pytest.mark.parametrize("texts", [FROST, STUBS])
def test_long_disputes_of_either_kind_take_time_in_proportion(texts: list[str]):
    def thread(count: int) -> Tables:
        return thread_of(exchange([texts[at % len(texts)] for at in range(count)]))

    def found(tables: Tables) -> None:
        (view,) = read_threads(tables)
        links = Links(view)
        rival_disputes(view, links)
        stand_offs(view, links)

    assert_linear(thread, found, small=300)
