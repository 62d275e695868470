"""Markers in the report: counts, doubt, how often wrong, and examples that lead to their posts."""

import re

from discourse.report import render_report
from discourse.report.basis.book import Book
from discourse.report.rhetoric.markers import EXAMPLES, MORE_POSTS, markers
from discourse.tables import CONTRACT, Tables, frame_of


def tables(marks):
    """Build a thread of one post a mark: (label, score)."""
    posts = [
        {
            "post_id": f"t:{place}",
            "thread_id": "t",
            "source_id": "s",
            "position": place,
            "author": f"writer {place % 7}",
            "text": f"Well, number {place} may have its say about the quay.",
            "reply_evidence": "none",
        }
        for place in range(1, len(marks) + 1)
    ]
    notes = [
        {
            "post_id": f"t:{place}",
            "start": 0,
            "end": 4,
            "layer": "rhetoric",
            "label": label,
            "annotator": "x@1",
            "score": score,
            "quote": "Well",
        }
        for place, (label, score) in enumerate(marks, start=1)
    ]
    rows = {"posts": posts, "annotations": notes}
    return Tables({name: frame_of(CONTRACT[name], found) for name, found in rows.items()})


def test_the_most_frequent_stands_first():
    found = markers(Book.of(tables([("hedge", 0.9), ("booster", 0.9), ("booster", 0.9)])), {})
    assert [marker.name for marker in found] == ["booster", "hedge"]
    assert found[0].share == 100


def test_each_rate_has_its_interval():
    (hedge,) = markers(Book.of(tables([("hedge", 0.9)] * 4)), {})
    low, high = map(float, hedge.interval.split(" to "))
    assert low < float(hedge.rate) < high


def test_passages_of_a_low_score_are_counted_as_unsure():
    (hedge,) = markers(Book.of(tables([("hedge", 0.9), ("hedge", 0.49), ("hedge", 0.5)])), {})
    assert hedge.unsure == "1 unsure"


def test_examples_are_the_highest_scores_in_page_order():
    scores = [0.6, 0.9, 0.6, 0.8, 0.7, 0.95, 0.99, 0.6]
    (hedge,) = markers(Book.of(tables([("hedge", score) for score in scores])), {})
    assert [example.ref.number for example in hedge.examples] == ["2", "4", "5", "6", "7"]
    assert [ref.number for ref in hedge.more] == ["1", "3", "8"]


def test_posts_beyond_are_named_up_to_a_bound_and_then_counted():
    (hedge,) = markers(Book.of(tables([("hedge", 0.9)] * 500)), {})
    assert len(hedge.examples) == EXAMPLES
    assert len(hedge.more) == MORE_POSTS
    assert hedge.beyond == 500 - EXAMPLES - MORE_POSTS
    assert f"and {hedge.beyond} more posts in tables/annotations.csv" in render_report(
        tables([("hedge", 0.9)] * 500), {}
    )


def test_every_clause_on_errors_is_there_the_first_at_once():
    said = "1 of 9 wrong in a made-up forum; 2 of 9 in a made-up paper; 3 of 9 elsewhere"
    html = render_report(tables([("hedge", 0.9)]), {"error_rates": {"hedge": said}})
    found = re.search(r'<details class="measured"><summary>(.*?)</summary>(.*?)</details>', html, re.S)
    assert "1 of 9 wrong in a made-up forum" in found[1]
    assert "and 2 more" in found[1]
    assert "2 of 9 in a made-up paper" in found[2]
    assert "3 of 9 elsewhere" in found[2]


def test_a_marker_that_nobody_measured_says_so():
    (hedge,) = markers(Book.of(tables([("hedge", 0.9)])), {})
    assert hedge.wrong == ["not yet measured"]


def test_its_anchor_is_its_label():
    html = render_report(tables([("loaded_language", 0.9)]), {})
    assert 'id="m-loaded_language"' in html
    assert 'href="#m-loaded_language"' in html
