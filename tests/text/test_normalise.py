"""Texts are made alike once; a folded text keeps every offset."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.text.normalise import fold, normalise

# texts rich in what changes length when it is lowered, composed or folded
odd = st.text(
    st.sampled_from("İIıßẞŉΣςσǅﬁÅe\u0301\u0307\u0345’‘“”«»–—−\u00a0\t\n\r\ufeffaB9 '\"") | st.characters()
)


@given(odd)
def test_a_folded_text_is_as_long_as_the_text(text):
    assert len(fold(text)) == len(text)


@given(odd, odd)
def test_folding_keeps_every_offset(before, after):
    # one stretch of folded text is the folded stretch, whatever stands around it; a final sigma alone
    # looks at its neighbours
    folded = fold(before + "Needle" + after)
    assert folded[len(before) : len(before) + 6] == "needle"


@given(odd)
def test_folding_changes_no_line_break(text):
    assert [n for n, char in enumerate(fold(text)) if char == "\n"] == [
        n for n, c in enumerate(text) if c == "\n"
    ]


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("", ""),
        ("Don’t", "don't"),
        ("„Nein“, sagte er", '"nein", sagte er'),
        ("«Oui»", '"oui"'),
        ("a – b — c − d", "a - b - c - d"),
        ("a\u00a0b\u202fc\td", "a b c d"),
        ("İzmir", "İzmir"),
        ("STRASSE ẞ", "strasse ß"),
    ],
)
def test_letters_quotes_dashes_and_blanks_are_made_plain(text, folded):
    assert fold(text) == folded


@given(odd)
def test_normalising_twice_changes_nothing(text):
    assert normalise(normalise(text)) == normalise(text)


@given(odd)
def test_a_normalised_text_is_composed_and_has_one_kind_of_line_break(text):
    clean = normalise(text)
    assert unicodedata.is_normalized("NFC", clean)
    assert "\r" not in clean
    assert not clean.startswith("\ufeff")


@pytest.mark.parametrize("text", ["a\nb", "a\r\nb", "a\rb", "\ufeffa\nb"])
def test_line_breaks_of_all_systems_count_as_one(text):
    assert normalise(text) == "a\nb"
