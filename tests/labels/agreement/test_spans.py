"""F1 of spans and of the characters in them."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.labels.agreement.spans import character_f1, exact_f1, merged, span_columns

SPANS = st.frozensets(
    st.tuples(st.integers(0, 30), st.integers(0, 8)).map(lambda pair: (pair[0], sum(pair))), max_size=6
)


def characters(spans):
    return {place for start, end in spans for place in range(start, end)}


@given(st.lists(st.tuples(SPANS, SPANS), max_size=5))
def test_f1_is_what_sets_of_spans_and_of_characters_give(posts):
    sums = span_columns(posts).sum(axis=0)
    exact = sum(len(one & two) for one, two in posts), sum(len(one) + len(two) for one, two in posts)
    sets = [(characters(one), characters(two)) for one, two in posts]
    covered = sum(len(one & two) for one, two in sets), sum(len(one) + len(two) for one, two in sets)
    for ours, (both, all_of_them) in ((exact_f1(sums), exact), (character_f1(sums), covered)):
        if all_of_them:
            assert float(ours) == pytest.approx(2 * both / all_of_them)
        else:
            assert math.isnan(float(ours))


def test_overlapping_spans_cover_a_character_once():
    assert merged({(0, 5), (3, 8), (8, 9), (12, 13)}) == [(0, 9), (12, 13)]


def test_spans_that_meet_in_part_agree_in_characters_alone():
    sums = span_columns([(frozenset({(0, 10)}), frozenset({(5, 10)}))]).sum(axis=0)
    assert float(exact_f1(sums)) == 0.0
    assert float(character_f1(sums)) == pytest.approx(2 * 5 / 15)
