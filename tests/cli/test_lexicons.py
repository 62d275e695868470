"""`discourse lexicons check`: every entry keeps the word of its own examples."""

from typer.testing import CliRunner

from discourse.cli import app


def test_the_projects_own_lexicons_pass():
    result = CliRunner().invoke(app, ["lexicons", "check"])
    assert result.exit_code == 0, result.output
    assert "0 faults" in result.stdout
    assert result.stderr == ""


def test_a_folder_without_lexicons_is_told_with_exit_code_2(tmp_path):
    result = CliRunner().invoke(app, ["lexicons", "check", "--lexicons", str(tmp_path)])
    assert result.exit_code == 2
    assert len(result.stderr.splitlines()) == 1
