"""Many patterns counted at once: the counts of each alone."""

import re

import pytest

from discourse.learn.rhetoric_cues import PATTERNS
from discourse.learn.scanning import Scanner, heads_of
from discourse.text.normalise import fold

TEXTS = [
    "",
    "So you think the weir will hold? Either we mend it, or it's gone by May!! What about the mill?",
    "I'm sure it isn't nothing; don't you people ever read? STOP IT... \U0001f600 100% of you'd agree.",
    "no nono no_no nope-no? 'twas said that some scholars have argued so; they're considered experts",
    'most people (all voters) said: "enough enough"\n\n- one\n- two\nif you don\'t, then we will',
]


def test_counts_are_those_of_each_pattern_alone():
    scanner = Scanner(list(PATTERNS.values()))
    for text in map(fold, TEXTS):
        alone = [sum(1 for _ in re.finditer(pattern, text)) for pattern in PATTERNS.values()]
        assert scanner.counts(text) == alone


def test_matches_of_one_pattern_do_not_overlap():
    assert Scanner([r"\b(?:no no|no)\b"]).counts("no no no") == [2]


@pytest.mark.parametrize(
    ("pattern", "heads"),
    [
        (r"\b(?:ferry|fern) boat", {"ferry", "fern"}),
        (r"\bstud(?:y|ies)", {"study", "studies"}),
        (r"\bthe (?:a|b)", {"the"}),
        (r"\b(?:the )?mill", {"the", "mill"}),
        (r"\bso\b|\byes\b", {"so", "yes"}),
        (r"\b\w+ly", set()),
        (r"so|\byes", set()),
        (r"\?", set()),
    ],
)
def test_heads_are_the_letters_that_a_match_begins_with(pattern, heads):
    assert heads_of(pattern) == heads
