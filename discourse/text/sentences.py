"""Sentences with their offsets."""

import re
from functools import lru_cache
from typing import Any

from discourse.model import Span

_ABBREVIATIONS = frozenset(
    """
    mr mrs ms dr prof sr jr st rev hon gen col sgt capt lt rep sen gov pres vs etc e.g i.e a.m p.m u.s
    u.k u.n e.u inc ltd co corp approx est dept fig al cf jan feb mar apr jun jul aug sep sept oct
    nov dec
    """.split()
)


# a word without end (a row of dots, a link) costs Punkt the square of its length; only its tail can end
# a sentence
_ENDLESS = re.compile(r"\S{80,}")
_TAIL = 8
_STOP = re.compile(r"[.?!]")
_NUMBER_SIGN = re.compile(r"\bno\.", re.IGNORECASE)
_HIDDEN = str.maketrans(".?!", "xxx")


@lru_cache(maxsize=1)
def _splitter() -> Any:
    # nltk's Punkt without a trained model: only with our own abbreviations; nothing is fetched
    from nltk.tokenize.punkt import PunktParameters, PunktSentenceTokenizer  # noqa: PLC0415

    parameters = PunktParameters()
    parameters.abbrev_types = set(_ABBREVIATIONS)
    return PunktSentenceTokenizer(parameters)


def split_sentences(text: str) -> list[Span]:
    """Return the sentences of a text in order, without the blanks between them.

    A line break always ends a sentence, since comments seldom wrap. A text of blanks has none.
    """
    sentences: list[Span] = []
    line_start = 0
    for line in text.split("\n"):
        if line.strip():
            sentences += [Span(start=line_start + a, end=line_start + b) for a, b in _spans(line)]
        line_start += len(line) + 1
    return sentences


def _spans(line: str) -> list[tuple[int, int]]:
    plain = line.rstrip()
    if not _STOP.search(plain, 0, len(plain) - 1):
        return [(0, len(plain))]  # nothing ends before the line does
    spans: list[tuple[int, int]] = []
    for start, end in _splitter().span_tokenize(_ENDLESS.sub(_hide_stops, line)):
        # "No." is a sentence, and the most frequent one of a dispute, but not before a number
        if spans and line[start].isdigit() and _NUMBER_SIGN.search(line, spans[-1][1] - 4, spans[-1][1]):
            spans[-1] = (spans[-1][0], end)
        elif line[start:end].strip():
            spans.append((start, end))
    return spans


def _hide_stops(match: re.Match[str]) -> str:
    word = match.group()
    return word[:-_TAIL].translate(_HIDDEN) + word[-_TAIL:]
