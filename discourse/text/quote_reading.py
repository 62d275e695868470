"""One post laid beside everything that was said before it."""

import re
from bisect import bisect_left
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from discourse.text.normalise import fold
from discourse.text.phrases import PhraseIndex, Run, SentenceIndex
from discourse.text.quote_records import EXTERNAL, Quote, Utterance
from discourse.text.wording import Wording, fold_marks

LEAST_SHORT, LONGEST_SHORT = 3, 8  # words of a sentence that is looked up as a whole
LONGEST_LINE = 160  # characters of a line that is looked up as a whole
LONG_RUN = 12  # words that agree from which on a run is not looked into again
_RECENT = 60  # posts searched letter by letter for a short quotation that is marked as one
_SEARCHED = 20_000  # characters of a post that is searched so
_RELAYS = 8  # times that somebody passed on words of one post which are remembered
_OWN_STOP = re.compile(r"[!?。！？]{1,5}|\.(?!\.)|\.(?=\.{3,})")


@dataclass(slots=True)
class Past:
    """What a thread has said so far."""

    thread: Sequence[Utterance]
    outside: PhraseIndex  # the articles
    names: set[str] = field(default_factory=set)  # folded, of everyone in the thread
    index: PhraseIndex = field(default_factory=PhraseIndex)
    sentences: SentenceIndex = field(default_factory=SentenceIndex)
    found: list[list[Quote]] = field(default_factory=list)
    # who passed on which words of which post: (place, first word, last word), the latest last
    signing: int = 0  # posts that mark lines with ">"
    relays: dict[tuple[int, str], deque[tuple[int, int, int]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Learn the names of everyone, and that nothing has been read yet."""
        posts = self.thread
        self.names = {fold(name) for post in posts for name in (post.author, post.addressee) if name}


class Reading(Wording):
    """One post being read against what was said before it."""

    def __init__(self, number: int, past: Past) -> None:
        super().__init__(past.thread[number].text)
        self.number = number
        self.post = past.thread[number]
        self.past = past

    @cached_property
    def hits(self) -> list[int]:
        """Words at which a run of words can begin that stood in an earlier post."""
        return self.past.index.known(self.seeds)

    def quote(self, first: int, last: int, source: int, score: float, run: Run | None = None) -> Quote:
        """Make a quotation of a range of words."""
        start, end = self.starts[first], self.ends[last - 1]
        # a sentence keeps its own stop, but not the dots that join it to the next
        tail = _OWN_STOP.match(self.folded, end, end + 8)
        passage = (run.at, run.until) if run is not None else None
        return Quote(start, tail.end() if tail else end, source, "quote", round(score, 4), passage=passage)

    def best_run(self, start: int, end: int) -> Run | None:
        """Return the run with the most words that agree; of several the one of the oldest passage."""
        first, last = self.token_range(start, end)
        best: Run | None = None
        at = bisect_left(self.hits, first)
        while at < len(self.hits) and self.hits[at] < last - (0 if best is None else best.same - 1):
            run = self.past.index.longest(self.words, self.hits[at], last)
            if run is not None and (best is None or (run.same, -run.source) > (best.same, -best.source)):
                best = run
            # what begins within a long run is part of it; looking again would take the square of its length
            long = run is not None and run.same >= LONG_RUN
            at = bisect_left(self.hits, run.end, at + 1) if run is not None and long else at + 1
        return best

    def source_of(self, start: int, end: int) -> tuple[int | None, Run | None]:
        """Find who said a stretch that is known to be quoted; None where it stands in no earlier post."""
        first, last = self.token_range(start, end)
        best = self.best_run(start, end)
        if best is not None and best.same >= 0.6 * (last - first):
            return best.source, best
        wanted = self.folded[start:end].strip(" .\"'!?,;:>")
        if len(wanted) < (2 if self.unspaced else 4):
            return None, None
        recent = range(max(0, self.number - _RECENT), self.number)
        return next((n for n in recent if wanted in _folded(self.past.thread[n].text)), None), None

    def whole(self, start: int, end: int) -> tuple[str, ...]:
        """Return what a line is looked up by: its words, or its signs where it has no word."""
        first, last = self.token_range(start, end)
        return tuple(self.words[first:last]) or (self.text[start:end].strip(),)

    def with_via(self, quote: Quote) -> Quote:
        """Say whom a quotation was taken from, where that is not who said it first."""
        by = self.post.addressee
        source, passage = quote.source, quote.passage
        if source == EXTERNAL or passage is None or by is None or self.past.thread[source].author == by:
            return quote
        for place, at, until in reversed(self.past.relays.get((source, by), ())):
            if 2 * (min(until, passage[1]) - max(at, passage[0])) >= passage[1] - passage[0]:
                return Quote(quote.start, quote.end, source, quote.kind, quote.score, place, passage)
        return quote

    def remember(self, quotes: Sequence[Quote]) -> None:
        """Add this post to what has been said."""
        past, own = self.past, [True] * len(self.words)
        for quote in quotes:
            first, last = self.token_range(quote.start, quote.end)
            own[first:last] = [False] * (last - first)
            if quote.passage is not None:
                relayed = past.relays.setdefault((quote.source, self.post.author), deque(maxlen=_RELAYS))
                relayed.append((self.number, *quote.passage))
        past.found.append(list(quotes))
        past.index.add(self.number, self.words, self.seeds, own)
        short = [(a, b) for a, b in self.pieces() if self.size(a, b) <= LONGEST_SHORT]
        speech = [tuple(self.words[a:b]) for a, b in short if all(own[a:b])]
        past.sentences.add(self.number, speech, speaker=self.post.author)
        lines = [self.whole(a, b) for a, b in self.lines if b - a <= LONGEST_LINE]
        past.sentences.add(self.number, lines, speaker=None)


@lru_cache(maxsize=4 * _RECENT)
def _folded(text: str) -> str:
    # the same few posts are searched for every quotation
    return fold_marks(text) if len(text) <= _SEARCHED else ""
