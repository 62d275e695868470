import numpy as np
import pytest

from discourse.errors import ModelError
from discourse.learn.claim_lexicon import root
from discourse.learn.claim_words import LETTERS, Words, key_of, known_words, of_length_one, read_words
from discourse.learn.stored import Stored


def arrays(words):
    return {
        "keys": np.array([key_of(word) for word in words], dtype=np.uint32),
        "roots": np.array([key_of(root(word)) for word in words], dtype=np.uint32),
        "rare": np.arange(20, 20 * len(words) + 1, 20, dtype=np.uint8),
        "vectors": np.eye(len(words), 4, dtype=np.int8) * 50,
        "letters": np.full(LETTERS.columns, 40, dtype=np.uint8),
    }


def test_a_word_has_its_rareness_and_a_vector_of_length_one():
    words = Words.unpacked(arrays(["river", "lamp"]))
    assert words.rareness(root("lamps")) == pytest.approx(2.0)
    assert np.linalg.norm(words.vectors[words.place("lamp")]) == pytest.approx(1.0)


def test_a_word_that_nobody_wrote_is_rarer_than_any_other_and_like_none():
    words = Words.unpacked(arrays(["river", "lamp"]))
    assert words.rareness("qwzx") > words.rareness("lamp")
    assert not words.vectors[words.place("qwzx")].any()


def test_words_of_like_use_are_nearer_than_others():
    words = known_words()
    near = {name: words.vectors[words.place(name)] for name in ("doctor", "physician", "nurse", "taxes")}
    assert near["doctor"] @ near["nurse"] > near["doctor"] @ near["taxes"]


def test_common_words_are_less_rare():
    words = known_words()
    assert words.rareness(root("people")) < words.rareness(root("telescope"))
    assert words.rareness(root("thought")) == words.rareness(root("thinks"))


def test_rows_of_letters_have_length_one_and_no_text_gives_an_empty_row():
    rows = known_words().letter_rows(["a bridge over water", ""]).toarray()
    assert np.linalg.norm(rows[0]) == pytest.approx(1.0, abs=1e-5)
    assert not rows[1].any()


def test_empty_rows_stay_empty():
    assert not of_length_one(np.zeros((2, 3))).toarray().any()


@pytest.mark.parametrize("missing", ["keys", "roots", "rare", "vectors", "letters"])
def test_a_model_with_a_part_missing_is_refused(missing):
    held = {name: array for name, array in arrays(["river", "lamp"]).items() if name != missing}
    with pytest.raises(ModelError, match="holds no words"):
        read_words(Stored("here", {}, held))


def test_words_and_vectors_of_different_number_are_refused():
    held = arrays(["river", "lamp"]) | {"rare": np.zeros(3, dtype=np.uint8)}
    with pytest.raises(ModelError, match="holds no words"):
        read_words(Stored("here", {}, held))
