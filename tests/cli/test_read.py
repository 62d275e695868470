"""`discourse read`: posts and links without the analysis, and each line explained."""

import csv

import pytest
from typer.testing import CliRunner

from discourse.cli import app
from discourse.results import READING
from tests.conftest import SAMPLES

PAGE = SAMPLES[0]
ESCAPES = "\x1b]0;owned\x07\x1b[31mred\u202egpj"


def read(*words):
    return CliRunner().invoke(app, ["read", *map(str, words)])


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    out = tmp_path_factory.mktemp("read")
    return read(PAGE, "--out", out), out / PAGE.stem


def rows(folder, table):
    with (folder / "tables" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_it_writes_what_was_read_and_nothing_else(sample):
    result, folder = sample
    assert result.exit_code == 0, result.output
    assert {path.name for path in folder.iterdir()} == READING
    names = {path.name for path in (folder / "tables").iterdir()}
    wanted = ["sources", "posts", "links", "articles", "annotations", "faults"]
    assert names == {f"{name}.csv" for name in wanted}
    assert len(rows(folder, "posts")) == int(rows(folder, "sources")[0]["found_count"]) == 54
    assert {row["layer"] for row in rows(folder, "annotations")} == {"quote"}


def test_every_split_and_every_link_has_a_score(sample):
    posts = rows(sample[1], "posts")
    assert all(0 < float(post["split_score"]) <= 1 for post in posts)
    linked = [post for post in posts if post["reply_to"]]
    assert len(linked) > 30
    assert all(0 < float(post["reply_score"]) <= 1 for post in linked)


def test_the_summary_says_what_was_found_and_what_the_page_states(sample):
    words = sample[0].stdout
    assert "54 found, 54 stated" in words
    assert str(sample[1] / "tables") in words


def test_reading_and_analysing_find_the_same_posts_and_links(sample, tmp_path, monkeypatch):
    monkeypatch.setattr("discourse.results.render_report", lambda _tables, _record: "<html></html>")
    assert CliRunner().invoke(app, ["analyze", str(PAGE), "--out", str(tmp_path)]).exit_code == 0
    for table in ("sources", "posts", "links", "articles"):
        assert rows(sample[1], table) == rows(tmp_path / PAGE.stem, table)


def test_an_analysis_is_never_replaced_by_a_reading(tmp_path, monkeypatch):
    monkeypatch.setattr("discourse.results.render_report", lambda _tables, _record: "<html></html>")
    CliRunner().invoke(app, ["analyze", str(PAGE), "--out", str(tmp_path)])
    result = read(PAGE, "--out", tmp_path)
    assert result.exit_code == 2
    assert "an analysis stands here" in result.stderr
    assert (tmp_path / PAGE.stem / "report.html").is_file()
    assert not list(tmp_path.glob("**/*.part"))


def test_explaining_names_every_line_of_the_page_once_and_writes_nothing(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = read(PAGE, "--explain")
    assert result.exit_code == 0, result.output
    lines, links = result.stdout.split("\n\n")
    numbers = [int(line.split()[0]) for line in lines.splitlines()[1:]]
    assert numbers == list(range(1, len(PAGE.read_text(encoding="utf-8").split("\n")) + 1))
    assert len(links.splitlines()) == 1 + 54
    assert list(tmp_path.iterdir()) == []


def test_explaining_shows_kind_post_and_reason(tmp_path):
    lines = read(PAGE, "--explain").stdout.splitlines()
    author = next(line for line in lines if " author " in line)
    assert " #1 " in author
    assert author.rstrip() != author[:90].rstrip()  # a reason stands behind the text


def test_a_hostile_page_moves_no_cursor(tmp_path):
    page = tmp_path / "page.txt"
    page.write_text(PAGE.read_text(encoding="utf-8").replace("Towpath Terry", ESCAPES), encoding="utf-8")
    for words in ([page, "--explain"], [page, "--out", tmp_path / "out"]):
        shown = read(*words).output
        assert not set("\x1b\x07\u202e") & set(shown)


def test_one_bad_source_does_not_stop_the_others(tmp_path):
    empty = tmp_path / "empty.txt"
    empty.write_text("")
    result = read(empty, PAGE, "--out", tmp_path / "out")
    assert result.exit_code == 0
    assert "it is empty" in result.stderr
    assert (tmp_path / "out" / PAGE.stem / "tables" / "posts.csv").is_file()


@pytest.mark.parametrize("more", [["--explain"], []])
def test_nothing_to_read_is_one_line_and_exit_code_2(tmp_path, more):
    empty = tmp_path / "empty.txt"
    empty.write_text("")
    result = read(empty, "--out", tmp_path / "out", *more)
    assert result.exit_code == 2
    assert len(result.stderr.strip().splitlines()) == 1
    assert not list((tmp_path / "out").glob("*"))


@pytest.mark.parametrize(
    "columns",
    [
        "user",
        "colour=red",
        "author=",
        "=x",
        "text=a,text=b",
        "author=user;text=body",
        "author=user | text=body",
    ],
)
def test_columns_that_say_nothing_are_refused_in_one_line(columns):
    result = read(PAGE, "--columns", columns)
    assert result.exit_code == 2
    assert len(result.stderr.strip().splitlines()) == 1
    assert "author=user,text=body" in result.stderr


def test_columns_may_have_blanks_commas_and_numbers(tmp_path):
    table = tmp_path / "talk.csv"
    table.write_text('Who,"Words, spoken",More words\nama,one,a\nbo,two,b\n', encoding="utf-8")
    columns = 'author = 1 , "text=Words, spoken"'
    assert read(table, "--out", tmp_path / "out", "--columns", columns).exit_code == 0
    assert [(p["author"], p["text"]) for p in rows(tmp_path / "out/talk", "posts")] == [
        ("ama", "one"),
        ("bo", "two"),
    ]
    assert read(table, "--out", tmp_path / "out", "--columns", "text=more words").exit_code == 0
    assert [post["text"] for post in rows(tmp_path / "out/talk", "posts")] == ["a", "b"]
    result = read(table, "--out", tmp_path / "out", "--columns", "text=nothing")
    assert result.exit_code == 2
    assert "its columns are: Who, 'Words, spoken', More words" in result.stderr


def test_columns_of_a_page_are_refused_in_words(tmp_path):
    result = read(PAGE, "--out", tmp_path / "out", "--columns", "text=body")
    assert result.exit_code == 2
    assert "page of text, which has no columns" in result.stderr


def test_the_help_says_that_columns_have_numbers():
    assert "number from 1" in " ".join(read("--help").stdout.replace("│", " ").split())
