"""Kinds of loops, told from the words of their turns."""

import pytest

from discourse.analysis.base import ThreadView, read_threads
from discourse.analysis.loops.kinds import loop_kind
from tests.analysis.mini import FEE, GHOST, Line, analysed, thread_of

WORD = [
    "A punnet is a basket by definition, look in any dictionary.",
    "That is not what the word means, a basket has a handle.",
    "Who defines it that way? The term covers both.",
    "It does not count as a basket without a handle.",
]
FAULT = [
    "The council is to blame for the flood, nobody else.",
    "It was the farmers' own fault, they blocked the ditch.",
    "The council is responsible for ditches.",
    "You blame everybody but those who caused it.",
]
TALK = ["Lovely weather in the valley.", "We walked to the mill and back.", "The bread there is good."]


def view(texts: list[str]) -> ThreadView:
    lines: list[Line] = [("Ada" if at % 2 else "Bo", at or None, text) for at, text in enumerate(texts)]
    (thread,) = read_threads(thread_of(lines))
    return thread


@pytest.mark.parametrize(("said", "kind"), [(WORD, "definition"), (FAULT, "blame"), (TALK, "polarity")])
def test_the_words_of_the_turns_tell_the_kind(said: list[str], kind: str):
    assert loop_kind(view([*said, *TALK]), range(len(said)), has_values=False) == kind


def test_two_values_make_it_a_quantity_whatever_the_words():
    assert loop_kind(view([*WORD, *TALK]), range(len(WORD)), has_values=True) == "quantity"


def test_words_that_the_whole_thread_uses_tell_no_kind():
    assert loop_kind(view([*WORD, *WORD]), range(len(WORD)), has_values=False) == "polarity"


def test_one_turn_that_blames_makes_no_kind():
    assert loop_kind(view([FAULT[0], *TALK, *TALK]), range(4), has_values=False) == "polarity"


def test_words_of_another_language_tell_no_kind():
    tables = thread_of([("Ada" if at % 2 else "Bo", at or None, text) for at, text in enumerate(WORD)])
    (thread,) = read_threads(tables.replace(posts=tables["posts"].assign(lang="de")))
    assert loop_kind(thread, range(4), has_values=False) == "polarity"


def test_loops_carry_their_kind():
    assert analysed(thread_of(FEE))["loops"]["kind"].tolist() == ["quantity"]
    assert analysed(thread_of(GHOST))["loops"]["kind"].tolist() == ["polarity"]
