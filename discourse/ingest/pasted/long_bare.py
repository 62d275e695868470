"""Long pages on which nothing but names divides the posts.

The model of rows reads some stretches of such a page: its beginning, its end, and some between. What it
takes for names there, a small weighing of cheap cues learns, and finds again on the rest of the page.
Whether it does is tried on each stretch with what was learned from the others; where it does not, the
page is left to the slower ways.
"""

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
from msgspec import Struct
from msgspec.structs import replace
from numpy.typing import NDArray

from discourse.ingest.furniture import LONGEST, is_button
from discourse.ingest.pasted.alike import Floats, Ints
from discourse.ingest.pasted.layout import Header, Layout
from discourse.ingest.pasted.long_pages import SAMPLE
from discourse.ingest.pasted.names import could_be_name, lexical
from discourse.ingest.pasted.posts import find_places
from discourse.ingest.pasted.recurrence import Rows
from discourse.ingest.pasted.rows import read_rows
from discourse.ingest.pasted.tagged_pages import READER
from discourse.ingest.pasted.tagging import NAME, row_model
from discourse.ingest.pasted.traits import shifted

STRETCH = 240  # lines that are read by the model
_MARGIN = 30  # those at their ends around which it sees too little
_APART = 20_000  # lines of a page for every stretch between its beginning and its end, at the most _MOST
_MOST = 6
_LEAST = 8  # posts that the beginning must have
_ALONE = 0.98  # share of its headers that are one line with nothing but what could be a name
_WITHOUT = 0.02  # share of names that may be without what stands beside all others, which then tells them
_WHOLE = 0.5  # share of them in which the name is all of the line
_AGAIN = 0.15  # share of a stretch's names that may be missed, and that may be found without being any
_RIDGE, _STEPS = 1.0, 12  # of the fit
_AROUND = 4  # cues that come first: what divides posts, blank lines and buttons above and below a name
_STOPS = tuple('.!?。！？؟…:,;"”»)')


class _Seen(Struct, frozen=True):
    """What the model says of a stretch."""

    first: int  # index of its first line that counts
    end: int  # index behind its last one
    names: frozenset[int]  # indices of lines with the names of authors


class _Weights(Struct, frozen=True):
    """What a name is told by, as logistic regression weighs it."""

    mean: Floats
    spread: Floats
    weights: Floats  # one a cue, and the bias
    always: Ints  # cues of a name's surroundings that hardly a name is without

    def names(self, rows: Floats) -> NDArray[np.bool_]:
        """Say of each line whether it is a name."""
        odds = np.round(_scaled(rows, self.mean, self.spread) @ self.weights, 4)
        return np.asarray((odds > 0) & (rows[:, self.always] > 0).all(axis=1))


def read_long_bare(lines: Sequence[str], begun: Layout | None) -> Layout | None:
    """Return the layout of a long page on which only names divide the posts; None where it is no such page.

    Parameters
    ----------
    begun
        The layout of the page's beginning.
    """
    if begun is None or not _is_bare(lines, begun):
        return None
    seen = _stretches(lines, begun)
    if seen is None:
        return None
    places, rows = _cues(lines)
    weights = _learned(places, rows, seen)
    if weights is None:
        return None
    held = set(places[weights.names(rows)].tolist())
    for one in seen:
        held = {at for at in held if not one.first <= at < one.end} | one.names
    first = begun.headers[0].first
    return replace(
        begun,
        headers=tuple(_headers(lines, sorted(at for at in held if at >= first), begun)),
        spans=(),
        exact=False,
    )


def _is_bare(lines: Sequence[str], begun: Layout) -> bool:
    """Say whether the headers of the page's beginning are lines that hold a name and nothing else."""
    headers = begun.headers
    if begun.reader != READER or len(headers) < _LEAST:
        return False
    alone = sum(
        header.first == header.last
        and header.moment is None
        and header.rest is None
        and header.addressee is None
        and not header.below
        and could_be_name(lines[header.first].strip())
        for header in headers
    )
    whole = sum(header.author == lines[header.first].strip() for header in headers)
    return alone >= _ALONE * len(headers) and whole >= _WHOLE * len(headers)


def _stretches(lines: Sequence[str], begun: Layout) -> list[_Seen] | None:
    """Return what the model says of the page's beginning, of stretches and of its end; None if not bare."""
    count = len(lines)
    between = min(_MOST, 1 + count // _APART)
    begins = [count * at // (between + 1) for at in range(1, between + 1)] + [count - STRETCH]
    found = []
    for first in begins:
        names = _names(lines, first, min(count, first + STRETCH))
        if names is None:
            return None
        last = count if first + STRETCH >= count else first + STRETCH - _MARGIN
        inside = frozenset(at for at in names if first + _MARGIN <= at < last)
        found.append(_Seen(first + _MARGIN, last, inside))
    end = SAMPLE - _MARGIN
    own = frozenset(header.first for header in begun.headers if header.first < end)
    return [_Seen(0, end, own), *found]


def _names(lines: Sequence[str], first: int, last: int) -> list[int] | None:
    """Return the lines of a stretch that the model takes for names; None where headers are more than that."""
    page = Rows(read_rows(lines, first, last))
    model = row_model()
    tags = model.path(model.likely(page))
    places = find_places(tags)
    alone = sum(
        place.first == place.last and tags[place.name] == NAME and not page.rows[place.name].moments
        for place in places
    )
    return [page.rows[place.name].index for place in places] if alone >= _ALONE * len(places) else None


def _cues(lines: Sequence[str]) -> tuple[Ints, Floats]:
    """Return the indices of the lines that can be names, and a row of cues for each."""
    index = [at for at, line in enumerate(lines) if line and not line.isspace()]
    texts = [lines[at].strip() for at in index]
    nameable = np.array([could_be_name(text) for text in texts], dtype=float)
    can = np.flatnonzero(nameable)
    known: dict[str, int] = {}
    owner = np.array([known.setdefault(texts[at], len(known)) for at in can.tolist()], dtype=np.int64)
    words = np.array([lexical(text) for text in known]).reshape(len(known), -1)
    times = np.zeros(len(texts))
    times[can] = np.log1p(np.bincount(owner)[owner])
    gap = (np.diff(index, prepend=index[0] - 1) > 1).astype(float)
    indent = np.array([len(lines[at]) - len(lines[at].lstrip()) for at in index], dtype=float)
    length, stops, pressed = _looks(texts)
    parts = [gap, shifted(gap, 1), shifted(pressed, -1), shifted(pressed, 1)]
    around = (nameable, times, length, stops)
    beside = [shifted(one, step) for one in around for step in (-2, -1, 1, 2)]
    rows = np.column_stack([*parts, times, np.minimum(indent, 12), *beside])[can]
    return np.array(index)[can], np.column_stack([rows, words[owner]])


def _looks(texts: Sequence[str]) -> list[Floats]:
    """Return of each line how long it is, whether it ends as sentences do, and whether it can be pressed."""
    known: dict[str, bool] = {}
    pressed = [len(text) <= LONGEST and _pressed(text, known) for text in texts]
    return [
        np.log1p([len(text) for text in texts]),
        np.array([text.endswith(_STOPS) for text in texts], dtype=float),
        np.array(pressed, dtype=float),
    ]


def _pressed(text: str, known: dict[str, bool]) -> bool:
    if text not in known:
        known[text] = is_button(text)
    return known[text]


def _learned(places: Ints, rows: Floats, seen: Sequence[_Seen]) -> _Weights | None:
    """Return the weights that all stretches teach; None where those of the others fail on one of them."""
    names = np.isin(places, [at for one in seen for at in one.names]).astype(float)
    inside = [(places >= one.first) & (places < one.end) for one in seen]
    every = np.logical_or.reduce(inside)
    if sum(bool(one.names) for one in seen) < 2:
        return None
    for one, held in zip(seen, inside, strict=True):
        if not one.names:  # the foot of a page
            continue
        others = every & ~held
        within = held & (places >= min(one.names)) & (places <= max(one.names))
        found = _fit(rows[others], names[others]).names(rows[within])
        missed = len(one.names) - names[within][found].sum()
        if max(missed, found.sum() - names[within][found].sum()) > 1 + _AGAIN * len(one.names):
            return None
    return _fit(rows[every], names[every])


def _fit(rows: Floats, names: Floats) -> _Weights:
    """Return the weights of a logistic regression with a ridge, by Newton's steps."""
    mean, spread = rows.mean(axis=0), rows.std(axis=0)
    spread[spread == 0] = 1.0
    held = _scaled(rows, mean, spread)
    ridge = _RIDGE * np.eye(held.shape[1])
    weights = np.zeros(held.shape[1])
    for _ in range(_STEPS):
        likely = 1.0 / (1.0 + np.exp(-np.clip(held @ weights, -30, 30)))
        slope = held.T @ (names - likely) - _RIDGE * weights
        bend = (held.T * (likely * (1.0 - likely))) @ held + ridge
        weights = weights + np.linalg.solve(bend, slope)
    around = rows[names > 0][:, :_AROUND]
    without = (around <= 0).sum(axis=0)
    return _Weights(mean, spread, weights, np.flatnonzero(without <= max(1.0, _WITHOUT * len(around))))


def _scaled(rows: Floats, mean: Floats, spread: Floats) -> Floats:
    return np.column_stack([np.clip((rows - mean) / spread, -4.0, 4.0), np.ones(len(rows))])


def _headers(lines: Sequence[str], places: Sequence[int], begun: Layout) -> list[Header]:
    reason = f"it is like {len(begun.headers)} names at the beginning of the page"
    behind = _behind(lines, begun)
    return [
        Header(first=at, last=at, author=_author(lines[at].strip(), behind), reason=reason) for at in places
    ]


def _behind(lines: Sequence[str], begun: Layout) -> Mapping[str, int]:
    """Return what stands behind names on their lines, such as "OP", again and again."""
    left: Counter[str] = Counter()
    for header in begun.headers:
        line = lines[header.first].strip()
        if line.startswith(f"{header.author} "):
            left[line[len(header.author) :].strip()] += 1
    return {text: times for text, times in left.items() if times > 1}


def _author(line: str, behind: Mapping[str, int]) -> str:
    """Return the name on a line, without what stands behind other names too."""
    ends = [text for text in behind if line.endswith(f" {text}")]
    return line.removesuffix(max(ends, key=len)).rstrip() if ends else line
