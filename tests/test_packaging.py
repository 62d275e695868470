"""What a stranger gets: two commands, a lock, a wheel with all its data."""

import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from zipfile import ZipFile

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from typer.testing import CliRunner

import discourse
from discourse.cli import app
from discourse.tables import CONTRACT

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
README = (ROOT / "README.md").read_text(encoding="utf-8")
_BLOCKS = re.MULTILINE | re.DOTALL
COMMANDS = re.findall(r"^```sh\n(.*?)^```$", README, _BLOCKS)
PINS = [
    line
    for line in (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> dict[str, bytes]:
    """Build the wheel and return what it holds, by name."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    run = subprocess.run(build, cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    (path,) = folder.glob("discourse_analyzer-*.whl")
    with ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_the_readme_holds_two_commands_of_one_line_each():
    assert [command.count("\n") for command in COMMANDS] == [1, 1]
    for command in COMMANDS:
        assert command.startswith("python3 -m venv .venv && .venv/bin/pip install ")
        assert " -c requirements.lock " in command
    analyse, test = COMMANDS
    assert re.search(r"discourse analyze seeds/samples/\S+\.txt --out reports$", analyse.strip())
    assert test.strip().endswith("pytest")


def test_the_page_that_the_readme_analyses_is_there():
    (page,) = re.findall(r"seeds/samples/\S+\.txt", COMMANDS[0])
    assert (ROOT / page).is_file()


def test_the_readme_shows_what_its_command_prints(tmp_path, monkeypatch, golden):
    arguments = shlex.split(COMMANDS[0].split("/discourse ")[1])
    page = tmp_path / arguments[1]
    page.parent.mkdir(parents=True)
    shutil.copyfile(ROOT / arguments[1], page)
    monkeypatch.chdir(tmp_path)
    # the command installs no extra
    monkeypatch.setattr("discourse.learn.second_opinion.is_installed", lambda: False)
    run = CliRunner().invoke(app, arguments)
    assert run.exit_code == 0, run.output
    shown = f"```text\n{run.stdout.strip()}\n```"
    golden(ROOT / "README.md", re.sub(r"^```text\n.*?^```$", lambda _: shown, README, count=1, flags=_BLOCKS))


@pytest.mark.parametrize(
    "command", [command.name or command.callback.__name__ for command in app.registered_commands]
)
def test_the_readme_names_every_command(command):
    assert f"discourse {command}" in README


@pytest.mark.parametrize("table", CONTRACT)
def test_the_readme_names_every_table(table):
    assert f"`{table}`" in README


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md", "seeds/README.md", "reports/README.md"])
def test_links_and_paths_of_a_page_lead_somewhere(page):
    text = (ROOT / page).read_text(encoding="utf-8")
    links = [link for link in re.findall(r"\]\(([^)#]+)", text) if "://" not in link]
    assert [link for link in links if not (ROOT / page).parent.joinpath(link).exists()] == []
    named = re.findall(r"`((?:discourse|tests|lexicons|seeds|\.ci)/[\w./-]*)`", text)
    assert [path for path in named if "NAME" not in path and not (ROOT / path).exists()] == []


def test_the_lock_pins_exact_versions_and_names_no_place():
    assert [pin for pin in PINS if not re.fullmatch(r"[\w.-]+==[\w.+!-]+", pin)] == []
    names = [canonicalize_name(pin.split("==")[0]) for pin in PINS]
    assert len(names) == len(set(names))
    assert canonicalize_name(PROJECT["name"]) not in names


def test_the_lock_pins_every_dependency_within_its_bounds():
    pins = dict(pin.split("==") for pin in PINS)
    pinned = {canonicalize_name(name): version for name, version in pins.items()}
    wanted = [Requirement(line) for line in PROJECT["dependencies"]]
    wanted += [Requirement(line) for extra in PROJECT["optional-dependencies"].values() for line in extra]
    own = canonicalize_name(PROJECT["name"])
    unmet = [
        str(need)
        for need in wanted
        if canonicalize_name(need.name) != own
        and not need.specifier.contains(pinned.get(canonicalize_name(need.name), "0"))
    ]
    assert unmet == []


def test_the_changelog_speaks_of_this_version():
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert f"## [{discourse.__version__}]" in changes


def test_ci_can_be_run():
    assert os.access(ROOT / ".ci" / "run", os.X_OK)


def in_tree(folder: str, *patterns: str) -> set[str]:
    return {
        str(path.relative_to(ROOT).as_posix())
        for pattern in patterns
        for path in (ROOT / folder).rglob(pattern)
    }


def test_the_wheel_holds_the_package_with_its_data(wheel):
    expected = in_tree("discourse", "*.py", "*.j2", "*.css", "*.js", "*.toml", "*.json", "py.typed")
    assert {"discourse/py.typed", "discourse/report/templates/css/base.css"} <= expected
    assert expected - set(wheel) == set()


def test_the_wheel_holds_every_lexicon_and_the_facts_of_the_documents(wheel):
    lexicons = in_tree("lexicons", "*.toml", "*.csv")
    assert lexicons
    carried = {*lexicons, "seeds/SOURCES.toml", "seeds/004.gold.json"}
    assert {
        name for name in carried if wheel[f"discourse/_data/{name}"] != (ROOT / name).read_bytes()
    } == set()


def test_the_wheel_holds_no_page_no_test_and_no_leftovers(wheel):
    info = f"discourse_analyzer-{discourse.__version__}.dist-info/"
    inside = [name for name in wheel if not name.startswith(info)]
    strange = [
        name for name in inside if not name.startswith("discourse/") or name.endswith((".txt", ".pyc"))
    ]
    assert strange == []


def test_the_wheel_carries_licence_and_command(wheel):
    info = f"discourse_analyzer-{discourse.__version__}.dist-info"
    assert b"Apache License" in wheel[f"{info}/licenses/LICENSE"]
    assert b"discourse = discourse.cli:main" in wheel[f"{info}/entry_points.txt"]
    assert b"License-Expression: Apache-2.0" in wheel[f"{info}/METADATA"]
