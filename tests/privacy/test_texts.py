"""Texts left out of whole tables: no sentence stays, and what is told of them still holds."""

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.model import Event
from discourse.pipeline import analyse
from discourse.privacy import Key, pseudonymise, without_texts
from discourse.privacy.texts import MASK, mask
from discourse.report import render_report
from discourse.summary import headlines
from discourse.tables import ANNOTATIONS, ARTICLES, CLAIMS, CONTRACT, EVENTS, FAULTS, LOOPS, Tables, frame_of
from discourse.text.tokens import words_of
from tests.analysis.talk import say, talk

SHUT = "The pool was shut for three weeks, and nobody told us why it had to be."
LONG = "Nonsense, the pool was shut for two whole months. I have the notice from the door right here."


@pytest.fixture(scope="module")
def pool():
    """Build a finished thread of a quarrel that goes round in circles."""
    lines = []
    for _ in range(4):
        lines += [
            say("Marta", SHUT, "Tom"),
            say("Tom", f"> {SHUT}\n{LONG} Clearly nobody can count.", "Marta"),
        ]
    article = {"source_id": "t", "start_line": 1, "end_line": 3, "title": "Pool shut"}
    articles = frame_of(
        ARTICLES, [{**article, "text": "The mayor said the pool was shut for three weeks in all."}]
    )
    return analyse(talk(*lines).replace(articles=articles))


def runs(text):
    words = words_of(text)
    return set(zip(*(words[n:] for n in range(4)), strict=False))


def said(tables):
    return {run for text in [*tables["posts"]["text"], *tables["articles"]["text"]] for run in runs(text)}


def test_no_four_words_in_a_row_of_a_text_are_left_in_any_cell(pool):
    made = without_texts(pool)
    cells = [
        str(value) for frame in made.frames.values() for column in frame for value in frame[column].dropna()
    ]
    assert len(pool["loops"]) > 0
    assert not {run for cell in cells for run in runs(cell)} & said(pool)


def test_no_four_words_in_a_row_of_a_text_are_left_in_the_report(pool):
    page = render_report(without_texts(pool), {"run_id": "x", "settings": {"verbatim": False}})
    lines = html.unescape(re.sub(r"<[^>]*>", "\n", page)).splitlines()
    assert not {run for line in lines for run in runs(line)} & said(pool)


def test_numbers_labels_and_places_stay_what_they_were(pool):
    made = without_texts(pool)
    for name in CONTRACT:
        texts = {"text", "quote", "question", "detail", "entry", "attribute", "problem"}
        kept = [column for column in pool[name] if column not in texts]
        assert pool[name][kept].equals(made[name][kept]), name
    assert pool["posts"]["text"].str.len().equals(made["posts"]["text"].str.len())
    assert headlines(made)[:-1] == headlines(pool)[:-1]


def test_quotations_are_what_stands_at_their_offsets(pool):
    made = without_texts(pool)
    texts = dict(zip(made["posts"]["post_id"], made["posts"]["text"], strict=True))
    rows = list(made["annotations"].itertuples())
    assert rows
    assert all(texts[row.post_id][row.start : row.end] == row.quote for row in rows)
    article = made["articles"]["text"][0]
    assert all(article[row.start : row.end] == row.quote for row in made["context"].itertuples())


def test_leaving_texts_out_twice_is_leaving_them_out_once(pool):
    once = without_texts(pool)
    twice = without_texts(once)
    kept = [name for name in CONTRACT if name != "claims"]
    assert all(once[name].equals(twice[name]) for name in kept)


def test_pseudonyms_and_no_texts_go_together(pool):
    made = without_texts(pseudonymise(pool, Key(b"1" * 32)))
    assert made["authors"]["author"].tolist() == [Key(b"1" * 32).token(name) for name in ("Marta", "Tom")]
    assert set(made["posts"]["text"].str.replace(" ", "").map(set).map(tuple)) == {(MASK,)}


@given(st.text())
def test_a_mask_has_the_length_of_its_text_and_nothing_else_of_it(text):
    other = "x" * len(text)
    assert len(mask(text)) == len(text)
    assert mask(text) in (mask(other), text)
    assert "\n" not in mask("one\ntwo three")


def test_lines_of_a_mask_break():
    assert max(map(len, mask("x" * 1000).split())) < 10


def test_a_note_that_a_post_is_gone_stays():
    made = without_texts(talk(say("Ada", "[deleted]"), say("Bo", "")))
    assert made["posts"]["text"].tolist() == ["[deleted]", ""]


def test_claims_say_their_quantity_or_their_place():
    claim = {"annotator": "a@1", "thread_id": "t"}
    claims = [
        {
            **claim,
            "claim_id": "t:c1",
            "text": "it was shut for three weeks",
            "attribute": "pool",
            "value": "3 weeks",
        },
        {**claim, "claim_id": "t:c2", "text": SHUT},
        {**claim, "claim_id": "t:c3", "text": "nobody says this"},
    ]
    mark = {"layer": "claim", "label": "asserts", "target": "t:c2", "annotator": "a@1"}
    marks = [
        {**mark, "post_id": "t:1", "start": 4, "end": 9, "score": 0.4, "quote": SHUT[4:9]},
        {**mark, "post_id": "t:2", "start": 0, "end": 8, "score": 0.9, "quote": SHUT[:8]},
    ]
    loop = {"annotator": "a@1", "kind": "other", "state": "open", "turns": 2, "restatements": 0}
    loop |= {"empty_restatements": 0, "first_post": "t:1", "last_post": "t:2", "score": 1.0}
    loops = [
        {
            **loop,
            "loop_id": "t:l1",
            "question": "How long was the pool shut: 3 weeks or 2?",
            "claim_a": "t:c1",
        },
        {**loop, "loop_id": "t:l2", "question": f"True or not: “{SHUT[:30]} …”?", "claim_a": "t:c2"},
        {**loop, "loop_id": "t:l3", "question": "True or not: “nobody says this”?", "claim_a": "t:c3"},
    ]
    tables = talk(say("Ada", SHUT), say("Bo", SHUT)).replace(
        claims=frame_of(CLAIMS, claims),
        annotations=frame_of(ANNOTATIONS, marks),
        loops=frame_of(LOOPS, [{**row, "claim_b": row["claim_a"]} for row in loops]),
    )
    made = without_texts(tables)
    place = "post 2, signs 0 to 8"
    assert made["claims"]["text"].tolist() == [
        "pool: 3 weeks",
        f"(words left out, {place})",
        "(words left out)",
    ]
    assert made["loops"]["question"].tolist() == [
        "How long was the pool shut: 3 weeks or 2?",
        f"True or not: {place}?",
        "True or not: “…”?",
    ]


def test_a_column_that_nobody_knows_keeps_no_sentence_and_what_an_export_added_goes():
    tables = talk(say("Ada", SHUT, meta='{"title":"Pool"}'))
    tables = tables.replace(
        posts=tables["posts"].assign(note=f"a note: {SHUT.upper()} so there", place="north"),
        faults=frame_of(FAULTS, [{"stage": "x", "item_id": "t:1", "problem": f"KeyError: {SHUT!r}"}]),
    )
    made = without_texts(tables)
    row = made["posts"].iloc[0]
    assert row["note"] == "a note: THE POOL …. so there"
    assert row["place"] == "north"
    assert made["posts"]["meta"].isna().all()
    assert made["faults"]["problem"][0] == "KeyError: 'The pool ….'"


def test_an_event_keeps_its_words_masked_with_and_without_a_place():
    event = {"thread_id": "t", "post_id": "t:1", "kind": "grants", "annotator": "a@1", "score": 1.0}
    events = [
        Event(**event, number=1, start=0, end=8, quote=SHUT[:8]),
        Event(**event, number=2, quote="told us why it had to be"),
        Event(**event, number=3, detail="pool, weeks, door"),
    ]
    tables = Tables({**talk(say("Ada", SHUT)).frames, "events": frame_of(EVENTS, events)})
    made = without_texts(tables)["events"]
    assert set("".join(made["quote"].dropna())) == {MASK, " "}
    assert made["detail"][2] == "pool, weeks, door"
