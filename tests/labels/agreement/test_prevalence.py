"""Shares of posts, put right by what people coded."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.labels.agreement.bootstrap import Resampling
from discourse.labels.agreement.prevalence import Gold, prevalence

QUICK = Resampling(300)


def gold(marked, people, weights=None, threads=None):
    marked = np.array(marked, dtype=np.int64)
    return Gold(
        layer="rhetoric",
        label="sarcasm",
        marked=marked,
        people=np.array(people, dtype=np.int64),
        weights=np.ones(len(marked)) if weights is None else np.array(weights, dtype=float),
        threads=np.zeros(len(marked), dtype=np.int64) if threads is None else np.array(threads),
    )


def drawn(chance, posts, coded, share, rates):
    """Posts of which people coded some at random, with a machine that errs at these rates."""
    sensitivity, specificity = rates
    truth = chance.random(posts) < share
    marked = np.where(truth, chance.random(posts) < sensitivity, chance.random(posts) > specificity)
    people = np.full(posts, -1)
    places = chance.choice(posts, coded, replace=False)
    people[places] = truth[places]
    return gold(marked.astype(int), people)


def test_each_share_is_what_its_formula_gives():
    found = prevalence(gold([1, 1, 1, 0, 0, 0, 0, 0, 1, 0], [1, 0, 1, 0, 0, 1, 0, -1, -1, -1]), QUICK)
    values = {name: estimate.value for name, estimate in found.shares.items()}
    assert (found.posts, found.coded, found.positives) == (10, 7, 3)
    assert found.sensitivity == pytest.approx(2 / 3)
    assert found.specificity == pytest.approx(3 / 4)
    assert values["machine"] == pytest.approx(0.4)
    assert values["coded"] == pytest.approx(3 / 7)
    assert values["difference"] == pytest.approx(0.4 + 3 / 7 - 3 / 7)
    assert values["rogan_gladen"] == pytest.approx((0.4 + 3 / 4 - 1) / (2 / 3 + 3 / 4 - 1))


@given(st.lists(st.tuples(st.integers(0, 1), st.integers(-1, 1)), min_size=1, max_size=40))
def test_every_share_and_interval_lies_within_0_and_1_and_around_each_other(rows):
    found = prevalence(gold(*zip(*rows, strict=True)), Resampling(50))
    for estimate in found.shares.values():
        known = [value for value in (estimate.value, estimate.low, estimate.high) if not math.isnan(value)]
        assert all(0 <= value <= 1 for value in known)
        assert math.isnan(estimate.low) or estimate.low <= estimate.high


def test_where_all_posts_are_coded_the_corrected_share_is_peoples():
    found = prevalence(gold([1, 1, 0, 0, 0, 0], [1, 0, 0, 1, 0, 0]), QUICK)
    assert found.shares["difference"].value == pytest.approx(found.shares["coded"].value)
    assert found.shares["rogan_gladen"].value == pytest.approx(found.shares["coded"].value)


def test_corrected_shares_hold_the_true_one_where_the_machines_own_does_not():
    chance = np.random.default_rng(5)
    held = {"machine": 0, "difference": 0, "rogan_gladen": 0}
    for _ in range(60):
        found = prevalence(drawn(chance, 1_000, 150, 0.15, (0.6, 0.85)), QUICK)
        for name in held:
            held[name] += found.shares[name].low <= 0.15 <= found.shares[name].high
    assert held["difference"] >= 52
    assert held["rogan_gladen"] >= 52
    assert held["machine"] == 0


def test_a_good_machine_makes_the_interval_narrower_than_coded_posts_alone():
    found = prevalence(drawn(np.random.default_rng(1), 5_000, 200, 0.3, (0.97, 0.98)), QUICK)
    widths = {name: one.high - one.low for name, one in found.shares.items()}
    assert widths["difference"] < widths["coded"] / 1.5


def test_no_case_among_few_posts_does_not_say_that_there_is_none():
    found = prevalence(gold([0] * 100, [0] * 20 + [-1] * 80), QUICK)
    assert found.shares["coded"].high == pytest.approx(1 - 0.025 ** (1 / 20))
    assert found.shares["difference"].high > 0.15
    assert "widened" in found.notes["difference"]
    assert math.isnan(found.shares["rogan_gladen"].value)
    assert "no coded post has it" in found.notes["rogan_gladen"]


def test_a_machine_no_better_than_chance_corrects_nothing():
    found = prevalence(gold([1, 0, 1, 0] * 5, [1, 1, 0, 0] * 5), QUICK)
    assert math.isnan(found.shares["rogan_gladen"].value)
    assert "no better than chance" in found.notes["rogan_gladen"]


def test_a_share_that_would_leave_0_is_cut_off_and_says_so():
    """The machine marks less of all posts than it marks wrongly of those coded."""
    marked = [1] * 6 + [1] * 4 + [0] * 10 + [0] * 200
    found = prevalence(gold(marked, [1] * 6 + [0] * 14 + [-1] * 200), QUICK)
    assert found.shares["rogan_gladen"].value == 0
    assert "cut off at 0" in found.notes["rogan_gladen"]


def test_nobody_agreeing_leaves_the_machines_share_alone():
    found = prevalence(gold([1, 0, 0, 0], [-1] * 4), QUICK)
    assert found.shares["machine"].value == 0.25
    assert all(math.isnan(found.shares[name].value) for name in ("coded", "difference", "rogan_gladen"))
    assert "no post was coded" in found.notes["difference"]


def test_a_post_drawn_with_half_the_probability_counts_twice():
    found = prevalence(gold([0, 0, 0, 0], [1, 0, 0, -1], weights=[2, 1, 1, 0]), QUICK)
    assert found.shares["coded"].value == pytest.approx(0.5)


def test_whole_threads_are_resampled_where_eight_were_coded():
    """Threads in which all or nothing is marked: the posts of one tell little."""
    marked = np.repeat([1, 0] * 5, 20)
    people = np.tile([-1] * 15 + [0] * 5, 10)
    people[people == 0] = marked[people == 0]
    by_thread = prevalence(gold(marked, people, threads=np.repeat(np.arange(10), 20)), QUICK)
    by_post = prevalence(gold(marked, people), QUICK)
    assert (by_thread.resampled, by_post.resampled) == ("threads", "posts")
    width = [one.shares["machine"].high - one.shares["machine"].low for one in (by_thread, by_post)]
    assert width[0] > 3 * width[1]


def test_the_same_seed_gives_the_same_intervals():
    one = drawn(np.random.default_rng(0), 200, 50, 0.3, (0.8, 0.8))
    assert prevalence(one, QUICK) == prevalence(one, QUICK)
    assert (
        prevalence(one, QUICK).shares["difference"]
        != prevalence(one, Resampling(300, 1)).shares["difference"]
    )
