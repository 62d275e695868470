"""What a turn brings that its author has not said before, and in which words."""

import pytest

from discourse.analysis.loops.novelty import KINDS
from tests.analysis.mini import FEE, Line, analysed, thread_of

LONG = "for a season at the inner quay with water and electricity and the use of the big crane in spring"


def last(text: str) -> tuple[str | None, str, bool]:
    """Return what the last turn of a loop brings, the words that bring it, and whether it is empty."""
    lines: list[Line] = [*FEE, ("Bo", 6, text)]
    turn = analysed(thread_of(lines))["turns"].iloc[-1]
    given = turn["brought"] == turn["brought"]
    words = text[turn["brought_start"] : turn["brought_end"]] if given else ""
    return (turn["brought"] if given else None), words, bool(turn["is_empty"])


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("The treasurer reported that sum to the annual meeting and nobody objected.", "source"),
        ("My uncle paid it on Saturday, I saw the stamped receipt in his glove box.", "first-hand"),
        (f"See https://example.org/tariff {LONG}.", "link"),
        (f"For example, the pilot boat pays it {LONG}.", "example"),
        (f"It is like paying rent for a garage {LONG}.", "analogy"),
        (f"It rose because the dredging had to be paid {LONG}.", "reason"),
    ],
)
def test_what_is_brought_is_named_with_the_sentence_that_brings_it(sentence: str, kind: str):
    brought, words, empty = last(f"It is 55 euros. {sentence}")
    assert brought is not None
    assert kind in brought.split()
    assert words == sentence
    assert not empty


def test_whoever_brings_nothing_brings_it_in_no_words():
    assert last("It is 55 euros, as I said.") == (None, "", True)


def test_an_opening_of_an_example_alone_is_nothing_new():
    assert last("55 euros, for example.") == (None, "", True)


def test_what_is_brought_stands_in_a_fixed_order():
    brought, _words, _empty = last(
        f"It is 55 euros because of the dredging, see https://example.org/tariff {LONG}."
    )
    assert brought is not None
    assert [KINDS.index(kind) for kind in brought.split()] == sorted(
        KINDS.index(kind) for kind in brought.split()
    )
