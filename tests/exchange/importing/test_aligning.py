"""Texts that went through other programs: the same words are found again, others are not."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from discourse.exchange.importing.aligning import Alignment, says_the_same

TEXTS = st.text(st.sampled_from("ab é\u0301\u0308\r\n\t\U0001f642שx.\u00a0"), max_size=25)


def test_line_ends_normalisation_and_blanks_at_the_ends_are_looked_through():
    here = "  Cafe\u0301\r\nna\u00efve\u00a0end \n"
    there = "Caf\u00e9\nna\u0131\u0308ve end"
    assert not Alignment(there, here).holds  # a dotless i is another letter
    there = "Caf\u00e9\nnai\u0308ve end"
    alignment = Alignment(there, here)
    assert alignment.holds
    start = there.index("nai")
    assert alignment.span(start, start + 6) == (here.index("na"), here.index("na") + 5)


def test_another_word_is_another_text():
    assert not Alignment("The pier was shut.", "The pier was shot.").holds
    assert not Alignment("a b", "ab").holds


def test_half_a_letter_has_no_place():
    assert Alignment("e\u0301x", "\u00e9x").span(1, 3) is None


@given(TEXTS, st.data())
def test_every_stretch_of_an_unchanged_text_stays_where_it_is(text, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    assert Alignment(text, text).span(start, end) == (start, end)


@given(TEXTS)
def test_a_text_says_the_same_as_what_editors_make_of_it(text):
    changed = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
    is_whole = unicodedata.normalize("NFC", text) == text and not unicodedata.combining(changed[:1] or "x")
    if is_whole:  # no editor parts a mark from the blank that bears it
        assert says_the_same(changed, text)


@given(TEXTS, TEXTS)
def test_a_place_holds_the_same_words_in_both_texts(one, other):
    alignment = Alignment(one, other)
    if alignment.holds:
        for start in range(len(one)):
            place = alignment.span(start, start + 1)
            if place is not None:
                assert says_the_same(one[start : start + 1], other[place[0] : place[1]])
