"""`discourse lexicons`: entries keep their word, a text's matches are explained, a marker has its page."""

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from discourse.cli import app
from discourse.lexicon import load_pages


def run(*words: str) -> Result:
    return CliRunner().invoke(app, ["lexicons", *words])


def boats(folder: Path, *, hit: str = "Two boats.", label: str = "boat_talk") -> str:
    (folder / "boats.toml").write_text(
        'name = "boats"\nversion = 1\nlanguage = "en"\nlicence = "CC0-1.0"\nsource = "mine"\n'
        'citation = "none"\n'
        f'[labels.{label}]\ndefinition = "Speaks of boats."\n[changes]\n1 = "First."\n'
    )
    (folder / "boats.csv").write_text(f"pattern,match,label,hit,miss\nboat,inflected,{label},{hit},A goat.\n")
    return str(folder)


def test_the_projects_own_lexicons_pass():
    result = run("check")
    assert result.exit_code == 0, result.output
    assert "0 faults" in result.stdout
    assert result.stderr == ""


def test_a_folder_without_lexicons_is_told_with_exit_code_2(tmp_path):
    result = run("check", "--lexicons", str(tmp_path))
    assert result.exit_code == 2
    assert len(result.stderr.splitlines()) == 1


@pytest.mark.parametrize("how", [(), ("--lexicons",)])
def test_a_users_folder_is_checked_by_name(tmp_path, how):
    result = run("check", *how, boats(tmp_path))
    assert (result.exit_code, result.stdout) == (0, "1 lexicons, 1 entries, 0 faults\n")


def test_an_example_that_fails_is_named_with_exit_code_2(tmp_path):
    result = run("check", boats(tmp_path, hit="Two goats."))
    assert result.exit_code == 2
    assert "boats.csv:2: 'boat' does not match its hit 'Two goats.'" in result.stderr


@pytest.mark.parametrize("command", [("try", "boats"), ("show", "hedge"), ("check",)])
def test_a_label_that_clashes_is_one_clear_line_with_exit_code_2(tmp_path, command):
    result = run(*command, "--lexicons", boats(tmp_path, label="hedge"))
    assert result.exit_code == 2
    (line,) = result.stderr.splitlines()
    assert "label 'hedge' is defined otherwise by hedges" in line


def test_try_says_what_matches_by_which_entry_and_what_a_denial_takes_away():
    result = run("try", "He did not clearly lie, perhaps. It fell by 12 %.")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert any(
        line.startswith("booster: 'clearly'") and "'not' before it denies it" in line for line in lines
    )
    assert any(
        line.startswith("hedge: 'perhaps' by hedges@") and "does not count" not in line for line in lines
    )
    assert "evidence: '12 %', rule: number" in lines


def test_try_takes_a_users_lexicons_beside_ours(tmp_path):
    result = run("try", "Perhaps two boats.", "--lexicons", boats(tmp_path))
    assert [line.split(":")[0] for line in result.stdout.splitlines()] == ["hedge", "boat_talk"]


def test_try_with_nothing_to_find_says_so():
    assert run("try", "The cat sat.").stdout == "nothing matches\n"


def test_show_prints_definition_error_rate_examples_and_makers():
    lines = run("show", "booster").stdout.splitlines()
    assert lines[0] == "booster: Raises the certainty of what is said."
    assert any(line.startswith("measured: ") and " of " in line for line in lines)
    assert any(line.startswith("  yes: ") for line in lines)
    assert any(line.startswith("made by: boosters@") for line in lines)


@pytest.mark.parametrize("marker", load_pages())
def test_every_marker_of_the_codebook_has_a_page_that_names_its_makers(marker):
    lines = run("show", marker).stdout.splitlines()
    starts = [line.partition(":")[0].strip() for line in lines]
    assert {marker, "yes", "no", "confused with", "measured", "made by"} <= set(starts)


@pytest.mark.parametrize(
    ("marker", "models"),
    [
        ("faulty_inference", ["model:fallacies@2, its share in `discourse label`"]),
        ("ad_hominem", ["model:comments@2, in `discourse analyze`", "model:tone@2, its share in"]),
        ("booster", []),
    ],
)
def test_show_says_which_model_speaks_where(marker, models):
    lines = [line for line in run("show", marker).stdout.splitlines() if line.startswith("made by: model:")]
    assert len(lines) == len(models)
    assert all(model in line for model, line in zip(models, lines, strict=True))


def test_show_knows_a_users_marker_and_refuses_an_unknown_one(tmp_path):
    folder = boats(tmp_path)
    assert "boat_talk: Speaks of boats." in run("show", "boat_talk", "--lexicons", folder).stdout
    result = run("show", "boat_talk")
    assert result.exit_code == 2
    assert "there is no such marker" in result.stderr
