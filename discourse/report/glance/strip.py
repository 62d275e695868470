"""A thread of up to some 150 posts: a mark a post, arcs to the posts answered, a row for each dispute.

It is HTML with bare SVG shapes rather than a drawn figure: every mark is a link that the keyboard
reaches and that has a name, letters keep their size at every width, and no plotting library is loaded.
"""

from msgspec import Struct

from discourse.model import Post, Turn
from discourse.report.basis.book import Ref
from discourse.report.basis.words import REPLIES, counted
from discourse.report.disputes.course import Step, overview
from discourse.report.glance.lineup import CAMPS, MOST_ROWS, SIGNS, Lineup, LoopHere, called

MOST = 150  # posts that get a mark each
LANES: dict[int | None, str] = {CAMPS[0]: "one", None: "free", CAMPS[1]: "two"}  # by camp, from above
_HIGH, _FLATTEST = 100, 8  # height of the arcs' field in its own units; posts that a full arc spans at least
_TICKS = (1, 2, 5, 10, 20, 25, 50)
_MOST_TICKS = 12


class Mark(Struct, frozen=True):
    """One post."""

    ref: Ref
    lane: str  # one | two | free
    sign: str  # of lineup.SIGNS
    words: str


class Arcs(Struct, frozen=True):
    """All links of one look, as the path of an SVG whose units are posts across."""

    sign: str
    guess: bool
    path: str


class TurnMark(Struct, frozen=True):
    """One turn of a dispute; `at` in per cent of the strip."""

    href: str
    side: str
    kind: str  # assertion | restatement | empty
    at: str
    words: str


class Row(Struct, frozen=True):
    """One dispute as a band along the strip."""

    number: int
    question: str
    count: str  # of its turns, in words
    first: Ref
    last: Ref
    start: str  # per cent
    width: str
    turns: list[TurnMark]


class Tick(Struct, frozen=True):
    """A place along the strip, in per cent, and the post there."""

    at: str
    ref: Ref
    words: str = ""


class Strip(Struct, frozen=True):
    """The whole picture."""

    marks: list[Mark]
    lanes: list[str]  # those in use, from above
    signs: list[str]  # those in use
    arcs: list[Arcs]
    rows: list[Row]
    events: list[Tick]
    ticks: list[Tick]


def strip(line: Lineup) -> Strip:
    """Lay out a thread that has no more than `MOST` posts."""
    marks = [_mark(line, post) for post in line.posts]
    lanes = {mark.lane for mark in marks}
    return Strip(
        marks=marks,
        lanes=[lane for lane in LANES.values() if lane in lanes],
        signs=[sign for sign in SIGNS if sign in line.signs.values()],
        arcs=_arcs(line),
        rows=[_row(line, loop) for loop in line.loops[:MOST_ROWS]],
        events=_events(line),
        ticks=ticks(line),
    )


def lane_of(line: Lineup, post: Post) -> str:
    """Name the row of a post, that of its author's camp; without camps all stand in the first."""
    return LANES[line.camps.get(post.author)] if line.camps else LANES[CAMPS[0]]


def middle(line: Lineup, place: int) -> str:
    """Return how far along the strip the middle of a post lies, in per cent."""
    return f"{100 * (place + 0.5) / len(line.posts):.2f}"


def ticks(line: Lineup) -> list[Tick]:
    """Return the posts whose numbers stand below the strip, at round distances."""
    count = len(line.posts)
    scale = 10 ** max(0, len(str(count)) - 3)
    step = next((s * scale for s in _TICKS if count / (s * scale) <= _MOST_TICKS), 100 * scale)
    places = [0, *range(step - 1, count, step)]
    return [Tick(middle(line, place), line.ref(place)) for place in dict.fromkeys(places)]


def _mark(line: Lineup, post: Post) -> Mark:
    ref = line.book.refs[post.post_id]
    camp = line.camps.get(post.author)
    words = f"#{ref.number} {called(post.author)}" + (f", camp {camp}" if camp else "")
    sign = line.signs[post.post_id]
    if sign != "none":
        answered = line.book.refs.get(post.reply_to or "")
        whom = f"#{answered.number}" if answered else "a post that is not here"
        words += f": {REPLIES.get(sign, 'answers')} {whom}" + (
            " (a guess)" if line.book.guessed(post) else ""
        )
    return Mark(ref, lane_of(line, post), sign, words)


def _arcs(line: Lineup) -> list[Arcs]:
    links = [(post, parent) for post in line.posts if (parent := line.parents[post.post_id]) is not None]
    spans = [abs(line.places[post.post_id] - line.places[parent]) for post, parent in links]
    widest = max([_FLATTEST, *spans])
    paths: dict[tuple[str, bool], list[str]] = {}
    for (post, parent), span in zip(links, spans, strict=True):
        # a square root, so that the many short arcs can be seen beside the few long ones
        top = _HIGH - 4 / 3 * (_HIGH - 2) * (span / widest) ** 0.5
        one, two = line.places[parent] + 0.5, line.places[post.post_id] + 0.5
        path = f"M{one} {_HIGH}C{one} {top:.1f} {two} {top:.1f} {two} {_HIGH}"
        paths.setdefault((line.signs[post.post_id], line.book.guessed(post)), []).append(path)
    looks = [(sign, guess) for guess in (True, False) for sign in reversed(SIGNS)]
    return [Arcs(sign, guess, "".join(paths[sign, guess])) for sign, guess in looks if (sign, guess) in paths]


def _row(line: Lineup, here: LoopHere) -> Row:
    places = [line.places[turn.post_id] for turn in here.turns]
    first, last = min(places), max(places)
    return Row(
        number=here.number,
        question=here.loop.question,
        count=counted(line.book.count("turns", ("loop", here.loop.loop_id)), "turn"),
        first=line.ref(first),
        last=line.ref(last),
        start=f"{100 * first / len(line.posts):.2f}",
        width=f"{100 * (last + 1 - first) / len(line.posts):.2f}",
        turns=[_turn(line, here.number, turn) for turn in here.turns],
    )


def _turn(line: Lineup, number: int, turn: Turn) -> TurnMark:
    kind, words = "assertion", "asserts"
    if turn.role == "restatement":
        kind = "empty" if turn.is_empty else "restatement"
        words = "restates, nothing new" if turn.is_empty else "restates, with something new"
    ref = line.book.refs[turn.post_id]
    return TurnMark(
        href=f"d{number}-t{turn.turn}",
        side=turn.side,
        kind=kind,
        at=middle(line, line.places[turn.post_id]),
        words=f"Turn {turn.turn}, side {turn.side.upper()}, #{ref.number} {called(turn.author)}: {words}",
    )


def _events(line: Lineup) -> list[Tick]:
    """Return a tick for each post at which the thread turns, whatever else it does there."""
    found: dict[str, list[Step]] = {}
    for step in overview(line.book, line.thread_id, line.posts).steps:
        found.setdefault(step.ref.anchor, []).append(step)
    places = {ref.anchor: place for place, ref in enumerate(map(line.ref, range(len(line.posts))))}
    return [
        Tick(middle(line, places[anchor]), steps[0].ref, "; ".join(map(_said, steps)))
        for anchor, steps in sorted(found.items(), key=lambda item: places[item[0]])
        if anchor in places
    ]


def _said(step: Step) -> str:
    return f"{called(step.author)} {step.what}" if step.author else step.what
