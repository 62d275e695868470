"""Lines as shapes: what is masked, and what is not."""

import pytest

from discourse.ingest.pasted.rows import NUMBER, read_rows


def masks(line):
    return [token.mask for token in read_rows([line])[0].tokens]


@pytest.mark.parametrize("votes", ["3", "-3", "−3", "+12", "1.2k"])
def test_votes_are_numbers_whatever_their_sign(votes):
    assert masks(f"[–]Old Ron {votes} points") == ["[", "–", "]", "old", "ron", NUMBER, "points"]


@pytest.mark.parametrize("word", ["covid-19", "R2-D2", "4thGenBaker"])
def test_a_number_within_a_word_is_none(word):
    assert masks(f"Ron {word} says")[1] == word.lower()
