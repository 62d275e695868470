"""The journal: only added to, each person's undo is his own, and nothing confirmed is lost."""

import sqlite3
import threading

import pytest

from discourse.errors import DiscourseError
from discourse.labels.decisions import Decision, human, text_hash
from discourse.labels.journal import Journal, journal_path

SHA = "ab" * 32


def decision(post="p:1", kind="link", **value):
    return Decision(kind=kind, post_id=post, text_hash=text_hash("text"), value={"reply_to": None, **value})


@pytest.fixture
def path(tmp_path):
    return journal_path(tmp_path / "page")


def test_it_stands_beside_the_run_and_not_within(tmp_path):
    assert journal_path(tmp_path / "page") == tmp_path / "page.review.sqlite"
    assert journal_path(tmp_path / "page" / ".." / "page") == tmp_path / "page.review.sqlite"


def test_what_was_appended_is_read_back_in_order_by_another_process_of_the_file(path):
    with Journal(path, [SHA]) as journal:
        journal.append("human:ann", [decision(label="a", emoji="\U0001f642"), decision("p:2", label="b")])
        journal.append("human:bo", [decision(label="c")], is_blind=True)
        with Journal(path) as other:  # while the first still has it open
            noted = list(other.noted())
    assert [(one.annotator, one.decision.value["label"], one.is_blind) for one in noted] == [
        ("human:ann", "a", False),
        ("human:ann", "b", False),
        ("human:bo", "c", True),
    ]
    assert noted[0].decision.value["emoji"] == "\U0001f642"


def test_decisions_of_a_post_and_of_a_person_are_found(path):
    with Journal(path, [SHA]) as journal:
        journal.append("human:ann", [decision("p:1"), decision("p:2")])
        journal.append("human:bo", [decision("p:1")])
        assert [one.annotator for one in journal.noted(post_id="p:1")] == ["human:ann", "human:bo"]
        assert [one.decision.post_id for one in journal.noted(annotator="human:ann")] == ["p:1", "p:2"]
        assert journal.people() == ["human:ann", "human:bo"]


def test_an_undo_takes_back_the_last_action_of_that_person_alone_and_whole(path):
    with Journal(path, [SHA]) as journal:
        journal.append("human:ann", [decision("p:1")])
        second = journal.append("human:ann", [decision("p:2"), decision("p:3")])
        journal.append("human:bo", [decision("p:4")])
        assert journal.undo("human:ann") == second
        assert [one.decision.post_id for one in journal.noted()] == ["p:1", "p:4"]
        journal.undo("human:ann")
        assert journal.undo("human:ann") is None
        assert [one.decision.post_id for one in journal.noted()] == ["p:4"]


def test_an_undo_leaves_imports_alone(path):
    with Journal(path, [SHA]) as journal:
        journal.append("human:ann", [decision()], origin="import:csv")
        assert journal.undo("human:ann") is None
        assert len(list(journal.noted())) == 1


def test_nothing_is_ever_changed_or_removed_from_the_file(path):
    with Journal(path, [SHA]) as journal:
        journal.append("human:ann", [decision()])
        journal.undo("human:ann")
    with sqlite3.connect(path) as file:
        assert file.execute("SELECT count(*) FROM decisions").fetchone() == (1,)
        assert file.execute("SELECT count(*) FROM actions").fetchone() == (2,)


def test_an_action_that_fails_leaves_nothing_of_itself(path):
    with Journal(path, [SHA]) as journal:
        with pytest.raises(ValueError, match="no decision of the kind"):
            journal.append("human:ann", [decision(), decision(kind="shout")])  # type: ignore[arg-type]
        assert list(journal.noted()) == []
        journal.append("human:ann", [decision()])  # and the next one goes in
        assert len(list(journal.noted())) == 1


def test_many_writers_at_once_lose_nothing(path):
    Journal(path, [SHA]).close()

    def write(name):
        with Journal(path) as journal:
            for number in range(20):
                journal.append(f"human:{name}", [decision(f"p:{number}")])

    threads = [threading.Thread(target=write, args=[name]) for name in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with Journal(path) as journal:
        assert len(list(journal.noted())) == 80


def test_a_journal_of_another_source_is_refused(path):
    Journal(path, [SHA]).close()
    with pytest.raises(DiscourseError, match="another source"):
        Journal(path, ["cd" * 32])


@pytest.mark.parametrize("content", [b"", b"not a database, but long enough to be told from one" * 40])
def test_a_file_that_is_no_journal_is_refused_and_kept(path, content):
    path.write_bytes(content)
    with pytest.raises(DiscourseError, match=r"page\.review\.sqlite"):
        Journal(path)
    assert path.read_bytes() == content


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("label", '{"layer": "rhetoric"}'),
        ("label", '{"layer": "rhetoric", "label": "hedge", "target": null, "start": 5, "end": 2}'),
        ("read", "[1, 2]"),
        ("link", "{"),
        ("link", "[" * 100_000),
        ("turn", '{"loop_id": "l", "side": "c", "role": null, "is_empty": null, "has_evidence": null}'),
        ("shout", "{}"),
    ],
)
def test_a_damaged_decision_is_named_and_breaks_nothing_else(path, kind, value):
    with Journal(path, [SHA]) as journal:
        journal.append("human:ann", [decision("p:7")])
    with sqlite3.connect(path) as file:
        file.execute("UPDATE decisions SET kind = ?, value = ?", [kind, value])
    with Journal(path) as journal, pytest.raises(DiscourseError, match="a decision on post 'p:7' is damaged"):
        list(journal.noted())


def test_a_missing_journal_is_not_made_by_reading(path):
    with pytest.raises(DiscourseError, match="no journal of a review stands here"):
        Journal(path)
    assert not path.exists()


@pytest.mark.parametrize(
    ("name", "annotator"), [("ann", "human:ann"), ("human:ann", "human:ann"), (" Zoë B. ", "human:Zoë_B.")]
)
def test_a_coders_name_becomes_an_annotator(name, annotator):
    assert human(name) == annotator


@pytest.mark.parametrize(
    "name", ["machine", "People", "", "  ", "a/b", "x" * 61, "=cmd", "a\x1b[2J", "<b>", "a,b"]
)
def test_a_name_that_would_do_harm_elsewhere_is_refused(name):
    with pytest.raises(DiscourseError, match="coder's name"):
        human(name)
