"""A page as a PDF, printed by a headless Chromium where one is installed."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from discourse.errors import DiscourseError

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
LONGEST = 900  # seconds; a report of 10,000 posts takes minutes on a slow machine
_QUIET = (
    "--headless",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-dev-shm-usage",
    "--disable-extensions",
    "--disable-sync",
    "--metrics-recording-only",
    "--no-default-browser-check",
    "--no-first-run",
    "--no-pdf-header-footer",
    "--host-resolver-rules=MAP * ~NOTFOUND",  # a page of ours asks for nothing, and would get nothing
)


def find_browser() -> str:
    """Return the path of a browser of the Chromium family: the one that CHROMIUM names, else one installed.

    Raises
    ------
    DiscourseError
        Where there is none.
    """
    named = os.environ.get("CHROMIUM")
    found = next(filter(None, map(shutil.which, (named,) if named else BROWSERS)), None)
    if found is None:
        problem = f"CHROMIUM names {named!r}, which cannot be run" if named else "no Chromium was found"
        raise DiscourseError(
            where="--pdf",
            problem=problem,
            fix="Install chromium or Google Chrome, or set CHROMIUM to its path; or print the page yourself",
        )
    return found


def write_pdf(page: Path, *, seconds: float = LONGEST) -> Path:
    """Print a page into a PDF of the same name beside it, and return that; never half written.

    Parameters
    ----------
    seconds
        How long the browser may take.

    Raises
    ------
    DiscourseError
        Where no browser is installed, it fails, or the place cannot be written.
    """
    browser, out = find_browser(), page.with_suffix(".pdf")
    try:
        if out.exists() and out.read_bytes()[:5] != b"%PDF-":
            raise DiscourseError(
                where=str(out), problem="something stands here that is no PDF", fix="Move it away"
            )
        # some browsers come in a box that cannot see the folder for temporary files, so it is beside the page
        with tempfile.TemporaryDirectory(prefix=".printing-", dir=page.parent) as folder:
            printed = Path(folder) / "page.pdf"
            _print(browser, page, printed, seconds)
            printed.replace(out)
    except OSError as error:
        problem = f"it cannot be written ({error.strerror or error})"
        raise DiscourseError(where=str(out), problem=problem, fix="Make room for it") from error
    return out


def _print(browser: str, page: Path, printed: Path, seconds: float) -> None:
    # without its sandbox only where it would refuse to start with it
    as_root = ("--no-sandbox",) if hasattr(os, "geteuid") and os.geteuid() == 0 else ()
    profile = f"--user-data-dir={printed.parent / 'profile'}"
    command = [browser, *_QUIET, *as_root, profile, f"--print-to-pdf={printed}", page.resolve().as_uri()]
    try:
        ended = subprocess.run(  # noqa: S603 - a browser that the user installed, and a page of ours
            command, capture_output=True, timeout=seconds, check=False, stdin=subprocess.DEVNULL
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        slow = isinstance(error, subprocess.TimeoutExpired)
        problem = f"it took more than {seconds:,.0f} seconds" if slow else "it could not be started"
        raise _failed(browser, problem) from error
    if ended.returncode or not printed.is_file() or printed.read_bytes()[:5] != b"%PDF-":
        raise _failed(browser, f"it printed nothing (exit code {ended.returncode})")


def _failed(browser: str, problem: str) -> DiscourseError:
    return DiscourseError(
        where=browser,
        problem=problem,
        fix="Set CHROMIUM to another browser, or open the page and print it; the page itself is written",
    )
