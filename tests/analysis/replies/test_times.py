"""Times on addressee lines tell one person's posts apart."""

from datetime import UTC, datetime

import pytest

from discourse.analysis.base import read_threads
from discourse.analysis.replies.candidates import Course
from discourse.analysis.replies.times import Clock
from tests.analysis.talk import say, talk


def at(hours, minutes=0):
    return datetime(2026, 3, 2, hours, minutes, tzinfo=UTC)


def laid_out(*lines):
    """Return a clock for all lines and, as candidates, all posts before the last."""
    (thread,) = read_threads(talk(*lines))
    course = Course(thread)
    for place in range(len(lines) - 1):
        course.settle(place, None)
    return Clock(thread), sorted(course.candidates(len(lines) - 1, "Ada"), key=lambda c: c.place)


def test_the_post_written_at_the_time_named_gets_nearly_everything():
    clock, candidates = laid_out(say("Ada", "a", at="7:00"), say("Ada", "b", at="8:00"), say("Bo", "c"))
    assert clock.weigh(at(8), candidates, [0.9, 0.05])[1] > 0.9


def test_posts_known_to_be_of_another_time_are_left_out():
    clock, candidates = laid_out(say("Ada", "a", at="7:00"), say("Ada", "b"), say("Bo", "c"))
    assert [candidate.place for candidate in clock.possible(at(8), candidates)] == [1]


def test_where_no_post_fits_all_remain():
    clock, candidates = laid_out(say("Ada", "a", at="7:00"), say("Ada", "b", at="7:30"), say("Bo", "c"))
    assert len(clock.possible(at(8), candidates)) == 2


def test_a_post_that_would_break_the_order_of_times_loses_its_share():
    clock, candidates = laid_out(say("Ada", "a"), say("Cy", "b", at="8:00"), say("Ada", "c"), say("Bo", "d"))
    early, late = clock.weigh(at(9), candidates, [0.5, 0.4])
    assert late > early
    assert early + late == pytest.approx(0.9)


def test_times_that_are_not_in_page_order_decide_nothing():
    clock, candidates = laid_out(
        say("Cy", "x", at="9:00"), say("Ada", "a"), say("Cy", "b", at="8:00"), say("Ada", "c"), say("Bo", "d")
    )
    assert clock.weigh(at(8, 30), candidates, [0.5, 0.4]) == [0.5, 0.4]


def test_without_a_time_nothing_changes():
    clock, candidates = laid_out(say("Ada", "a", at="7:00"), say("Ada", "b"), say("Bo", "c"))
    assert clock.weigh(None, candidates, [0.5, 0.4]) == [0.5, 0.4]
    assert clock.possible(None, candidates) == candidates


def test_a_time_once_known_is_not_unlearned():
    clock, candidates = laid_out(say("Ada", "a", at="7:00"), say("Ada", "b"), say("Bo", "c"))
    clock.learn(at(8), 0)
    clock.learn(at(8), 1)
    assert [candidate.place for candidate in clock.possible(at(8), candidates)] == [1]
