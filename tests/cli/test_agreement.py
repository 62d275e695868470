"""`discourse agreement`: coded runs in, tables of agreement on the terminal and in files out."""

import pytest
import typer
from typer.testing import CliRunner

from discourse.cli.agreement import agreement
from discourse.labels.decisions import Decision, text_hash
from discourse.labels.journal import Journal, journal_path
from tests.exchange.made_run import SHA, TEXTS, add_people, store_run
from tests.labels.agreement.coding import Coding, marked

APP = typer.Typer()
APP.command()(agreement)


def called(*words):
    return CliRunner().invoke(APP, [*map(str, words)])


@pytest.fixture
def run(tmp_path):
    return add_people(store_run(tmp_path / "pier"))


def test_the_tables_are_80_columns_wide_and_in_plain_words(run):
    result = called(run, "--resamples", 200)
    assert result.exit_code == 0, result.output
    lines = result.stdout.splitlines()
    assert max(map(len, lines)) <= 80
    assert lines[0] == "ann coded 8 of 8 posts (8 with the machine's labels in sight)"
    (hedge,) = [line.split() for line in lines if line.startswith("  hedge")][:1]
    assert hedge[:4] == ["hedge", "8", "0.88", "0.76"]
    assert "ASSUMED" in result.stdout
    assert "substantial" in result.stdout  # is named as what is not said


def test_values_that_are_not_defined_are_dashes(run):
    result = called(run, "--layer", "rhetoric", "--resamples", 200)
    (dismissal,) = [line.split() for line in result.stdout.splitlines() if line.startswith("  dismissal")][:1]
    assert dismissal == ["dismissal", "8", "1.00", "–", "–", "0.00"]
    assert "nan" not in result.stdout


def test_one_person_alone_is_told_what_that_leaves_open(run):
    result = called(run, "--annotators", "ann", "--resamples", 200)
    assert result.exit_code == 0, result.output
    assert "One person alone coded: how far people agree is not known." in result.stdout
    assert "bo" not in result.stdout.split()


def test_files_are_written_and_named(run, tmp_path):
    result = called(run, "--out", tmp_path / "out", "--resamples", 200)
    assert result.exit_code == 0, result.output
    assert (tmp_path / "out" / "disagreements.csv").is_file()
    assert "13 differences" in result.stdout
    assert all(str(path) in result.stdout for path in (tmp_path / "out").iterdir())
    assert len(list((tmp_path / "out").iterdir())) == 3
    assert "--out" not in result.stdout


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--layer", "mood"], "no layer 'mood'"),
        (["--layer", "turn,stance"], "nobody has looked for any of: stance, turn"),
        (["--annotators", "dee"], "nobody called 'dee'"),
        (["--annotators", "a/b"], "the name 'a/b'"),
        (["--sample", "gone.csv"], "gone.csv"),
        (["--out", "."], "--out"),
    ],
)
def test_what_is_asked_wrongly_gets_one_line_and_exit_code_2(run, words, told):
    result = called(run, *words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert told in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_a_sample_of_other_posts_is_one_line_and_exit_code_2(run, tmp_path):
    (tmp_path / "other.csv").write_text("post_id,part,probability\nquay:1,random,0.5\n")
    result = called(run, "--sample", tmp_path / "other.csv", "--out", tmp_path / "out")
    assert (result.exit_code, result.stdout, len(result.stderr.splitlines())) == (2, "", 1)
    assert "none of the posts that it drew at random is in these runs" in result.stderr
    assert not (tmp_path / "out").exists()


def test_a_run_that_nobody_coded_says_how_to_get_labels(tmp_path):
    result = called(store_run(tmp_path / "pier"))
    assert (result.exit_code, result.stdout) == (2, "")
    assert "discourse review RUN" in result.stderr
    assert len(result.stderr.splitlines()) == 1
    assert called(tmp_path / "gone").exit_code == 2


def test_a_journal_of_something_else_is_refused_in_one_line(tmp_path):
    run = store_run(tmp_path / "pier")
    journal_path(run).write_bytes(b"no database at all, but long enough to be read as one" * 20)
    result = called(run)
    assert (result.exit_code, len(result.stderr.splitlines())) == (2, 1)


def test_hostile_labels_reach_no_terminal_raw(tmp_path):
    bad = "\x1b[31mRED\x1b]0;own\x07\u202e" + "x" * 500
    coding = Coding(
        tmp_path / "pier\x1b[31m", TEXTS, annotations=[marked(TEXTS, 1, "rhetoric", bad, "The pier")]
    )
    coding.read("ann", [1, 2], "rhetoric")
    with Journal(journal_path(coding.folder), [SHA]) as journal:
        value = {"layer": "rhetoric", "label": bad, "target": None, "start": 0, "end": 3, "quote": "The"}
        decision = Decision(kind="label", post_id="pier:1", text_hash=text_hash(TEXTS[0]), value=value)
        journal.append("human:ann", [decision])
    result = called(coding.folder, "--out", tmp_path / "out\x1b[31m", "--resamples", 100)
    assert result.exit_code == 0, result.output
    assert "RED" in result.output
    assert not set(result.output) & set("\x1b\x07\u202e")
    assert max(map(len, result.stdout.splitlines()[:-3])) <= 80


def test_help_gives_an_example():
    result = called("--help")
    assert result.exit_code == 0
    assert "Example:  discourse agreement" in result.stdout


def test_the_blind_word_counts_unless_the_last_is_asked_for(tmp_path):
    coding = Coding(tmp_path / "pier", TEXTS, annotations=[marked(TEXTS, 1, "rhetoric", "hedge", "The pier")])
    coding.read("ann", [1, 2], "rhetoric", is_blind=True)
    coding.give("ann", 1, "rhetoric", "hedge", "The pier")
    words = (coding.folder, "--layer", "rhetoric", "--resamples", 100)
    blind, final = called(*words), called(*words, "--final")
    assert (blind.exit_code, final.exit_code) == (0, 0)
    assert "ann coded 2 of 8 posts (2 blind)" in blind.stdout
    assert "ann decided more on 1 post after coding it blind" in blind.stdout
    assert "(1 blind, 1 with the machine's labels in sight)" in final.stdout
    assert "decided more" not in final.stdout


def test_a_journal_of_another_source_is_refused_in_one_line(tmp_path):
    run = store_run(tmp_path / "pier")
    with Journal(journal_path(run), ["c0ffee" + "0" * 58]) as journal:
        read = {"layer": "rhetoric", "label": None}
        decision = Decision(kind="read", post_id="quay:1", text_hash="0" * 16, value=read)
        journal.append("human:ann", [decision])
    result = called(run)
    assert (result.exit_code, result.stdout) == (2, "")
    assert len(result.stderr.splitlines()) == 1
    assert "another source" in result.stderr


def test_decisions_on_other_texts_alone_are_told_as_that(tmp_path):
    run = store_run(tmp_path / "pier")
    with Journal(journal_path(run), [SHA]) as journal:
        read = {"layer": "rhetoric", "label": None}
        decision = Decision(kind="read", post_id="pier:1", text_hash="0" * 16, value=read)
        journal.append("human:ann", [decision])
    result = called(run)
    assert (result.exit_code, len(result.stderr.splitlines())) == (2, 1)
    assert "other texts" in result.stderr
    assert "--layer" not in result.stderr


@pytest.mark.parametrize("has_journal", [False, True])
@pytest.mark.parametrize("table", ["edits", "annotations"])
def test_a_corrected_run_sends_to_the_one_that_was_reviewed(tmp_path, table, has_journal):
    """People's word stands there in the machine's place: it would agree with itself."""
    rows = {
        "edits": {"edit_id": "e1", "annotator": "human:ann", "action": "reject", "post_id": "pier:1"}
        | {"value": "rhetoric/hedge"},
        "annotations": marked(TEXTS, 1, "rhetoric", "hedge", "The pier", annotator="human:ann"),
    }
    coding = Coding(tmp_path / "pier", TEXTS, **{table: [rows[table]]})
    if has_journal:
        coding.read("ann", [1], "rhetoric")
    result = called(coding.folder)
    assert (result.exit_code, result.stdout) == (2, "")
    assert len(result.stderr.splitlines()) == 1
    assert "Give the run that was reviewed" in result.stderr
