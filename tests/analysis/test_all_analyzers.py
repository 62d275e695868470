"""What holds for every analyser, whatever it looks for."""

import pandas as pd
import pytest

from discourse.analysis.base import maker
from discourse.analysis.registry import ANALYZERS, in_order
from discourse.analysis.replies.replies import fill_in
from discourse.ingest import read_source
from discourse.tables import CONTRACT, Tables
from tests.conftest import SAMPLES

IDS = [analyzer.name for analyzer in ANALYZERS]


@pytest.fixture(scope="module")
def runs():
    """For each analyser the tables that it is given, of all sample pages together, and what it returns."""
    tables = Tables.concat([read_source(page) for page in SAMPLES])
    found = {}
    for analyzer in in_order(ANALYZERS):
        before = Tables({name: tables[name].copy(deep=True) for name in tables.names()})
        rows = analyzer.analyze(tables)
        found[analyzer.name] = (before, tables, rows)
        tables = Tables.concat([tables, rows])
        if "links" in analyzer.assigns:
            tables = fill_in(tables)
    return found


@pytest.fixture
def given(runs, analyzer):
    return runs[analyzer.name][1]


@pytest.fixture
def rows(runs, analyzer):
    return runs[analyzer.name][2]


every_analyzer = pytest.mark.parametrize("analyzer", ANALYZERS, ids=IDS)


def assert_same_rows(one, other):
    assert one.names() == other.names()
    for name in one.names():
        pd.testing.assert_frame_equal(one[name], other[name], check_exact=True, obj=name)


def keyed(tables):
    """Sort every table by its key: threads may come in any order, rows of one thread may not differ."""
    return Tables(
        {
            name: tables[name].sort_values(list(CONTRACT[name].key), ignore_index=True, kind="stable")
            for name in tables.names()
            if len(tables[name])
        }
    )


@every_analyzer
def test_thread_by_thread_equals_all_at_once(analyzer, given, rows):
    parts = Tables.concat(analyzer.analyze(thread) for thread in given.by_thread())
    assert_same_rows(keyed(parts), keyed(rows))


@every_analyzer
def test_the_tables_given_are_left_as_they_were(analyzer, runs):
    before, after, _ = runs[analyzer.name]
    assert_same_rows(before, after)


@every_analyzer
def test_what_comes_out_keeps_the_contract(analyzer, rows):
    rows.check(analyzer.name)


@every_analyzer
def test_only_what_is_assigned_is_written(analyzer, rows):
    tables = {assigned.partition(":")[0] for assigned in analyzer.assigns}
    layers = {assigned.partition(":")[2] for assigned in analyzer.assigns if ":" in assigned}
    assert set(rows.names()) <= {*tables, "faults"}
    assert set(rows["annotations"]["layer"]) <= layers


@every_analyzer
def test_every_row_names_its_maker_with_a_version(analyzer, rows):
    # rhetoric is decided by its lexicons and rules, each of them a maker; camps by a model alone
    own = {f"model:sides@{analyzer.version}" if analyzer.name == "camps" else maker(analyzer)}
    for name in rows.names():
        if "annotator" in rows[name]:
            assert rows[name]["annotator"].str.fullmatch(r"(model:)?[a-z_]+@[1-9][0-9]*").all(), name
            assert analyzer.name == "rhetoric" or set(rows[name]["annotator"]) <= own, name


@every_analyzer
def test_the_same_input_gives_the_same_rows_in_the_same_order(analyzer, given, rows):
    again = analyzer.analyze(given)
    assert again.names() == rows.names()
    for name in rows.names():
        assert again[name].to_csv() == rows[name].to_csv()


@every_analyzer
def test_a_span_quotes_the_text_that_stands_at_its_offsets(analyzer, given, rows):
    texts = dict(zip(given["posts"]["post_id"], given["posts"]["text"], strict=True))
    marks = rows["annotations"]
    assert (marks["start"] < marks["end"]).all()
    assert [texts[row.post_id][row.start : row.end] for row in marks.itertuples()] == marks["quote"].tolist()
    said = rows["events"].dropna(subset=["start"])
    assert [texts[row.post_id][row.start : row.end] for row in said.itertuples()] == said["quote"].tolist()
    turns = rows["turns"]
    assert all(0 <= row.start < row.end <= len(texts[row.post_id]) for row in turns.itertuples())


@every_analyzer
def test_nobody_is_charged_with_what_he_quotes(analyzer, given, rows):
    marks = given["annotations"]
    quoted = {
        (row.post_id, n)
        for row in marks[marks["layer"] == "quote"].itertuples()
        for n in range(row.start, row.end)
    }
    found = rows["annotations"]
    charged = found[found["layer"].isin(["rhetoric", "stance"])]
    # to quote is itself a marker: a quotation brought as evidence
    charged = charged[charged["detail"].ne("quotation")]
    texts = dict(zip(given["posts"]["post_id"], given["posts"]["text"], strict=True))
    wrong = [
        (row.post_id, row.label, row.quote)
        for row in charged.itertuples()
        if any(
            (row.post_id, n) in quoted and not texts[row.post_id][n].isspace()
            for n in range(row.start, row.end)
        )
    ]
    assert wrong == []


@every_analyzer
def test_scores_have_four_decimals_at_most(analyzer, rows):
    for name in rows.names():
        for column in (c for c in rows[name] if str(rows[name][c].dtype) == "float64"):
            assert rows[name][column].dropna().map(lambda value: round(value, 4) == value).all(), (
                name,
                column,
            )


@every_analyzer
def test_no_threads_give_no_rows_and_no_fault(analyzer):
    rows = analyzer.analyze(Tables())
    assert all(rows[name].empty for name in rows.names())
    rows.check(analyzer.name)


@every_analyzer
def test_posts_without_words_are_no_fault(analyzer, given):
    thread = next(given.by_thread())
    blank = thread["posts"].assign(text=pd.Series([""] * len(thread["posts"]), dtype="str"))
    analyzer.analyze(Tables({"sources": thread["sources"], "posts": blank})).check(analyzer.name)
