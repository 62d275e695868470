"""What the benchmark of large dumps measures with, on commands whose cost is known."""

import sys

import pytest

from tests.benchmarks.scale.measured import measured
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
    assert 0.6 <= cost.cpu < 1.2
    assert cost.peak is not None
    assert 100 < cost.peak < 200
    assert cost.processes == 2


def test_a_command_that_fails_is_told_with_its_words():
    cost = measured([sys.executable, "-c", "import sys; print('no harbour'); sys.exit(3)"])
    assert (cost.code, cost.said.strip(), cost.peak) == (3, "no harbour", None)


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
