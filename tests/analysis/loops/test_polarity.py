"""Disputes over a statement: what asserts, what denies, and what does neither."""

import pytest

from discourse.analysis.base import read_threads
from discourse.analysis.loops.clauses import clauses_of
from tests.analysis.mini import Line, analysed, thread_of
from tests.growth import assert_linear


def denials(text: str) -> list[bool]:
    (thread,) = read_threads(thread_of([("Ada", None, text)]))
    return [clause.denies for clause in clauses_of(thread.posts[0])]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("There is a curfew in Brell.", [False]),
        ("There is no curfew in Brell.", [True]),
        ("What curfew?", [True]),
        ("Then who repaired the drain?", [False]),
        ("Is there a curfew?", []),
        ("Then why would anybody repair the drain?", []),
        ("I never said the drain was repaired.", []),
        ("I don't think the drain was repaired.", [True]),
        ("Nobody doubts the curfew, it isn't untrue.", [True, False]),
        ("If there is a curfew, go home early.", []),
        ("Over the drain.", []),
    ],
)
def test_clauses_that_state_something_assert_or_deny_it(text: str, wanted: list[bool]):
    assert denials(text) == wanted


DRAIN = ["The council repaired the drain.", "The council never repaired the drain."]


def exchange(texts: list[str]) -> list[Line]:
    return [("Ada" if at % 2 == 0 else "Bo", at or None, text) for at, text in enumerate(texts)]


def test_a_statement_and_its_denial_conflict_and_are_quoted_with_their_sentences():
    claims = analysed(thread_of(exchange(DRAIN * 3)))["claims"]
    assert claims["text"].tolist() == DRAIN


def test_a_question_is_quoted_as_a_claim_only_where_nobody_states_it():
    asked = ["What is the curfew in Brell for?", "There is no curfew in Brell."]
    tables = analysed(thread_of(exchange(asked * 3)))
    assert tables["loops"]["question"].tolist() == ["True or not: “There is no curfew in Brell”?"]
    stated = [*asked * 3, "There is a curfew in Brell."]
    claims = analysed(thread_of(exchange(stated)))["claims"]["text"].tolist()
    assert claims == ["There is a curfew in Brell.", "There is no curfew in Brell."]


@pytest.mark.parametrize(
    "texts",
    [
        ["Religion can be rational.", "Clearly football is not a religion."],
        ["I am in favour of the market hall.", "I am against the market hall."],
        ["I have a problem with the market hall.", "I never said the market hall was cheap."],
        ["In the market hall.", "Not the roof of the market hall, the fence of the yard behind it."],
    ],
)
def test_a_term_in_clauses_of_two_matters_makes_no_dispute(texts: list[str]):
    assert analysed(thread_of(exchange(texts * 4)))["loops"].empty


def test_what_says_it_in_other_words_joins_a_dispute():
    lines = [*exchange(DRAIN * 3), ("Cleo", 6, "The council has mended it.")]
    tables = analysed(thread_of(lines))
    assert tables["turns"].iloc[-1][["author", "side"]].tolist() == ["Cleo", "a"]


def test_a_long_dispute_over_a_statement_takes_time_in_proportion():
    def thread(count: int):
        return thread_of(exchange([DRAIN[at % 2] for at in range(count)]))

    assert_linear(thread, analysed, small=150)
