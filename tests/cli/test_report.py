"""`discourse report`: runs drawn again, printed and opened."""

import pytest
from typer.testing import CliRunner

from discourse.cli import app, opening
from tests.stored_runs import store


@pytest.fixture
def report(monkeypatch):
    # what the report shows is tested elsewhere, and drawing it is half of the work
    monkeypatch.setattr(
        "discourse.stored.drawing.render_report", lambda _tables, _record: "<html>drawn</html>"
    )
    return lambda *words: CliRunner().invoke(app, ["report", *map(str, words)])


def test_a_run_is_drawn_again_and_its_page_named(report, tmp_path):
    folder = store(tmp_path / "run")
    result = report(folder)
    assert result.exit_code == 0, result.output
    assert result.stdout.split() == ["report", str(folder / "report.html")]
    assert (folder / "report.html").read_text(encoding="utf-8") == "<html>drawn</html>"


def test_a_run_of_several_sources_gets_its_overview(report, tmp_path):
    for name in ("a", "b"):
        store(tmp_path / name)
    result = report(tmp_path)
    assert result.exit_code == 0, result.output
    assert result.stdout.splitlines()[-1].endswith("index.html")
    assert (tmp_path / "index.html").is_file()


def test_what_is_no_run_gets_one_line_and_exit_code_2(report, tmp_path):
    (tmp_path / "page.txt").write_text("text", encoding="utf-8")
    for words in ([tmp_path / "gone"], [tmp_path / "page.txt"], [tmp_path]):
        result = report(*words)
        assert (result.exit_code, result.stdout) == (2, "")
        assert len(result.stderr.splitlines()) == 1


def test_one_file_for_several_runs_is_refused_before_anything_is_drawn(report, tmp_path):
    folders = [store(tmp_path / name) for name in ("a", "b")]
    result = report(*folders, "--out", tmp_path / "out.html")
    assert (result.exit_code, result.stdout) == (2, "")
    assert not (folders[0] / "report.html").exists()


def test_without_a_browser_to_print_the_page_stands_and_the_exit_code_is_2(report, tmp_path, monkeypatch):
    monkeypatch.setenv("CHROMIUM", str(tmp_path / "nowhere"))
    folder = store(tmp_path / "run")
    result = report(folder, "--pdf")
    assert result.exit_code == 2
    assert len(result.stderr.splitlines()) == 1
    assert (folder / "report.html").is_file()


def test_a_page_that_no_browser_opens_is_named(report, tmp_path, monkeypatch):
    asked = []
    monkeypatch.setattr("webbrowser.open", lambda url: asked.append(url) or False)
    folder = store(tmp_path / "run")
    result = report(folder, "--open")
    assert result.exit_code == 0
    assert asked == [(folder / "report.html").resolve().as_uri()]
    assert str(folder / "report.html") in result.stderr


def test_of_several_pages_the_last_is_opened_and_each_is_printed(monkeypatch, tmp_path):
    pages = [tmp_path / name for name in ("a.html", "b.html", "index.html")]
    printed, opened = [], []
    monkeypatch.setattr("discourse.report.pdf.write_pdf", lambda page: printed.append(page) or page)
    monkeypatch.setattr(opening, "open_page", opened.append)
    opening.follow_up(pages, pdf=True, show=True)
    opening.follow_up([], pdf=True, show=True)
    assert (printed, opened) == (pages, [pages[-1]])


def test_names_and_texts_may_be_left_out(tmp_path):
    folder, key = store(tmp_path / "run"), tmp_path / "apart" / "names.key"
    out = tmp_path / "shown.html"
    key.parent.mkdir()
    words = ["report", folder, "--out", out, "--pseudonyms", key, "--no-verbatim"]
    result = CliRunner().invoke(app, [str(word) for word in words])
    assert result.exit_code == 0, result.output
    html = out.read_text(encoding="utf-8")
    assert "old_swimmer" not in html
    assert "My children stood before that door" not in html
    assert key.is_file()
    assert "old_swimmer" in (folder / "tables" / "posts.csv").read_text(encoding="utf-8")


@pytest.mark.parametrize("place", ["run/names.key", "names.key"])
def test_a_key_among_the_results_is_refused_before_it_is_made(tmp_path, place):
    folder = store(tmp_path / "run")
    key = tmp_path / place
    result = CliRunner().invoke(app, ["report", str(folder), "--pseudonyms", str(key)])
    assert (result.exit_code, result.stdout) == (2, "")
    assert len(result.stderr.splitlines()) == 1
    assert not key.exists()


def test_no_key_is_made_for_a_run_that_is_missing(tmp_path):
    key = tmp_path / "names.key"
    result = CliRunner().invoke(app, ["report", str(tmp_path / "gone"), "--pseudonyms", str(key)])
    assert (result.exit_code, result.stdout) == (2, "")
    assert not key.exists()
