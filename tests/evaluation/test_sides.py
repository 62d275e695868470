"""What the model of sides gets right does not get worse: floors only rise."""

import json
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("sklearn")

from tests.evaluation.sides_data import digest, load

FLOORS = json.loads((Path(__file__).parent / "floors.json").read_text(encoding="utf-8"))["sides"]
TOPICS = frozenset(("gay marriage", "gun control", "marijuana legalization"))  # few, to be quick


def unread(texts):
    """Return the same shares for all replies: that links alone tell much is what is measured here."""
    return np.tile([0.1, 0.7, 0.2], (len(texts), 1))


@pytest.fixture(scope="module")
def corpus(shared):
    from tests.evaluation.fit_sides import Corpus

    if not (shared / "data/stance").is_dir() or not (shared / "data/threads").is_dir():
        pytest.skip("../shared/data/stance or ../shared/data/threads is absent")
    if digest(shared) != FLOORS["data_sha256"]:
        pytest.skip("the floors were measured on other data")
    return Corpus(load(shared, unread, TOPICS))


def test_five_folds_by_discussion_hold_on_three_topics(corpus):
    from tests.evaluation.fit_sides import cross_validate

    figures = cross_validate(corpus, 0)
    assert figures["sides"] >= FLOORS["three_topics_sides"]
    assert figures["sides"] > figures["words"] > figures["majority"]


def test_camps_of_a_topic_that_training_never_saw_hold(corpus):
    from tests.evaluation.fit_sides import measure_camps

    figures = measure_camps(corpus)
    assert figures["camps"] >= FLOORS["three_topics_camps"]
    for placed in figures["camps_placed"].values():
        assert placed["right"] > placed["one_camp"]


def test_the_card_tells_figures_no_lower_than_the_floors(corpus):
    from discourse.learn.stored import read_model
    from tests.evaluation.fit_sides import MODEL

    card = read_model(MODEL).card
    assert card["data_sha256"] == FLOORS["data_sha256"]
    assert card["figures"]["sides"] >= FLOORS["sides"]
    assert card["figures"]["camps"] >= FLOORS["camps"]
    for custom, floor in FLOORS["camps_placed"].items():
        placed = card["figures"]["camps_placed"][custom]
        assert placed["right"] >= floor
        assert placed["right"] > placed["one_camp"] > placed["right_where_doubtful"] - 0.05
        # a share of eight in ten is right about eight times in ten
        gaps = [(count, abs(score - right)) for count, score, right in placed["by_score"].values()]
        assert sum(count * gap for count, gap in gaps) / placed["authors"] < 0.06
