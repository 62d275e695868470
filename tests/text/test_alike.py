"""Sentences that have nearly the same words: all of them are found, copies and long threads included."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.text import alike as alike_module
from discourse.text.alike import LEAST, alike, weighed
from tests.growth import assert_linear

WORDS = [f"w{number}" for number in range(40)]


def drawn(size: int, seed: int = 3) -> list[list[str]]:
    """Sentences of words of which few are frequent, as in talk."""
    rng = random.Random(seed)
    return [[f"w{int(rng.paretovariate(0.6))}" for _ in range(rng.randrange(1, 9))] for _ in range(size)]


def all_pairs(sentences: list[list[str]], least: float = LEAST) -> set[tuple[int, int]]:
    """Compare every sentence with every other one."""
    groups = list({tuple(sorted(stems)): None for stems in sentences if stems})
    rows = weighed(groups).toarray()
    cosines = (rows @ rows.T).round(4)
    place = {stems: number for number, stems in enumerate(groups)}
    at = [place.get(tuple(sorted(stems)), -1) for stems in sentences]
    return {
        (i, j)
        for j in range(len(sentences))
        for i in range(j)
        if min(at[i], at[j]) >= 0 and (at[i] == at[j] or cosines[at[i], at[j]] >= least)
    }


@pytest.mark.parametrize("least", [0.4, LEAST, 0.9])
def test_what_comparing_all_finds_is_found(least):
    sentences = drawn(600)
    assert {(i, j) for i, j, _ in alike(sentences, least).places()} == all_pairs(sentences, least)


@given(st.lists(st.lists(st.sampled_from(WORDS), max_size=5), max_size=25))
def test_it_holds_for_any_sentences(sentences):
    assert {(i, j) for i, j, _ in alike(sentences).places()} == all_pairs(sentences)


def test_pasted_copies_hide_nothing():
    sentences = drawn(400)
    flooded = sentences[:200] + [["w1", "w2", "w3", "pasted"]] * 200 + sentences[200:]
    assert {(i, j) for i, j, _ in alike(flooded).places()} == all_pairs(flooded)


def test_a_sentence_without_words_is_like_none():
    assert list(alike([[], [], ["a"]]).places()) == []
    assert alike([]).pairs == []


def test_cost_grows_as_the_number_of_sentences_does(monkeypatch):
    monkeypatch.setattr(alike_module, "MOST", 20)  # else only very long threads reach what a word leads to
    assert_linear(lambda size: drawn(size, size), alike, small=3000)
