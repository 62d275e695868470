"""The ratio that stands for time limits: it catches what is quadratic and bears a noisy machine."""

import gc

import pytest

from tests import growth
from tests.growth import ATTEMPTS, PARTS, assert_linear, repeated


class Clock:
    """A processor's clock that stands still but for what runs add to it."""

    def __init__(self, monkeypatch):
        self.now = 0.0
        monkeypatch.setattr(growth, "process_time", lambda: self.now)

    def costs(self, seconds):
        def run(text):
            self.now += seconds(len(text))

        return run


def pairs(text):
    return sum(a == b for a in text for b in text)


def test_a_run_that_looks_at_every_pair_is_caught():
    with pytest.raises(AssertionError, match="4 times the length takes"):
        assert_linear(repeated("ab"), pairs, small=200)


def test_a_run_that_looks_at_every_character_passes():
    assert_linear(repeated("ab"), lambda text: sum(a == "a" for a in text), small=20_000)


def test_sorting_passes():
    assert_linear(repeated("wave "), lambda text: sorted(text.split()), small=5_000)


@pytest.mark.parametrize(
    "seconds",
    [lambda n: 1e-9 * n, lambda n: 1e-3 * n, lambda n: 9 + 1e-3 * n, lambda n: 1e-3 * n**1.5, lambda n: 0],
    ids=["quick", "slow", "with a start", "a little more than linear", "nothing"],
)
def test_how_long_a_linear_run_takes_does_not_count(monkeypatch, seconds):
    assert_linear(repeated("a"), Clock(monkeypatch).costs(seconds), small=1000)


@pytest.mark.parametrize(
    "seconds",
    [lambda n: 1e-9 * n**2, lambda n: 1e-3 * n**2, lambda n: n**3, lambda n: 1e-6 * (n**2 + 900 * n)],
    ids=["quick", "slow", "cubic", "half of it"],
)
def test_a_quadratic_run_is_caught_however_quick_it_is(monkeypatch, seconds):
    with pytest.raises(AssertionError, match="times as long"):
        assert_linear(repeated("a"), Clock(monkeypatch).costs(seconds), small=1000)


@pytest.mark.parametrize(("disturbed", "passes"), [(ATTEMPTS - 1, True), (ATTEMPTS, False)])
def test_a_machine_that_is_busy_elsewhere_gets_another_attempt(monkeypatch, disturbed, passes):
    longs = []

    def seconds(length):
        longs.extend([length] if length > 2000 else [])
        return length * (9 if length > 2000 and len(longs) <= disturbed else 1)

    run = Clock(monkeypatch).costs(seconds)
    if passes:
        assert_linear(repeated("a"), run, small=1000)
    else:
        with pytest.raises(AssertionError):
            assert_linear(repeated("a"), run, small=1000)


def test_a_machine_that_slows_down_meanwhile_slows_both_alike(monkeypatch):
    runs = []

    def seconds(length):
        runs.append(length)
        return length * (3 if len(runs) > PARTS // 2 else 1)  # from the long run on

    ratio = growth.growth(repeated("a"), Clock(monkeypatch).costs(seconds), iter(range(1000, 2000)))
    assert 1 < ratio < 2


def test_no_input_comes_twice_and_the_long_one_is_as_long_as_its_parts(monkeypatch):
    seen = []
    assert_linear(lambda length: length, seen.append, small=1000)
    assert len(set(seen)) == len(seen)
    whole = [length for length in seen if length > 2000]
    assert sum(whole) == sum(seen) - sum(whole) - seen[0]
    assert len(seen) - 1 == (PARTS + 1) * len(whole)


@pytest.mark.parametrize("was_on", [True, False])
def test_nothing_is_collected_meanwhile_and_the_collector_is_left_as_it_was(was_on):
    def run(_):
        states.append(gc.isenabled())
        if len(states) == 3:
            raise KeyError

    states = []
    try:
        (gc.enable if was_on else gc.disable)()
        with pytest.raises(KeyError):
            assert_linear(repeated("a"), run, small=10)
        assert gc.isenabled() == was_on
    finally:
        gc.enable()
    assert states[1:] == [False, False]


def test_a_text_is_as_long_as_asked():
    assert repeated("ab")(5) == "ababa"
