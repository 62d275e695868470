"""What all commands share: help, safe words, one line a fault, progress on terminals alone."""

import io
import subprocess
import sys
import unicodedata

import pytest
import typer
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from discourse import __version__
from discourse.cli import app
from discourse.cli.common import mendable, printable, progress_line
from discourse.errors import DiscourseError

COMMANDS = [
    [],
    ["analyze"],
    ["seeds"],
    ["seeds", "add"],
    ["seeds", "check"],
    ["lexicons"],
    ["lexicons", "check"],
]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
@pytest.mark.parametrize("option", ["--help", "-h"])
def test_help_shows_an_example(command, option):
    result = CliRunner().invoke(app, [*command, option])
    assert result.exit_code == 0
    assert f"Example:  discourse {' '.join(command)}".rstrip() in result.output


def test_the_version_is_told():
    result = CliRunner().invoke(app, ["--version"])
    assert result.exit_code == 0
    assert result.output == f"discourse-analyzer {__version__}\n"


def test_the_package_runs_as_a_module_where_the_command_is_not_on_the_path():
    command = [sys.executable, "-m", "discourse", "--version"]
    assert subprocess.check_output(command, text=True) == f"discourse-analyzer {__version__}\n"


@given(st.text())
def test_printable_words_hold_no_character_that_steers_a_terminal(text):
    shown = printable(text)
    assert len(shown) == len(text)
    assert all(unicodedata.category(char) not in ("Cc", "Cf", "Cs") for char in shown)


@given(st.text(st.characters(categories=["L", "N", "P", "S", "Zs", "M"])))
def test_printable_leaves_plain_words_as_they_are(text):
    assert printable(text) == text


def test_a_fault_that_the_user_can_mend_is_one_line_even_with_line_breaks_in_it(capsys):
    with pytest.raises(typer.Exit) as caught, mendable():
        raise DiscourseError(where="a\nb\x1b[31m", problem="p", fix="f")
    assert caught.value.exit_code == 2
    assert capsys.readouterr().err == "discourse: a b\ufffd[31m: p. f.\n"


def test_a_bug_of_ours_is_not_hidden():
    with pytest.raises(ZeroDivisionError), mendable():
        raise ZeroDivisionError


def test_progress_is_silent_where_nobody_watches(capsys):
    with progress_line(2) as progress:
        progress("page", "reading")
    assert capsys.readouterr() == ("", "")


def test_progress_on_a_terminal_names_page_and_stage_without_steering_it(monkeypatch):
    class Terminal(io.StringIO):
        def isatty(self):
            return True

    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setenv("TERM", "xterm")
    with progress_line(1) as progress:
        progress("page\x1b]0;owned\x07[bold]", "reading")
    assert "page" in terminal.getvalue()
    assert "reading" in terminal.getvalue()
    assert "\x1b]0;owned" not in terminal.getvalue()
    assert "\x07" not in terminal.getvalue()
