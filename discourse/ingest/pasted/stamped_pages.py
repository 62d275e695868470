"""From a page with stamped headers to its layout."""

import re
from collections import Counter
from collections.abc import Sequence

from msgspec.structs import replace

from discourse.ingest.counts import Count, find_counts, is_heading, nearest_count
from discourse.ingest.furniture import is_button
from discourse.ingest.pasted.headers import ABOVE, Stamp, choose, find_stamps
from discourse.ingest.pasted.layout import Header, Layout
from discourse.ingest.pasted.strays import without_strays

_NEARLY_ALL = 0.9
_UP = 3  # lines over a header that may belong to it


def read_stamped_layout(lines: Sequence[str], counts: Sequence[Count] | None = None) -> Layout | None:
    """Return the layout of a page whose headers say when; None where it has no such headers.

    Parameters
    ----------
    counts
        The numbers of comments that the page states, where they are known already.
    """
    counts = find_counts(list(lines)) if counts is None else counts
    chosen = choose(find_stamps(lines), lines, [count.number for count in counts])
    stamps = _below_count(without_strays(_below_count(chosen, counts), lines, counts), counts)
    if not stamps:
        return None
    headers = _without_signs(_headers(lines, stamps))
    inside = {index for header in headers for index in range(header.first, header.last + 1)}
    count = nearest_count(counts, headers[0].first, headers[-1].last, len(headers), inside)
    if not _holds_comments(lines, stamps, headers, count):
        return None
    return Layout(
        reader="stamped-headers",
        score=_score(stamps, count),
        headers=tuple(headers),
        stated=count.number if count is not None else None,
        count_line=count.index if count is not None else None,
    )


def _below_count(stamps: list[Stamp], counts: Sequence[Count]) -> list[Stamp]:
    """Leave out what stands above a count that just as many headers as it states stand below."""
    for count in counts:
        below = [stamp for stamp in stamps if stamp.name_index > count.index]
        if len(below) == count.number and 2 * len(below) > len(stamps):
            return below
    return stamps


def _headers(lines: Sequence[str], stamps: Sequence[Stamp]) -> list[Header]:
    above = _titles_above(lines, stamps)
    headers = []
    for stamp in stamps:
        first, last = min(stamp.index, stamp.name_index), max(stamp.index, stamp.name_index)
        kinds = {stamp.index: "time"} if stamp.where == ABOVE else {}
        for index in _titles(lines, first, above):
            kinds[index] = "furniture"
            first = index
        reason = f"a name and a moment in a shape that {len(stamps)} headers share"
        headers.append(
            Header(
                first, last, stamp.author, stamp.addressee, moment=stamp.moment, kinds=kinds, reason=reason
            )
        )
    return headers


def _without_signs(headers: list[Header]) -> list[Header]:
    """Take off the "@" that nearly all names begin with."""
    signed = sum(header.author.startswith("@") for header in headers)
    if signed < _NEARLY_ALL * len(headers):
        return headers
    return [replace(header, author=header.author.removeprefix("@") or header.author) for header in headers]


def _titles_above(lines: Sequence[str], stamps: Sequence[Stamp]) -> frozenset[str]:
    """Return the shapes of lines that stand right over most headers, the first one included: "Re: Topic"."""
    counts: Counter[str] = Counter()
    for place, stamp in enumerate(stamps):
        index = min(stamp.index, stamp.name_index) - 1
        if index >= 0 and lines[index].strip() and not is_button(lines[index]):
            counts[_title(lines[index])] += 1 if place else 1000
    need = 1000 + max(1, round(0.5 * (len(stamps) - 1)))
    return frozenset(form for form, times in counts.items() if times >= need)


def _title(line: str) -> str:
    return re.sub(r"^(?:(?:re|aw|antwort|sv)\s?:\s?)+|\d+", "", line.strip().lower())


def _titles(lines: Sequence[str], first: int, above: frozenset[str]) -> list[int]:
    found = []
    for index in range(first - 1, max(-1, first - 1 - _UP), -1):
        if not lines[index].strip() or _title(lines[index]) not in above:
            break
        found.append(index)
    return found


def _holds_comments(
    lines: Sequence[str], stamps: Sequence[Stamp], headers: Sequence[Header], count: Count | None
) -> bool:
    """Say whether the headers are those of comments: a list of articles has names and times too."""
    found = len(headers)
    if count is not None and (count.number == found or abs(count.number - found) <= 0.5 * count.number):
        return True
    buttons = sum(is_button(line) for line in lines[headers[0].last :])
    if found == 1:
        return stamps[0].verb and buttons > 0
    authors = Counter(stamp.author for stamp in stamps)
    headed = any(is_heading(line) for line in lines[: headers[0].first])
    signs = (
        any(stamp.verb for stamp in stamps),
        any(stamp.addressee is not None for stamp in stamps),
        buttons >= 0.5 * found,
        headed or count is not None,
        found >= 4 and len(authors) < found,
    )
    return sum(signs) >= 1


def _score(stamps: Sequence[Stamp], count: Count | None) -> float:
    forms = Counter(stamp.form for stamp in stamps)
    alike = forms.most_common(1)[0][1] / len(stamps)
    score = 0.6 + 0.3 * alike
    if count is not None:
        near = min(len(stamps), count.number) / max(len(stamps), count.number, 1)
        score = (score + 0.1) * (0.5 + 0.5 * near)
    return min(1.0, score)
