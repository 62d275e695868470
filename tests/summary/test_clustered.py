"""Intervals of shares where posts of one thread are alike."""

import random

import pytest

from discourse.summary.clustered import ThreadSums, clustered_interval, share_of
from discourse.summary.rates import share_interval


def sums(threads):
    """Add up pairs of a thread's posts and how many of them bear something."""
    return ThreadSums(
        len(threads),
        sum(n for n, _ in threads),
        sum(y for _, y in threads),
        sum(n * n for n, _ in threads),
        sum(y * y for _, y in threads),
        sum(n * y for n, y in threads),
    )


def test_threads_of_one_post_give_an_interval_like_that_of_independent_posts():
    single = sums([(1, 1)] * 60 + [(1, 0)] * 140)
    low, high = clustered_interval(single)
    exact = share_interval(60, 200)
    assert (low, high) == pytest.approx(exact, abs=0.01)


def test_posts_that_are_alike_within_threads_tell_less():
    alike = sums([(10, 10)] * 6 + [(10, 0)] * 14)
    single = sums([(1, 1)] * 60 + [(1, 0)] * 140)
    narrow, wide = (high - low for low, high in map(clustered_interval, (single, alike)))
    assert share_of(alike) == share_of(single) == 0.3
    assert wide > 2.5 * narrow


def test_posts_spread_evenly_are_never_said_to_tell_more_than_independent_ones():
    even = sums([(10, 3)] * 20)
    low, high = clustered_interval(even)
    assert high - low > 0.11  # of 200 independent posts it is 0.126


@pytest.mark.parametrize("hits", [0, 10])
def test_where_all_posts_agree_threads_are_counted_and_not_posts(hits):
    low, high = clustered_interval(sums([(10, hits)] * 8))
    assert high - low == pytest.approx(0.40, abs=0.05)  # as of eight posts, a little wider
    assert low == 0 if hits == 0 else high == 1


def test_one_thread_and_no_posts_give_none():
    assert clustered_interval(sums([(50, 20)])) is None
    assert clustered_interval(sums([])) is None
    assert share_of(sums([])) is None


def test_more_hits_than_posts_are_no_share_with_an_interval():
    assert clustered_interval(sums([(1, 2), (1, 2)])) is None


def test_the_true_share_lies_within_in_about_as_many_cases_as_said():
    chance = random.Random(7)
    held = 0
    for _ in range(400):
        threads = []
        for _ in range(60):
            n, own = chance.choice((1, 2, 5, 30)), chance.betavariate(0.6, 1.4)  # mean 0.3
            threads.append((n, sum(chance.random() < own for _ in range(n))))
        low, high = clustered_interval(sums(threads))
        held += low <= 0.3 <= high
    assert 0.90 <= held / 400 <= 0.99
