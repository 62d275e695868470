"""Judged passages of forum posts: how often words and rules are right, and that users are told just that."""

import json

import pytest

from discourse.learn.figures import error_rates
from tests.evaluation.draw_marker_hits import GOLD, JUDGED, interval, score
from tests.evaluation.measure_markers import READ_THROUGH

FIGURES = score()


def test_the_judgements_are_offsets_without_text():
    hits = json.loads(GOLD.read_text(encoding="utf-8"))["hits"]
    assert set(hits) == set(JUDGED)
    for rows in hits.values():
        assert all(isinstance(number, int) for row in rows for number in row)
        assert all(start < end and right in (0, 1) for _, start, end, right in rows)


@pytest.mark.parametrize("label", JUDGED)
def test_what_is_said_of_a_marker_states_what_was_judged(label):
    right, judged = FIGURES[label]
    low, high = interval(right, judged)
    said = error_rates()[label].split("; ")[0]
    assert said.startswith(f"{right} of {judged} passages ")
    assert f"({low:.2f} to {high:.2f})" in said
    assert ("with these posts at hand" in said) == (label in READ_THROUGH)


def test_an_interval_holds_its_share_and_is_open_where_nothing_was_judged():
    low, high = interval(90, 100)
    assert low < 0.9 < high
    assert interval(0, 0) == (0.0, 1.0)
