"""People over the machine, through a whole analysis: what they decide stands, and is told."""

from pathlib import Path

import pytest

from discourse.errors import DiscourseError
from discourse.labels.decisions import Decision, text_hash
from discourse.labels.journal import Journal
from discourse.pipeline import Settings, run_pipeline
from discourse.stored import read_run
from discourse.stored.runs import PRIVATE
from discourse.tables import Tables, plain_rows

PAGE = Path(__file__).parents[3] / "seeds" / "samples" / "bridge-news.txt"
LABEL = ("layer", "label", "target", "start", "end")


class Page:
    """The sample page with its analysis, and a coder who corrects it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (result,) = run_pipeline([PAGE], out=folder / "first").results
        assert result.folder is not None
        self.run = result.folder
        self.tables = read_run(self.run).tables
        self.texts = dict(zip(self.tables["posts"]["post_id"], self.tables["posts"]["text"], strict=True))
        self.ids = list(self.texts)

    def rows(self, name="annotations", **wanted):
        return rows(self.tables, name, **wanted)

    def corrected(self, folder: Path, *said, by="human:ann") -> Tables:
        """Return the tables of an analysis in which these decisions stand."""
        folder.mkdir()
        path = folder / "ann.review.sqlite"
        with Journal(path, list(self.tables["sources"]["sha256"])) as journal:
            for kind, post_id, value in said:
                digest = text_hash(self.texts[post_id])
                journal.append(by, [Decision(kind=kind, post_id=post_id, text_hash=digest, value=value)])
        (result,) = run_pipeline([PAGE], out=folder, settings=Settings(reviews=(path,))).results
        assert result.folder is not None
        return read_run(result.folder).tables


def rows(tables, name="annotations", **wanted):
    return [
        row for row in plain_rows(tables[name]) if all(row[key] == value for key, value in wanted.items())
    ]


def key(row):
    return {name: row[name] for name in LABEL}


def named(row):
    return {**key(row), "annotator": row["annotator"]}


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    return Page(tmp_path_factory.mktemp("page"))


def test_a_label_that_people_reject_is_gone_and_all_others_stay(page, tmp_path):
    wrong = page.rows(layer="rhetoric")[0]
    tables = page.corrected(tmp_path / "x", ("reject", wrong["post_id"], named(wrong)))
    before = {(row["post_id"], *key(row).values()) for row in page.rows(layer="rhetoric")}
    after = {(row["post_id"], *key(row).values()) for row in rows(tables, layer="rhetoric")}
    assert before - after == {(wrong["post_id"], *key(wrong).values())}
    assert after <= before
    (edit,) = rows(tables, "edits")
    assert (edit["action"], edit["post_id"], edit["annotator"]) == ("reject", wrong["post_id"], "human:ann")


def test_a_label_that_people_add_stands_with_their_name_and_counts(page, tmp_path):
    post = page.ids[3]
    value = {"layer": "rhetoric", "label": "hedge", "target": None, "start": 0, "end": 4}
    tables = page.corrected(tmp_path / "x", ("label", post, value))
    (row,) = rows(tables, annotator="human:ann")
    assert key(row) == value
    assert row["quote"] == page.texts[post][:4]
    hedges = {"unit_kind": "run", "metric": "markers.hedge"}
    assert rows(tables, "summary", **hedges)[0]["value"] == page.rows("summary", **hedges)[0]["value"] + 1


def test_a_confirmed_label_stands_once_and_is_no_correction(page, tmp_path):
    right = page.rows(layer="rhetoric")[0]
    value = {**key(right), "accepts": right["annotator"]}
    tables = page.corrected(tmp_path / "x", ("label", right["post_id"], value))
    stands = [row for row in rows(tables, post_id=right["post_id"]) if key(row) == key(right)]
    assert [(row["annotator"], row["also"]) for row in stands] == [("human:ann", right["annotator"])]
    assert [edit["action"] for edit in rows(tables, "edits")] == ["confirm"]
    figures = {row["metric"]: row["value"] for row in rows(tables, "summary", unit_kind="run")}
    assert (figures["corrections"], figures["corrections.confirm"]) == (0, 1)


def test_where_somebody_looked_and_saw_none_the_machine_is_overruled(page, tmp_path):
    post = page.rows(layer="rhetoric")[0]["post_id"]
    assert len(page.rows(layer="rhetoric", post_id=post)) > 0
    tables = page.corrected(tmp_path / "x", ("read", post, {"layer": "rhetoric", "label": None}))
    assert rows(tables, layer="rhetoric", post_id=post) == []
    assert rows(tables, layer="reply", post_id=post) == page.rows(layer="reply", post_id=post)


def test_an_answer_takes_the_place_of_the_machines_and_reaches_what_rests_on_it(page, tmp_path):
    old = page.rows(layer="reply", label="disagree")[0]
    value = {**key(old), "label": "agree"}
    tables = page.corrected(tmp_path / "x", ("label", old["post_id"], value))
    (row,) = rows(tables, layer="reply", post_id=old["post_id"])
    assert (row["label"], row["annotator"]) == ("agree", "human:ann")
    agree = {"unit_kind": "run", "metric": "replies.agree"}
    assert rows(tables, "summary", **agree)[0]["value"] == page.rows("summary", **agree)[0]["value"] + 1
    assert [edit["action"] for edit in rows(tables, "edits")] == ["change"]


def test_a_stance_is_added_up_anew(page, tmp_path):
    old = page.rows(layer="stance")[0]
    other = "favor" if old["label"] == "against" else "against"
    tables = page.corrected(tmp_path / "x", ("label", old["post_id"], {**key(old), "label": other}))
    (author,) = {row["author"] for row in page.rows("posts", post_id=old["post_id"])}
    cell = {"author": author, "target": old["target"]}
    (before,), (after,) = page.rows("stances", **cell), rows(tables, "stances", **cell)
    assert after[f"{other}_posts"] == before[f"{other}_posts"] + 1


def test_a_reply_link_is_moved_before_answers_are_read(page, tmp_path):
    post = page.ids[9]
    tables = page.corrected(tmp_path / "x", ("link", post, {"reply_to": page.ids[0]}))
    (row,) = rows(tables, "posts", post_id=post)
    assert (row["reply_to"], row["reply_evidence"], row["reply_score"]) == (page.ids[0], "explicit", 1.0)
    assert all(label["target"] == page.ids[0] for label in rows(tables, layer="reply", post_id=post))
    assert rows(tables, "links", post_id=post, annotator="human:ann")
    assert [edit["action"] for edit in rows(tables, "edits")] == ["relink"]


def test_a_post_that_answers_nobody_is_a_root(page, tmp_path):
    post = next(row["post_id"] for row in page.rows("posts") if row["reply_to"])
    tables = page.corrected(tmp_path / "x", ("link", post, {"reply_to": None}))
    assert rows(tables, "posts", post_id=post)[0]["reply_to"] is None
    assert rows(tables, layer="reply", post_id=post) == []


def test_a_link_that_would_close_a_circle_is_cut_and_told(page, tmp_path):
    child = next(row for row in page.rows("posts") if row["reply_to"])
    tables = page.corrected(tmp_path / "x", ("link", child["reply_to"], {"reply_to": child["post_id"]}))
    links = {row["post_id"]: row["reply_to"] for row in rows(tables, "posts")}
    assert not (links[child["post_id"]] == child["reply_to"] and links[child["reply_to"]] == child["post_id"])
    assert [fault["stage"] for fault in rows(tables, "faults")] == ["review"]


def test_joined_posts_are_one_and_what_answered_the_second_answers_the_first(page, tmp_path):
    answered = {row["reply_to"] for row in page.rows("posts")}
    place = next(number for number, post in enumerate(page.ids) if number and post in answered)
    first, second = page.ids[place - 1], page.ids[place]
    tables = page.corrected(tmp_path / "x", ("join", second, {}))
    posts = {row["post_id"]: row for row in rows(tables, "posts")}
    assert second not in posts
    assert posts[first]["text"] == page.texts[first] + "\n" + page.texts[second]
    assert [row["position"] for row in posts.values()] == list(range(1, len(page.ids)))
    assert second not in {row["reply_to"] for row in posts.values()}
    assert rows(tables, "sources")[0]["found_count"] == len(page.ids) - 1


def test_a_split_post_is_two_and_labels_follow_their_words(page, tmp_path):
    row = next(
        row
        for row in page.rows(layer="rhetoric")
        if row["start"] > 20 and " " in page.texts[row["post_id"]][5 : row["start"] - 1]
    )
    text = page.texts[row["post_id"]]
    at = text.index(" ", 5)
    value = {**key(row), "accepts": row["annotator"]}
    said = [("label", row["post_id"], value), ("split", row["post_id"], {"at": at, "author": "Petrel"})]
    tables = page.corrected(tmp_path / "x", *said)
    (second,) = rows(tables, "posts", post_id=f"{row['post_id']}+{at}")
    assert (second["author"], second["text"]) == ("Petrel", text[at:].strip())
    (label,) = rows(tables, annotator="human:ann", layer="rhetoric")
    assert label["post_id"] == second["post_id"]
    assert label["quote"] == row["quote"] == second["text"][label["start"] : label["end"]]


def test_turns_are_marked_and_the_loop_is_counted_anew(page, tmp_path):
    (loop,) = page.rows("loops")
    turns = page.rows("turns")
    shown = {"loop_id": loop["loop_id"], "question": loop["question"], "posts": [t["post_id"] for t in turns]}
    gone, kept = turns[2], turns[3]
    marks = {"side": kept["side"], "role": "restatement", "is_empty": True, "has_evidence": False}
    said = [("turn", gone["post_id"], {**shown, "side": None}), ("turn", kept["post_id"], {**shown, **marks})]
    tables = page.corrected(tmp_path / "x", *said)
    (new,) = rows(tables, "loops")
    assert new["turns"] == loop["turns"] - 1
    its = rows(tables, "turns")
    assert [turn["turn"] for turn in its] == list(range(1, len(turns)))
    assert gone["post_id"] not in {turn["post_id"] for turn in its}
    (marked,) = [turn for turn in its if turn["annotator"] == "human:ann"]
    assert (marked["post_id"], marked["is_empty"]) == (kept["post_id"], True)
    assert new["empty_restatements"] == sum(turn["is_empty"] for turn in its if turn["role"] == "restatement")


def test_a_loop_of_which_one_side_is_left_is_none(page, tmp_path):
    (loop,) = page.rows("loops")
    turns = page.rows("turns")
    shown = {"loop_id": loop["loop_id"], "question": "", "posts": [t["post_id"] for t in turns], "side": None}
    said = [("turn", turn["post_id"], shown) for turn in turns if turn["side"] == "a"]
    tables = page.corrected(tmp_path / "x", *said)
    assert rows(tables, "loops") == rows(tables, "turns") == []


def test_the_latest_word_stands_where_people_differ(page, tmp_path):
    old = page.rows(layer="reply", label="disagree")[0]
    folder = tmp_path / "x"
    folder.mkdir()
    path = folder / "both.review.sqlite"
    digest = text_hash(page.texts[old["post_id"]])
    with Journal(path, list(page.tables["sources"]["sha256"])) as journal:
        for who, label in (("human:ann", "agree"), ("human:bo", "neither")):
            value = {**key(old), "label": label}
            journal.append(
                who, [Decision(kind="label", post_id=old["post_id"], text_hash=digest, value=value)]
            )
    (result,) = run_pipeline([PAGE], out=folder, settings=Settings(reviews=(path,))).results
    assert result.folder is not None
    (row,) = rows(read_run(result.folder).tables, layer="reply", post_id=old["post_id"])
    assert (row["label"], row["annotator"]) == ("neither", "human:bo")


def test_everything_confirmed_by_two_people_changes_no_label_and_is_told_once(page, tmp_path):
    folder = tmp_path / "x"
    folder.mkdir()
    path = folder / "both.review.sqlite"
    layers = ("quote", "reply", "stance", "rhetoric", "claim")
    with Journal(path, list(page.tables["sources"]["sha256"])) as journal:
        for who in ("human:ann", "human:bo"):
            for post, text in page.texts.items():
                said = [
                    ("label", {**key(row), "accepts": row["annotator"]}) for row in page.rows(post_id=post)
                ]
                said += [("read", {"layer": layer, "label": None}) for layer in layers]
                digest = text_hash(text)
                decisions = [
                    Decision(kind=kind, post_id=post, text_hash=digest, value=value) for kind, value in said
                ]
                journal.append(who, decisions)
    (result,) = run_pipeline([PAGE], out=folder, settings=Settings(reviews=(path,))).results
    assert result.folder is not None
    tables = read_run(result.folder).tables
    same = ("post_id", *LABEL)
    assert sorted(tuple(str(row[name]) for name in same) for row in rows(tables)) == sorted(
        tuple(str(row[name]) for name in same) for row in page.rows()
    )
    assert [edit["action"] for edit in rows(tables, "edits")] == ["confirm"] * len(page.rows())
    assert rows(tables, "faults") == []


def test_a_stance_that_two_passages_show_may_be_confirmed_in_both(page, tmp_path):
    post = page.ids[3]
    passages = [{"start": 0, "end": 3}, {"start": 5, "end": 9}]
    value = {"layer": "stance", "label": "against", "target": "Harbour office"}
    said = [("label", post, {**value, **passage}) for passage in passages]
    tables = page.corrected(tmp_path / "x", *said)
    stands = rows(tables, layer="stance", post_id=post, target="Harbour office")
    assert [(row["start"], row["end"]) for row in stands] == [(0, 3), (5, 9)]
    other = {**value, "label": "favor", "start": 0, "end": 3}
    tables = page.corrected(tmp_path / "y", *said, ("label", post, other))
    stands = rows(tables, layer="stance", post_id=post, target="Harbour office")
    assert [(row["label"], row["start"]) for row in stands] == [("favor", 0)]


def test_a_claim_is_known_by_its_passage_where_claims_are_numbered_anew(page, tmp_path):
    row = page.rows(layer="claim")[0]
    value = {**key(row), "target": "61:c99", "accepts": row["annotator"]}
    tables = page.corrected(tmp_path / "x", ("label", row["post_id"], value))
    (stands,) = rows(tables, annotator="human:ann")
    assert stands["target"] == row["target"]
    assert rows(tables, "faults") == []
    gone = {**value, "start": row["start"] + 1}  # no passage that bears a claim
    tables = page.corrected(tmp_path / "y", ("label", row["post_id"], gone))
    assert rows(tables, annotator="human:ann") == []
    assert [fault["item_id"] for fault in rows(tables, "faults")] == [row["post_id"]]


def test_nobody_has_looked_for_claims_that_are_found_anew(page, tmp_path):
    post = page.rows(layer="claim")[0]["post_id"]
    tables = page.corrected(tmp_path / "x", ("read", post, {"layer": "claim", "label": None}))
    assert rows(tables, layer="claim", post_id=post) == page.rows(layer="claim", post_id=post)


def test_decisions_on_a_text_that_changed_are_told_and_not_used(page, tmp_path):
    folder = tmp_path / "x"
    folder.mkdir()
    path = folder / "old.review.sqlite"
    value = {"layer": "rhetoric", "label": "hedge", "target": None, "start": 0, "end": 4}
    old = Decision(kind="label", post_id=page.ids[0], text_hash=text_hash("an older text"), value=value)
    with Journal(path, list(page.tables["sources"]["sha256"])) as journal:
        journal.append("human:ann", [old])
    (result,) = run_pipeline([PAGE], out=folder, settings=Settings(reviews=(path,))).results
    assert result.folder is not None
    tables = read_run(result.folder).tables
    assert rows(tables, annotator="human:ann") == []
    assert [(fault["stage"], fault["item_id"]) for fault in rows(tables, "faults")] == [
        ("review", page.ids[0])
    ]


def test_a_review_changes_the_run_id_and_the_same_review_gives_the_same_bytes(page, tmp_path):
    value = {"layer": "rhetoric", "label": "hedge", "target": None, "start": 0, "end": 4}
    for name in ("one", "two"):
        page.corrected(tmp_path / name, ("label", page.ids[3], value))
    one, two = (tmp_path / name / "bridge-news" for name in ("one", "two"))
    assert (one / "report.html").read_bytes() == (two / "report.html").read_bytes()
    assert (
        read_run(one).record["run_id"]
        == read_run(two).record["run_id"]
        != read_run(page.run).record["run_id"]
    )


def test_an_empty_review_changes_no_table(page, tmp_path):
    tables = page.corrected(tmp_path / "x")
    for name in page.tables.names():
        assert rows(tables, name) == page.rows(name), name


def test_the_report_says_how_often_people_overruled_the_machine(page, tmp_path):
    wrong = page.rows(layer="rhetoric")[0]
    page.corrected(tmp_path / "x", ("reject", wrong["post_id"], named(wrong)))
    html = (tmp_path / "x" / "bridge-news" / "report.html").read_text(encoding="utf-8")
    assert "overruled the machine in 1 place of this report: 1 label rejected" in " ".join(html.split())
    assert "Corrected by people" not in (page.run / "report.html").read_text(encoding="utf-8")


def test_a_review_of_another_page_is_refused(page, tmp_path):
    path = tmp_path / "other.review.sqlite"
    Journal(path, ["ab" * 32]).close()
    (result,) = run_pipeline([PAGE], out=tmp_path, settings=Settings(reviews=(path,))).results
    assert result.folder is None
    assert "the journal is of another source than the one given" in str(result.problem)


def test_a_run_that_nobody_reviewed_is_named(page, tmp_path):
    with pytest.raises(DiscourseError, match="nobody has reviewed this run"):
        run_pipeline([PAGE], out=tmp_path, settings=Settings(reviews=(page.run,)))


def test_what_is_said_of_whom_a_joined_post_answers_is_no_question_any_more(page, tmp_path):
    """A post that holds another keeps its own link, and nothing ever answers itself."""
    links = {row["post_id"]: row["reply_to"] for row in page.rows("posts")}
    first, second = next(
        (a, b) for a, b in zip(page.ids, page.ids[1:], strict=False) if links[a] and b in links.values()
    )
    other = next(post for post in page.ids if links[post] == second)
    third = page.ids[-1]
    label = {"layer": "reply", "label": "agree", "target": first, "start": 0, "end": len(page.texts[second])}
    of_other = {**label, "target": second, "end": len(page.texts[other])}
    said = [
        ("join", second, {}),
        ("link", second, {"reply_to": first}),
        ("link", first, {"reply_to": second}),
        ("label", second, label),
        ("label", other, of_other),
        ("link", other, {"reply_to": second}),
        ("link", third, {"reply_to": second}),
    ]
    tables = page.corrected(tmp_path / "x", *said)
    now = {row["post_id"]: row["reply_to"] for row in rows(tables, "posts")}
    assert now[first] == links[first]
    assert now[third] == now[other] == first
    assert [row for row in rows(tables, "posts") if row["reply_to"] == row["post_id"]] == []
    assert [row for row in rows(tables, "links") if row["reply_to"] == row["post_id"]] == []
    labels = [row for row in rows(tables, layer="reply") if row["annotator"] == "human:ann"]
    assert [(row["post_id"], row["target"]) for row in labels] == [(other, first)]
    assert all(row["target"] != row["post_id"] for row in rows(tables))
    assert rows(tables, "faults") == []
    told = [(edit["action"], edit["post_id"]) for edit in rows(tables, "edits")]
    assert ("relink", first) not in told
    assert ("join", first) in told


def test_what_was_said_against_labels_follows_their_words_into_joined_and_split_posts(page, tmp_path):
    wrong = next(row for row in page.rows(layer="rhetoric") if row["post_id"] != page.ids[0])
    before = page.ids[page.ids.index(wrong["post_id"]) - 1]
    said = [("join", wrong["post_id"], {}), ("reject", wrong["post_id"], named(wrong))]
    said += [("read", before, {"layer": "rhetoric", "label": None})]
    tables = page.corrected(tmp_path / "x", *said)
    shift = len(page.texts[before]) + 1
    had = {
        (row["start"] + shift, row["label"]) for row in page.rows(layer="rhetoric", post_id=wrong["post_id"])
    }
    left = {(row["start"], row["label"]) for row in rows(tables, layer="rhetoric", post_id=before)}
    # nobody has looked at the second part for all of it: its other labels stay, and those of the first go
    assert left == had - {(wrong["start"] + shift, wrong["label"])}


def test_what_people_looked_for_stands_in_coded_where_the_text_is_the_same(page, tmp_path):
    joined, split, same, grown = page.ids[2], page.ids[4], page.ids[6], page.ids[1]
    read = [("read", post, {"layer": "rhetoric", "label": None}) for post in (joined, split, same, grown)]
    at = page.texts[split].index(" ", 5)
    more = [("join", joined, {}), ("split", split, {"at": at}), ("read", same, {"layer": "link"})]
    tables = page.corrected(tmp_path / "x", *read, *more)
    assert [tuple(row.values()) for row in rows(tables, "coded")] == [
        (same, "rhetoric", None, "human:ann"),
        (same, "link", None, "human:ann"),
    ]


def test_nobody_is_said_to_have_looked_for_claims_that_are_found_anew(page, tmp_path):
    with_claim = page.rows(layer="claim")[0]["post_id"]
    without = next(post for post in page.ids if not page.rows(layer="claim", post_id=post))
    read = [("read", post, {"layer": "claim", "label": None}) for post in (with_claim, without)]
    tables = page.corrected(tmp_path / "x", *read)
    assert [row["post_id"] for row in rows(tables, "coded")] == [without]


def test_edits_name_labels_by_their_words(page, tmp_path):
    post, text = page.ids[3], page.texts[page.ids[3]]
    word = text.split()[0]
    span = {"target": None, "start": 0, "end": len(word)}
    whole = {"layer": "rhetoric", "label": "sarcasm", "target": None, "start": 0, "end": len(text)}
    stance = {**span, "layer": "stance", "label": "favor", "target": "Harbour office", "end": len(text) - 1}
    said = [
        ("label", post, value) for value in ({**span, "layer": "rhetoric", "label": "hedge"}, whole, stance)
    ]
    tables = page.corrected(tmp_path / "x", *said)
    values = [edit["value"] for edit in rows(tables, "edits", action="add")]
    assert f"rhetoric/hedge “{word}”" in values
    assert "rhetoric/sarcasm" in values
    (of_target,) = [value for value in values if value.startswith("stance/favor")]
    assert of_target.endswith("…” (Harbour office)")
    assert of_target.count("“") == 1


def test_edits_are_private_where_the_run_is(page, tmp_path):
    authors = [row["author"] for row in page.rows("posts")]
    post, name = next(
        (post, name)
        for post, text in page.texts.items()
        for name in authors
        if name in text and len(text) > 80
    )
    at = page.texts[post].index(name)
    words = {"layer": "rhetoric", "label": "hedge", "target": None, "start": at, "end": at + len(name) + 8}
    page.corrected(tmp_path / "x", ("label", post, words))
    journal = tmp_path / "x" / "ann.review.sqlite"
    found = {}
    for setting in ({"pseudonyms": tmp_path / "names.key"}, {"verbatim": False}, {}):
        out = tmp_path / f"out{len(found)}"
        (result,) = run_pipeline([PAGE], out=out, settings=Settings(reviews=(journal,), **setting)).results
        (edit,) = rows(result.tables, "edits")
        found[next(iter(setting), "plain")] = edit["value"]
    assert name in found["plain"]
    assert name not in found["pseudonyms"]
    assert found["pseudonyms"].startswith("rhetoric/hedge “")
    assert found["verbatim"] == "rhetoric/hedge “…”"


def test_each_post_and_reason_has_one_fault_that_names_the_decision(page, tmp_path):
    folder = tmp_path / "x"
    folder.mkdir()
    path = folder / "old.review.sqlite"
    value = {"layer": "rhetoric", "label": "hedge", "target": None, "start": 0, "end": 4}
    here, other, claim = page.ids[0], page.ids[1], page.rows(layer="claim")[0]["post_id"]
    text = page.texts[other]
    at = text.index(" ", 5)
    turn = {"loop_id": "x:l9", "question": "", "posts": ["gone:1", "gone:2"], "side": None}
    said = [
        ("label", here, "an older text", value),
        ("label", here, "an older text", value),
        ("link", here, "an older text", {"reply_to": None}),
        ("read", "gone:1", "", {"layer": "stance", "label": None}),
        ("split", other, text, {"at": at}),
        ("label", other, text, {**value, "start": at - 3, "end": at + 3}),
        ("turn", other, text, turn),
        ("label", claim, page.texts[claim], {**value, "layer": "claim", "label": "asserts", "target": "c:9"}),
    ]
    with Journal(path, list(page.tables["sources"]["sha256"])) as journal:
        for kind, post, of, more in said:
            one = Decision(kind=kind, post_id=post, text_hash=text_hash(of), value=more)
            journal.append("human:ann", [one])
    (result,) = run_pipeline([PAGE], out=folder, settings=Settings(reviews=(path,))).results
    assert {(row["item_id"], row["problem"]) for row in rows(result.tables, "faults")} == {
        (here, "ann's label rhetoric/hedge and 1 more decision left out: the text is another now"),
        ("gone:1", "ann's reading for stance left out: the post is gone"),
        (other, "ann's label rhetoric/hedge left out: its words lie on both sides of a split"),
        (other, "ann's mark of a turn of x:l9 left out: the dispute is not found any more"),
        (claim, "ann's label claim/asserts (c:9) left out: the claim is not found any more"),
    }
    assert len(rows(result.tables, "faults")) == 5


def test_a_review_of_texts_with_pseudonyms_or_without_words_is_refused(page, tmp_path):
    path = tmp_path / "private.review.sqlite"
    Journal(path, [*page.tables["sources"]["sha256"], f"{PRIVATE}no words"]).close()
    (result,) = run_pipeline([PAGE], out=tmp_path, settings=Settings(reviews=(path,))).results
    assert result.folder is None
    assert "whose places do not fit the page. Review a run that was analysed without" in str(result.problem)


def test_what_was_said_of_the_answer_to_another_post_is_left_out_once_the_link_is_moved(page, tmp_path):
    old = page.rows(layer="reply")[-1]
    post = old["post_id"]
    new = next(one for one in page.ids if one not in (post, old["target"]))
    label = {**key(old), "label": "neither" if old["label"] != "neither" else "agree"}
    said = [("label", post, label), ("read", post, {"layer": "reply", "label": None})]
    link = ("link", post, {"reply_to": new})
    linked = page.corrected(tmp_path / "x", link)
    tables = page.corrected(tmp_path / "y", *said, link)
    assert rows(tables, layer="reply", post_id=post) == rows(linked, layer="reply", post_id=post)
    assert [edit["action"] for edit in rows(tables, "edits")] == ["relink"]
    assert rows(tables, "coded") == []
    (fault,) = rows(tables, "faults")
    assert fault["item_id"] == post
    assert fault["problem"].endswith("left out: the post does not answer that post any more")


def test_nothing_is_told_as_corrected_where_nothing_happened(page, tmp_path):
    first, second = page.ids[:2]
    linked = next(row for row in page.rows("posts") if row["reply_to"])
    said = [
        ("join", first, {}),
        ("split", second, {"at": len(page.texts[second]) + 5}),
        ("link", linked["post_id"], {"reply_to": linked["reply_to"]}),
    ]
    tables = page.corrected(tmp_path / "x", *said)
    assert rows(tables, "edits") == []
    assert [(fault["item_id"], fault["problem"]) for fault in rows(tables, "faults")] == [
        (first, "ann's joining with the post before left out: no post stands before it"),
        (second, "ann's split left out: no words stand on one of its sides"),
    ]


def test_a_label_without_a_place_leaves_the_machines_places(page, tmp_path):
    old = page.rows(layer="rhetoric")[0]
    post = old["post_id"]
    value = {**key(old), "start": 0, "end": len(page.texts[post])}
    tables = page.corrected(tmp_path / "x", ("label", post, value))
    same = {"layer": "rhetoric", "label": old["label"]}
    before = page.rows(**same, post_id=post)
    assert rows(tables, **same, post_id=post) == [
        {**row, "also": " ".join(sorted([*(row["also"] or "").split(), "human:ann"]))} for row in before
    ]
    assert {edit["action"] for edit in rows(tables, "edits")} == {"confirm"}
