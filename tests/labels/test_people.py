"""People's decisions as rows: of each person the last word, on the text that he or she saw."""

from discourse.labels.decisions import Decision, text_hash
from discourse.labels.journal import Noted
from discourse.labels.people import rows_of_post

TEXT = "Perhaps so, perhaps not."
HASH = text_hash(TEXT)


def noted(kind, who="human:ann", digest=HASH, **value):
    decision = Decision(kind=kind, post_id="p:1", text_hash=digest, value=value)
    return Noted(action=1, annotator=who, origin="review", is_blind=False, decision=decision)


def hedge(start=0, end=7, **more):
    return {"layer": "rhetoric", "label": "hedge", "target": None, "start": start, "end": end, **more}


def rows(*decisions):
    return rows_of_post(decisions, TEXT, HASH)


def test_a_label_is_a_row_with_its_words_and_the_maker_that_it_confirms():
    (row,) = rows(noted("label", **hedge(accepts="hedges@4", detail="d"))).annotations
    assert row == {
        "post_id": "p:1",
        "start": 0,
        "end": 7,
        "layer": "rhetoric",
        "label": "hedge",
        "target": None,
        "annotator": "human:ann",
        "score": 1.0,
        "quote": "Perhaps",
        "detail": "d",
        "also": "hedges@4",
        "entry": None,
    }


def test_a_label_given_twice_is_one_row_and_one_taken_back_is_none():
    taken_back = noted("reject", **hedge(annotator="human:ann"))
    assert len(rows(noted("label", **hedge()), noted("label", **hedge())).annotations) == 1
    assert rows(noted("label", **hedge()), taken_back).annotations == []
    assert len(rows(noted("label", **hedge()), taken_back, noted("label", **hedge())).annotations) == 1


def test_what_one_person_takes_back_stays_with_another():
    found = rows(
        noted("label", **hedge()),
        noted("label", who="human:bo", **hedge()),
        noted("reject", who="human:bo", **hedge(annotator="human:bo")),
    )
    assert [row["annotator"] for row in found.annotations] == ["human:ann"]


def test_a_label_that_somebody_rejects_is_known_until_the_same_person_gives_it():
    machine = {**hedge(), "annotator": "hedges@4"}
    assert rows(noted("reject", **machine)).rejected == {("rhetoric", "hedge", None, 0, 7)}
    assert rows(noted("reject", **machine), noted("label", **hedge())).rejected == set()
    change = noted("label", **hedge(8, 11, instead=machine))
    assert rows(change).rejected == {("rhetoric", "hedge", None, 0, 7)}
    assert rows(change, noted("reject", **hedge(8, 11, annotator="human:ann"))).rejected == set()


def test_a_decision_on_another_text_is_left_out():
    assert rows(noted("label", digest=text_hash("Another."), **hedge())).annotations == []


def test_joined_and_split_posts_are_edits_each_once():
    found = rows(noted("join"), noted("join"), noted("split", at=8, author="Wren"), noted("split", at=9))
    assert [(row["edit_id"], row["action"], row["value"]) for row in found.edits] == [
        ("p:1:human:ann:join", "join", None),
        ("p:1:human:ann:split8", "split", "at 8 by Wren"),
        ("p:1:human:ann:split9", "split", "at 9"),
    ]


def test_of_links_and_turns_the_last_word_stands_and_of_readings_each_once():
    turn = {"loop_id": "t:l1", "question": "q", "posts": ["p:1"], "role": "assertion"}
    found = rows(
        noted("link", reply_to="p:0"),
        noted("link", reply_to=None),
        noted("turn", side="a", **turn),
        noted("turn", side="b", **turn),
        noted("read", layer="reply", label=None),
        noted("read", layer="reply", label=None),
    )
    assert [row["reply_to"] for row in found.links] == [""]
    assert [row["side"] for row in found.turns] == ["b"]
    assert found.coded == [
        {"post_id": "p:1", "layer": "reply", "label": None, "annotator": "human:ann"},
    ]
