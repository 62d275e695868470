"""Workers of this machine: a lost one costs nothing but its time; what cannot be mended is told."""

import os
from collections import Counter

import pytest

from discourse.errors import DiscourseError
from discourse.pipeline import Settings
from discourse.scale.engines import engine_named, local
from discourse.scale.jobs import Done, Job, Task
from discourse.scale.places import Place
from discourse.scale.shuffling import Shuffled

TASKS = [Task(part, ()) for part in range(12)]


def job_at(folder):
    place = Place(str(folder))
    return Job(Shuffled(place, "made-up", len(TASKS), (), ()), place, Settings())


def noted(job, task):
    """Stand in for the analysis of a part: note that it was done."""
    with (job.out.path / "done").open("a", encoding="utf-8") as file:
        file.write(f"{task.part}\n")
    return Done(task.part, 1, 1, 0, 1)


def killed_once(job, task):
    marker = job.out.path / "killed"
    if task.part == 5 and not marker.exists():
        marker.touch()
        os._exit(9)
    return noted(job, task)


def killed_always(job, task):
    if task.part == 5:
        os._exit(9)
    return noted(job, task)


def broken(_job, task):
    raise DiscourseError(where=f"part {task.part}", problem="the disk is full", fix="Make room")


@pytest.mark.parametrize("workers", [1, 2, 5])
def test_every_part_is_done_once(tmp_path, monkeypatch, workers):
    monkeypatch.setattr(local, "analyse_part", noted)
    found = [done.part for done in engine_named("local", workers=workers)(job_at(tmp_path), TASKS)]
    assert sorted(found) == list(range(12))
    done = (tmp_path / "done").read_text(encoding="utf-8").split()
    assert Counter(map(int, done)) == Counter(range(12))


def test_what_a_lost_worker_did_not_do_is_done_by_another(tmp_path, monkeypatch):
    monkeypatch.setattr(local, "analyse_part", killed_once)
    found = [done.part for done in engine_named("local", workers=2)(job_at(tmp_path), TASKS)]
    assert sorted(found) == list(range(12))
    assert (tmp_path / "killed").exists()


def test_workers_that_are_lost_again_and_again_are_told_with_what_to_do(tmp_path, monkeypatch):
    monkeypatch.setattr(local, "analyse_part", killed_always)
    with pytest.raises(DiscourseError, match="fewer --workers"):
        list(engine_named("local", workers=2)(job_at(tmp_path), TASKS))


@pytest.mark.parametrize("workers", [1, 2])
def test_what_a_worker_tells_reaches_the_user(tmp_path, monkeypatch, workers):
    monkeypatch.setattr(local, "analyse_part", broken)
    with pytest.raises(DiscourseError, match="the disk is full") as told:
        list(engine_named("local", workers=workers)(job_at(tmp_path), TASKS))
    assert told.value.fix == "Make room"


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"name": "spark"}, "no engine 'spark'"),
        ({"name": "dask"}, "address of a scheduler"),
        ({"name": "local", "scheduler": "tcp://a:1"}, "it is for --engine dask"),
    ],
)
def test_options_that_do_not_fit_are_told(options, told):
    with pytest.raises(DiscourseError, match=told):
        engine_named(**options)
