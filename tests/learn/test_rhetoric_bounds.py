"""What is bounded from the items of sentences: never less than what the model itself counts."""

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.learn.grams import Space
from discourse.learn.rhetoric import SPACES
from discourse.learn.rhetoric_blocks import Block, most_of, sums_of_rows
from discourse.learn.rhetoric_cue_bounds import cue_counts
from discourse.learn.rhetoric_cue_starts import starts_of
from discourse.learn.rhetoric_cues import _SCANNER, PATTERNS, cue_matrix
from discourse.learn.rhetoric_items import ItemBook, plain

LETTERS = Space(words=None, letters=(2, 5), bits=10, tag="test", sublinear=True)
WORDS = [
    *"so you i i'm you're agree think no one nobody most people what if it was don't would all of if".split(),
    *"your argument we he she actually really good luck bad thing said that this some have oh".split(),
    *"could would've 'd d don't' n't cannot nothing http https www percent 100 4th wrong though LOL".split(),
    *[", ", ". ", "?", "?!", "!", " - ", "--", "...", "(", ":", ":)", "=p", '"ok"', "%", "http://", "aaa"],
    *["](", "]", "&gt;", ">", "e.g.", "u.s.", "'", "-", "/", "*", "you are a", "good point", "fair enough,"],
]  # fmt: skip
SENTENCES = st.lists(
    st.tuples(st.sampled_from(WORDS), st.sampled_from([" ", " ", " ", "", "  "])), max_size=14
).map(lambda pieces: "".join(word + gap for word, gap in pieces))
CUES = st.sampled_from(list(PATTERNS.values())).flatmap(
    lambda pattern: st.from_regex(re.compile(pattern, re.ASCII | re.IGNORECASE))
)


def block_of(seed: int = 1) -> Block:
    made = np.random.default_rng(seed)
    weights = made.normal(size=(LETTERS.columns, 3)) * (made.random((LETTERS.columns, 1)) < 0.5)
    rare = made.integers(0, 255, LETTERS.columns).astype(np.float32)
    return Block.of(LETTERS, rare, np.arange(LETTERS.columns), weights.astype(np.float32))


BLOCK, BOOK = block_of(), ItemBook(block_of())


def bounded(texts: list[str]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the cues that stand in texts, and how many there are at least and at most."""
    written = [text for text in texts if plain(text) is not None]
    items, rows = BOOK.read([plain(text) or "" for text in written])
    least, most = cue_counts(BOOK.known, items, rows, written)
    folded = [plain(text) or "" for text in written]
    return _SCANNER.counts(folded), least, most


def assert_bounded(texts: list[str]) -> None:
    counts, least, most = bounded(texts)
    size = len(PATTERNS)
    names = list(PATTERNS)
    low, high = counts < least[:, :size], counts > most[:, :size]
    assert not low.any(), [names[place] for place in np.flatnonzero(low.any(axis=0))]
    assert not high.any(), [names[place] for place in np.flatnonzero(high.any(axis=0))]


@given(st.lists(SENTENCES, max_size=5))
def test_cues_of_any_sentences_are_within_their_bounds(texts):
    assert_bounded(texts)


@given(st.lists(CUES, max_size=3), SENTENCES)
def test_whatever_a_cue_matches_is_within_its_bounds(matched, sentence):
    assert_bounded([*matched, *(f"{sentence}{match} {sentence}" for match in matched), " ".join(matched)])


@given(st.lists(SENTENCES, max_size=4))
def test_shapes_are_within_their_bounds(texts):
    written = [text for text in texts if plain(text) is not None]
    _, _, most = bounded(texts)
    has = cue_matrix(written)[:, : most.shape[1]] > 0 if written else np.zeros_like(most, dtype=bool)
    assert not (has & (most == 0)).any()


def test_bounds_are_narrow_where_words_say_all():
    counts, least, most = bounded(["I know that you and your brother never said so, did you?", "Wrong!"])
    names = list(PATTERNS)
    for name in ("you", "your", "i", "all", "question", "exclaim", "not", "he_she"):
        place = names.index(name)
        assert counts[:, place].tolist() == least[:, place].tolist() == most[:, place].tolist()
    for name in ("what_about", "link", "swear", "polite"):
        assert not most[:, names.index(name)].any()


@pytest.mark.parametrize("item", ["you're", "so", "?! ", ":", '"', "-", "4th", "n", "a" * 400])
def test_any_item_has_its_starts(item):
    assert all(0 <= start.cue < len(PATTERNS) and start.mask for start in starts_of(item))


@given(st.lists(st.text("abn' ", max_size=60), min_size=1, max_size=4))
def test_letters_add_no_more_than_their_words_say(texts):
    items, rows = BOOK.read(texts)
    columns, lengths = BOOK.known.letters.rows(items)
    points = BLOCK.points(np.repeat(rows, lengths), columns.astype(np.int64), len(texts))
    most = most_of(sums_of_rows(BOOK.known.shares[items], rows, len(texts)))
    assert (points <= most + 1e-4).all()


def test_letters_of_long_words_add_no_more_either():
    book = ItemBook(Block.of(SPACES["letters"], *_uneven(SPACES["letters"].columns)))
    texts = ["na" * size + " " + "an " * size for size in (1, 5, 12, 13, 40, 300)]
    items, rows = book.read(texts)
    columns, lengths = book.known.letters.rows(items)
    points = book._letters.points(np.repeat(rows, lengths), columns.astype(np.int64), len(texts))
    assert (points <= most_of(sums_of_rows(book.known.shares[items], rows, len(texts))) + 1e-3).all()


def _uneven(columns: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    made = np.random.default_rng(2)
    rare = made.integers(0, 255, columns).astype(np.float32)
    return rare, np.arange(columns), made.normal(size=(columns, 2)).astype(np.float32)
