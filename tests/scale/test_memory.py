"""What a process remembers is forgotten in time, and no row depends on it."""

import gc
from unittest import mock

import pyarrow as pa
import pytest

from discourse.analysis.registry import ANALYZERS
from discourse.analysis.rhetoric.modelled import of_comments
from discourse.ingest import read_source
from discourse.pipeline import Settings
from discourse.scale import memory
from discourse.scale.engines import engine_named
from discourse.scale.memory import Remembered, arrow_from_system, forget
from discourse.scale.running import run_dump
from discourse.stages import run_stages
from discourse.text.tokens import stem
from tests.scale.ferry_threads import files_of, made_rows, write_dump


def test_what_is_forgotten_changes_no_row(tmp_path):
    read = read_source(write_dump(tmp_path / "quay.jsonl", made_rows(6)))
    before = run_stages(read, ANALYZERS)
    model = of_comments()
    gc.freeze()
    forget()
    assert stem.cache_info().currsize == 0
    assert of_comments() is not model
    after = run_stages(read, ANALYZERS)
    assert all(before[name].equals(after[name]) for name in before.frames)


def test_a_process_forgets_after_so_many_posts_and_not_before():
    with mock.patch.object(memory, "give_back") as forgotten:
        remembered = Remembered()
        remembered.add(memory._MOST - 1)
        assert not forgotten.called
        remembered.add(1)
        remembered.add(memory._MOST - 1)
        assert forgotten.call_count == 1


def test_of_many_posts_a_process_forgets_the_words_and_keeps_the_models():
    model = of_comments()
    for number in range(memory._FEW + 1):
        stem(f"quay{number}")
    Remembered().add(memory._MOST)
    assert stem.cache_info().currsize == 0
    assert of_comments() is model


def test_arrow_takes_memory_from_the_system_for_a_run_and_not_for_whoever_calls_it():
    usual = pa.default_memory_pool().backend_name
    met = []

    @arrow_from_system()
    def fails():
        met.append(pa.default_memory_pool().backend_name)
        raise KeyError

    with pytest.raises(KeyError):
        fails()
    assert met == ["system"]
    assert pa.default_memory_pool().backend_name == usual


def test_a_run_that_forgets_after_every_part_gives_the_same_bytes(tmp_path, monkeypatch):
    dump = write_dump(tmp_path / "quay.jsonl", made_rows(8))

    def files(name):
        out = tmp_path / name
        run_dump([str(dump)], out=str(out), settings=Settings(), engine=engine_named("local"), parts=3)
        return files_of(out)

    kept = files("kept")
    monkeypatch.setattr(memory, "_MOST", 1)
    monkeypatch.setattr(memory, "_FEW", 0)  # models and lexicons too
    assert files("forgotten") == kept
