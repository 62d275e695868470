"""Rows to numbers: when loops run and rest, what share of a thread they take, how fast novelty falls."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from statistics import mean, median
from typing import Any

from discourse.summary.facts import Facts, grouped

Figure = tuple[str, float | None, str]  # metric, value, unit

TENTHS = 10
_FEWEST_POSTS = 2 * TENTHS  # of a thread whose tenths hold two posts at least
_FEWEST_THIRDS = 6  # restatements, so that a third holds two
_FEWEST_SLOPE = 4
_MOST_SLOPE = 200  # restatements that are paired with each other; of more, as many at even distances
_PARTS = {"drawn_in": "drawn_in", "leaves": "left", "grants": "granted"}


def theil_sen(values: Sequence[float]) -> float | None:
    """Return the median slope over all pairs of values, a step of one apart; None for fewer than four.

    The estimator of Theil (1950) and Sen (1968, "Estimates of the regression coefficient based on Kendall's
    tau", JASA 63): up to three values in ten may be off without moving it far.
    """
    if len(values) < _FEWEST_SLOPE:
        return None
    step = max(1.0, len(values) / _MOST_SLOPE)
    places = sorted({int(number * step) for number in range(min(len(values), _MOST_SLOPE))})
    slopes = [
        (values[two] - values[one]) / (two - one) for at, one in enumerate(places) for two in places[at + 1 :]
    ]
    return round(median(slopes), 4)


def novelty_figures(turns: Sequence[Mapping[str, Any]]) -> Iterator[Figure]:
    """Yield how the novelty of a loop's restatements falls, in the order of its turns.

    `novelty_first_third` and `novelty_last_third` are means, empty for fewer than six restatements;
    `novelty_slope` is the robust slope from one restatement to the next, empty for fewer than four.
    """
    values = [float(turn["novelty"]) for turn in turns if turn["role"] == "restatement"]
    third = len(values) // 3
    enough = len(values) >= _FEWEST_THIRDS
    unit = "share of content words"
    yield "novelty_first_third", round(mean(values[:third]), 4) if enough else None, unit
    yield "novelty_last_third", round(mean(values[-third:]), 4) if enough else None, unit
    yield "novelty_slope", theil_sen(values), f"{unit}, a restatement"


def loop_figures(thread: Facts) -> Iterator[tuple[str, Figure]]:
    """Yield for each loop of a thread, by its id, when it ran, how it rested and what share it took.

    Places count the thread's posts from 1 and pauses lie between two turns, those in hours between two that
    follow each other in time. How long it lasted is empty where the time of a turn is unknown.
    """
    posts = sorted(thread.posts, key=lambda post: post.position)
    places = {post.post_id: place for place, post in enumerate(posts, start=1)}
    words = sum(thread.words[post.post_id] for post in posts)
    turns = grouped(thread.turns, lambda turn: turn["loop_id"])
    events = grouped(thread.events, lambda event: event["loop_id"])
    times = {post.post_id: post.timestamp for post in posts}
    for loop in thread.loops:
        own = sorted(turns.get(loop["loop_id"], []), key=lambda turn: turn["turn"])
        own = [turn for turn in own if turn["post_id"] in places]
        if not own:
            continue
        at = [places[turn["post_id"]] for turn in own]
        spoken = sum(thread.words[post_id] for post_id in dict.fromkeys(turn["post_id"] for turn in own))
        # a page may show answers below what they answer, and not in the order of their times
        moments = sorted(moment for turn in own if (moment := times[turn["post_id"]]) is not None)
        hours = [(two - one).total_seconds() / 3600 for one, two in pairwise(moments)]
        whole = bool(hours) and len(moments) == len(own)
        figures: list[Figure] = [
            ("first_turn", float(at[0]), "place in the thread"),
            ("last_turn", float(at[-1]), "place in the thread"),
            ("posts_share", _share(len(set(at)), len(posts)), "share of posts"),
            ("words_share", _share(spoken, words), "share of own words"),
            ("longest_pause", float(max((two - one - 1 for one, two in pairwise(at)), default=0)), "posts"),
            ("longest_pause_hours", round(max(hours), 4) if hours else None, "hours"),
            ("lasted_hours", round(sum(hours), 4) if whole else None, "hours"),
            *novelty_figures(own),
            *_event_counts(events.get(loop["loop_id"], [])),
        ]
        yield from ((str(loop["loop_id"]), figure) for figure in figures)


def _event_counts(events: Sequence[Mapping[str, Any]]) -> Iterator[Figure]:
    """Yield how often a loop was resumed, and how many people were drawn in, left and granted something."""
    yield "resumed", float(sum(event["kind"] == "resumes" for event in events)), "times"
    for kind, metric in _PARTS.items():
        people = {event["author"] for event in events if event["kind"] == kind}
        yield metric, float(len(people)), "authors"


def posts_in_loops(facts: Facts) -> Iterator[Figure]:
    """Yield how many posts are turns of a loop, and which share that is; empty shares without posts."""
    inside = {turn["post_id"] for turn in facts.turns}
    held = [post for post in facts.posts if post.post_id in inside]
    words = sum(facts.words[post.post_id] for post in facts.posts)
    yield "posts_in_loops", float(len(held)), "posts"
    yield "posts_in_loops_share", _share(len(held), len(facts.posts)), "share of posts"
    own = sum(facts.words[post.post_id] for post in held)
    yield "words_in_loops_share", _share(own, words), "share of own words"


def thread_figures(thread: Facts) -> Iterator[Figure]:
    """Yield the share of posts in loops by tenths of a thread, and its turning points by kind.

    Tenths are counted where the thread has a loop and at least twenty posts.
    """
    posts = sorted(thread.posts, key=lambda post: post.position)
    inside = {turn["post_id"] for turn in thread.turns}
    if thread.loops and len(posts) >= _FEWEST_POSTS:
        for tenth in range(TENTHS):
            part = posts[tenth * len(posts) // TENTHS : (tenth + 1) * len(posts) // TENTHS]
            share = _share(sum(post.post_id in inside for post in part), len(part))
            yield f"posts_in_loops_share.{tenth + 1}", share, "share of posts"
    kinds = Counter(event["kind"] for event in thread.events)
    for kind in sorted(kinds):
        yield f"turning_points.{kind}", float(kinds[kind]), "events"


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None
