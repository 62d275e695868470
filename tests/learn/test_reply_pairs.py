"""The model of replies: what its rows hold, that shares hold up, and what it refuses."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.errors import ModelError
from discourse.learn.reply_labels import LABELS, read
from discourse.learn.reply_pairs import (
    HASHED,
    LENGTH,
    SPACES,
    ReplyModel,
    bare,
    ending,
    named_matrix,
    pair_matrix,
    pair_shares,
    shipped,
    unquoted,
)
from discourse.learn.stored import Stored
from tests.growth import assert_linear, repeated

FERRY = "The ferry is late because the crew drinks."


def columns(name):
    first = 0
    for other, space in SPACES.items():
        if other == name:
            return slice(first, first + space.columns)
        first += space.columns
    raise KeyError(name)


def label_of(own, parent=FERRY):
    return LABELS[int(pair_shares([(own, parent)])[0].argmax())]


@pytest.mark.parametrize(
    ("own", "label"),
    [
        ("I agree, they always do.", "agree"),
        ("Exactly! Well said.", "agree"),
        ("No, you have no idea what you are talking about. Why would they drink?", "disagree"),
        ("That is simply not true. You never sailed with them, did you?", "disagree"),
    ],
)
def test_plain_words_for_and_against(own, label):
    assert label_of(own) == label


def test_a_row_does_not_depend_on_its_batch():
    pairs = [("Nope.", FERRY), ("Exactly.", FERRY), ("", ""), ("What ferry?", "")]
    together = pair_shares(pairs)
    for place, pair in enumerate(pairs):
        assert np.array_equal(pair_shares([pair])[0], together[place])


def test_no_pairs_give_no_rows():
    assert pair_shares([]).shape == (0, len(LABELS))


@given(st.text(max_size=60), st.text(max_size=60))
def test_shares_of_any_two_texts_add_up(own, parent):
    (shares,) = pair_shares([(own, parent)])
    assert shares.sum() == pytest.approx(1)
    assert (shares > 0).all()


def test_lines_quoted_are_nobodys_own():
    quoted = f"> {FERRY}\n  > Exactly. I agree.\nNope, it was the tide."
    assert np.array_equal(
        pair_shares([(quoted, FERRY)]), pair_shares([("\n\nNope, it was the tide.", FERRY)])
    )
    assert unquoted("a > b") == "a > b"
    assert unquoted("> Exactly.\n>") == "> Exactly.\n>"


def test_words_of_a_reply_and_of_its_parent_are_told_apart():
    row = pair_matrix(["ferry", ""], ["", "ferry"]).toarray()
    assert row[0, columns("reply")].any()
    assert not row[0, columns("parent")].any()
    assert row[1, columns("parent")].any()
    assert not row[1, columns("reply")].any()


def test_the_opening_knows_where_a_reply_begins():
    rows = pair_matrix(["true it is", "it is true", "“'- true it is"], [""] * 3)[
        :, columns("opening")
    ].toarray()
    assert not np.array_equal(rows[0], rows[1])
    assert np.array_equal(
        pair_matrix(["true it is"], [""]).toarray(), pair_matrix(["> '- true it is"], [""]).toarray()
    )


def test_what_stands_far_behind_does_not_count():
    assert bare("> nope" + " x" * LENGTH) == bare("> nope" + " x" * 9 * LENGTH)
    assert ending("x " * 9000) == ending("y " + "x " * 9000)


def test_features_without_a_column_are_left_out():
    matrix = named_matrix([{"a": 2.0, "z": 1.0}, {}], {"b": 0, "a": 1})
    assert matrix.toarray().tolist() == [[0, 2], [0, 0]]


def test_what_tells_is_named():
    told = shipped().telling(read("i agree, they always do"), read(FERRY), "agree", most=2)
    assert len(told) == 2
    assert "opens:agree" in told


def test_arrays_of_another_model_are_refused():
    with pytest.raises(ModelError, match="no model of replies"):
        ReplyModel(Stored("here", {"named": []}, {}))


@pytest.mark.parametrize("piece", ["no ", "?", "a", "I agree but "])
def test_long_texts_take_no_longer_than_their_length(piece):
    assert_linear(repeated(piece), lambda text: pair_matrix([text], [text]), small=100_000)


def test_the_parts_of_a_row_stand_side_by_side():
    assert pair_matrix(["a"], ["b"]).shape == (1, HASHED)
