"""Sentences end where nltk's Punkt ends them, given the same abbreviations and nothing that it learned."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nltk.tokenize.punkt import PunktParameters, PunktSentenceTokenizer

from discourse.text.sentence_ends import sentence_spans
from discourse.text.sentences import split_sentences

ABBREVIATIONS = frozenset({"mr", "e.g", "u.s", "etc", "no", "p.m"})
PIECES = [
    *(".", "?", "!", "..", "...", " ", "  ", "\t", "\x1c", "\u2028", "\u00a0", "\x0b", "\x85"),
    *(
        '"',
        "'",
        ")",
        "(",
        "]",
        "--",
        "-",
        ",",
        ";",
        ":",
        "*",
        "@",
        "`",
        "&",
        "#",
        "\u201d",
        "\u00bb",
        "\u2026",
    ),
    *("a", "A", "b", "Word", "word", "Mr", "e.g", "u.s", "etc", "x-etc", "1", "3.50", "10,000", "-5"),
    *("\u00e9", "\u00b2", "\u0301", "\u2167", "_", "\u0130"),
]
lines = st.lists(st.sampled_from(PIECES), max_size=14).map("".join)


@pytest.fixture(scope="module")
def punkt():
    parameters = PunktParameters()
    parameters.abbrev_types = set(ABBREVIATIONS)
    return PunktSentenceTokenizer(parameters)


@given(lines)
def test_lines_are_cut_as_punkt_cuts_them(punkt, line):
    assert sentence_spans(line, ABBREVIATIONS) == list(punkt.span_tokenize(line))


@pytest.mark.parametrize("page", sorted(Path("seeds").rglob("*.txt")), ids=lambda page: page.name)
def test_pages_are_cut_as_punkt_cuts_them(punkt, page):
    for line in page.read_text(encoding="utf-8").split("\n"):
        if line.strip():
            assert sentence_spans(line, ABBREVIATIONS) == list(punkt.span_tokenize(line))


def test_a_line_of_one_sentence_is_left_whole():
    assert [(s.start, s.end) for s in split_sentences("  Nothing ends here ")] == [(0, 19)]
