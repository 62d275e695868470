"""Lines that become a DocBin: places in code points, one answer as categories."""

import json
import subprocess
import sys

import pytest

from discourse.exchange.corpus import Choice
from tests.exchange.exported import export, made
from tests.exchange.made_run import TEXTS


def docs(folder):
    with (folder / "docs.jsonl").open(encoding="utf-8", newline="\n") as lines:
        return [json.loads(line) for line in lines]


@pytest.fixture
def out(tmp_path):
    export("spacy", made(tmp_path / "run", people=True), tmp_path / "out")
    return tmp_path / "out"


def test_texts_are_exact_and_each_post_is_one_line(out):
    assert [doc["text"] for doc in docs(out)] == list(TEXTS)


def test_spans_lie_by_layer_at_their_places(out):
    doc = docs(out)[0]
    found = {
        layer: {(row["label"], doc["text"][row["start"] : row["end"]]) for row in rows}
        for layer, rows in doc["spans"].items()
    }
    assert found == {
        "rhetoric": {("evidence", "10 days")},
        "claim": {("asserts", "shut for 10 days")},
        "stance": {("against", "Clearly the council forgot it.")},
    }


def test_every_maker_keeps_its_spans(out):
    rows = docs(out)[7]["spans"]["rhetoric"]
    assert {"hedges@4", "human:ann"} <= {row["annotator"] for row in rows}


def test_one_answer_becomes_categories_people_before_machines(out):
    doc = docs(out)[1]
    assert {row["label"] for row in doc["spans"]["reply"]} == {"agree", "disagree"}
    assert doc["cats"] == {"reply/agree": 0.0, "reply/disagree": 1.0, "reply/neither": 0.0}


def test_stances_are_categories_of_their_target_and_rivals_are_not(out):
    target = 'Pier council %2F works → "both", 50%25'
    assert docs(out)[0]["cats"] == {
        f"stance/favor → {target.replace('→', '%E2%86%92')}": 0.0,
        f"stance/against → {target.replace('→', '%E2%86%92')}": 1.0,
        f"stance/none → {target.replace('→', '%E2%86%92')}": 0.0,
    }


def test_who_looked_for_what_goes_along(out):
    assert {"layer": "reply", "label": None, "annotator": "human:bo"} in docs(out)[6]["meta"]["coded"]


def test_layers_and_makers_follow_the_choice(tmp_path):
    choice = Choice(layers=frozenset({"stance"}), makers=frozenset({"people"}))
    export("spacy", made(tmp_path / "run", people=True), tmp_path / "out", choice=choice)
    assert all(doc["spans"] == {} and doc["cats"] == {} for doc in docs(tmp_path / "out"))


def test_the_script_beside_it_is_python_and_makes_a_docbin_where_spacy_is(out):
    compile((out / "to_docbin.py").read_text(encoding="utf-8"), "to_docbin.py", "exec")
    spacy = pytest.importorskip("spacy")
    from spacy.tokens import DocBin

    command = [sys.executable, "to_docbin.py", "docs.jsonl", "docs.spacy", "xx"]
    ran = subprocess.run(command, cwd=out, capture_output=True, text=True, check=True)
    assert ran.stdout.startswith("8 posts; ")
    made_docs = list(DocBin().from_disk(out / "docs.spacy").get_docs(spacy.blank("xx").vocab))
    assert [doc.text for doc in made_docs] == list(TEXTS)
    for doc, record in zip(made_docs, docs(out), strict=True):
        assert {layer: len(spans) for layer, spans in doc.spans.items()} == {
            layer: len(rows) for layer, rows in record["spans"].items()
        }
        assert doc.cats == record["cats"]
