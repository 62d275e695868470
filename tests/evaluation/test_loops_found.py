"""Argument loops in coded forum threads: what was reached beside blind coders does not get worse."""

import json
from pathlib import Path

import pytest

from discourse.learn.loops import shipped
from tests.evaluation.loop_threads import GOLD, LEARNED, MADE_UP, MADE_UP_PARTS, PARTS, joined, overlap
from tests.evaluation.measure_loops import Coded, measured, score, threads_of_part

FLOORS = json.loads((Path(__file__).parent / "floors.json").read_text(encoding="utf-8"))["loops"]


@pytest.mark.parametrize("part", [None, *PARTS])
def test_loops_of_coded_threads_are_found_and_few_others(shared, part):
    if not (shared / "data" / "loops").is_dir() or not (shared / "data" / "threads").is_dir():
        pytest.skip("../shared/data is absent")
    check_floors(shared, part)


@pytest.mark.parametrize("part", MADE_UP_PARTS)
def test_loops_of_made_up_threads_are_found_and_few_others(shared, part):
    check_floors(shared, part)


def check_floors(shared: Path, part: str | None) -> None:
    found = score(measured(threads_of_part(shared, part)).values()).figures()
    floor = FLOORS[part or "twelve"]
    assert found["wrongly"] <= floor["wrongly"]
    for name in ("loops", "turns", "sides", "restatements"):
        assert found[name] >= floor[name]


def loop(*turns: int, b: tuple[int, ...] = (), again: tuple[int, ...] = ()) -> Coded:
    return Coded(frozenset(turns), frozenset(), frozenset(again), frozenset(b))


def test_a_loop_that_overlaps_none_is_false_and_sides_may_be_named_either_way():
    gold = [loop(1, 2, 3, 4, 5, 6, b=(2, 4, 6), again=(3, 4, 5, 6))]
    found = [loop(1, 2, 3, 4, 5, b=(1, 3, 5), again=(3, 4, 5)), loop(20, 21, 22, 23, 24)]
    figures = score([(found, gold), ([loop(1, 2, 3, 4, 5)], [])]).figures()
    assert (figures["matched"], figures["found"], figures["gold"]) == (1, 3, 1)
    assert (figures["without"], figures["wrongly"]) == (1, 1)
    assert figures["sides"] == 1
    assert figures["loops"] == 0.5
    assert figures["turns"] == pytest.approx(10 / 11, abs=1e-4)


def test_two_coders_loops_are_joined_by_their_turns():
    kind = {"kind": "polarity", "state": "open", "restatements": [3, 4], "empty": [4]}
    one = {"loops": [{"turns": [1, 2, 3, 4], "side_b": [2, 4], **kind}], "near": []}
    other = {"loops": [{"turns": [1, 2, 3, 4, 5], "side_b": [1, 3, 5], **kind}], "near": [{"turns": [7]}]}
    both = joined(one, other)
    assert not both["alone"]
    assert both["near"] == [{"turns": [7]}]
    (sure,) = both["sure"]
    assert (sure["turns"], sure["maybe_turns"], sure["side_b"]) == ([1, 2, 3, 4], [5], [2, 4])
    assert joined(one, {"loops": [], "near": []})["alone"] == one["loops"]


def test_overlap_of_turns_is_their_f1():
    assert overlap([1, 2, 3], [2, 3, 4]) == pytest.approx(2 / 3)
    assert overlap([], [1]) == 0


@pytest.mark.parametrize("path", [GOLD, LEARNED, MADE_UP])
def test_the_gold_holds_numbers_and_no_text(path):
    threads = json.loads(path.read_text(encoding="utf-8"))["threads"]
    words = {word for its in threads.values() for word in _words(its)}
    assert words <= {*PARTS, *MADE_UP_PARTS, *KINDS, *STATES}


KINDS = ("quantity", "polarity", "definition", "blame", "other")
STATES = ("open", "conceded", "compromise", "refined", "withdrawn", "third_party", "topic_shift")


def _words(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [word for each in inner for word in _words(each)]


def test_the_card_says_from_which_share_an_exchange_is_a_loop_and_on_what_that_was_measured():
    model = shipped()
    assert 0 < model.least_turn <= model.least_exchange < 1
    assert set(model.card["figures"]) == {"learned", "looked at"}
