import numpy as np
import pytest

from discourse.learn.linear import Head, Heads, shares_of
from discourse.learn.ngrams import Space, ngram_matrix

SPACE = Space(bits=10)


def head(labels, *, is_choice, seed=0) -> Head:
    rng = np.random.default_rng(seed)
    weights = rng.normal(size=(SPACE.columns, len(labels)))
    weights[rng.random(SPACE.columns) < 0.5] = 0
    return Head.uncalibrated(labels, weights, rng.normal(size=len(labels)), is_choice=is_choice)


TEXTS = ["the pier is closed", "", "who closed it?"]


@pytest.mark.parametrize("is_choice", [True, False])
@pytest.mark.parametrize("scale", [[2.0, 2.0, 2.0], [0.5, 1.0, 3.0]])
def test_shares_are_those_of_the_points(is_choice, scale):
    rng = np.random.default_rng(3)
    matrix = ngram_matrix(["one two", "", "three four five one", "two two"], SPACE)
    heads = [
        Head(
            ("a", "b", "c"),
            rng.normal(size=(SPACE.columns, 3)).astype(np.float32) * 200,
            rng.normal(size=3),
            np.array(scale),
            rng.normal(size=3),
            is_choice,
        ),
        Head(
            ("only",), np.ones((SPACE.columns, 1), np.float32), np.ones(1), np.ones(1), np.ones(1), is_choice
        ),
    ]
    both = Heads(heads)
    for one, points, shares in zip(heads, both.points(matrix), both.shares(matrix), strict=True):
        assert shares == pytest.approx(one.shares(points), abs=1e-6)


def test_shares_of_a_choice_add_up_to_one():
    shares = head(("a", "b", "c"), is_choice=True).shares(np.array([[1.0, 2.0, 900.0], [0.0, 0.0, 0.0]]))
    assert shares.sum(axis=1).tolist() == pytest.approx([1, 1])
    assert shares[1].tolist() == pytest.approx([1 / 3] * 3)


def test_labels_that_exclude_nothing_have_shares_of_their_own():
    shares = head(("a", "b"), is_choice=False).shares(np.array([[0.0, -1e9], [3.0, 3.0]]))
    assert shares[0].tolist() == pytest.approx([0.5, 0.0])
    assert shares[1].tolist() == pytest.approx([0.9526] * 2, abs=1e-4)


def test_several_heads_in_one_product_say_what_each_says_alone():
    heads = [head(("a", "b"), is_choice=True), head(("x", "y", "z"), is_choice=False, seed=1)]
    matrix = ngram_matrix(TEXTS, SPACE)
    together = Heads(heads).shares(matrix)
    for one, shares in zip(heads, together, strict=True):
        assert np.array_equal(Heads([one]).shares(matrix)[0], shares)


def test_a_text_without_words_gets_what_the_bias_says():
    one = head(("a", "b"), is_choice=True)
    (points,) = Heads([one]).points(ngram_matrix([""], SPACE))
    assert np.array_equal(points[0], one.bias)


@pytest.mark.parametrize("is_choice", [True, False])
def test_a_head_is_the_same_after_packing(is_choice):
    one = head(("a", "b", "c"), is_choice=is_choice)
    kept = one.packed("reply_")
    assert kept["reply_weights"].dtype == np.float16
    assert len(kept["reply_columns"]) < 0.6 * SPACE.columns
    again = Head.unpacked(
        kept, labels=one.labels, columns=SPACE.columns, is_choice=is_choice, prefix="reply_"
    )
    assert np.array_equal(again.weights, one.weights)
    assert np.array_equal(again.bias, one.bias)


def test_arrays_of_another_shape_make_no_head():
    kept = head(("a", "b"), is_choice=True).packed()
    for name, array in (
        ("columns", kept["columns"] + SPACE.columns),
        ("bias", np.zeros(3)),
        ("weights", np.zeros((1, 2))),
    ):
        with pytest.raises(ValueError, match=r"shape|as many"):
            Head.unpacked({**kept, name: array}, labels=("a", "b"), columns=SPACE.columns, is_choice=True)


def test_calibration_finds_the_factor_that_scores_were_blown_up_by():
    rng = np.random.default_rng(3)
    points = rng.normal(size=(4000, 3)) * 1.5
    shares = shares_of(points, is_choice=True)
    drawn = np.array([rng.choice(3, p=row) for row in shares])
    truth = np.eye(3, dtype=bool)[drawn]
    one = head(("a", "b", "c"), is_choice=True).calibrated(points * 5, truth)
    assert one.scale.tolist() == pytest.approx([0.2] * 3, rel=0.1)
    assert one.shift.tolist() == [0, 0, 0]


def test_calibration_finds_what_rare_labels_were_favoured_by():
    rng = np.random.default_rng(3)
    points = rng.normal(size=(4000, 3)) * 1.5
    shares = shares_of(points + np.array([0.0, 1.0, -1.0]), is_choice=True)
    truth = np.eye(3, dtype=bool)[np.array([rng.choice(3, p=row) for row in shares])]
    one = head(("a", "b", "c"), is_choice=True).calibrated(points, truth, with_shift=True)
    assert one.scale.tolist() == pytest.approx([1] * 3, rel=0.1)
    assert (one.shift - one.shift.mean()).tolist() == pytest.approx([0, 1, -1], abs=0.15)


def test_calibration_of_single_labels_finds_factor_and_shift():
    rng = np.random.default_rng(4)
    points = rng.normal(size=(6000, 2))
    truth = rng.random((6000, 2)) < shares_of(points * [2.0, 0.5] + [1.0, -1.0], is_choice=False)
    one = head(("a", "b"), is_choice=False).calibrated(points, truth)
    assert one.scale.tolist() == pytest.approx([2.0, 0.5], abs=0.15)
    assert one.shift.tolist() == pytest.approx([1.0, -1.0], abs=0.15)


def test_calibration_without_examples_of_both_kinds_changes_nothing():
    points = np.array([[1.0, -1.0], [2.0, 0.5]])
    one = head(("a", "b"), is_choice=False).calibrated(points, np.array([[True, False], [True, False]]))
    assert (one.scale.tolist(), one.shift.tolist()) == ([1, 1], [0, 0])
    assert head(("a", "b"), is_choice=True).calibrated(points[:0], np.zeros((0, 2), bool)).scale.tolist() == [
        1,
        1,
    ]


def test_calibration_stays_finite_where_labels_part_without_a_fault():
    points = np.array([[-1.0], [-2.0], [1.0], [2.0]])
    one = head(("a",), is_choice=False).calibrated(points, points > 0)
    assert np.isfinite(one.shares(points)).all()
    assert 0 < one.shares(points)[0, 0] < 0.5 < one.shares(points)[2, 0] < 1
