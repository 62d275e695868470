"""Agree, disagree or neither: what the shipped models reach does not get worse."""

import json
from pathlib import Path

import numpy as np
import pytest
from sklearn.metrics import f1_score

from discourse.ingest import read_source
from discourse.learn.reply_labels import LABELS
from discourse.learn.reply_pairs import pair_shares
from discourse.pipeline import analyse
from tests.evaluation.fit_reply_labels import (
    Labelled,
    balanced,
    columns_of,
    digest,
    folds_of,
    logistic,
)
from tests.evaluation.reply_pairs_data import forum_pairs, loop_pairs

FLOORS = json.loads((Path(__file__).parent / "floors.json").read_text(encoding="utf-8"))["reply_labels"]


@pytest.fixture(scope="module")
def data(shared):
    folder = shared / "data"
    if not (folder / "agreement").is_dir():
        pytest.skip("../shared/data is absent")
    if digest(folder) != FLOORS["data_sha256"]:
        pytest.skip("the floors were measured on other data")
    return folder


@pytest.mark.parametrize("figure", list(FLOORS["trained"]))
def test_what_the_card_says_was_reached_is_no_less_than_the_floor(figure):
    card = json.loads(Path("discourse/learn/models/reply_labels/card.json").read_text(encoding="utf-8"))
    assert card["data_sha256"] == FLOORS["data_sha256"]
    assert card["figures"][figure] >= FLOORS["trained"][figure]


def test_threads_that_nothing_was_learned_from(data):
    pairs = list(loop_pairs(data))
    given = [LABELS[place] for place in pair_shares([(p.own, p.parent) for p in pairs]).argmax(axis=1)]
    reached = f1_score([pair.label for pair in pairs], given, average="macro")
    assert reached >= FLOORS["loops_macro_f1"]


def test_the_same_threads_analysed_as_threads(data):
    path = data / "loops/threads.jsonl"
    gold = json.loads((data / "loops/gold.json").read_text(encoding="utf-8"))
    tables = analyse(read_source(path))
    rows = tables["annotations"][tables["annotations"]["layer"] == "reply"]
    given = dict(zip(rows["post_id"], rows["label"], strict=True))
    told, truth = [], []
    for thread, posts in tables["posts"].sort_values("position").groupby("thread_id"):
        labels = gold[str(thread).split("/")[-1].split(":")[-1]]["replies"]
        for number, post in enumerate(posts.itertuples(), start=1):
            if (label := labels.get(str(number))) and isinstance(post.reply_to, str):
                truth.append(label)
                told.append(given.get(post.post_id, "neither"))  # no row: said to be neither
    assert len(truth) > 200
    assert f1_score(truth, told, average="macro") >= FLOORS["loops_analysed_macro_f1"]


def test_folds_of_the_forum_without_pairs_that_nobody_labelled(data):
    gold = Labelled(pair for pair in forum_pairs(data) if pair.label != "neither")
    columns = columns_of(gold, gold)
    rows, truth = columns.matrix(gold, np.zeros((len(gold.labels), 1))), gold.labels == LABELS[0]
    folds, points = folds_of(gold.groups, 0), np.zeros(len(truth))
    for fold in range(5):
        train = folds != fold
        weights = logistic(rows[train], truth[train], balanced(truth[train], gold.weights[train]), 1.0)
        points[~train] = rows[~train] @ weights[:-1] + weights[-1]
    assert f1_score(truth, points > 0, average="macro") >= FLOORS["forum_alone_macro_f1"]
