"""Which documents there are, and how copies get into place."""

import re

import pytest

from discourse.errors import DiscourseError
from discourse.seeds import manifest
from discourse.seeds.gold import read_gold
from discourse.seeds.manifest import add_seeds, read_manifest, seed_folder
from tests.seeds.made import made_documents


@pytest.fixture
def copies(tmp_path, monkeypatch):
    documents = made_documents(tmp_path / "copies")
    monkeypatch.setattr(manifest, "read_manifest", lambda: documents)
    return tmp_path / "copies"


def test_the_manifest_names_five_documents_with_hash_and_expectation():
    documents = read_manifest()
    assert len({document.name for document in documents}) == 5
    assert all(re.fullmatch("[0-9a-f]{64}", document.sha256) for document in documents)
    assert [document.expect for document in documents].count("comments") == 1


def test_gold_stands_beside_the_manifest_for_every_document_with_comments():
    for document in read_manifest():
        assert (document.gold is not None) == (document.expect == "comments")
        if document.gold is not None:
            assert read_gold(seed_folder() / document.gold)["posts"]


def test_copies_are_checked_and_put_in_place(copies, tmp_path):
    placed = add_seeds(copies, tmp_path / "into" / "seeds")
    assert [path.name for path in placed] == ["one.txt", "two.txt"]
    assert all(path.read_bytes() == (copies / path.name).read_bytes() for path in placed)


def test_nothing_is_copied_unless_every_document_is_right(copies, tmp_path):
    (copies / "two.txt").write_text("changed", encoding="utf-8")
    with pytest.raises(DiscourseError, match=r"two\.txt: its SHA-256 is not"):
        add_seeds(copies, tmp_path / "into")
    assert not (tmp_path / "into").exists()


def test_a_wrong_document_in_place_is_replaced_by_the_right_one(copies, tmp_path):
    (tmp_path / "one.txt").write_text("old", encoding="utf-8")
    add_seeds(copies, tmp_path)
    assert (tmp_path / "one.txt").read_bytes() == (copies / "one.txt").read_bytes()


def test_a_missing_document_is_named(copies, tmp_path):
    (copies / "one.txt").unlink()
    with pytest.raises(DiscourseError, match=r"one\.txt: this document is missing"):
        add_seeds(copies, tmp_path / "into")


def test_documents_that_are_in_place_are_left_alone(copies):
    before = (copies / "one.txt").stat().st_mtime_ns
    add_seeds(copies, copies)
    assert (copies / "one.txt").stat().st_mtime_ns == before
