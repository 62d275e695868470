"""Which side authors are on: words, links, and both together."""

from itertools import pairwise

import numpy as np
import pytest
from msgspec.structs import replace

from discourse.errors import ModelError
from discourse.learn.sides import SidesModel, shipped, sides, supported
from discourse.learn.sides_graph import (
    PAIR_FEATURES,
    Link,
    Network,
    camps,
    camps_of,
    pairs_of,
    propagate,
    reached,
)
from discourse.learn.sides_links import LEAST_LINKS, LEAST_OWN, Discussion, Turn, by_custom, links_of
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


def feud(ours, theirs, quotes=True, rounds=4):
    """Return turns in which each author of one camp disputes with each of the other."""
    turns = [
        Turn(author=author, text="So it is.") for pair in zip(ours, theirs, strict=True) for author in pair
    ]
    for _ in range(rounds):
        for one in ours:
            for other in theirs:
                turns.append(Turn(author=other, text=DISPUTES, answered=one, quotes=quotes))
                turns.append(Turn(author=one, text=DISPUTES, answered=other, quotes=quotes))
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
    odds = camps(4, pairs, np.full(3, 1.5), 0.1)
    assert (np.sign(odds) == [-1, 1, -1, 1]).all()
    # whoever has most links is named by the others, not by himself: two neighbours speak for author 1
    assert odds[1] > odds[3] > 0


def test_whoever_the_others_do_not_place_is_in_the_first_camp_without_being_sure():
    pairs = pairs_of([Link(0, 1, True), Link(0, 2, True), Link(1, 2, True)])
    assert camps(3, pairs, np.full(3, -0.5), 0.0)[0] > 0
    assert camps(3, pairs, np.zeros(3), 0.0).tolist() == [0, 0, 0]


def test_links_lead_from_one_author_to_others_through_others():
    pairs = pairs_of([Link(0, 1, True), Link(2, 1, True), Link(3, 4, True)])
    assert reached(6, pairs, 0).tolist() == [True, True, True, False, False, False]


def test_two_camps_that_quarrel_are_told_with_how_sure_that_is_and_on_how_many_links_it_rests():
    found = shipped().members(feud(("ada", "bo", "cy"), ("dov", "eli", "fay")))
    camps_of = {one.author: one.camp for one in found}
    assert list(camps_of) == ["ada", "dov", "bo", "eli", "cy", "fay"]
    assert camps_of["ada"] == camps_of["bo"] == camps_of["cy"]
    assert camps_of["dov"] == camps_of["eli"] == camps_of["fay"] != camps_of["ada"]
    assert all(0.5 <= one.score <= 1 and one.links >= LEAST_OWN for one in found)


@pytest.mark.parametrize("quotes", [True, False])
def test_camps_are_told_where_people_quote_and_where_they_do_not(quotes):
    found = {one.author: one.camp for one in shipped().members(feud(("ada", "bo"), ("dov", "eli"), quotes))}
    assert found["ada"] == found["bo"] != found["dov"] == found["eli"]


def test_where_few_quote_quoting_does_not_count():
    replies = [Link(0, 1, place == 0, 0.9, 0.05) for place in range(4)]
    assert by_custom([*replies, Link(0, 2, True)]) == ("plain", [Link(0, 1, False, 0.9, 0.05)] * 4)
    assert by_custom([Link(0, 1, True, 0.9, 0.05), Link(0, 2, True)])[0] == "quoting"
    assert by_custom([])[0] == "quoting"


def test_nobody_is_placed_by_few_links():
    enough = feud(("ada", "bo"), ("dov", "eli"))[: 4 + LEAST_LINKS]  # four answer nobody
    assert shipped().members(enough[:-1]) == []
    assert shipped().members(enough) != []
    assert shipped().members([]) == []


def test_whoever_takes_little_part_is_not_placed():
    turns = feud(("ada", "bo"), ("dov", "eli"))
    late = Turn(author="zoe", text=DISPUTES, answered="ada", quotes=True)
    placed = shipped().members([*turns, *[late] * (LEAST_OWN - 1)])
    assert "zoe" not in {one.author for one in placed}
    placed = shipped().members([*turns, *[late] * LEAST_OWN])
    assert "zoe" in {one.author for one in placed}


def test_whoever_disputes_apart_from_the_rest_is_not_placed():
    apart = feud(("yan",), ("zoe",), rounds=6)
    placed = shipped().members([*feud(("ada", "bo"), ("dov", "eli")), *apart])
    assert {one.author for one in placed} == {"ada", "bo", "dov", "eli"}


def test_where_all_agree_there_are_no_camps():
    words = "I agree with you completely, you are right, well said."
    turns = [
        Turn(author=author, text=words, answered=other)
        for author in ("ada", "bo", "cy", "dov")
        for other in ("ada", "bo", "cy", "dov")
        for _ in range(4)
        if author != other
    ]
    assert shipped().members(turns) == []


def test_what_is_known_of_a_reply_counts_at_least_as_surely():
    turns = [Turn(author="ada", text="So it is."), Turn(author="bo", text="Hm.", answered="ada")]
    for said, expected in ((("disagree", 0.97), (0.97, 0.03)), (("agree", 0.98), (0.02, 0.98))):
        link = links_of([turns[0], replace(turns[1], said=said)], ["ada", "bo"])[0]
        assert (link.disagree, link.agree) == pytest.approx(expected)
    unsaid, neither = (
        links_of([turns[0], replace(turns[1], said=said)], ["ada", "bo"])[0]
        for said in (None, ("neither", 1.0))
    )
    assert unsaid == neither


def test_arrays_of_another_model_are_refused():
    with pytest.raises(ModelError, match="no model of sides"):
        SidesModel(Stored("here", {"topics": ["bins"]}, {"rare": np.zeros(1)}))


def test_discussions_beside_each_other_are_parted_as_each_alone():
    rng = np.random.default_rng(7)
    networks = []
    for size in (0, 1, 2, 5, 9, 40):
        ends = rng.integers(0, max(1, size), (3 * size, 2)).tolist()
        pairs = pairs_of([Link(one, other, True) for one, other in ends])
        networks.append(Network(size, pairs, rng.normal(size=len(pairs.first)), 0.3))
    for network, odds in zip(networks, camps_of(networks), strict=True):
        alone = camps(network.size, network.pairs, network.couplings, network.togetherness)
        assert odds.tolist() == alone.tolist()


@pytest.mark.parametrize("seed", range(12))
def test_what_the_links_of_a_discussion_cannot_part_no_words_can(seed):
    rng = np.random.default_rng(seed)
    names = [f"author {k}" for k in range(2 + seed)]
    turns = [
        Turn(author=one, text="So.", answered=other, quotes=bool(rng.integers(2)))
        for one, other in rng.choice(names, (20 + 5 * seed, 2)).tolist()
    ]

    def guessed(texts):
        return rng.dirichlet([1, 1, 1], len(texts))

    model = shipped()
    for _ in range(5):
        links = links_of(turns, names, guessed)
        network, custom = model._network(len(names), links)
        odds = model._scales[custom] * camps_of([network])[0]
        placed = len(links) >= LEAST_LINKS and supported(network.pairs, odds).any()
        assert Discussion(turns).can_be_parted() or not placed
