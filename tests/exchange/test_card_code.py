"""The code on every card is run word for word, in the folder that it speaks of, on ids such as 001."""

import re

import pytest

from discourse.exchange.corpus import Choice
from discourse.exchange.formats import FORMATS, ExportOptions
from tests.exchange.exported import export, made, stored
from tests.exchange.made_run import AUTHORS, TEXTS, label, made_labels, post

_BLOCK = re.compile(r"^```python\n(.*?)^```", re.MULTILINE | re.DOTALL)
NEEDED = {
    "plain.csv": "pandas",
    "plain.jsonl": "pandas",
    "plain.parquet": "pandas",
    "huggingface": "datasets",
    "convokit": "convokit",
    "svmlight": "sklearn",
    "polis": "pandas",
    "sqlite": "pandas",
    "networks.gexf": "networkx",
    "networks.graphml": "networkx",
    "label_studio": "json",
    "doccano": "json",
    "inception": "cassis",
}
IDS = [f"{number:03}" for number in range(1, len(TEXTS) + 1)]


def renamed(row):
    """Return a row of the made-up run with ids that look like numbers."""
    names = ("post_id", "reply_to", "target")
    return {
        name: f"00{value[-1]}"
        if name in names and str(value).startswith("pier:") and value[-2] == ":"
        else value
        for name, value in row.items()
    }


@pytest.fixture
def run(tmp_path):
    posts = [renamed(post(number, text)) for number, text in enumerate(TEXTS, 1)]
    posts[1] |= {"thread_id": "0010", "author": "NA"}
    return stored(tmp_path / "007", posts, map(renamed, made_labels()))


def run_card(name, run, out, monkeypatch, **more):
    """Export, run the code of the card, and return what its names mean then."""
    written = export(name, run, out, **more)
    blocks = _BLOCK.findall(written.how)
    assert blocks, "a card without a line of code"
    if name in ("huggingface", "convokit"):
        monkeypatch.setenv("HF_HOME", str(out / ".home"))
        monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    monkeypatch.chdir(out)
    known = {}
    for block in blocks:
        exec(compile(block, f"card of {name}", "exec"), known)  # noqa: S102 - our own words
    return known


# one line of code on a card leaves its file for Python to close
@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("name", NEEDED)
def test_the_code_of_a_card_runs(name, run, tmp_path, monkeypatch):
    pytest.importorskip(NEEDED[name])
    run_card(name, run, tmp_path / "out", monkeypatch)


@pytest.mark.parametrize("name", ["plain.csv", "plain.jsonl", "plain.parquet", "polis", "sqlite"])
def test_ids_and_names_stay_as_they_are(name, run, tmp_path, monkeypatch):
    known = run_card(name, run, tmp_path / "out", monkeypatch)
    column = {"polis": ("posts", "post-id"), "sqlite": ("labels", "post_id")}.get(name, ("posts", "post_id"))
    assert set(known[column[0]][column[1]]) <= set(IDS)
    assert "001" in set(known[column[0]][column[1]])
    if name.startswith("plain"):
        posts = known["posts"]
        assert list(posts["post_id"]) == IDS
        assert list(posts["text"]) == list(TEXTS)
        assert posts["thread_id"][1] == "0010"
        assert list(posts["author"]) == [*AUTHORS[:1], "NA", *AUTHORS[2:]]


def test_numbers_of_the_wide_table_are_numbers_and_empty_where_nobody_looked(tmp_path, monkeypatch):
    text = "It was perhaps so."
    posts = [post(1, text), post(2, text) | {"lang": "de"}]
    run = stored(tmp_path / "run", posts, [label(1, "perhaps", text, "rhetoric", "hedge")])
    numbers = run_card("plain.csv", run, tmp_path / "out", monkeypatch)["numbers"]
    assert numbers["rhetoric.hedge"].tolist()[0] == 1
    assert numbers["rhetoric.hedge"].isna().tolist() == [False, True]
    assert numbers["rhetoric.hedge.score"][0] == 0.8


def test_a_card_without_any_label_runs_too(tmp_path, monkeypatch):
    run = stored(tmp_path / "run", [post(1, "Post 1.")])
    choice = Choice(layers=frozenset({"rhetoric"}))
    assert run_card("plain.csv", run, tmp_path / "out", monkeypatch, choice=choice)["numbers"].shape[1] == 0


@pytest.mark.parametrize("name", ["plain.csv", "polis"])
def test_the_code_on_a_marked_export_takes_the_marks_off(name, run, tmp_path, monkeypatch):
    options = ExportOptions(spreadsheet_safe=True)
    posts = run_card(name, run, tmp_path / "out", monkeypatch, options=options)["posts"]
    assert list(posts["post_id" if name == "plain.csv" else "post-id"]) == IDS
    if name == "plain.csv":
        assert list(posts["text"]) == list(TEXTS)
        assert not [column for column in posts if column.startswith("_")]


def test_the_card_of_a_marked_export_names_its_columns_as_they_are(run, tmp_path):
    how = export("plain.csv", run, tmp_path / "out", options=ExportOptions(spreadsheet_safe=True)).how
    assert "where this card says `post_id` or `quote`, the files have `_post_id`" in " ".join(how.split())
    head = (tmp_path / "out" / "posts.csv").read_text(encoding="utf-8-sig").split(",")[0]
    assert head == "_post_id"


@pytest.mark.parametrize("name", ["plain.csv", "plain.jsonl", "plain.parquet", "polis"])
def test_pandas_stands_on_cards_in_code_alone_that_is_run(name, run, tmp_path):
    how = export(name, run, tmp_path / "out").how
    assert not re.search(r"pandas\.read|pd\.read", _BLOCK.sub("", how))


@pytest.mark.parametrize("name", [one.module for one in FORMATS.values() if one.module not in NEEDED])
def test_other_cards_hold_no_code_that_is_not_tried(name, tmp_path):
    how = export(name, made(tmp_path / "run"), tmp_path / "out").how
    assert not _BLOCK.findall(how)
    assert "pandas" not in how
