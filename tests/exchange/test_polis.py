"""Posts as statements and answers as votes, in the shape of a Polis export."""

import csv
from datetime import UTC, datetime

import pytest

from discourse.exchange.corpus import Choice
from discourse.exchange.formats import ExportOptions
from discourse.exchange.polis import date_line
from tests.exchange.exported import answer, export, made, stored, thread
from tests.exchange.made_run import TEXTS, post


def rows(folder, name):
    with (folder / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def votes(folder):
    return {(row["comment-id"], row["voter-id"]): row["vote"] for row in rows(folder, "votes.csv")}


def test_columns_are_those_of_polis(tmp_path):
    export("polis", made(tmp_path / "run"), tmp_path / "out")
    heads = {
        name: (tmp_path / "out" / name).read_text(encoding="utf-8").split("\n")[0]
        for name in ("comments.csv", "votes.csv")
    }
    assert heads["comments.csv"] == (
        "timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body"
    )
    assert heads["votes.csv"] == "timestamp,datetime,comment-id,voter-id,vote"


def test_texts_are_exact_and_posts_are_found_again(tmp_path):
    export("polis", made(tmp_path / "run"), tmp_path / "out")
    assert [row["comment-body"] for row in rows(tmp_path / "out", "comments.csv")] == list(TEXTS)
    found = [(row["comment-id"], row["post-id"]) for row in rows(tmp_path / "out", "posts.csv")]
    assert found == [(str(number), f"pier:{number + 1}") for number in range(8)]


def test_no_name_of_an_author_leaves(tmp_path):
    export("polis", made(tmp_path / "run"), tmp_path / "out")
    written = "".join(path.read_text(encoding="utf-8") for path in (tmp_path / "out").iterdir())
    assert "Wren" not in written
    assert "Åse" not in written


def test_to_agree_is_1_and_to_disagree_is_minus_1_and_neither_is_no_vote(tmp_path):
    labels = [answer(2, 1, "agree"), answer(3, 1, "disagree"), answer(4, 1, "neither")]
    run = stored(tmp_path / "run", thread({1: None, 2: 1, 3: 1, 4: 1}), labels)
    export("polis", run, tmp_path / "out")
    assert votes(tmp_path / "out") == {("0", "1"): "1", ("0", "2"): "-1"}
    first = rows(tmp_path / "out", "comments.csv")[0]
    assert (first["agrees"], first["disagrees"], first["moderated"]) == ("1", "1", "0")


def test_peoples_answers_overrule_the_machines(tmp_path):
    labels = [answer(2, 1, "agree"), answer(2, 1, "disagree", "human:ann")]
    export("polis", stored(tmp_path / "run", thread({1: None, 2: 1}), labels), tmp_path / "out")
    assert votes(tmp_path / "out") == {("0", "1"): "-1"}


def test_an_author_has_one_vote_on_a_post_that_of_the_last_answer(tmp_path):
    posts = [
        row | {"author": "Wren" if row["position"] > 1 else "Pip"}
        for row in thread({1: None, 2: 1, 3: 1, 4: 1})
    ]
    labels = [answer(2, 1, "agree"), answer(3, 1, "disagree")]
    export("polis", stored(tmp_path / "one", posts, labels), tmp_path / "out")
    assert votes(tmp_path / "out") == {("0", "1"): "-1"}
    export("polis", stored(tmp_path / "two", posts, [*labels, answer(4, 1, "neither")]), tmp_path / "out2")
    assert votes(tmp_path / "out2") == {}


def test_answers_to_oneself_and_to_posts_that_are_not_here_are_no_votes(tmp_path):
    posts = [row | {"author": "Wren"} for row in thread({2: None, 3: 2, 4: 1})]
    labels = [answer(3, 2, "agree"), answer(4, 1, "agree")]
    export("polis", stored(tmp_path / "run", posts, labels), tmp_path / "out")
    assert votes(tmp_path / "out") == {}


def test_those_without_a_name_and_those_who_left_are_not_one_voter(tmp_path):
    names = ["Wren", "", "", "[deleted]", "[deleted]", "Wren"]
    posts = [post(n, f"Post {n}.") | {"author": name} for n, name in enumerate(names, 1)]
    export("polis", stored(tmp_path / "run", posts), tmp_path / "out")
    ids = [row["author-id"] for row in rows(tmp_path / "out", "comments.csv")]
    assert ids == ["0", "1", "2", "3", "4", "0"]


def test_times_are_in_seconds_where_all_are_known(tmp_path):
    moment = datetime(2024, 5, 1, 10, 0, 5, tzinfo=UTC)
    posts = [row | {"timestamp": moment} for row in thread({1: None, 2: 1})]
    written = export("polis", stored(tmp_path / "run", posts, [answer(2, 1, "agree")]), tmp_path / "out")
    (vote,) = rows(tmp_path / "out", "votes.csv")
    assert vote["timestamp"] == "1714557605"
    assert vote["datetime"] == "Wed May 01 2024 10:00:05 GMT+0000 (Coordinated Universal Time)"
    assert "in seconds" in written.how


def test_no_time_is_made_up(tmp_path):
    moment = datetime(2024, 5, 1, 10, 0, 5, tzinfo=UTC)
    posts = [row | {"timestamp": moment if row["position"] == 1 else None} for row in thread({1: None, 2: 1})]
    written = export("polis", stored(tmp_path / "run", posts), tmp_path / "out")
    found = [(row["timestamp"], row["datetime"]) for row in rows(tmp_path / "out", "comments.csv")]
    assert found == [("1", date_line(moment)), ("2", "")]
    assert "an order and no time" in written.how


def test_votes_stand_by_statement_and_voter(tmp_path):
    labels = [answer(3, 2, "agree"), answer(4, 1, "agree"), answer(2, 1, "agree")]
    export("polis", stored(tmp_path / "run", thread({1: None, 2: 1, 3: 2, 4: 1}), labels), tmp_path / "out")
    assert list(votes(tmp_path / "out")) == [("0", "1"), ("0", "3"), ("1", "2")]


def test_only_chosen_posts_are_statements(tmp_path):
    run = stored(
        tmp_path / "run", thread({1: None, 2: 1, 3: 2}), [answer(3, 2, "agree"), answer(2, 1, "agree")]
    )
    choice = Choice(posts=frozenset({"pier:2", "pier:3"}))
    export("polis", run, tmp_path / "out", choice=choice)
    assert votes(tmp_path / "out") == {("0", "1"): "1"}
    assert len(rows(tmp_path / "out", "comments.csv")) == 2


def test_no_cell_is_run_by_a_spreadsheet_where_that_is_asked_for(tmp_path):
    options = ExportOptions(spreadsheet_safe=True)
    written = export("polis", made(tmp_path / "run"), tmp_path / "out", options=options)
    bodies = [row["comment-body"] for row in rows(tmp_path / "out", "comments.csv")]
    assert bodies[5] == "_" + TEXTS[5]
    assert "spreadsheet-safe" in written.how


def test_red_dwarf_itself_reads_comments_and_votes(tmp_path):
    models = pytest.importorskip("reddwarf.models")
    run = stored(tmp_path / "run", thread({1: None, 2: 1}), [answer(2, 1, "disagree")])
    export("polis", run, tmp_path / "out")
    statements = [models.Statement(**row) for row in rows(tmp_path / "out", "comments.csv")]
    (vote,) = [models.Vote(**row) for row in rows(tmp_path / "out", "votes.csv")]
    assert [one.txt for one in statements] == ["Post 1.", "Post 2."]
    assert vote.vote == models.VoteEnum.DISAGREE


def test_a_bare_carriage_return_ends_no_row(tmp_path):
    text = "one\rtwo"
    export("polis", stored(tmp_path / "run", [post(1, text), post(2, "three\r")]), tmp_path / "out")
    assert b'"one\rtwo"\n' in (tmp_path / "out" / "comments.csv").read_bytes()
    found = [row["comment-body"] for row in rows(tmp_path / "out", "comments.csv")]
    assert found == [text, "three\r"]
