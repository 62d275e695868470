"""What is told of a run over many threads, as one page."""

from collections.abc import Mapping

from msgspec import Struct
from msgspec.structs import replace

from discourse.report.basis.rendering import render
from discourse.report.basis.titles import file_of
from discourse.report.basis.words import counted, listed
from discourse.report.frame.made import made_of_several, withheld
from discourse.report.many.charts import FEWEST, HIGH, WIDE, bars, smalls
from discourse.report.many.rows import (
    claim_rows,
    kind_rows,
    language_bars,
    layer_bars,
    problem_of,
    rate_rows,
    reading_rows,
    target_rows,
    topic_rows,
)
from discourse.report.quality.errors_known import errors_of
from discourse.summary.headlines import shortened
from discourse.summary.many import Extent, Fault, Faults, ManyThreads

STYLES = ("base", "masthead", "index", "markers", "quality", "many", "narrow", "print")
TARGETS, CLAIMS, TOPICS, OVER_TARGETS, READINGS, FAULTS = 25, 15, 25, 15, 25, 20  # rows that are shown
_TITLE = 60


class _Key(Struct, frozen=True):
    number: str
    words: str
    note: str
    href: str


def render_many(many: ManyThreads, run: Mapping[str, object]) -> str:
    """Render the summary over all threads of a run.

    Parameters
    ----------
    run
        The run record; see `render_report`.

    Returns
    -------
    str
        HTML that needs no script and asks nothing of the network; the same bytes for the same numbers and
        record.
    """
    rates, meanings = (_mapping(run.get(name)) for name in ("error_rates", "meanings"))
    extent = many.extent
    return render(
        "many.html.j2",
        styles=STYLES,
        title=_title(run),
        lede=_lede(extent),
        keys=_keys(extent),
        withheld=withheld(run),
        many=many,
        extent=extent,
        bars=bars(many.periods),
        languages=language_bars(extent),
        layers=layer_bars(extent),
        targets=target_rows(many.targets, TARGETS),
        claims=claim_rows(many.claimed, CLAIMS),
        kinds=kind_rows(many.kinds),
        topics=topic_rows(many.topics, TOPICS),
        over_targets=topic_rows(many.over_targets, OVER_TARGETS),
        smalls=smalls(many.series),
        fewest=FEWEST,
        wide=WIDE,
        high=HIGH,
        markers=rate_rows(many.rates, "rhetoric", meanings, rates),
        answers=rate_rows(many.rates, "reply", meanings, rates),
        readings=reading_rows(many.readings, READINGS),
        faults=_faults(many.faults),
        known=errors_of(_counts(extent), extent.guessed, rates),
        made=replace(made_of_several(run), command=""),
    )


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, Mapping) else {}


def _title(run: Mapping[str, object]) -> str:
    listed_sources = run.get("sources")
    rows = [_mapping(row) for row in listed_sources] if isinstance(listed_sources, list) else []
    files = [shortened(file_of(str(row.get("uri", ""))), _TITLE) for row in rows]
    names = [*files[:3], f"{len(files) - 3:,} more"] if len(files) > 3 else files
    return listed(names) or "Comments"


def _lede(extent: Extent) -> str:
    words = f"{counted(extent.posts, 'comment')} in {counted(extent.threads, 'thread')}"
    if extent.since:
        words += f", from {extent.since}" + (f" to {extent.until}" if extent.until != extent.since else "")
    if not extent.loops:
        return words + ". No argument was found that goes round in circles."
    verb = "argument goes" if extent.loops == 1 else "arguments go"
    return f"{words}. {extent.loops:,} {verb} round in circles."


def _keys(extent: Extent) -> list[_Key]:
    mean = extent.posts / extent.threads if extent.threads else 0.0
    span = f"{extent.since[:7]} to {extent.until[:7]}" if extent.since else ""
    timeless = f"{extent.timeless:,} without a time" if extent.timeless else span
    nameless = f"{counted(extent.nameless, 'post')} without one" if extent.nameless else ""
    guessed = f"{extent.guessed:,} guessed" if extent.guessed else "none a guess"
    return [
        _Key(f"{extent.posts:,}", "comments", timeless, "#read"),
        _Key(f"{extent.threads:,}", "threads", f"{mean:.1f} posts each, at most {extent.longest:,}", "#read"),
        _Key(f"{extent.authors:,}", "different names", nameless, "#read"),
        _Key(f"{extent.replies:,}", "replies", guessed if extent.replies else "", "#answers"),
        _Key(f"{extent.loops:,}", "disputes in circles", counted(extent.turns, "turn"), "#loops"),
        _Key(f"{extent.stances:,}", "stances", "of an author in a thread", "#argued"),
    ]


def _faults(faults: Faults) -> Faults:
    return replace(
        faults,
        first=tuple(
            Fault(shortened(row.thread_id, _TITLE), row.stage, problem_of(row.problem))
            for row in faults.first[:FAULTS]
        ),
    )


def _counts(extent: Extent) -> dict[str, int]:
    return {
        "posts": extent.posts,
        "links": extent.replies,
        "quote": extent.layers.get("quote", 0),
        "reply": extent.layers.get("reply", 0),
        "stance": extent.stances,
        "camps": extent.camps,
        "rhetoric": extent.layers.get("rhetoric", 0),
        "claim": extent.claims,
        "loops": extent.loops,
        "novelty": extent.restatements,
        "ends": extent.loops,
    }
