"""An article laid out for comparing: its sentences with their words, values, days and speakers."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cached_property

from msgspec import Struct

from discourse.analysis.loops.context_days import Given, days_in
from discourse.analysis.loops.context_speakers import speaker, speakers
from discourse.ingest.articles import MOST_READ
from discourse.learn.claim_lexicon import meanings, root
from discourse.model import Article, Span
from discourse.text.language import languages_of
from discourse.text.numbers import NUMBER_WORDS, ORDINAL_WORDS
from discourse.text.quantities import Quantity, find_quantities
from discourse.text.sentences import split_sentences
from discourse.text.tokens import STOPWORDS, tokenise
from discourse.text.units import UNITS

_LONGEST = 600  # characters of a sentence; a longer one is cut at blanks
_OPENING = 3  # sentences that say, with the title, what an article is about
_HEAD = 4000  # characters by which an article's language is told
_LEAD = re.compile(r"(?:[”»’)\]]+\s*)?(?:date\s\d{4}-\d\d-\d\d\s+)?")
_CLOSING = re.compile(r"[”»]+")
# words of time and number say nothing of what a sentence is about
_DAY_WORDS = frozenset(
    """
    monday tuesday wednesday thursday friday saturday sunday today yesterday tomorrow january february march
    april may june july august september october november december jan feb mar apr jun jul aug sep sept oct
    nov dec last next ago hundred thousand million millions billion percent cent per number figure
    """.split()
)
_EMPTY = frozenset(UNITS) | NUMBER_WORDS | frozenset(ORDINAL_WORDS) | _DAY_WORDS | STOPWORDS


def topics(words: Iterable[str]) -> list[str]:
    """Return folded words by what they mean: roots, one for each line of the table of synonyms.

    Words that carry no content, and words of number, measure and time, are left out.
    """
    known = meanings()
    found = (root(word) for word in words if word not in _EMPTY and word[0].isalpha() and len(word) > 1)
    return [known.get(own, own) for own in found]


def _doing_again(words: Iterable[str]) -> list[str]:
    """Return "open" for "reopen", and the like: what is done again was what the dispute is about."""
    return [word[2:].lstrip("-") for word in words if len(word) > 5 and word.startswith("re")]


class Sentence(Struct, frozen=True, dict=True):
    """One sentence of an article."""

    span: Span  # into the article's text
    text: str
    topics: frozenset[str]
    said: tuple[tuple[int, bool, str], ...]  # see `context_speakers.speakers`
    today: date | None  # the article's own day

    @cached_property
    def values(self) -> list[Quantity]:
        """Its values, in order."""
        return find_quantities(self.text)

    @cached_property
    def days(self) -> list[Given]:
        """What it says of days on which something begins or ends, and lengths between two of them."""
        return days_in(self.text, self.today)

    def speaker(self, at: int | None) -> str | None:
        """Return whom it attributes to what stands at an offset, or to it as a whole."""
        return speaker(self.said, len(self.text) if at is None else at)


class Page:
    """The sentences of one article, read once for all threads and disputes."""

    def __init__(self, article: Article) -> None:
        self.article = article
        self.sentences = list(_sentences(article))
        # in how many sentences a word stands: what stands in most of them tells none from another
        self.spread = Counter(word for sentence in self.sentences for word in sentence.topics)
        self._places: dict[str, list[int]] = {}
        for place, sentence in enumerate(self.sentences):
            for word in sentence.topics:
                self._places.setdefault(word, []).append(place)
        head = topics(token.word for token in tokenise(article.title or ""))
        self.opening = frozenset(head).union(*(sentence.topics for sentence in self.sentences[:_OPENING]))
        self._valued = [n for n, sentence in enumerate(self.sentences) if _may_measure(sentence.text)]

    def telling(self, words: Iterable[str]) -> frozenset[str]:
        """Return those of some words that stand in this article, and not in a third of it and more."""
        most = max(3, len(self.sentences) // 3)
        return frozenset(word for word in words if 0 < self.spread[word] <= most)

    def near(self, words: Iterable[str]) -> list[int]:
        """Return the places of sentences that hold one of some words or a value, in order."""
        found = {place for word in words for place in self._places.get(word, ())}
        return sorted(found.union(self._valued))


_MEASURES = re.compile(r"\d|%|[€$£]")
_MEASURE_WORDS = re.compile(
    rf"\b(?:{'|'.join(sorted((NUMBER_WORDS | {'half', 'couple', 'fortnight'}) - {'one'}))}"
    r"|(?:an?|full|whole|single) (?:second|minute|hour|day|week|month|year|decade|century)"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day"
    r"|january|february|march|april|may|june|july|august|september|october|november|december)\b",
    re.IGNORECASE,
)


def _may_measure(text: str) -> bool:
    return _MEASURES.search(text) is not None or _MEASURE_WORDS.search(text) is not None


def _sentences(article: Article) -> Iterator[Sentence]:
    text = article.text[:MOST_READ]
    spans = [piece for span in split_sentences(text) for piece in _pieces(text, span)]
    spans = _mended(text, spans)
    english = languages_of([text[:_HEAD]])[0] in (None, "en")
    said = speakers(text, spans) if english else [[] for _ in spans]
    today = None if article.date is None else date.fromisoformat(article.date[:10])
    for span, who in zip(spans, said, strict=True):
        own = text[span.start : span.end]
        if own == article.title:
            continue
        words = [token.word for token in tokenise(own)]
        yield Sentence(span, own, frozenset(topics([*words, *_doing_again(words)])), tuple(who), today)


def _pieces(text: str, span: Span) -> Iterator[Span]:
    """Cut a sentence without end into pieces that can be read."""
    start = span.start
    while span.end - start > _LONGEST:
        blank = text.rfind(" ", start + _LONGEST // 2, start + _LONGEST)
        end = start + _LONGEST if blank < 0 else blank
        yield Span(start=start, end=end)
        start = end + 1 if blank >= 0 else end
    if start < span.end:
        yield Span(start=start, end=span.end)


def _mended(text: str, spans: list[Span]) -> list[Span]:
    """Give the closing mark at a sentence's beginning to the one before; leave a date line out."""
    mended: list[Span] = []
    for span in spans:
        start = span.start
        if (
            mended
            and (closing := _CLOSING.match(text, start, span.end))
            and "\n" not in text[mended[-1].end : start]
        ):
            mended[-1] = Span(start=mended[-1].start, end=closing.end())
        while start < span.end and text[start].isspace():
            start += 1
        lead = _LEAD.match(text, start, span.end)
        start = lead.end() if lead else start
        if start < span.end:
            mended.append(Span(start=start, end=span.end))
    return mended
