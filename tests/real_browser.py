"""One real browser for all tests that look at pages: found, or skipped with a word.

There is one for the whole run, since a second Playwright cannot begin beside the first.
"""

import os
import shutil
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

_NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")


def chromium() -> str | None:
    """Return the browser's path: CHROMIUM's, else the first found; None where there is none."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, _NAMES)), None)


@pytest.fixture(scope="session")
def browser() -> "Iterator[Browser]":
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    binary = chromium()
    if binary is None:
        pytest.skip("no Chromium or Chrome was found on this machine; set CHROMIUM to its path")
    with sync_api.sync_playwright() as play:
        started = play.chromium.launch(executable_path=binary, args=["--no-sandbox"])
        yield started
        started.close()
