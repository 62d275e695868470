"""One post laid beside everything that was said before it."""

import re
from bisect import bisect_left
from collections import deque
from collections.abc import Sequence
from functools import lru_cache

from msgspec import Struct, field

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


class Past(Struct):
    """What a thread has said so far."""

    thread: Sequence[Utterance]
    outside: PhraseIndex | None  # the articles; None without any
    # of each post the places of seeds that another post holds too, and perhaps of more; None: all places,
    # as where somebody writes a script without blanks
    shared: Sequence[Sequence[int]] | None = None
    index: PhraseIndex = field(default_factory=PhraseIndex)
    found: list[list[Quote]] = field(default_factory=list)
    signing: int = 0  # posts that mark lines with ">"
    # who passed on which words of which post: (place, first word, last word), the latest last
    relays: dict[tuple[int, str], deque[tuple[int, int, int]]] = field(default_factory=dict)
    # word ranges of each post's quotations, as they were when it was read
    _borrowed: dict[int, list[tuple[int, int]]] = field(default_factory=dict)
    # what few posts ask for, made for as many posts as were ever asked for
    _names: set[str] | None = None
    _said: SentenceIndex = field(default_factory=SentenceIndex)
    _said_by: int = 0  # posts whose short sentences are known
    _lines: SentenceIndex = field(default_factory=SentenceIndex)
    _lined: int = 0  # posts whose lines are known
    _lines_of: dict[int, frozenset[Seed]] = field(default_factory=dict)

    @property
    def names(self) -> set[str]:
        """The folded names of everyone in the thread."""
        if self._names is None:
            both = ((post.author, post.addressee) for post in self.thread)
            self._names = {fold(name) for names in both for name in names if name}
        return self._names

    def own(self, number: int, size: int) -> bytearray | None:
        """Say of each word of a post whether it was its own when it was read; None where all were."""
        borrowed = self._borrowed.get(number)
        if borrowed is None:
            return None
        own = bytearray(b"\1") * size
        for first, last in borrowed:
            own[first:last] = bytes(last - first)
        return own

    def borrow(self, number: int, ranges: list[tuple[int, int]]) -> None:
        """Note which words of a post were quoted when it was read."""
        if ranges:
            self._borrowed[number] = ranges

    def lines_before(self, number: int) -> SentenceIndex:
        """Return all lines and short sentences of the posts before one."""
        while self._lined < number:
            self._lines.add(self._lined, self.lines_of(self._lined), speaker=None)
            self._lined += 1
        return self._lines

    def lines_of(self, number: int) -> frozenset[Seed]:
        """Return the lines of a post that has been read, and its own short sentences."""
        if number not in self._lines_of:
            post = self.thread[number]
            wording = Wording(post.text, post.cut)
            own = self.own(number, len(wording.words))
            short = ((a, b) for a, b in wording.pieces() if wording.size(a, b) <= LONGEST_SHORT)
            said = [tuple(wording.words[a:b]) for a, b in short if _all_own(own, a, b)]
            said += [wording.whole(a, b) for a, b in wording.lines if b - a <= LONGEST_LINE]
            self._lines_of[number] = frozenset(said)
        return self._lines_of[number]

    def sentences_before(self, number: int) -> SentenceIndex:
        """Return the short sentences of the own words of the posts before one, with their speakers."""
        while self._said_by < number:
            post = self.thread[self._said_by]
            self._said.add(self._said_by, self._short_speech(self._said_by), speaker=post.author)
            self._said_by += 1
        return self._said

    def _short_speech(self, number: int) -> list[Seed]:
        """Return the short sentences and lines of a post's own words that anybody may say again."""
        shared = None if self.shared is None else self.shared[number]
        if shared is not None and not shared:
            return []
        wording = Wording(self.thread[number].text, self.thread[number].cut)
        if shared is None:
            pieces = [(a, b) for a, b in wording.pieces() if wording.size(a, b) <= LONGEST_SHORT]
        else:
            begins = [at for at in shared if wording.edge(at) == STRONG_EDGE]
            ends = [wording.piece_at(at, at + LONGEST_SHORT) for at in begins]
            pieces = [(a, b) for a, b in zip(begins, ends, strict=True) if b is not None]
        own = self.own(number, len(wording.words))
        return [tuple(wording.words[a:b]) for a, b in pieces if _all_own(own, a, b)]


def _all_own(own: bytearray | None, first: int, last: int) -> bool:
    return own is None or own.find(0, first, last) < 0


class Reading(Wording):
    """One post being read against what was said before it."""

    def __init__(self, number: int, past: Past) -> None:
        self.number = number
        self.post = past.thread[number]
        self.past = past
        super().__init__(self.post.text, self.post.cut)
        self._shared = None if past.shared is None else past.shared[number]
        if self._shared is not None:
            self.unspaced = False  # as in all posts of the thread
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
        if self._shared_seeds:
            own = past.own(self.number, len(self.words))
            past.index.add(self.number, self.words, self._shared_seeds, own, self._shared)

    def may_be_said(self, start: int, end: int) -> bool:
        """Say whether another post may hold the words of a line, as far as its first words tell."""
        if self._shared is None:
            return True
        first, last = self.token_range(start, end)
        if last - first < SEED:
            return True
        at = bisect_left(self._shared, first)
        return at < len(self._shared) and self._shared[at] == first


@lru_cache(maxsize=4 * _RECENT)
def _folded(text: str) -> str:
    # the same few posts are searched for every quotation
    return fold_marks(text) if len(text) <= _SEARCHED else ""
