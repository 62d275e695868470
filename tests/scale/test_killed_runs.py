"""`kill -9` at any moment, then --resume: the same bytes as of a run that nobody killed."""

import os
import random
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from pyarrow import dataset

from tests.scale.killing import Kill, killed_and_resumed
from tests.scale.made_threads import made_posts, write_dump
from tests.scale.same_files import differences, digests

ROOT = Path(__file__).parents[2]
POSTS, PARTS = 400, 8
SEED = int(os.environ.get("DISCOURSE_SEED", "9"))  # another one draws other moments
ENV = {**os.environ, "PYTHONPATH": str(ROOT)}
BEGIN = "import sys; sys.argv[0] = 'discourse'; from discourse.cli import main; main()"

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="finds the workers of a run in /proc")


def command(dump: Path, out: Path, resume: bool) -> list[str]:
    words = ["analyze", str(dump), "--out", str(out), "--workers", "2", "--parts", str(PARTS)]
    return [sys.executable, "-c", BEGIN, *words, *(["--resume"] if resume else [])]


@pytest.fixture(scope="module")
def dump(tmp_path_factory):
    return write_dump(tmp_path_factory.mktemp("dump") / "harbour.jsonl.zst", POSTS)


@pytest.fixture(scope="module")
def whole(dump):
    """What a run leaves that nobody kills."""
    out = dump.with_name("whole")
    subprocess.run(command(dump, out, resume=False), env=ENV, check=True, capture_output=True)
    return out


def test_nothing_is_lost_or_twice_in_a_run_that_nobody_kills(whole):
    posts = dataset.dataset(whole / "posts", format="parquet").to_table(columns=["post_id"])
    ids = Counter(name.rpartition(":")[2] for name in posts["post_id"].to_pylist())
    assert ids == Counter(post["id"] for post in made_posts(POSTS))


def test_half_written_files_and_the_work_folder_of_a_killed_run_go(dump, whole, tmp_path):
    out = tmp_path / "out"
    shutil.copytree(whole, out)
    (out / "posts" / ".part-00001.parquet.123.part").write_bytes(b"half")
    (out / "_work").mkdir()
    (out / "_work" / "plan.json").write_text("{}")
    subprocess.run(command(dump, out, resume=True), env=ENV, check=True, capture_output=True)
    assert differences(digests(whole), digests(out)) == []


@pytest.mark.parametrize("victims", [("main", "all"), ("worker",)], ids=" then ".join)
def test_a_killed_run_that_goes_on_leaves_the_same_bytes(dump, whole, tmp_path, victims):
    rng = random.Random(f"{SEED} {victims}")
    wanted = digests(whole)
    moments = sorted(rng.randrange(1, len(wanted) - PARTS) for _ in victims)
    kills = [
        Kill(victim, files, rng.uniform(0, 0.05)) for victim, files in zip(victims, moments, strict=True)
    ]
    print(f"seed {SEED}: {kills}")
    out = tmp_path / "out"
    outcome = killed_and_resumed(lambda resume: command(dump, out, resume), out, kills, env=ENV, patience=600)
    assert outcome.kills, "no kill met a run at work"
    assert not outcome.faults
    assert differences(wanted, digests(out)) == []
