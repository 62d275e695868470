"""What a post quotes: marked or not, whole lines or parts, edited a little, from whichever earlier post.

Linear in the length of a thread: every post is read once against an index of what was
said before it (see `phrases`). A stretch counts as quoted where it repeats at least five
words of an earlier post and runs from one edge of a line, sentence or quotation mark to
another; shorter ones only as whole lines.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise

from msgspec.structs import replace

from discourse.text.normalise import fold
from discourse.text.phrase_repeats import shared_places
from discourse.text.phrases import PhraseIndex
from discourse.text.quote_left_out import mark_left_out
from discourse.text.quote_marks import (
    heading_name,
    may_be_heading,
    may_be_signed,
    means_more_than,
    points_at_number,
    sign_end,
    tagged,
)
from discourse.text.quote_outside import from_articles, headlines, in_marks
from discourse.text.quote_reading import Past, Reading
from discourse.text.quote_records import EXTERNAL, Quote, Taken, Utterance
from discourse.text.quote_repeats import addresses, blocks, repeats, short_answers
from discourse.text.scripts import has_unspaced
from discourse.text.wording import Wording

__all__ = ["EXTERNAL", "Quote", "Utterance", "find_all_quotes", "find_quotes"]

_LONGEST_HEADING = 160  # characters
_BATCH = 1 << 21  # characters of threads that are looked through together


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
    return next(find_all_quotes([(thread, articles)]))


def find_all_quotes(
    threads: Iterable[tuple[Sequence[Utterance], Sequence[str]]],
) -> Iterator[list[list[Quote]]]:
    """Yield for each thread, given with its articles, what `find_quotes` returns; by far faster for many."""
    batch: list[tuple[Sequence[Utterance], Sequence[str]]] = []
    size = 0
    for thread, articles in threads:
        batch.append(([_cut_up(post) for post in thread], articles))
        size += sum(len(post.text) for post in thread)
        if size >= _BATCH:
            yield from _quotes_of_threads(batch)
            batch, size = [], 0
    yield from _quotes_of_threads(batch)


def _cut_up(post: Utterance) -> Utterance:
    """Return a post with its words."""
    if post.cut is not None:
        return post
    wording = Wording(post.text)
    return Utterance(post.author, post.text, post.addressee, (wording.words, wording.starts, wording.ends))


def _quotes_of_threads(
    threads: Sequence[tuple[Sequence[Utterance], Sequence[str]]],
) -> Iterator[list[list[Quote]]]:
    words = [[post.cut[0] if post.cut else () for post in thread] for thread, _ in threads]
    for (thread, articles), shared in zip(threads, shared_places(words), strict=True):
        # where scripts without blanks are written a seed has more words: there all places are looked at
        spaced = not any(map(has_unspaced, (post.text for post in thread)))
        past = Past(thread, _outside(articles), shared if spaced else None)
        for number in range(len(thread)):
            reading = Reading(number, past)
            quotes = _quotes_of(reading)
            if quotes:
                mark_left_out(reading, quotes)
            reading.remember(quotes)
        yield past.found


def _outside(articles: Sequence[str]) -> PhraseIndex | None:
    if not articles:
        return None
    outside = PhraseIndex()
    for number, article in enumerate(articles):
        wording = Wording(article)
        outside.add(number, wording.words, wording.seeds)
    return outside


def _quotes_of(reading: Reading) -> list[Quote]:
    """Return a post's quotes, the surest kinds first laid down."""
    taken = Taken()
    for gate, kind in _KINDS:
        if gate(reading, taken):
            for quote in kind(reading, taken):
                taken.add(quote)
    if not taken.in_order():
        return []
    quotes = [reading.with_via(quote) for quote in _aimed(taken.in_order())]
    return [] if _says_it_again(reading, quotes) else quotes


def _headings(reading: Reading, _taken: Taken) -> Iterator[Quote]:
    for start, end in reading.lines:
        heading = heading_name(reading.text[start:end]) if end - start <= _LONGEST_HEADING else None
        if heading and (heading[1] or fold(heading[0]) in reading.past.names):
            yield Quote(start, end, EXTERNAL, "attribution", 1.0)


def _tagged(reading: Reading, _taken: Taken) -> Iterator[Quote]:
    for opening, opened, start, end in tagged(reading.text):
        yield Quote(opening, opened, EXTERNAL, "attribution", 1.0)
        for a, b in _lines_within(reading, start, end):
            source, run = reading.source_of(a, b)
            passage = (run.at, run.until) if run else None
            yield Quote(a, b, EXTERNAL if source is None else source, "quote", 1.0, passage=passage)


def _lines_within(reading: Reading, start: int, end: int) -> Iterator[tuple[int, int]]:
    at = start
    for line in reading.text[start:end].split("\n"):
        if line.strip():
            yield at + len(line) - len(line.lstrip()), at + len(line.rstrip())
        at += len(line) + 1


def _headed(reading: Reading, taken: Taken) -> Iterator[Quote]:
    # what follows "NAME wrote:" is quoted as far as it repeats that post; where that post is
    # gone, nothing marks the end: then only the first line is taken, and doubtfully
    lines = reading.lines
    headed = [n for n, line in enumerate(lines) if taken.touches(*line)]
    for number, following in pairwise([*headed, len(lines)]):
        below = [line for line in lines[number + 1 : following] if reading.token_range(*line) != (0, 0)]
        for line in below:
            source, run = reading.source_of(*line)
            if source is None:
                break
            yield Quote(*line, source, "quote", 1.0, passage=(run.at, run.until) if run else None)
        else:
            continue
        if line is below[0] and len(below) > 1:
            yield Quote(*line, EXTERNAL, "quote", 0.5)


def _signed(reading: Reading, _taken: Taken) -> Iterator[Quote]:
    near = EXTERNAL
    lines = [reading.text[start:end] for start, end in reading.lines]
    signs = [None if points_at_number(line) else sign_end(line) for line in lines]
    reading.past.signing += any(at is not None for at in signs)
    for number, ((start, end), at) in enumerate(zip(reading.lines, signs, strict=True)):
        if at is None:
            near = EXTERNAL
        elif at < end - start:
            source, run = reading.source_of(start + at, end)
            single = [*signs[max(0, number - 1) : number], *signs[number + 1 : number + 2]] in (
                [None] * 2,
                [None],
                [],
            )
            if source is None and single and means_more_than(reading.text[start:end], at):
                continue
            near = near if source is None else source
            passage = (run.at, run.until) if run else None
            score = 0.9 if near == EXTERNAL else 1.0
            yield Quote(start + at, end, near, "quote", score, passage=passage)


def _says_it_again(reading: Reading, quotes: Sequence[Quote]) -> bool:
    # a post that is nothing but its author's own earlier words is posted twice, not quoted
    thread = reading.past.thread
    mine = all(q.source != EXTERNAL and thread[q.source].author == reading.post.author for q in quotes)
    if not quotes or not mine:
        return False
    ranges = (reading.token_range(quote.start, quote.end) for quote in quotes)
    return sum(last - first for first, last in ranges) >= 0.95 * len(reading.words)


def _aimed(quotes: Sequence[Quote]) -> list[Quote]:
    """Give each line that says whose words follow the source of those words."""
    aimed: list[Quote] = []
    source = EXTERNAL
    for quote in reversed(quotes):
        source = source if quote.kind == "attribution" else quote.source
        aimed.append(replace(quote, source=source) if quote.kind == "attribution" else quote)
    return aimed[::-1]


def _holds_address(reading: Reading) -> bool:
    return "\n" in reading.text and ("www." in reading.text or "http" in reading.folded)


# the kinds of quotations, the surest first, each with what a post must have to hold one at all
_KINDS: tuple[tuple[Callable[[Reading, Taken], object], Callable[[Reading, Taken], Iterator[Quote]]], ...] = (
    (lambda reading, _: may_be_heading(reading.folded), _headings),
    (lambda reading, _: "[" in reading.text, _tagged),
    (lambda _, taken: taken.in_order(), _headed),
    (lambda reading, _: may_be_signed(reading.text), _signed),
    (lambda reading, _: reading.hits, repeats),
    (lambda reading, _: reading.hits or reading.unspaced, short_answers),
    (lambda reading, _: _holds_address(reading), addresses),
    (lambda _, taken: taken.in_order(), blocks),
    (lambda reading, _: '"' in reading.folded, in_marks),
    (lambda reading, _: reading.past.outside, from_articles),
    (lambda reading, _: _holds_address(reading), headlines),
)
