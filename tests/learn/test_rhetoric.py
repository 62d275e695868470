"""Models of rhetoric: what loads, what is refused, cues, spans."""

from importlib.resources import files

import numpy as np
import pytest

from discourse.errors import ModelError
from discourse.learn.rhetoric import FAMILIES, HASHED, SPACE, Family, Measure, RhetoricModel, shipped
from discourse.learn.rhetoric_cues import LENGTH, NAMES, cue_matrix
from discourse.learn.rhetoric_spans import phrases
from discourse.learn.stored import Stored, read_model
from tests.growth import PARTS, assert_linear, repeated

FOLDER = files("discourse.learn").joinpath("models")
MOST_BYTES = 1_500_000


def held() -> tuple[Stored, dict[str, Stored]]:
    return (
        read_model(FOLDER.joinpath(SPACE)),
        {name: read_model(FOLDER.joinpath(f"rhetoric_{name}")) for name in FAMILIES},
    )


@pytest.mark.parametrize("name", [SPACE, *(f"rhetoric_{name}" for name in FAMILIES)])
def test_a_model_is_small_and_says_what_it_is(name):
    stored = read_model(FOLDER.joinpath(name))
    size = sum(len(FOLDER.joinpath(name, file).read_bytes()) for file in ("card.json", "weights.npz"))
    assert size <= MOST_BYTES
    assert stored.card["languages"] == ["en"]
    assert stored.card["data"]
    assert stored.card["limits"]
    assert stored.card["split"]


def test_markers_rest_on_heads_of_their_family_and_say_how_they_read():
    for name in FAMILIES:
        card = read_model(FOLDER.joinpath(f"rhetoric_{name}")).card
        for marker in card["markers"].values():
            assert set(marker["heads"]) <= set(card["labels"])
            assert 0 < marker["least"] < 1
            assert marker["measured"]


def test_shares_lie_between_0_and_1_and_texts_without_words_have_none():
    labels = list(shipped().markers)
    shares = shipped().shares(["You are a liar.", "", "?!", "Ferries sail."], labels)
    assert shares.shape == (4, len(labels))
    assert ((shares >= 0) & (shares <= 1)).all()
    assert not shares[1:3].any()


def test_a_text_has_the_same_share_alone_as_among_others():
    labels = list(shipped().markers)
    texts = [f"Text {k}: you never read what I said, do you?" for k in range(1100)]
    many = shipped().shares(texts, labels)
    assert (shipped().shares(texts[1050:1051], labels)[0] == many[1050]).all()


def test_arrays_of_another_shape_are_refused():
    space, stored = held()
    broken = Stored("broken", stored["tone"].card, {**stored["tone"].arrays, "bias": np.zeros(99)})
    with pytest.raises(ModelError):
        RhetoricModel(space, {**stored, "tone": broken})
    with pytest.raises(ModelError):
        RhetoricModel(Stored("bare", space.card, {}), stored)


def test_what_is_packed_comes_back():
    weights = np.zeros((HASHED + len(NAMES), 2), dtype=np.float32)
    weights[[5, 70_000, HASHED + 3], 0] = [1.0, -0.5, 0.25]
    made = Family(("a", "b"), weights, np.array([0.1, 0.2]), np.ones(2), np.zeros(2))
    again = Family.unpacked(made.packed(np.array([5, 60_000, 70_000, 120_000])), made.heads)
    assert np.abs(again.weights - weights).max() < 0.005
    assert (again.bias == made.bias).all()


def test_columns_that_weigh_nothing_are_left_out_without_a_trace():
    model = shipped()
    weights, bias = model.joined
    texts = ["You never read what I said, do you?", "Ferries sail at nine.", "Liar!"]
    odds = model.measure.matrix(texts) @ weights + bias
    shares = (1 / (1 + np.exp(-odds))).round(4)
    assert (np.abs(model.shares(texts, list(model.markers)) - shares) <= 1e-4).all()
    stored = held()[1]
    families = {name: Family.unpacked(model.arrays, model.card["labels"]) for name, model in stored.items()}
    for place, marker in enumerate(model.markers.values()):
        heads = families[marker.family]
        own = [heads.heads.index(head) for head in marker.heads]
        mean = (heads.weights[:, own] * heads.scale[own].astype(np.float32)).mean(axis=1)
        assert (weights[:, place] == mean).all()


def test_a_measure_keeps_rows_short_whatever_the_text():
    measure = Measure.of(["one two three", "two three four", "three four five"])
    matrix = measure.matrix(["two three", "", "x" * 10_000])
    lengths = np.sqrt((matrix.toarray().astype(float) ** 2).sum(axis=1))
    assert np.isfinite(lengths).all()
    assert (lengths < 4).all()


@pytest.mark.parametrize(
    "piece", ["?", "?! ", "a", "aa ", "so you ", "...", '"a ', "\n", "A B ", "if ", "do "]
)
def test_cues_take_time_that_grows_with_the_length_of_any_text(piece):
    assert np.isfinite(cue_matrix([piece * 5000])).all()
    assert_linear(
        repeated(piece), lambda text: cue_matrix([text]), small=LENGTH // PARTS - 50
    )  # no more of a text counts


def test_cues_of_nothing_are_none():
    assert cue_matrix([]).shape == (0, len(NAMES))
    assert not cue_matrix([""]).any()


def test_the_phrase_that_weighs_most_is_a_stretch_of_the_sentence():
    sentence = "The ferry leaves at nine and you are a pathetic liar and the bus waits at the pier."
    span, short, none = phrases([sentence, "Nonsense.", ""], "ad_hominem", shipped())
    assert "liar" in sentence[span.start : span.end] or "pathetic" in sentence[span.start : span.end]
    assert span.end - span.start < len(sentence)
    assert (short.start, short.end, none.end) == (0, 9, 0)
    assert phrases([sentence], "ad_hominem", shipped()) == [span]
    assert phrases([], "ad_hominem", shipped()) == []
