"""Whom a post answers that does not say so: shares of the candidates, and what moves them."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from discourse.learn.reply_guesses import LIKELIEST, feature_names, first_rows, guess, read_model
from discourse.learn.reply_speech import Talk, speech

KEEPER = "The lighthouse keeper polishes the brass lamp with vinegar every single Thursday."
FERRY = "Nobody has painted the ferry since the harbour master sold his barge to the brewery."


def heard(*lines, known=None, opener=False):
    return guess(Talk([speech(author, text) for author, text in lines], known or {}, opener))


def score(found, place, other):
    return dict(found.get(place, [])).get(other, 0.0)


lines = st.lists(
    st.tuples(
        st.sampled_from(["Ada", "Bo", "Cy", "Old Miller"]),
        st.sampled_from([KEEPER, FERRY, "You are wrong!", "", "Is it?", "@Ada no", "4 boats, four boats"]),
    ),
    max_size=14,
)


@settings(deadline=None, max_examples=40)
@given(lines, st.booleans())
def test_shares_are_shares_and_lead_to_earlier_posts(given_lines, opener):
    for place, candidates in heard(*given_lines, opener=opener).items():
        scores = [s for _, s in candidates]
        assert all(0 <= other < place for other, _ in candidates)
        assert scores == sorted(scores, reverse=True)
        assert len(scores) <= LIKELIEST
        assert 0 <= sum(scores) <= 1.001


def test_the_same_thread_gets_the_same_shares():
    some = [("Ada", KEEPER), ("Bo", FERRY), ("Cy", "Vinegar on brass?"), ("Ada", "You never tried.")] * 9
    assert heard(*some) == heard(*some)


@pytest.mark.parametrize("some", [[], [("Ada", KEEPER)], [("Ada", "")] * 3])
def test_short_and_empty_threads_do_no_harm(some):
    assert set(heard(*some)) == set(range(1, len(some)))


def test_a_post_that_is_known_is_not_guessed():
    assert set(heard(("Ada", KEEPER), ("Bo", FERRY), ("Cy", "No."), known={1: None})) == {2}


def test_rare_words_in_common_speak_for_a_post():
    answer = ("Cy", "Vinegar ruins brass, you know, and so would polishing a lamp.")
    same = heard(("Dov", "Rain again."), ("Ada", KEEPER), ("Bo", FERRY), answer)
    other = heard(("Dov", "Rain again."), ("Ada", FERRY), ("Bo", KEEPER), answer)
    assert score(same, 3, 1) > score(other, 3, 1)


def test_who_was_answered_answers_back():
    quarrel = [("Ada", KEEPER), ("Bo", "You are wrong about the brass lamp.")]
    back = heard(*quarrel, ("Cy", "Fine weather."), ("Ada", "No, I am not."), known={1: 0})
    stranger = heard(*quarrel, ("Cy", "Fine weather."), ("Dov", "No, I am not."), known={1: 0})
    assert score(back, 3, 1) > score(stranger, 3, 1)


def test_on_a_page_where_everybody_states_links_silence_means_less():
    some = [("Ada", KEEPER), ("Bo", FERRY), ("Ada", "Rain."), ("Bo", "Snow."), ("Ada", "Fish is dear today.")]
    below = [speech("", "The harbour office is closed today."), *(speech(*line) for line in some)]
    stated = guess(Talk(below, {2: 1, 3: 2, 4: 3}, opener=True, article=True))
    silent = guess(Talk(below, {}, opener=True, article=True))
    assert score(stated, 5, 4) < score(silent, 5, 4)


def test_who_says_the_words_of_the_article_answers_nobody():
    below = [speech("", KEEPER), *(speech(a, t) for a, t in (("Ada", "Rain."), ("Bo", "Fine weather.")))]
    about = speech("Cy", "Vinegar on brass ruins the lamp, and on Thursday of all days.")
    other = speech("Cy", "No, you always say so.")
    shares = [dict(guess(Talk([*below, last], {}, opener=True, article=True))[3]) for last in (about, other)]
    assert shares[0][0] > shares[1][0]


@pytest.mark.parametrize("posts", [1, 2, 30])
def test_the_article_is_always_among_the_candidates(posts):
    below = [speech("", KEEPER), *(speech("Ada Bo Cy".split()[n % 3], FERRY) for n in range(posts))]
    found = guess(Talk(below, {}, opener=True, article=True))
    assert all(0 in dict(candidates) for candidates in found.values())
    assert set(found) == set(range(1, posts + 1))


def test_the_model_knows_every_feature_and_no_other():
    names = feature_names()
    model = read_model()
    assert len(set(names)) == len(names)
    assert len(model.linear) < len(names)
    assert model.trees.feature.max() < len(names)
    assert 0 < model.sharpness <= 1.2


def test_features_do_not_depend_on_who_comes_first_in_a_set():
    some = [speech("Ada", " ".join(f"word{n}" for n in order)) for order in (range(40), range(39, -1, -1))]
    one, other = (first_rows(Talk(list(posts), {}, opener=False))[1] for posts in (some, some[::-1]))
    assert np.array_equal(one, other)
