"""Who answers whom: no chain is too long, and none comes back on itself."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from discourse.chains import cut_cycles, depths, walk_up
from discourse.errors import CyclicChainError
from discourse.model import Post


@st.composite
def any_parents(draw):
    """Draw any links at all: cycles, self-replies, parents that are gone."""
    size = draw(st.integers(0, 12))
    parent = st.none() | st.integers(0, size + 1).map(lambda n: f"p{n}")
    return {f"p{n}": draw(parent) for n in range(size)}


def thread_of(parents):
    return {
        post_id: Post(
            post_id=post_id, thread_id="t", source_id="s", position=n, author="A", text="", reply_to=parent
        )
        for n, (post_id, parent) in enumerate(parents.items(), start=1)
    }


def cycles_of(parents):
    """Find every cycle the slow way: follow each post for as many steps as there are posts."""
    cycles = set()
    for start in parents:
        here, walked = parents[start], [start]
        while here in parents and here != start and len(walked) <= len(parents):
            walked.append(here)
            here = parents[here]
        if here == start:
            cycles.add(frozenset(walked))
    return cycles


def without(parents, cut):
    return {post_id: None if post_id in cut else parent for post_id, parent in parents.items()}


@settings(max_examples=300)
@given(any_parents())
def test_each_circle_loses_its_latest_link_and_nothing_else_is_cut(parents):
    order = list(parents)
    assert cut_cycles(parents) == {max(cycle, key=order.index) for cycle in cycles_of(parents)}


@settings(max_examples=200)
@given(any_parents())
def test_no_circle_is_left_and_cutting_again_cuts_nothing(parents):
    kept = without(parents, cut_cycles(parents))
    assert cycles_of(kept) == set()
    assert cut_cycles(kept) == set()


def test_a_post_that_answers_itself_is_cut():
    assert cut_cycles({"a": None, "b": "b", "c": "b"}) == {"b"}


def test_answers_to_a_circle_keep_their_links():
    assert cut_cycles({"a": "b", "b": "a", "c": "a", "d": "c"}) == {"b"}


def test_the_latest_in_page_order_is_cut_whatever_the_names():
    assert cut_cycles({"z": "a", "a": "z"}) == {"a"}
    assert cut_cycles({"a": "z", "z": "a"}) == {"z"}


@settings(max_examples=200)
@given(any_parents())
def test_depth_is_one_more_than_that_of_the_post_answered(parents):
    kept = without(parents, cut_cycles(parents))
    found = depths(kept)
    assert set(found) == set(kept)
    for post_id, parent in kept.items():
        assert found[post_id] == (found[parent] + 1 if parent in kept else 0)


@settings(max_examples=200)
@given(any_parents())
def test_a_walk_up_is_as_long_as_the_post_is_deep(parents):
    kept = without(parents, cut_cycles(parents))
    thread = thread_of(kept)
    for post_id, depth in depths(kept).items():
        assert len(list(walk_up(thread[post_id], thread))) == depth + 1


def test_chains_far_beyond_the_recursion_limit_are_walked():
    parents = {f"p{n}": f"p{n - 1}" if n else None for n in range(20_000)}
    assert cut_cycles(parents) == set()
    assert depths(parents)["p19999"] == 19_999
    thread = thread_of({post_id: parents[post_id] for post_id in list(parents)[:3000]})
    assert len(list(walk_up(thread["p2999"], thread))) == 3000


def test_a_long_circle_is_cut_once():
    parents = {f"p{n}": f"p{(n + 1) % 5000}" for n in range(5000)}
    assert cut_cycles(parents) == {"p4999"}


def test_a_walk_ends_below_a_post_that_is_gone():
    thread = thread_of({"b": "a", "c": "b"})
    assert [post.post_id for post in walk_up(thread["c"], thread)] == ["c", "b"]


@pytest.mark.parametrize("parents", [{"a": "a"}, {"root": None, "a": "b", "b": "a"}])
def test_a_walk_refuses_a_circle(parents):
    thread = thread_of(parents)
    with pytest.raises(CyclicChainError, match="one of its own replies"):
        list(walk_up(thread["a"], thread))
