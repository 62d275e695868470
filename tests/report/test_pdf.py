"""A page is printed whole or not at all, and what is missing is told."""

import stat
from pathlib import Path

import pytest

from discourse.errors import DiscourseError
from discourse.report import pdf
from discourse.report.pdf import find_browser, is_ours, write_pdf


@pytest.fixture
def page(tmp_path):
    path = tmp_path / "report.html"
    path.write_text("<p>Hello</p>", encoding="utf-8")
    return path


def browser(tmp_path, monkeypatch, script):
    """Put a made-up browser in place of a real one."""
    path = tmp_path / "chromium"
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("CHROMIUM", str(path))


EARLIER = b"%PDF-1.4 earlier" + pdf.MARK
PRINTS = (
    'for word in "$@"; do case "$word" in --print-to-pdf=*) printf "%%PDF-1.7 $*" > "${word#*=}";; esac; done'
)


def test_a_page_is_printed_beside_itself_and_nothing_else_is_left(page, tmp_path, monkeypatch):
    browser(tmp_path, monkeypatch, PRINTS)
    assert write_pdf(page) == tmp_path / "report.pdf"
    assert {path.name for path in tmp_path.iterdir()} == {"chromium", "report.html", "report.pdf"}
    words = (tmp_path / "report.pdf").read_text(encoding="utf-8")
    assert page.as_uri() in words
    assert "--user-data-dir=" in words


def test_the_sandbox_is_left_out_for_root_alone(page, tmp_path, monkeypatch):
    browser(tmp_path, monkeypatch, PRINTS)
    for user, is_left_out in ((0, True), (1000, False)):
        monkeypatch.setattr(pdf.os, "geteuid", lambda user=user: user)
        write_pdf(page)
        assert ("--no-sandbox" in (tmp_path / "report.pdf").read_text(encoding="utf-8")) is is_left_out


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("exit 3", "exit code 3"),
        ("exit 0", "printed nothing"),
        (PRINTS.replace("%%PDF", "half"), "printed nothing"),
    ],
)
def test_a_browser_that_fails_leaves_what_stood_there(page, tmp_path, monkeypatch, script, said):
    (tmp_path / "report.pdf").write_bytes(EARLIER)
    browser(tmp_path, monkeypatch, script)
    with pytest.raises(DiscourseError, match=said):
        write_pdf(page)
    assert (tmp_path / "report.pdf").read_bytes() == EARLIER
    assert {path.name for path in tmp_path.iterdir()} == {"chromium", "report.html", "report.pdf"}


def is_running(number: int) -> bool:
    """Tell whether a process still runs; one that has ended and waits to be counted does not."""
    try:
        state = Path(f"/proc/{number}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


needs_proc = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="it looks into /proc")


@needs_proc
def test_a_browser_that_takes_too_long_is_ended_with_its_children(page, tmp_path, monkeypatch):
    browser(tmp_path, monkeypatch, 'sleep 600 & echo $! > "$(dirname "$0")/child"\nwait')
    with pytest.raises(DiscourseError, match="took more than 2 seconds"):
        write_pdf(page, seconds=2)
    assert not is_running(int((tmp_path / "child").read_text(encoding="utf-8")))
    assert {path.name for path in tmp_path.iterdir()} == {"child", "chromium", "report.html"}


@needs_proc
def test_a_child_that_writes_on_costs_no_pdf_and_leaves_nothing(page, tmp_path, monkeypatch):
    """What a real browser's children write into its profile when it has ended already."""
    writes = 'while :; do mkdir -p "$at/profile/x"; : > "$at/profile/x/$i"; i=$((i+1)); done'
    find = 'for word in "$@"; do case "$word" in --print-to-pdf=*) at=$(dirname "${word#*=}");; esac; done'
    child = f'({find}; i=0; {writes}) & echo $! > "$(dirname "$0")/child"'
    browser(tmp_path, monkeypatch, f"{child}\n{PRINTS}")
    assert write_pdf(page) == tmp_path / "report.pdf"
    assert not is_running(int((tmp_path / "child").read_text(encoding="utf-8")))
    assert {path.name for path in tmp_path.iterdir()} == {"child", "chromium", "report.html", "report.pdf"}


def test_a_profile_that_cannot_be_removed_costs_no_pdf(page, tmp_path, monkeypatch):
    def fail(*_words: object, **_more: object) -> None:
        raise OSError("busy")

    browser(tmp_path, monkeypatch, PRINTS)
    monkeypatch.setattr(pdf.tempfile._os, "rmdir", fail)
    assert write_pdf(page).read_bytes().startswith(b"%PDF-")


@pytest.mark.parametrize("theirs", [b"mine", b"", b"%PDF-1.7 my thesis %%EOF\n"])
def test_what_we_did_not_print_is_never_written_over(page, tmp_path, monkeypatch, theirs):
    browser(tmp_path, monkeypatch, PRINTS)
    (tmp_path / "report.pdf").write_bytes(theirs)
    with pytest.raises(DiscourseError, match="no earlier run wrote what stands here"):
        write_pdf(page)
    assert (tmp_path / "report.pdf").read_bytes() == theirs
    (tmp_path / "report.pdf").unlink()
    (tmp_path / "report.pdf").mkdir()
    with pytest.raises(DiscourseError, match="no earlier run wrote what stands here"):
        write_pdf(page)


def test_what_we_printed_is_written_over(page, tmp_path, monkeypatch):
    browser(tmp_path, monkeypatch, PRINTS)
    first = write_pdf(page)
    assert is_ours(first)
    browser(tmp_path, monkeypatch, PRINTS.replace("1.7", "2.0"))
    assert write_pdf(page).read_bytes().startswith(b"%PDF-2.0")


def test_without_a_browser_it_says_what_to_install(monkeypatch):
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setattr(pdf.shutil, "which", lambda _name: None)
    with pytest.raises(DiscourseError, match="Install chromium"):
        find_browser()
    monkeypatch.setenv("CHROMIUM", "/nowhere/chromium")
    with pytest.raises(DiscourseError, match="CHROMIUM names '/nowhere/chromium'"):
        find_browser()
