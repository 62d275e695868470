"""Sentences with their offsets."""

from functools import lru_cache
from typing import Any

from discourse.model import Span

_ABBREVIATIONS = frozenset(
    """
    mr mrs ms dr prof sr jr st rev hon gen col sgt capt lt rep sen gov pres vs etc e.g i.e a.m p.m u.s
    u.k u.n e.u inc ltd co corp no approx est dept fig al cf jan feb mar apr jun jul aug sep sept oct
    nov dec
    """.split()
)


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
            for start, end in _splitter().span_tokenize(line):
                if line[start:end].strip():
                    sentences.append(Span(start=line_start + start, end=line_start + end))
        line_start += len(line) + 1
    return sentences
