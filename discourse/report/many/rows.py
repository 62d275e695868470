"""Rows of the page on many threads: numbers put into words."""

import shlex
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from discourse.report.basis.words import KINDS, LANGUAGES, LAYERS, STATES, brief, counted, listed, plain
from discourse.report.quality.quality import Bar
from discourse.summary.headlines import shortened
from discourse.summary.many import UNKNOWN, Claimed, Extent, LoopKind, Rate, Reading, Target, Topic

_TITLE, _NAME, _PROBLEM = 90, 120, 200  # characters that are shown
_LONGEST_ID = 200  # characters
_MOST_LANGUAGES = 8
_ANSWERS = {
    "agree": "agrees with the post answered",
    "disagree": "disagrees with it",
    "neither": "takes no side on it",
}


class RateRow(Struct, frozen=True):
    """A label with its rate."""

    name: str
    meaning: str
    labels: str
    posts: str
    threads: str
    rate: str  # per 100 posts
    interval: str  # empty where there is none
    low: str  # per cent of the scale, for the picture
    width: str
    at: str
    wrong: list[str]  # what was measured of it, a clause each; empty where nothing was


def rate_rows(
    rates: Iterable[Rate], layer: str, meanings: Mapping[str, object], error_rates: Mapping[str, object]
) -> list[RateRow]:
    """Return the labels of a layer, the commonest first, on one scale."""
    own = [rate for rate in rates if rate.layer == layer and rate.share is not None]
    ends = [*(rate.interval[1] for rate in own if rate.interval), *(rate.share or 0.0 for rate in own)]
    scale = 100 / max([*ends, 1e-9])
    return [_rate_row(rate, scale, meanings, error_rates) for rate in own]


def _rate_row(
    rate: Rate, scale: float, meanings: Mapping[str, object], error_rates: Mapping[str, object]
) -> RateRow:
    share, interval = rate.share or 0.0, rate.interval
    low, high = interval or (share, share)
    meaning = (
        _ANSWERS.get(rate.label, "") if rate.layer == "reply" else brief(str(meanings.get(rate.label, "")))
    )
    said = str(error_rates.get(rate.label, "")) if rate.layer == "rhetoric" else ""
    return RateRow(
        name=shortened(plain(rate.label), _NAME),
        meaning=meaning,
        labels=f"{rate.labels:,}",
        posts=f"{rate.sums.hits:,}",
        threads=f"{rate.bearing:,}",
        rate=_percent(share),
        interval=f"{_percent(low)} to {_percent(high)}" if interval else "",
        low=f"{scale * low:.1f}",
        width=f"{max(scale * (high - low), 0.4):.1f}",
        at=f"{scale * share:.1f}",
        wrong=said.split("; ") if said else [],
    )


def _percent(share: float) -> str:
    return f"{100 * share:.1f}" if share >= 0.01 or not share else f"{100 * share:.2f}"


class TargetRow(Struct, frozen=True):
    """A target with its sides."""

    name: str
    threads: str
    mentions: str
    contested: str
    favor: str
    against: str
    favor_bar: str  # per cent of the widest side in the table
    against_bar: str


def target_rows(targets: Sequence[Target], most: int) -> list[TargetRow]:
    """Return the foremost targets that anybody takes a side on."""
    shown = [row for row in targets if row.favor or row.against][:most]
    widest = max((max(row.favor, row.against) for row in shown), default=1)
    return [
        TargetRow(
            name=shortened(row.target, _NAME),
            threads=f"{row.threads:,}",
            mentions=f"{row.mentions:,}",
            contested=f"{row.contested:,}",
            favor=f"{row.favor:,}",
            against=f"{row.against:,}",
            favor_bar=f"{100 * row.favor / widest:.1f}",
            against_bar=f"{100 * row.against / widest:.1f}",
        )
        for row in shown
    ]


class ClaimRow(Struct, frozen=True):
    """What claims are about."""

    name: str
    threads: str
    claims: str
    asserted: str
    denied: str


def claim_rows(claimed: Sequence[Claimed], most: int) -> list[ClaimRow]:
    """Return what most threads make claims about."""
    return [
        ClaimRow(
            name=shortened(row.topic, _NAME),
            threads=f"{row.threads:,}",
            claims=f"{row.claims:,}",
            asserted=f"{row.asserted:,}",
            denied=f"{row.denied:,}",
        )
        for row in claimed[:most]
    ]


class KindRow(Struct, frozen=True):
    """Loops of a kind."""

    name: str
    loops: str
    threads: str
    turns: str
    per_loop: str
    empty: str  # of the restatements, how many bring nothing new
    ends: str


def kind_rows(kinds: Iterable[LoopKind]) -> list[KindRow]:
    """Return the kinds of loops with how they end."""
    return [
        KindRow(
            name=KINDS.get(row.kind, plain(row.kind)),
            loops=f"{row.loops:,}",
            threads=f"{row.threads:,}",
            turns=f"{row.turns:,}",
            per_loop=f"{row.turns / row.loops:.1f}",
            empty=f"{row.empty:,} of {row.restatements:,}",
            ends=listed(
                [
                    f"{n:,} {STATES.get(state, plain(state)).partition(':')[0]}"
                    for state, n in row.states.items()
                ]
            ),
        )
        for row in kinds
    ]


class TopicRow(Struct, frozen=True):
    """What loops are over."""

    name: str
    kind: str
    loops: str
    threads: str
    turns: str
    open: str
    command: str


def topic_rows(topics: Sequence[Topic], most: int) -> list[TopicRow]:
    """Return the first topics, each with the thread that has most turns of it."""
    return [
        TopicRow(
            name=shortened(row.topic, _NAME),
            kind=KINDS.get(row.kind, plain(row.kind)),
            loops=f"{row.loops:,}",
            threads=f"{row.threads:,}",
            turns=f"{row.turns:,}",
            open=f"{row.open:,}",
            command=command_for(row.thread_id),
        )
        for row in topics[:most]
    ]


class ReadingRow(Struct, frozen=True):
    """A thread worth reading."""

    title: str
    thread_id: str
    since: str
    size: str
    loops: str
    turns: str
    disagreement: str
    evenness: str
    places: tuple[str, ...]
    sum: str
    command: str


def reading_rows(readings: Sequence[Reading], most: int) -> list[ReadingRow]:
    """Return the threads most worth reading, with what their places rest on."""
    return [
        ReadingRow(
            title=shortened(row.title, _TITLE),
            thread_id=shortened(row.thread_id, _NAME),
            since=row.since,
            size=f"{counted(row.posts, 'post')} by {counted(row.authors, 'author')}",
            loops=f"{row.loops:,}",
            turns=f"{row.turns:,}",
            disagreement=f"{row.disagreements:,} of {row.replies:,}",
            evenness="–" if row.evenness is None else f"{100 * row.evenness:.0f} %",
            places=tuple(f"{place:,}" for place in row.places),
            sum=f"{sum(row.places):,}",
            command=command_for(row.thread_id),
        )
        for row in readings[:most]
    ]


def command_for(thread_id: str) -> str:
    """Return the command that draws the report of a thread, safe to be pasted into a shell.

    Empty where a page cannot show the id as it is: where it is too long, or holds line ends, blanks side by
    side or signs that are not seen.
    """
    if len(thread_id) > _LONGEST_ID or not thread_id.isprintable() or "  " in thread_id:
        return ""
    option = (
        f"--thread={shlex.quote(thread_id)}"
        if thread_id.startswith("-")
        else f"--thread {shlex.quote(thread_id)}"
    )
    return f"discourse report DIR {option}"


def language_bars(extent: Extent) -> list[Bar]:
    """Return the commonest languages, the others together."""
    counts = list(extent.languages.items())
    shown, others = counts[:_MOST_LANGUAGES], sum(n for _, n in counts[_MOST_LANGUAGES:])
    rows = [(_language(name), n) for name, n in shown] + ([("other languages", others)] if others else [])
    return _bars(rows, extent.posts)


def _language(name: str) -> str:
    return {UNKNOWN: "not told", "en": "English"}.get(name) or LANGUAGES.get(name, name)


def layer_bars(extent: Extent) -> list[Bar]:
    """Return how many labels of each layer were given."""
    rows = [(LAYERS.get(layer, layer), n) for layer, n in extent.layers.items()]
    return _bars(rows, max(extent.layers.values(), default=1))


def _bars(rows: Iterable[tuple[str, int]], whole: int) -> list[Bar]:
    return [Bar("count", words, f"{n:,}", 100 * n / max(whole, 1)) for words, n in rows]


def problem_of(problem: str) -> str:
    """Return what went wrong, on one line of bounded length."""
    return shortened(problem, _PROBLEM)
