"""A thread of any length as a strip of bins, each of about as many posts: shares, and turns of disputes."""

from collections.abc import Callable, Sequence
from math import ceil

from msgspec import Struct

from discourse.model import Post
from discourse.report.basis.book import Ref
from discourse.report.glance.lineup import CAMPS, MOST_ROWS, SIGNS, Lineup, LoopHere
from discourse.report.glance.strip import Tick, ticks

BINS, TENTHS = 96, 10
FEWEST = 20  # posts of a thread whose tenths say something
_LINE, _ROOM, _HIGH, _LEAST = 50, 1.5, 48.5, 2.5  # units: the line, room beside it, highest and lowest bar
_BAR = 0.84  # bins: how wide a bar is

_HEADS = {
    "agree": "agree",
    "disagree": "disagree",
    "neither": "take no side",
    "untold": "not told",
    "none": "answer nobody",
}


class Bars(Struct, frozen=True):
    """Bars above and below one line, as paths of an SVG that is a unit a bin across and 100 high."""

    above: str
    below: str
    above_hollow: str = ""  # what stands on the bars above
    below_hollow: str = ""


class Shares(Struct, frozen=True):
    """Two shares of the posts of each bin, one above the line and one below it."""

    bars: Bars
    most: str  # the share that the highest bar stands for, such as "34 %"


class BinnedRow(Struct, frozen=True):
    """One dispute along the strip."""

    number: int
    question: str
    turns: int
    first: Ref
    last: Ref
    start: str  # per cent
    width: str
    bars: Bars


class Binned(Struct, frozen=True):
    """The whole picture."""

    bins: int
    size: str  # posts of a bin, such as "14 or 15"
    replies: Shares
    camps: Shares | None  # None where nobody is placed
    rows: list[BinnedRow]
    most_turns: int  # what the highest bar of a dispute stands for
    ticks: list[Tick]


class Tenth(Struct, frozen=True):
    """A tenth of a thread in figures."""

    first: Ref
    last: Ref
    cells: list[str]  # per cent of its posts


def binned(line: Lineup) -> Binned:
    """Lay out a thread in bins; of a thread that has fewer posts than bins, a bin is a post."""
    parts = _parts(line.posts, min(BINS, len(line.posts)))
    shown = line.loops[:MOST_ROWS]
    counts = [_turn_counts(line, here, len(parts)) for here in shown]
    most = max(
        (one + two for row in counts for fresh, empty in row for one, two in zip(fresh, empty, strict=True)),
        default=0,
    )
    return Binned(
        bins=len(parts),
        size=" or ".join(f"{size:,}" for size in sorted({len(part) for part in parts})),
        replies=_shares(parts, *(_is_sign(line, sign) for sign in SIGNS[:2])),
        camps=_shares(parts, *(_is_camp(line, camp) for camp in CAMPS)) if line.camps else None,
        rows=[_row(line, here, count, most) for here, count in zip(shown, counts, strict=True)],
        most_turns=most,
        ticks=ticks(line),
    )


def tenths(line: Lineup) -> tuple[list[str], list[Tenth]]:
    """Return column heads, and the tenths of a thread; none where it is too short for tenths."""
    signs = [sign for sign in SIGNS if sign != "untold" or sign in line.signs.values()]
    heads, asked = [_HEADS[sign] for sign in signs], [_is_sign(line, sign) for sign in signs]
    if line.camps:
        heads += [f"by camp {camp}" for camp in CAMPS]
        asked += [_is_camp(line, camp) for camp in CAMPS]
    if line.loops:
        inside = {turn.post_id for here in line.loops for turn in here.turns}
        heads.append("in disputes")
        asked.append(lambda post: post.post_id in inside)
    if len(line.posts) < FEWEST:
        return heads, []
    rows = []
    for part in _parts(line.posts, TENTHS):
        first, last = (line.book.refs[part[place].post_id] for place in (0, -1))
        rows.append(Tenth(first, last, [f"{100 * sum(map(is_so, part)) / len(part):.0f}" for is_so in asked]))
    return heads, rows


def _parts(posts: Sequence[Post], count: int) -> list[Sequence[Post]]:
    return [posts[at * len(posts) // count : (at + 1) * len(posts) // count] for at in range(count)]


def _is_sign(line: Lineup, sign: str) -> Callable[[Post], bool]:
    return lambda post: line.signs[post.post_id] == sign


def _is_camp(line: Lineup, camp: int) -> Callable[[Post], bool]:
    return lambda post: line.camps.get(post.author) == camp


def _shares(
    parts: Sequence[Sequence[Post]], over: Callable[[Post], bool], under: Callable[[Post], bool]
) -> Shares:
    above, below = ([sum(map(is_so, part)) / len(part) for part in parts] for is_so in (over, under))
    most = max(*above, *below)
    scale = most or 1.0
    bars = Bars(
        above=_path([(0.0, share / scale) for share in above], up=True),
        below=_path([(0.0, share / scale) for share in below], up=False),
    )
    return Shares(bars, f"{100 * most:.0f} %")


def _turn_counts(line: Lineup, here: LoopHere, bins: int) -> list[tuple[list[int], list[int]]]:
    """Count for sides a and b the turns of each bin: those that bring something, and the empty ones."""
    counts = {side: ([0] * bins, [0] * bins) for side in "ab"}
    for turn in here.turns:
        # the bin that begins at or before the post, as `_parts` cuts them
        place = line.places[turn.post_id]
        at = ceil((place + 1) * bins / len(line.posts)) - 1
        counts[turn.side][turn.role == "restatement" and bool(turn.is_empty)][at] += 1
    return [counts["a"], counts["b"]]


def _row(line: Lineup, here: LoopHere, counts: list[tuple[list[int], list[int]]], most: int) -> BinnedRow:
    places = [line.places[turn.post_id] for turn in here.turns]
    first, last = min(places), max(places)
    solid, hollow = [], []
    for (fresh, empty), up in zip(counts, (True, False), strict=True):
        pairs = [(one / most, two / most) for one, two in zip(fresh, empty, strict=True)]
        solid.append(_path([(0.0, one) for one, _ in pairs], up=up))
        hollow.append(_path([(one, one + two) for one, two in pairs], up=up))
    return BinnedRow(
        number=here.number,
        question=here.loop.question,
        turns=line.book.count("turns", ("loop", here.loop.loop_id)),
        first=line.ref(first),
        last=line.ref(last),
        start=f"{100 * first / len(line.posts):.2f}",
        width=f"{100 * (last + 1 - first) / len(line.posts):.2f}",
        bars=Bars(solid[0], solid[1], hollow[0], hollow[1]),
    )


def _path(bars: Sequence[tuple[float, float]], *, up: bool) -> str:
    """Draw bars from one share of the highest to another; those of no height are left out."""
    sign = -1 if up else 1
    drawn = []
    for at, (low, high) in enumerate(bars):
        if high > low:
            start, end = _ROOM + _HIGH * low, _ROOM + max(_HIGH * high, _LEAST)
            drawn.append(
                f"M{at + (1 - _BAR) / 2:.2f} {_LINE + sign * start:.1f}v{sign * (end - start):.1f}h{_BAR}"
                f"v{-sign * (end - start):.1f}z"
            )
    return "".join(drawn)
