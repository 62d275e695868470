"""The text that a page holds before its comments, and the day that it gives."""

import re
from collections.abc import Sequence
from datetime import date, datetime

from msgspec import Struct
from msgspec.structs import replace

from discourse.ingest.counts import is_heading
from discourse.ingest.furniture import is_button, is_form
from discourse.ingest.pasted.layout import Layout
from discourse.ingest.times import find_moments

_PROSE = 80  # characters from which a line without a full stop counts as running text
_LONGEST_TITLE = 160  # characters
_HEAD, _SHORT = 12, 2  # lines above the text in which a headline is looked for; words that are none
MOST_READ = 300_000  # characters of an article, the length of a novel, that are compared with disputes
_APART = 3  # lines of no running text from which on what follows is another text
_LEAST_RUN = 0.25  # of the longest stretch of running text, below which another one is a teaser
_STOPS = (".", "!", "?", '"', "”", "»", "。")
_BYLINE = re.compile(r"(?:by|von|par|por|di|door|published|posted|updated)\b", re.IGNORECASE)
_DATED = re.compile(r"^date\s(\d{4}-\d{2}-\d{2})\b\s*")


class PageArticle(Struct, frozen=True):
    """Running text before the comments."""

    start_line: int  # 1-based
    end_line: int
    title: str | None
    date: str | None  # ISO 8601 day
    text: str


def find_article(lines: Sequence[str], layout: Layout) -> PageArticle | None:
    """Return the running text before the count line or the first header; None where there is none."""
    end = _end(layout)
    prose = [index for index in range(end) if _is_prose(lines[index])]
    return _running_text(lines, prose, end)


def whole_article(lines: Sequence[str]) -> PageArticle | None:
    """Return the running text of a page without comments; None where it holds none.

    Teasers of other articles below it are left out: what stands apart from the most of it, and is short.
    """
    runs: list[list[int]] = []
    between = _APART
    for index, line in enumerate(lines):
        if _is_prose(line):
            if between >= _APART:
                runs.append([])
            runs[-1].append(index)
            between = 0
        elif line.strip():
            between += 1
    sizes = [sum(len(lines[index]) for index in run) for run in runs]
    least = _LEAST_RUN * max(sizes, default=0)
    kept = [run for run, size in zip(runs, sizes, strict=True) if size >= least]
    found = _running_text(lines, [index for run in kept for index in run], len(lines))
    if found is None or found.title is not None:
        return found
    return replace(found, title=_headline(lines, kept[0][0]))


def _headline(lines: Sequence[str], first: int) -> str | None:
    below = next((line.strip() for line in lines[first + 1 :] if line.strip()), "")
    line = lines[first].strip()
    if len(line) < _LONGEST_TITLE and (line == below or not line.endswith(_STOPS)):
        return line  # it stands right over the text, as running text does
    above = (lines[index].strip() for index in range(first - 1, max(-1, first - _HEAD), -1))
    return next((line for line in above if len(line.split()) > _SHORT and _is_title(line)), None)


def _running_text(lines: Sequence[str], prose: Sequence[int], end: int) -> PageArticle | None:
    if not any(len(lines[index]) >= _PROSE for index in prose) and len(prose) < 2:
        return None
    first, last = _upwards(lines, prose[0]), _downwards(lines, prose[-1], end)
    made = _day_within(lines[:end])
    day = made.date() if isinstance(made, datetime) else made
    titles = [text for index in range(first, prose[0]) if _is_title(text := lines[index].strip())]
    return PageArticle(
        start_line=first + 1,
        end_line=last + 1,
        title=titles[-1] if titles else None,
        date=None if day is None else day.isoformat(),
        text="\n".join(lines[first : last + 1]),
    )


def page_date(lines: Sequence[str], layout: Layout) -> date | None:
    """Return the day that the page gives before its comments."""
    return _day_within(lines[: _end(layout)])


def _day_within(lines: Sequence[str]) -> date | None:
    for line in lines[:60]:
        for moment in find_moments(line[:160]):
            if moment.day is not None:
                return moment.day
    return None


def _end(layout: Layout) -> int:
    first = layout.begins
    return first if layout.count_line is None else min(first, layout.count_line)


def _is_prose(line: str) -> bool:
    text = line.strip()
    if is_button(text) or is_form(text):
        return False
    return (
        len(text) >= _PROSE or (len(text) >= 40 and text.endswith(_STOPS)) or _DATED.match(text) is not None
    )


def _is_title(text: str) -> bool:
    """Say whether a line above the text can be its headline: neither a date nor a byline."""
    if not text or _BYLINE.match(text):
        return False
    dated = sum(moment.end - moment.start for moment in find_moments(text[:160]) if moment.day is not None)
    return 2 * dated < len(text)


def _upwards(lines: Sequence[str], first: int) -> int:
    start = first
    for index in range(first - 1, max(-1, first - 4), -1):
        text = lines[index].strip()
        if is_button(text) or is_heading(text):
            break
        if text:
            start = index
    return start


def _downwards(lines: Sequence[str], last: int, end: int) -> int:
    while last + 1 < end and lines[last + 1].strip().endswith(_STOPS):
        last += 1
    return last
