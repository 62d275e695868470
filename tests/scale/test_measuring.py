"""What the benchmark of large dumps measures with, on commands whose cost is known."""

import sys

import pytest

from tests.benchmarks.scale.command import table
from tests.benchmarks.scale.measured import Cost, measured
from tests.benchmarks.scale.rounds import FailedError, Results, Step, Taken, run_rounds
from tests.benchmarks.scale.row import Figure, at_most, cpu
from tests.scale.same_files import differences, digests

# works for a third of a second and leaves; what it started works on for as long, and holds 100 MB
LEAVING = """
import subprocess, sys, time
work = "import time\\nheld = bytearray(100_000_000)\\nwhile time.process_time() < 0.3: pass"
subprocess.Popen([sys.executable, "-c", work], start_new_session=True)
while time.process_time() < 0.3: pass
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux hands orphans over and tells PSS")
def test_processes_that_outlive_a_command_count_too():
    cost = measured([sys.executable, "-c", LEAVING], memory=True)
    assert cost.code == 0
    assert 0.6 <= cost.cpu < 3  # 0.3 were it the command alone; a busy machine makes starting dear
    assert cost.peak is not None
    assert 80 < cost.peak < 200  # looked at ten times a second: the last pages may not be met
    assert cost.processes == 2


def test_a_command_that_fails_is_told_with_its_words():
    cost = measured([sys.executable, "-c", "import sys; print('no harbour'); sys.exit(3)"])
    assert (cost.code, cost.said.strip(), cost.peak) == (3, "no harbour", None)


def cost(cpu_seconds: float) -> Cost:
    return Cost(code=0, cpu=cpu_seconds, wall=0, peak=None, looks=0, processes=0, others=0, said="")


def test_a_ratio_is_the_median_of_the_ratios_within_rounds():
    slow, fast = (2.0, 20.0, 6.0), (1.0, 5.0, 2.0)  # the machine drifts, and both with it
    taken = {
        name: [Taken(number, cost(seconds), {}) for number, seconds in enumerate(all_seconds, 1)]
        for name, all_seconds in (("slow", slow), ("fast", fast))
    }
    assert Results(taken).ratio("slow", "fast", cpu) == 3


def test_commands_are_run_in_turn_and_one_that_fails_not_again(tmp_path):
    def step(name, often=1, code="pass"):
        return Step(name, lambda _: [sys.executable, "-c", code], {}, often=often)

    results = run_rounds([step("a"), step("b", 2), step("once", 0), step("bad", 1, "1 / 0")], 2, tmp_path)
    assert {name: [taken.round for taken in runs] for name, runs in results.taken.items()} == {
        "a": [1, 2],
        "b": [1, 1, 2, 2],
        "once": [1],
    }
    with pytest.raises(FailedError, match="ZeroDivisionError"):
        results.of("bad")


def test_a_figure_says_whether_it_is_what_it_is_to_be():
    figures = [at_most("start", "help | pass", 13, 12), at_most("memory", "peak", float("nan"), 400)]
    lines = table({"cores": "2"}, [*figures, Figure("growth", "rate", "7")]).splitlines()
    assert lines[0] == "- cores: 2"
    assert lines[4:] == [
        "| start | help \\| pass | 13.0 | ≤ 12 | **no** |",
        "| memory | peak | not measured | ≤ 400 |  |",
        "| growth | rate | 7 |  |  |",
    ]


def test_folders_differ_in_names_and_bytes_alone(tmp_path):
    for name, words in (("a", "one"), ("b", "one"), ("c", "two")):
        (tmp_path / name / "deep").mkdir(parents=True)
        (tmp_path / name / "deep" / "file").write_text(words)
        (tmp_path / name / f".hidden-{words}").touch()
    a, b, c = (digests(tmp_path / name) for name in "abc")
    assert differences(a, b) == []
    assert differences(a, c) == [
        ".hidden-one is missing",
        ".hidden-two is there besides",
        "deep/file differs",
    ]
