"""What a post quotes: marked or not, whole lines or parts, edited a little, from whichever earlier post.

Linear in the length of a thread: every post is read once against an index of what was
said before it (see `phrases`). A stretch counts as quoted where it repeats at least five
words of an earlier post and runs from one edge of a line, sentence or quotation mark to
another; shorter ones only as whole lines.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from discourse.text.normalise import fold
from discourse.text.phrases import PhraseIndex, Run
from discourse.text.tokens import tokenise
from discourse.text.wording import LEAST_WORDS, STRONG_EDGE, Wording, count_content, marked_stretches

EXTERNAL = -1  # number of the passage "outside the thread": articles and unknown sources

_LEAST_FROM_ARTICLE = 7  # news phrases are common property: ask for more
_LEAST_MARKED_OUTSIDE = 5  # words in quotation marks that stand nowhere on the page
_LONG_RUN = 12  # words that agree from which on a run is not looked into again
_LONGEST_SHORT = 8  # words of a sentence that is looked up as a whole
_RECENT = 60  # posts searched word by word for a short quotation that is marked as one
_ATTRIBUTION = re.compile(
    r"^[>\s]{0,8}(?P<name>[^\n:]{1,60}?) "
    r"(?:wrote|said|says|writes|posted|schrieb|sagte|a écrit|escribió|ha scritto|skrev|schreef)"
    r"\s{0,3}(?::|↑|on .{4,40}:)",
    re.IGNORECASE,
)
_URL_LINE = re.compile(r"^\s*<?https?://\S+\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Utterance:
    """One post, as far as quoting goes."""

    author: str
    text: str
    addressee: str | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    """One stretch of a post that repeats what was said before."""

    start: int  # half-open code-point offsets into the text
    end: int
    source: int  # place of the utterance that said it first, or EXTERNAL
    kind: Literal["quote", "attribution"]  # words quoted, or the line that says whose they are
    score: float  # 0 to 1
    via: int | None = None  # the utterance it was taken from, where that is another


def find_quotes(thread: Sequence[Utterance], articles: Sequence[str] = ()) -> list[list[Quote]]:
    """Find what each post of a thread quotes from earlier posts, from articles, from outside.

    Parameters
    ----------
    thread
        Posts in page order.
    articles
        Texts that all posts may quote from; such quotes are `EXTERNAL`.

    Returns
    -------
    list of list of Quote
        For each post its quotes in text order, never overlapping; none for most posts.
    """
    index = PhraseIndex()
    outside = PhraseIndex()
    for number, article in enumerate(articles):
        words = [token.word for token in tokenise(article)]
        outside.add(number, words, [True] * len(words))
    names = {fold(name) for post in thread for name in (post.author, post.addressee) if name}
    found: list[list[Quote]] = []
    for number, post in enumerate(thread):
        reading = _Reading(number, post, thread, found)
        quotes = reading.quotes(index, outside, names)
        found.append(quotes)
        reading.remember(index, quotes)
    return found


class _Reading(Wording):
    """One post being read against what was said before it."""

    def __init__(
        self, number: int, post: Utterance, thread: Sequence[Utterance], found: Sequence[Sequence[Quote]]
    ) -> None:
        super().__init__(post.text)
        self.number = number
        self.post = post
        self.thread = thread
        self.found = found

    def quotes(self, index: PhraseIndex, outside: PhraseIndex, names: set[str]) -> list[Quote]:
        """Return this post's quotes, the surest kinds first laid down."""
        taken = _Taken()
        for quote in self._attributions(names):
            taken.add(quote)
        for quote in self._attributed(index, taken):
            taken.add(quote)
        for quote in self._marked_lines(index):
            taken.add(quote)
        for quote in self._repeats(index):
            taken.add(quote)
        for quote in self._short(index, taken):
            taken.add(quote)
        for quote in self._bridges(taken):
            taken.add(quote)
        for quote in self._in_marks(index, outside, taken):
            taken.add(quote)
        for quote in [*self._from_articles(outside, taken), *self._headlines(taken)]:
            taken.add(quote)
        quotes = [self._with_via(quote) for quote in _aimed(taken.in_order())]
        return [] if self._says_it_again(quotes) else quotes

    def remember(self, index: PhraseIndex, quotes: Sequence[Quote]) -> None:
        """Add this post's own words to the index."""
        own = [True] * len(self.tokens)
        for quote in quotes:
            for n in range(*self.token_range(quote.start, quote.end)):
                own[n] = False
        index.add(self.number, self.words, own)
        index.add_whole(
            self.number,
            (self.words[a:b] for a, b in self.pieces() if 3 <= b - a <= _LONGEST_SHORT and all(own[a:b])),
        )

    # ---- kinds of quotes -----------------------------------------------------------------

    def _attributions(self, names: set[str]) -> Iterator[Quote]:
        for start, end in self.lines():
            match = _ATTRIBUTION.match(self.text[start:end])
            if match and fold(match["name"].strip()) in names:
                yield Quote(start, end, EXTERNAL, "attribution", 1.0)

    def _attributed(self, index: PhraseIndex, taken: "_Taken") -> Iterator[Quote]:
        # what follows "NAME wrote:" is quoted as far as it repeats that post; where that post is
        # gone, nothing marks the end: then only the first line is taken, and doubtfully
        lines = list(self.lines())
        headed = [number for number, line in enumerate(lines) if taken.touches(*line)]
        for number in headed:
            following = next((n for n in headed if n > number), len(lines))
            below = lines[number + 1 : following]
            sources = [self._source_of(index, *line) for line in below]
            known = next((n for n, source in enumerate(sources) if source is None), len(sources))
            for (a, b), source in zip(below[:known], sources[:known], strict=True):
                yield Quote(a, b, EXTERNAL if source is None else source, "quote", 1.0)
            if known == 0 and len(below) > 1:
                yield Quote(*below[0], EXTERNAL, "quote", 0.5)

    def _marked_lines(self, index: PhraseIndex) -> Iterator[Quote]:
        near = EXTERNAL
        for start, end in self.lines():
            mark = re.match(r"\s{0,4}(?:>\s?)+", self.text[start:end])
            if mark is None:
                near = EXTERNAL
            elif mark.end() < end - start:
                source = self._source_of(index, start + mark.end(), end)
                near = near if source is None else source
                yield Quote(start + mark.end(), end, near, "quote", 0.9 if near == EXTERNAL else 1.0)

    def _repeats(self, index: PhraseIndex) -> Iterator[Quote]:
        for start, end in self.lines():
            place, stop = self.token_range(start, end)
            while place < stop:
                near_edge = any(self.edges[max(0, place - 2) : place + 1])
                run = index.longest(self.words, place, stop) if near_edge else None
                framed = self.framed(run) if run is not None else None
                if run is None or framed is None or self.changes(run, *framed[:2], index.passage(run.source)):
                    # a run that is no quotation may still hide one that begins later
                    place += 1
                    continue
                first, last, edges = framed
                score = min(1.0, 0.55 + 0.05 * run.same) * (1.0 if edges == 2 else 0.85)
                yield self._quote(first, last, run.source, score)
                place = max(last, place + 1)

    def _short(self, index: PhraseIndex, taken: "_Taken") -> Iterator[Quote]:
        # too few words to be sure by themselves: only what opens a line, with something behind it,
        # and only from whoever is answered, from the author, or beside another quotation
        for start, end in list(self.lines()):
            first, stop = self.token_range(start, end)
            last = next((n for n in range(first + 1, stop) if self.edges[n] == STRONG_EDGE), stop)
            words = self.words[first:last]
            whole = last == stop
            alone = whole and end >= len(self.text.rstrip())
            # words that anybody may say ("I was there, you were not") count only right at the top
            told = count_content(words) > 0 or (whole and start == 0)
            if not 3 <= len(words) <= _LONGEST_SHORT or alone or not told:
                continue
            a, b = self.tokens[first].start, self.tokens[last - 1].end
            if taken.touches(a, b):
                continue
            beside = taken.beside(start) or self.text[start : start + 2] == ".."
            for place in index.whole(words):
                author = self.thread[place].author
                if author == self.post.addressee or (whole and (beside or author == self.post.author)):
                    yield self._quote(first, last, place, 0.7)
                    break

    def _bridges(self, taken: "_Taken") -> Iterator[Quote]:
        # a salutation or a lone word above a quoted line came with it, if it stands in that post too
        lines = list(self.lines())
        for (start, end), (below, until) in reversed(list(pairwise(lines))):
            source = taken.source_within(below, until)
            wanted = self.folded[start:end].strip()
            if source is None or source == EXTERNAL or taken.touches(start, end) or len(wanted) < 4:
                continue
            if len(wanted.split()) <= LEAST_WORDS and wanted in _folded(self.thread[source].text):
                yield Quote(start, end, source, "quote", 0.6)

    def _in_marks(self, index: PhraseIndex, outside: PhraseIndex, taken: "_Taken") -> Iterator[Quote]:
        for start, end in marked_stretches(self.folded):
            first, last = self.token_range(start, end)
            if first == last or taken.touches(start, end):
                continue
            source = self._source_of(index, start, end) if last - first >= 3 else None
            news = outside.longest(self.words, first, last)
            if source is not None:
                yield self._quote(first, last, source, 0.9)
            elif last - first >= _LEAST_MARKED_OUTSIDE or (news and news.same >= 0.8 * (last - first)):
                yield self._quote(first, last, EXTERNAL, 0.8)

    def _source_of(self, index: PhraseIndex, start: int, end: int) -> int | None:
        """Find who said a stretch that is known to be quoted; None where it stands in no earlier post."""
        first, last = self.token_range(start, end)
        best = self._best_run(index, first, last)
        if best is not None and best.same >= 0.6 * (last - first):
            return best.source
        wanted = self.folded[start:end].strip(" .\"'!?,;:>")
        if len(wanted) < 4:
            return None
        recent = range(max(0, self.number - _RECENT), self.number)
        return next((n for n in recent if wanted in _folded(self.thread[n].text)), None)

    def _best_run(self, index: PhraseIndex, first: int, last: int) -> Run | None:
        """Return the run with the most words that agree; of several the one of the oldest passage."""
        best: Run | None = None
        place = first
        while place < last and (best is None or best.same <= last - place):
            run = index.longest(self.words, place, last)
            if run is not None and (best is None or (run.same, -run.source) > (best.same, -best.source)):
                best = run
            # what begins within a long run is part of it; looking again would take the square of its length
            place = run.end if run is not None and run.same >= _LONG_RUN else place + 1
        return best

    def _from_articles(self, outside: PhraseIndex, taken: "_Taken") -> Iterator[Quote]:
        place = 0
        while place < len(self.words):
            near_edge = any(self.edges[max(0, place - 2) : place + 1])
            run = outside.longest(self.words, place, len(self.words)) if near_edge else None
            framed = self.framed(run) if run is not None and run.same >= _LEAST_FROM_ARTICLE else None
            if framed is None or taken.touches(self.tokens[framed[0]].start, self.tokens[framed[1] - 1].end):
                place += 1
                continue
            yield self._quote(framed[0], framed[1], EXTERNAL, 0.8)
            place = framed[1]

    def _headlines(self, taken: "_Taken") -> Iterator[Quote]:
        # a line without a full stop right above a bare link is the linked page's headline
        lines = list(self.lines())
        for (start, end), (after, until) in pairwise(lines):
            line = self.text[start:end].rstrip()
            first, last = self.token_range(start, end)
            if (
                _URL_LINE.match(self.text[after:until])
                and last - first >= LEAST_WORDS
                and line[-1:] not in ".!?:,;"
                and not _URL_LINE.match(line)
                and not taken.touches(start, end)
            ):
                yield self._quote(first, last, EXTERNAL, 0.6)

    # ---- small change --------------------------------------------------------------------

    def _quote(self, first: int, last: int, source: int, score: float) -> Quote:
        start, end = self.tokens[first].start, self.tokens[last - 1].end
        # a sentence keeps its own stop, but not the dots that join it to the next
        tail = re.match(r"[!?]{1,5}|\.(?!\.)|\.(?=\.{3,})", self.folded[end : end + 8])
        return Quote(start, end + (tail.end() if tail else 0), source, "quote", round(score, 4))

    def _with_via(self, quote: Quote) -> Quote:
        if quote.source == EXTERNAL or quote.kind == "attribution":
            return quote
        wanted = self.folded[quote.start : quote.end]
        at = _folded(self.thread[quote.source].text).find(wanted)
        for other in self.found[quote.source]:
            # what the source itself quotes there goes to whoever said it first
            if at >= 0 and other.kind == "quote" and other.start <= at and at + len(wanted) <= other.end + 1:
                return Quote(quote.start, quote.end, other.source, quote.kind, quote.score, via=quote.source)
        by = self.post.addressee
        if by is None or self.thread[quote.source].author == by:
            return quote
        words = {t.word for t in self.tokens if quote.start <= t.start < quote.end}
        for place in range(self.number - 1, max(quote.source, self.number - 200), -1):
            if self.thread[place].author == by and self._repeated_in(place, quote.source, words):
                return Quote(quote.start, quote.end, quote.source, quote.kind, quote.score, via=place)
        return quote

    def _repeated_in(self, place: int, source: int, words: set[str]) -> bool:
        for other in self.found[place]:
            if other.source == source and other.kind == "quote":
                theirs = {t.word for t in tokenise(self.thread[place].text[other.start : other.end])}
                if len(words & theirs) >= 0.5 * len(words):
                    return True
        return False

    def _says_it_again(self, quotes: Sequence[Quote]) -> bool:
        # a post that is nothing but its author's own earlier words is posted twice, not quoted
        mine = all(q.source != EXTERNAL and self.thread[q.source].author == self.post.author for q in quotes)
        covered = sum(bisect_left(self._starts, q.end) - bisect_left(self._starts, q.start) for q in quotes)
        return bool(quotes) and mine and covered >= 0.95 * len(self.tokens)


class _Taken:
    """Stretches of one post that are spoken for; what came first stays.

    They stand in text order and never overlap, so a look-up is one bisection: a post may
    hold thousands of quotations.
    """

    def __init__(self) -> None:
        self._quotes: list[Quote] = []
        self._ends: list[int] = []

    def add(self, quote: Quote) -> None:
        if quote.end > quote.start and not self.touches(quote.start, quote.end):
            at = bisect_right(self._ends, quote.start)
            self._quotes.insert(at, quote)
            self._ends.insert(at, quote.end)

    def touches(self, start: int, end: int) -> bool:
        following = self._next(start)
        return following is not None and following.start < end

    def source_within(self, start: int, end: int) -> int | None:
        """Name the source of the first quotation that begins a line; None where none does."""
        following = self._next(start)
        if following is None or not (start <= following.start <= start + 2 and following.end <= end):
            return None
        return following.source

    def beside(self, start: int) -> bool:
        """Say whether a quotation ends right before a line."""
        at = bisect_left(self._ends, start)
        return at > 0 and self._ends[at - 1] >= start - 6

    def in_order(self) -> list[Quote]:
        return self._quotes

    def _next(self, place: int) -> Quote | None:
        """Return the first quotation that ends behind a place."""
        at = bisect_right(self._ends, place)
        return self._quotes[at] if at < len(self._quotes) else None


@lru_cache(maxsize=4 * _RECENT)
def _folded(text: str) -> str:
    # the same few posts are searched for every quotation
    return fold(text)


def _aimed(quotes: Sequence[Quote]) -> list[Quote]:
    """Give each line that says whose words follow the source of those words."""
    aimed: list[Quote] = []
    source = EXTERNAL
    for quote in reversed(quotes):
        source = source if quote.kind == "attribution" else quote.source
        aimed.append(replace(quote, source=source))
    return aimed[::-1]
