"""Words that nobody says in his own voice although no marks of quotation stand around them."""

import pytest

from discourse.analysis.rhetoric.own_voice import is_held, is_own_voice
from tests.growth import assert_linear, repeated


def voice_of(text: str, word: str) -> bool:
    start = text.index(word)
    return is_own_voice(text, start, start + len(word))


@pytest.mark.parametrize(
    ("text", "word", "is_own"),
    [
        ("the toll is shameful.", "shameful", True),
        ("see http://example.org/debates/a-shameful-toll.html", "shameful", False),
        ("see www.example.org/shameful and read it", "shameful", False),
        ("see www.example.org/toll for the shameful toll", "shameful", True),
        ("see www.example.org/toll\nshameful, all of it", "shameful", True),
        ("the ferryman hath a shameful heart and payeth no toll.", "shameful", False),
        ("thou shalt pay no toll. i call that shameful.", "shameful", True),
        ("that is shameful.\nthou shalt pay no toll", "shameful", True),
    ],
)
def test_links_and_scripture_are_not_the_writers_voice(text, word, is_own):
    assert voice_of(text, word) is is_own


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("raise the toll and it is the end of the town.", True),
        ("nobody came. it is the end of the town.", True),
        ("they claim that a toll is the end of the town.", False),
        ("a toll isn't the end of the town.", False),
        ("we pay in order to prevent the end of the town.", False),
        ("is that the end of the town?", False),
    ],
)
def test_what_is_denied_reported_averted_or_asked_is_not_held(text, holds):
    start = text.index("the end")
    assert is_held(text, start, start + len("the end")) is holds


def test_a_long_text_costs_no_more_than_its_length():
    def read(text: str) -> None:
        for start in range(0, len(text), 50):
            is_own_voice(text, start, start + 3)

    assert_linear(repeated("a/b.c "), read, small=3_000)
