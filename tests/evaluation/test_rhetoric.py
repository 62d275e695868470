"""What the models of rhetoric get right does not get worse: floors only rise."""

import json
from pathlib import Path

import pytest

pytest.importorskip("sklearn")

from discourse.learn.rhetoric import FAMILIES
from discourse.learn.stored import read_model
from tests.evaluation.fit_rhetoric import MODELS, figures_of
from tests.evaluation.rhetoric_data import digest, unhealthy, whataboutism
from tests.evaluation.rhetoric_training import folds_of

FLOORS = json.loads((Path(__file__).parent / "floors.json").read_text(encoding="utf-8"))["rhetoric"]


def cards():
    return {name: read_model(MODELS / f"rhetoric_{name}").card for name in FAMILIES}


def test_the_cards_tell_figures_no_lower_than_the_floors():
    figures = {key: value for card in cards().values() for key, value in card["figures"].items()}
    for name, floor in FLOORS["figures"].items():
        assert figures[name] >= floor, name


def test_the_cards_name_the_data_of_the_floors(shared):
    if not (shared / "data/rhetoric").is_dir():
        pytest.skip("../shared/data/rhetoric is absent")
    if digest(shared) != FLOORS["data_sha256"]:
        pytest.skip("the floors were measured on other data")
    assert {card["data_sha256"] for card in cards().values()} == {FLOORS["data_sha256"]}


def test_folds_keep_groups_whole_and_are_the_same_each_time(shared):
    if not (shared / "data/rhetoric").is_dir():
        pytest.skip("../shared/data/rhetoric is absent")
    for loader in (unhealthy, whataboutism):
        found = loader(shared / "data/rhetoric")
        folds = folds_of(found)
        assert (folds == folds_of(found)).all()
        for group in set(found.groups.tolist()):
            assert len(set(folds[found.groups == group].tolist())) == 1


def test_perfect_points_have_perfect_figures(shared):
    if not (shared / "data/rhetoric").is_dir():
        pytest.skip("../shared/data/rhetoric is absent")
    found = unhealthy(shared / "data/rhetoric")
    assert figures_of(found, found.values, None)["unhealthy"] == 1.0
