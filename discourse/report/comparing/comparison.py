"""Two runs side by side: how they were made, what they add up to, and what they say otherwise."""

from collections.abc import Sequence

from msgspec import Struct

from discourse.plots import svg_of
from discourse.plots.comparing import rate_dots
from discourse.report.basis.rendering import render
from discourse.report.basis.words import plain
from discourse.report.comparing.compared import DASH, ComparedRun, ComparedSource, Row, differing_facts, lede
from discourse.report.comparing.differing import SameSource, same_source
from discourse.summary.across import Recurring, same_disputes, shared_authors, shared_targets
from discourse.summary.comparing import Measure, Pair, Size, pairs, sizes

STYLES = ("base", "masthead", "index", "comparison", "narrow", "print")
SHOWN_SETTINGS, SHOWN_NAMES, SHOWN_TARGETS, SHOWN_DISPUTES, SHOWN_SOURCES = 60, 40, 25, 20, 20
_GROUPS = {
    "links": "Who answers whom",
    "agreement": "Agreement",
    "stance": "Stance and camps",
    "disputes": "Disputes",
}


class BothDisputes(Struct, frozen=True):
    """Disputes of either run: links and questions."""

    pairs: list[tuple[list[tuple[str, str]], list[tuple[str, str]]]]
    first: list[tuple[str, str]]
    second: list[tuple[str, str]]
    totals: tuple[int, int, int]


class Comparison(Struct, frozen=True):
    """All that a comparison shows."""

    names: tuple[str, str]
    lede: str
    making: list[Row]  # what differs
    alike: int  # facts of the making that do not
    making_left_out: int
    sizes: list[Row]
    groups: list[tuple[str, list[Row]]]
    rates: list[Row]
    chart: str
    compared: int  # how many shares and rates
    authors: list[Row]
    authors_in_both: int
    targets: list[Row]
    targets_in_both: int
    disputes: BothDisputes
    sources: list[SameSource]  # that both read

    @property
    def differing(self) -> list[SameSource]:
        """The sources of which the runs do not say the same, as many as are shown."""
        return [source for source in self.sources if not source.is_alike][:SHOWN_SOURCES]

    @property
    def same(self) -> int:
        """Of how many sources the runs say the same."""
        return sum(source.is_alike for source in self.sources)

    @property
    def sources_left_out(self) -> int:
        """How many sources that differ are not shown."""
        return len(self.sources) - self.same - len(self.differing)


def compare(first: ComparedRun, second: ComparedRun) -> Comparison:
    """Lay out two runs side by side; neither is called the better one."""
    making, alike = differing_facts(first, second)
    found = pairs(first.figures, second.figures)
    rates = [pair for pair in found if pair.group == "markers"]
    both = [first.facts, second.facts]
    authors, targets = shared_authors(both), shared_targets(both)
    same = _same_sources(first, second)
    return Comparison(
        names=(first.name, second.name),
        lede=lede(making, len(same)),
        making=making[:SHOWN_SETTINGS],
        alike=alike,
        making_left_out=max(0, len(making) - SHOWN_SETTINGS),
        sizes=[_size(size) for size in sizes(first.figures, second.figures)],
        groups=[
            (title, [_share(pair) for pair in found if pair.group == group])
            for group, title in _GROUPS.items()
        ],
        rates=[_rate(pair) for pair in rates],
        chart=_chart(rates),
        compared=len(found),
        authors=[_both(one) for one in authors[:SHOWN_NAMES]],
        authors_in_both=len(authors),
        targets=[_both(one) for one in targets[:SHOWN_TARGETS]],
        targets_in_both=len(targets),
        disputes=_disputes(first, second),
        sources=[same_source(one.tables(), other.tables(), (one.href, other.href)) for one, other in same],
    )


def render_comparison(found: Comparison) -> str:
    """Render a comparison as a page that stands alone; the same bytes for the same runs."""
    return render("comparison.html.j2", styles=STYLES, c=found)


def _size(size: Size) -> Row:
    return Row(size.name, _number(size.values[0]), _number(size.values[1]))


def _number(value: float | None) -> str:
    return DASH if value is None else f"{value:,.0f}"


def _share(pair: Pair) -> Row:
    def told(one: Measure) -> tuple[str, str]:
        if one.value is None or one.low is None or one.high is None:
            return DASH, "none to count"
        interval = f"{100 * one.low:.0f} to {100 * one.high:.0f} %"
        return f"{100 * one.value:.0f} %", f"{one.count:,} of {one.of:,}; {interval}"

    (first, basis), (second, other) = map(told, pair.measures)
    return Row(pair.name, first, second, basis, other, is_apart=pair.is_apart)


def _rate(pair: Pair) -> Row:
    def told(one: Measure) -> tuple[str, str]:
        if one.value is None or one.low is None or one.high is None:
            return DASH, "no words"
        return f"{one.value:.1f}", f"{one.low:.1f} to {one.high:.1f} ({one.count:,})"

    (first, basis), (second, other) = map(told, pair.measures)
    return Row(plain(pair.name), first, second, basis, other, *_ratio(pair), pair.is_apart)


def _ratio(pair: Pair) -> tuple[str, str]:
    if pair.ratio is None:
        return DASH, ""
    ratio, low, high = pair.ratio
    ends = f"{low:.2g} or more" if high is None else f"{low:.2g} to {high:.3g}"
    return (DASH if ratio is None else f"{ratio:.2f}"), ends


def _chart(rates: Sequence[Pair]) -> str:
    rows = []
    for pair in rates:
        one, other = (
            (m.value or 0.0, m.low, m.high) if m.low is not None and m.high is not None else None
            for m in pair.measures
        )
        if one is not None and other is not None:
            rows.append((plain(pair.name), one, other))
    if not rows:
        return ""
    title = "Markers per 1,000 own words in run A and run B, with intervals; the table says the same"
    return svg_of(rate_dots(rows), prefix="rates", title=title)


def _both(one: Recurring) -> Row:
    return Row(one.name, f"{one.places[0][0]:,}", f"{one.places[1][0]:,}")


def _disputes(first: ComparedRun, second: ComparedRun) -> BothDisputes:
    known = (first.disputes, second.disputes)
    groups = same_disputes([first.facts, second.facts])
    taken = {member for group in groups for member in group.members}
    alone = [
        [row for number, row in enumerate(rows, start=1) if (place, number) not in taken]
        for place, rows in enumerate(known)
    ]
    matched = [
        tuple(
            [known[place][number - 1] for at, number in group.members if at == place][:SHOWN_DISPUTES]
            for place in (0, 1)
        )
        for group in groups[:SHOWN_DISPUTES]
    ]
    return BothDisputes(
        [(one, other) for one, other in matched],
        alone[0][:SHOWN_DISPUTES],
        alone[1][:SHOWN_DISPUTES],
        (len(groups), len(alone[0]), len(alone[1])),
    )


def _same_sources(first: ComparedRun, second: ComparedRun) -> list[tuple[ComparedSource, ComparedSource]]:
    theirs = {source.digest: source for source in reversed(second.sources)}
    ours = {source.digest: source for source in reversed(first.sources)}
    return [(ours[key], theirs[key]) for key in reversed(list(ours)) if key and key in theirs]
