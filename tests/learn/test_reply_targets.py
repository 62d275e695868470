"""Features of a pair of posts, and what they make of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.learn.reply_targets import (
    Candidate,
    Words,
    content_words,
    features,
    rarities,
    scores,
)


def words(text="", author="Ada", **more):
    tokens = text.split()
    values = {"author": author, "first": tokens[0] if tokens else "", "all": frozenset(tokens)}
    return Words(**{**values, "content": frozenset(tokens), "asks": False, **more})


def candidate(text="", **more):
    plain = {
        "place": 0,
        "rank": 0,
        "distance": 1,
        "answered_by_me": False,
        "answers": 0,
        "addressed": None,
        "first_of_author": False,
        "since_my_last": True,
        "i_am_new": False,
        "quotes_gone": False,
    }
    plain |= {"quoted": 0, "relayed": 0, "too_early": False}
    return Candidate(**{**plain, "words": words(text), **more})


candidates = st.builds(
    candidate,
    st.sampled_from(["", "ferry tide", "ferry tide rope anchor"]),
    rank=st.integers(0, 30),
    distance=st.integers(1, 500),
    answered_by_me=st.booleans(),
    answers=st.integers(0, 50),
    addressed=st.sampled_from([None, "Ada", "Bo", "Cid"]),
    first_of_author=st.booleans(),
    since_my_last=st.booleans(),
    i_am_new=st.booleans(),
    quotes_gone=st.booleans(),
    quoted=st.integers(0, 400),
    relayed=st.integers(0, 400),
    too_early=st.booleans(),
)


@given(given_candidates=st.lists(candidates, max_size=6))
def test_shares_are_shares_and_leave_something_to_posts_not_on_the_page(given_candidates):
    found = scores(words("ferry rope", "Bo"), given_candidates, {"ferry": 1.0})
    assert len(found) == len(given_candidates)
    assert all(0 <= share <= 1 for share in found)
    assert sum(found) < 1 + 1e-9


def test_no_candidates_have_no_shares():
    assert scores(words("ferry"), [], {}) == []


@pytest.mark.parametrize("rank", [0, 3])
def test_of_two_alike_the_nearer_is_likelier(rank):
    near, far = candidate(rank=rank, distance=rank + 1), candidate(rank=rank + 4, distance=rank + 5)
    one, other = scores(words("yes", "Bo"), [near, far], {})
    assert one > other


def test_the_post_quoted_is_likelier_than_one_that_is_not():
    one, other = scores(words("no", "Bo"), [candidate(quoted=9), candidate(rank=1, distance=2)], {})
    assert one > other


def test_the_post_with_the_same_rare_words_is_likelier():
    rarity = {"anchor": 4.0, "rope": 4.0}
    alike = candidate("anchor rope", rank=1, distance=2)
    other = candidate("tea cake", rank=1, distance=2)
    found = scores(words("anchor rope", "Bo"), [alike, other], rarity)
    assert found[0] > found[1]


def test_shares_do_not_depend_on_the_order_of_candidates():
    some = [candidate("anchor rope"), candidate(rank=1, distance=3), candidate(rank=2, distance=9, quoted=5)]
    answer, rarity = words("anchor", "Bo"), {"anchor": 2.0}
    assert scores(answer, some[::-1], rarity)[::-1] == pytest.approx(scores(answer, some, rarity))


def test_features_do_not_depend_on_the_order_of_words():
    rarity = {f"w{n}": 0.1 * n for n in range(30)}
    text = [f"w{n}" for n in range(30)]
    one = features(words(" ".join(text), "Bo"), candidate(" ".join(text)), rarity)
    other = features(words(" ".join(text[::-1]), "Bo"), candidate(" ".join(text[::-1])), rarity)
    assert one == other


def test_a_flood_of_quoted_words_counts_no_more_than_a_long_quotation():
    rows = [features(words(), candidate(quoted=quoted), {})["quoted"] for quoted in (12, 4000)]
    assert rows[0] == rows[1]


def test_a_word_that_every_post_has_tells_nothing():
    found = rarities([frozenset({"ferry", "tide"}), frozenset({"ferry"})])
    assert found["ferry"] == 0
    assert found["tide"] > 0
    assert rarities([]) == {}


def test_words_that_tell_posts_apart_are_no_function_words_and_no_letters():
    assert content_words(["the", "ferri", "a", "x", "tide"]) == {"ferri", "tide"}


@pytest.mark.parametrize(
    ("text", "speaks"), [("you are late", True), ("no way", True), ("ferries are late", False), ("", False)]
)
def test_words_that_sound_like_an_answer_are_heard(text, speaks):
    assert words(text).speaks_to_someone is speaks


def test_who_quotes_words_that_stand_nowhere_here_answers_these_posts_less_likely():
    one, other = (scores(words("no", "Bo"), [candidate(quotes_gone=gone)], {})[0] for gone in (False, True))
    assert other < one
