"""Numbers of shape: when loops ran, what they took of a thread, how novelty fell."""

import math

import pytest

from discourse.analysis.loops.shape import Shape
from discourse.summary import summarise
from discourse.summary.shape import novelty_figures, theil_sen
from discourse.tables import Tables
from tests.analysis.mini import FEE, Line, analysed, thread_of
from tests.analysis.timed import timed


def figures(lines: list[Line], kind: str, hours: list[int] | None = None) -> dict[str, float]:
    tables = analysed(thread_of(lines))
    tables = tables if hours is None else timed(tables, hours)
    tables = tables.replace(events=Shape().analyze(tables)["events"])
    rows = summarise(tables)["summary"]
    rows = rows[rows["unit_kind"] == kind]
    return dict(zip(rows["metric"], rows["value"], strict=True))


def test_a_loop_has_its_place_its_share_and_its_longest_pause():
    loop = figures(FEE, "loop")
    assert (loop["first_turn"], loop["last_turn"], loop["posts_share"]) == (1, 7, 0.75)
    assert (loop["longest_pause"], loop["resumed"], loop["drawn_in"], loop["left"]) == (1, 0, 0, 0)
    assert 0 < loop["words_share"] < 1


def test_times_are_empty_where_the_page_gives_none():
    loop = figures(FEE, "loop")
    assert math.isnan(loop["lasted_hours"])
    assert math.isnan(loop["longest_pause_hours"])


def test_times_count_in_their_own_order_and_not_in_that_of_the_page():
    loop = figures(FEE, "loop", [0, 48, 1, 5, 47, 2, 46, 5])
    assert (loop["lasted_hours"], loop["longest_pause_hours"]) == (48, 44)


def test_a_thread_has_its_share_of_posts_in_loops_by_tenths():
    talk: list[Line] = [("Cleo", None, "The heron is back.")] * 12
    thread = figures([*FEE, *talk], "thread")
    assert (thread["posts_in_loops"], thread["posts_in_loops_share"]) == (6, 0.3)
    tenths = [thread[f"posts_in_loops_share.{number}"] for number in range(1, 11)]
    assert tenths == [1.0, 0.5, 1.0, 0.5, 0, 0, 0, 0, 0, 0]
    assert (thread["turning_points.starts"], thread["turning_points.ends"]) == (1, 1)


def test_short_threads_and_those_without_a_loop_have_no_tenths():
    assert not any(name.startswith("posts_in_loops_share.") for name in figures(FEE, "thread"))
    talk: list[Line] = [("Cleo", None, "The heron is back.")] * 30
    thread = figures(talk, "thread")
    assert thread["posts_in_loops_share"] == 0
    assert not any(name.startswith("posts_in_loops_share.") for name in thread)


def test_the_shares_of_nothing_are_empty():
    rows = summarise(Tables())["summary"].set_index("metric")["value"]
    assert math.isnan(rows["posts_in_loops_share"])


def _told(values: list[float]) -> dict[str, float | None]:
    turns = [{"role": "restatement", "novelty": value} for value in values]
    return {metric: value for metric, value, _unit in novelty_figures(turns)}


def test_novelty_falls_from_the_first_third_to_the_last():
    told = _told([0.9, 0.7, 0.5, 0.5, 0.2, 0.0])
    assert (told["novelty_first_third"], told["novelty_last_third"]) == (0.8, 0.1)
    assert told["novelty_slope"] is not None
    assert told["novelty_slope"] < 0


@pytest.mark.parametrize(
    ("count", "slopes", "thirds"), [(3, False, False), (4, True, False), (6, True, True)]
)
def test_too_few_restatements_leave_it_empty(count: int, slopes: bool, thirds: bool):
    told = _told([0.5] * count)
    assert (told["novelty_slope"] is not None, told["novelty_first_third"] is not None) == (slopes, thirds)


def test_first_assertions_do_not_count_as_restatements():
    turns = [{"role": "assertion", "novelty": 1.0}] * 9
    assert {value for _metric, value, _unit in novelty_figures(turns)} == {None}


def test_one_value_far_off_hardly_moves_the_slope():
    assert theil_sen([0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2]) == pytest.approx(-0.1)
    assert theil_sen([0.8, 0.7, 0.6, 1.0, 0.4, 0.3, 0.2]) == pytest.approx(-0.1)


def test_many_restatements_are_sampled_evenly():
    assert theil_sen([1 - at / 5000 for at in range(5000)]) == pytest.approx(-0.0002)
