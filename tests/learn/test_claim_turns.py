import numpy as np
import pytest

from discourse.learn import claim_turns
from discourse.learn.claim_turns import NAMES, turn_rows
from discourse.learn.claim_words import known_words

TURNS = [
    ("Ann", "The library needs longer opening hours. Students work in the evening."),
    ("Bob", "Longer hours cost money that nobody has."),
    ("Ann", "As I said, students work in the evening. The library needs longer hours!"),
    ("Bob", "My cat is called Oscar and he likes cheese."),
    ("Cid", "Bob, do you read?"),
]


def rows(turns):
    return [dict(zip(NAMES, row, strict=True)) for row in turn_rows(turns, known_words()).tolist()]


def test_an_authors_first_turn_takes_up_nothing_of_his_own():
    for place in (0, 1, 4):
        found = rows(TURNS)[place]
        assert found["like_own"] == found["known_own"] == found["sentence"] == found["own_turns"] == 0


def test_what_an_author_says_again_is_like_his_own_and_what_is_new_is_not():
    again, new = rows(TURNS)[2], rows(TURNS)[3]
    for name in ("like_own", "known_own", "sentence", "sentences", "own_mass"):
        assert again[name] > 0.5 > new[name], name
    assert again["is_repeat"] == 1
    assert new["new_mass"] > again["new_mass"]


def test_a_sentence_said_again_counts_however_much_else_is_said():
    turns = [TURNS[0], ("Ann", "Birds fly south. Cooks peel onions. Students work in the evening.")]
    found = rows(turns)[1]
    assert found["sentence"] == pytest.approx(1.0, abs=1e-4)
    assert found["like_own"] < 0.6


def test_words_of_another_author_are_not_ones_own():
    turns = [("Ann", "Trams are quiet."), ("Bob", "Trams are quiet.")]
    found = rows(turns)[1]
    assert found["known_own"] == 0
    assert found["known_any"] == 1
    assert found["like_others_last"] == pytest.approx(1.0, abs=1e-4)


def test_sentences_of_the_same_turn_repeat_nothing():
    assert rows([("Ann", "Trams are quiet. Trams are quiet.")])[0]["sentence"] == 0


def test_phrases_that_point_back_are_seen():
    assert rows(TURNS)[2]["says_again"] == 1
    assert rows([("Ann", "I’ve already told you.")])[0]["says_again"] == 2
    assert rows(TURNS)[1]["says_again"] == 0


def test_what_comes_later_changes_no_phrase_or_likeness():
    before, after = rows(TURNS[:3]), rows(TURNS)[:3]
    for one, other in zip(before, after, strict=True):
        for name in NAMES:
            assert one[name] == pytest.approx(other[name], abs=0.05), name


def test_blocks_do_not_show(monkeypatch):
    turns = [(name, f"{text} {k % 3} trams") for k in range(12) for name, text in TURNS]
    whole = turn_rows(turns, known_words())
    monkeypatch.setattr(claim_turns, "_BLOCK", 7)
    np.testing.assert_allclose(turn_rows(turns, known_words()), whole, atol=1e-5)


def test_only_so_many_earlier_turns_are_looked_back_to(monkeypatch):
    turns = [("Ann", "Trams are quiet."), *[("Ann", f"Cheese number{k} tastes.") for k in range(9)]]
    turns.append(("Ann", "Trams are quiet."))
    assert rows(turns)[-1]["like_own"] > 0.9
    monkeypatch.setattr(claim_turns, "REACH", 3)
    monkeypatch.setattr(claim_turns, "_BLOCK", 2)
    assert rows(turns)[-1]["like_own"] < 0.5


def test_any_text_can_be_read():
    texts = ["", "...", "不是这样的。", "\ud800", "keep " * 900, "as i " * 900, "a" * 9000, "\n" * 50]
    found = turn_rows([("Ann", text) for text in texts], known_words())
    assert np.isfinite(found).all()
    assert turn_rows([], known_words()).shape == (0, len(NAMES))
