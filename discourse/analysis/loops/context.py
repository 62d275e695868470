"""Sentences of the articles beside a thread that bear on its loops, with their values and sources."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from discourse.analysis.base import ThreadView, read_threads
from discourse.analysis.loops.novelty import window
from discourse.model import Article, Loop, Span, Turn
from discourse.tables import CONTEXT, Tables, frame_of, rows_of
from discourse.text.normalise import fold
from discourse.text.numbers import atoms_of
from discourse.text.quantities import Quantity, find_quantities, same_day
from discourse.text.sentences import split_sentences
from discourse.text.tokens import content_stems, tokenise

_MOST = 12  # sentences of one article for one loop
_SHARED = 2  # words of the loop that a sentence with a value must hold
_SHARED_PLAIN = 3  # the same for a sentence without one
_LIFT = 2.0  # how much oftener a word stands in a loop's turns than in the thread's other posts
_DAYS = frozenset({"day", "day of month"})
# a weekday that ends or begins something; "said on Tuesday" only dates the saying
_WEEKDAY = re.compile(
    r"\b(?:until|till|through|from|since|by) (?:this |next |last )?"
    r"((?:mon|tues|wednes|thurs|fri|satur|sun)day)\b"
)
_TAKES_UP = re.compile(r"\b(?:it|they|this|that|these|those)\b")
_SAID = r"(?:said|says|say|wrote|told|announced|added|stated|reported|claimed|insisted|argued|called)"
_NAME = r"(?:[A-Z][\w.'’-]{0,30}|officials|officers|ministers|experts|residents|and|of|the|de|von)"
_SPEAKER = re.compile(rf"((?:{_NAME} ){{1,8}}){_SAID}\b")
_ACCORDING = re.compile(rf"\b[Aa]ccording to ((?:{_NAME}[ .,;]){{1,8}})")


class Context:
    """Shows what articles say about a loop: it does not judge who is right.

    A sentence bears on a loop where it gives a value that the loop's turns give too, a
    value of the same kind among words of the loop, or many of the loop's words; or where
    it goes on from such a sentence ("it expired on ...").
    """

    name = "context"
    version = 1
    requires = frozenset({"posts", "articles", "loops", "turns"})
    assigns = frozenset({"context"})

    def analyze(self, tables: Tables) -> Tables:
        """Return the sentences; offsets are into the text of the article that begins on `start_line`."""
        turns: dict[str, list[Turn]] = defaultdict(list)
        for turn in rows_of(Turn, tables["turns"]):
            turns[turn.loop_id].append(turn)
        loops = list(rows_of(Loop, tables["loops"]))
        rows: list[dict[str, Any]] = []
        for thread in read_threads(tables):
            for loop in loops:
                if loop.first_post in thread.by_id:
                    matter = _matter(thread, turns[loop.loop_id])
                    for article in thread.articles:
                        rows += _rows(loop, matter, article)
        keys = {(row["loop_id"], row["source_id"], row["start"], row["end"]): row for row in reversed(rows)}
        return Tables({"context": frame_of(CONTEXT, list(reversed(keys.values())))})


@dataclass(frozen=True, slots=True)
class _Matter:
    """What a loop is about."""

    dimension: str  # of the disputed value; empty where none is disputed
    values: list[Quantity] = field(default_factory=list)  # that its turns give
    stems: frozenset[str] = frozenset()  # content words that come back in its turns


def _matter(thread: ThreadView, turns: Sequence[Turn]) -> _Matter:
    dimensions: Counter[str] = Counter()
    stems: Counter[str] = Counter()
    values: list[Quantity] = []
    for turn in turns:
        view = thread.by_id[turn.post_id]
        found = find_quantities(view.own[turn.start : turn.end])
        values += found
        dimensions.update({q.dimension for q in found})
        around = window(view, Span(start=turn.start, end=turn.end))
        stems.update(set(content_stems(token.word for token in view.tokens_in(around))))
    common = _own_words(thread, turns, stems)
    # the dimension of most turns; at a tie the first by name
    best = min(dimensions, key=lambda name: (-dimensions[name], name)) if dimensions else ""
    disputed = best if dimensions and 2 * dimensions[best] >= len(turns) else ""
    return _Matter(disputed, values, common)


def _own_words(thread: ThreadView, turns: Sequence[Turn], stems: Counter[str]) -> frozenset[str]:
    """Return the stems that several turns hold and that stand more rarely in the thread's other posts."""
    inside = {turn.post_id for turn in turns}
    others = [view for view in thread.posts if view.post.post_id not in inside]
    outside: Counter[str] = Counter()
    for view in others:
        outside.update(set(content_stems(token.word for token in view.tokens)) & set(stems))
    often = max(2, len(turns) // 6)
    return frozenset(
        word
        for word, posts in stems.items()
        if posts >= often
        and word.isalpha()
        and posts * max(1, len(others)) >= _LIFT * len(turns) * outside[word]
    )


def _rows(loop: Loop, matter: _Matter, article: Article) -> Iterator[dict[str, Any]]:
    carried = False
    count = 0
    for span in split_sentences(article.text):
        text = article.text[span.start : span.end]
        value = _value(text, matter)
        bears = _bears(text, value, matter) or (carried and _goes_on(text, value))
        carried = bears
        if bears and count < _MOST:
            count += 1
            yield {
                "loop_id": loop.loop_id,
                "source_id": article.source_id,
                "start": span.start,
                "end": span.end,
                "value": value,
                "attributed_to": speaker(text),
                "quote": text,
                "start_line": article.start_line,
            }


def _value(text: str, matter: _Matter) -> str | None:
    """Return the sentence's value of the disputed kind: of lengths of time a day counts too."""
    if not matter.dimension:
        return None
    found = [q for q in find_quantities(text) if _is_kin(q, matter)]
    if found:
        return found[0].label
    if matter.dimension == "time" and (day := _WEEKDAY.search(fold(text))):
        return day.group(1).capitalize()
    return None


def _is_kin(quantity: Quantity, matter: _Matter) -> bool:
    if matter.dimension == "time" and quantity.dimension in _DAYS:
        return True
    if quantity.dimension != matter.dimension:
        return False
    nouns = {q.noun for q in matter.values if q.noun}
    return not (nouns and quantity.noun) or quantity.noun in nouns


def _bears(text: str, value: str | None, matter: _Matter) -> bool:
    shared = len(matter.stems & set(content_stems(token.word for token in tokenise(text))))
    if matter.dimension:
        if any(_same(q, other) for q in find_quantities(text) for other in matter.values):
            return shared >= 1
        return shared >= (_SHARED if value else _SHARED_PLAIN)
    return shared >= _SHARED_PLAIN


def _same(first: Quantity, second: Quantity) -> bool:
    if first.dimension in _DAYS and second.dimension in _DAYS:
        return same_day(first.low, second.low)
    return (first.dimension, first.low, first.high) == (second.dimension, second.low, second.high)


def _goes_on(text: str, value: str | None) -> bool:
    """Say whether a sentence with a value takes up what the one before it was about."""
    opening = " ".join(atom.text for atom in atoms_of(text[:80])[:6])
    return value is not None and bool(_TAKES_UP.search(opening))


def speaker(text: str) -> str | None:
    """Return whom a sentence attributes its words to, without the article; None where nobody is named."""
    found = _SPEAKER.search(text) or _ACCORDING.search(text)
    if found is None:
        return None
    words = found.group(1).strip(" .,;").split()
    while words and words[0] in ("The", "the", "and", "of", "But", "And", "He", "She", "It", "They", "On"):
        words.pop(0)
    return " ".join(words) or None
