"""Sentences with their offsets."""

import re

from discourse.model import Span
from discourse.text.sentence_ends import sentence_spans

_ABBREVIATIONS = frozenset(
    """
    mr mrs ms dr prof sr jr st rev hon gen col sgt capt lt rep sen gov pres vs etc e.g i.e a.m p.m u.s
    u.k u.n e.u inc ltd co corp approx est dept fig al cf jan feb mar apr jun jul aug sep sept oct
    nov dec
    """.split()
)


# a word without end (a row of dots, a link) is no word; only its tail can end a sentence
_LONGEST = 80
_ENDLESS = re.compile(rf"\S{{{_LONGEST},}}")
_TAIL = 8
_STOP = re.compile(r"[.?!]")
_NUMBER_SIGN = re.compile(r"\bno\.", re.IGNORECASE)
_HIDDEN = str.maketrans(".?!", "xxx")


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
    endless = len(line) >= _LONGEST and max(map(len, line.split())) >= _LONGEST
    shown = _ENDLESS.sub(_hide_stops, line) if endless else line
    for start, end in sentence_spans(shown, _ABBREVIATIONS):
        # "No." is a sentence, and the most frequent one of a dispute, but not before a number
        if spans and line[start].isdigit() and _NUMBER_SIGN.search(line, spans[-1][1] - 4, spans[-1][1]):
            spans[-1] = (spans[-1][0], end)
        elif line[start:end].strip():
            spans.append((start, end))
    return spans


def _hide_stops(match: re.Match[str]) -> str:
    word = match.group()
    return word[:-_TAIL].translate(_HIDDEN) + word[-_TAIL:]
