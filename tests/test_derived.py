"""What is kept of what follows from files: it is found again, and never of files that were others."""

from pathlib import Path

import pytest

from discourse import derived
from discourse.derived import Derived


@pytest.fixture
def kept(tmp_path, monkeypatch):
    monkeypatch.setattr(derived, "cache_from_source", lambda _path: str(tmp_path / "kept" / "module.pyc"))
    (tmp_path / "words.csv").write_text("boat")
    return lambda: Derived("words", "module.py", [tmp_path / "words.csv"])


def the_file(tmp_path: Path) -> Path:
    (path,) = (tmp_path / "kept").iterdir()  # nothing half written beside it
    return path


def test_what_was_kept_comes_back(kept):
    assert kept().read() is None
    kept().write(b"\x00 sails\n")
    assert kept().read() == b"\x00 sails\n"


def test_what_was_kept_of_other_files_does_not(kept, tmp_path):
    kept().write(b"boat")
    (tmp_path / "words.csv").write_text("ship")
    assert kept().read() is None
    kept().write(b"ship")
    assert kept().read() == b"ship"
    the_file(tmp_path)


@pytest.mark.parametrize(
    "spoil", [lambda data: data[:-1], lambda data: data[:70], lambda _: b"", lambda d: d + d]
)
def test_half_a_file_is_none(kept, tmp_path, spoil):
    kept().write(b"boats and ships")
    the_file(tmp_path).write_bytes(spoil(the_file(tmp_path).read_bytes()))
    assert kept().read() is None


def test_where_nothing_can_be_written_nothing_is_kept(kept, tmp_path):
    (tmp_path / "kept").write_text("a file where a folder should be")
    kept().write(b"boat")
    assert kept().read() is None


def test_of_files_that_cannot_be_read_nothing_is_kept(tmp_path):
    missing = Derived("words", "module.py", [tmp_path / "missing.csv"])
    missing.write(b"boat")
    assert missing.read() is None
