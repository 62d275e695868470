"""`discourse import`: what came in, whose it is, and what was left out."""

import pytest
from typer.testing import CliRunner

from discourse.cli import app
from discourse.labels.journal import journal_path
from tests.exchange.made_run import store_run

GOOD = "pier:3,rhetoric/hedge,23,30,perhaps"


def import_(*words):
    return CliRunner().invoke(app, ["import", *map(str, words)])


@pytest.fixture
def run(tmp_path):
    return store_run(tmp_path / "pier")


@pytest.fixture
def labels(tmp_path):
    def write(*lines):
        path = tmp_path / "labels.csv"
        path.write_text("\n".join(["post_id,label,start,end,quote", *lines]) + "\n", encoding="utf-8")
        return path

    return write


def test_it_says_whose_labels_came_and_where_they_are_kept(run, labels):
    result = import_(labels(GOOD), "--from", "csv", "--run", run, "--annotator", "ann")
    assert result.exit_code == 0, result.output
    assert [line.split(maxsplit=1) for line in result.stdout.splitlines()] == [
        ["human:ann", "1 label on 1 post, nothing said of what is not there"],
        ["journal", str(journal_path(run))],
        ["Next:", f"discourse agreement {run}"],
    ]


def test_places_that_were_put_right_are_counted(run, labels):
    shifted = "pier:3,rhetoric/hedge,22,29,perhaps"  # CR LF counted as one
    result = import_(labels(shifted), "--from", "csv", "--run", run, "--annotator", "ann")
    assert "put right        1 place" in result.stdout


def test_what_cannot_be_matched_stops_all_or_is_left_out_by_name(run, labels):
    path = labels(GOOD, "pier:77,rhetoric/hedge,0,1,x")
    words = [path, "--from", "csv", "--run", run, "--annotator", "ann"]
    result = import_(*words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert len(result.stderr.splitlines()) == 1
    assert "'pier:77'" in result.stderr
    result = import_(*words, "--skip-refused")
    assert result.exit_code == 0, result.output
    assert "discourse: left out: " in result.stderr
    assert "'pier:77'" in result.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--from", "gexf"], "no format 'gexf' that is read"),
        (["--from", "csv"], "Name the person with --annotator"),
        (["--from", "csv", "--annotator", "a/b"], "a coder's name holds"),
    ],
)
def test_what_can_be_mended_gets_one_line_and_exit_code_2(run, labels, words, said):
    result = import_(labels(GOOD), "--run", run, *words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert len(result.stderr.splitlines()) == 1
    assert said in result.stderr
    assert not journal_path(run).exists()


def test_hostile_words_of_a_file_cannot_move_the_terminal(run, labels):
    result = import_(
        labels("\x1b[2J\x07,rhetoric/hedge,0,1,x"), "--from", "csv", "--run", run, "--annotator", "a"
    )
    assert result.exit_code == 2
    assert "\x1b" not in result.stderr
    assert "\x07" not in result.stderr
