"""A run's id is a hash of what went into it: contents, settings, versions, and nothing else."""

import hashlib
import json

import pytest

from discourse import __version__
from discourse.provenance import run_record, sha256_of

ONE = {"uri": "pages/a.txt", "sha256": "aa"}
TWO = {"uri": "pages/b.txt", "sha256": "bb"}
KNOWN = {"settings": {"seed": 0}, "makers": {"analyzers": {"quotes": 1}, "lexicons": {"hedges": 1}}}


def run_id(*sources, **changes):
    return run_record(sources=sources, **{**KNOWN, **changes})["run_id"]


def test_the_same_input_gives_the_same_record():
    assert run_record(sources=[ONE], **KNOWN) == run_record(sources=[ONE], **KNOWN)


def test_the_id_does_not_depend_on_where_a_source_lies():
    assert run_id(ONE) == run_id({**ONE, "uri": "/elsewhere/renamed.txt"})


def test_the_id_does_not_depend_on_the_clock(monkeypatch):
    before = run_id(ONE)
    monkeypatch.setattr("time.time", lambda: 0.0)
    assert run_id(ONE) == before


def test_the_id_does_not_depend_on_the_order_of_settings():
    assert run_id(ONE, settings={"a": 1, "b": 2}) == run_id(ONE, settings={"b": 2, "a": 1})


@pytest.mark.parametrize(
    "other",
    [
        run_id({**ONE, "sha256": "ab"}),
        run_id(ONE, TWO),
        run_id(),
        run_id(ONE, settings={"seed": 1}),
        run_id(ONE, settings={}),
        run_id(ONE, makers={"analyzers": {"quotes": 2}, "lexicons": {"hedges": 1}}),
        run_id(ONE, makers={"analyzers": {"quotes": 1}, "lexicons": {"hedges": 2}}),
    ],
    ids=["content", "more sources", "no source", "seed", "no settings", "analyser", "lexicon"],
)
def test_the_id_changes_with_content_settings_and_versions(other):
    assert other != run_id(ONE)


def test_the_id_is_sixteen_hex_digits():
    assert len(run_id(ONE)) == 16
    assert int(run_id(ONE), 16) >= 0


def test_the_record_names_inputs_and_versions_and_can_be_written_as_json():
    record = run_record(sources=[ONE], **KNOWN)
    assert record["sources"] == [ONE]
    assert record["code"]["discourse-analyzer"] == __version__
    assert "pandas" in record["code"]
    assert json.loads(json.dumps(record)) == record


def test_a_hash_is_that_of_the_bytes():
    assert sha256_of(b"abc") == hashlib.sha256(b"abc").hexdigest()
