"""What somebody else put in a folder is never replaced by a result."""

import json
import re

import pytest

from discourse.errors import DiscourseError
from discourse.replacing import free_name
from discourse.tabular.folders import EVALUATION, MODEL, check_folder, new_folder


def model(folder):
    folder.mkdir()
    for name in MODEL:
        (folder / name).write_text("{}")
    (folder / "card.json").write_text(json.dumps({"task": "tone"}))
    (folder / "evaluation.json").write_text(json.dumps({"figures": {}}))
    return folder


def test_figures_never_take_a_models_place(tmp_path):
    with pytest.raises(DiscourseError, match=r"card\.json"):
        check_folder(model(tmp_path / "m"), EVALUATION)


def test_a_model_takes_the_place_of_an_earlier_one(tmp_path):
    out = model(tmp_path / "m")
    with new_folder(out, MODEL) as part:
        (part / "card.json").write_text("new")
    assert [path.name for path in out.iterdir()] == ["card.json"]
    assert [path.name for path in tmp_path.iterdir()] == ["m"]


@pytest.mark.parametrize("name", ["card.json", "evaluation.json", "notes.txt"])
def test_a_file_of_the_users_own_stays_whatever_its_name(tmp_path, name):
    out = tmp_path / "mine"
    out.mkdir()
    (out / name).write_text("my own")
    with pytest.raises(DiscourseError, match=re.escape(name)):
        check_folder(out, MODEL)


def test_what_lies_beside_the_result_stays(tmp_path):
    beside = tmp_path / ".out.1.part"
    beside.mkdir()
    (beside / "precious").write_text("x")
    with new_folder(tmp_path / "out", EVALUATION) as part:
        (part / "evaluation.json").write_text("{}")
    assert (beside / "precious").read_text() == "x"
    assert free_name(tmp_path / "out").name == ".out.2.part"


@pytest.mark.parametrize("out", [".", "..", "a" * 300])
def test_places_that_cannot_hold_a_result_are_named_in_one_line(tmp_path, monkeypatch, out):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(DiscourseError):
        check_folder(type(tmp_path)(out), MODEL)


def test_a_failed_run_leaves_the_earlier_result(tmp_path):
    out = model(tmp_path / "m")
    with pytest.raises(RuntimeError), new_folder(out, MODEL):
        raise RuntimeError
    assert {path.name for path in out.iterdir()} == MODEL
    assert [path.name for path in tmp_path.iterdir()] == ["m"]
