"""From runs and journals to figures: who counts on what, and what each figure says."""

import math

import pytest

from discourse.errors import DiscourseError
from discourse.labels.agreement.bootstrap import Resampling
from discourse.labels.agreement.computing import differences, layers_of, measure, opened
from discourse.labels.decisions import Decision
from discourse.labels.journal import Journal, journal_path
from tests.exchange.made_run import SHA
from tests.labels.agreement.coding import Coding, marked

TEXTS = ["Perhaps it rains.", "It surely rains.", "Perhaps so, perhaps not.", "No.", "It is dry here."]
QUICK = Resampling(100)


def hedge(number, quote="Perhaps", texts=TEXTS, **more):
    return marked(texts, number, "rhetoric", "hedge", quote, **more)


def figures(folder, *layers, people=(), **how):
    with opened([folder], people) as runs:
        found = measure(runs, layers_of(layers), QUICK, **how)
    return {(one.layer, one.label, one.first, one.second, one.measure): one for one in found.figures}


def value(found, *key):
    return found[key].estimate.value


ANN, BO, CY = "human:ann", "human:bo", "human:cy"


@pytest.fixture
def coding(tmp_path):
    return Coding(tmp_path / "pier", TEXTS, annotations=[hedge(1), hedge(3)])


def test_silence_counts_where_a_person_looked_and_nowhere_else(coding):
    coding.read("ann", [1, 2, 3], "rhetoric")
    coding.give("ann", 1, "rhetoric", "hedge", "Perhaps")
    coding.read("bo", [1, 2], "rhetoric")
    coding.give("bo", 1, "rhetoric", "hedge", "Perhaps")
    coding.give("bo", 3, "rhetoric", "hedge", "Perhaps")  # given without looking for all: counts for it
    found = figures(coding.folder, "rhetoric")
    assert found["rhetoric", "hedge", "people", "", "agreement"].units == 3
    assert value(found, "rhetoric", "hedge", "people", "", "agreement") == pytest.approx(2 / 3)
    assert found["rhetoric", "hedge", ANN, "machine", "agreement"].units == 3
    assert value(found, "rhetoric", "hedge", ANN, "machine", "agreement") == pytest.approx(2 / 3)
    assert found["rhetoric", "hedge", ANN, BO, "cohen_kappa"].shares == pytest.approx((1 / 3, 2 / 3))


def test_who_looked_for_one_label_says_nothing_of_another(tmp_path):
    rows = [hedge(1), marked(TEXTS, 2, "rhetoric", "booster", "surely", annotator="boosters@4")]
    coding = Coding(tmp_path / "pier", TEXTS, annotations=rows)
    coding.read("ann", [1, 2, 4], "rhetoric", "hedge")
    found = figures(coding.folder, "rhetoric")
    assert found["rhetoric", "hedge", ANN, "machine", "agreement"].units == 3
    assert not any(label == "booster" for _, label, *_ in found)


def test_the_machine_is_silent_in_posts_of_other_languages(tmp_path):
    posts = [{"lang": "en"}, {"lang": "de"}, {"lang": None}, {"lang": "he"}, {}]
    coding = Coding(tmp_path / "pier", TEXTS, annotations=[hedge(1)], posts=posts)
    coding.read("ann", range(1, 6), "rhetoric")
    found = figures(coding.folder, "rhetoric")
    assert found["rhetoric", "hedge", ANN, "machine", "agreement"].units == 3


def test_each_maker_is_measured_alone_with_what_it_also_said(tmp_path):
    rows = [hedge(1, also="model:comments@2"), hedge(3), hedge(3, "perhaps", annotator="model:comments@2")]
    coding = Coding(tmp_path / "pier", TEXTS, annotations=rows)
    coding.read("ann", range(1, 6), "rhetoric")
    coding.give("ann", 1, "rhetoric", "hedge", "Perhaps")
    coding.give("ann", 3, "rhetoric", "hedge", "perhaps")
    found = figures(coding.folder, "rhetoric")
    assert value(found, "rhetoric", "hedge", ANN, "model:comments@2", "cohen_kappa") == 1
    assert value(found, "rhetoric", "hedge", ANN, "model:comments@2", "span_f1_exact") == 1
    assert value(found, "rhetoric", "hedge", ANN, "hedges@4", "span_f1_exact") == pytest.approx(2 * 1 / 4)
    assert value(found, "rhetoric", "hedge", ANN, "machine", "span_f1_exact") == pytest.approx(2 * 2 / 5)


def test_labels_taken_back_or_on_another_text_do_not_count(coding):
    coding.read("ann", [1, 2], "rhetoric")
    coding.give("ann", 1, "rhetoric", "hedge", "Perhaps")
    key = {"layer": "rhetoric", "label": "hedge", "target": None, "start": 0, "end": 7, "annotator": ANN}
    coding.decide("ann", (1, "reject", key))
    stale = Decision(
        kind="read", post_id="pier:4", text_hash="0" * 16, value={"layer": "rhetoric", "label": None}
    )
    gone = Decision(
        kind="read", post_id="pier:99", text_hash="0" * 16, value={"layer": "rhetoric", "label": None}
    )
    with Journal(journal_path(coding.folder), [SHA]) as journal:
        journal.append(ANN, [stale, gone])
    with opened([coding.folder]) as runs:
        found = measure(runs, ["rhetoric"], QUICK)
    assert found.left_out == 2
    assert found.coded == {ANN: 2}
    figure = next(one for one in found.figures if one.measure == "agreement")
    assert (figure.units, figure.estimate.value) == (2, 0.5)


REPLIES = [
    {},
    {"reply_to": "pier:1"},
    {"reply_to": "pier:1"},
    {"reply_to": "pier:3"},
    {"reply_to": "pier:gone"},
]


def reply(number, name, target):
    return marked(TEXTS, number, "reply", name, target=target, annotator="agreement@4")


def test_a_reply_is_judged_against_the_post_answered(tmp_path):
    rows = [reply(2, "agree", "pier:1"), reply(3, "disagree", "pier:1")]
    coding = Coding(tmp_path / "pier", TEXTS, annotations=rows, posts=REPLIES)
    coding.read("ann", range(1, 6), "reply")
    coding.give("ann", 2, "reply", "agree", target="pier:1")
    coding.give("ann", 3, "reply", "agree")  # a tool without targets: the post answered is meant
    found = figures(coding.folder, "reply")
    figure = found["reply", "", ANN, "machine", "agreement"]
    # of post 4 nobody says anything; the post that 5 answers is gone, so that the machine could not judge it
    assert figure.units == 3
    assert figure.estimate.value == pytest.approx(2 / 3)
    assert value(found, "reply", "agree", ANN, "machine", "positive_agreement") == pytest.approx(2 / 3)


def test_who_judges_another_link_is_not_asked_about_the_first(tmp_path):
    coding = Coding(tmp_path / "pier", TEXTS, annotations=[reply(4, "agree", "pier:3")], posts=REPLIES)
    coding.read("ann", [2, 4], "reply")
    coding.give("ann", 4, "reply", "agree", target="pier:1")
    found = figures(coding.folder, "reply")
    assert found["reply", "", ANN, "machine", "agreement"].units == 1  # post 2


def test_several_values_of_one_annotator_are_a_value_of_their_own(tmp_path):
    coding = Coding(tmp_path / "pier", TEXTS, posts=REPLIES)
    for who in ("ann", "bo"):
        coding.read(who, [2, 3], "reply")
        coding.give(who, 2, "reply", "agree", "surely", target="pier:1")
    coding.give("ann", 2, "reply", "disagree", "rains", target="pier:1")
    found = figures(coding.folder, "reply")
    assert value(found, "reply", "", ANN, BO, "agreement") == 0.5
    assert value(found, "reply", "agree", ANN, BO, "agreement") == 1.0
    with opened([coding.folder]) as runs:
        (row, *_) = differences(runs, ["reply"])
    assert row["said"] == "ann: agree + disagree; bo: agree; machine: no label"


def test_targets_are_one_whatever_their_case_and_none_is_no_stance(tmp_path):
    rows = [marked(TEXTS, 1, "stance", "against", target="The Rain", annotator="stance@3")]
    coding = Coding(tmp_path / "pier", TEXTS, annotations=rows)
    coding.read("ann", [1, 2], "stance")
    coding.read("bo", [1, 2], "stance")
    coding.give("ann", 1, "stance", "against", target="the  rain")
    coding.give("bo", 1, "stance", "none", target="The rain")
    coding.give("bo", 2, "stance", "favor", target="Sun")
    found = figures(coding.folder, "stance")
    assert found["stance", "", ANN, BO, "agreement"].units == 2
    assert value(found, "stance", "", ANN, BO, "agreement") == 0
    assert value(found, "stance", "", ANN, "machine", "agreement") == 0.5 + 0.5  # both targets alike
    assert ("stance", "none", ANN, BO, "agreement") not in found


def test_links_that_were_looked_at_and_left_stand_as_they_are(tmp_path):
    coding = Coding(tmp_path / "pier", TEXTS, posts=REPLIES)
    coding.read("ann", [1, 2, 3, 4], "link")
    coding.decide("bo", (2, "link", {"reply_to": None}), (4, "link", {"reply_to": "pier:1"}))
    coding.read("bo", [3], "link")
    found = figures(coding.folder, "link")
    assert value(found, "link", "", ANN, "machine", "agreement") == 1
    assert found["link", "", ANN, BO, "agreement"].units == 3
    assert value(found, "link", "", ANN, BO, "agreement") == pytest.approx(1 / 3)
    assert ("link", "", ANN, BO, "cohen_kappa") not in found
    assert not math.isnan(value(found, "link", "", ANN, BO, "krippendorff_alpha"))


def turn(number, side, role="assertion"):
    return (
        {"loop_id": "pier:l1", "post_id": f"pier:{number}", "annotator": "loops@4", "turn": number}
        | {
            "author": "Wren",
            "side": side,
            "role": role,
            "is_empty": False,
            "brought": None,
            "has_evidence": False,
        }
        | {"novelty": 0.5, "start": 0, "end": 2, "brought_start": None, "brought_end": None}
    )


def test_turns_are_compared_by_side_and_role(tmp_path):
    coding = Coding(tmp_path / "pier", TEXTS, turns=[turn(1, "a"), turn(2, "b"), turn(3, "a", "restatement")])
    coding.read("ann", [1, 2, 3], "turn")
    said = {
        "loop_id": "pier:l1",
        "question": "?",
        "posts": ["pier:1"],
        "is_empty": False,
        "has_evidence": False,
    }
    coding.decide(
        "ann",
        (1, "turn", {**said, "side": "a", "role": "assertion"}),
        (2, "turn", {**said, "side": None, "role": None}),
        (3, "turn", {**said, "side": "a", "role": "assertion"}),
    )
    found = figures(coding.folder, "turn")
    assert value(found, "turn", "side", ANN, "machine", "agreement") == pytest.approx(2 / 3)
    assert value(found, "turn", "role", ANN, "machine", "agreement") == pytest.approx(1 / 3)


def test_claims_are_compared_claim_by_claim(tmp_path):
    rows = [marked(TEXTS, 1, "claim", "asserts", target="pier:c1", annotator="claims@4")]
    rows += [marked(TEXTS, 2, "claim", "asserts", target="pier:c2", annotator="exchanges@3")]
    coding = Coding(tmp_path / "pier", TEXTS, annotations=rows)
    coding.read("ann", [1, 2], "claim")
    coding.give("ann", 1, "claim", "asserts", target="pier:c1")
    found = figures(coding.folder, "claim")
    assert value(found, "claim", "", ANN, "machine", "agreement") == 0.5
    assert value(found, "claim", "asserts", ANN, "claims@4", "agreement") == 1
    assert value(found, "claim", "asserts", ANN, "exchanges@3", "agreement") == 0


PAGE = ["One.\nTwo.\r\nThree.", "Four.", "Five.\nSix.", "Seven."]


def test_cuts_of_a_page_are_compared_border_by_border(tmp_path):
    coding = Coding(tmp_path / "pier", PAGE)
    coding.read("ann", [1, 2, 3, 4], "split")
    coding.read("bo", [1, 2, 3, 4], "split")
    coding.decide("ann", (2, "join", {}), (3, "split", {"at": 6, "author": "Wren"}))
    coding.decide("bo", (2, "join", {}))
    found = figures(coding.folder, "split")
    # places: two lines more in post 1, posts 2, 3 and 4, one line more in post 3
    figure = found["split", "", ANN, "machine", "border_f1"]
    assert figure.units == 6
    assert figure.estimate.value == pytest.approx(2 * 2 / (3 + 3))
    assert value(found, "split", "", ANN, BO, "border_f1") == pytest.approx(2 * 2 / (3 + 2))
    assert 0 < value(found, "split", "", ANN, "machine", "pk") <= 1
    assert "windows of 1 place" in found["split", "", ANN, "machine", "pk"].note


def test_a_post_that_is_cut_within_a_line_has_a_place_there(tmp_path):
    coding = Coding(tmp_path / "pier", ["Start.", "One. Two.", "End."])
    coding.decide("ann", (2, "split", {"at": 5, "author": None}))
    coding.read("bo", [2], "split")
    found = figures(coding.folder, "split")
    assert found["split", "", ANN, BO, "border_f1"].units == 2
    assert value(found, "split", "", ANN, BO, "border_f1") == pytest.approx(2 / 3)


def test_a_person_alone_is_compared_with_the_machine_only(coding):
    coding.read("ann", [1, 2], "rhetoric")
    found = figures(coding.folder, "rhetoric")
    assert found
    assert {(first, second) for _, _, first, second, _ in found} == {(ANN, "machine"), (ANN, "hedges@4")}


def test_of_three_people_fleiss_counts_posts_of_all_three_and_alpha_those_of_two(coding):
    for who, posts in (("ann", [1, 2, 3, 4]), ("bo", [1, 2, 3, 4, 5]), ("cy", [1, 2])):
        coding.read(who, posts, "rhetoric")
        coding.give(who, 1, "rhetoric", "hedge", "Perhaps")
    found = figures(coding.folder, "rhetoric")
    assert found["rhetoric", "hedge", "people", "", "krippendorff_alpha"].units == 4
    assert found["rhetoric", "hedge", "people", "", "fleiss_kappa"].units == 2


def test_some_people_alone_can_be_asked_for(coding):
    for who in ("ann", "bo", "cy"):
        coding.read(who, [1, 2], "rhetoric")
    found = figures(coding.folder, "rhetoric", people=["ann", "human:cy"])
    assert {name for key in found for name in key[2:4] if name.startswith("human")} == {ANN, CY}
    with pytest.raises(DiscourseError, match="nobody called 'dee'"):
        opened([coding.folder], ["dee"]).__enter__()


def test_nobodys_labels_are_one_clear_line(coding):
    with pytest.raises(DiscourseError, match="discourse review"):
        opened([coding.folder]).__enter__()


def test_a_layer_that_there_is_not_is_named():
    assert layers_of(["split", "quote"]) == ("quote", "split")
    with pytest.raises(DiscourseError, match="no layer 'mood'"):
        layers_of(["quote", "mood"])


def test_runs_are_pooled_and_their_threads_kept_apart(tmp_path):
    """Both runs name their threads alike; they are nine threads nevertheless. One run twice is one run."""
    runs = []
    for name in ("east", "west"):
        coding = Coding(tmp_path / name, TEXTS, a_thread=1, annotations=[hedge(1)])
        coding.read("ann", range(1, 6), "rhetoric")
        runs.append(coding.folder)
    with pytest.raises(DiscourseError, match="'pier:1'"):
        opened(runs).__enter__()
    posts = runs[1] / "tables" / "posts.csv"
    for path in (posts, runs[1] / "tables" / "annotations.csv"):
        path.write_bytes(path.read_bytes().replace(b"pier:", b"quay:"))
    with opened([*runs, runs[0]]) as pooled:
        assert len(pooled.overview.threads) == len(set(pooled.overview.threads)) == 10
        found = measure(pooled, ["rhetoric"], QUICK)
    assert found.coded == {ANN: 5}  # decisions on posts of the old ids are left out
    assert found.left_out == 5


def test_whether_the_machine_was_in_sight_is_told(coding):
    coding.read("ann", [1, 2], "rhetoric", is_blind=True)
    coding.read("ann", [2], "reply")
    coding.read("bo", [1], "rhetoric", origin="import:csv")
    with opened([coding.folder]) as runs:
        found = measure(runs, ["rhetoric"], QUICK)
        both = measure(runs, ["rhetoric", "reply"], QUICK)
    assert found.sight == {ANN: {"blind": 2}, BO: {"imported": 1}}
    assert both.sight == {ANN: {"blind": 1, "seen": 1}, BO: {"imported": 1}}


def test_shares_rest_on_most_coders_and_on_posts_drawn_at_random(coding, tmp_path):
    for who in ("ann", "bo"):
        coding.read(who, [1, 2, 3, 4], "rhetoric")
        coding.give(who, 1, "rhetoric", "hedge", "Perhaps")
    coding.give("ann", 3, "rhetoric", "hedge", "Perhaps")  # a tie
    sample = tmp_path / "sample.csv"
    sample.write_text("post_id,part,probability\npier:1,uncertainty,\npier:2,random,0.4\npier:4,random,0.4\n")
    with opened([coding.folder]) as runs:
        (plain,) = measure(runs, ["rhetoric"], QUICK).shares
        found = measure(runs, ["rhetoric"], QUICK, sample)
    assert (plain.posts, plain.coded, plain.positives, plain.ties) == (5, 3, 1, 1)
    (share,) = found.shares
    assert found.is_drawn
    assert (share.coded, share.positives, share.ties) == (2, 0, 0)
    assert share.shares["machine"].value == pytest.approx(0.4)


def test_asking_again_gives_the_same_and_leaving_layers_out_changes_nothing(coding):
    for who in ("ann", "bo"):
        coding.read(who, range(1, 6), "rhetoric")
        coding.read(who, range(1, 6), "reply")
    coding.give("ann", 1, "rhetoric", "hedge", "Perhaps")
    everything, some = figures(coding.folder), figures(coding.folder, "rhetoric")
    assert some
    assert {key: repr(everything[key]) for key in some} == {key: repr(one) for key, one in some.items()}


def test_labels_of_posts_that_nobody_says_were_read_are_no_ground_for_a_share(coding):
    """A tool that gives back labels alone: each of its posts has one, which says nothing of the others."""
    coding.give("ann", 1, "rhetoric", "hedge", "Perhaps")
    coding.give("ann", 3, "rhetoric", "hedge", "Perhaps")
    with opened([coding.folder]) as runs:
        found = measure(runs, ["rhetoric"], QUICK)
    assert found.shares == ()
    assert found.unread == {ANN: 2}
    coding.read("ann", [1, 2], "rhetoric", "hedge")
    with opened([coding.folder]) as runs:
        (share,) = measure(runs, ["rhetoric"], QUICK).shares
    assert (share.coded, share.positives) == (2, 1)


def test_posts_whose_label_was_only_rejected_are_no_ground_for_a_share(coding):
    """They are there because the machine gave the label: of all posts they tell nothing."""
    key = {"layer": "rhetoric", "label": "hedge", "target": None, "start": 0, "end": 7}
    coding.decide("ann", (1, "reject", {**key, "annotator": "hedges@4"}))
    with opened([coding.folder]) as runs:
        found = measure(runs, ["rhetoric"], QUICK)
    assert found.shares == ()
    assert value(figures(coding.folder, "rhetoric"), "rhetoric", "hedge", ANN, "machine", "agreement") == 0
    coding.read("ann", [1, 2], "rhetoric")
    with opened([coding.folder]) as runs:
        (share,) = measure(runs, ["rhetoric"], QUICK).shares
    assert (share.coded, share.positives) == (2, 0)
