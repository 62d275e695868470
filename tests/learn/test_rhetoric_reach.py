"""Sentences that are not rated in full: none that would have been marked."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.learn.rhetoric import HASHED, of_comments
from discourse.learn.rhetoric_items import plain
from discourse.learn.rhetoric_reach import Reach
from tests.growth import assert_linear, repeated

PIECES = [
    *"You are a pathetic liar so what the weir don't it's No yes YES 0p 0r zz qq e.g. a.b u.s. I'm".split(),
    *[".", ". ", "...", ".. ", "?", "?!", "! ", ", ", ",", ";", ": ", "(", ")", '"', "'", "`", "-", "_"],
    *["\u2019", "\u201c", "\u201d", "\u2014", "\u2026", "\xe9", "\U0001f600", "\n", "\t", "\0", "\u0130"],
]  # fmt: skip
TEXTS = st.lists(st.lists(st.sampled_from([*PIECES, " ", " ", " "]), max_size=25).map("".join), max_size=6)


def reach(*, every: bool = False) -> Reach:
    return Reach(
        of_comments(), [marker for marker in of_comments().markers.values() if every or marker.is_on]
    )


REACH = reach()


@given(TEXTS)
def test_points_of_ngrams_are_those_of_the_model(texts):
    model = of_comments()
    own = [place for place, marker in enumerate(model.markers.values()) if marker.is_on]
    points = (
        model.measure.matrix(texts)[:, :HASHED] @ model.joined[0][:HASHED, own] if texts else np.zeros((0, 6))
    )
    found = REACH.ngram_points(texts)
    is_plain = np.array([plain(text) is not None for text in texts], dtype=np.bool_)
    assert np.isinf(found[~is_plain]).all()
    assert found[is_plain] == pytest.approx(points[is_plain], abs=1e-4)


@given(TEXTS, st.booleans())
def test_no_text_is_left_out_that_has_the_least_share(texts, asked):
    markers = [marker for marker in of_comments().markers.values() if marker.is_on]
    shares = of_comments().shares(texts, [marker.label for marker in markers])
    near = REACH.near(texts, [asked] * len(texts))
    for place, marker in enumerate(markers):
        if asked or not marker.questions:
            assert set(np.flatnonzero(shares[:, place] >= marker.least).tolist()) <= set(near)


def test_most_sentences_are_left_out_and_rude_ones_are_not():
    texts = [
        "The bus waits at the pier.",
        "You are a pathetic liar, and you are an idiot.",
        "He sold the boat.",
    ]
    assert REACH.near(texts, [False] * 3) == [1]
    assert REACH.near([], []) == []


@pytest.mark.parametrize("piece", ["a", "a ", "ab", ". ", "?", "(", "a. ", "zz"])
def test_sentences_take_time_that_grows_with_their_length(piece):
    assert_linear(repeated(piece), lambda text: REACH.near([text], [True]), small=2_000)
