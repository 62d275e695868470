"""All tables together: joined, cut into threads, checked."""

import pandas as pd
import pytest

from discourse.errors import ContractError
from discourse.tables import (
    ANNOTATIONS,
    ARTICLES,
    CLAIM_CONTEXT,
    CLAIMS,
    CONTEXT,
    FAULTS,
    LINKS,
    LOOPS,
    POSTS,
    SOURCES,
    STANCES,
    TURNS,
    Tables,
    frame_of,
)


def thread(name, source="s"):
    """Build one small thread with a row in tables that belong to it in each possible way."""
    post = {"thread_id": name, "source_id": source, "author": "A", "text": "x", "reply_evidence": "none"}
    loop = {"loop_id": f"{name}:l1", "annotator": "loops@1", "question": "q", "claim_a": "a", "claim_b": "b"}
    loop |= {"kind": "other", "state": "open", "turns": 1, "restatements": 0, "empty_restatements": 0}
    turn = {"loop_id": f"{name}:l1", "post_id": f"{name}:1", "annotator": "loops@1", "turn": 1, "author": "A"}
    turn |= {"side": "a", "role": "assertion", "is_empty": False, "has_evidence": False, "novelty": 1.0}
    mark = {"post_id": f"{name}:1", "start": 0, "end": 1, "layer": "claim", "label": "asserts", "quote": "x"}
    return Tables(
        {
            "posts": frame_of(POSTS, [{**post, "post_id": f"{name}:{n}", "position": n} for n in (1, 2)]),
            "links": frame_of(
                LINKS,
                [
                    {
                        "post_id": f"{name}:2",
                        "reply_to": f"{name}:1",
                        "annotator": "r",
                        "evidence": "none",
                        "score": 1,
                    }
                ],
            ),
            "annotations": frame_of(ANNOTATIONS, [{**mark, "annotator": "c", "score": 1.0}]),
            "stances": frame_of(
                STANCES,
                [
                    {"thread_id": name, "author": "A", "target": "T", "annotator": "s", "label": "favor"}
                    | {"favor_posts": 1, "against_posts": 0, "score": 1.0}
                ],
            ),
            "loops": frame_of(
                LOOPS, [{**loop, "first_post": f"{name}:1", "last_post": f"{name}:2", "score": 1.0}]
            ),
            "turns": frame_of(TURNS, [{**turn, "start": 0, "end": 1}]),
            "context": frame_of(
                CONTEXT,
                [
                    {
                        "loop_id": f"{name}:l1",
                        "source_id": source,
                        "start": 0,
                        "end": 1,
                        "start_line": 1,
                        "quote": "y",
                    }
                ],
            ),
        }
    )


def source(name):
    row = {"source_id": name, "uri": name, "reader": "r", "reader_score": 1, "found_count": 2, "sha256": name}
    article = {"source_id": name, "start_line": 1, "end_line": 1, "text": "y"}
    return Tables({"sources": frame_of(SOURCES, [row]), "articles": frame_of(ARTICLES, [article])})


def assert_same(one, other):
    assert one.names() == other.names()
    for name in one.names():
        pd.testing.assert_frame_equal(one[name], other[name])


def test_a_table_that_nobody_has_written_is_there_and_empty():
    assert Tables()["loops"].empty
    assert list(Tables()["loops"]) == LOOPS.names
    assert "loops" not in Tables()


def test_cutting_and_joining_gives_the_same_tables_again():
    whole = Tables.concat([thread("a"), thread("b"), thread("c")])
    assert_same(Tables.concat(whole.by_thread()), whole)


def test_a_thread_takes_its_own_rows_along_and_nobody_elses():
    whole = Tables.concat([thread("a"), thread("b")])
    first, second = whole.by_thread()
    assert_same(first, thread("a"))
    assert_same(second, thread("b"))


def test_source_and_article_go_to_every_thread_read_from_them():
    whole = Tables.concat([source("s"), source("z"), thread("a"), thread("b"), thread("c", source="z")])
    owners = [
        (part["sources"]["source_id"].tolist(), part["articles"]["source_id"].tolist())
        for part in whole.by_thread()
    ]
    assert owners == [(["s"], ["s"]), (["s"], ["s"]), (["z"], ["z"])]


def test_a_source_without_posts_was_read_beside_every_thread():
    whole = Tables.concat([source("s"), source("beside"), thread("a"), thread("b")])
    assert whole.sources_of_posts() == {"s"}
    for part in (*whole.by_thread(), whole.of_thread("a")):
        assert part["articles"]["source_id"].tolist() == ["s", "beside"]


def test_rows_of_a_claim_go_with_the_thread_that_makes_it():
    claims = [{"claim_id": f"{n}:c1", "annotator": "c", "thread_id": n, "text": "x"} for n in "ab"]
    row = {"source_id": "beside", "start": 0, "end": 1, "start_line": 1, "quote": "y"}
    rows = [{"claim_id": f"{n}:c1", **row} for n in "ab"]
    made = Tables({"claims": frame_of(CLAIMS, claims), "claim_context": frame_of(CLAIM_CONTEXT, rows)})
    whole = Tables.concat([thread("a"), thread("b"), made])
    assert [part["claim_context"]["claim_id"].tolist() for part in whole.by_thread()] == [["a:c1"], ["b:c1"]]


def test_threads_come_in_the_order_in_which_they_first_appear():
    whole = Tables.concat([thread("b"), thread("a")])
    assert [part["posts"]["thread_id"].iloc[0] for part in whole.by_thread()] == ["b", "a"]


def test_a_thread_that_does_not_exist_is_empty():
    assert thread("a").of_thread("nowhere")["posts"].empty


def test_rows_of_a_cut_thread_are_numbered_from_nought():
    second = list(Tables.concat([thread("a"), thread("b")]).by_thread())[1]
    assert second["posts"].index.tolist() == [0, 1]


def test_joining_keeps_types_where_one_part_is_empty():
    empty = Tables({"posts": POSTS.empty(), "faults": FAULTS.empty()})
    joined = Tables.concat([empty, thread("a"), empty]).check("here")
    pd.testing.assert_frame_equal(joined["posts"], thread("a")["posts"])
    assert joined["faults"].empty


def test_joining_nothing_gives_no_tables():
    assert Tables.concat([]).names() == []


def test_replacing_leaves_the_old_tables_as_they_were():
    before = thread("a")
    after = before.replace(posts=POSTS.empty())
    assert after["posts"].empty
    assert len(before["posts"]) == 2
    assert after["links"] is before["links"]


def test_a_check_names_the_faults_of_all_tables_and_where_they_come_from():
    broken = thread("a").replace(
        posts=thread("a")["posts"].drop(columns="author"), links=thread("a")["links"].assign(score=2.0)
    )
    with pytest.raises(ContractError) as caught:
        broken.check("the page")
    assert "posts: column 'author' is missing" in str(caught.value)
    assert "links: column 'score' rises above 1.0" in str(caught.value)
    assert str(caught.value).startswith("the page: ")
