"""Sentences, with their offsets."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.text.sentences import split_sentences
from tests.text.steps import count_steps

odd = st.text(st.sampled_from("aB9.!?…)\"' \n\t\u2028\x1c") | st.characters(), max_size=60)


def sentences(text):
    return [text[span.start : span.end] for span in split_sentences(text)]


@given(odd)
def test_every_character_but_blanks_lies_in_exactly_one_sentence(text):
    spans = split_sentences(text)
    assert all(one.end <= two.start for one, two in pairwise(spans))
    inside = {n for span in spans for n in range(span.start, span.end)}
    assert not [n for n, char in enumerate(text) if not char.isspace() and n not in inside]


@given(odd)
def test_no_sentence_is_blank_or_runs_over_a_line_break(text):
    assert all(sentence.strip() and "\n" not in sentence for sentence in sentences(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        (" \n\t\n", []),
        ("One. Two! Three? Four", ["One.", "Two!", "Three?", "Four"]),
        ("no full stop\nnext line", ["no full stop", "next line"]),
        ("Mr. Tull left at 5 p.m. sharp.", ["Mr. Tull left at 5 p.m. sharp."]),
        ("It costs 3.50 now. Dear.", ["It costs 3.50 now.", "Dear."]),
        ("No. It was ten days.", ["No.", "It was ten days."]),
        ("He said no. Yes, he did.", ["He said no.", "Yes, he did."]),
        ("They live at no. 7 now. It is small.", ["They live at no. 7 now.", "It is small."]),
        ("A casino. 40 tables.", ["A casino.", "40 tables."]),
        ("Wait... for what?", ["Wait... for what?"]),
        ('"Stop." He stopped.', ['"Stop."', "He stopped."]),
    ],
)
def test_sentences_end_where_readers_end_them(text, expected):
    assert sentences(text) == expected


def test_a_long_row_of_marks_ends_a_sentence_like_a_short_one():
    text = "Really" + "?!" * 150 + " Then it rained."
    assert sentences(text) == ["Really" + "?!" * 150, "Then it rained."]


@pytest.mark.parametrize("unit", [".", "?!", "a.) ", ". ", "a.)"])
def test_stops_without_end_cost_no_more_than_their_length(unit):
    short, long = (
        count_steps(lambda text=unit * n: split_sentences(text), ("sentence_ends.py", "sentences.py"))
        for n in (400, 800)
    )
    assert long <= 2.5 * short + 200
