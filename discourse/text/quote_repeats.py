"""Words of an earlier post that stand in a later one without any mark."""

from bisect import bisect_left
from collections.abc import Iterator
from itertools import pairwise, takewhile

from discourse.text.phrases import Run
from discourse.text.quote_reading import LEAST_SHORT, LONG_RUN, LONGEST_LINE, LONGEST_SHORT, Reading
from discourse.text.quote_records import EXTERNAL, Quote, Taken
from discourse.text.wording import count_content

_LEAST_SAME = 4  # words that must agree, of five or more
_LEAST_OWN = 7  # words of one's own within a line that are more than a turn of phrase
SIGNING = 3  # posts with lines marked ">" from which on that is how people quote here


def repeats(reading: Reading, _taken: Taken) -> Iterator[Quote]:
    """Find stretches that repeat at least five words, from one edge of a line or sentence to another."""
    for start, end in reading.lines:
        place, stop = reading.token_range(start, end)
        at = bisect_left(reading.hits, place)
        while at < len(reading.hits) and (place := reading.hits[at]) < stop:
            near_edge = any(map(reading.edge, range(max(0, place - 3), place + 1)))
            run = (
                reading.past.index.longest(reading.words, place, stop, least=_LEAST_SAME)
                if near_edge
                else None
            )
            framed = reading.framed(run) if run is not None else None
            if run is None or framed is None or not _is_quoted(reading, run, *framed[:2], (start, end)):
                # a run that is no quotation may still hide one that begins later
                far = run.end - LONG_RUN if run is not None else 0
                at = bisect_left(reading.hits, max(far, place + 1), at + 1)
                continue
            first, last, edges = framed
            score = min(1.0, 0.55 + 0.05 * run.same) * (1.0 if edges == 2 else 0.85)
            yield reading.quote(first, last, run.source, score, run)
            at = bisect_left(reading.hits, max(last, place + 1), at + 1)


def _is_quoted(reading: Reading, run: Run, first: int, last: int, line: tuple[int, int]) -> bool:
    if reading.changes(run, first, last, reading.past.index.passage(run.source)):
        return False
    start, end = reading.starts[first], reading.ends[last - 1]
    if len(reading.text[start:end].split()) < _LEAST_SAME and not reading.unspaced:
        return False  # the parts of an address are no words
    if reading.past.thread[run.source].author != reading.post.author:
        return True
    # who says his own words again quotes himself, but for a phrase within a line, and but for where
    # people mark what they quote: there he only repeats himself
    whole = (first, last) == reading.token_range(*line)
    return (whole or run.same >= _LEAST_OWN) and reading.past.signing < SIGNING


def short_answers(reading: Reading, taken: Taken) -> Iterator[Quote]:
    """Find sentences too short to be sure by themselves: what opens a line, with something behind it.

    Only from whoever is answered, from the author himself, or beside another quotation.
    """
    begins = set(reading.hits)
    for start, end in reading.lines:
        first, stop = reading.token_range(start, end)
        if first not in begins and not reading.unspaced:
            continue  # what was said before as a whole was said before in its first words
        last = reading.piece_at(first, stop - 1) or stop
        words = tuple(reading.words[first:last])
        whole = last == stop
        alone = whole and end >= len(reading.text.rstrip())
        # words that anybody may say ("I was there, you were not") count only right at the top
        told = count_content(words) > 0 or (whole and start == 0)
        if not LEAST_SHORT <= reading.size(first, last) <= LONGEST_SHORT or alone or not told:
            continue
        if taken.touches(reading.starts[first], reading.ends[last - 1]):
            continue
        place = _speaker_of(reading, taken, words, start, whole=whole)
        if place is not None:
            yield reading.quote(first, last, place, 0.7)


def _speaker_of(
    reading: Reading, taken: Taken, words: tuple[str, ...], start: int, *, whole: bool
) -> int | None:
    speakers: list[str | None] = [reading.post.addressee] if reading.post.addressee is not None else []
    if whole:
        if reading.past.signing < SIGNING:
            speakers.append(reading.post.author)
        if taken.beside(start) or reading.text[start : start + 2] == "..":
            speakers.append(None)
    if not speakers:
        return None
    said = reading.past.sentences_before(reading.number)
    places = (said.said_by(speaker, words) for speaker in speakers)
    return next((place for place in places if place is not None), None)


def blocks(reading: Reading, taken: Taken) -> Iterator[Quote]:
    """Find short lines that came along with a quoted line above or below, where that post has them too.

    A salutation, a lone word, the dots of something left out: however short, they stand in
    the same post as what they stand beside. Not where people mark each line that they quote.
    """
    lines = reading.lines if reading.past.signing < SIGNING else []
    beside: dict[int, Quote] = {}
    for forward in (True, False):
        order = range(len(lines)) if forward else range(len(lines) - 1, -1, -1)
        for one, next_one in pairwise(order):
            near = beside.get(one) or (
                taken.ending_at(*lines[one]) if forward else taken.line_at(*lines[one])
            )
            start, end = lines[next_one]
            if near is None or next_one in beside or taken.touches(start, end):
                continue
            source = _holder(reading, taken, near, start, end)
            if source is not None:
                quote = Quote(*_bare(reading.text, start, end), source, "quote", 0.6)
                beside[next_one] = quote
    yield from (beside[n] for n in sorted(beside))


def addresses(reading: Reading, taken: Taken) -> Iterator[Quote]:
    """Find addresses that a post opens with, and another whole line of an earlier post beside them.

    An address alone may be given again by anybody; two lines to the letter came along together.
    """
    found: list[Quote] = []
    told = False
    if reading.past.signing >= SIGNING or len(reading.lines) < 3 or not _may_open_with_address(reading):
        return
    said = reading.past.lines_before(reading.number)
    for start, end in reading.lines:
        line = reading.text[start:end].strip()
        source = said.line_of(reading.whole(start, end))
        if source is None or taken.touches(start, end):
            break
        if reading.past.thread[source].author == reading.post.author:
            return
        told = told or _is_address(line)
        found.append(Quote(*_bare(reading.text, start, end), source, "quote", 0.7))
    if told and 1 < len(found) < len(reading.lines):
        yield from found


def _may_open_with_address(reading: Reading) -> bool:
    # of the lines that it opens with another post may hold each, and one of them is an address
    said = takewhile(lambda line: reading.may_be_said(*line), reading.lines)
    return any(_is_address(reading.text[start:end].strip()) for start, end in said)


def _is_address(line: str) -> bool:
    return line.startswith(("http://", "https://", "www.")) and " " not in line


def _holder(reading: Reading, taken: Taken, near: Quote, start: int, end: int) -> int | None:
    line = reading.whole(start, end)
    if near.kind != "quote" or end - start > LONGEST_LINE:
        return None
    # the post quoted beside it, who passed that on, else the latest quoted: it may have passed on the others
    places = [near.source, near.via, taken.latest_source]
    wanted = (place for place in places if place is not None and place != EXTERNAL)
    return next((place for place in wanted if line in reading.past.lines_of(place)), None)


def _bare(text: str, start: int, end: int) -> tuple[int, int]:
    line = text[start:end]
    return start + len(line) - len(line.lstrip()), start + len(line.rstrip())
