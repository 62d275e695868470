"""Records and rows say the same."""

from datetime import UTC, datetime, timedelta, timezone
from math import nan

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from discourse.model import Annotation, Link, Post, Turn
from discourse.tables import (
    ANNOTATIONS,
    FAULTS,
    LINKS,
    POSTS,
    TURNS,
    format_time,
    frame_of,
    frame_of_columns,
    parse_time,
    rows_of,
)
from discourse.tables.rows import sound

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
maybe = st.none() | words.filter(bool)  # an empty text counts as missing where one may be
counts = st.integers(1, 10**6)
shares = st.floats(0, 1).map(lambda value: round(value, 4))
moments = st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)).map(
    lambda moment: moment.replace(microsecond=0)
)
posts = st.builds(
    Post,
    post_id=words,
    thread_id=words,
    source_id=words,
    position=counts,
    author=words,
    text=words,
    addressee=maybe,
    timestamp=st.none() | moments,
    addressee_time=st.none() | moments,
    reply_to=maybe,
    reply_evidence=st.sampled_from(["explicit", "none"]),
    reply_score=st.none() | shares,
    start_line=st.none() | counts,
)
turns = st.builds(
    Turn,
    loop_id=words,
    post_id=words,
    annotator=words,
    turn=counts,
    author=words,
    side=st.sampled_from("ab"),
    role=st.sampled_from(["assertion", "restatement"]),
    is_empty=st.booleans(),
    has_evidence=st.booleans(),
    novelty=shares,
    start=counts,
    end=counts,
    brought=maybe,
)


@settings(max_examples=20)
@given(st.lists(posts, max_size=4))
def test_posts_come_back_from_their_rows(records):
    assert list(rows_of(Post, frame_of(POSTS, records))) == records


@settings(max_examples=20)
@given(st.lists(turns, max_size=4))
def test_turns_come_back_from_their_rows_with_real_yes_and_no(records):
    assert list(rows_of(Turn, frame_of(TURNS, records))) == records


texts, numbers, some = st.text(max_size=2), st.integers(-3, 9), st.none() | st.just(nan)
MIXED = {
    "str": st.one_of(texts, some, numbers, st.booleans(), st.floats(0, 1)),
    "Int64": st.one_of(numbers, some, st.just(1.0)),
    "float64": st.one_of(st.floats(0, 1), some, numbers),
    "boolean": st.booleans() | some,
}
ALIKE = {"str": texts | st.none(), "Int64": numbers, "float64": st.floats(0, 1), "boolean": st.booleans()}


@settings(max_examples=150)
@given(st.data(), st.sampled_from([ANNOTATIONS, TURNS, LINKS]), st.sampled_from([MIXED, ALIKE]))
def test_a_column_holds_what_a_series_of_its_values_would(data, schema, values):
    names = {
        column.name: data.draw(st.lists(values[column.dtype], min_size=2, max_size=2))
        for column in schema.columns
    }
    table = frame_of_columns(schema, names)
    for column in schema.columns:
        # what no file can hold is replaced beforehand
        plain = [sound(value) if isinstance(value, str) else value for value in names[column.name]]
        series = pd.Series(plain).astype(column.dtype)
        if column.dtype == "float64":
            series = series.round(4)
        elif column.nullable and column.dtype == "str":
            series = series.mask(series == "")
        pd.testing.assert_series_equal(table[column.name], series, check_names=False, check_exact=True)


def test_changing_a_table_without_rows_changes_no_other():
    table = LINKS.empty()
    table["more"] = []
    table["score"] = table["score"].astype("str")
    assert list(LINKS.empty()) == LINKS.names
    assert not list(LINKS.faults(LINKS.empty()))


def test_a_table_without_rows_keeps_its_schema():
    assert not list(LINKS.faults(frame_of(LINKS, [])))


def test_scores_are_rounded_before_anything_is_decided_on_them():
    table = frame_of(LINKS, [Link(post_id="b", reply_to="a", annotator="x", evidence="none", score=0.123456)])
    assert table["score"].tolist() == [0.1235]


def test_columns_beyond_the_schema_are_kept_whichever_row_brings_them():
    row = {"post_id": "b", "reply_to": "a", "annotator": "x", "evidence": "none", "score": 1.0}
    table = frame_of(LINKS, [row, {**row, "post_id": "c", "why": "because"}])
    assert list(table) == [*LINKS.names, "why"]
    assert table["why"].isna().tolist() == [True, False]


def test_an_empty_text_is_a_missing_one_where_one_may_be():
    post = Post(post_id="p", thread_id="t", source_id="s", position=1, author="", text="", addressee="")
    (back,) = rows_of(Post, frame_of(POSTS, [post]))
    assert (back.author, back.text, back.addressee) == ("", "", None)


def test_columns_stand_in_the_order_of_the_schema_whatever_the_order_of_the_row():
    row = {"score": 1.0, "evidence": "none", "post_id": "b", "annotator": "x", "reply_to": "a"}
    assert list(frame_of(LINKS, [row])) == LINKS.names


def test_a_column_that_the_record_does_not_know_is_left_out():
    row = {"post_id": "b", "reply_to": "a", "annotator": "x", "evidence": "none", "score": 1.0, "why": "w"}
    assert next(rows_of(Link, frame_of(LINKS, [row]))).reply_to == "a"


def test_an_annotation_without_target_has_none_and_not_nan():
    row = Annotation(post_id="p", start=0, end=1, layer="rhetoric", label="hedge", annotator="a@1", quote="x")
    (back,) = rows_of(Annotation, frame_of(ANNOTATIONS, [row]))
    assert back == row
    assert back.target is None


def test_moments_are_written_in_utc():
    tokyo = timezone(timedelta(hours=9))
    assert format_time(datetime(2026, 3, 1, 7, 56, tzinfo=tokyo)) == "2026-02-28T22:56:00Z"


@pytest.mark.parametrize("text", [None, "2026-02-28T22:56:00Z"])
def test_moments_are_read_as_they_were_written(text):
    assert format_time(parse_time(text)) == text


def test_lone_surrogates_become_replacement_characters_and_pairs_stay():
    row = {"stage": "read", "item_id": "a\ud83d", "problem": "x \ud83d\ude00 é"}
    kept = frame_of(FAULTS, [row]).iloc[0]
    assert (kept["item_id"], kept["problem"]) == ("a\ufffd", "x \U0001f600 é")
