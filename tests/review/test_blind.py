"""Blind, a coder sees nothing of what others said before having said so; what was blind is marked as such."""

import pytest

from tests.exchange.made_run import store_run
from tests.review.made_review import GIVEAWAYS, Asker, tables_to_review

PAGES = ("/by/ann/", "/by/ann/?show=doubtful", "/by/ann/?show=unread", "/names")


@pytest.fixture
def blind(run):
    return Asker(run, is_blind=True)


def test_nothing_of_the_machines_is_in_any_page(blind):
    pages = [*PAGES, *(f"/by/ann/posts/{number}" for number in range(1, 9))]
    for path in pages:
        html = blind.get(path).text
        assert [word for word in GIVEAWAYS if word in html] == [], path
        assert 'data-kind="label"' not in html  # a link that the page itself states is no label
        assert 'data-kind="turn"' not in html
        assert "on-rhetoric" not in html


def test_nothing_of_the_machines_is_in_what_an_action_answers(blind):
    told = blind.act(2, "add", what="rhetoric/sarcasm", start="5", end="9")
    assert [word for word in GIVEAWAYS if word in str(told)] == []
    assert "sarcasm" in told["html"]


def test_other_coders_are_hidden_too(blind):
    blind.act(2, "add", coder="bo", what="rhetoric/sarcasm", start="5", end="9")
    assert "human:bo" not in blind.get("/by/ann/posts/2").text


def test_what_cannot_be_seen_cannot_be_asked_about(blind, asker):
    name = asker.label_id(2, "rhetoric", "hedge")
    assert "not there" in blind.refused(2, "accept", label_id=name)
    assert "does not say" in blind.refused(2, "turn", dispute="1", part="same")


def test_once_done_others_stand_beside_the_own_and_nothing_was_confirmed_for_the_coder(blind):
    blind.act(2, "add", what="rhetoric/sarcasm", start="5", end="9")
    told = blind.act(2, "done")
    assert told["where"].endswith("/posts/2")
    assert "hedges@4" in told["html"]
    assert [value["label"] for value in blind.values(2) if value["kind"] == "label"] == ["sarcasm"]
    blind.act(2, "accept", label_id=blind.label_id(2, "rhetoric", "hedge"))
    kinds = [(one.decision.value.get("label"), one.is_blind) for one in blind.noted()]
    assert kinds[0] == ("sarcasm", True)
    assert kinds[-1] == ("hedge", False)
    assert {one.is_blind for one in blind.noted() if one.decision.kind == "read"} == {True}


def test_what_was_seen_stays_seen(blind):
    blind.act(2, "done")
    blind.undo()
    page = blind.get("/by/ann/posts/2").text
    assert "hedges@4" not in page
    blind.act(2, "add", what="rhetoric/sarcasm", start="5", end="9")
    assert [one.is_blind for one in blind.noted()] == [False]
    blind.act(2, "add", coder="bo", what="rhetoric/sarcasm", start="5", end="9")
    assert [one.is_blind for one in blind.noted(annotator="human:bo")] == [True]


def test_what_was_decided_with_labels_in_sight_is_not_blind_later(run):
    Asker(run).act(2, "join")
    blind = Asker(run, is_blind=True)
    blind.act(2, "add", what="rhetoric/sarcasm", start="5", end="9")
    assert [one.is_blind for one in blind.noted()] == [False, False]


def test_a_guessed_answer_is_for_the_coder_to_say(tmp_path):
    tables = tables_to_review()
    posts = tables["posts"].assign(reply_evidence=["none", *["inferred"] * 7])
    blind = Asker(store_run(tmp_path / "pier", tables.replace(posts=posts)), is_blind=True)
    page = blind.get("/by/ann/posts/4").text
    assert "Whom it answers is for you to say" in page
    assert "answered-title" not in page
    assert "say first which post it answers" in blind.refused(4, "done")
    assert "say first which post it answers" in blind.refused(4, "add", what="reply/agree")
    blind.act(4, "link", answers="2")
    blind.act(4, "add", what="reply/agree")
    blind.act(4, "done")
    blind.act(1, "done")  # nobody stands before it
