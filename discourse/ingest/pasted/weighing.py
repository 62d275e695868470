"""How well the model of rows agrees with a layout that another reader found."""

from collections.abc import Sequence

import numpy as np

from discourse.ingest.pasted.alike import Floats
from discourse.ingest.pasted.bodies import Body, find_bodies
from discourse.ingest.pasted.layout import Header, Layout
from discourse.ingest.pasted.recurrence import Rows
from discourse.ingest.pasted.tagging import BEFORE, BEHIND, NAME, REST, SIGNED, SPOKEN, TEXT

_LEAST = 1e-3  # of a tag's likelihood: one row that the model never saw the like of must not decide


def agreement(odds: Floats, tags: Sequence[int]) -> float:
    """Return the mean logarithm of the likelihood of the tags, at most 0."""
    chosen = odds[np.arange(len(tags)), list(tags)]
    return float(np.log(np.maximum(chosen, _LEAST)).mean())


def tags_of(layout: Layout, lines: Sequence[str], page: Rows) -> list[int]:
    """Return the tags that a layout gives to the rows of a page."""
    places = {row.index: place for place, row in enumerate(page.rows)}
    tags = [REST] * len(page.rows)
    for header, body in zip(layout.headers, find_bodies(lines, layout), strict=True):
        for index, tag in [*_text(body), *_header(header), *_over(header, body)]:
            if index in places:
                tags[places[index]] = tag
    return tags


def name_line(header: Header) -> int:
    """Return the index of the line of a header that the author's name stands on."""
    indices = range(header.first, header.last + 1)
    return next((index for index in indices if header.kinds.get(index, "author") == "author"), header.first)


def _text(body: Body) -> list[tuple[int, int]]:
    return [(index, TEXT) for index in range(body.first, body.last + 1)]


def _over(header: Header, body: Body) -> list[tuple[int, int]]:
    return [] if header.over is None else [(index, BEFORE) for index in range(header.over[0], body.first)]


def _header(header: Header) -> list[tuple[int, int]]:
    indices = range(header.first, header.last + 1)
    name = name_line(header)
    if header.below:
        return [(index, SIGNED if index == name else BEHIND) for index in indices]
    kind = SPOKEN if header.rest is not None and name == header.last else NAME
    return [(index, kind if index == name else BEFORE if index < name else BEHIND) for index in indices]
