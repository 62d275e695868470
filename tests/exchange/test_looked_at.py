"""No row means "none there" only where somebody looked: languages that no maker reads, markers of people."""

import csv
import json

import networkx
import pytest

from discourse.analysis.rhetoric.markers import LEXICONS, QUESTIONS, languages_of_labels
from discourse.exchange.corpus import Choice
from discourse.exchange.settled import languages_read, machine_looked, settled
from discourse.lexicon import load_lexicons
from discourse.model import Post
from tests.exchange.exported import answer, export, stored, thread
from tests.exchange.test_settled import labelled

LAYERS = ("reply", "rhetoric", "stance", "claim")


def in_language(lang):
    return Post(post_id="p", thread_id="t", source_id="s", position=1, author="Wren", text="Text", lang=lang)


@pytest.fixture
def run(tmp_path):
    """A run of an English, a German and an unknown post; one hedge by machine, one irony by a person."""
    posts = thread({1: None, 2: 1, 3: 1, 4: 1})
    languages = ("en", "de", None, "en")
    posts = [row | {"lang": lang} for row, lang in zip(posts, languages, strict=True)]
    hedge = answer(1, 1, "hedge", "hedges@4") | {"layer": "rhetoric", "target": None}
    irony = answer(4, 1, "irony", "human:ann") | {"layer": "rhetoric", "target": None}
    return stored(tmp_path / "run", posts, [hedge, irony])


def wide(folder):
    with (folder / "labels.csv").open(encoding="utf-8", newline="") as file:
        return {row["post_id"]: row for row in csv.DictReader(file)}


@pytest.mark.parametrize("layer", LAYERS)
def test_a_machine_looks_at_english_and_at_what_may_be_english(layer):
    looked = {lang: machine_looked(in_language(lang), layer, Choice()) for lang in ("en", None, "de")}
    assert looked == {"en": True, None: True, "de": False}


def test_quotations_are_looked_for_in_any_language():
    assert machine_looked(in_language("de"), "quote", Choice())


def test_a_machine_that_is_not_wanted_has_not_looked():
    people = Choice(makers=frozenset({"people"}))
    assert not machine_looked(in_language("en"), "rhetoric", people)


def test_markers_are_looked_for_in_the_languages_that_their_makers_name():
    known = languages_of_labels(load_lexicons(names=LEXICONS), load_lexicons(names=QUESTIONS))
    assert {label: languages_read("rhetoric", label) for label in known} == known
    assert languages_read("rhetoric") == frozenset().union(*known.values())


def test_nobody_looks_for_a_marker_that_no_maker_gives():
    assert not machine_looked(in_language("en"), "rhetoric", Choice(), "irony")


def test_a_post_that_no_machine_can_read_is_told_by_people_alone():
    german = labelled()
    german = type(german)(post=in_language("de"), run="r", annotations=(), coded=())
    assert [settled(german, layer, Choice()) for layer in LAYERS] == [None] * 4
    coded = ({"post_id": "p", "layer": "rhetoric", "label": None, "annotator": "human:ann"},)
    read = type(german)(post=german.post, run="r", annotations=(), coded=coded)
    assert settled(read, "rhetoric", Choice()) == frozenset()


def test_a_machine_that_says_nothing_of_a_stance_has_not_said_that_there_is_none():
    assert settled(labelled(), "stance", Choice()) is None
    assert settled(labelled(coded=[("stance", None, "human:ann")]), "stance", Choice()) == frozenset()


def test_the_wide_table_is_empty_where_nobody_looked(run, tmp_path):
    export("plain.csv", run, tmp_path / "out")
    found = wide(tmp_path / "out")
    assert [found[f"pier:{n}"]["rhetoric.hedge"] for n in (1, 2, 3, 4)] == ["1", "", "0", "0"]
    assert found["pier:2"]["rhetoric.hedge.by"] == ""
    assert [found[f"pier:{n}"]["stance.favor"] for n in (1, 2, 3)] == ["[]", "", "[]"]


def test_a_marker_that_a_person_alone_gave_is_0_in_no_post_that_only_a_machine_saw(run, tmp_path):
    export("plain.csv", run, tmp_path / "out")
    found = wide(tmp_path / "out")
    assert [found[f"pier:{n}"]["rhetoric.irony"] for n in (1, 2, 3, 4)] == ["", "", "", "1"]


def test_a_lexicon_of_the_user_s_own_is_believed_to_read_the_languages_that_it_marks(tmp_path):
    posts = [row | {"lang": "de"} for row in thread({1: None, 2: 1})]
    own = answer(1, 1, "floskel", "floskeln@1") | {"layer": "rhetoric", "target": None}
    export("plain.csv", stored(tmp_path / "run", posts, [own]), tmp_path / "out")
    assert [row["rhetoric.floskel"] for row in wide(tmp_path / "out").values()] == ["1", "0"]


@pytest.mark.parametrize("name", ["fasttext", "svmlight"])
def test_posts_that_no_machine_can_read_are_no_negative_examples(run, tmp_path, name):
    written = export(name, run, tmp_path / "out")
    ids = "train.ids.txt" if name == "fasttext" else "rows.txt"
    lines = {
        layer: (tmp_path / "out" / layer / ids).read_text(encoding="utf-8").split()
        for layer in ("rhetoric", "stance", "claim")
    }
    read = ["pier:1", "pier:3", "pier:4"]
    assert lines == {"rhetoric": read, "stance": [], "claim": read}
    assert "People alone gave `rhetoric/irony`" in " ".join(written.how.split())


def test_networks_count_no_labels_where_nobody_looked(run, tmp_path):
    export("networks.gexf", run, tmp_path / "out")
    posts = networkx.read_gexf(tmp_path / "out" / "posts.gexf").nodes.values()
    assert [node.get("rhetoric_labels") for node in posts] == [1, None, 0, 1]
    assert [node.get("quote_labels") for node in posts] == [0, 0, 0, 0]


def test_an_answer_that_a_person_rejected_is_none(tmp_path):
    from discourse.labels.decisions import Decision, text_hash
    from discourse.labels.journal import Journal, journal_path
    from tests.exchange.made_run import SHA

    run = stored(tmp_path / "run", thread({1: None, 2: 1}), [answer(2, 1, "agree")])
    value = {"layer": "reply", "label": "agree", "target": "pier:1", "start": 0, "end": 7}
    value |= {"annotator": "agreement@4"}
    digest = text_hash("Post 2.")
    with Journal(journal_path(run), [SHA]) as journal:
        journal.append(
            "human:ann", [Decision(kind="reject", post_id="pier:2", text_hash=digest, value=value)]
        )
    for name in ("plain.csv", "spacy", "polis", "convokit"):
        export(name, run, tmp_path / name)
    assert wide(tmp_path / "plain.csv")["pier:2"]["reply.label"] == ""
    docs = (tmp_path / "spacy" / "docs.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(docs[1])["cats"] == {}
    assert len((tmp_path / "polis" / "votes.csv").read_text(encoding="utf-8").splitlines()) == 1
    said = (tmp_path / "convokit" / "utterances.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(said[1])["meta"]["answer"] is None
