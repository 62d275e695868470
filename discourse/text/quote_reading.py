"""One post laid beside everything that was said before it."""

import re
from bisect import bisect_left
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from discourse.text.normalise import fold
from discourse.text.phrase_repeats import SEED
from discourse.text.phrases import PhraseIndex, Run, Seed, SentenceIndex
from discourse.text.quote_records import EXTERNAL, Quote, Utterance
from discourse.text.wording import STRONG_EDGE, Wording, fold_marks

LEAST_SHORT, LONGEST_SHORT = 3, 8  # words of a sentence that is looked up as a whole
LONGEST_LINE = 160  # characters of a line that is looked up as a whole
LONG_RUN = 12  # words that agree from which on a run is not looked into again
_RECENT = 60  # posts searched letter by letter for a short quotation that is marked as one
_SEARCHED = 20_000  # characters of a post that is searched so
_DENSE = 12  # words a place at which something is shared, from which on all edges are graded at once
_RELAYS = 8  # times that somebody passed on words of one post which are remembered
_OWN_STOP = re.compile(r"[!?。！？]{1,5}|\.(?!\.)|\.(?=\.{3,})")


@dataclass(slots=True)
class Past:
    """What a thread has said so far."""

    thread: Sequence[Utterance]
    outside: PhraseIndex | None  # the articles; None without any
    # of each post the places of seeds that another post holds too, and perhaps of more; None: all places
    shared: Sequence[Sequence[int]] | None = None
    names: set[str] = field(default_factory=set)  # folded, of everyone in the thread
    index: PhraseIndex = field(default_factory=PhraseIndex)
    sentences: SentenceIndex = field(default_factory=SentenceIndex)
    found: list[list[Quote]] = field(default_factory=list)
    signing: int = 0  # posts that mark lines with ">"
    # who passed on which words of which post: (place, first word, last word), the latest last
    relays: dict[tuple[int, str], deque[tuple[int, int, int]]] = field(default_factory=dict)
    # word ranges of each post's quotations, as they were when it was read
    _borrowed: dict[int, list[tuple[int, int]]] = field(default_factory=dict)
    _lines: SentenceIndex = field(default_factory=SentenceIndex)
    _lined: int = 0  # posts whose lines are known
    _asked: bool = False  # whether anybody has asked for lines

    def __post_init__(self) -> None:
        """Learn the names of everyone, and that nothing has been read yet."""
        posts = self.thread
        self.names = {fold(name) for post in posts for name in (post.author, post.addressee) if name}

    def own(self, number: int, size: int) -> list[bool]:
        """Say of each word of a post whether it was its own when it was read."""
        own = [True] * size
        for first, last in self._borrowed.get(number, ()):
            own[first:last] = [False] * (last - first)
        return own

    def borrow(self, number: int, ranges: list[tuple[int, int]]) -> None:
        """Note which words of a post were quoted when it was read."""
        if ranges:
            self._borrowed[number] = ranges

    def lines_before(self, number: int) -> SentenceIndex:
        """Return all lines and short sentences of the posts before one; few posts ask for them."""
        self._asked = True
        while self._lined < number:
            post = self.thread[self._lined]
            wording = Wording(post.text, post.cut)
            self._add_lines(wording, self.own(self._lined, len(wording.words)))
        return self._lines

    def keep_lines(self, number: int, wording: Wording, own: Sequence[bool]) -> None:
        """Take up the lines of a post that has been read, if posts of this thread ask for lines."""
        if self._asked and self._lined == number:
            self._add_lines(wording, own)

    def _add_lines(self, wording: Wording, own: Sequence[bool]) -> None:
        short = ((a, b) for a, b in wording.pieces() if wording.size(a, b) <= LONGEST_SHORT)
        said = [tuple(wording.words[a:b]) for a, b in short if all(own[a:b])]
        said += [wording.whole(a, b) for a, b in wording.lines if b - a <= LONGEST_LINE]
        self._lines.add(self._lined, said, speaker=None)
        self._lined += 1


class Reading(Wording):
    """One post being read against what was said before it."""

    def __init__(self, number: int, past: Past) -> None:
        self.number = number
        self.post = past.thread[number]
        self.past = past
        super().__init__(self.post.text, self.post.cut)
        self._shared = None if past.shared is None else past.shared[number]
        self._shared_seeds = self._seeds_at(self._shared)
        known = past.index.known(self._shared_seeds)
        # words at which a run of words can begin that stood in an earlier post
        self.hits = known if self._shared is None else [self._shared[n] for n in known]

    def _seeds_at(self, places: Sequence[int] | None) -> list[Seed]:
        """Return the seeds at some places, or at all."""
        if places is None:
            return self.seeds
        if _DENSE * len(places) < len(self.words):
            return [tuple(self.words[at : at + SEED]) for at in places]
        _ = self.edges  # graded one by one so many would cost more
        return [self.seeds[at] for at in places]

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
        past = self.past
        ranges = [self.token_range(quote.start, quote.end) for quote in quotes]
        past.borrow(self.number, ranges)
        for quote in quotes:
            if quote.passage is not None:
                relayed = past.relays.setdefault((quote.source, self.post.author), deque(maxlen=_RELAYS))
                relayed.append((self.number, *quote.passage))
        past.found.append(list(quotes))
        own = past.own(self.number, len(self.words))
        past.index.add(self.number, self.words, self._shared_seeds, own, self._shared)
        past.sentences.add(self.number, self._short_speech(own), speaker=self.post.author)
        past.keep_lines(self.number, self, own)

    def _short_speech(self, own: Sequence[bool]) -> list[Seed]:
        """Return the short sentences and lines of the own words that anybody may say again."""
        if self._shared is None:
            pieces = [(a, b) for a, b in self.pieces() if self.size(a, b) <= LONGEST_SHORT]
        else:
            begins = [at for at in self._shared if self.edge(at) == STRONG_EDGE]
            ends = [self.piece_at(at, at + LONGEST_SHORT) for at in begins]
            pieces = [(a, b) for a, b in zip(begins, ends, strict=True) if b is not None]
        return [tuple(self.words[a:b]) for a, b in pieces if all(own[a:b])]


@lru_cache(maxsize=4 * _RECENT)
def _folded(text: str) -> str:
    # the same few posts are searched for every quotation
    return fold_marks(text) if len(text) <= _SEARCHED else ""
