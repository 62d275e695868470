"""What counts of a post, which pairs come into question, sums over what was before."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.learn.reply_speech import WINDOW, Talk, speech, sum_before


def talk(*authors, known=None, opener=False, texts=None):
    words = texts or ["The ferry is late."] * len(authors)
    return Talk([speech(a, t) for a, t in zip(authors, words, strict=True)], known or {}, opener)


def pairs(one):
    return list(zip(one.post.tolist(), one.earlier.tolist(), strict=True))


def test_a_number_in_words_is_the_number_in_digits():
    assert speech("Ada", "four ferries").stems == speech("Bo", "4 ferry").stems


def test_function_words_and_single_letters_do_not_count():
    assert speech("Ada", "it is the x").stems == frozenset()


@pytest.mark.parametrize(("text", "answer"), [("No, it is not", True), ("Ferries run", False), ("", False)])
def test_words_that_answers_open_with_are_heard(text, answer):
    assert speech("Ada", text).opens_as_answer is answer


@pytest.mark.parametrize(("text", "asks"), [('Is it?"\n', True), ("Is it? No.", False), ("", False)])
def test_a_question_is_one_that_is_left_to_others(text, asks):
    assert speech("Ada", text).ends_in_question is asks


def test_earlier_posts_come_into_question_the_latest_first():
    assert pairs(talk("Ada", "Bo", "Cy")) == [(1, 0), (2, 1), (2, 0)]


def test_a_post_that_is_known_has_no_candidates_but_is_one():
    assert pairs(talk("Ada", "Bo", "Cy", known={1: 0})) == [(2, 1), (2, 0)]


def test_far_posts_are_out_of_question_but_the_one_that_opens_a_forum_thread():
    authors = ["Ada", *(["Bo", "Cy"] * WINDOW)]
    last = len(authors) - 1
    assert (last, 0) not in pairs(talk(*authors))
    assert pairs(talk(*authors, opener=True))[-1] == (last, 0)


def test_pairs_grow_with_the_thread_and_not_with_its_square():
    small, large = (len(talk(*["Ada", "Bo"] * size).post) for size in (100, 400))
    assert large < 4.5 * small


def test_the_best_and_the_ranks_are_those_of_one_post():
    one = talk("Ada", "Bo", "Cy")
    assert one.best(np.array([5.0, 1.0, 2.0])).tolist() == [5.0, 2.0, 2.0]
    assert one.rank(np.array([5.0, 1.0, 2.0])).tolist() == [0, 1, 0]
    assert one.rank(np.array([5.0, 2.0, 2.0])).tolist() == [0, 0, 1]


@pytest.mark.parametrize("text", ["@old miller no", "I agree with Old Miller here", "OLD MILLER, no"])
def test_somebody_called_by_name_is_heard(text):
    assert talk("Old Miller", "Bo", texts=["Rain.", text]).called == [set(), {0}]


@pytest.mark.parametrize("text", ["the old mill", "millers grind", "Bob says so"])
def test_other_words_call_nobody(text):
    assert talk("Old Miller", "Bob", texts=["Rain.", text]).called == [set(), set()]


def test_an_empty_thread_has_nothing():
    empty = talk()
    assert (empty.size, empty.authors, pairs(empty), empty.called) == (0, 0, [], [])


events = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 9), st.integers(1, 5)), max_size=20)


@given(events, st.lists(st.tuples(st.integers(0, 3), st.integers(0, 9)), max_size=10))
def test_sums_are_those_of_earlier_events_of_the_same_key(given_events, asked):
    e, q = np.array(given_events, dtype=int).reshape(-1, 3), np.array(asked, dtype=int).reshape(-1, 2)
    found = sum_before(e[:, 0], e[:, 1], e[:, 2].astype(float), q[:, 0], q[:, 1])
    assert found.tolist() == [sum(w for k, t, w in given_events if k == a and t < m) for a, m in asked]


@pytest.mark.parametrize(
    ("text", "lang", "you", "opens"),
    [
        ("Nein, das hast du falsch verstanden.", "de", True, True),
        ("Du vin, du pain.", "fr", False, False),
        ("Non, vous avez tort.", "fr", True, True),
        ("No, usted se equivoca.", "es", True, True),
        ("Нет, ты не прав.", "ru", True, True),
        ("Die Brücke bleibt zu.", "de", False, False),
        ("No, you are wrong.", None, True, True),
        ("No, you are wrong.", "xx", True, True),
    ],
)
def test_each_language_has_its_own_words_for_you_and_for_opening_an_answer(text, lang, you, opens):
    one = speech("Ada", text, lang=lang)
    assert (one.says_you, one.opens_as_answer) == (you, opens)


@pytest.mark.parametrize("text", ["Why?", "なぜですか？」", "لماذا؟"])
def test_a_question_mark_of_any_script_asks(text):
    assert speech("Ada", text).ends_in_question


def test_words_of_a_script_without_blanks_meet_by_pairs_of_characters():
    one, other = speech("Ada", "昨日は橋が閉鎖された"), speech("Bo", "閉鎖は残念だ")
    assert "閉鎖" in one.stems & other.stems
    assert not {"され", "れた"} & one.stems


def test_an_article_is_a_candidate_for_every_post_below_it():
    below = [speech("", "The ferry is late."), *(speech(a, "Yes.") for a in ["Ada", "Bo"] * WINDOW)]
    one = Talk(below, {}, opener=True, article=True)
    assert [(place, 0) for place in range(1, len(below))] == [pair for pair in pairs(one) if pair[1] == 0]
