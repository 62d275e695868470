"""Rows that a reading brings along follow the posts that people join."""

import pandas as pd

from discourse.labels.decisions import Decision
from discourse.labels.overruling.decided import OnPost, Word
from discourse.labels.overruling.pages import corrected
from discourse.tables import ANNOTATIONS, LINKS, Tables, frame_of, plain_rows
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


def _joined(tables, *joins, splits=()):
    on_posts = {post: OnPost(join=_word("join", post)) for post in joins}
    for post, *places in splits:
        on_posts.setdefault(post, OnPost()).splits = {at: _word("split", post, at=at) for at in places}
    return corrected(tables, on_posts)


def _word(kind, post, **value):
    return Word("human:ann", Decision(kind=kind, post_id=post, text_hash="", value=value))


def _linked(*parents):
    posts = (
        say("Ann", f"Post {n}.", reply_to=None if parent is None else f"t:{parent}")
        for n, parent in enumerate(parents, start=1)
    )
    return talk(*posts)


def _parents(tables):
    named = ((row["post_id"], row["reply_to"]) for row in plain_rows(tables["posts"]))
    return {int(post.split(":")[1]): None if to is None else int(to.split(":")[1]) for post, to in named}


def test_a_post_joined_to_the_one_that_answers_it_leaves_it_its_own_link():
    tables = _linked(2, 3, None)  # newest first
    rows = [("t:1", "t:2"), ("t:2", "t:3")]
    more = {"annotator": "export@1", "evidence": "explicit", "score": 1.0}
    links = [{"post_id": post, "reply_to": other, **more} for post, other in rows]
    now, moves = _joined(tables.replace(links=frame_of(LINKS, links)), "t:2")
    assert _parents(now) == {1: 3, 3: None}
    assert [(row["post_id"], row["reply_to"]) for row in plain_rows(now["links"])] == [("t:1", "t:3")]
    assert not moves.has_lost("t:2", "reply")


def test_of_many_joined_posts_the_first_part_with_a_link_to_another_counts():
    assert _parents(_joined(_linked(2, 3, 5, 6, None, None), "t:2", "t:3", "t:4")[0]) == {
        1: 5,
        5: None,
        6: None,
    }
    assert _parents(_joined(_linked(None, 1, 3), "t:3")[0]) == {1: None, 2: 1}
    # a root stays one
    assert _parents(_joined(_linked(2, None, None), "t:2")[0]) == {1: None, 3: None}


def test_joined_posts_never_answer_themselves_by_way_of_others():
    assert _parents(_joined(_linked(3, 4, 2, None), "t:2")[0]) == {1: 4, 3: 1, 4: None}


def test_posts_of_two_threads_are_not_joined_and_the_first_post_has_none_before_it():
    other = talk(say("Eve", "Another matter."), name="u")
    posts = pd.concat([_linked(None, 1)["posts"], other["posts"].assign(source_id="t")], ignore_index=True)
    now, moves = _joined(Tables({"posts": posts}), "t:1", "u:1")
    assert list(now["posts"]["text"]) == ["Post 1.", "Post 2.", "Another matter."]
    assert [(one.word.decision.post_id, one.reason) for one in moves.left_out] == [
        ("t:1", "no post stands before it"),
        ("u:1", "the post before it is of another thread"),
    ]


def test_a_split_with_no_words_on_one_side_is_none():
    tables = talk(say("Ann", "  One.  Two.  "))
    now, moves = _joined(tables, splits=[("t:1", 0, 2, 8, 12, 14, 99)])
    assert list(now["posts"]["text"]) == ["  One.", "Two.  "]
    assert sorted(one.word.value["at"] for one in moves.left_out) == [0, 2, 12, 14, 99]
    assert moves.place("t:1", 2, 6) == ("t:1", 2, 6)
