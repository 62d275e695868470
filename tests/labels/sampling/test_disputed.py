"""Makers differ where both can hardly be right: people first, then people and machine, then machines."""

import pytest

from discourse.labels.sampling.asked import Asked
from discourse.labels.sampling.disputed import Disputes, disputes
from discourse.labels.sampling.drawing import RANDOM, draw, rows_of
from tests.labels.sampling.made_posts import Posts, label, looked, made


def reasons(*labels, coded=(), **asked):
    return [row.reason for row in disputes(made(1, *labels, coded=coded), Asked(way="disagreement", **asked))]


def reply(name, maker, target="t:1"):
    return label(name, maker, layer="reply", target=target)


def test_two_labels_of_one_answer_are_a_dispute_and_of_two_answers_are_none():
    assert reasons(reply("agree", "a@1"), reply("disagree", "b@1")) == ["a@1 says agree, b@1 says disagree"]
    assert reasons(reply("agree", "a@1"), reply("disagree", "b@1", "t:2")) == []
    assert reasons(reply("agree", "a@1"), reply("agree", "b@1")) == []


def test_other_markers_on_the_same_words_may_both_be_right_but_hedge_and_booster_are_not():
    assert reasons(label("hedge", "a@1"), label("evidence", "b@1")) == []
    assert reasons(label("hedge", "a@1"), label("booster", "b@1")) == ["a@1 says hedge, b@1 says booster"]
    apart = label("booster", "b@1", start=4, end=6)
    assert reasons(label("hedge", "a@1"), apart) == [], "words that only touch"


def test_whoever_looked_and_gave_nothing_differs_from_who_gave():
    assert reasons(label("hedge", "hedges@4"), coded=[looked("ann")]) == [
        "hedges@4 gives hedge, human:ann looked and does not"
    ]
    assert reasons(label("hedge", "hedges@4"), coded=[looked("ann", name="booster")]) == []
    assert reasons(label("hedge", "hedges@4"), coded=[looked("ann", "reply")]) == []
    both = [label("hedge", "hedges@4"), label("hedge", "human:ann")]
    assert reasons(*both, coded=[looked("ann")]) == []


def test_what_only_a_person_gives_the_machine_has_missed():
    assert reasons(label("hedge", "human:ann")) == ["human:ann gives hedge, the machine does not"]
    told = reasons(reply("agree", "human:ann"), reply("disagree", "a@4"), coded=[looked("ann", "reply")])
    assert told == ["a@4 says disagree, human:ann says agree"], "told once"


def test_neither_is_as_good_as_no_label():
    assert reasons(reply("neither", "a@4"), coded=[looked("ann", "reply")]) == []
    assert reasons(reply("neither", "human:ann")) == []


def test_a_label_that_a_person_rejects_is_disputed():
    key = ("rhetoric", "hedge", None, 0, 4)
    one = made(1, label("hedge", "hedges@4"), label("hedge", "hedges@4", start=5), rejected=[key])
    found = disputes(one, Asked(way="disagreement"))
    assert [row.reason for row in found] == ["hedges@4 gives hedge, a person rejects it"]


def test_only_layers_that_are_asked_for_are_disputed():
    rows = [reply("agree", "a@1"), reply("disagree", "b@1"), label("hedge", "a@1"), label("booster", "b@1")]
    assert len(reasons(*rows)) == 2
    assert reasons(*rows, layers=frozenset({"rhetoric"})) == ["a@1 says hedge, b@1 says booster"]


def collected(*posts):
    found = Disputes(Asked(way="disagreement"))
    for place, one in enumerate(posts):
        found.add(place, one, may_be_chosen=True)
    return found, found.needs()


def test_two_people_come_before_a_person_and_the_machine_and_these_before_machines():
    machines = made(1, reply("agree", "a@1"), reply("disagree", "b@1"))
    mixed = made(2, reply("agree", "human:ann"), reply("disagree", "b@1"))
    people = made(3, reply("agree", "human:ann"), reply("disagree", "human:bo"), reply("agree", "b@1"))
    _, needs = collected(machines, mixed, people, made(4, reply("agree", "a@1")))
    assert sorted(needs, key=needs.get) == [0, 1, 2]


def test_a_marker_given_alone_counts_where_others_often_give_it_too_but_least():
    together = [made(n, label("dismissal", "a@1", also="b@1")) for n in range(3)]
    alone, never = made(8, label("dismissal", "a@1")), made(9, label("evidence", "c@1"))
    apart = made(10, label("hedge", "a@1"), label("booster", "b@1"))
    other = made(11, label("evidence", "d@1"))
    found, needs = collected(*together, alone, never, apart, other)
    assert needs == {3: pytest.approx(0.75), 5: 1}
    assert found.reason(3, alone) == (
        "a@1 gives dismissal, b@1 (elsewhere of one mind with it) not",
        "rhetoric",
    )


def test_coded_posts_can_be_chosen_for_a_dispute():
    coded = made(1, label("hedge", "hedges@4"), coded=[looked("ann")])
    posts = Posts(coded, *(made(n) for n in range(2, 12)))
    found = set()
    for seed in range(20):
        asked = Asked(number=4, way="disagreement", seed=seed)
        parts = {row.post_id: row.part for _, row in rows_of(draw(posts, asked), posts)}
        found.add(parts.pop("t:1"))
        assert set(parts.values()) == {RANDOM}
    assert found == {RANDOM, "disagreement"}
