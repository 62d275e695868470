"""`discourse stats`: a run in, counts out."""

import json

import pytest
from typer.testing import CliRunner

from discourse.cli import app
from tests.report.made_thread import RTL_NAME
from tests.scale.made_parts import made_run


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return made_run(tmp_path_factory.mktemp("stats") / "run")


def stats(*words):
    return CliRunner().invoke(app, ["stats", *map(str, words)])


def test_it_prints_an_overview_and_answers(folder):
    assert "different names" in stats(folder).output
    done = stats(folder, "--by", "marker,thread", "--limit", 2)
    assert done.exit_code == 0
    assert done.output.splitlines()[0].split()[:3] == ["label", "thread", "labels"]
    assert len(done.output.splitlines()) == 3


def test_a_table_cannot_move_the_cursor_and_a_pipe_gets_the_text_as_it_is(folder):
    sql = "SELECT author, chr(27) || '[2J' AS a FROM posts ORDER BY author DESC"
    shown = stats(folder, "--sql", sql).output
    assert "\x1b" not in shown
    assert RTL_NAME[0] not in shown
    rows = [json.loads(line) for line in stats(folder, "--sql", sql, "--format", "jsonl").output.splitlines()]
    assert rows[0]["a"] == "\x1b[2J"
    assert RTL_NAME in {row["author"] for row in rows}


def test_many_rows_are_cut_for_people_alone(folder):
    shown = stats(folder, "--sql", "SELECT range AS n FROM range(70)").output
    assert "and 20 more rows" in shown
    assert (
        len(stats(folder, "--sql", "SELECT range AS n FROM range(70)", "--format", "csv").output.split())
        == 71
    )


def test_the_file_decides_the_format_and_is_not_written_over(folder, tmp_path):
    out = tmp_path / "months.csv"
    assert stats(folder, "--by", "month", "--out", out).exit_code == 0
    assert out.read_text(encoding="utf-8").splitlines()[0] == "month,posts,threads,authors"
    again = stats(folder, "--by", "month", "--out", out)
    assert again.exit_code == 2
    assert "stands there already" in again.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--by", "author"], "not counted one by one"),
        (["--sql", "SELECT 1", "--by", "month"], "other options ask"),
        (["--sql", "DROP VIEW posts"], "not one SELECT"),
        (["--format", "xlsx"], "there is no 'xlsx'"),
        (["--format", "parquet"], "--out"),
        (["--since", "soon"], "no time"),
    ],
)
def test_what_cannot_be_asked_is_told_in_a_line(folder, words, said):
    done = stats(folder, *words)
    assert done.exit_code == 2
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_no_run_is_told(tmp_path):
    assert "no run stands here" in stats(tmp_path).stderr
