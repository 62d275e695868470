import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.exchange.brat.standing import Shown, StandIn, Standing, show, stand_ins
from tests.exchange.documents_made import texts

ANY = texts(st.text(st.characters(exclude_categories=()), max_size=3))


def standing(text):
    return Standing(show(text), stand_ins(text))


@given(ANY)
def test_what_is_shown_is_counted_alike_by_every_program(text):
    shown = show(text)
    assert all(char <= "\uffff" and not "\ud800" <= char <= "\udfff" for char in shown)
    assert shown.splitlines() == shown.removesuffix("\n").split("\n") or not shown
    assert "\r" not in shown


@given(ANY)
def test_the_text_comes_back_from_what_is_shown(text):
    assert standing(text).text == text


@given(ANY, st.data())
def test_places_go_there_and_back_but_for_those_within_what_is_shown_as_one(text, data):
    start, end = sorted(data.draw(st.tuples(*[st.integers(0, len(text))] * 2)))
    first, last = standing(text).span(*Shown(stand_ins(text)).span(start, end))
    assert first <= start <= end <= last
    assert text[first:start] in ("", "\r")
    assert text[end:last] in ("", "\n")


@given(ANY, st.data())
def test_a_stretch_that_a_person_marks_becomes_whole_characters(text, data):
    shown = show(text)
    start, end = sorted(data.draw(st.tuples(*[st.integers(0, len(shown))] * 2)))
    first, last = standing(text).span(start, end)
    assert 0 <= first <= last <= len(text)
    assert shown[start:end] in show(text[first:last])


def test_emoji_are_shown_by_name_and_letters_of_mathematics_plainly():
    assert show("Sure \U0001f644 \U0001d518p\x00\x7f\ud800") == "Sure [face with rolling eyes] Up␀␡[u+d800]"


@pytest.mark.parametrize(
    "pieces", [[StandIn(3, 2, "x")], [StandIn(1, 2, "x"), StandIn(2, 1, "y")], [StandIn(0, 0, "x")]]
)
def test_what_stands_for_what_is_refused_where_it_does_not_fit(pieces):
    with pytest.raises(ValueError, match="out of order"):
        Standing("abcd", pieces)
