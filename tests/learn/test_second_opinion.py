"""Two opinions on one question: how they are pooled, and when the second is asked."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.learn import second_opinion as module
from discourse.learn.second_opinion import (
    ADAPTIVE,
    AUTO,
    BEST,
    FAST,
    MOST_TEXTS,
    SecondOpinion,
    pooled,
    pooled_yes,
    second_opinion,
    settled,
)

WEIGHTS = st.lists(st.floats(0, 1), min_size=3, max_size=3).filter(lambda row: sum(row) > 0.01)


class Told:
    """Says the same of every pair, and keeps what it was asked."""

    def __init__(self, *shares):
        self.row, self.pairs = shares, []

    def shares(self, question, pairs):
        self.pairs += pairs
        return np.array([self.row] * len(pairs), dtype=np.float64)


def shares_of(row):
    return np.array([row]) / sum(row)


@given(WEIGHTS, WEIGHTS, st.floats(0, 1))
def test_pooled_shares_are_shares_between_both(one, other, weight):
    found = pooled(shares_of(one), shares_of(other), weight)
    assert found.sum() == pytest.approx(1)
    assert (found >= 0).all()


@given(WEIGHTS)
def test_who_says_the_same_changes_nothing(row):
    shares = np.maximum(shares_of(row), 2e-4)
    shares /= shares.sum()
    assert pooled(shares, shares, 0.4) == pytest.approx(shares, abs=1e-9)
    assert pooled_yes(shares, shares, 0.4) == pytest.approx(np.clip(shares, 1e-4, 1 - 1e-4), abs=1e-9)


def test_what_is_impossible_to_one_is_not_to_both():
    found = pooled(np.array([[1.0, 0.0, 0.0]]), np.array([[0.0, 1.0, 0.0]]), 0.5)
    assert found[0, 1] == pytest.approx(0.5)


def test_a_label_that_the_linear_model_does_not_know_gets_no_share():
    reader = Told(0.2, 0.1, 0.7)
    found, _ = SecondOpinion(reader).choices("target", [("a", "b")], np.array([[0.6, 0.4, 0.0]]))
    assert found[0, 2] == 0
    assert found.sum() == pytest.approx(1)


def test_adaptive_asks_only_where_the_linear_model_is_in_doubt():
    reader = Told(0.1, 0.8, 0.1)
    first = np.array([[0.98, 0.01, 0.01], [0.4, 0.3, 0.3]])
    found, is_read = SecondOpinion(reader, is_adaptive=True).choices("reply", [("a", "b"), ("c", "d")], first)
    assert reader.pairs == [("c", "d")]
    assert is_read.tolist() == [False, True]
    assert found[0].tolist() == first[0].tolist()
    assert found[1].argmax() == 1


@pytest.mark.parametrize(
    ("choice", "texts", "installed", "found"),
    [
        (AUTO, MOST_TEXTS, True, BEST),
        (AUTO, MOST_TEXTS + 1, True, FAST),
        (AUTO, 1, False, FAST),
        (BEST, MOST_TEXTS + 1, False, BEST),
        (ADAPTIVE, 1, True, ADAPTIVE),
    ],
)
def test_auto_reads_what_is_small_where_it_can(monkeypatch, choice, texts, installed, found):
    monkeypatch.setattr(module, "is_installed", lambda: installed)
    assert settled(choice, texts) == found


def test_fast_asks_nobody():
    assert second_opinion(FAST) is None
