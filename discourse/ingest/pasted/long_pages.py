"""Long pages: the layout is inferred from their beginning and found in one pass over the rest.

Inference weighs dozens of ways to divide a page, which for megabytes would take minutes. Whether the
beginning is like the rest is not taken for granted: the forms that were learned must find the
beginning's own headers again, and where a stretch of the page holds far fewer of them than the rest,
it is read by itself and its forms are learned too.
"""

from collections import Counter
from collections.abc import Callable, Sequence

from msgspec.structs import replace

from discourse.ingest.pasted.headforms import Finder, Form, learn_forms
from discourse.ingest.pasted.layout import Header, Layout

SAMPLE = 400  # lines from which a long page's layout is inferred
LONG = 4000  # lines from which on a page is long
_FOUND_AGAIN = 0.95  # share of the beginning's headers that the forms must find
_MORE = 1.25  # times as many as these that they may find: a beginning by itself shows fewer
_SAME_NAME = 0.85  # share of them with the same name
_LEAST = 8  # headers that the beginning must have
_THIN = 0.4  # headers of a stretch, against the usual, below which it is read by itself
_ROUNDS = 4  # stretches that are read by themselves
_DAYS = 3  # times that a name before a mark alone must recur, or it is a sentence's first words

Reader = Callable[[Sequence[str]], Layout | None]


def read_long_layout(lines: Sequence[str], layout: Layout | None, reader: Reader) -> Layout | None:
    """Return a long page's layout by what its beginning shows; None where that does not carry over.

    Parameters
    ----------
    layout
        The layout of the page's first SAMPLE lines.
    reader
        What reads a stretch of the page by itself.
    """
    head = lines[:SAMPLE]
    if layout is None or layout.reader == "bare-names" or len(layout.headers) < _LEAST:
        return None
    if any(header.until is not None or header.over is not None for header in layout.headers):
        return None  # a form tells whole lines of a header, in one place
    forms = learn_forms(head, layout.headers)
    if not forms or not _is_found_again(head, layout, forms):
        return None
    text = "\n".join(lines)
    headers = _found(text, layout, forms)
    for thin in _thin_stretches(headers, len(lines)):
        part = lines[thin : thin + SAMPLE]
        more = reader(part)
        new = [] if more is None else learn_forms(part, more.headers)
        if (
            more is not None
            and (new := [form for form in new if form not in forms])
            and _is_found_again(part, more, new)
        ):
            forms += new
            headers = _found(text, layout, forms)
    return replace(layout, headers=tuple(headers), spans=(), exact=False)


def _is_found_again(lines: Sequence[str], layout: Layout, forms: Sequence[Form]) -> bool:
    """Say whether the forms find the headers that they were learned from, and hardly any others."""
    end = layout.headers[-1].first
    own = {header.first: header.author for header in layout.headers[:-1]}
    again = {header.first: header.author for header in _found("\n".join(lines), layout, forms)}
    again = {first: author for first, author in again.items() if first < end}
    both = own.keys() & again.keys()
    alike = sum(own[first] == again[first] for first in both)
    return (
        len(both) >= _FOUND_AGAIN * len(own)
        and len(again) <= _MORE * len(own)
        and alike >= _SAME_NAME * len(both)
    )


def _found(text: str, layout: Layout, forms: Sequence[Form]) -> list[Header]:
    reason = f"it is like {len(layout.headers)} headers at the beginning of the page"
    finder = Finder(forms, reason, below=layout.headers[0].below)
    first = layout.headers[0].first
    headers = [header for header in finder.find(text) if header.first >= first]
    if not any(form.marked for form in forms):
        return headers
    often = Counter(header.author for header in headers)
    return [
        header
        for header in headers
        if header.moment is not None or often[header.author] > 1 or len(header.author.split()) <= _DAYS
    ]


def _thin_stretches(headers: Sequence[Header], count: int) -> list[int]:
    """Return the first lines of stretches with far fewer headers than the page's others."""
    stretches = Counter(header.first // SAMPLE for header in headers)
    whole = range(count // SAMPLE)
    usual = sorted(stretches[at] for at in whole)[len(whole) * 3 // 4]
    return [at * SAMPLE for at in whole if stretches[at] < _THIN * usual][:_ROUNDS]
