import math
import subprocess
import sys
import unicodedata
from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from discourse.learn import codepoints
from discourse.learn.codepoints import LONGEST
from discourse.learn.ngrams import Space, named_columns, ngram_counts, ngram_matrix
from discourse.text.normalise import fold
from tests.growth import assert_linear, repeated

WORDS = Space(words=(1, 2))
BOTH = Space(words=(1, 3), letters=(3, 5), bits=20)
ASKED = {"？": "?", "؟": "?", "⁈": "?", "⁉": "?", "！": "!", "‼": "!", "＇": "'"}


def kind(char: str) -> str:
    code, category = ord(char), unicodedata.category(char)
    if char == "'":
        return "apostrophe"
    ideographs = [(0x3040, 0x30FF), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x3FFFF)]
    if char in "?!…" or category == "So" or any(low <= code <= high for low, high in ideographs):
        return "mark"
    return "letter" if category[0] in "LNM" and not 0xFE00 <= code < 0xFE10 else "gap"


def slow_words(text: str) -> list[tuple[str, bool]]:
    """Return the words of a text, and of each if it is a mark: one character at a time."""
    folded = "".join(ASKED.get(char, fold(char)) for char in text[:LONGEST])
    words: list[tuple[str, bool]] = []
    word = ""
    for place, char in enumerate(folded):
        before, after = folded[max(0, place - 1) : place], folded[place + 1 : place + 2]
        inner = before and after and kind(before) == kind(after) == "letter"
        if kind(char) == "letter" or (kind(char) == "apostrophe" and inner):
            word += char
            continue
        if word:
            words.append((word, False))
            word = ""
        if kind(char) == "mark":
            words.append((char, True))
        elif char == "." and after == "." and before != ".":
            words.append(("…", True))
    return [*words, (word, False)] if word else words


def slow_grams(text: str, space: Space) -> Counter[str]:
    """Count the n-grams of a text by name."""
    words = slow_words(text)
    found: Counter[str] = Counter()
    if space.words:
        for size in range(space.words[0], space.words[1] + 1):
            for start in range(len(words) - size + 1):
                found["words " + " ".join(word for word, _ in words[start : start + size])] += 1
    if space.letters:
        for size in range(space.letters[0], space.letters[1] + 1):
            for word, is_mark in words:
                padded = f" {word} "
                if not is_mark:
                    found.update(
                        "letters " + padded[start : start + size] for start in range(len(padded) - size + 1)
                    )
    return found


def columns_of(text: str, space: Space) -> set[int]:
    return set(ngram_matrix([text], space).indices.tolist())


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.text(st.sampled_from("ab'’ \n.?!…É\u0301日本🙂👍🏽\u200d\ufe0f\x00\ud800İΣς½_-#"), max_size=30),
        max_size=5,
    )
)
def test_rows_hold_the_n_grams_that_a_slow_twin_counts(texts):
    matrix = ngram_matrix(texts, BOTH)
    assert matrix.shape == (len(texts), BOTH.columns)
    for place, text in enumerate(texts):
        expected = slow_grams(text, BOTH)
        row = matrix[[place], :]
        # no two of so few n-grams share one of a million columns but by a rare chance
        assert abs(row.nnz - len(expected)) <= 1
        assert math.isclose(float((row.data**2).sum()), float(bool(expected)), rel_tol=1e-5)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(max_size=40), max_size=6))
def test_a_row_depends_on_its_text_alone(texts):
    whole = ngram_matrix(texts, BOTH)
    for place, text in enumerate(texts):
        alone = ngram_matrix([text], BOTH)
        assert np.array_equal(alone.indices, whole[[place], :].indices)
        assert np.array_equal(alone.data, whole[[place], :].data)


@settings(max_examples=60, deadline=None)
@given(
    st.text(st.sampled_from("ab9'` .?!_-\nZ\x00"), max_size=40),
    st.sampled_from([WORDS, Space(words=(2, 3)), Space(words=None), Space(sublinear=True, tag="x")]),
)
def test_a_short_text_alone_has_the_row_that_it_has_among_others(text, space):
    alone, among = ngram_matrix([text], space), ngram_matrix([text, "é", text], space)
    for row in (0, 2):
        assert np.array_equal(alone.indices, among[[row], :].indices)
        assert np.array_equal(alone.data, among[[row], :].data)


def test_rows_of_several_slices_are_those_of_one(monkeypatch):
    texts = [f"the ferry {n} leaves at {n % 7} o'clock, doesn't it?" for n in range(60)]
    whole = ngram_matrix(texts, BOTH)
    monkeypatch.setattr("discourse.learn.ngrams.SLICE", 100)
    parts = ngram_matrix(texts, BOTH)
    assert (whole != parts).nnz == 0


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Don’t STOP", "don't stop"),
        ("no，never", "no, never"),
        ("really？！", "really?!"),
        ("well... yes", "well… yes"),
        ("well...... yes", "well.. yes"),
        ("'quoted'", "quoted"),
        ("👍\ufe0f", "👍"),
        ("an end. a start", "an end a start"),
    ],
)
def test_texts_that_read_alike_have_the_same_row(one, other):
    assert columns_of(one, WORDS) == columns_of(other, WORDS)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a b", "b a"),
        ("ab", "a b"),
        ("its", "it's"),
        ("why", "why?"),
        ("ok 🙂", "ok 🙁"),
        ("日本", "本日"),
        ("aa", "a"),
    ],
)
def test_texts_that_read_differently_have_other_rows(one, other):
    assert columns_of(one, WORDS) != columns_of(other, WORDS)


def test_no_n_gram_reaches_over_the_end_of_a_text():
    matrix = ngram_matrix(["harbour", "master"], WORDS)
    assert np.diff(matrix.indptr).tolist() == [1, 1]


@pytest.mark.parametrize("text", ["", " \n ", "\x00", "\ud800", "-- _ --", "'", "."])
def test_a_text_without_words_is_an_empty_row(text):
    matrix = ngram_matrix([text, "word", text], BOTH)
    assert [matrix[[place], :].nnz for place in (0, 2)] == [0, 0]


def test_no_texts_are_no_rows():
    assert ngram_matrix([], BOTH).shape == (0, BOTH.columns)


def test_tags_sizes_and_letters_fall_into_other_columns():
    spaces = [WORDS, Space(tag="parent"), Space(words=None, letters=(6, 6)), Space(words=(2, 2))]
    found = [columns_of("oh bridges bridges", space) for space in spaces]
    assert found[3] < found[0]
    assert not found[0] & found[1]
    assert not found[0] & found[2]


def test_values_are_binary_or_grow_with_the_logarithm():
    text = "rain " * 8 + "sun"
    plain = ngram_matrix([text], Space(words=(1, 1)))
    assert plain.data.tolist() == pytest.approx([math.sqrt(0.5)] * 2)
    counted = sorted(ngram_matrix([text], Space(words=(1, 1), sublinear=True)).data.tolist())
    assert counted[1] / counted[0] == pytest.approx(1 + math.log(8))
    assert math.hypot(*counted) == pytest.approx(1)


def test_rows_are_pinned_across_machines_and_hash_seeds():
    code = (
        "from discourse.learn.ngrams import Space, ngram_matrix\n"
        "m = ngram_matrix(['Isn’t it grand? 🙂 Yes'], Space(letters=(3, 3)))\n"
        "print(m.indices.tolist()[:6], int(m.indices.sum()))"
    )
    runs = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("0", "7")
    }
    assert runs == {"[2661, 10421, 17914, 19562, 20971, 21643] 2927415\n"}


def test_many_words_meet_in_one_column_no_more_than_chance_has_it():
    words = [f"{a}{b}{c}" for a in "abcdefghij" for b in "klmnopqrst" for c in "0123456789"] + [
        str(n) for n in range(3000)
    ]
    columns = ngram_matrix([" ".join(words)], Space(words=(1, 1), bits=18)).nnz
    expected = 2**18 * (1 - math.exp(-len(words) / 2**18))
    assert abs(columns - expected) < 5 * math.sqrt(len(words) - expected + 1) + 5


@pytest.mark.parametrize("piece", ["a", "🙂", "'", "a'", ".", "\x00"])
def test_a_long_text_of_anything_takes_time_that_grows_with_its_length(piece):
    assert_linear(repeated(piece), lambda text: ngram_matrix([text, "b"], BOTH), small=200_000)


def test_what_stands_behind_the_longest_text_is_left_out(monkeypatch):
    monkeypatch.setattr(codepoints, "LONGEST", 8)
    monkeypatch.setattr("discourse.learn.grams.LONGEST", 8)
    monkeypatch.setattr("discourse.learn.ngrams.SHORT", 4)  # else a text alone is read in another way
    assert columns_of("öne two three", WORDS) == columns_of("öne two ", WORDS)


def test_columns_are_named_by_the_users_own_words():
    texts = ["Not at all, not at all!", "a ferry"]
    space = Space(words=(1, 2), letters=(4, 4))
    names = named_columns(texts, space, ngram_matrix(texts, space).indices.tolist())
    assert {"not at", "all not", "all !", "ferry", "·all", "all·", "ferr"} <= set(names.values())
    assert named_columns(["quite other"], space, names) == {}


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=60), min_size=2, max_size=4), st.booleans())
def test_a_text_alone_has_the_row_that_it_has_among_others(texts, sublinear):
    space = Space(words=(1, 2), letters=(2, 5), bits=18, sublinear=sublinear)
    whole = ngram_matrix(texts, space)
    for row, text in enumerate(texts):
        alone = ngram_matrix([text], space)
        assert alone.indices.tolist() == whole[[row], :].indices.tolist()
        assert np.allclose(alone.data, whole[[row], :].data, atol=1e-6)
        weights = np.arange(2 * space.columns, dtype=np.float32).reshape(-1, 2) / space.columns
        assert np.allclose(ngram_counts([text], space) @ weights, alone @ weights, atol=1e-4)
