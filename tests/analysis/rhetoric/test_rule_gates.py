"""What opens the rules of evidence and of moves: wherever a rule matches, its gate stands open."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.analysis.rhetoric import evidence, restatements

FORMS = [pattern for _, forms, _ in restatements._MOVES for _, pattern in forms]
NEEDS = [needs for _, forms, _ in restatements._MOVES for needs, _ in forms]
# fragments of which figures, dates, links and their neighbours are made
PIECES = """
    september sept. may 3rd 3 12 1999 2004-05-06 the on of by back in around as , . : / - % $ £ million
    people fifty percent cent www. http:// a.com x _ \u0663 votes 1,000 3.5 k ° about mph " said 24 hour day
""".split()
TEXTS = st.lists(st.sampled_from([*PIECES, "\n", " ", " "]), max_size=14).map("".join)


@pytest.mark.parametrize(("pattern", "needs"), list(zip(FORMS, NEEDS, strict=True)))
def test_every_match_of_a_move_holds_what_it_needs(pattern, needs):
    @given(st.from_regex(re.compile(pattern, re.ASCII)))
    def holds(text):
        for found in re.finditer(pattern, text):
            assert any(need in found.group() for need in needs)

    holds()


FRAGMENTS = [need for needs in NEEDS for need in needs] + [
    "so, ", "you're ", "you ", "really ", "what ", " is ", "agree", "your ", "claim ", ". ", "the ", "issue",
    "question is", "in other words, ", "isn't ", "a ", "why isn't anyone ", "\n",
    "nobody is ", "boats, who",
]  # fmt: skip


@given(st.lists(st.sampled_from(FRAGMENTS), max_size=12).map("".join))
def test_moves_are_those_of_all_forms_in_one_pattern(text):
    found = []
    for label, forms, score in restatements._MOVES:
        joined = re.compile("|".join(pattern for _, pattern in forms))
        found += [restatements.Move(span, label, score) for span in restatements._spans([joined], text)]
    assert list(restatements.find_moves(text)) == found


@given(TEXTS)
def test_dates_and_numbers_are_those_that_a_search_everywhere_finds(text):
    for _, pattern, _ in evidence._FORMS:
        told = [match.span() for match in evidence._matches(pattern, text)]
        assert told == [match.span() for match in pattern.finditer(text)]


@given(TEXTS)
def test_a_closed_gate_hides_no_evidence(text):
    assert list(evidence.find_evidence(text)) == list(evidence.find_evidence(text, gates=-1))


def test_gates_are_closed_where_nothing_is():
    assert evidence.evidence_gates(["we mend the weir", "in 1999", "\u0663 boats"]) == [0, 0b110, 0b110]
    assert restatements.move_gates(["we mend the weir"]) == [0]
