"""`discourse sample`: runs in, a list of posts to label and plain words out."""

import csv
import json

import pytest
from typer.testing import CliRunner

from discourse.cli import app
from discourse.labels.decisions import Decision, text_hash
from discourse.labels.journal import Journal, journal_path
from discourse.labels.sampling import read_post_ids
from tests.exchange.exported import made, stored, thread
from tests.exchange.made_run import SHA


def run(*words):
    return CliRunner().invoke(app, ["sample", *map(str, words)])


def table(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    home = tmp_path_factory.mktemp("sample")
    made(home / "pier")
    made(home / "coded", people=True)
    quay = [
        row | {"post_id": f"quay:{n}", "thread_id": "quay"}
        for n, row in enumerate(thread({1: None, 2: None}))
    ]
    stored(home / "quay", quay)
    return home


def test_it_writes_posts_and_says_how_many_of_which_part(home, tmp_path):
    out = tmp_path / "next.csv"
    result = run(home / "pier", "--n", "4", "--out", out)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.splitlines() == [
        f"4 posts from 1 thread: {out}",
        "  uncertainty   3 posts",
        "  random        1 post, of 7 that could be drawn",
        "  left out: 1 post without text",
        f"Next: label them with  discourse review {home / 'pier'} --posts {out}",
        'For shares of all posts, use the rows with the part "random" alone.',
    ]
    rows = table(out)
    assert list(rows[0]) == "post_id thread_id run part probability layer coded reason text".split()
    assert {row["probability"] for row in rows} == {"", "0.142857"}
    assert all(row["reason"].startswith("score 0.") for row in rows if row["part"] == "uncertainty")


def test_several_runs_are_drawn_from_together(home, tmp_path):
    out = tmp_path / "next.csv"
    result = run(home / "pier", home / "quay", "--n", "6", "--by", "diversity", "--out", out)
    assert result.exit_code == 0, result.output
    assert {row["run"] for row in table(out)} == {"pier", "quay"}
    assert result.stdout.splitlines()[-3:-1] == [
        f"Next: label them with  discourse review {home / 'pier'} --posts {out}",
        f"                       discourse review {home / 'quay'} --posts {out}",
    ]


def test_each_run_of_a_folder_is_named_for_a_review_if_any_of_its_posts_was_drawn(tmp_path):
    for name in "abcde":
        ids = {"post_id": f"{name}:1", "thread_id": name}
        stored(tmp_path / "runs" / name, [row | ids for row in thread({1: None})])
    out = tmp_path / "next.csv"
    for number in (2, 4, 5):
        result = run(tmp_path / "runs", "--by", "random", "--n", number, "--out", out)
        drawn = sorted({row["run"] for row in table(out)})
        assert len(drawn) == number
        told = [f"discourse review {tmp_path / 'runs' / name} --posts {out}" for name in drawn]
        lines = [line for line in result.stdout.splitlines() if "discourse review" in line]
        assert [line.partition("  ")[2].strip() for line in lines] == told[:3]
        assert (f"and {number - 3} more" in result.stdout) == (number > 3)


@pytest.mark.parametrize("way", ["uncertainty", "diversity", "random", "disagreement"])
def test_the_same_seed_gives_the_same_bytes(home, tmp_path, way):
    for name in ("a.jsonl", "b.jsonl"):
        words = ("--n", "3", "--by", way, "--seed", "7", "--out", tmp_path / name)
        assert run(home / "pier", *words).exit_code == 0
    assert (tmp_path / "a.jsonl").read_bytes() == (tmp_path / "b.jsonl").read_bytes()


def test_what_people_have_coded_is_left_out_and_what_they_differ_on_is_found(home, tmp_path):
    result = run(home / "coded", "--by", "random", "--out", tmp_path / "a.csv")
    assert result.exit_code == 2
    assert "people have coded every post that has a text. Draw from these too: --keep-coded" in result.stderr
    result = run(home / "coded", "--by", "disagreement", "--random-share", "0", "--out", tmp_path / "a.csv")
    assert result.exit_code == 0, result.output
    reasons = {row["post_id"]: row["reason"] for row in table(tmp_path / "a.csv")}
    assert reasons["pier:3"].startswith("human:ann gives hedge, human:bo looked and does not")
    assert reasons["pier:2"].startswith("agreement@4 says agree, human:ann says disagree")
    kept = run(home / "coded", "--keep-coded", "--n", "3", "--out", tmp_path / "b.jsonl")
    assert kept.exit_code == 0, kept.output
    assert len(read_post_ids(tmp_path / "b.jsonl")) == 3


def test_coded_posts_of_the_random_part_are_told_as_done(tmp_path):
    folder = stored(tmp_path / "pier", thread(dict.fromkeys(range(1, 11))))
    read = {"layer": "rhetoric", "label": None}
    with Journal(journal_path(folder), [SHA]) as journal:
        for number in (1, 2, 3, 4):
            text = text_hash(f"Post {number}.")
            decision = Decision(kind="read", post_id=f"pier:{number}", text_hash=text, value=read)
            journal.append("human:ann", [decision])
    words = ("--layer", "rhetoric", "--n", "10", "--out", tmp_path / "a.csv")
    result = run(folder, "--by", "random", *words)
    assert "  random        10 posts, of 10 that could be drawn; 4 of them coded already" in result.stdout
    assert "left out" not in result.stdout
    rows = table(tmp_path / "a.csv")
    assert {row["post_id"] for row in rows if row["coded"]} == {f"pier:{number}" for number in (1, 2, 3, 4)}
    assert {row["coded"] for row in rows} == {"", "rhetoric"}
    chosen = run(folder, "--by", "diversity", "--n", "4", "--out", tmp_path / "b.csv")
    assert "  left out of diversity: 4 posts that people have coded" in chosen.stdout


def test_layers_may_be_given_with_commas_or_again(home, tmp_path):
    words = ("--layer", "rhetoric,stance", "--layer", "claim", "--n", "4", "--out", tmp_path / "a.jsonl")
    assert run(home / "pier", *words).exit_code == 0
    lines = (tmp_path / "a.jsonl").read_text(encoding="utf-8").splitlines()
    layers = {row["part"]: row["layer"] for row in map(json.loads, lines)}
    assert layers["random"] == "claim rhetoric stance"
    assert layers["uncertainty"] in ("claim", "rhetoric", "stance")


def test_asking_for_more_than_there_are_takes_all_and_says_so(home, tmp_path):
    result = run(home / "quay", "--out", tmp_path / "a.csv")
    assert "200 were asked for, and there are no more that can be drawn so." in result.stdout
    assert len(table(tmp_path / "a.csv")) == 2


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--out", "a.txt"), "--out: 'a.txt' is neither .csv nor .jsonl"),
        (("--out", "a.csv", "--by", "luck"), "--by: there is no way 'luck'"),
        (("--out", "a.csv", "--n", "0"), "--n: 0 posts are none"),
        (("--out", "a.csv", "--layer", "mood\x1b[2J"), "--layer: there is no layer"),
        (("--out", "a.csv", "--random-share", "0.01"), "--random-share"),
    ],
)
def test_what_cannot_be_is_one_line_and_nothing_is_written(home, tmp_path, monkeypatch, words, told):
    monkeypatch.chdir(tmp_path)
    result = run(home / "pier", *words)
    assert (result.exit_code, result.stderr.count("\n"), list(tmp_path.iterdir())) == (2, 1, [])
    assert told in result.stderr
    assert "\x1b" not in result.stderr


def test_a_folder_that_is_no_run_is_named(tmp_path):
    result = run(tmp_path, "--out", tmp_path / "a.csv")
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert "no run stands here" in result.stderr


def test_help_has_an_example():
    assert "Example:  discourse sample" in run("--help").stdout
