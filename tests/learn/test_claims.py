from pathlib import Path

import numpy as np
import pytest

from discourse.errors import ModelError
from discourse.learn import claim_embedding
from discourse.learn.claim_words import known_words
from discourse.learn.claims import (
    HEADS,
    MODEL,
    SIGNS,
    ClaimsModel,
    conflict_signs,
    contradicts,
    least_share,
    makes_point,
    restates,
    same_claim,
)
from discourse.learn.stored import Stored
from discourse.text.sentences import split_sentences
from tests.growth import assert_linear

MODELS = Path(__file__).parents[2] / "discourse/learn/models"


def test_the_same_claim_in_other_words_is_likelier_the_same_than_another():
    one = "The new tram line makes the centre quieter."
    shares = same_claim(
        [(one, "Since the new tram runs, downtown is less noisy."), (one, "Bread is dear now.")]
    )
    assert shares[0] > least_share("same") > shares[1]


def test_a_denial_is_told_from_what_it_denies():
    one = "They repaired the roof in spring."
    pairs = [(one, "They didn't repair the roof in spring."), (one, one), (one, "Nobody likes cheese.")]
    shares = contradicts(pairs)
    assert shares[0] > least_share("contradicts")
    assert shares[1:].max() < least_share("contradicts")


def test_shares_are_the_same_in_either_order():
    pairs = [("The roof was repaired.", "No roof was ever repaired here."), ("A week.", "It took four days.")]
    turned = [(other, one) for one, other in pairs]
    assert same_claim(pairs).tolist() == same_claim(turned).tolist()
    assert contradicts(pairs).tolist() == contradicts(turned).tolist()


def test_signs_say_why_two_claims_conflict():
    signs = conflict_signs(
        [
            ("They repaired the roof.", "They never repaired the roof."),
            ("The roof is safe.", "The roof is dangerous."),
            ("Repairs took four days.", "Repairs took a week."),
            ("They repaired the roof.", "They repaired the roof."),
        ]
    )
    assert (signs[:3] > 0.5).tolist() == np.eye(3, dtype=bool).tolist()
    assert not signs[3].any()
    assert signs.shape[1] == len(SIGNS)


def test_an_argument_makes_the_point_that_fits_best():
    argument = "Night trams let people without cars get home safely."
    points = ["Trams help those who own no car.", "Trams cost too much.", "Trams are loud."]
    shares = makes_point([(argument, point) for point in points])
    assert shares.argmax() == 0


def test_points_of_other_questions_change_nothing():
    here = [("Trams are slow.", "Trams take long."), ("Trams are slow.", "Trams are dear.")]
    there = ("Cheese smells.", "Cheese is tasty.")
    alone = makes_point(here, ["trams", "trams"])
    assert (
        makes_point([here[0], there, here[1]], ["trams", "cheese", "trams"])[[0, 2]].tolist()
        == alone.tolist()
    )


def test_what_an_author_says_again_is_a_restatement_and_a_first_turn_is_none():
    claim = "The library must open on Sundays because students need a quiet place."
    turns = [
        ("Ann", claim),
        ("Bob", "That is too expensive for a town like ours."),
        ("Ann", "Again: the library must open on Sundays. Students need a quiet place."),
        ("Bob", "Has anybody seen the match last night?"),
        ("Ann", "..."),
    ]
    shares = restates(turns)
    assert shares[0] == shares[1] == shares[4] == 0
    assert shares[2] > least_share("restates") > shares[3]


def test_sentences_that_are_known_already_change_nothing():
    turns = [("Ann", "Trams are quiet. I like them."), ("Bob", "No!"), ("Ann", "They are quiet. Trams are.")]
    assert restates(turns, [split_sentences(text) for _, text in turns]).tolist() == restates(turns).tolist()


def test_cost_grows_as_the_number_of_turns_does():
    rng = np.random.default_rng(0)
    names, deeds = ("trams", "cats", "boats", "birds"), ("sing here", "rest there", "run", "sleep")
    kinds = [f"{name} {deed}" for name in names for deed in deeds]

    def thread(length):
        said = rng.integers(0, len(kinds), (length, 2))
        return [(f"author {k % 5}", f"{kinds[one]}. {kinds[other]}.") for k, (one, other) in enumerate(said)]

    assert_linear(thread, restates, small=700)


def test_nothing_has_no_shares_and_empty_texts_have_share_zero():
    assert [len(found) for found in (same_claim([]), contradicts([]), makes_point([]), restates([]))] == [
        0
    ] * 4
    assert len(conflict_signs([])) == 0
    for shares in (same_claim, contradicts, makes_point):
        assert shares([("", "A tram."), ("...", "...")]).tolist() == [0, 0]


def stored(*, without="", features=None):
    arrays = {name: np.zeros(len(names) + 1) for name, names in HEADS.items() if name != without}
    card = {
        "least": dict.fromkeys(HEADS, 0.5),
        "features": features or {name: list(names) for name, names in HEADS.items()},
    }
    return Stored("here", card, arrays)


def test_a_model_without_weights_says_half():
    model = ClaimsModel(stored(), known_words())
    assert model.same_claim([("A tram.", "A bus.")]).tolist() == [0.5]


def test_without_the_extra_the_model_of_sentences_is_refused_with_what_to_install(monkeypatch):
    monkeypatch.setattr(claim_embedding, "_NEEDED", ("a_package_that_nobody_has",))
    with pytest.raises(ModelError, match=r"pip install .*\[semantic\]"):
        same_claim([("A tram.", "A bus.")], semantic=True)


def test_with_the_extra_paraphrases_are_told_better_and_no_text_changes_another():
    if not claim_embedding.is_installed():
        pytest.skip("the extra [semantic] is not installed")
    pairs = [
        ("The dog ate my homework.", "A puppy devoured what I wrote for school."),
        ("Bread.", "A dog barks."),
    ]
    alone = [claim_embedding.likeness([pair])[0] for pair in pairs]
    assert claim_embedding.likeness(pairs).tolist() == pytest.approx(alone, abs=1e-6)
    assert alone[0] > alone[1]
    assert same_claim(pairs, semantic=True).argmax() == 0
    assert len(same_claim([], semantic=True)) == 0


@pytest.mark.parametrize("head", HEADS)
def test_a_model_of_other_features_is_refused(head):
    features = {name: list(names) for name, names in HEADS.items()} | {head: ["length"]}
    for faulty in (stored(without=head), stored(features=features)):
        with pytest.raises(ModelError, match="no model of claims"):
            ClaimsModel(faulty, known_words())


def test_the_model_is_small():
    assert (MODELS / MODEL / "weights.npz").stat().st_size < 20_000
    assert (MODELS / "claim_words" / "weights.npz").stat().st_size < 3_000_000
