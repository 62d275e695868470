"""How a review is opened, and what is said of what cannot be opened."""

import socket

import pytest

from discourse.errors import DiscourseError
from discourse.labels.journal import Journal, journal_path
from discourse.review.serving import Wish, _door, summary, task_of
from discourse.review.serving import review as serve
from tests.review.made_review import Asker


def test_only_this_machine_can_knock():
    with _door(0) as door:
        assert door.getsockname()[0] == "127.0.0.1"


def test_a_taken_port_is_named(run):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(DiscourseError, match="Take another"):
            serve(run, Wish(port=port), lambda _address: None)


def test_names_and_layers_are_checked_before_anything_opens(run):
    with pytest.raises(DiscourseError, match="coder's name"):
        serve(run, Wish(coder="a/b"), lambda _address: None)
    with pytest.raises(DiscourseError, match="no layer 'hedges'"):
        task_of(run, Wish(layer="rhetoric,hedges"))
    assert task_of(run, Wish(layer=" rhetoric, link")).layers == ("link", "rhetoric")


@pytest.mark.parametrize("rows", ["post_id\nelsewhere:1\n", "id\npier:1\n", "", "\x00"])
def test_a_sample_of_another_run_is_refused(run, tmp_path, rows):
    path = tmp_path / "sample.csv"
    path.write_text(rows, encoding="utf-8")
    with pytest.raises(DiscourseError, match=r"sample\.csv"):
        task_of(run, Wish(posts=path))


def test_a_journal_of_another_source_is_refused(run):
    Journal(journal_path(run), ["f" * 64]).close()
    with pytest.raises(DiscourseError, match="about another source than the run"):
        task_of(run, Wish())


def test_several_runs_are_asked_to_be_named(run):
    (run.parent / "other").mkdir()
    (run.parent / "other" / "run.json").write_text("{}", encoding="utf-8")
    with pytest.raises(DiscourseError, match="Give one of them: other, pier"):
        task_of(run.parent, Wish())


def test_the_end_says_who_decided_how_much(asker):
    assert summary(asker.review) == "Nothing was decided."
    asker.act(1, "done")
    asker.act(3, "join")
    asker.undo()
    asker.act(2, "done", coder="bo")
    assert summary(asker.review).startswith("Decided: ann 2 (1 undone), bo 1. Kept in ")


def test_markers_of_a_users_own_lexicons_can_be_given(tmp_path):
    from tests.exchange.made_run import RECORD, store_run

    record = {**RECORD, "meanings": {"hedge": "Ours <b>", "boats": "Speaks of boats."}}
    asker = Asker(store_run(tmp_path / "run", record=record))
    asker.act(1, "add", what="rhetoric/boats")
    page = asker.get("/by/ann/posts/1").text
    assert "Speaks of boats." in page
    assert "Ours &lt;b&gt;" in page
    assert len(asker.task.codebook.layers["rhetoric"]) == 25
