"""The neural reader beside the linear models: what both reach together does not get worse."""

import csv
import json
from pathlib import Path

import numpy as np
import pytest
from sklearn.metrics import f1_score

from discourse.analysis.registry import analyzers_for
from discourse.analysis.rhetoric.markers import RhetoricMarkers
from discourse.analysis.stance.given import NOTHING_GIVEN
from discourse.ingest import read_source
from discourse.learn.claims import contradicts
from discourse.learn.reply_labels import LABELS
from discourse.learn.second_opinion import BEST, MAKER, second_opinion
from discourse.pipeline import analyse
from discourse.tabular.labelling import label_texts
from tests.evaluation import marker_posts
from tests.evaluation.reply_pairs_data import loop_pairs

FLOORS = json.loads((Path(__file__).parent / "floors.json").read_text(encoding="utf-8"))["reader"]


@pytest.fixture(scope="module")
def data(shared):
    if not (shared / "data" / "loops").is_dir():
        pytest.skip("../shared/data is absent")
    return shared / "data"


@pytest.mark.parametrize("figure", list(FLOORS["trained"]))
def test_what_the_card_says_was_reached_is_no_less_than_the_floor(figure):
    card = json.loads(Path("discourse/learn/models/neural/card.json").read_text(encoding="utf-8"))
    assert card["figures"][figure] >= FLOORS["trained"][figure]


def test_pairs_of_threads_that_nothing_was_learned_from(data):
    pairs = list(loop_pairs(data))
    found = label_texts(
        [pair.own for pair in pairs],
        parents=[pair.parent for pair in pairs],
        layers=["reply"],
        labels=BEST,
    )
    told = [label or "neither" for label in found["reply"]]
    assert f1_score([pair.label for pair in pairs], told, average="macro") >= FLOORS["loops_macro_f1"]


def test_the_same_threads_analysed_as_threads_keep_their_disputes(data):
    gold = json.loads((data / "loops/gold.json").read_text(encoding="utf-8"))
    source = read_source(data / "loops/threads.jsonl")
    fast = analyse(source)
    best = analyse(source, analyzers=analyzers_for(NOTHING_GIVEN, second=second_opinion(BEST)))
    rows = best["annotations"][best["annotations"]["layer"] == "reply"]
    given = dict(zip(rows["post_id"], rows["label"], strict=True))
    told, truth = [], []
    for thread, posts in best["posts"].sort_values("position").groupby("thread_id"):
        labels = gold[str(thread).split("/")[-1].split(":")[-1]]["replies"]
        for number, post in enumerate(posts.itertuples(), start=1):
            if (label := labels.get(str(number))) and isinstance(post.reply_to, str):
                truth.append(label)
                told.append(given.get(post.post_id, "neither"))  # no row: said to be neither
    assert f1_score(truth, told, average="macro") >= FLOORS["loops_analysed_macro_f1"]
    for name in ("loops", "turns", "claims", "camps"):
        assert best[name].equals(fast[name]), name
    assert set(rows["also"].dropna()) == {MAKER}
    assert LABELS[0] in set(rows["label"])


def test_markers_of_posts_read_in_full(shared, monkeypatch):
    if not (shared / marker_posts.THREADS).exists():
        pytest.skip("../shared/data/threads/iac.jsonl.gz is absent")
    monkeypatch.setattr(marker_posts, "RhetoricMarkers", lambda: RhetoricMarkers(second=second_opinion(BEST)))
    found = marker_posts.judged(shared, "sealed")
    for label, (recall, precision) in FLOORS["marker_posts"].items():
        hits, sure, right, marked = (sum(case.counts[k] for case in found[label]) for k in range(4))
        assert hits / sure >= recall, f"{label}: recall"
        assert right / marked >= precision, f"{label}: precision"


def test_sentences_that_cannot_both_hold(data):
    with (data / "similarity/sick_trial.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    pairs = [(row["sentence_A"], row["sentence_B"]) for row in rows]
    truth = [row["entailment_judgment"] == "CONTRADICTION" for row in rows]
    shares = contradicts(pairs, second_opinion(BEST))
    assert f1_score(truth, shares > 0.5) >= FLOORS["sick_contradiction_f1"]
    turned = contradicts([(two, one) for one, two in pairs], second_opinion(BEST))
    assert np.allclose(shares, turned, atol=2e-4)
