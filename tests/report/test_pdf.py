"""A page is printed whole or not at all, and what is missing is told."""

import stat

import pytest

from discourse.errors import DiscourseError
from discourse.report import pdf
from discourse.report.pdf import find_browser, write_pdf


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
        ("exec sleep 60", "took more than 1 seconds"),
    ],
)
def test_a_browser_that_fails_leaves_what_stood_there(page, tmp_path, monkeypatch, script, said):
    (tmp_path / "report.pdf").write_bytes(b"%PDF-1.4 earlier")
    browser(tmp_path, monkeypatch, script)
    with pytest.raises(DiscourseError, match=said):
        write_pdf(page, seconds=1)
    assert (tmp_path / "report.pdf").read_bytes() == b"%PDF-1.4 earlier"
    assert {path.name for path in tmp_path.iterdir()} == {"chromium", "report.html", "report.pdf"}


def test_what_is_no_pdf_is_never_written_over(page, tmp_path, monkeypatch):
    browser(tmp_path, monkeypatch, PRINTS)
    (tmp_path / "report.pdf").write_bytes(b"mine")
    with pytest.raises(DiscourseError, match="no PDF"):
        write_pdf(page)


def test_without_a_browser_it_says_what_to_install(monkeypatch):
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setattr(pdf.shutil, "which", lambda _name: None)
    with pytest.raises(DiscourseError, match="Install chromium"):
        find_browser()
    monkeypatch.setenv("CHROMIUM", "/nowhere/chromium")
    with pytest.raises(DiscourseError, match="CHROMIUM names '/nowhere/chromium'"):
        find_browser()
