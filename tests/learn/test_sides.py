"""Which side authors are on: words, links, and both together."""

from itertools import pairwise

import numpy as np
import pytest

from discourse.errors import ModelError
from discourse.learn.sides import SidesModel, Turn, links_of, shipped, sides
from discourse.learn.sides_graph import PAIR_FEATURES, Link, camps, pairs_of, propagate
from discourse.learn.stored import Stored

DISPUTES = "No, you are wrong. That is nonsense, and you know that it is not true."


def quarrel(*authors, rounds=3):
    """Return turns in which each author disputes with the one before."""
    turns = [Turn(author=authors[0], text="I say so.")]
    for _ in range(rounds):
        for first, second in pairwise(authors):
            for author, answered in ((second, first), (first, second)):
                turns.append(Turn(author=author, text=DISPUTES, answered=answered, quotes=True))
    return turns


def test_two_who_dispute_are_in_two_camps_and_a_third_against_one_joins_the_other():
    found = {one.author: one.camp for one in sides(quarrel("ada", "bo", "cy"))}
    assert found["ada"] == found["cy"] != found["bo"]


def test_without_a_topic_camps_have_no_names():
    assert {one.side for one in sides(quarrel("ada", "bo"))} == {None}


def test_words_tell_pro_from_anti_on_a_known_topic():
    turns = [
        Turn(author="ada", text="A fetus is a human being, abortion is murder of an unborn child, pro-life."),
        Turn(
            author="bo",
            text="It is her body and the woman's right to choose, pro-choice, fetus is no person.",
        ),
    ]
    assert [one.side for one in sides(turns, "abortion")] == ["anti", "pro"]


def test_a_side_spreads_along_disputes_to_whoever_says_little():
    opening = Turn(author="ada", text="A fetus is a human being, abortion is murder of an unborn child.")
    found = {one.author: one for one in sides([opening, *quarrel("ada", "bo")], "abortion")}
    assert found["ada"].side == "anti"
    assert found["bo"].side == "pro"


def test_authors_come_once_in_the_order_in_which_they_write():
    found = sides(quarrel("ada", "bo", "cy"), "abortion")
    assert [one.author for one in found] == ["ada", "bo", "cy"]
    assert all(0.5 <= one.score <= 1 for one in found)


def test_nobody_has_no_side():
    assert sides([]) == []
    assert sides([], "abortion") == []


def test_one_author_alone_has_a_camp():
    assert [one.camp for one in sides([Turn(author="ada", text="Hm.")])] == [1]


def test_every_topic_of_the_card_is_known():
    assert "gun control" in shipped().topics
    assert sides(quarrel("ada", "bo"), "bins") == sides(quarrel("ada", "bo"))


def test_links_are_replies_and_quotations_of_others():
    turns = [
        Turn(author="ada", text="I say so."),
        Turn(author="bo", text="Why?", answered="ada", quoted=("cy", "bo", "gone")),
        Turn(author="cy", text="Me too.", answered="cy"),
    ]
    links = links_of(turns, ["ada", "bo", "cy"])
    assert [(link.author, link.answered, link.quotes) for link in links] == [(1, 0, False), (1, 2, True)]


def test_pairs_gather_both_directions_and_leave_out_oneself():
    pairs = pairs_of([Link(0, 1, True, 0.9, 0.05), Link(1, 0, False, 0.2, 0.6), Link(1, 1, True)])
    assert (pairs.first.tolist(), pairs.second.tolist()) == ([0], [1])
    found = dict(zip(PAIR_FEATURES, pairs.features[0], strict=True))
    assert found["mutual"] == 1
    assert found["most_agreeing"] == 0.6
    assert found["disputing_quoting"] > 0 > found["disputing_plain"]


def test_belief_propagation_is_exact_on_a_tree():
    pairs = pairs_of([Link(0, 1, True), Link(1, 2, True), Link(1, 3, True)])
    fields, couplings = np.array([0.4, 0.1, -0.3, 0.2]), np.array([0.8, -0.5, 0.3])
    states = np.array([[1 if bit >> k & 1 else -1 for k in range(4)] for bit in range(16)])
    energy = states @ fields - (states[:, pairs.first] * states[:, pairs.second]) @ couplings
    weights = np.exp(energy) / np.exp(energy).sum()
    assert np.allclose(np.tanh(propagate(fields, pairs, couplings)), weights @ states, atol=1e-4)


def test_camps_of_a_chain_take_turns_and_the_busiest_is_in_the_first():
    pairs = pairs_of([Link(0, 1, True), Link(1, 2, True), Link(2, 3, True)])
    state = camps(4, pairs, np.full(3, 1.5), 0.1)
    assert state[1] == 1
    assert (np.sign(state) == [-1, 1, -1, 1]).all()


def test_arrays_of_another_model_are_refused():
    with pytest.raises(ModelError, match="no model of sides"):
        SidesModel(Stored("here", {"topics": ["bins"]}, {"rare": np.zeros(1)}))
