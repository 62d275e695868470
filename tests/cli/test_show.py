"""`discourse show`: posts on the terminal, in colour where it is one, harmless everywhere."""

import pytest
from made_thread import HOSTILE_NAME, RTL_NAME
from typer.testing import CliRunner

from discourse.cli import app
from discourse.report.terminal.lines import Line, Piece
from tests.stored_runs import store


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    return store(tmp_path_factory.mktemp("show") / "run")


@pytest.fixture
def show(run):
    return lambda *words, **more: CliRunner().invoke(app, ["show", str(run), *map(str, words)], **more)


def test_a_dispute_is_printed_with_its_turns(show):
    result = show("--loop", 1, "--side", "a")
    assert result.exit_code == 0, result.output
    assert "Was the pool closed for two months" in result.stdout
    assert "[A] turn 1: asserts" in result.stdout
    assert "[B] turn" not in result.stdout


def test_text_reads_as_the_page_has_it_and_nothing_is_taken_for_markup(show):
    result = show("--author", HOSTILE_NAME)
    words = " ".join(result.stdout.split())
    assert "{{7*7}}" in words
    assert "<b>bold?</b>" in words
    assert result.exit_code == 0


def test_no_control_or_direction_sign_reaches_the_terminal(show):
    result = show("--author", RTL_NAME)
    assert result.exit_code == 0, result.output
    assert not set(result.output) & set("\x1b\x07\u202e")


def test_lines_are_wrapped_to_the_width(show):
    for width in (40, 120):
        result = show("--author", "Marta", env={"COLUMNS": str(width)})
        longest = max(map(len, result.stdout.splitlines()))
        assert width * 0.7 < longest <= width


def test_colour_is_for_terminals_that_want_it(run, monkeypatch):
    def printed():
        return CliRunner().invoke(app, ["show", str(run), "--marker", "hedge"], color=True).output

    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.delenv("FORCE_COLOR", raising=False)
    assert "\x1b[" not in printed()
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b[" in printed()
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[3" not in printed()


@pytest.mark.parametrize(
    "words", [["--loop", 9], ["--author", "Marte"], ["--marker", "hegde"], ["--post", 0], ["--side", "a"]]
)
def test_what_is_not_there_gets_one_line_and_exit_code_2(show, words):
    result = show(*words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert len(result.stderr.splitlines()) == 1


def test_without_options_it_lists_what_there_is(show):
    result = show()
    assert result.exit_code == 0
    assert "--loop NUMBER" in result.stdout


def test_of_several_runs_one_must_be_named(tmp_path):
    for name in ("a", "b"):
        store(tmp_path / name)
    result = CliRunner().invoke(app, ["show", str(tmp_path), "--loop", "1"])
    assert result.exit_code == 2
    assert "Give one of them: a, b" in result.stderr


def test_an_empty_line_and_a_long_word_are_printed_too(capsys, monkeypatch):
    from discourse.cli.show import print_lines

    monkeypatch.setenv("COLUMNS", "40")
    print_lines([Line(), Line((Piece("w" * 100, "mark rhetoric"),), 4)])
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == ""
    assert "".join(line.strip() for line in lines[1:]) == "w" * 100
    assert all(line.startswith("    w") for line in lines[1:])
