"""How corrections are told: words that fit a line, and where a quotation ends can be seen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.labels.overruling.told import quoted


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("roughly", "“roughly”"),
        ("two\r\n  lines", "“two lines”"),
        ("he said “never”", "“he said ‘never’”"),
        ("a" * 60, "“" + "a" * 60 + "”"),
        ("a" * 61, "“" + "a" * 59 + "…”"),
        ("a" * 59 + " b", "“" + "a" * 59 + "…”"),
        ("a" * 50 + " " + "b" * 30, "“" + "a" * 50 + "…”"),
    ],
)
def test_words_stand_on_one_line_cut_between_words(words, said):
    assert quoted(words) == said


@given(st.text(max_size=200))
def test_a_quotation_has_sixty_characters_at_most_and_ends_once(words):
    said = quoted(words)
    assert len(said) <= 62
    assert (said[0], said[-1]) == ("“", "”")
    assert not {"“", "”"} & set(said[1:-1])
