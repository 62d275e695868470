from discourse.exchange.corpus import Choice, LabelledPost
from discourse.exchange.plain.wide import Wide, column_name
from discourse.model import Annotation, Post

TEXT = "Perhaps it was so."


def post(*labels: Annotation, coded: tuple[tuple[str, str | None, str], ...] = ()) -> LabelledPost:
    entries = [
        {"post_id": "a", "layer": layer, "label": label, "annotator": who} for layer, label, who in coded
    ]
    made = Post(post_id="a", thread_id="t", source_id="t", position=1, author="Wren", text=TEXT, reply_to="r")
    return LabelledPost(post=made, run="run", annotations=labels, coded=tuple(entries))


def label(
    name: str, annotator: str = "hedges@4", *, layer: str = "rhetoric", score: float = 0.8, target=None
):
    return Annotation(
        post_id="a",
        start=0,
        end=7,
        layer=layer,
        label=name,
        annotator=annotator,
        quote="Perhaps",
        score=score,
        target=target,
    )


def row(one: LabelledPost, *others: LabelledPost, choice: Choice | None = None) -> dict:
    wide = Wide(choice or Choice())
    for seen in (one, *others):
        wide.see(seen)
    return wide.row(one)


HEDGE = ("rhetoric.hedge", "rhetoric.hedge.score", "rhetoric.hedge.by")


def hedge(*given, **more) -> tuple:
    found = row(*given, post(label("hedge")), **more)
    return tuple(found[name] for name in HEDGE)


def test_a_marker_that_the_machine_found_is_1_with_its_best_score():
    assert hedge(post(label("hedge", score=0.5), label("hedge", "model:x@1", score=0.9))) == (
        1,
        0.9,
        "machine",
    )


def test_a_marker_that_it_did_not_find_is_0_without_a_score():
    assert hedge(post()) == (0, None, "machine")


def test_people_who_looked_and_saw_none_overrule_the_machine():
    assert hedge(post(label("hedge"), coded=(("rhetoric", None, "human:ann"),))) == (0, 0.0, "people")
    assert hedge(post(label("hedge"), coded=(("rhetoric", "hedge", "human:ann"),))) == (0, 0.0, "people")


def test_people_who_looked_for_something_else_do_not():
    for layer, name in (("rhetoric", "booster"), ("reply", None)):
        assert hedge(post(label("hedge"), coded=((layer, name, "human:ann"),))) == (1, 0.8, "machine")


def test_most_of_those_who_looked_decide_and_half_of_them_do_not():
    coded = tuple(("rhetoric", None, f"human:{name}") for name in ("ann", "bo", "cy"))
    ann, bo = label("hedge", "human:ann", score=1.0), label("hedge", "human:bo", score=1.0)
    assert hedge(post(ann, bo, coded=coded)) == (1, 0.6667, "people")
    assert hedge(post(ann, coded=coded[:2])) == (0, 0.5, "people")


def test_a_person_s_label_counts_though_nobody_noted_what_was_looked_for():
    assert hedge(post(label("hedge", "human:ann", score=1.0))) == (1, 1.0, "people")


def test_where_people_alone_were_chosen_a_post_that_nobody_read_has_no_value():
    assert hedge(post(), choice=Choice(makers=frozenset({"people"}))) == (None, None, None)


def test_the_answer_is_that_to_the_post_answered():
    other = label("agree", "agreement@4", layer="reply", score=0.99, target="q")
    parent = label("disagree", "agreement@4", layer="reply", score=0.4, target="r")
    found = row(post(other, parent))
    assert (found["reply.label"], found["reply.score"], found["reply.by"]) == ("disagree", 0.4, "machine")


def test_people_s_answer_goes_before_the_machine_s_and_none_stands_where_they_are_even():
    machine = label("agree", "agreement@4", layer="reply", target="r")
    ann = label("neither", "human:ann", layer="reply", target="r", score=1.0)
    bo = label("disagree", "human:bo", layer="reply", target="r", score=1.0)
    found = row(post(machine, ann))
    assert (found["reply.label"], found["reply.score"], found["reply.by"]) == ("neither", 1.0, "people")
    found = row(post(machine, ann, bo))
    assert (found["reply.label"], found["reply.score"], found["reply.by"]) == (None, None, "people")


def test_stances_are_lists_of_targets_decided_target_by_target():
    rows = [label("against", "stance@3", layer="stance", target=name) for name in ("pier", "council")]
    ann = label("against", "human:ann", layer="stance", target="pier", score=1.0)
    assert row(post(*rows))["stance.against"] == ["council", "pier"]
    assert row(post(*rows, ann, coded=(("stance", None, "human:ann"),)))["stance.against"] == ["pier"]


def test_columns_for_and_against_stand_there_always_others_where_they_occur():
    wide = Wide(Choice())
    wide.see(post(label("hedge"), coded=(("rhetoric", "sarcasm", "human:ann"),)))
    names = [column.name for column in wide.columns]
    assert names[:7] == ["post_id", "thread_id", "author", "timestamp", "reply_to", "lang", "text"]
    assert names[7:10] == ["reply.label", "reply.score", "reply.by"]
    assert [name for name in names if name.startswith("rhetoric.") and name.count(".") == 1] == [
        "rhetoric.hedge",
        "rhetoric.sarcasm",
    ]
    assert names[-2:] == ["stance.against", "stance.favor"]


def test_no_two_labels_share_a_column():
    assert column_name("rhetoric", "hedge.score") != column_name("rhetoric", "hedge") + ".score"
    assert column_name("rhetoric", "a%2Eb") != column_name("rhetoric", "a.b")
