"""`discourse analyze` on dumps: told apart from pages, stopped in good order, one thread drawn of it."""

import shutil

import pytest
from typer.testing import CliRunner

from discourse.cli import app, dumps
from discourse.cli.dumps import INTERRUPTED, workers_here
from discourse.scale import detecting
from tests.scale.ferry_threads import files_of, made_rows, write_dump

RUN = CliRunner()


@pytest.fixture(scope="module")
def dump(tmp_path_factory):
    return write_dump(tmp_path_factory.mktemp("dump") / "quay.jsonl", made_rows(12))


@pytest.fixture(scope="module")
def run(dump):
    out = dump.with_name("run")
    told = call("analyze", dump, "--out", out, "--workers", 1)
    assert told.exit_code == 0, told.output
    assert f"{len(made_rows(12))} in 12 threads" in told.stdout
    return out


def call(*words):
    return RUN.invoke(app, [str(word) for word in words])


def test_an_export_of_few_threads_is_analysed_as_a_page_is(dump, tmp_path):
    assert call("analyze", dump, "--out", tmp_path).exit_code == 0
    assert (tmp_path / "quay" / "tables" / "posts.csv").is_file()


def test_an_export_of_many_threads_is_analysed_in_parts_unasked(dump, tmp_path, monkeypatch):
    monkeypatch.setattr(detecting, "MOST_THREADS", 11)
    monkeypatch.setattr(dumps, "_MOST_WORKERS", 1)
    assert call("analyze", dump, "--out", tmp_path / "run").exit_code == 0
    assert (tmp_path / "run" / "posts" / "part-00000.parquet").is_file()


def test_a_dump_beside_a_page_is_told(dump, tmp_path, monkeypatch):
    monkeypatch.setattr(detecting, "MOST_THREADS", 11)
    page = tmp_path / "page.txt"
    page.write_text("Ardmore\n2 hours ago\nThe ferry is late again.\n" * 3, encoding="utf-8")
    told = call("analyze", dump, page, "--out", tmp_path / "run")
    assert told.exit_code == 2
    assert "Analyse dumps in a call of their own" in told.stderr
    assert not (tmp_path / "run").exists()


@pytest.mark.parametrize("words", [["--pdf"], ["--open"], ["--context", "a.txt"], ["--with", "a"]])
def test_what_is_for_pages_is_refused_before_anything_is_done(dump, tmp_path, words):
    told = call("analyze", dump, "--out", tmp_path / "run", "--workers", 1, *words)
    assert told.exit_code == 2
    assert words[0] in told.stderr
    assert not (tmp_path / "run").exists()


def test_ctrl_c_ends_in_good_order_and_resume_goes_on(dump, run, tmp_path, monkeypatch):
    out = tmp_path / "run"

    def stopped(*_args, **_more):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("discourse.scale.engines.local.analyse_part", stopped)
        told = call("analyze", dump, "--out", out, "--workers", 1)
    assert told.exit_code == INTERRUPTED
    assert told.stderr.splitlines() == [
        "discourse: stopped; what is done is kept, and the same command with --resume goes on"
    ]
    again = call("analyze", dump, "--out", out, "--workers", 1)
    assert again.exit_code == 2
    assert "--resume" in again.stderr
    assert call("analyze", dump, "--out", out, "--workers", 1, "--resume").exit_code == 0
    assert files_of(out) == files_of(run)


def test_one_thread_is_drawn_beside_the_run_or_where_it_is_asked_for(run, tmp_path):
    told = call("report", run, "--thread", "t003")
    assert told.exit_code == 0
    (page,) = (run / "pages").glob("t003-*.html")
    assert "4 days" in page.read_text(encoding="utf-8")
    assert call("report", run, "--thread", "t003", "--out", tmp_path / "one.html").exit_code == 0
    assert (tmp_path / "one.html").read_bytes() == page.read_bytes()


def test_the_summary_is_drawn_again_as_it_was(run):
    before = files_of(run)
    (run / "report.html").write_text(before["report.html"].decode().replace("threads", "strands"), "utf-8")
    assert call("report", run).exit_code == 0
    assert files_of(run) == before


def test_a_thread_that_is_not_there_is_told(run):
    told = call("report", run, "--thread", "nowhere")
    assert told.exit_code == 2
    assert "no thread of this id" in told.stderr


def test_commands_for_single_pages_say_what_to_do_with_a_dump(run, tmp_path):
    shutil.copytree(run, tmp_path / "again")
    told = call("compare", run, tmp_path / "again")
    assert told.exit_code == 2
    assert "run over a dump" in told.stderr


def test_a_dump_is_exported_with_all_its_posts(run, tmp_path):
    told = call("export", run, "--to", "jsonl", "--out", tmp_path / "out")
    assert told.exit_code == 0
    lines = [path.read_text("utf-8").splitlines() for path in (tmp_path / "out").glob("*.jsonl")]
    assert len(made_rows(12)) in map(len, lines)


def test_workers_are_few_unasked():
    assert 1 <= workers_here() <= 4
