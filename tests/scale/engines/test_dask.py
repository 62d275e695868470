"""Parts on a cluster that Dask runs: the same bytes, though a worker is killed in the midst of it."""

import os
import random
import sys
from pathlib import Path

import pytest

from discourse.errors import DiscourseError
from discourse.pipeline import Settings
from discourse.scale import engine_named, run_dump
from tests.benchmarks.scale.cluster import cluster
from tests.scale.ferry_threads import files_of, made_rows, write_dump

pytest.importorskip("distributed", reason="the extra `cluster` is not installed")
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="finds the workers in /proc")
ROOT = Path(__file__).parents[3]
PARTS = 6


@pytest.fixture(scope="module")
def two_workers():
    with cluster(2, {**os.environ, "PYTHONPATH": str(ROOT)}) as running:
        yield running


@pytest.fixture(scope="module")
def dump(tmp_path_factory):
    return write_dump(tmp_path_factory.mktemp("dump") / "quay.jsonl", made_rows(30))


@pytest.fixture(scope="module")
def whole(dump):
    out = dump.with_name("whole")
    run_dump([str(dump)], out=str(out), settings=Settings(), engine=engine_named("local"), parts=PARTS)
    return files_of(out)


def test_a_cluster_gives_the_same_bytes(two_workers, dump, whole, tmp_path):
    engine = engine_named("dask", scheduler=two_workers.address)
    run_dump([str(dump)], out=str(tmp_path / "run"), settings=Settings(), engine=engine, parts=PARTS)
    assert files_of(tmp_path / "run") == whole


def test_a_worker_that_is_killed_costs_nothing(two_workers, dump, whole, tmp_path):
    def told(what, done, _of):
        if what == "analysing" and done and not killed:
            killed.append(two_workers.kill_one(random.Random(3)))

    killed = []
    engine = engine_named("dask", scheduler=two_workers.address)
    out = tmp_path / "run"
    run_dump([str(dump)], out=str(out), settings=Settings(), engine=engine, parts=PARTS, report=told)
    assert killed
    assert files_of(out) == whole


def test_nobody_at_the_address_is_told(monkeypatch):
    monkeypatch.setattr("discourse.scale.engines.dask._WAIT", 1)
    engine = engine_named("dask", scheduler="tcp://127.0.0.1:9")
    with pytest.raises(DiscourseError, match="no Dask scheduler answers"):
        list(engine(None, [0]))
