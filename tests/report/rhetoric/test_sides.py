"""Rhetoric by side in the report: rates, intervals, words, and the whole where there are no sides."""

import re

from discourse.report import render_report
from discourse.report.basis.book import Book
from discourse.report.rhetoric.sides import FEW_AUTHORS, FEWEST, WORD_POSTS, rated, side_rhetoric
from discourse.tables import CONTRACT, frame_of
from tests.summary.test_sides import CAMPS, FERRY, thread


def test_both_sides_of_a_marker_are_shown_with_rate_interval_and_count():
    marks = [(place, "hedge") for place in (1, 5, 9, 13)]
    (told,) = side_rhetoric(Book.of(thread(FERRY, CAMPS, marks)))
    (hedge,) = told.markers
    assert [rate.count for rate in hedge.rates] == ["4", "0"]
    assert hedge.rates[1].rate == "0"
    assert hedge.rates[1].interval.startswith("0 to ")


def test_the_chart_is_described_and_names_each_marker():
    marks = [(place, label) for place in (1, 5, 9, 13) for label in ("hedge", "loaded_language")]
    (told,) = side_rhetoric(Book.of(thread(FERRY, CAMPS, marks)))
    assert 'aria-labelledby="rates-1-title"' in told.chart
    assert "of each camp" in told.chart
    assert re.search(r">hedge<.*>loaded language<", told.chart, re.S)


def test_a_rare_rate_does_not_read_as_none():
    assert [rated(rate) for rate in (0, 0.004, 0.04, 0.994, 0.996, 12.34)] == [
        "0",
        "0.00",
        "0.04",
        "0.99",
        "1.0",
        "12.3",
    ]


def test_a_marker_that_hardly_occurs_is_not_compared_and_that_is_said():
    marks = [(place, "hedge") for place in range(1, FEWEST)]
    (told,) = side_rhetoric(Book.of(thread(FERRY, CAMPS, marks)))
    assert told.markers == []
    assert told.chart == ""
    assert told.rare == f"1 marker with fewer than {FEWEST} passages left out"


def test_a_marker_of_one_side_alone_is_set_apart_once_it_is_frequent():
    few = [(1, "hedge"), (5, "hedge"), (9, "hedge")]
    (thin,) = side_rhetoric(Book.of(thread(FERRY, CAMPS, few)))
    assert not thin.markers[0].apart
    spread = [(place, "hedge") for place, (author, _) in enumerate(FERRY, start=1) if CAMPS[author] == 1]
    (full,) = side_rhetoric(Book.of(thread(FERRY, CAMPS, spread)))
    assert full.markers[0].apart


def test_the_sides_words_and_sizes_are_told():
    (told,) = side_rhetoric(Book.of(thread(FERRY, CAMPS)))
    assert "ferry" in [word.text for word in told.words[0]]
    assert "bridge" in [word.text for word in told.words[1]]
    assert told.sizes[0].startswith("2 authors, 12 posts, ")


def test_a_word_leads_to_the_first_posts_of_its_own_side_that_use_it():
    posts = [("bo", "no ferry"), *FERRY]
    (told,) = side_rhetoric(Book.of(thread(posts, CAMPS)))
    (ferry,) = [word for word in told.words[0] if word.text == "ferry"]
    users = [place for place, (who, text) in enumerate(posts, start=1) if CAMPS[who] == 1 and "ferry" in text]
    assert [int(ref.number) for ref in ferry.posts] == users[:WORD_POSTS]


def test_a_word_that_only_stands_in_a_quotation_or_within_another_leads_nowhere():
    posts = [("ann", "ferryman here"), ("ann", "the ferry, they say"), *FERRY]
    tables = thread(posts, CAMPS)
    quote = {"post_id": "t:2", "start": 0, "end": 9, "layer": "quote", "label": "quote", "annotator": "q@1"}
    rows = frame_of(CONTRACT["annotations"], [quote | {"score": 1.0, "quote": "the ferry"}])
    (told,) = side_rhetoric(Book.of(tables.replace(annotations=rows)))
    (ferry,) = [word for word in told.words[0] if word.text == "ferry"]
    assert not {"1", "2"} & {ref.number for ref in ferry.posts}


def test_the_surest_word_has_the_longest_bar():
    (told,) = side_rhetoric(Book.of(thread(FERRY, CAMPS)))
    words = [word for side in told.words for word in side]
    assert max(word.share for word in words) == 100
    for side in told.words:
        assert [float(word.z) for word in side] == sorted((float(word.z) for word in side), reverse=True)


def test_a_thread_without_camps_tells_the_rates_of_the_whole():
    marks = [(place, "hedge") for place in (1, 5, 9, 13)]
    (told,) = side_rhetoric(Book.of(thread(FERRY, {}, marks)))
    assert told.thread == 0
    assert told.words == ()
    assert "of all posts" in told.chart
    html = render_report(thread(FERRY, {}, marks), {})
    assert "No two camps could be told" in html


def test_a_thread_without_camps_or_markers_tells_nothing():
    assert side_rhetoric(Book.of(thread(FERRY, {}))) == []


def test_words_of_comments_cannot_break_the_page():
    posts = [(author, text.replace("ferry", "<b>ferry</b> onload=x")) for author, text in FERRY]
    marks = [(place, "hedge") for place in (1, 5, 9)]
    html = render_report(thread(posts, CAMPS, marks), {})
    assert "<b>ferry" not in html
    assert '<bdi class="word">bridge</bdi>' in html


def test_a_side_of_one_author_is_not_shown_without_a_word():
    (told,) = side_rhetoric(Book.of(thread(FERRY, CAMPS, [(1, "hedge")])))
    sizes = [int(size.partition(" ")[0]) for size in told.sizes]
    assert all((f"camp {camp} is" in told.few) == (size < FEW_AUTHORS) for camp, size in enumerate(sizes, 1))
    assert told.few
