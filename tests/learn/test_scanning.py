"""Many patterns counted at once: the counts of each alone."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.learn.rhetoric_cues import _SCANNER, PATTERNS
from discourse.learn.scanning import Scanner
from discourse.learn.scanning_openings import openings_of
from discourse.text.normalise import fold

TEXTS = [
    "",
    "So you think the weir will hold? Either we mend it, or it's gone by May!! What about the mill?",
    "I'm sure it isn't nothing; don't you people ever read? STOP IT... \U0001f600 100% of you'd agree.",
    "no nono no_no nope-no? 'twas said that some scholars have argued so; they're considered experts",
    'most people (all voters) said: "enough enough"\n\n- one\n- two\nif you don\'t, then we will',
]


WORDS = [
    *"so you i i'm agree think no one nobody most people what if it was don't would all of".split(),
    *"your argument we he she actually really good luck bad thing said that this some have believed".split(),
    *[", ", ". ", "?", "?!", "!", " - ", "--", "...", "(", ":", ":)", "\"ok\"", "100%", "http://", "aaa"],
    *["\n", "'d", "_", "\u2026", "\U0001f600", "\u0663", "&gt;", ">", "\0", "\xa0", "e.g.", "u.s."],
]  # fmt: skip


def alone(text: str) -> list[int]:
    return [sum(1 for _ in re.finditer(pattern, text)) for pattern in PATTERNS.values()]


def test_counts_are_those_of_each_pattern_alone():
    folded = [fold(text) for text in TEXTS]
    assert _SCANNER.counts(folded).tolist() == [alone(text) for text in folded]


@given(st.lists(st.lists(st.sampled_from([*WORDS, " ", " "]), max_size=12).map(" ".join)))
def test_counts_of_any_texts_are_those_of_each_pattern_alone(texts):
    folded = [fold(text) for text in texts]
    assert _SCANNER.counts(folded).tolist() == [alone(text) for text in folded]


@given(st.data())
def test_every_match_of_a_cue_is_found(data):
    pattern = data.draw(st.sampled_from(list(PATTERNS.values())))
    text = fold(data.draw(st.from_regex(re.compile(pattern, re.ASCII))))
    assert _SCANNER.counts([text]).tolist() == [alone(text)]


def test_matches_of_one_pattern_do_not_overlap():
    assert Scanner([r"\b(?:no no|no)\b"]).counts(["no no no"]).tolist() == [[2]]
    assert Scanner([r"\b(?:no one|one)\b"]).counts(["no one one", "one no one"]).tolist() == [[2], [2]]


@pytest.mark.parametrize(
    ("pattern", "openings"),
    [
        (r"\b(?:ferry|fern) boat", {("ferry", True, False, " bo"), ("fern", True, False, " bo")}),
        (r"\bstud(?:y|ies)", {("study", False, False, ""), ("studies", False, False, "")}),
        (r"\bstud(?:y|ies)\b", {("study", True, True, ""), ("studies", True, True, "")}),
        (r"\bthe (?:a|b)", {("the", True, False, " a"), ("the", True, False, " b")}),
        (r"\b(?:the )?mill", {("the", True, False, " mi"), ("mill", False, False, "")}),
        (r"\bso\b|\byes\b,", {("so", True, True, ""), ("yes", True, False, ",")}),
        (r"\b\w+ly", set()),
        (r"so|\byes", set()),
        (r"\?", set()),
    ],
)
def test_openings_tell_how_a_match_begins(pattern, openings):
    assert set(map(tuple, openings_of(pattern))) == openings
