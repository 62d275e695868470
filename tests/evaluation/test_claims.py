"""What the model of claims gets right does not get worse: floors only rise."""

import json
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("sklearn")

from sklearn.metrics import average_precision_score, f1_score

from discourse.learn.claims import MODEL, contradicts, least_share, makes_point
from discourse.learn.stored import read_model
from tests.evaluation.claims_data import aspects, digest, disputes, key_points, sick
from tests.evaluation.fit_claims import MODELS, by_topic

FLOORS = json.loads((Path(__file__).parent / "floors.json").read_text(encoding="utf-8"))["claims"]


@pytest.fixture(scope="module")
def data(shared):
    if not (shared / "data/similarity").is_dir():
        pytest.skip("../shared/data/similarity is absent")
    if digest(shared) != FLOORS["data_sha256"]:
        pytest.skip("the floors were measured on other data")
    return shared


def test_the_card_tells_figures_no_lower_than_the_floors():
    figures = read_model(MODELS / MODEL).card["figures"]
    for name, floor in FLOORS["figures"].items():
        assert figures[name] >= floor, name


def test_the_card_names_the_data_of_the_floors():
    assert read_model(MODELS / MODEL).card["data_sha256"] == FLOORS["data_sha256"]


def test_denials_are_told_in_pairs_that_nothing_was_learned_from(data):
    trial = sick(data, "trial")
    told = contradicts(trial.pairs) >= least_share("contradicts")
    assert f1_score(trial.truth, told) >= FLOORS["figures"]["contradicts.f1"]


def test_arguments_find_the_points_of_topics_that_nothing_was_learned_from(data):
    dev = key_points(data, "dev")
    shares = makes_point(dev.pairs, dev.topics)
    assert average_precision_score(dev.truth, shares) >= FLOORS["figures"]["point.ap"]


def test_folds_keep_topics_whole(data):
    found = aspects(data)
    folds = by_topic(found, 4, 0)
    assert set(folds.tolist()) == {0, 1, 2, 3}
    for topic in set(found.topics):
        assert len(set(folds[np.array(found.topics) == topic].tolist())) == 1


def test_the_label_of_repeated_arguments_is_found_in_every_spelling(data):
    found = disputes(data)
    assert len(found.truth) == len(found.names) == sum(map(len, found.turns))
    assert 0.1 < found.truth.mean() < 0.2
