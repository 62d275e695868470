"""The text that a page holds before its comments, and the day that it gives."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from discourse.ingest.counts import is_heading
from discourse.ingest.furniture import is_button, is_form
from discourse.ingest.pasted.layout import Layout
from discourse.ingest.times import find_moments

_PROSE = 80  # characters from which a line without a full stop counts as running text
_STOPS = (".", "!", "?", '"', "”", "»", "。")
_BYLINE = re.compile(r"(?:by|von|par|por|di|door|published|posted|updated)\b", re.IGNORECASE)
_DATED = re.compile(r"^date\s(\d{4}-\d{2}-\d{2})\b\s*")


@dataclass(frozen=True, slots=True)
class PageArticle:
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
    if not any(len(lines[index]) >= _PROSE for index in prose) and len(prose) < 2:
        return None
    first, last = _upwards(lines, prose[0]), _downwards(lines, prose[-1], end)
    made = page_date(lines, layout)
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
    for line in lines[: _end(layout)][:60]:
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
