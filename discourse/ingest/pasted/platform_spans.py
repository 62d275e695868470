"""Where the text of each post begins and ends on the page of a known platform."""

import re

from msgspec import Struct
from msgspec.structs import replace

from discourse.ingest.pasted.layout import Header
from discourse.ingest.pasted.platform_headers import REPEATS, Page, is_explained

_ARTICLE = 12  # lines from which on a text can be the article
_NUMBER = re.compile(r"[\d.,]+")
_RULE_REACH = 15  # lines above a post's end in which its signature begins


class Span(Struct, frozen=True):
    """A post's text on the page, and what shows where it ends."""

    first: int
    last: int
    anchors: int  # times that the post is closed
    loose: bool  # whether lines that nothing explains stand below its end


def above_foot(page: Page, headers: list[Header], counted: tuple[int, int] | None) -> list[Header]:
    """Leave out what stands below the page's foot: other articles have names and dates too.

    The foot counts as such where as many headers as the page states stand above it, or where
    nothing closes those below it.
    """
    foot, closed = page.platform.foot, False
    stated = counted[1] if counted is not None else len(headers)
    for place in range(len(headers), 0, -1):
        first, end = (
            headers[place - 1].last + 1,
            headers[place].first if place < len(headers) else len(page.texts),
        )
        if foot is not None and place < len(headers):
            unclosed = bool(page.platform.closings) and not closed
            if (unclosed or place == stated) and any(
                foot.fullmatch(page.text(at)) for at in range(first, end)
            ):
                return headers[:place]
        closed = closed or _closed(page, first, end)
        if closed and place <= stated:
            break
    return headers


def _closed(page: Page, first: int, end: int) -> bool:
    return any(page.platform.is_anchor(page.text(at)) for at in range(first, end))


def without_byline(page: Page, headers: list[Header]) -> list[Header]:
    """Leave out a first header that is the article's: a long text follows it, and nothing closes it."""
    if len(headers) < 3 or not page.platform.closings or headers[1].first - headers[0].last < _ARTICLE:
        return headers
    closed = _closed(page, headers[0].last + 1, headers[1].first)
    follows = _closed(page, headers[1].last + 1, headers[2].first)
    return headers if closed or not follows else headers[1:]


def with_text(page: Page, header: Header, end: int, *, last: bool) -> tuple[Header, Span]:
    """Return a header and its text; a number at the header's end is the text where there is no other."""
    found = _span(page, header, end, last=last)
    if found.last >= found.first or header.kinds.get(header.last) != "furniture":
        return header, found
    if header.last == header.first or _NUMBER.fullmatch(page.text(header.last)) is None:
        return header, found
    above = max(at for at in range(header.first, header.last) if not page.blank(at))
    kinds = {at: kind for at, kind in header.kinds.items() if at != header.last}
    shorter = replace(header, last=above, kinds=kinds)
    return shorter, _span(page, shorter, end, last=last)


def _span(page: Page, header: Header, end: int, *, last: bool) -> Span:
    """Return where a post's text begins and ends, between its header and the line `end`."""
    first, stop = header.last + 1, end
    if last:
        stop = _foot(page, first, end)
    anchors = _anchors(page, first, stop)
    loose = False
    if anchors:
        chosen = anchors[0] if last else anchors[-1]
        loose = not last and any(_unexplained(page, header, at) for at in range(chosen + 1, stop))
        stop = _above_closing(page, first, chosen)
    stop = _above_furniture(page, header, first, stop)
    stop = _above_signature(page, first, stop)
    stop = _above_furniture(page, header, first, stop)
    while first < stop and page.blank(first):
        first += 1
    while stop > first and page.blank(stop - 1):
        stop -= 1
    return Span(first, stop - 1, len(anchors), loose)


def _foot(page: Page, first: int, end: int) -> int:
    foot = page.platform.foot
    if foot is None:
        return end
    return next((at for at in range(first, end) if foot.fullmatch(page.text(at)) is not None), end)


def _anchors(page: Page, first: int, stop: int) -> list[int]:
    """Return the lines that close the post, of neighbouring ones the first."""
    found: list[int] = []
    near = -1
    for at in range(first, stop):
        line = page.text(at)
        if not line:
            continue
        if page.platform.is_anchor(line):
            if near < 0:
                found.append(at)
            near = at
        elif near >= 0 and not is_explained(page, line):
            near = -1
    return found


def _unexplained(page: Page, header: Header, at: int) -> bool:
    line = page.text(at)
    if len(line) <= 2 or line == header.author or page.platform.is_anchor(line):
        return False
    return not is_explained(page, line)


def _above_closing(page: Page, first: int, anchor: int) -> int:
    """Return the line below a text's last, going up from the line that closes the post.

    A number that would be all of it is text: a comment can be nothing but "42".
    """
    line = page.text(anchor)
    while first < anchor and page.blank(first):
        first += 1
    closing = next(each for each in page.platform.closings if each.anchor.fullmatch(line))
    stop = anchor
    for template in reversed(closing.before):
        at = stop - 1
        while at >= first and page.blank(at):
            at -= 1
        taken = 0
        while at >= first and taken < (REPEATS if template.repeated else 1):
            if at == first and _NUMBER.fullmatch(page.text(at)) is not None:
                break
            if template.match(page.text(at), page.moments) is None:
                break
            stop, at, taken = at, at - 1, taken + 1
    return stop


def _above_furniture(page: Page, header: Header, first: int, stop: int) -> int:
    """Leave out lines of furniture at the end of a text, and the member box that they belong to."""
    cut = False
    while stop > first and (page.blank(stop - 1) or _is_between(page, first, stop - 1)):
        cut = cut or not page.blank(stop - 1)
        stop -= 1
    if cut and page.platform.panel and stop > first and page.text(stop - 1) == header.author:
        stop -= 1
    return stop


def _is_between(page: Page, first: int, at: int) -> bool:
    """Say whether a line stands below texts; that a post is gone is the post's text where it is all."""
    between, deleted, line = page.platform.between, page.platform.deleted, page.text(at)
    if between is not None and between.fullmatch(line) is not None:
        return True
    if deleted is None or deleted.fullmatch(line) is None:
        return False
    return any(not page.blank(above) for above in range(first, at))


def _above_signature(page: Page, first: int, stop: int) -> int:
    signature = page.platform.signature
    if signature is not None:
        for at in range(stop - 1, max(first - 1, stop - _RULE_REACH), -1):
            if signature.fullmatch(page.text(at)) is not None:
                return at
    return stop
