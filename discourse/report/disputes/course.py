"""When each dispute ran and who came, went and granted; what disputes take of a thread, where it turns."""

from collections.abc import Mapping, Sequence
from functools import partial

from msgspec import Struct

from discourse.model import Event, Loop, Post
from discourse.report.basis.book import Book, Ref
from discourse.report.basis.words import STATES, UNSURE_BELOW, counted, listed

MOST_SHOWN = 8  # turning points of a thread, or steps of one kind, that stand unfolded
_LONGEST = 120  # characters of a quotation
_HOURS_A_DAY, _LONG = 24, 48  # hours from which days are counted
_FEWEST = 20  # posts of a thread whose share of posts in disputes says something
_GRANTS = {
    "concession": "concedes a point",
    "conceded": "concedes",
    "compromise": "offers a compromise",
    "refined": "narrows the claim",
}

_GONE = {"speaks no more": "was answered, and did not come back"}


class Step(Struct, frozen=True):
    """One event as it is shown."""

    ref: Ref
    author: str  # empty where it is nobody's
    letter: str  # of the author's side; empty where none is told
    what: str
    quote: str  # words that show it; empty where none are given
    score: str  # empty where it is as sure as the dispute itself
    unsure: bool


class Course(Struct, frozen=True):
    """How one dispute went."""

    first: Ref | None  # None where the post is not here
    last: Ref | None
    facts: list[str]
    parts: list[tuple[str, list[Step]]]  # "Drawn in", "Left" and "Granted" with what there is of each
    novelty: str  # how the share of new words fell; empty where too few restate


class Overview(Struct, frozen=True):
    """What disputes were to one thread, and where it turned."""

    share: str  # empty in short threads without a dispute
    tenths: str  # empty where none were counted
    steps: list[Step]
    folded: bool
    has_matter: bool  # whether a change of matter is among them
    has_gone: bool  # whether somebody who did not come back is


def course(book: Book, loop: Loop) -> Course:
    """Say when a dispute ran, what it took, and who was drawn in, left or granted something."""
    start = book.by_id.get(loop.first_post)
    here = book.events.get(start.thread_id, []) if start is not None else []
    events = [event for event in here if event.loop_id == loop.loop_id]
    sides = {turn.author: turn.side for turn in book.turns[loop.loop_id]}
    told = {"drawn_in": "Drawn in", "leaves": "Left", "grants": "Granted"}
    parts = [(name, [_step(book, e, sides) for e in events if e.kind == kind]) for kind, name in told.items()]
    return Course(
        first=book.refs.get(loop.first_post),
        last=book.refs.get(loop.last_post),
        facts=_facts(book, ("loop", loop.loop_id)),
        parts=[(name, steps) for name, steps in parts if steps],
        novelty=_novelty(book, ("loop", loop.loop_id)),
    )


def overview(book: Book, thread_id: str, posts: list[Post]) -> Overview:
    """Say what share of a thread's posts are turns of disputes, and list its turning points."""
    events = book.events.get(thread_id, [])
    numbers = {loop.loop_id: number for number, loop in enumerate(book.loops, start=1)}
    # one post may start, end or concede something in several disputes at once
    groups: dict[tuple[str, str, str | None, str | None], list[Event]] = {}
    for event in events:
        groups.setdefault((event.post_id, event.kind, event.author, event.detail), []).append(event)
    steps = [_point(book, group, numbers) for group in groups.values()]
    unit = ("thread", thread_id)
    inside = book.count("posts_in_loops", unit)
    share = ""
    if inside or len(posts) >= _FEWEST:
        share = (
            f"{inside:,} of {counted(len(posts), 'post')} ({_percent(book, 'posts_in_loops_share', unit)}) "
        )
        share += "is a turn of a dispute." if inside == 1 else "are turns of a dispute."
    tenths = [f"{100 * value:.0f}" for value in book.metrics("posts_in_loops_share", unit).values()]
    return Overview(
        share=share,
        tenths=f"From the first tenth of the thread to the last: {', '.join(tenths)} %." if tenths else "",
        steps=steps,
        folded=len(steps) > MOST_SHOWN,
        has_matter=any(event.kind == "matter" for event in events),
        has_gone=any(event.kind == "leaves" and event.detail in _GONE for event in events),
    )


def _facts(book: Book, unit: tuple[str, str]) -> list[str]:
    facts = []
    if (hours := book.number("lasted_hours", unit)) is not None:
        facts.append(f"over {_time(hours)}")
    share = partial(_percent, book, unit=unit)
    if book.number("posts_share", unit) is not None:
        facts.append(f"{share('posts_share')} of the thread's posts, {share('words_share')} of its words")
    if pause := book.count("longest_pause", unit):
        hours = book.number("longest_pause_hours", unit)
        rest = "" if hours is None else f" or {_time(hours)}"
        facts.append(f"longest pause {counted(pause, 'post')}{rest}")
    if resumed := book.count("resumed", unit):
        facts.append("resumed once" if resumed == 1 else f"resumed {counted(resumed, 'time')}")
    return facts


def _percent(book: Book, metric: str, unit: tuple[str, str]) -> str:
    share = book.number(metric, unit)
    return "–" if share is None else f"{100 * share:.0f} %"


def _time(hours: float) -> str:
    if hours < 1:
        return counted(round(60 * hours), "minute")
    return counted(round(hours), "hour") if hours < _LONG else counted(hours // _HOURS_A_DAY, "day")


def _novelty(book: Book, unit: tuple[str, str]) -> str:
    first, last = (book.number(f"novelty_{name}_third", unit) for name in ("first", "last"))
    slope = book.number("novelty_slope", unit)
    if first is None or last is None or slope is None:
        return ""
    steps = f"{100 * slope:+.1f}".replace("-", "−")  # a minus sign, no hyphen
    return (
        f"Restatements hold {100 * first:.0f} % new words in their first third, {100 * last:.0f} % in their "
        f"last ({steps} points from one to the next)."
    )


def _step(book: Book, event: Event, sides: Mapping[str, str]) -> Step:
    what = event.detail or ""
    if event.kind == "drawn_in":
        what = ""
    elif event.kind == "grants":
        what = _GRANTS.get(what, what)
    elif event.kind == "leaves":
        what = _GONE.get(what, what)
    shows = event.kind == "grants" or (event.kind == "leaves" and event.detail not in _GONE)
    return _made(book, event, what, letter=sides.get(event.author or "", ""), shows=shows)


def _point(book: Book, events: Sequence[Event], numbers: Mapping[str, int]) -> Step:
    event = max(events, key=lambda e: e.score)  # the first of the surest
    known = [str(numbers[e.loop_id]) for e in events if e.loop_id is not None and e.loop_id in numbers]
    dispute = f"{'dispute' if len(known) == 1 else 'disputes'} {listed(known)}" if known else "a dispute"
    detail = event.detail or ""
    said = {
        "starts": f"starts {dispute}",
        "resumes": f"takes {dispute} up again {detail}",
        "drawn_in": f"is drawn into {dispute}, side {detail.upper()}",
        "grants": f"{_GRANTS.get(detail, detail)} in {dispute}",
        "leaves": f"leaves {dispute}: {_GONE.get(detail, detail)}",
        "ends": f"has the last turn of {dispute} ({STATES.get(detail, detail).partition(':')[0]})",
        "matter": f"The matter changes: {detail}" if detail else "The matter changes",
    }
    shows = event.kind in ("grants", "leaves") and detail not in _GONE
    return _made(book, event, said[event.kind], letter="", shows=shows)


def _made(book: Book, event: Event, what: str, *, letter: str, shows: bool) -> Step:
    quote = " ".join((event.quote or "").split()) if shows else ""
    scored = event.kind in ("grants", "leaves", "matter")
    return Step(
        ref=book.refs[event.post_id],
        author=event.author or "",
        letter=letter,
        what=what,
        quote=quote if len(quote) <= _LONGEST else quote[: _LONGEST - 1] + "…",
        score=f"{event.score:.2f}" if scored else "",
        unsure=scored and event.score < UNSURE_BELOW,
    )
