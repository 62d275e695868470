from hypothesis import given
from hypothesis import strategies as st

from discourse.exchange.inception.spans import Marked, mark, sentences, trimmed, unmark
from tests.exchange.documents_made import texts

WORDS = texts(st.text(max_size=3))
HEADER = "[1] Wren"


def java_blank(char):
    """Say whether INCEpTION's TrimUtils takes a character for a blank."""
    spaces = " \t\n\x0b\x0c\r\x1c\x1d\x1e\x1f\u1680\u2028\u2029\u205f\u3000\u200e\u200f"
    return char in spaces or ("\u2000" <= char <= "\u200a" and char != "\u2007")


@given(WORDS, st.data())
def test_a_place_comes_back_from_its_mark(words, data):
    text = f"{HEADER}\n{words}\n\n"
    first = len(HEADER) + 1
    place = tuple(sorted(data.draw(st.tuples(*[st.integers(first, first + len(words))] * 2))))
    marked = mark(text, place, (0, len(HEADER)))
    assert unmark(text, marked, (0, len(HEADER))) == place
    assert not java_blank(text[marked.begin])
    assert not java_blank(text[marked.end - 1])


@given(WORDS)
def test_a_post_comes_back_without_its_header_line_known(words):
    text = f"{HEADER}\n{words}\n\n"
    place = (len(HEADER) + 1, len(HEADER) + 1 + len(words))
    assert unmark(text, mark(text, place, (0, len(HEADER))), None) == place


@given(WORDS)
def test_sentences_hold_all_but_blanks_and_lie_within_their_stretch(words):
    text = f"{HEADER}\n{words}\n\nnot this"
    stretches = [(0, len(HEADER)), (len(HEADER) + 1, len(HEADER) + 1 + len(words))]
    found = list(sentences(text, stretches))
    held = {place for begin, end in found for place in range(begin, end)}
    assert len(held) == sum(end - begin for begin, end in found)  # none overlaps another
    for begin, end in found:
        assert any(start <= begin < end <= stop for start, stop in stretches)
        assert not java_blank(text[begin])
        assert not java_blank(text[end - 1])
    for start, stop in stretches:
        assert {place for place in range(start, stop) if text[place].isalnum()} <= held


def test_rows_end_with_lines_and_sentences():
    text = "It was shut. Was it? So he said.\r\nAt 9 a.m. it opened."
    rows = [text[begin:end] for begin, end in sentences(text, [(0, len(text))])]
    assert rows == ["It was shut.", "Was it?", "So he said.", "At 9 a.m. it opened."]


def test_a_mark_that_somebody_moved_stands_for_itself():
    text = "[1] Wren\n  perhaps so \n\n"
    marked = mark(text, (9, 23), (0, 8))
    assert marked == Marked(11, 21, -2, 14)
    assert unmark(text, Marked(11, 18, -2, 14), (0, 8)) == (11, 18)
    assert unmark(text, Marked(11, 21, -99, 14), (0, 8)) == (11, 21)
    assert unmark(text, Marked(11, 21, -2, 10**9), (0, 8)) == (11, 21)


def test_blanks_alone_are_trimmed_to_nothing():
    assert trimmed("a \u200f\n b", (1, 5)) == (5, 5)
