"""Runs over a dump that several tests read."""

from pathlib import Path

import pytest

from tests.scale.made_parts import made_run


@pytest.fixture
def run(tmp_path: Path) -> Path:
    """Return the folder of a run of two threads, each in a part of its own."""
    return made_run(tmp_path / "run")
