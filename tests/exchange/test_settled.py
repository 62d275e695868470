"""One answer for each post and layer, out of what several makers say."""

import pytest

from discourse.exchange.corpus import Choice, LabelledPost
from discourse.exchange.settled import chosen_layers, settled
from discourse.model import Annotation, Post

ANN, BO, CY = "human:ann", "human:bo", "human:cy"
MACHINE = "hedges@4"


def labelled(*labels, coded=()):
    """Return a post with these labels: layer, label, maker, and target and score where they matter."""
    rows = []
    for layer, label, maker, *more in labels:
        target, score = (*more, None, None)[:2]
        row = Annotation(
            post_id="p",
            start=0,
            end=4,
            layer=layer,
            label=label,
            annotator=maker,
            quote="Text",
            target=target,
        )
        rows.append(row if score is None else Annotation(**{**_values(row), "score": score}))
    post = Post(post_id="p", thread_id="t", source_id="s", position=1, author="Wren", text="Text")
    read = tuple(
        {"post_id": "p", "layer": layer, "label": label, "annotator": maker} for layer, label, maker in coded
    )
    return LabelledPost(post=post, run="r", annotations=tuple(rows), coded=read)


def _values(row):
    return {name: getattr(row, name) for name in row.__struct_fields__}


def names(one, layer, choice=None):
    found = settled(one, layer, choice or Choice())
    return None if found is None else {label for label, _ in found}


def test_people_overrule_the_machine_on_how_a_post_answers():
    one = labelled(("reply", "agree", MACHINE, "q", 0.9), ("reply", "disagree", ANN, "q"))
    assert names(one, "reply") == {"disagree"}


def test_most_people_decide_and_an_even_split_decides_nothing():
    votes = [("reply", "agree", ANN), ("reply", "disagree", BO)]
    assert names(labelled(*votes), "reply") is None
    assert names(labelled(*votes, ("reply", "disagree", CY)), "reply") == {"disagree"}


def test_a_person_who_gives_one_label_twice_counts_once():
    rows = [("reply", "agree", ANN, "q"), ("reply", "agree", ANN, "r"), ("reply", "disagree", BO)]
    assert names(labelled(*rows), "reply") is None


def test_of_machines_the_strongest_score_decides():
    one = labelled(("reply", "agree", "a@1", None, 0.4), ("reply", "neither", "b@1", None, 0.6))
    assert names(one, "reply") == {"neither"}


def test_a_post_without_any_answer_has_none():
    assert names(labelled(), "reply") is None


def test_what_people_looked_for_and_did_not_find_does_not_hold():
    machine = ("rhetoric", "hedge", MACHINE)
    assert names(labelled(machine), "rhetoric") == {"hedge"}
    assert names(labelled(machine, coded=[("rhetoric", None, ANN)]), "rhetoric") == set()
    assert names(labelled(machine, coded=[("rhetoric", "hedge", ANN)]), "rhetoric") == set()


def test_who_looked_for_another_label_says_nothing_of_this_one():
    one = labelled(("rhetoric", "hedge", MACHINE), coded=[("rhetoric", "sarcasm", ANN)])
    assert names(one, "rhetoric") == {"hedge"}


@pytest.mark.parametrize(("givers", "holds"), [([ANN], False), ([ANN, BO], True)])
def test_a_label_holds_where_more_than_half_of_those_who_looked_gave_it(givers, holds):
    coded = [("rhetoric", None, who) for who in (ANN, BO, CY)]
    one = labelled(*(("rhetoric", "hedge", who) for who in givers), coded=coded)
    assert names(one, "rhetoric") == ({"hedge"} if holds else set())


def test_nothing_is_known_of_a_post_that_nobody_looked_at():
    people = Choice(makers=frozenset({"people"}))
    assert settled(labelled(), "rhetoric", people) is None
    assert settled(labelled(coded=[("rhetoric", None, ANN)]), "rhetoric", people) == frozenset()
    assert settled(labelled(), "rhetoric", Choice()) == frozenset()


def test_one_maker_that_is_a_machine_has_looked_at_every_post():
    assert settled(labelled(), "rhetoric", Choice(makers=frozenset({"hedges@4"}))) == frozenset()
    assert settled(labelled(), "rhetoric", Choice(makers=frozenset({"human:ann"}))) is None


def test_stances_to_two_targets_are_two_classes_and_claims_are_one():
    rows = [("stance", "favor", MACHINE, "A"), ("stance", "against", MACHINE, "B")]
    claims = [("claim", "asserts", MACHINE, "c1"), ("claim", "asserts", MACHINE, "c2")]
    assert settled(labelled(*rows), "stance", Choice()) == {("favor", "A"), ("against", "B")}
    assert settled(labelled(*claims), "claim", Choice()) == {("asserts", None)}


def test_layers_follow_the_choice():
    assert chosen_layers(Choice()) == ("reply", "rhetoric", "stance", "claim")
    assert chosen_layers(Choice(layers=frozenset({"stance", "quote"}))) == ("stance",)
