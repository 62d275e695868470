"""Coefficients equal those of nltk and scikit-learn, and are not defined where nothing varies."""

import math
import warnings

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from nltk.metrics.agreement import AnnotationTask
from sklearn.metrics import cohen_kappa_score, f1_score

from discourse.labels.agreement.coefficients import (
    MISSING,
    agreement_columns,
    cohen_kappa,
    confusions,
    counts_of,
    fleiss_columns,
    fleiss_kappa,
    gwet_ac1,
    krippendorff_alpha,
    mean_pair_agreement,
    percent_agreement,
    positive_agreement,
    square,
)


def codes_of(values, *, missing):
    """Units × annotators, of two annotators or more."""
    code = st.integers(MISSING if missing else 0, values - 1)
    row = st.integers(2, 4).flatmap(
        lambda raters: st.lists(st.lists(code, min_size=raters, max_size=raters), min_size=2, max_size=25)
    )
    return row.map(lambda rows: np.array(rows, dtype=np.int64))


TABLES = st.integers(2, 4).flatmap(lambda values: codes_of(values, missing=False))
GAPPED = st.integers(2, 4).flatmap(lambda values: codes_of(values, missing=True))


def table(first, second, values=4):
    return square(confusions(np.array(first), np.array(second), values).sum(axis=0))


def alpha(codes, values=4):
    return float(krippendorff_alpha(agreement_columns(counts_of(codes, values)).toarray().sum(axis=0)))


def fleiss(codes, values=4):
    counts = counts_of(codes, values).toarray()
    return float(fleiss_kappa(fleiss_columns(counts, codes.shape[1]).sum(axis=0)))


def task(codes):
    return AnnotationTask(
        [
            (f"c{place}", f"i{unit:03}", f"v{code}")
            for unit, row in enumerate(codes.tolist())
            for place, code in enumerate(row)
            if code != MISSING
        ]
    )


@given(TABLES)
def test_kappa_is_that_of_scikit_learn_and_nltk(codes):
    first, second = codes[:, 0], codes[:, 1]
    ours = float(cohen_kappa(table(first, second)))
    if len({*first, *second}) == 1:
        assert math.isnan(ours)
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        assert ours == pytest.approx(cohen_kappa_score(first, second), abs=1e-12)
    assert ours == pytest.approx(task(codes[:, :2]).kappa_pairwise("c0", "c1"), abs=1e-12)


@given(TABLES)
def test_share_of_agreement_is_that_of_nltk(codes):
    found = agreement_columns(counts_of(codes, 4)).toarray().sum(axis=0)
    assert float(mean_pair_agreement(found)) == pytest.approx(task(codes).avg_Ao(), abs=1e-12)
    two = codes[:, :2]
    assert float(percent_agreement(table(*two.T))) == pytest.approx(task(two).avg_Ao(), abs=1e-12)


@given(GAPPED)
def test_alpha_is_that_of_nltk_with_data_missing_too(codes):
    ours = alpha(codes)
    pairable = codes[(codes != MISSING).sum(axis=1) >= 2]
    if len(set(pairable[pairable != MISSING].tolist())) < 2:
        assert math.isnan(ours)  # where nltk says 1
    else:
        assert ours == pytest.approx(task(codes).alpha(), abs=1e-12)


@given(TABLES)
def test_fleiss_kappa_is_what_nltk_calls_pi(codes):
    ours = fleiss(codes)
    if len(set(codes.ravel().tolist())) == 1:
        assert math.isnan(ours)
    else:
        assert ours == pytest.approx(task(codes).pi(), abs=1e-12)


@given(TABLES)
def test_positive_agreement_is_f1(codes):
    first, second = (codes[:, :2] > 0).astype(int).T
    ours = float(positive_agreement(table(first, second, 2)))
    if not first.any() and not second.any():
        assert math.isnan(ours)
    else:
        assert ours == pytest.approx(f1_score(first, second), abs=1e-12)


def test_fleiss_kappa_of_the_example_of_textbooks():
    """Of 10 units, 14 raters and 5 values: 0.210."""
    counts = np.array(
        [
            [0, 0, 0, 0, 14],
            [0, 2, 6, 4, 2],
            [0, 0, 3, 5, 6],
            [0, 3, 9, 2, 0],
            [2, 2, 8, 1, 1],
            [7, 7, 0, 0, 0],
            [3, 2, 6, 3, 0],
            [2, 5, 3, 2, 2],
            [6, 5, 2, 1, 0],
            [0, 2, 2, 3, 7],
        ],
        dtype=float,
    )
    assert float(fleiss_kappa(fleiss_columns(counts, 14).sum(axis=0))) == pytest.approx(0.2099, abs=5e-5)


def test_alpha_of_krippendorffs_own_example():
    gap = MISSING
    codes = np.array(
        [
            [0, 1, 2, 2, 1, 0, 3, 0, 1, gap, gap, gap],
            [0, 1, 2, 2, 1, 1, 3, 0, 1, 4, gap, 2],
            [gap, 2, 2, 2, 1, 2, 3, 1, 1, 4, 0, gap],
            [0, 1, 2, 2, 1, 3, 3, 0, 1, 4, 0, gap],
        ]
    ).T
    assert alpha(codes, 5) == pytest.approx(0.743, abs=5e-4)


def test_ac1_of_a_rare_label_stays_near_the_share_of_agreement_where_kappa_falls():
    found = np.array([[118.0, 5.0], [2.0, 0.0]])  # Gwet 2008, table 1: 125 units
    assert float(cohen_kappa(found)) == pytest.approx(-0.0234, abs=5e-5)
    assert float(gwet_ac1(found)) == pytest.approx(0.9408, abs=5e-5)


def test_one_value_throughout_is_no_agreement_beyond_chance():
    same = np.zeros((5, 2), dtype=np.int64)
    assert math.isnan(float(cohen_kappa(table(*same.T, 2))))
    assert math.isnan(float(gwet_ac1(table(*same.T, 2))))
    assert math.isnan(alpha(same))
    assert math.isnan(fleiss(same))
    assert math.isnan(float(positive_agreement(table(*same.T, 2))))
    assert float(percent_agreement(table(*same.T, 2))) == 1


def test_without_units_nothing_is_defined():
    none = np.empty((0, 2), dtype=np.int64)
    found = table(*none.T, 2)
    assert all(math.isnan(float(measure(found))) for measure in (cohen_kappa, percent_agreement, gwet_ac1))
    assert math.isnan(alpha(none))


def test_units_that_one_alone_saw_change_no_coefficient():
    both = np.array([[0, 0], [1, 1], [0, 1], [1, 1]])
    more = np.vstack([both, [[0, MISSING], [MISSING, 1], [MISSING, MISSING]]])
    assert alpha(both) == alpha(more)
    assert float(cohen_kappa(table(*both.T))) == float(cohen_kappa(table(*more.T)))
    assert fleiss(both) == fleiss(more)
