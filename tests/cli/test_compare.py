"""`discourse compare`: two runs in, a short table, a page and a table of every difference out."""

from made_thread import made_tables
from typer.testing import CliRunner

from discourse.cli import app
from tests.stored_runs import RECORD, changed, store


def compare(*words):
    return CliRunner().invoke(app, ["compare", *map(str, words)])


def test_it_prints_a_short_table_and_writes_a_page(tmp_path):
    rows = made_tables()["annotations"]
    first = store(tmp_path / "monday")
    second = store(
        tmp_path / "friday",
        changed(annotations=rows[rows["label"] != "hedge"]),
        {**RECORD, "settings": {"seed": 7}},
    )
    result = compare(first, second, "--out", tmp_path / "out.html")
    assert result.exit_code == 0, result.output
    lines = result.stdout.splitlines()
    assert lines[0] == f"A  {first}"
    assert any(line.split() == ["posts", "14", "14"] for line in lines)
    assert "1 fact of their making differs, see the page" in lines
    assert any(line.startswith("1 source read by both: ") for line in lines)
    assert len(lines) <= 40
    assert max(map(len, lines[2:-3])) <= 80
    assert (tmp_path / "out.html").is_file()
    assert (tmp_path / "out.csv").is_file()


def test_what_cannot_be_compared_gets_one_line_and_exit_code_2(tmp_path):
    run = store(tmp_path / "run")
    (tmp_path / "page.txt").write_text("text", encoding="utf-8")
    for other in (run, tmp_path / "gone", tmp_path / "page.txt"):
        result = compare(run, other, "--out", tmp_path / "out.html")
        assert (result.exit_code, result.stdout) == (2, "")
        assert len(result.stderr.splitlines()) == 1
    assert not (tmp_path / "out.html").exists()


def test_hostile_names_reach_no_terminal_raw(tmp_path):
    first, second = (store(tmp_path / f"run\x1b[31m\u202e{n}") for n in (1, 2))
    result = compare(first, second, "--out", tmp_path / "out.html")
    assert result.exit_code == 0, result.output
    assert not set(result.output) & set("\x1b\u202e")


def test_labels_of_somebody_else_reach_no_terminal_raw(tmp_path):
    """A marker of a lexicon of one's own may have any name."""
    rows = made_tables()["annotations"]
    bad = rows.assign(label=rows["label"].where(rows["label"] != "hedge", "\x1b[31mRED\x1b]0;own\x07\u202e"))
    first, second = store(tmp_path / "a"), store(tmp_path / "b", changed(annotations=bad))
    result = compare(first, second, "--out", tmp_path / "out.html")
    assert result.exit_code == 0, result.output
    assert "RED" in result.output
    assert not set(result.output) & set("\x1b\x07\u202e")


def test_a_place_that_no_page_can_have_gets_one_line_and_exit_code_2(tmp_path):
    runs = [store(tmp_path / name) for name in ("a", "b")]
    for out in (".", "/", "n" * 300):
        result = compare(*runs, "--out", out)
        assert (result.exit_code, result.stdout) == (2, "")
        assert len(result.stderr.splitlines()) == 1


def test_help_says_that_cells_may_be_read_as_formulas():
    assert "formulas" in compare("--help").output
