"""When a thread was written: posts over time, those in disputes set apart, in bins that fit the span."""

from bisect import bisect_right
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from msgspec import Struct

from discourse.report.basis.words import counted
from discourse.report.charts.activity import activity_chart
from discourse.report.glance.lineup import Lineup

FEWEST, LEAST_SHARE = 10, 0.2  # posts with a time, and their share, from which a picture says something
MOST_BINS = 48
_CROWD, _SPARSE = (
    0.98,
    0.25,
)  # a share of posts within a part of the span, from which that part alone is drawn
_MONTHS = "January February March April May June July August September October November December".split()
_EPOCH = datetime(1970, 1, 5, tzinfo=UTC)  # a Monday, so that weeks begin on one
_WIDTHS: list[tuple[timedelta, str]] = [
    (timedelta(minutes=1), "minute"),
    (timedelta(minutes=5), "5 minutes"),
    (timedelta(minutes=15), "quarter of an hour"),
    (timedelta(hours=1), "hour"),
    (timedelta(hours=3), "3 hours"),
    (timedelta(hours=6), "6 hours"),
    (timedelta(hours=12), "half day"),
    (timedelta(days=1), "day"),
    (timedelta(days=7), "week"),
]
_STEPS = [  # months
    (1, "month"),
    (3, "quarter"),
    (12, "year"),
    (60, "5 years"),
    (120, "decade"),
    (1200, "century"),
]
_DAY = timedelta(days=1)
_LAST = datetime.max.replace(tzinfo=UTC)
_YEARS = 3  # from which a span is told in years


class Activity(Struct, frozen=True):
    """When the posts of one thread were written."""

    words: list[str]
    chart: str = ""  # inline SVG; empty where too few times are known
    rows: Sequence[
        tuple[str, str, str]
    ] = ()  # start of a bin that holds a post, its posts, those in disputes
    bin_name: str = ""
    disputed: bool = False  # whether a post of the picture stands in a dispute


def activity_of(line: Lineup) -> Activity | None:
    """Say when a thread was written, and draw it where enough times are known; None where none is."""
    inside = {turn.post_id for here in line.loops for turn in here.turns}
    timed = sorted((p.timestamp, p.post_id in inside) for p in line.posts if p.timestamp is not None)
    if not timed:
        return None
    words = [_known(len(timed), len(line.posts)), _span(timed[0][0], timed[-1][0])]
    if timed[0][0] == timed[-1][0]:
        return Activity(words)
    if len(timed) < max(FEWEST, LEAST_SHARE * len(line.posts)):
        return Activity([*words, "Too few to draw."])
    drawn, left_out = _crowd(timed)
    edges, name = bin_edges(drawn[0][0], drawn[-1][0])
    everything = _fill(edges, [moment for moment, _ in drawn])
    disputed = _fill(edges, [moment for moment, is_in in drawn if is_in])
    words.append(_busiest(edges, everything, name, len(timed)))
    words += [left_out] if left_out else []
    chart = _chart(line, edges, everything, disputed, name)
    rows = _rows(edges, everything, disputed)
    return Activity(words, chart, rows, name, disputed=any(disputed))


def bin_edges(first: datetime, last: datetime) -> tuple[list[datetime], str]:
    """Return where bins begin and the last one ends, in UTC at round times, and what one is called.

    The narrowest width is taken of which `MOST_BINS` cover the span.
    """
    for width, name in _WIDTHS:
        start = _EPOCH + (first - _EPOCH) // width * width
        count = (last - start) // width + 1
        if count <= MOST_BINS:
            return [_after(start, number * width) for number in range(count + 1)], name
    return _calendar_edges(first, last)


def _after(start: datetime, span: timedelta) -> datetime:
    return start + span if span <= _LAST - start else _LAST


def _calendar_edges(first: datetime, last: datetime) -> tuple[list[datetime], str]:
    low, high = (12 * moment.year + moment.month - 1 for moment in (first, last))
    spans = [(range(low // step * step, (high // step + 1) * step + 1, step), name) for step, name in _STEPS]
    months, name = next((found for found in spans if len(found[0]) <= MOST_BINS + 1), spans[-1])
    return [_month(number) for number in months], name


def _month(number: int) -> datetime:
    """Return when a month begins, counted from the year 0; the calendar ends what lies outside it."""
    if number // 12 > _LAST.year:
        return _LAST
    return datetime(max(number // 12, 1), number % 12 + 1, 1, tzinfo=UTC)


def _fill(edges: Sequence[datetime], moments: Sequence[datetime]) -> list[int]:
    """Count the moments of each bin."""
    counts = [0] * (len(edges) - 1)
    for moment in moments:
        counts[min(bisect_right(edges, moment), len(counts)) - 1] += 1
    return counts


def _crowd(timed: list[tuple[datetime, bool]]) -> tuple[list[tuple[datetime, bool]], str]:
    """Leave out the few stragglers of a thread whose posts crowd in a small part of its span."""
    spare = int((1 - _CROWD) * len(timed))
    size = len(timed) - spare
    starts = range(spare + 1)
    best = min(starts, key=lambda at: timed[at + size - 1][0] - timed[at][0])
    first, last = timed[best][0], timed[best + size - 1][0]
    if not spare or last == first or last - first > _SPARSE * (timed[-1][0] - timed[0][0]):
        return timed, ""
    # what follows close upon the crowd belongs to it
    first, last = (first - (last - first) / 2, last + (last - first) / 2)
    kept = [row for row in timed if first <= row[0] <= last]
    first, last = kept[0][0], kept[-1][0]
    sides = (("before", sum(row[0] < first for row in timed)), ("after", sum(row[0] > last for row in timed)))
    said = " and ".join(f"{count:,} {where}" for where, count in sides if count)
    return kept, f"The picture shows {day(first)} to {day(last)}; {said} are left out of it."


def _known(timed: int, posts: int) -> str:
    if timed == posts:
        return f"The time of {'the post' if posts == 1 else f'all {posts:,} posts'} is known."
    return f"The time of {timed:,} of {posts:,} posts ({100 * timed / posts:.0f} %) is known."


def _span(first: datetime, last: datetime) -> str:
    lasted = _length(last - first)
    if first == last:
        return f"Written on {day(first)} at {first:%H:%M} UTC."
    if first.date() == last.date():
        return f"Written on {day(first)} between {first:%H:%M} and {last:%H:%M} UTC ({lasted})."
    return f"Written from {day(first)}, {first:%H:%M} UTC, to {day(last)}, {last:%H:%M} UTC ({lasted})."


def day(moment: datetime) -> str:
    """Write a date as "17 February 2019"."""
    return f"{moment.day} {_MONTHS[moment.month - 1]} {moment.year}"


def _length(span: timedelta) -> str:
    minutes = span // timedelta(minutes=1)
    if minutes < 120:
        return counted(max(minutes, 1), "minute")
    if minutes < 2880:
        return counted(minutes // 60, "hour")
    return counted(span.days, "day") if span.days < _YEARS * 365 else f"{span.days / 365.25:.1f} years"


def _busiest(edges: Sequence[datetime], counts: Sequence[int], name: str, timed: int) -> str:
    most = max(counts)
    edge = edges[counts.index(most)]
    clock = f", {edge:%H:%M} UTC" if edges[1] - edges[0] < _DAY else ""
    when = f"on {day(edge)}" if name == "day" else f"from {day(edge)}{clock} on"
    return f"Most per {name}: {counted(most, 'post')} ({100 * most / timed:.0f} %), {when}."


def _chart(line: Lineup, edges: list[datetime], everything: list[int], disputed: list[int], name: str) -> str:
    title = f"Posts per {name} from {day(edges[0])} on" + (
        ", those in disputes dark" if any(disputed) else ""
    )
    return activity_chart(edges, everything, disputed, prefix=f"activity-{line.number}", title=title)


def _rows(
    edges: Sequence[datetime], everything: Sequence[int], disputed: Sequence[int]
) -> list[tuple[str, str, str]]:
    exact = edges[1] - edges[0] < _DAY
    return [
        (f"{edge:%Y-%m-%d %H:%M}" if exact else f"{edge:%Y-%m-%d}", f"{count:,}", f"{inside:,}")
        for edge, count, inside in zip(edges, everything, disputed, strict=False)
        if count
    ]
