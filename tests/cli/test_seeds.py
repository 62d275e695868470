"""`discourse seeds`: right copies are put in place, wrong ones are not."""

import pytest
from typer.testing import CliRunner

from discourse.cli import app
from discourse.seeds import expectations, manifest
from discourse.seeds.expectations import Check
from tests.seeds.made import made_documents


@pytest.fixture
def copies(tmp_path, monkeypatch):
    """A folder with right copies of a made-up manifest's documents."""
    documents = made_documents(tmp_path / "copies")
    for module in (manifest, expectations):
        monkeypatch.setattr(module, "read_manifest", lambda: documents)
    return tmp_path / "copies"


def invoke(*words):
    return CliRunner().invoke(app, ["seeds", *map(str, words)])


def test_right_copies_are_put_in_place(copies, tmp_path):
    result = invoke("add", copies, "--into", tmp_path / "seeds")
    assert result.exit_code == 0, result.output
    assert sorted(path.name for path in (tmp_path / "seeds").iterdir()) == ["one.txt", "two.txt"]
    assert (tmp_path / "seeds" / "one.txt").read_bytes() == (copies / "one.txt").read_bytes()
    assert len(result.stdout.splitlines()) == 2


def test_with_a_wrong_copy_nothing_is_copied_and_one_line_says_which(copies, tmp_path):
    (copies / "two.txt").write_text("changed", encoding="utf-8")
    result = invoke("add", copies, "--into", tmp_path / "seeds")
    assert result.exit_code == 2
    assert not (tmp_path / "seeds").exists()
    (line,) = result.stderr.splitlines()
    assert "two.txt" in line
    assert "SHA-256" in line


def test_with_a_missing_copy_nothing_is_copied(copies, tmp_path):
    (copies / "two.txt").unlink()
    result = invoke("add", copies, "--into", tmp_path / "seeds")
    assert result.exit_code == 2
    assert "missing" in result.stderr
    assert not (tmp_path / "seeds").exists()


def test_copies_that_are_in_place_already_stay(copies):
    result = invoke("add", copies, "--into", copies)
    assert result.exit_code == 0
    assert (copies / "one.txt").is_file()


def test_documents_that_are_not_there_are_told_with_exit_code_2(tmp_path):
    result = invoke("check", tmp_path)
    assert result.exit_code == 2
    assert len(result.stderr.splitlines()) == 1


def test_a_check_says_line_by_line_what_holds(copies):
    result = invoke("check", copies)
    assert result.exit_code == 0, result.output
    assert result.stdout.splitlines()[-1] == "2 of 2 expectations hold"
    assert all(line.startswith("holds  ") for line in result.stdout.splitlines()[:-1])


def test_a_check_that_fails_ends_with_exit_code_2(tmp_path, monkeypatch):
    checks = [
        Check("one.txt", "all posts found", False, "3 of 4\x1b[31m"),
        Check("one.txt", "no loop", True, "-"),
    ]
    monkeypatch.setattr("discourse.seeds.check_seeds", lambda _folder: iter(checks))
    result = invoke("check", tmp_path)
    assert result.exit_code == 2
    assert "FAILS  one.txt: all posts found (3 of 4\ufffd[31m)" in result.stdout
    assert "1 of 2 expectations hold" in result.stdout
