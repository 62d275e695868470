"""How pairs of texts are laid out for the neural reader, with a tokenizer of words."""

import re
from types import SimpleNamespace

from hypothesis import given
from hypothesis import strategies as st

from discourse.learn.neural_pieces import MOST, OWN, laid_out

START, END = 101, 102


class Words:
    """Cuts a text into words; a piece's number is 1,000 and its place among them."""

    def encode_batch(self, texts, *, add_special_tokens):
        assert not add_special_tokens
        return [self._encoded(text) for text in texts]

    def _encoded(self, text):
        found = [match.span() for match in re.finditer(r"\w+", text)]
        return SimpleNamespace(ids=[1000 + place for place in range(len(found))], offsets=found)


def laid(text, beside=""):
    return laid_out(Words(), [(text, beside)])[0]


def words(count, word="oar"):
    return " ".join([word] * count)


@given(st.integers(0, 200), st.integers(0, 200))
def test_both_fit_and_nothing_is_dropped_where_all_fits(own, beside):
    found = laid(words(own), words(beside))
    wanted = own + beside + (3 if beside else 2)
    assert len(found.pieces) == len(found.sides) == len(found.places) == min(wanted, MOST)


@given(st.integers(OWN, 200), st.integers(1, 200))
def test_a_text_keeps_its_room_however_long_the_other_is(own, beside):
    found = laid(words(own), words(beside))
    assert sum(end > start for start, end in found.places) >= OWN


def test_a_text_keeps_its_beginning_and_its_company_the_end():
    found = laid(words(200), words(60))
    pieces = found.pieces.tolist()
    middle = pieces.index(END)
    assert pieces[:2] == [START, 1000]
    assert pieces[-2:] == [1059, END]
    assert found.sides.tolist() == [0] * (middle + 1) + [1] * (len(pieces) - middle - 1)


@given(st.text(alphabet="oar shed,\n", max_size=300), st.text(alphabet="quay ", max_size=100))
def test_places_are_those_of_the_text(text, beside):
    for start, end in laid(text, beside).places:
        assert (start, end) == (0, 0) or re.fullmatch(r"\w+", text[start:end])


def test_a_text_alone_may_be_as_long_as_both():
    assert laid(words(200)).pieces.tolist()[-2] == 1000 + MOST - 3


def test_without_words_there_are_the_marks():
    assert laid("…").pieces.tolist() == [START, END]


def test_what_lies_far_behind_is_not_even_cut_into_pieces():
    class Bounded(Words):
        def encode_batch(self, texts, *, add_special_tokens):
            assert all(len(text) < 2_000 for text in texts)
            return super().encode_batch(texts, add_special_tokens=add_special_tokens)

    laid_out(Bounded(), [("oar " * 100_000, "quay " * 100_000)])
