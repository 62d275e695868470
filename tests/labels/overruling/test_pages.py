"""Rows that a reading brings along follow the posts that people join."""

from discourse.labels.decisions import Decision
from discourse.labels.overruling.decided import OnPost, Word
from discourse.labels.overruling.pages import corrected
from discourse.tables import ANNOTATIONS, LINKS, frame_of, plain_rows
from tests.analysis.talk import say, talk


def test_links_and_targets_of_a_joined_post_are_those_of_the_one_that_holds_it():
    tables = talk(say("Ann", "One."), say("Bo", "Two."), say("Ann", "Three."), say("Cy", "Four."))
    one, two, three, four = tables["posts"]["post_id"]
    pairs = [(two, one), (three, two), (three, one), (four, three), (four, two), (two, three)]
    links = [
        {"post_id": post, "reply_to": other, "annotator": "export@1", "evidence": "explicit", "score": 1.0}
        for post, other in pairs
    ]
    label = {"start": 0, "end": 4, "layer": "quote", "label": "quote", "annotator": "q@1", "score": 1.0}
    labels = [
        {**label, "post_id": four, "target": three, "detail": two, "quote": "Four"},
        {**label, "post_id": three, "target": two, "detail": None, "quote": "Thre"},
        {**label, "post_id": three, "target": "external", "detail": None, "quote": "Thre"},
    ]
    tables = tables.replace(links=frame_of(LINKS, links), annotations=frame_of(ANNOTATIONS, labels))
    join = Decision(kind="join", post_id=three, text_hash="", value={})
    now, _ = corrected(tables, {three: OnPost(join=Word("human:ann", join))})
    assert [(row["post_id"], row["reply_to"]) for row in plain_rows(now["links"])] == [
        (two, one),
        (four, two),
    ]
    assert [
        (row["post_id"], row["start"], row["target"], row["detail"]) for row in plain_rows(now["annotations"])
    ] == [
        (four, 0, two, None),
        (two, 5, "external", None),
    ]
