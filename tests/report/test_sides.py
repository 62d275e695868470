"""Rhetoric by side in the report: rates, intervals, words, and nothing where there are no sides."""

from discourse.report import render_report
from discourse.report.book import Book
from discourse.report.sides import FEWEST, side_rhetoric
from tests.summary.test_sides import CAMPS, FERRY, thread


def test_both_sides_of_a_marker_are_shown_with_rate_interval_and_count():
    marks = [(place, "hedge") for place in (1, 5, 9, 13)]
    (told,) = side_rhetoric(Book.of(thread(FERRY, CAMPS, marks)))
    (hedge,) = told.markers
    assert [rate.count for rate in hedge.rates] == ["4", "0"]
    assert hedge.rates[1].rate == "0.0"
    assert hedge.rates[1].interval.startswith("0.0 to ")
    assert all(0 <= r.left <= r.place <= r.left + r.width <= 100.1 for r in hedge.rates)


def test_a_marker_that_hardly_occurs_is_not_compared():
    marks = [(place, "hedge") for place in range(1, FEWEST)]
    (told,) = side_rhetoric(Book.of(thread(FERRY, CAMPS, marks)))
    assert told.markers == []


def test_a_marker_of_one_side_alone_is_set_apart_once_it_is_frequent():
    few = [(1, "hedge"), (5, "hedge"), (9, "hedge")]
    (thin,) = side_rhetoric(Book.of(thread(FERRY, CAMPS, few)))
    assert not thin.markers[0].apart
    spread = [(place, "hedge") for place, (author, _) in enumerate(FERRY, start=1) if CAMPS[author] == 1]
    (full,) = side_rhetoric(Book.of(thread(FERRY, CAMPS, spread)))
    assert full.markers[0].apart


def test_the_sides_words_and_sizes_are_told():
    (told,) = side_rhetoric(Book.of(thread(FERRY, CAMPS)))
    assert "ferry" in told.words[0]
    assert "bridge" in told.words[1]
    assert told.sizes[0].startswith("2 authors, 12 posts, ")


def test_a_thread_without_camps_tells_nothing():
    assert side_rhetoric(Book.of(thread(FERRY, {}))) == []


def test_words_of_comments_cannot_break_the_page():
    posts = [(author, text.replace("ferry", "<b>ferry</b> onload=x")) for author, text in FERRY]
    marks = [(place, "hedge") for place in (1, 5, 9)]
    html = render_report(thread(posts, CAMPS, marks), {})
    assert "<b>ferry" not in html
    assert "<bdi>bridge</bdi>" in html
