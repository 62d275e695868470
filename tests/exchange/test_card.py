"""The data card: what an export holds, for people, for programs and for the hub that reads its YAML."""

import json

from discourse.exchange.card import card_facts, card_page
from discourse.exchange.corpus import Corpus
from discourse.exchange.formats import FORMATS, ExportOptions, Written
from tests.exchange.made_run import AUTHORS, RECORD, TEXTS, add_people, store_run


def card(tmp_path, record=RECORD, **options):
    run = add_people(store_run(tmp_path / "pier", record=record))
    with Corpus([run]) as corpus:
        list(corpus.posts())
        given = ExportOptions(**options)
        written = Written(how="Open it.", front={"configs": [{"config_name": "default"}]})
        return card_page(corpus, FORMATS["csv"], given, written), card_facts(corpus, FORMATS["csv"], given)


def front(page):
    """Read the head as JSON, line by line: a part of YAML that needs no reader of YAML."""
    lines = page.split("---\n")[1].splitlines()
    return {name: json.loads(value) for name, value in (line.split(": ", 1) for line in lines)}


def test_the_head_says_who_labelled_and_under_which_licence(tmp_path):
    head = front(card(tmp_path, licence="cc-by-4.0", title='Pier: "posts"')[0])
    assert head["annotations_creators"] == ["machine-generated", "expert-generated"]
    assert head["license"] == "cc-by-4.0"
    assert head["pretty_name"] == 'Pier: "posts"'
    assert head["language"] == ["en"]
    assert head["size_categories"] == ["n<1K"]
    assert head["configs"] == [{"config_name": "default"}]


def test_an_unknown_licence_is_said_to_be_unknown(tmp_path):
    page, facts = card(tmp_path)
    assert front(page)["license"] == "unknown"
    assert "not known to us" in page
    assert facts["licence"] is None


def test_it_carries_the_run_id_and_counts_labels_by_maker(tmp_path):
    page, facts = card(tmp_path)
    assert facts["run_ids"] == [RECORD["run_id"]]
    assert RECORD["run_id"] in page
    assert facts["posts"] == len(TEXTS)
    hedges = {row["annotator"]: row["rows"] for row in facts["labels"] if row["label"] == "hedge"}
    assert hedges == {"hedges@4": 6, "human:ann": 5, "human:bo": 4}
    assert "| rhetoric | hedge | 15 | hedges@4, human:ann, human:bo |" in page


def test_it_names_no_author_and_quotes_no_post(tmp_path):
    page, facts = card(tmp_path)
    said = page + json.dumps(facts, ensure_ascii=False)
    assert [name for name in AUTHORS if len(name) > 3 and name in said] == []
    assert "three weeks" not in said


def test_it_has_a_section_on_personal_data_that_tells_names_from_pseudonyms(tmp_path):
    assert "Names of authors stand here" in card(tmp_path / "a")[0]
    hidden = {**RECORD, "settings": {"pseudonyms": "abc", "verbatim": False}}
    page = card(tmp_path / "b", record=hidden)[0]
    assert "Authors bear keyed pseudonyms" in page
    assert "What people wrote is left out." in page


def test_it_prints_the_error_rates_of_the_labels_that_are_there(tmp_path):
    rates = {"hedge": "118 of 150 were right", "sarcasm": "never seen here", "layer.reply": "4 of 5"}
    page = card(tmp_path, record={**RECORD, "error_rates": rates})[0]
    assert "- hedge: 118 of 150 were right" in page
    assert "- reply: 4 of 5" in page
    assert "never seen here" not in page


def test_a_title_is_no_markup(tmp_path):
    page = card(tmp_path, title="<img src=x onerror=alert(1)>\n## Faked | heading")[0]
    body = page.split("---\n", 2)[2]
    assert "<img" not in body
    assert "\n## Faked" not in body


def test_the_same_run_gives_the_same_card(tmp_path):
    assert card(tmp_path / "a") == card(tmp_path / "b")
