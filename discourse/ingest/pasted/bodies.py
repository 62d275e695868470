"""Where each post's text begins and ends, between its header and the next."""

import re
from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from discourse.ingest.counts import is_heading
from discourse.ingest.furniture import LONGEST, is_button, is_form, is_note, is_rule, recurring, shape
from discourse.ingest.pasted.layout import Header, Layout

_NUMBER = re.compile(r"^[\W\d]+$")
_TAIL = 14  # lines below a post that are looked at for furniture


class Body(Struct, frozen=True):
    """A post's text: whole lines, but for a first one that holds a header too, or a last one with a name."""

    first: int  # 0-based indices into the page's lines
    last: int  # below `first` where the post has no text
    text: str


def find_bodies(lines: Sequence[str], layout: Layout) -> list[Body]:
    """Return the text of each of the layout's posts, without the furniture below it."""
    if layout.exact:
        return [_body(lines, *one) for one in _known(layout)]
    if len(layout.spans) == len(layout.headers):
        *known, final = _known(layout)
        # below the last text stands the foot of the page, which the ordinary way knows
        ordinary = find_bodies(lines, replace(layout, spans=()))[-1]
        return [*(_body(lines, *one) for one in known), ordinary if ordinary.text else _body(lines, *final)]
    if layout.headers[0].below:
        return _above_names(lines, layout)
    ends = [header.first for header in layout.headers[1:]] + [len(lines)]
    spans = [_span(lines, header, end) for header, end in zip(layout.headers, ends, strict=True)]
    spans = [
        (first, _above_name(lines, first, last, after.author) if after is not None else last)
        for (first, last), after in zip(spans, [*layout.headers[1:], None], strict=True)
    ]
    learned = layout.furniture | recurring(
        [_tail(lines, *span) for span in spans[:-1]], [header.author for header in layout.headers[:-1]]
    )
    bodies = []
    for place, (header, (first, last)) in enumerate(zip(layout.headers, spans, strict=True)):
        end = _before_footer(lines, first, last, learned, header) if place == len(spans) - 1 else last
        bodies.append(_body(lines, header, first, _trim(lines, first, end, learned, header, cut=end < last)))
    return bodies


def _known(layout: Layout) -> list[tuple[Header, int, int]]:
    return [(header, *span) for header, span in zip(layout.headers, layout.spans, strict=True)]


def _above_names(lines: Sequence[str], layout: Layout) -> list[Body]:
    """Return the texts of posts that their authors' names stand under."""
    bodies = []
    floor = layout.count_line if layout.count_line is not None else -1
    for place, header in enumerate(layout.headers):
        first, last = floor + 1, header.first - 1
        while last >= first and not lines[last].strip():
            last -= 1
        if place == 0:  # what stands above a blank line is an article's
            top = last
            while top > first and lines[top - 1].strip() and not is_heading(lines[top - 1]):
                top -= 1
            first = top
        while first < last and (not lines[first].strip() or is_button(lines[first]) or is_rule(lines[first])):
            first += 1
        bodies.append(_body(lines, header, first, last))
        floor = header.last
    return bodies


def _span(lines: Sequence[str], header: Header, end: int) -> tuple[int, int]:
    first = header.last if header.rest is not None else header.last + 1
    while first < end - 1 and not lines[first].strip():
        first += 1
    last = end - 1
    while last >= first and not lines[last].strip():
        last -= 1
    return first, last


def _above_name(lines: Sequence[str], first: int, last: int, name: str) -> int:
    """Return the last line above a next header that begins with its name and numbers, such as an avatar's."""
    index, seen = last, 0
    while index > first and seen < 3:
        text = lines[index].strip()
        if text == name:
            return index - 1
        if text and not _NUMBER.match(text):
            break
        seen += bool(text)
        index -= 1
    return last


def _tail(lines: Sequence[str], first: int, last: int) -> list[str]:
    found: list[str] = []
    for index in range(last, max(first, last - 3 * _TAIL), -1):  # the first line is always text
        if lines[index].strip():
            found.append(lines[index].strip())
        if len(found) == _TAIL:
            break
    return found


def _before_footer(
    lines: Sequence[str], first: int, last: int, learned: frozenset[str], header: Header
) -> int:
    """Return the last line of the page's last post: what follows its furniture or a form is the page's."""
    for index in range(first + (header.rest is not None), last + 1):
        line = lines[index]
        if line.strip() and (
            is_form(line) or (index > first and (shape(line) in learned or is_button(line)))
        ):
            return index - 1
    return last


def _trim(
    lines: Sequence[str], first: int, last: int, learned: frozenset[str], header: Header, *, cut: bool
) -> int:
    """Return the last line of a post's own text; `cut` where furniture below it has gone already."""
    if header.moment is None:  # a bare page has no member boxes
        return _above_furniture(lines, first, last, learned, header)
    end = boxed = _above_furniture(lines, first, last, learned, header)
    if cut or end < last:
        boxed = _above_box(lines, first, end, header.author)
    signed = _above_signature(lines, first, boxed)
    return end if signed == end else _above_furniture(lines, first, signed, learned, header)


def _above_furniture(
    lines: Sequence[str], first: int, last: int, learned: frozenset[str], header: Header
) -> int:
    while last >= first:
        line = lines[last].strip()
        if line and ((last == first and header.rest is not None) or not _is_furniture(line, learned)):
            break
        last -= 1
    return last


def _above_box(lines: Sequence[str], first: int, last: int, author: str) -> int:
    """Return the last line above a member box that begins with the author's name."""
    for index in range(last, max(first, last - 3), -1):
        if lines[index].strip() == author:
            return index - 1
    return last


def _is_furniture(line: str, learned: frozenset[str]) -> bool:
    return is_button(line) or is_note(line) or (len(line) <= LONGEST and shape(line) in learned)


def _above_signature(lines: Sequence[str], first: int, last: int) -> int:
    for index in range(last, max(first - 1, last - _TAIL), -1):
        if is_rule(lines[index]):
            return index - 1
    return last


def _body(lines: Sequence[str], header: Header, first: int, last: int) -> Body:
    if last < first and header.below:
        return Body(header.first, header.first - 1, "")
    if last < first:
        return Body(min(first, header.last + 1), header.last, "")
    held = list(lines[first : last + 1])
    if header.rest is not None and first == header.last:
        held[0] = held[0][header.rest :]
    if header.until is not None and last == header.first:
        held[-1] = held[-1][: header.until]
    return Body(first, last, "\n".join(held))
