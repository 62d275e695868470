"""Two runs on one page: what differs in making, figures and labels, and no winner."""

import pytest
from made_thread import HOSTILE_NAME, SCRIPT, made_tables

from discourse.report.comparing.compared import ComparedRun, ComparedSource
from discourse.report.comparing.comparison import compare, render_comparison
from discourse.tables import Tables

RECORD = {"code": {"python": "3.11"}, "settings": {"seed": 0}, "analyzers": {"rhetoric": 3}}


def run(name, tables=None, record=RECORD, href=""):
    source = ComparedSource.of(made_tables() if tables is None else tables, record, href)
    return ComparedRun(name, [source])


def without_hedges():
    rows = made_tables()["annotations"]
    tables = made_tables()
    return tables.replace(annotations=rows[rows["label"] != "hedge"])


@pytest.fixture(scope="module")
def page():
    record = {**RECORD, "analyzers": {"rhetoric": 4}, "meanings": {"hedge": "else"}}
    first, second = (
        run("monday", href="./a/report.html"),
        run("friday", without_hedges(), record, "./b/report.html"),
    )
    return render_comparison(compare(first, second))


def test_what_differs_in_the_making_is_listed_and_the_rest_counted():
    found = compare(run("a"), run("b", record={**RECORD, "analyzers": {"rhetoric": 4}}))
    assert [(row.name, row.first, row.second) for row in found.making] == [("analyzers rhetoric", "3", "4")]
    assert found.alike == 2
    assert found.lede.startswith("1 fact of their making differs: analyzers rhetoric.")


def test_a_run_against_itself_says_that_nothing_differs():
    found = compare(run("a"), run("b"))
    assert found.making == []
    assert (found.same, found.differing) == (1, [])
    assert "Made alike" in found.lede
    assert "they say the same in every label" in render_comparison(found)


def test_labels_of_one_run_alone_lead_to_their_posts_in_both_reports(page):
    assert "rhetoric markers: found by A alone" in page
    assert 'href="./a/report.html#p7"' in page
    assert 'href="./b/report.html#p7"' in page
    assert "I think" in page


def test_rates_stand_in_a_chart_and_in_a_table(page):
    assert '<svg xmlns="http://www.w3.org/2000/svg"' in page
    assert "Markers per 1,000 own words in run A and run B" in page
    assert 'data-label="B : A"' in page


def test_it_says_how_many_comparisons_there_are_and_calls_neither_better(page):
    assert "shares and rates are compared below" in page
    assert "one in twenty would differ by chance alone" in page
    assert "nothing of which run is better" in page
    assert "winner" not in page


def test_hostile_names_and_texts_are_escaped(page):
    assert SCRIPT not in page
    assert HOSTILE_NAME not in page
    assert "&lt;img src=x" in page


def test_runs_over_different_sources_have_no_label_to_compare():
    tables = made_tables()
    other = tables.replace(sources=tables["sources"].assign(sha256="a" * 64))
    found = compare(run("a"), run("b", other))
    assert found.sources == []
    assert "No source was read by both" in render_comparison(found)


def test_names_and_targets_of_both_are_told_in_the_order_of_first_posts():
    found = compare(run("a"), run("b"))
    assert found.authors[0].name == "Marta"
    assert found.authors[0].first == found.authors[0].second
    assert {row.name for row in found.targets} >= {"The mayor", "Town hall"}


def test_disputes_are_matched_over_both_runs():
    found = compare(run("a", href="./a/report.html"), run("b"))
    assert found.disputes.totals == (2, 0, 0)
    assert found.disputes.pairs[0][0][0][0] == "./a/report.html#d1"


def test_an_empty_run_is_compared_without_a_fault():
    empty = {
        name: made_tables()[name].iloc[:0] for name in ("posts", "annotations", "loops", "turns", "claims")
    }
    html = render_comparison(compare(run("a", Tables(empty)), run("b", Tables(empty))))
    assert "No marker was found in either." in html


def test_the_same_runs_give_the_same_bytes(page):
    record = {**RECORD, "analyzers": {"rhetoric": 4}, "meanings": {"hedge": "else"}}
    first, second = (
        run("monday", href="./a/report.html"),
        run("friday", without_hedges(), record, "./b/report.html"),
    )
    assert render_comparison(compare(first, second)) == page
