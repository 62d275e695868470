"""A page as a PDF, printed by a headless Chromium where one is installed."""

import os
import shutil
import signal
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path
from time import sleep

from discourse.errors import DiscourseError

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
LONGEST = 900  # seconds; a report of 10,000 posts takes minutes on a slow machine
_LOOKS, _PAUSE = 20, 0.05  # how often to look whether a browser's children are gone; seconds between
MARK = (
    b"%discourse-analyzer\n"  # a remark behind a PDF's end, so that we replace what we printed and no other
)
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


def is_ours(path: Path) -> bool:
    """Say whether a PDF bears our mark behind its end."""
    with path.open("rb") as file:
        file.seek(max(0, os.fstat(file.fileno()).st_size - len(MARK)))
        return file.read() == MARK


def write_pdf(page: Path, *, seconds: float = LONGEST) -> Path:
    """Print a page into a PDF of the same name beside it, and return that; never half written.

    Parameters
    ----------
    seconds
        How long the browser may take.

    Raises
    ------
    DiscourseError
        Where no browser is installed, it fails, or the place cannot be written or holds what is not ours.
    """
    browser, out = find_browser(), page.with_suffix(".pdf")
    try:
        if out.exists() and not (out.is_file() and is_ours(out)):
            raise DiscourseError(
                where=str(out),
                problem="the PDF would go here, and no earlier run wrote what stands here",
                fix="Move it away, or draw the report elsewhere with --out",
            )
        # some browsers come in a box that cannot see the folder for temporary files, so it is beside the
        # page; what they write to the last may hold up its removal, and shall cost nobody the PDF
        with tempfile.TemporaryDirectory(
            prefix=".printing-", dir=page.parent, ignore_cleanup_errors=True
        ) as folder:
            printed = Path(folder) / "page.pdf"
            _print(browser, page, printed, seconds)
            with printed.open("ab") as file:
                file.write(MARK)
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
    code = _run(command, seconds)
    if code or not printed.is_file() or not _is_pdf(printed):
        raise _failed(browser, f"it printed nothing (exit code {code})")


def _is_pdf(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(5) == b"%PDF-"


def _run(command: list[str], seconds: float) -> int:
    """Run a browser, end it with all its children when it has had its time, and return its exit code."""
    quiet = subprocess.DEVNULL
    try:
        started = subprocess.Popen(  # noqa: S603 - a browser that the user installed, and a page of ours
            command, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True
        )
    except OSError as error:
        raise _failed(command[0], "it could not be started") from error
    try:
        return started.wait(seconds)
    except subprocess.TimeoutExpired as error:
        raise _failed(command[0], f"it took more than {seconds:,g} seconds") from error
    finally:
        _end_all(started)


def _end_all(started: "subprocess.Popen[bytes]") -> None:
    """End what is left of a browser: its children write into the profile even when it has ended."""
    if hasattr(os, "killpg"):
        # the group bears the number of its first member, whether that still runs or not
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(started.pid, signal.SIGKILL)
            started.wait()
            for _ in range(_LOOKS):  # they are gone in a moment, and their files can be removed then
                os.killpg(started.pid, 0)
                sleep(_PAUSE)
    else:
        started.kill()
    started.wait()


def _failed(browser: str, problem: str) -> DiscourseError:
    return DiscourseError(
        where=browser,
        problem=problem,
        fix="Set CHROMIUM to another browser, or open the page and print it; the page itself is written",
    )
