"""Of a post coded blind the blind word counts, whatever is said with the machine's labels in sight."""

import pytest

from discourse.labels.agreement.bootstrap import Resampling
from discourse.labels.agreement.computing import ALL_LAYERS, differences, measure, opened
from tests.labels.agreement.coding import Coding, marked

ANN, BO = "human:ann", "human:bo"
TEXTS = ["Perhaps it rains.", "Perhaps it surely rains.", "No."]
BLIND = {"is_blind": True}


@pytest.fixture
def coding(tmp_path):
    rows = [marked(TEXTS, number, "rhetoric", "hedge", "Perhaps") for number in (1, 2)]
    posts = [{}, {"reply_to": "pier:1"}, {"reply_to": "pier:1"}]
    return Coding(tmp_path / "pier", TEXTS, annotations=rows, posts=posts)


def measured(coding, *layers, **how):
    with opened([coding.folder], **how) as runs:
        return measure(runs, layers or ALL_LAYERS, Resampling(100))


def agreeing(found, layer, label, first=ANN, second="machine"):
    """Return on how many units two agree, and on how many they were asked."""
    for one in found.figures:
        key = (one.layer, one.label, one.first, one.second, one.measure)
        if key == (layer, label, first, second, "agreement"):
            return round(one.estimate.value * one.units), one.units
    return None


def give_hedge(coding, who, number, **how):
    coding.give(who, number, "rhetoric", "hedge", "Perhaps", **how)


def test_a_label_that_is_added_with_the_machines_in_sight_does_not_count(coding):
    coding.read("ann", [1, 2], "rhetoric", **BLIND)
    give_hedge(coding, "ann", 1)
    found = measured(coding, "rhetoric")
    assert agreeing(found, "rhetoric", "hedge") == (0, 2)
    assert found.sight == {ANN: {"blind": 2}}
    assert found.later == {ANN: 1}
    (share,) = found.shares
    assert share.positives == 0
    with opened([coding.folder]) as runs:
        assert [row["said"] for row in differences(runs, ["rhetoric"])] == [
            "ann: not there; machine: there",
            "ann: not there; machine: there",
        ]


def test_a_blind_label_stands_though_it_is_taken_back_in_sight_of_the_machines(coding):
    give_hedge(coding, "ann", 1, **BLIND)
    coding.read("ann", [1], "rhetoric", **BLIND)
    key = {"layer": "rhetoric", "label": "hedge", "target": None, "start": 0, "end": 7, "annotator": ANN}
    coding.decide("ann", (1, "reject", key))
    assert agreeing(measured(coding, "rhetoric"), "rhetoric", "hedge") == (1, 1)
    assert agreeing(measured(coding, "rhetoric", final=True), "rhetoric", "hedge") == (0, 1)


def test_the_last_word_counts_where_it_is_asked_for(coding):
    coding.read("ann", [1, 2], "rhetoric", **BLIND)
    give_hedge(coding, "ann", 1)
    found = measured(coding, "rhetoric", final=True)
    assert agreeing(found, "rhetoric", "hedge") == (1, 2)
    assert found.sight == {ANN: {"seen": 1, "blind": 1}}
    assert found.later == {}


def test_whoever_goes_on_blind_changes_the_blind_word(coding):
    """One person may be done and, before anything is shown, be blind again: both words are blind."""
    coding.read("ann", [1], "rhetoric", **BLIND)
    give_hedge(coding, "ann", 1, **BLIND)
    found = measured(coding, "rhetoric")
    assert agreeing(found, "rhetoric", "hedge") == (1, 1)
    assert found.later == {}


def test_a_layer_that_was_not_coded_blind_keeps_its_last_word(coding):
    """Only rhetoric was asked for blind; the stance was given later, with the machine's labels in sight."""
    coding.read("ann", [1], "rhetoric", **BLIND)
    coding.give("ann", 1, "stance", "favor", target="rain")
    coding.read("ann", [1], "stance")
    found = measured(coding)
    assert agreeing(found, "stance", "favor") == (0, 1)
    assert found.later == {}
    assert found.sight == {ANN: {"seen": 1}}
    assert measured(coding, "rhetoric").sight == {ANN: {"blind": 1}}


def test_another_persons_blind_word_binds_nobody_else(coding):
    coding.read("ann", [1], "rhetoric", **BLIND)
    coding.read("bo", [1], "rhetoric")
    give_hedge(coding, "bo", 1)
    found = measured(coding, "rhetoric")
    assert agreeing(found, "rhetoric", "hedge", BO) == (1, 1)
    assert agreeing(found, "rhetoric", "hedge", ANN, BO) == (0, 1)
    assert found.later == {}


def test_a_post_left_before_it_was_done_blind_has_no_blind_word(coding):
    """The first label was blind, the rest was not: what was looked for is known of the whole alone."""
    give_hedge(coding, "ann", 2, **BLIND)
    coding.give("ann", 2, "rhetoric", "booster", "surely")
    coding.read("ann", [2], "rhetoric")
    found = measured(coding, "rhetoric")
    assert agreeing(found, "rhetoric", "booster") == (0, 1)
    assert found.sight == {ANN: {"seen": 1}}


def test_own_labels_brought_in_before_belong_to_the_blind_word_and_later_ones_do_not(coding):
    """Own labels show while others' are hidden: whoever is then done lets them stand."""
    give_hedge(coding, "ann", 1, origin="import:csv")
    coding.read("ann", [1, 2], "rhetoric", **BLIND)
    give_hedge(coding, "ann", 2, origin="import:csv")
    found = measured(coding, "rhetoric")
    assert agreeing(found, "rhetoric", "hedge") == (1, 2)
    assert found.sight == {ANN: {"imported": 1, "blind": 1}}
    assert found.later == {ANN: 1}


def test_blind_links_turns_and_cuts_stand_too(coding):
    said = {"loop_id": "pier:l1", "question": "?", "posts": ["pier:1", "pier:2"]}
    said |= {"role": "assertion", "is_empty": False, "has_evidence": False}
    coding.decide("ann", (2, "link", {"reply_to": None}), (2, "turn", {**said, "side": "b"}), **BLIND)
    coding.read("ann", [3], "split", **BLIND)
    coding.decide("ann", (2, "link", {"reply_to": "pier:1"}), (2, "turn", {**said, "side": "a"}))
    coding.decide("ann", (3, "join", {}))
    coding.decide("bo", (2, "turn", {**said, "side": "b"}))
    found = measured(coding)
    assert agreeing(found, "link", "") == (0, 1)
    assert agreeing(found, "turn", "side", ANN, BO) == (1, 1)
    (border,) = [one for one in found.figures if (one.layer, one.measure) == ("split", "border_f1")]
    assert border.estimate.value == 1
    assert found.later == {ANN: 2}  # posts
    final = measured(coding, final=True)
    assert agreeing(final, "link", "") == (1, 1)
    assert agreeing(final, "turn", "side", ANN, BO) == (0, 1)


def test_what_does_not_count_is_no_decision_on_another_text(coding):
    coding.read("ann", [1], "rhetoric", **BLIND)
    give_hedge(coding, "ann", 1)
    assert measured(coding).left_out == 0


def test_only_layers_that_are_asked_for_tell_who_coded_what(coding):
    coding.read("ann", [1, 2], "rhetoric", **BLIND)
    coding.read("bo", [1], "link")
    give_hedge(coding, "ann", 1)
    found = measured(coding, "link")
    assert (found.people, found.coded, found.later) == ((BO,), {BO: 1}, {})
