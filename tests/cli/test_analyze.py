"""`discourse analyze`: what it prints, where, and how it ends."""

import json
import shutil
from hashlib import sha256

import pytest
from typer.testing import CliRunner

from discourse.cli import app
from discourse.labels.journal import Journal, journal_path
from discourse.stored.runs import source_digests
from discourse.tables.files import read_tables
from tests.conftest import SAMPLES

PAGE = SAMPLES[0]
ESCAPES = "\x1b]0;owned\x07\x1b[31mred\u202egpj"


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    out = tmp_path_factory.mktemp("reports")
    return CliRunner().invoke(app, ["analyze", str(PAGE), "--out", str(out)]), out


@pytest.fixture
def analyze(tmp_path, monkeypatch):
    # what the report shows is tested elsewhere, and drawing it is half of the work
    monkeypatch.setattr("discourse.results.render_report", lambda _tables, _record: "<html></html>")
    return lambda *sources: CliRunner().invoke(
        app, ["analyze", *map(str, sources), "--out", str(tmp_path / "out")]
    )


def test_a_page_is_analysed_and_summed_up(sample):
    result, out = sample
    assert result.exit_code == 0, result.output
    lines = [line.split()[0] for line in result.stdout.splitlines() if line.strip()]
    assert lines == [
        str(PAGE),
        "posts",
        "authors",
        "reply",
        "answers",
        "stances",
        "markers",
        "loops",
        "labels",
        "report",
    ]
    assert "54 found, 54 stated" in result.stdout
    assert result.stderr == ""
    assert str(out / PAGE.stem / "report.html") in result.stdout


def test_report_record_and_tables_lie_where_the_summary_says(sample):
    _, out = sample
    folder = out / PAGE.stem
    assert (folder / "report.html").stat().st_size > 1000
    assert (folder / "run.json").is_file()
    assert (folder / "tables" / "posts.csv").read_text(encoding="utf-8").count(PAGE.stem) == 0


SILENT = (
    "Fog over the bay\nThe harbour office expects fog until noon on Friday.\n"
    "Ships are asked to wait outside the mole.\nThe ferry to the island does not run.\n"
)


def write_missing(_path):
    pass


def write_folder(path):
    path.mkdir()


def write_binary(path):
    path.write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)))


def write_empty(path):
    path.write_bytes(b"")


def write_blank(path):
    path.write_bytes(b" \n\t\r\n")


def write_silent(path):
    path.write_text(SILENT, encoding="utf-8")


@pytest.mark.parametrize(
    ("write", "said"),
    [
        (write_missing, "there is no such file"),
        (write_folder, "it is a folder"),
        (write_binary, "it seems to be a picture"),
        (write_empty, "it is empty"),
        (write_blank, "it is empty"),
        (write_silent, "no comment"),
    ],
)
def test_a_source_that_cannot_be_analysed_gets_one_line_and_exit_code_2(analyze, tmp_path, write, said):
    path = tmp_path / "page.txt"
    write(path)
    result = analyze(path)
    assert result.exit_code == 2
    assert result.stdout == ""
    (line,) = result.stderr.splitlines()
    assert line.startswith(f"discourse: {path}: ")
    assert said in line
    assert not (tmp_path / "out" / "page").exists()


def test_one_page_with_comments_is_enough_for_success_and_the_others_are_told(analyze, tmp_path):
    write_silent(tmp_path / "silent.txt")
    result = analyze(tmp_path / "silent.txt", PAGE, tmp_path / "gone.txt")
    assert result.exit_code == 0
    assert len(result.stderr.splitlines()) == 2
    assert "1 of 3 sources hold comments" in result.stdout
    assert (tmp_path / "out" / "index.html").is_file()


def test_nothing_is_said_of_an_overview_when_no_source_holds_comments(analyze, tmp_path):
    result = analyze(tmp_path / "gone.txt", tmp_path / "gone-too.txt")
    assert result.exit_code == 2
    assert result.stdout == ""


@pytest.mark.parametrize(
    "write", [write_silent, lambda path: shutil.copyfile(PAGE, path)], ids=["silent", "comments"]
)
def test_a_hostile_file_name_reaches_no_terminal_raw(analyze, tmp_path, write):
    path = tmp_path / f"page{ESCAPES}.txt"
    write(path)
    result = analyze(path, tmp_path / "gone.txt")
    assert "page" in result.output
    assert not set(result.output) & set("\x1b\x07\u202e")


def test_a_hostile_page_reaches_no_terminal_raw(analyze, tmp_path):
    text = PAGE.read_text(encoding="utf-8").replace("weeks", f"weeks{ESCAPES}")
    (tmp_path / "page.txt").write_text(text, encoding="utf-8")
    result = analyze(tmp_path / "page.txt")
    assert result.exit_code == 0, result.output
    assert not set(result.output) & set("\x1b\x07\u202e")


def test_a_folder_of_the_users_own_is_not_replaced(analyze, tmp_path):
    mine = tmp_path / "out" / PAGE.stem
    mine.mkdir(parents=True)
    (mine / "thesis.txt").write_text("mine", encoding="utf-8")
    result = analyze(PAGE)
    assert result.exit_code == 2
    assert len(result.stderr.splitlines()) == 1
    assert (mine / "thesis.txt").is_file()


def test_without_a_source_the_usage_is_shown():
    result = CliRunner().invoke(app, ["analyze"])
    assert result.exit_code == 2
    assert "Usage" in result.output


def test_targets_by_hand_stand_in_the_tables_and_the_record(tmp_path, analyze):
    named = tmp_path / "targets.toml"
    named.write_text('find = false\n[targets]\n"The bridge" = ["bridge"]\n', encoding="utf-8")
    result = analyze(PAGE, "--targets", named, "--target", "Atlantis=the sunken city")
    assert result.exit_code == 0, result.output
    folder = tmp_path / "out" / PAGE.stem
    rows = (folder / "tables" / "targets.csv").read_text(encoding="utf-8").splitlines()
    assert [row.split(",")[1] for row in rows[1:]] == ["The bridge"]
    assert "Atlantis" in (folder / "run.json").read_text(encoding="utf-8")
    assert result.stderr.splitlines() == ["discourse: no post of these sources mentions 'Atlantis'"]


CLOSED = (
    "The old bridge will stay closed until Friday\n\nMarch 3, 2026\n\n"
    "The old bridge over the Lenn stays closed until Friday, the town's engineer said on Tuesday morning.\n\n"
    "Drivers are asked to take the ferry, which runs every hour from six in the morning until midnight.\n"
)


def test_an_article_beside_a_page_stands_in_its_tables_and_its_comments_do_not(tmp_path, analyze):
    article = tmp_path / "closed.txt"
    article.write_text(CLOSED, encoding="utf-8")
    result = analyze(
        PAGE, "--context", article, "--context", PAGE, "--context", SAMPLES[1], "--context", article
    )
    assert result.exit_code == 0, result.output
    folder = tmp_path / "out" / PAGE.stem
    tables = read_tables(folder / "tables")
    assert tables["sources"]["uri"].tolist() == [str(PAGE), str(article), str(SAMPLES[1])]
    assert set(tables["articles"]["source_id"]) == set(tables["sources"]["source_id"])
    assert set(tables["posts"]["source_id"]) == {tables["sources"]["source_id"].iloc[0]}
    record = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    digests = {sha256(path.read_bytes()).hexdigest() for path in (article, PAGE, SAMPLES[1])}
    assert set(record["settings"]["context"]) == digests
    assert [source["uri"] for source in record["sources"]] == [str(PAGE)]
    assert set(tables["context"]["source_id"]) <= set(tables["sources"]["source_id"])
    summed = tables["summary"].set_index(["unit_kind", "metric"])["value"]
    assert summed["run", "sources"] == 1


@pytest.mark.parametrize("content", [None, "Menu\nHome\n"])
def test_a_context_without_an_article_is_refused_before_any_work(tmp_path, analyze, content):
    article = tmp_path / "none.txt"
    if content is not None:
        article.write_text(content, encoding="utf-8")
    result = analyze(PAGE, "--context", article)
    assert (result.exit_code, result.stdout) == (2, "")
    assert len(result.stderr.splitlines()) == 1
    assert str(article) in result.stderr
    assert not (tmp_path / "out").exists()


def test_an_empty_name_of_an_article_is_called_empty(tmp_path, analyze):
    result = analyze(PAGE, "--context", "")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "the name is empty" in result.stderr
    assert not (tmp_path / "out").exists()


def test_targets_that_contradict_each_other_are_refused_before_anything_is_written(tmp_path, analyze):
    result = analyze(PAGE, "--target", "A=the bridge", "--target", "B=the bridge")
    assert (result.exit_code, result.stdout) == (2, "")
    assert len(result.stderr.splitlines()) == 1
    assert not (tmp_path / "out").exists()


def test_pseudonyms_reach_the_terminal_and_the_key_is_made_once(analyze, tmp_path):
    key = tmp_path / "names.key"
    first = analyze(PAGE, "--pseudonyms", key, "--no-verbatim")
    assert first.exit_code == 0, first.output
    secret = key.read_bytes()
    assert analyze(PAGE, "--pseudonyms", key, "--no-verbatim").stdout == first.stdout
    assert key.read_bytes() == secret
    record = json.loads((tmp_path / "out" / PAGE.stem / "run.json").read_text(encoding="utf-8"))
    assert record["settings"]["verbatim"] is False
    assert len(record["settings"]["pseudonyms"]) == 8


def test_a_target_that_is_an_author_counts_as_mentioned_under_its_pseudonym(analyze, tmp_path):
    path = tmp_path / "page.csv"
    rows = "".join(f"{n},t,Marta{n % 2},Zelda is wrong and Zelda is a liar.\n" for n in range(4))
    path.write_text(f"id,thread_id,author,text\n{rows}9,t,Zelda,No.\n", encoding="utf-8")
    result = analyze(path, "--pseudonyms", tmp_path / "names.key", "--target", "Zelda")
    assert result.exit_code == 0, result.output
    assert result.stderr == ""
    assert "Zelda" not in (tmp_path / "out" / "page" / "run.json").read_text(encoding="utf-8")


def test_a_file_that_is_no_key_gets_one_line_and_nothing_is_analysed(analyze, tmp_path):
    key = tmp_path / "names.key"
    key.write_text("my own notes")
    result = analyze(PAGE, "--pseudonyms", key)
    assert result.exit_code == 2
    (line,) = result.stderr.splitlines()
    assert line.startswith(f"discourse: {key}: it holds no key")
    assert key.read_text() == "my own notes"
    assert not (tmp_path / "out").exists()


def test_a_review_is_not_used_where_its_run_would_be_replaced(analyze, tmp_path):
    assert analyze(PAGE).exit_code == 0
    folder = tmp_path / "out" / PAGE.stem
    with Journal(journal_path(folder), source_digests(folder)):
        pass
    before = read_tables(folder / "tables")["edits"]
    result = analyze(PAGE, "--with", folder)
    assert (result.exit_code, result.stdout) == (2, "")
    (line,) = result.stderr.splitlines()
    assert line.endswith("would take the place of the run that was reviewed. Give another --out.")
    assert read_tables(folder / "tables")["edits"].equals(before)


def test_labels_says_who_makes_them(tmp_path):
    def told(*options):
        words = ["analyze", str(PAGE), "--out", str(tmp_path / "out"), *options]
        return CliRunner().invoke(app, words)

    record = tmp_path / "out" / PAGE.stem / "run.json"
    fast = told("--labels", "fast")
    assert "labels           fast: " in fast.stdout
    assert "labels" not in json.loads(record.read_text(encoding="utf-8"))["settings"]
    best = told()
    assert "labels           best: " in best.stdout, best.output
    assert json.loads(record.read_text(encoding="utf-8"))["settings"]["labels"] == "best"
    assert told("--labels", "better").exit_code == 2
