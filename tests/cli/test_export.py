"""`discourse export`: one call, plain words, exit code 2 for what can be mended."""

import pytest
from typer.testing import CliRunner

from discourse.cli import app
from discourse.exchange.formats import FORMATS
from tests.exchange.made_run import TEXTS, add_people, store_run


def export(*words):
    return CliRunner().invoke(app, ["export", *map(str, words)])


@pytest.fixture
def run(tmp_path):
    return add_people(store_run(tmp_path / "runs" / "pier"))


def test_it_says_how_much_it_wrote_and_where(run, tmp_path):
    result = export(run, "--to", "csv", "--out", tmp_path / "out")
    assert result.exit_code == 0, result.output
    lines = [line.split(maxsplit=1) for line in result.stdout.splitlines()]
    assert lines[0] == ["posts", f"{len(TEXTS)} of 1 thread"]
    assert lines[1][1].endswith("21 of them by people")
    assert lines[2] == ["written", str(tmp_path / "out")]
    assert lines[3] == ["data", f"card        {tmp_path / 'out' / 'README.md'}"]


def test_help_names_every_format():
    words = export("--help").output
    assert [name for name in FORMATS if name not in words] == []


def test_labels_are_chosen_by_layer_and_maker(run, tmp_path):
    result = export(
        run, "--to", "csv", "--out", tmp_path / "out", "--layer", "rhetoric", "--by", "human:ann,hedges"
    )
    assert result.exit_code == 0, result.output
    table = (tmp_path / "out" / "annotations.csv").read_text(encoding="utf-8")
    assert "hedges@4" in table
    assert "human:ann" in table
    assert "human:bo" not in table
    assert "agreement@4" not in table


def test_posts_are_chosen_by_a_table(run, tmp_path):
    chosen = tmp_path / "sample.csv"
    chosen.write_text("post_id,why\npier:2,x\npier:5,y\n", encoding="utf-8")
    result = export(run, "--to", "jsonl", "--out", tmp_path / "p.jsonl", "--posts", chosen)
    assert result.exit_code == 0, result.output
    assert len((tmp_path / "p.jsonl").read_text(encoding="utf-8").splitlines()) == 2


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--to", "excel", "--out", "x"], "there is no format 'excel'"),
        (["--to", "csv", "--out", "x", "--layer", "mood"], "there is no layer 'mood'"),
        (["--to", "csv", "--out", "x", "--posts", "gone.csv"], "gone.csv"),
    ],
)
def test_what_can_be_mended_gets_one_line_and_exit_code_2(run, tmp_path, monkeypatch, words, said):
    monkeypatch.chdir(tmp_path)
    result = export(run, *words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert len(result.stderr.splitlines()) == 1
    assert said in result.stderr
    assert not (tmp_path / "x").exists()


def test_what_is_no_run_is_refused(tmp_path):
    result = export(tmp_path, "--to", "csv", "--out", tmp_path / "x")
    assert result.exit_code == 2
    assert "no run stands here" in result.stderr
