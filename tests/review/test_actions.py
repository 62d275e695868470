"""What a coder decides is checked against the post, stands in the journal, and can be taken back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.labels.decisions import HUMAN, Decision
from discourse.labels.journal import Journal, journal_path
from discourse.labels.people import rows_of_post
from discourse.review.scene import scene_of
from tests.exchange.made_run import TEXTS
from tests.review.made_review import Asker

EMOJI = TEXTS[1]
CRLF = TEXTS[2]


def rows(asker, number, coder="ann"):
    """Return the coder's labels as the rows that every export writes."""
    post = asker.task.desk.post(number)
    noted = asker.noted(post_id=post.post_id, annotator=HUMAN + coder)
    return rows_of_post(noted, post.text, post.digest).annotations


def test_a_label_is_confirmed_with_the_name_of_its_maker(asker):
    told = asker.act(1, "accept", label_id=asker.label_id(1, "stance"))
    (row,) = rows(asker, 1)
    assert (row["label"], row["also"], row["quote"]) == (
        "against",
        "stance@3",
        "Clearly the council forgot it.",
    )
    assert told["said"].startswith("Saved: against Pier council")
    assert "✓ right" in told["html"]


def test_a_label_is_rejected_by_name(asker):
    asker.act(1, "reject", label_id=asker.label_id(1, "stance"))
    (value,) = asker.values(1)
    assert (value["kind"], value["annotator"], value["layer"]) == ("reject", "stance@3", "stance")
    assert rows(asker, 1) == []


def test_the_last_word_on_a_label_counts(asker):
    for action in ("accept", "reject", "accept"):
        asker.act(1, action, label_id=asker.label_id(1, "stance"))
    assert len(rows(asker, 1)) == 1
    asker.act(1, "reject", label_id=asker.label_id(1, "stance"))
    assert rows(asker, 1) == []


def test_a_changed_label_says_in_whose_place_it_stands(asker):
    asker.act(1, "change", label_id=asker.label_id(1, "rhetoric", "evidence"), what="rhetoric/booster")
    (value,) = asker.values(1)
    assert (value["label"], value["quote"]) == ("booster", "10 days")
    assert (value["instead"]["label"], value["instead"]["annotator"]) == ("evidence", "evidence_forms@4")


def test_borders_move_and_target_and_name_stay(asker):
    name = asker.label_id(1, "stance")
    asker.act(1, "change", label_id=name, start="40", end="47")
    (row,) = rows(asker, 1)
    assert (row["start"], row["end"], row["label"]) == (40, 47, "against")
    assert row["target"].startswith("Pier council")
    assert row["quote"] == TEXTS[0][40:47]


def test_an_own_label_that_is_changed_again_still_stands_for_the_machines(asker):
    asker.act(1, "accept", label_id=asker.label_id(1, "rhetoric", "evidence"))
    own = next(key for key in scene_of(asker.task, "human:ann", 1).standing.labels)
    assert own[1] == "evidence"
    asker.act(1, "change", label_id=_own_id(asker, 1, "evidence"), what="rhetoric/hedge")
    asker.act(1, "change", label_id=_own_id(asker, 1, "hedge"), start="0", end="3")
    (row,) = rows(asker, 1)
    assert (row["label"], row["quote"]) == ("hedge", "The")
    assert asker.values(1)[-1]["instead"]["label"] == "evidence"
    scene = scene_of(asker.task, "human:ann", 1)
    states = {found["label"]: scene.standing.state_of(found) for found in scene.labels}
    assert states["evidence"] == "changed"


def test_confirming_what_was_changed_takes_the_change_back(asker):
    name = asker.label_id(1, "rhetoric", "evidence")
    asker.act(1, "change", label_id=name, what="rhetoric/booster")
    asker.act(1, "accept", label_id=name)
    assert [row["label"] for row in rows(asker, 1)] == ["evidence"]


def test_to_take_an_own_label_back_is_not_to_call_the_machine_wrong(asker):
    asker.act(1, "accept", label_id=asker.label_id(1, "stance"))
    own = next(row for row in asker.task.journal.noted(annotator="human:ann"))
    assert own.decision.value["accepts"] == "stance@3"
    asker.act(1, "reject", label_id=_own_id(asker, 1, "against"))
    scene = scene_of(asker.task, "human:ann", 1)
    (row,) = [row for row in scene.labels if row["layer"] == "stance"]
    assert scene.standing.state_of(row) == "undecided"


def _own_id(asker, number, label):
    from discourse.review.scene import label_id, own_row

    scene = scene_of(asker.task, "human:ann", number)
    return next(label_id(own_row(key, "human:ann")) for key in scene.standing.labels if key[1] == label)


def test_a_new_label_stands_where_it_was_marked_in_code_points(asker):
    start = EMOJI.index("three")
    asker.act(2, "add", what="rhetoric/booster", start=start, end=start + 11)
    (row,) = rows(asker, 2)
    assert row["quote"] == "three weeks"


def test_words_given_by_hand_are_found_across_line_ends(asker):
    asker.act(3, "add", what="rhetoric/booster", quote="Line one.\r\nLine two")
    (row,) = rows(asker, 3)
    assert row["quote"] == "Line one.\r\nLine two"


def test_words_that_stand_twice_or_nowhere_are_not_guessed(asker):
    assert "more than once" in asker.refused(3, "add", what="rhetoric/hedge", quote="Line")
    assert "do not stand" in asker.refused(3, "add", what="rhetoric/hedge", quote="Nowhere")


def test_a_label_that_repeats_the_machines_confirms_it(asker):
    start = TEXTS[0].index("10 days")
    asker.act(1, "add", what="rhetoric/evidence", start=start, end=start + 7)
    (row,) = rows(asker, 1)
    assert row["also"] == "evidence_forms@4"


def test_a_post_without_text_can_agree(asker):
    asker.act(7, "add", what="reply/agree")
    (row,) = rows(asker, 7)
    assert (row["start"], row["end"], row["target"]) == (0, 0, "pier:1")


def test_agreement_is_said_once_and_in_the_place_of_the_machines(asker):
    for label in ("neither", "agree", "neither"):
        asker.act(3, "add", what=f"reply/{label}")
    (row,) = rows(asker, 3)
    assert (row["label"], row["target"]) == ("neither", "pier:1")
    asker.act(3, "add", what="reply/disagree")
    (row,) = rows(asker, 3)
    assert (row["label"], row["also"]) == ("disagree", "agreement@4")


def test_another_answer_takes_back_what_was_said_of_the_agreement(asker):
    asker.act(4, "accept", label_id=asker.label_id(4, "reply"))
    told = asker.act(4, "link", answers="3")
    assert rows(asker, 4) == []
    assert "answers 3" in told["said"]
    scene = scene_of(asker.task, "human:ann", 4)
    (row,) = [row for row in scene.labels if row["layer"] == "reply"]
    assert scene.standing.state_of(row) == "rejected"
    asker.act(4, "add", what="reply/agree")
    assert rows(asker, 4)[0]["target"] == "pier:3"


def test_a_post_can_answer_nobody(asker):
    asker.act(4, "link", answers="0")
    assert asker.values(4)[0] == {"kind": "link", "reply_to": None}


def test_pages_are_joined_and_split_at_words(asker):
    asker.act(3, "join")
    asker.act(3, "split", at=CRLF.index("Line four"), author="  Wren ")
    asker.act(3, "split", at=CRLF.index("Line two"))
    kinds = [(value["kind"], value.get("author")) for value in asker.values(3)]
    assert kinds == [("join", None), ("split", "Wren"), ("split", None)]
    assert "already" in asker.refused(3, "join")


def test_turns_of_a_dispute_are_marked(asker):
    asker.act(3, "turn", dispute="1", part="b-again-reason")
    (value,) = asker.values(3)
    assert (value["loop_id"], value["posts"]) == ("pier:l1", ["pier:1", "pier:2"])
    assert (value["side"], value["role"], value["is_empty"], value["has_evidence"]) == (
        "b",
        "restatement",
        False,
        False,
    )
    asker.act(2, "turn", dispute="1", part="none")
    assert asker.values(2)[0]["side"] is None
    asker.act(1, "turn", dispute="1", part="same")
    assert (asker.values(1)[0]["side"], asker.values(1)[0]["role"]) == ("a", "assertion")


def test_done_confirms_what_is_left_and_goes_on(asker):
    asker.act(1, "reject", label_id=asker.label_id(1, "stance"))
    told = asker.act(1, "done")
    labels = {row["label"] for row in rows(asker, 1)}
    assert labels == {"asserts", "evidence"}
    assert told["where"].endswith("/posts/2")
    kinds = [value["kind"] for value in asker.values(1)]
    assert kinds.count("read") == len(asker.task.layers)
    assert {"link", "turn"} <= set(kinds)
    assert {one.is_blind for one in asker.noted()} == {False}


def test_done_can_reject_what_is_left(asker):
    asker.act(1, "accept", label_id=asker.label_id(1, "stance"))
    asker.act(1, "done", rest="reject")
    assert [row["label"] for row in rows(asker, 1)] == ["against"]
    (turn,) = [value for value in asker.values(1) if value["kind"] == "turn"]
    assert turn["side"] is None


def test_to_reject_what_is_left_leaves_open_whom_the_post_answers(asker):
    told = asker.act(3, "done", rest="reject")
    kinds = [value["kind"] for value in asker.values(3)]
    assert "link" not in kinds
    read = {value["layer"] for value in asker.values(3) if value["kind"] == "read"}
    assert read == set(asker.task.layers) - {"link"}
    assert told["said"].endswith("whom it answers is still to be said")
    assert told["where"].endswith("/posts/4")
    assert "0 of 8 read" in asker.get("/by/ann/").text
    page = asker.get("/by/ann/posts/3").text
    assert "Done: 1 left are right" in page
    assert "are wrong" not in page  # nothing is left that can be rejected
    asker.act(3, "done")
    assert [value["reply_to"] for value in asker.values(3) if value["kind"] == "link"] == ["pier:1"]
    assert "1 of 8 read" in asker.get("/by/ann/").text


def test_to_reject_what_is_left_keeps_what_was_said_of_the_link(asker):
    asker.act(3, "link", answers="2")
    told = asker.act(3, "done", rest="reject")
    assert [value["reply_to"] for value in asker.values(3) if value["kind"] == "link"] == ["pier:2"]
    assert "still to be said" not in told["said"]
    assert "1 of 8 read" in asker.get("/by/ann/").text


def test_a_link_alone_is_not_rejected_without_another(run):
    asker = Asker(run, layer="link")
    assert "are wrong" not in asker.get("/by/ann/posts/3").text
    assert "say which post it answers" in asker.refused(3, "done", rest="reject")


def test_one_undoing_takes_a_whole_action_back_and_says_so(asker):
    asker.act(1, "done")
    told = asker.undo().json()
    assert told["said"].startswith("Undone: done, 4 confirmed (post 1)")
    assert told["where"].endswith("/posts/1")
    assert asker.noted() == []
    assert asker.undo().json()["problem"] == "there is nothing of yours to undo"


def test_one_decision_can_be_taken_back_out_of_order_by_its_coder_alone(asker):
    asker.act(3, "join")
    asker.act(4, "join")
    first = asker.noted()[0].action
    assert asker.undo(coder="bo", action=first).status_code == 400
    asker.undo(action=first)
    assert [one.decision.post_id for one in asker.noted()] == ["pier:4"]


@pytest.mark.parametrize(
    ("number", "action", "fields", "words"),
    [
        (1, "accept", {}, "not there"),
        (1, "accept", {"label_id": "n0000000000000000"}, "not there"),
        (1, "reject", {"label_id": "n'; DROP TABLE decisions; --"}, "not there"),
        (1, "add", {"what": "rhetoric/nonsense"}, "no label"),
        (1, "add", {"what": "nonsense/hedge"}, "not under review"),
        (1, "add", {"what": ""}, "not under review"),
        (1, "add", {"what": "rhetoric/hedge", "start": "5", "end": "5"}, "at least one word"),
        (1, "add", {"what": "rhetoric/hedge", "start": "5", "end": "900"}, "within the post"),
        (1, "add", {"what": "rhetoric/hedge", "start": "9", "end": "5"}, "within the post"),
        (1, "add", {"what": "rhetoric/hedge", "start": "-1", "end": "5"}, "where it begins"),
        (1, "add", {"what": "rhetoric/hedge", "start": "1", "end": ""}, "where it ends"),
        (1, "add", {"what": "rhetoric/hedge", "start": "٣", "end": "5"}, "where it begins"),
        (1, "add", {"what": "rhetoric/hedge", "start": "9" * 5000, "end": "5"}, "where it begins"),
        (1, "add", {"what": "reply/agree"}, "which post it answers"),
        (2, "add", {"what": "stance/favor"}, "on what"),
        (2, "add", {"what": "stance/favor", "target": " \t "}, "on what"),
        (2, "add", {"what": "stance/favor", "target": "x" * 201}, "at most 200"),
        (2, "add", {"what": "stance/favor", "target": "a\x00b"}, "one line"),
        (2, "add", {"what": "claim/denies", "target": "pier:c9"}, "thread's claims"),
        (2, "add", {"what": "quote/quote", "target": "99"}, "no post 99"),
        (2, "link", {"answers": "2"}, "not another post"),
        (2, "link", {"answers": "99"}, "no post 99"),
        (2, "link", {"answers": "nobody"}, "number"),
        (1, "link", {"answers": "2"}, "go round"),
        (1, "join", {}, "before this one"),
        (2, "split", {"at": "0"}, "second post begins"),
        (2, "split", {"at": "9999"}, "second post begins"),
        (2, "split", {"at": "4", "author": "a\nb"}, "one line"),
        (2, "turn", {"dispute": "7", "part": "none"}, "no such dispute"),
        (2, "turn", {"dispute": "1", "part": "c"}, "which side"),
        (3, "turn", {"dispute": "1", "part": "same"}, "does not say"),
        (1, "change", {"label_id": "x"}, "not there"),
    ],
)
def test_what_makes_no_sense_is_refused_in_one_line(asker, number, action, fields, words):
    assert words in asker.refused(number, action, **fields)


def test_a_link_that_goes_round_through_own_links_is_refused(asker):
    asker.act(2, "link", answers="4")
    assert "go round" in asker.refused(4, "link", answers="2")
    asker.act(4, "link", answers="3", coder="bo")  # bo did not say that 2 answers 4
    asker.act(4, "link", answers="2", coder="bo")


def test_what_is_not_under_review_is_neither_shown_nor_taken(run):
    asker = Asker(run, layer="rhetoric")
    page = asker.get("/by/ann/posts/1").text
    assert "stance@3" not in page
    assert "evidence_forms@4" in page
    for action, fields in (
        ("add", {"what": "stance/favor", "target": "x"}),
        ("link", {"answers": "0"}),
        ("join", {}),
        ("turn", {"dispute": "1", "part": "none"}),
    ):
        assert "not under review" in asker.refused(1, action, **fields)
    asker.act(1, "done")
    assert {value["layer"] for value in asker.values(1) if value["kind"] == "read"} == {"rhetoric"}


def test_coders_neither_hinder_nor_undo_each_other(asker):
    asker.act(1, "accept", label_id=asker.label_id(1, "stance"))
    asker.act(1, "reject", coder="bo", label_id=asker.label_id(1, "stance", coder="bo"))
    assert len(rows(asker, 1)) == 1
    assert rows(asker, 1, "bo") == []
    asker.undo(coder="bo")
    assert len(rows(asker, 1)) == 1
    page = asker.get("/by/bo/posts/1").text
    assert "human:ann" in page


def test_another_persons_label_is_confirmed_only_by_name(asker):
    asker.act(2, "add", what="rhetoric/booster", start="5", end="9")
    asker.act(2, "done", coder="bo")
    assert "booster" not in {row["label"] for row in rows(asker, 2, "bo")}
    asker.act(2, "accept", coder="bo", label_id=asker.label_id(2, "rhetoric", "booster", "bo"))
    assert [row["also"] for row in rows(asker, 2, "bo") if row["label"] == "booster"] == ["human:ann"]


def test_decisions_on_another_text_count_no_more(asker):
    read = [Decision(kind="read", post_id="pier:1", text_hash="0" * 16, value={"layer": "rhetoric"})]
    with Journal(journal_path(asker.run)) as journal:
        journal.append("human:ann", read)
    assert scene_of(asker.task, "human:ann", 1).standing.read == set()
    assert "0 of 8 read" in asker.get("/by/ann/").text


def test_what_another_process_writes_is_seen_at_once(asker):
    assert "0 of 8 read" in asker.get("/by/ann/").text
    post = asker.task.desk.post(2)
    read = [
        Decision(kind="read", post_id=post.post_id, text_hash=post.digest, value={"layer": layer})
        for layer in asker.task.layers
    ]
    with Journal(journal_path(asker.run)) as journal:
        action = journal.append("human:ann", read)
        assert "1 of 8 read" in asker.get("/by/ann/").text
        asker.act(1, "done")
        assert "2 of 8 read" in asker.get("/by/ann/").text
        journal.undo("human:ann", action)
    assert "1 of 8 read" in asker.get("/by/ann/").text


def test_a_whole_run_is_read_to_its_end(asker):
    where = "/by/ann/posts/1"
    for _ in range(8):
        number = int(where.rpartition("/")[2])
        where = asker.act(number, "done")["where"]
    assert where == "/by/ann/"
    assert "All 8 posts are read" in asker.get(where).text


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("sample.csv", "rank,post_id\n1,pier:5\n2,pier:3\n3,elsewhere:1\n"),
        ("saved.csv", "\ufeffrank;post_id\r\n1;pier:5\r\n2;pier:3\r\n2;pier:3\r\n"),
        ("sample.jsonl", '{"post_id": "pier:5"}\n{"post_id": "elsewhere:1"}\n{"post_id": "pier:3"}\n'),
    ],
)
def test_a_sample_is_what_is_gone_through(run, tmp_path, name, content):
    sample = tmp_path / name
    sample.write_text(content, encoding="utf-8", newline="")
    asker = Asker(run, posts=sample)
    assert "0 of 2 read" in asker.get("/by/ann/").text
    assert asker.act(3, "done")["where"].endswith("/posts/5")
    assert asker.act(5, "done")["where"] == "/by/ann/"


@given(data=st.data())
def test_every_stretch_of_every_text_is_kept_as_it_was_marked(asker_of_all, data):
    number = data.draw(st.sampled_from([1, 2, 3, 4, 5, 6, 8]))
    text = asker_of_all.task.desk.post(number).text
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    asker_of_all.act(number, "add", what="rhetoric/sarcasm", start=start, end=end)
    assert (start, end, text[start:end]) in {
        (row["start"], row["end"], row["quote"]) for row in rows(asker_of_all, number)
    }


@pytest.fixture(scope="module")
def asker_of_all(tmp_path_factory):
    from tests.review.made_review import run_to_review

    return Asker(run_to_review(tmp_path_factory.mktemp("all") / "pier"))
