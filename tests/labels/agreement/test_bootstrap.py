"""Intervals: what is resampled, that grouping alike clusters changes nothing, that chance is seeded."""

import math

import numpy as np
from scipy.sparse import csr_matrix

from discourse.labels.agreement.bootstrap import Resampling, clusters_of, estimates, resampled

MEAN = {"mean": lambda sums: sums[..., 0] / sums[..., 1]}


def columns_of(values):
    return np.column_stack([values, np.ones(len(values))]).astype(float)


def test_threads_are_resampled_from_eight_on_and_posts_below():
    posts = np.arange(16)
    assert clusters_of(posts, posts // 2).kind == "threads"
    assert clusters_of(posts, posts // 2).count == 8
    few = clusters_of(posts, posts // 3 % 7)
    assert (few.kind, few.count) == ("posts", 16)


def test_units_of_one_post_are_drawn_together():
    posts = np.array([0, 0, 0, 1, 1, 1])
    clusters = clusters_of(posts, np.zeros(6, dtype=np.int64))
    found = estimates(columns_of([1, 1, 1, 0, 0, 0]), clusters, MEAN, Resampling(400), "x")["mean"]
    assert (found.value, found.low, found.high) == (0.5, 0.0, 1.0)


def test_the_interval_is_as_wide_as_theory_says():
    values = np.arange(400) % 4 == 0  # a share of 1/4
    clusters = clusters_of(np.arange(400), np.zeros(400, dtype=np.int64))
    found = estimates(columns_of(values), clusters, MEAN, Resampling(4000), "x")["mean"]
    half = 1.96 * math.sqrt(0.25 * 0.75 / 400)
    assert abs(found.low - (0.25 - half)) < 0.005
    assert abs(found.high - (0.25 + half)) < 0.005


def test_alike_clusters_that_are_counted_together_spread_as_when_drawn_one_by_one():
    """Sparse sums are drawn cluster by cluster, others sort by sort: the two have the same moments."""
    values = np.array([0.0] * 30 + [1.0] * 10 + [2.0] * 5)
    sums = columns_of(values)
    together = np.concatenate(list(resampled(sums, 20_000, np.random.default_rng(1))))[:, 0]
    apart = np.concatenate(list(resampled(csr_matrix(sums), 20_000, np.random.default_rng(2))))[:, 0]
    assert abs(together.mean() - apart.mean()) < 0.15
    assert abs(together.std() / apart.std() - 1) < 0.03


def test_the_same_seed_draws_the_same_and_another_another():
    clusters = clusters_of(np.arange(50), np.arange(50))
    columns = columns_of(np.arange(50) % 3)

    def interval(seed, key="x"):
        found = estimates(columns, clusters, MEAN, Resampling(200, seed), key)["mean"]
        return found.low, found.high

    assert interval(0) == interval(0)
    assert interval(0) != interval(1)
    assert interval(0) != interval(0, "y")


def test_many_resamples_of_many_clusters_come_in_parts_and_all_of_them():
    sums = columns_of(np.random.default_rng(0).random(9_000))
    parts = list(resampled(sums, 1_000, np.random.default_rng(0)))
    assert len(parts) > 1
    assert sum(map(len, parts)) == 1_000
    assert all((part[:, 1] == 9_000).all() for part in parts)


def test_resamples_that_define_nothing_are_counted():
    columns = columns_of([1, 0, 0])
    only = {"mean": lambda sums: np.where(sums[..., 0] > 0, sums[..., 0], np.nan)}
    found = estimates(
        columns, clusters_of(np.arange(3), np.zeros(3, dtype=np.int64)), only, Resampling(1000), "x"
    )
    assert 200 < found["mean"].undefined < 400  # (2/3)^3 of them
    assert found["mean"].of == 1000


def test_one_cluster_alone_has_no_interval():
    found = estimates(
        columns_of([1, 0]), clusters_of(np.zeros(2, int), np.zeros(2, int)), MEAN, Resampling(), "x"
    )
    assert found["mean"].value == 0.5
    assert math.isnan(found["mean"].low)
