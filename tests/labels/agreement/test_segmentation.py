"""Pk and WindowDiff equal nltk's."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from nltk.metrics import segmentation as nltk

from discourse.labels.agreement.segmentation import (
    border_columns,
    border_f1,
    pk,
    window,
    window_columns,
    window_diff,
)

PAGES = st.lists(st.tuples(st.integers(0, 1), st.integers(0, 1)), min_size=4, max_size=60).map(
    lambda rows: np.array(rows, dtype=np.int64).T
)


def written(borders):
    return "".join(map(str, borders.tolist()))


@given(PAGES, st.integers(1, 8))
def test_windows_are_counted_as_nltk_counts_them(page, k):
    reference, other = page
    sums = window_columns(reference, other, k).sum(axis=0)
    k = min(k, len(reference))
    assert float(pk(sums)) == pytest.approx(nltk.pk(written(reference), written(other), k))
    assert float(window_diff(sums)) == pytest.approx(nltk.windowdiff(written(reference), written(other), k))


@given(PAGES)
def test_the_window_is_half_a_mean_segment(page):
    reference = page[0]
    if not reference.any():
        assert window([reference]) is None
        return
    found = window([reference])
    assert found == max(1, round(len(reference) / (reference.sum() * 2.0)))
    if round(len(reference) / (reference.sum() * 2.0)) >= 1:
        sums = window_columns(reference, page[1], found).sum(axis=0)
        assert float(pk(sums)) == pytest.approx(nltk.pk(written(reference), written(page[1])))


def test_pages_that_are_cut_alike_differ_nowhere():
    page = np.array([0, 1, 0, 0, 1, 0])
    sums = window_columns(page, page, 2).sum(axis=0)
    assert (float(pk(sums)), float(window_diff(sums))) == (0.0, 0.0)
    assert float(border_f1(border_columns(page, page).sum(axis=0))) == 1.0


def test_a_border_that_is_missed_by_one_place_costs_less_than_one_that_is_missing():
    reference, near, gone = (
        np.array([0, 0, 0, 1, 0, 0, 0, 0]),
        np.array([0, 0, 1, 0, 0, 0, 0, 0]),
        np.zeros(8, int),
    )
    costs = [float(window_diff(window_columns(reference, other, 4).sum(axis=0))) for other in (near, gone)]
    assert 0 < costs[0] < costs[1]
    assert float(border_f1(border_columns(reference, near).sum(axis=0))) == 0.0


def test_pages_without_a_border_have_no_f1():
    assert math.isnan(float(border_f1(border_columns(np.zeros(3, int), np.zeros(3, int)).sum(axis=0))))
