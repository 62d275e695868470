"""What a text holds of a target, by the shipped model and by its parts."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from discourse.errors import ModelError
from discourse.learn.stored import Stored
from discourse.learn.target_stance import (
    LABELS,
    Side,
    StanceModel,
    general_matrix,
    known_matrix,
    shipped,
    stance_scores,
)
from discourse.learn.target_stance_views import NAME, TAG, TARGET, keys, named, plain, rareness, weighed
from discourse.learn.target_stance_words import Words, word_hash


def words(*common, **values):
    ranks = {word_hash(word): rank for rank, word in enumerate(common)}
    return Words(ranks, {word_hash(word): value for word, value in values.items()})


def said(text, target):
    return LABELS[int(stance_scores([text], [target])[0].argmax())]


@pytest.mark.parametrize(
    ("text", "target", "label"),
    [
        ("The tram line is a disgrace and a waste of our money.", "the tram line", "against"),
        ("I love the tram line, the best idea in years, thank you!", "the tram line", "favor"),
        ("Kalden lied to us again, what a shameful fraud.", "Kalden", "against"),
        ("Great work by Kalden, so proud of her!", "Kalden", "favor"),
        ("Trump is a liar and a crook", "Trump", "against"),
        ("Thank you President Trump, we love you", "Donald Trump", "favor"),
    ],
)
def test_praise_is_favor_and_blame_is_against(text, target, label):
    assert said(text, target) == label


def test_shares_add_up_to_one_for_known_and_unknown_targets():
    texts = ["They should stop this", "", "?!", "God is with us", "no"]
    shares = stance_scores(texts, ["abortion", "Joe Biden", "the bins", "atheism", ""])
    assert shares.shape == (5, 3)
    assert np.allclose(shares.sum(axis=1), 1)
    assert (shares >= 0).all()


@pytest.mark.parametrize("target", ["climate", "Trump", "the bins"])
def test_a_text_without_words_holds_nothing(target):
    assert stance_scores([""], [target]).tolist() == [[0.0, 0.0, 1.0]]


def test_no_texts_give_no_rows():
    assert stance_scores([], []).shape == (0, 3)


def test_a_row_depends_on_its_text_and_target_alone():
    texts = ["We need it now!", "It failed and cost a fortune.", "Nobody asked me."]
    targets = ["the bridge", "feminism", "the bridge"]
    together = stance_scores(texts, targets)
    alone = [stance_scores([text], [target])[0] for text, target in zip(texts, targets, strict=True)]
    assert np.allclose(together, alone)


def test_scores_are_those_of_the_matrices_that_weights_are_fitted_on():
    model = shipped()
    texts = [
        "We need it now, don't we? #BuildTheWall",
        "Ça, c\u2019est non\u2026 \U0001f600",
        "no",
        "",
        "@them LIES `so`",
    ]
    for name, side in model._known.items():
        matrix = known_matrix(texts[:3], model.words, model.rare)
        found = model.scores(texts[:3], [name] * 3)[:, [LABELS.index(label) for label in side.labels]]
        assert np.allclose(found, side.shares(side.points(matrix)), atol=5e-5)
    matrix = general_matrix(texts, ["the bins"] * 5, model.words, model.rare["plain"])
    none = model._none.shares(model._none.points(matrix))[:, :1]
    wanted = np.hstack([model._side.shares(model._side.points(matrix)) * (1 - none), none])
    wanted[3] = [0, 0, 1]
    assert np.allclose(model.scores(texts, ["the bins"] * 5), wanted, atol=5e-5)


@pytest.mark.parametrize(
    ("target", "known"),
    [
        ("Hillary Clinton", "hillary"),
        ("Joe Biden", "Joe Biden"),
        ("Joe Miller", None),
        ("legalization of abortion", "abortion"),
        ("Trump or Biden", None),
        ("", None),
    ],
)
def test_targets_of_training_are_known_by_their_names(target, known):
    assert shipped().known(target) == known


def test_a_hashtag_is_spelled_out_by_capitals_or_by_common_words():
    known = words("the", "no", "more", "trams", "wake", "up")
    assert known.spelled("WakeUpTrams") == ["wake", "up", "trams"]
    assert known.spelled("nomoretrams") == ["no", "more", "trams"]
    assert known.tokens("Don't #wakeup") == ["do", "n't", "wake", "up"]


def test_a_negator_turns_a_value_round():
    known = words(good=2.0)
    assert [value for _, value, _ in known.valued(["good"])] == [2.0]
    assert [value for _, value, _ in known.valued(["not", "that", "good"])] == [pytest.approx(-1.48)]


def test_a_plain_text_has_signs_for_target_names_and_tags():
    assert plain("We told Merle that the Quay must wait #now", "the quay") == (
        f"we told {NAME} that the {TARGET} must wait {TAG}"
    )
    assert keys("The Quay of Orm") == ("quay", "orm")


def test_words_near_the_target_count_apart():
    known = words(bad=-2.0)
    assert named("the quay is bad", "quay", known)["near"] < 0
    far = "the quay " + "and so on " * 6 + "bad"
    assert "near" not in named(far, "quay", known)


def test_rare_columns_weigh_more_but_those_of_one_row_nothing_and_rows_have_length_one():
    rows = [[1, 1, 1], [1, 0, 0], [1, 1, 0], [0, 0, 0]]
    matrix = sparse.csr_array(np.array(rows, dtype=np.float32))
    rare = rareness(matrix)
    found = weighed(matrix, rare).toarray()
    assert found[0, 1] > found[0, 0] > 0
    assert np.allclose(np.linalg.norm(found, axis=1), [1, 1, 1, 0])
    assert rare[2] == 0


def test_weights_are_kept_to_a_step_and_the_least_are_left_out():
    weights = np.zeros((500, 2), dtype=np.float32)
    weights[[3, 400, 499]] = [[1, -0.5], [0.2, 0.1], [0.001, 0]]
    side = Side(LABELS, weights, np.array([0.1, 0.2]), 2.0, np.array([0.5, 0.0, 0.0]))
    again = Side.unpacked(side.packed("a", most=2), "a", LABELS, 500)
    assert np.allclose(again.weights[[3, 400]], weights[[3, 400]], atol=0.005)
    assert not again.weights[499].any()
    assert again.shares(again.points(np.ones((1, 500)))).sum() == pytest.approx(1)


def test_arrays_of_another_model_are_refused():
    with pytest.raises(ModelError, match="no model of stances"):
        StanceModel(Stored("here", {"targets": {}}, {"common": np.zeros(1)}))


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=80), st.text(max_size=12))
def test_any_text_and_target_has_shares(text, target):
    assert stance_scores([text], [target]).sum() == pytest.approx(1)


@pytest.mark.parametrize("text", ["a" * 200_000, "#" + "a" * 200_000, "'" * 100_000, "\ud800" * 99])
def test_hostile_texts_take_no_longer_than_others(text):
    assert stance_scores([text], ["the quay"]).shape == (1, 3)
