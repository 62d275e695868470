from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from discourse.learn.splits import folds_of, groups_of, part_of


def truth(labels):
    return np.array(labels)[:, None] == np.unique(labels)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from("abcdefg"), st.sampled_from("xyz")), min_size=1, max_size=60),
    st.integers(0, 5),
)
def test_no_group_stands_in_two_folds(rows, seed):
    groups = [group for group, _ in rows]
    folds = folds_of(groups, truth([label for _, label in rows]), folds=3, seed=seed)
    assert set(folds.tolist()) <= {0, 1, 2}
    assert len({(group, fold) for group, fold in zip(groups, folds.tolist(), strict=True)}) == len(
        set(groups)
    )


def test_folds_are_alike_in_size_and_labels():
    labels = ["common"] * 160 + ["rare"] * 40
    groups = [f"g{n % 97}" for n in range(200)]
    folds = folds_of(groups, truth(labels), folds=5, seed=0)
    assert max(Counter(folds.tolist()).values()) - min(Counter(folds.tolist()).values()) <= 6
    rare = Counter(folds[160:].tolist())
    assert max(rare.values()) - min(rare.values()) <= 3


def test_a_seed_draws_the_folds_and_the_same_seed_the_same_ones():
    groups = [f"g{n}" for n in range(60)]
    labels = truth(["a", "b"] * 30)
    first = folds_of(groups, labels, folds=4, seed=1)
    assert np.array_equal(first, folds_of(groups, labels, folds=4, seed=1))
    assert not np.array_equal(first, folds_of(groups, labels, folds=4, seed=2))


def test_rows_without_any_label_are_spread_too():
    labels = np.zeros((100, 2), dtype=bool)
    folds = folds_of([f"g{n}" for n in range(100)], labels, folds=5, seed=0)
    assert set(Counter(folds.tolist()).values()) == {20}


def test_single_rows_belong_together_where_their_text_is_the_same():
    groups = groups_of(None, ["No way!", "no  way!", "Why?", ""])
    assert groups[0] == groups[1]
    assert len(set(groups)) == 3


def test_a_row_without_a_thread_stands_for_itself():
    groups = groups_of(["t1", "", "", "t1"], ["a", "a", "a", "b"])
    assert groups[0] == groups[3]
    assert len(set(groups)) == 3


@pytest.mark.parametrize("share", [0.1, 0.5, 1.0])
def test_a_part_holds_whole_groups_and_about_its_share(share):
    groups = [f"g{n % 50}" for n in range(200)]
    part = part_of(groups, share=share, seed=3)
    assert abs(part.mean() - share) <= 0.02
    taken = {group for group, is_in in zip(groups, part.tolist(), strict=True) if is_in}
    assert all(is_in == (group in taken) for group, is_in in zip(groups, part.tolist(), strict=True))


def test_a_larger_part_holds_the_smaller_one():
    groups = [f"g{n % 50}" for n in range(200)]
    small, large = (part_of(groups, share=share, seed=3) for share in (0.3, 0.6))
    assert (small <= large).all()
