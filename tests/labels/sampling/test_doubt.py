"""Doubt is a low score among those of the same maker; scores of two makers are never compared."""

import pytest

from discourse.labels.sampling.asked import Asked
from discourse.labels.sampling.doubt import Doubts
from tests.labels.sampling.made_posts import label, made


def doubts(*posts, **asked):
    found = Doubts(Asked(**asked))
    for place, one in enumerate(posts):
        found.add(place, one, may_be_chosen=True)
    return found, found.needs()


def test_the_lowest_score_of_a_maker_is_most_in_doubt():
    _, needs = doubts(
        *(made(n, label("hedge", "hedges@4", score)) for n, score in enumerate((0.9, 0.4, 0.7)))
    )
    assert sorted(needs, key=needs.get) == [0, 2, 1]


def test_a_maker_whose_scores_are_low_throughout_is_in_no_more_doubt_than_another():
    low = [made(n, label("hedge", "shy@1", 0.1 + n / 100)) for n in range(4)]
    high = [made(n, label("hedge", "bold@1", 0.9 + n / 100)) for n in range(4)]
    _, needs = doubts(*low, *high)
    assert [needs[n] for n in range(4)] == [needs[n] for n in range(4, 8)]


def test_markers_of_one_maker_have_cuts_of_their_own():
    rows = [made(1, label("hedge", "m@1", 0.4)), made(2, label("sarcasm", "m@1", 0.8))]
    more = [made(3, label("hedge", "m@1", 0.5)), made(4, label("sarcasm", "m@1", 0.9))]
    _, needs = doubts(*rows, *more)
    assert needs[0] == needs[1] > needs[2] == needs[3]


def test_answers_of_one_maker_are_ranked_together():
    rows = [made(n, label(name, "agreement@4", score, "reply")) for n, (name, score) in enumerate(ANSWERS)]
    _, needs = doubts(*rows)
    assert sorted(needs, key=needs.get, reverse=True) == [1, 2, 0]


ANSWERS = (("agree", 0.9), ("disagree", 0.4), ("agree", 0.5))


def test_the_most_doubtful_label_of_a_post_counts_and_is_told():
    one = made(1, label("hedge", "hedges@4", 0.9), label("booster", "boosters@4", 0.5))
    found, needs = doubts(
        one, made(2, label("hedge", "hedges@4", 0.8)), made(3, label("booster", "boosters@4", 0.9))
    )
    assert needs[0] == pytest.approx(0.75)
    reason, layer = found.reason(0, one)
    assert reason == "score 0.5 for booster by boosters@4, which is higher in 75 % of 2 such labels"
    assert layer == "rhetoric"


def test_a_post_of_which_nothing_is_said_and_labels_of_people_are_in_no_doubt():
    _, needs = doubts(made(1), made(2, label("hedge", "human:ann", 0.1)))
    assert needs == {}


def test_other_layers_than_those_asked_for_do_not_count():
    posts = [made(1, label("hedge", "hedges@4", 0.3)), made(2, label("agree", "agreement@4", 0.3, "reply"))]
    assert set(doubts(*posts, layers=frozenset({"reply"}))[1]) == {1}


def test_alike_scores_tell_nothing():
    _, needs = doubts(*(made(n, label("hedge", "hedges@4", 0.5)) for n in range(9)))
    assert set(needs.values()) == {0.5}


def test_links_and_splits_count_where_they_are_asked_for_alone():
    sure = {"reply_to": "t:1", "reply_evidence": "inferred", "split_score": 0.9}
    posts = [
        made(2, reply_score=0.9, **sure),
        made(3, reply_score=0.2, **sure | {"split_score": 0.3}),
        made(4),
    ]
    assert doubts(*posts)[1] == {}
    found, needs = doubts(*posts, layers=frozenset({"link"}))
    assert sorted(needs, key=needs.get) == [0, 1]
    assert found.reason(1, posts[1])[0].startswith("score 0.2 for its link by the reader (inferred)")
    assert set(doubts(*posts, layers=frozenset({"split"}))[1]) == {0, 1}
