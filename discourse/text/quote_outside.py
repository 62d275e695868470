"""Words from outside the thread: marked as somebody's, from an article, or a headline above its link."""

import re
from collections.abc import Iterator
from itertools import pairwise

from discourse.text.quote_marks import is_reported, marked_stretches
from discourse.text.quote_reading import Reading
from discourse.text.quote_records import EXTERNAL, Quote, Taken
from discourse.text.wording import LEAST_WORDS

_LEAST_FROM_ARTICLE = 7  # news phrases are common property: ask for more
_LEAST_MARKED = 3  # words in quotation marks that are looked up among the posts
_URL_LINE = re.compile(r"^\s*<?https?://\S+\s*$", re.IGNORECASE)
# words about the link itself: a headline is about something else
_SPEAKS_OF_LINK = frozenset("link links below here hier dort unten ici aquí aqui qui".split())
_WHOLE = 0.8  # share of a line's words that makes the line a quotation


def in_marks(reading: Reading, taken: Taken) -> Iterator[Quote]:
    """Find words in quotation marks: an earlier post's, the article's, or reported from elsewhere."""
    for start, end in marked_stretches(reading.folded):
        first, last = reading.token_range(start, end)
        if first == last or taken.touches(start, end):
            continue
        size = reading.size(first, last)
        source, run = reading.source_of(start, end) if size >= _LEAST_MARKED else (None, None)
        outside = reading.past.outside
        news = outside.longest(reading.words, first, last) if outside else None
        if source is not None:
            if reading.past.thread[source].author != reading.post.author or _is_line(reading, start, end):
                yield reading.quote(first, last, source, 0.9, run)
        elif (news and news.same >= 0.8 * (last - first)) or (
            size >= LEAST_WORDS and (_is_line(reading, start, end) or is_reported(reading.text, start, end))
        ):
            yield reading.quote(first, last, EXTERNAL, 0.8)


def _is_line(reading: Reading, start: int, end: int) -> bool:
    left = reading.text.rfind("\n", 0, start) + 1
    right = reading.text.find("\n", end)
    line = reading.text[left : right if right >= 0 else len(reading.text)]
    return end - start >= _WHOLE * len(line.strip())


def from_articles(reading: Reading, taken: Taken) -> Iterator[Quote]:
    """Find stretches that repeat an article of the page."""
    place, outside = 0, reading.past.outside
    for at in outside.known(reading.seeds) if outside else ():
        if at < place or not any(reading.edges[max(0, at - 2) : at + 1]):
            continue
        run = outside.longest(reading.words, at, len(reading.words)) if outside else None
        framed = reading.framed(run) if run and run.same >= _LEAST_FROM_ARTICLE else None
        if framed is not None and not _is_taken(reading, taken, *framed[:2]):
            yield reading.quote(framed[0], framed[1], EXTERNAL, 0.8)
            place = framed[1]


def _is_taken(reading: Reading, taken: Taken, first: int, last: int) -> bool:
    return taken.touches(reading.starts[first], reading.ends[last - 1])


def headlines(reading: Reading, taken: Taken) -> Iterator[Quote]:
    """Find headlines: a line without a full stop right above a bare link, which is what is linked.

    Not one that speaks of the link.
    """
    for (start, end), (after, until) in pairwise(reading.lines):
        if not _URL_LINE.match(reading.text[after:until]):
            continue
        line = reading.text[start:end].rstrip()
        first, last = reading.token_range(start, end)
        if (
            reading.size(first, last) >= LEAST_WORDS
            and line[-1:] not in ".!?:,;。！？：)"
            and not _URL_LINE.match(line)
            and _SPEAKS_OF_LINK.isdisjoint(reading.words[first:last])
            and not taken.touches(start, end)
        ):
            yield reading.quote(first, last, EXTERNAL, 0.6)
