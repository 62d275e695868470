"""What tests of all folders share."""

import difflib
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

from tests.real_browser import browser

__all__ = ["browser"]  # a fixture, for every folder's tests

ROOT = Path(__file__).parents[1]
SAMPLES = sorted((ROOT / "seeds" / "samples").glob("*.txt"))

# the same examples in every run, few enough for a quick suite, and no clock to fail on a slow machine
settings.register_profile("project", max_examples=60, deadline=None, derandomize=True, database=None)
settings.load_profile("project")


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the folder of the documents and data that the project may not hand out.

    It lies beside the repository, or where DISCOURSE_SHARED says; a test that needs it is
    skipped where it is absent.
    """
    folder = Path(os.environ.get("DISCOURSE_SHARED") or ROOT.parent / "shared")
    if not folder.is_dir():
        pytest.skip("../shared is absent (DISCOURSE_SHARED may name it)")
    return folder


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="write what comes out into the golden files instead of comparing them",
    )


@pytest.fixture(scope="session")
def golden(request: pytest.FixtureRequest) -> Callable[[Path, str], None]:
    """Return a check that a file holds this text; with --update-golden it writes the file instead."""

    def check(path: Path, text: str) -> None:
        if request.config.getoption("--update-golden"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode())
        assert path.is_file(), f"{path} is missing; --update-golden writes it"
        kept = path.read_bytes().decode()  # as bytes, so that line ends count
        if kept != text:
            lines = difflib.unified_diff(
                kept.splitlines(), text.splitlines(), "kept", "came out", n=1, lineterm=""
            )
            told = f"{path.name} differs; --update-golden writes it anew"
            pytest.fail("\n".join([told, *lines]), pytrace=False)

    return check
