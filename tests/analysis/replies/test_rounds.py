"""Several answers to one person in a row are shared out over that person's posts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.analysis.replies.rounds import share_round

shares = st.lists(st.floats(0, 1).map(lambda share: round(share, 4)), min_size=3, max_size=3)


def test_an_answer_alone_keeps_its_shares():
    assert share_round([[0.7, 0.2]]) == pytest.approx([0.7, 0.2])


def test_the_first_answer_leaves_the_latest_post_to_the_second():
    first, second = [0.55, 0.4], [0.9, 0.05]
    shared = share_round([first, second])
    assert shared[1] > shared[0]


def test_an_answer_that_is_sure_of_its_post_keeps_it():
    shared = share_round([[0.95, 0.02], [0.9, 0.05]])
    assert shared[0] > shared[1]


@given(st.lists(shares, min_size=1, max_size=4))
def test_what_is_left_to_posts_not_on_the_page_does_not_change(rounds):
    assert sum(share_round(rounds)) == pytest.approx(sum(rounds[0]), abs=1e-9)


def test_a_round_without_end_costs_a_bounded_search():
    rounds = [[1 / 12] * 12] * 200
    assert sum(share_round(rounds)) == pytest.approx(1)


def test_no_candidates_share_nothing():
    assert share_round([[], []]) == []
