"""Read a page by the platform profile that explains it best."""

import re
from collections import Counter
from collections.abc import Sequence

from msgspec.structs import replace

from discourse.ingest.counts import stated_count
from discourse.ingest.furniture import shape
from discourse.ingest.pasted.layout import Header, Layout
from discourse.ingest.pasted.platform_headers import (
    Page,
    find_headers,
    find_labels,
    is_explained,
    page_texts,
    platform_count,
)
from discourse.ingest.pasted.platform_spans import Span, above_foot, with_text, without_byline
from discourse.ingest.pasted.platform_templates import Moments
from discourse.ingest.pasted.platforms import Platform, platforms_for

_SAMPLE = 1200  # lines at a page's head from which its platform is told
_SURE = 0.8  # score from which on a profile's reading is taken
_BUTTON = 30  # characters of a line that can be a button
_SLASHED = re.compile(r"(?<!\d)(\d{1,2})/(\d{1,2})/\d{2}")


def read_platform_layout(lines: Sequence[str]) -> Layout | None:
    """Return the layout of a page of a known platform; None where no profile explains it well."""
    head = page_texts(lines[:_SAMPLE])
    text = "\n".join(head)
    moments = Moments(day_first=_day_first(text))
    best: tuple[tuple[float, int], Platform, Layout] | None = None
    for platform in platforms_for(text):
        layout = _read(Page(head, platform, moments))
        if layout is not None and layout.score >= _SURE:
            rank = (round(layout.score, 2), len(layout.headers))
            if best is None or rank > best[0]:
                best = rank, platform, layout
    if best is None or len(lines) <= _SAMPLE:
        return None if best is None else best[2]
    return _read(Page(page_texts(lines), best[1], moments))


def _day_first(text: str) -> bool:
    """Say how the page means 03/04/2020, by its clearer dates; month first where none is clear."""
    votes = Counter((int(left) > 12) - (int(right) > 12) for left, right in _SLASHED.findall(text))
    return votes[1] > votes[-1]


def _read(page: Page) -> Layout | None:
    headers = find_headers(page)
    if labels := find_labels(page, headers):
        page = replace(page, labels=labels)
        headers = find_headers(page)
    if not headers:
        return None
    headers = without_byline(page, headers)
    counted = _stated(page, headers[0].first)
    headers = above_foot(page, headers, counted)
    ends = [header.first for header in headers[1:]] + [len(page.texts)]
    posts: list[Span] = []
    for place, (header, end) in enumerate(zip(headers, ends, strict=True)):
        headers[place], post = with_text(page, header, end, last=place == len(headers) - 1)
        posts.append(post)
    spans = [(post.first, post.last) for post in posts]
    return Layout(
        reader=f"platform: {page.platform.name}",
        score=_score(page, headers, posts, counted),
        headers=tuple(headers),
        stated=counted[1] if counted else None,
        count_line=counted[0] if counted else None,
        furniture=_tails(page, spans, ends),
        spans=tuple(spans),
    )


def _stated(page: Page, first: int) -> tuple[int, int] | None:
    """Return line and number of the page's count: its platform's own words first, then any."""
    general = None
    for index in range(first - 1, -1, -1):
        line = page.text(index)
        if not line:
            continue
        number = platform_count(page.platform, line)
        if number is not None:
            return index, number
        if general is None and (number := stated_count(line)) is not None:
            general = index, number
    return general


def _tails(page: Page, spans: Sequence[tuple[int, int]], ends: Sequence[int]) -> frozenset[str]:
    """Return the shapes of the lines below texts."""
    return frozenset(
        shape(line)
        for (first, last), end in zip(spans[:-1], ends, strict=False)
        for at in range(max(first, last + 1), end)
        if (line := page.text(at)) and (page.platform.is_anchor(line) or is_explained(page, line))
    )


def _score(
    page: Page, headers: Sequence[Header], posts: Sequence[Span], counted: tuple[int, int] | None
) -> float:
    """Return how much of the page the profile explains, from 0 to 1.

    Counts against it: posts that nothing closes, posts closed twice (a header was missed between),
    posts without text, lines below a post's end that nothing explains, more posts than the page
    states, and texts that end alike.
    """
    number = len(posts)
    exact = counted is not None and counted[1] == number
    score = 0.95 + 0.05 * exact
    if page.platform.closings:
        missed = sum(max(0, post.anchors - 1) for post in posts)
        closed = sum(post.anchors > 0 for post in posts) / number
        price = 0.05 if page.platform.open_ends else 0.4
        score -= 0.5 * missed / (number + missed) + price * (1 - closed)
    if page.platform.texts:
        score -= 0.6 * sum(post.last < post.first for post in posts) / number
    leaning = any(form.after for form in page.platform.headers)
    score -= (0.3 if leaning else 0.15) * sum(post.loose for post in posts) / number
    if len({header.author for header in headers}) == 1 and number >= 4 and not exact:
        score -= 0.3
    if number == 1 and not exact:
        score -= 0.2
    if counted is not None and number > counted[1]:
        score -= 0.2
    score -= 0.5 * _alike(page, posts)
    return round(max(0.0, score), 4)


def _alike(page: Page, posts: Sequence[Span]) -> float:
    """Return the share of texts that end alike, as they do where a button is taken for text; 0 if few."""
    last = [page.text(post.last) for post in posts if post.last > post.first]
    ends = Counter(shape(line) for line in last if len(line) <= _BUTTON)
    alike = max(ends.values(), default=0)
    return alike / len(posts) if alike >= max(3, 0.3 * len(posts)) else 0.0
