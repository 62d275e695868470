"""Words and where they stand."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.text.normalise import fold
from discourse.text.tokens import content_stems, stem, tokenise

odd = st.text(st.sampled_from("aB9İß'’-.,:@_%$ \n…stndrh") | st.characters(), max_size=40)


def words(text):
    return [token.word for token in tokenise(text)]


@given(odd)
def test_a_word_is_what_stands_at_its_offsets(text):
    assert [fold(text)[token.start : token.end] for token in tokenise(text)] == words(text)


@given(odd)
def test_words_stand_in_order_and_never_overlap(text):
    tokens = tokenise(text)
    assert all(one.end <= two.start for one, two in pairwise(tokens))
    assert all(token.end > token.start for token in tokens)


@given(odd)
def test_no_letter_and_no_digit_is_lost(text):
    inside = {n for token in tokenise(text) for n in range(token.start, token.end)}
    assert not [char for n, char in enumerate(fold(text)) if char.isalnum() and n not in inside]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("  \n ", []),
        ("Don’t stop.", ["don't", "stop"]),
        ("It ended.Then it began.", ["it", "ended", "then", "it", "began"]),
        ("a one-week closure", ["a", "one-week", "closure"]),
        ("It cost 1,200.50 euros", ["it", "cost", "1,200.50", "euros"]),
        ("at 7:56, on the 25th.", ["at", "7:56", "on", "the", "25th"]),
        ("20mph and 400km", ["20mph", "and", "400km"]),
        ("in the U.S. today", ["in", "the", "u.s.", "today"]),
        ("@old_miller said", ["@old_miller", "said"]),
        ("yes--no", ["yes", "no"]),
        ("'quoted' words", ["quoted", "words"]),
        ("42 .", ["42"]),
    ],
)
def test_words_are_cut_as_people_read_them(text, expected):
    assert words(text) == expected


def test_a_number_glued_to_letters_is_never_torn_apart_between_its_digits():
    assert words("100m") == ["100m"]


@pytest.mark.parametrize(("one", "other"), [("close", "closing"), ("ferry", "ferries"), ("mayor's", "mayor")])
def test_two_forms_of_a_word_meet_in_their_stem(one, other):
    assert stem(one) == stem(other)


def test_numbers_have_no_stem():
    assert stem("25th") == "25th"


def test_function_words_carry_no_content():
    assert content_stems(["the", "ferries", "were", "late", "and", "the", "ferry", "is"]) == [
        "ferri",
        "late",
        "ferri",
    ]
