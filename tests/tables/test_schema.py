"""A schema names every way in which a table breaks it."""

import pandas as pd
import pytest

from discourse.tables import CONTRACT, Column, Schema, frame_of

SCHEMA = Schema(
    "things",
    ("name",),
    (
        Column("name"),
        Column("kind", choices=("big", "small")),
        Column("size", "Int64", nullable=True, low=1, high=9),
        Column("share", "float64", low=0.0, high=1.0),
    ),
)


def things(**changes):
    row = {"name": "a", "kind": "big", "size": 3, "share": 0.5}
    return frame_of(SCHEMA, [row | changes])


def test_a_sound_table_has_no_faults():
    assert list(SCHEMA.faults(things())) == []


@pytest.mark.parametrize(
    ("table", "fault"),
    [
        (things().drop(columns="kind"), "column 'kind' is missing"),
        (things(name=None), "column 'name' is empty in 1 of 1 rows"),
        (things(kind="huge"), "column 'kind' holds ['huge'], which is none of ['big', 'small']"),
        (things(size=0), "column 'size' falls below 1"),
        (things(size=10), "column 'size' rises above 9"),
        (things(share=-0.1), "column 'share' falls below 0.0"),
        (things(share=1.1), "column 'share' rises above 1.0"),
        (things().astype({"size": "float64"}), "column 'size' holds float64, not Int64"),
        (pd.concat([things(), things()]), "two rows have the same name"),
    ],
)
def test_each_fault_is_named(table, fault):
    assert list(SCHEMA.faults(table)) == [fault]


def test_all_faults_are_named_at_once():
    assert len(list(SCHEMA.faults(things(kind="huge", size=0, share=2.0).drop(columns="name")))) == 4


def test_a_missing_value_is_no_fault_where_the_column_allows_it():
    assert list(SCHEMA.faults(things(size=None))) == []


@pytest.mark.parametrize("schema", CONTRACT.values(), ids=lambda schema: schema.name)
def test_an_empty_table_of_the_contract_keeps_it(schema):
    assert list(schema.faults(schema.empty())) == []
    assert list(schema.empty()) == schema.names
    assert set(schema.key) <= set(schema.names)


def test_columns_stand_as_the_contract_fixed_them():
    """Names and order are a promise to other programs: columns may only be added at the end."""
    promised = {
        "sources": "source_id uri reader reader_score stated_count found_count sha256",
        "posts": "post_id thread_id source_id position author addressee timestamp reply_to reply_evidence "
        "reply_score start_line end_line body_line lang text",
        "links": "post_id reply_to annotator evidence score",
        "articles": "source_id start_line end_line title date text",
        "annotations": "post_id start end layer label target annotator score quote detail also",
        "targets": "thread_id target aliases kind mentions",
        "stances": "thread_id author target annotator label favor_posts against_posts score",
        "camps": "thread_id author annotator camp score posts",
        "claims": "claim_id annotator thread_id text attribute value conflicts_with",
        "loops": "loop_id annotator question claim_a claim_b kind state turns restatements "
        "empty_restatements first_post last_post score",
        "turns": "loop_id post_id annotator turn author side role is_empty brought has_evidence novelty "
        "start end brought_start brought_end",
        "context": "loop_id source_id start end value attributed_to",
        "claim_context": "claim_id source_id start end value attributed_to quote",
        "events": "thread_id number post_id kind loop_id author annotator start end quote detail score",
        "authors": "thread_id author posts words replies_given replies_received",
        "summary": "unit_kind unit_id metric value unit",
        "edits": "edit_id annotator action post_id value",
        "coded": "post_id layer label annotator",
        "faults": "stage item_id problem",
    }
    assert list(CONTRACT) == list(promised)
    for name, columns in promised.items():
        assert CONTRACT[name].names[: len(columns.split())] == columns.split(), name
