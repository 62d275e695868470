"""The words that a cursor stands on: they and the blanks are the text, and no sign is torn."""

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.review.words import pieces, word_spans
from tests.report.hostile import HOSTILE


def words(text):
    return [text[start:end] for start, end in word_spans(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", []),
        (" \r\n\t", []),
        ("Don't go, Per-haps.", ["Don't", "go", ",", "Per-haps", "."]),
        ("'quoted' - no", ["'", "quoted", "'", "-", "no"]),
        ("👨‍👩‍👧 ok 🤷🏽!", ["👨‍👩‍👧", "ok", "🤷🏽", "!"]),
        ("🇪🇺🇫🇷🇪", ["🇪🇺", "🇫🇷", "🇪"]),
        ("cafe\u0301 na\u0308ive", ["cafe\u0301", "na\u0308ive"]),
        ("שלום, אולי", ["שלום", ",", "אולי"]),
        ("नमस्ते दुनिया", ["नमस्ते", "दुनिया"]),
        ("漢字 kana", ["漢", "字", "kana"]),
        ("a\r\nb", ["a", "b"]),
    ],
)
def test_words_are_what_people_see_as_such(text, found):
    assert words(text) == found


@given(st.one_of(st.text(), st.sampled_from(sorted(HOSTILE.values()))))
def test_pieces_are_the_text_and_no_mark_is_torn_from_its_letter(text):
    found = pieces(text, [(0, len(text) // 2, "rhetoric")])
    assert "".join(piece.text for piece in found) == text
    assert all(text[piece.start : piece.end] == piece.text for piece in found)
    assert all(piece.is_word != piece.text.isspace() for piece in found)
    for before, piece in pairwise(found):
        assert not (before.is_word and unicodedata.category(piece.text[0])[0] == "M")
        assert before.text[-1] != "\u200d" or not piece.is_word


def test_a_label_lies_on_the_words_that_it_touches_and_the_blanks_between():
    found = pieces("one two three", [(2, 6, "stance"), (8, 13, "rhetoric")])
    assert [piece.layers for piece in found] == [("stance",), ("stance",), ("stance",), (), ("rhetoric",)]
