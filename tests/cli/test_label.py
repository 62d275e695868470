"""`discourse label`, `train` and `evaluate`: options in, files and plain words out."""

import csv
import json

import pytest
from typer.testing import CliRunner

from discourse.cli import app
from tests.learn.made_labels import made_rows, write


def run(*words):
    return CliRunner().invoke(app, [*map(str, words)])


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    home = tmp_path_factory.mktemp("labels")
    write(home / "labels.csv", made_rows(80))
    write(home / "plain.csv", [{"id": n, "body": row["text"]} for n, row in enumerate(made_rows(20, seed=4))])
    return home


@pytest.fixture(scope="module")
def trained(home):
    words = ("train", "view", home / "labels.csv", "--thread-column", "thread", "--folds", "3", "--seed", "5")
    result = run(*words, "--licence", "CC0-1.0", "--date", "2026-11-22", "--out", home / "model")
    assert result.exit_code == 0, result.output
    return result


def test_training_says_how_good_it_is_beside_baselines(trained, home):
    for words in ("80 of 24 threads", "macro-F1", "most common", "word lists", "against", "calibration"):
        assert words in trained.stdout
    card = json.loads((home / "model" / "card.json").read_text(encoding="utf-8"))
    assert (card["seed"], card["date"], card["split"]["folds"]) == (5, "2026-11-22", 3)


def test_evaluating_takes_the_label_column_from_the_task(trained, home, tmp_path):
    others = write(tmp_path / "others.csv", made_rows(40, seed=8))
    result = run("evaluate", home / "model", others, "--out", tmp_path / "figures")
    assert result.exit_code == 0, result.output
    assert "macro-F1" in result.stdout
    assert (tmp_path / "figures" / "evaluation.html").is_file()


def test_labelling_writes_a_row_for_a_row(trained, home, tmp_path):
    out = tmp_path / "out.csv"
    result = run(
        "label", home / "plain.csv", "--text-column", "body", "--model", home / "model", "--out", out
    )
    assert result.exit_code == 0, result.output
    assert "20 rows, 4 new columns" in result.stdout
    with out.open(encoding="utf-8", newline="") as file:
        assert [row["id"] for row in csv.DictReader(file)] == [str(n) for n in range(20)]


def test_one_row_is_one_row_and_long_names_are_cut_with_a_sign(trained, home, tmp_path):
    one = write(tmp_path / "one.csv", [{"text": "Never."}])
    result = run("label", one, "--layers", "rhetoric", "--out", tmp_path / "out.csv", "--labels", "fast")
    assert "1 row, 24 new columns" in result.stdout
    assert "rhetoric." not in result.stderr  # every marker has a maker, so no column stays empty
    names = {"for": "a label with a long name", "against": "no", "unsure": "a label with a long nose"}
    rows = [{**row, "view": names[row["view"]]} for row in made_rows(80)]
    long = write(tmp_path / "long.csv", rows)
    result = run("train", "view", long, "--folds", "2", "--out", tmp_path / "m")
    assert result.exit_code == 0, result.output
    assert sum("a label with a … " in line for line in result.stdout.splitlines()) == 2
    said = write(tmp_path / "said.csv", [{**row, "view": names[row["view"]]} for row in made_rows(1, seed=3)])
    result = run("evaluate", tmp_path / "m", said)
    assert result.exit_code == 0, result.output
    assert "1 rows" not in result.output
    assert "too few rows to judge by" in result.stdout


def test_a_date_that_is_none_is_named(home, tmp_path):
    result = run("train", "view", home / "labels.csv", "--date", "today", "--out", tmp_path / "m")
    assert (result.exit_code, result.stderr.count("\n"), list(tmp_path.iterdir())) == (2, 1, [])
    assert "--date: 'today' is no date" in result.stderr


def test_layers_are_named_with_commas(home, tmp_path):
    out = tmp_path / "out.tsv"
    table = write(
        tmp_path / "in.csv", [{"text": "No, that is wrong.", "p": "It is so.", "t": "the plan"}] * 3
    )
    result = run(
        "label",
        table,
        "--parent-column",
        "p",
        "--target-column",
        "t",
        "--layers",
        "reply, stance",
        "--out",
        out,
    )
    assert result.exit_code == 0, result.output
    header = out.read_text(encoding="utf-8").splitlines()[0].split("\t")
    scores = ("agree", "disagree", "neither"), ("favor", "against", "none")
    reply, stance = (
        [f"{layer}.{name}" for name in names]
        for layer, names in zip(("reply", "stance"), scores, strict=True)
    )
    # without --labels, a small table is read by the neural reader too, where its extra is there
    assert header[3:] == [*reply, "reply", "reply.made_by", *stance, "stance", "stance.made_by"]


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (("label", "{home}/nothing.csv", "--out", "{tmp}/o.csv"), "there is no such file"),
        (("label", "{home}/plain.csv", "--out", "{tmp}/o.csv"), "no column 'text'"),
        (
            ("label", "{home}/plain.csv", "--text-column", "body", "--out", "{tmp}/o.xls"),
            "what kind of table",
        ),
        (
            (
                "label",
                "{home}/plain.csv",
                "--text-column",
                "body",
                "--layers",
                "mood",
                "--out",
                "{tmp}/o.csv",
            ),
            "mood",
        ),
        (
            (
                "label",
                "{home}/plain.csv",
                "--text-column",
                "body",
                "--model",
                "{home}",
                "--out",
                "{tmp}/o.csv",
            ),
            "card.json",
        ),
        (("train", "mood", "{home}/labels.csv", "--out", "{tmp}/m"), "no column 'mood'"),
        (
            ("train", "view", "{home}/plain.csv", "--text-column", "body", "--out", "{tmp}/m"),
            "no column 'view'",
        ),
        (("train", "view", "{home}/labels.csv", "--label-column", "author", "--out", "{tmp}/m"), "the label"),
        (("evaluate", "{tmp}", "{home}/labels.csv"), "card.json"),
        (("evaluate", "{home}/model", "{home}/plain.csv", "--text-column", "body"), "no column 'view'"),
    ],
)
def test_what_the_user_can_mend_is_one_line_and_nothing_is_written(trained, home, tmp_path, words, problem):
    result = run(*(word.format(home=home, tmp=tmp_path) for word in words))
    assert result.exit_code == 2
    assert problem in result.stderr
    assert result.stderr.count("\n") == 1
    assert result.stdout == ""
    assert list(tmp_path.iterdir()) == []


def test_names_cannot_move_the_terminals_cursor(tmp_path):
    table = write(tmp_path / "in.csv", [{"\x1b[31mred": "a"}])
    result = run("label", table, "--out", tmp_path / "o.csv")
    assert result.exit_code == 2
    assert "\x1b" not in result.stderr


@pytest.mark.parametrize("command", ["label", "train", "evaluate"])
def test_help_gives_an_example(command):
    result = run(command, "--help")
    assert result.exit_code == 0
    assert f"Example:  discourse {command}" in " ".join(result.stdout.split()).replace(
        "Example: ", "Example:  "
    )
