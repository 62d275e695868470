"""Claims put into another's mouth, and turning to another issue."""

import pytest

from discourse.analysis.rhetoric.restatements import find_moves
from discourse.text.normalise import fold
from tests.growth import assert_linear, repeated


def moves(text: str, label: str) -> list[str]:
    return [text[move.span.start : move.span.end] for move in find_moves(fold(text)) if move.label == label]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("So you\u2019re saying the weir should rot? Odd.", ["So you\u2019re saying the weir should rot"]),
        ("Fine. So you want the ferry gone, and then?", ["So you want the ferry gone, and then"]),
        ("By your logic we need no roofs.", ["By your logic we need no roofs"]),
        ("What you are really saying is that it leaks.", ["What you are really saying is that it leaks"]),
        ("You are saying it well.", []),
        ("I think so. You want tea?", []),
        ("So you think so too?", []),
        ("He was ill, so you say no more.", []),
        ("I do not like your argument style.", []),
        ("In other words, you want us all to drown.", ["In other words, you want us all to drown"]),
    ],
)
def test_words_put_into_a_mouth(text, found):
    assert moves(text, "misrepresentation") == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The real issue is the rent.", ["The real issue is the rent"]),
        ("No. Speaking of boats, who paid?", ["Speaking of boats, who paid"]),
        ("I was speaking of boats.", []),
        ("Speaking of which, tea is ready.", []),
        ("On a side note, the pond is dry.", []),
        ("It rained. That is not the real issue.", ["is not the real issue"]),
    ],
)
def test_turning_to_another_issue(text, found):
    assert moves(text, "off_topic_shift") == found


def test_a_long_run_of_frames_takes_time_that_grows_with_its_length():
    text = "so you want tea. "
    assert moves(text, "misrepresentation")
    assert_linear(repeated(text), lambda text: moves(text, "misrepresentation"), small=40_000)
