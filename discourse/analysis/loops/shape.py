"""The shape of loops and threads: where they start, rest, draw people in, lose them, end, and turn."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from functools import cached_property
from itertools import pairwise
from statistics import median_low

from msgspec.structs import replace

from discourse.analysis.base import ThreadView, maker, read_threads
from discourse.analysis.loops.dispute import Links, with_own_quotes
from discourse.analysis.loops.shape_endings import AFTER, Course, Ending, endings
from discourse.analysis.loops.shape_matter import changes_of_matter, may_change
from discourse.model import Annotation, Event, Loop, Span, Turn
from discourse.tables import EVENTS, Tables, frame_of, rows_of
from discourse.text.gone import is_gone

PAUSE_POSTS = 10  # posts without a turn after which a loop is resumed and does not just go on
PAUSE_TIME = timedelta(days=1)  # the same where times are known, and the thread is not as slow throughout
_OFTEN = 10  # times the thread's usual time between two posts
_CORE_TURNS = 3  # of the two first opponents together, after which others are drawn in
_STILL_TURNS = 2  # of the other side after an author's last word that show that it goes on without him
_STILL_POSTS = 10  # of the thread after it: fewer leave him no time to come back
_SAYS_SO, _DEMANDED, _ASKED, _SPEAKS_NO_MORE = 0.8, 0.6, 0.4, 0.5
_KINDS = ("starts", "resumes", "drawn_in", "grants", "leaves", "ends", "matter")  # order within a post


class Shape:
    """Tells the turning points of each loop and thread, each with the post and the words that show it.

    `starts` and `ends` are the first and last turn of a loop; the detail of an end is the loop's state.
    `resumes` is a turn after at least ten posts without one, or after a day and ten times as long as posts of
    the thread are usually apart, both in the order of times and not of the page; the detail says how long.
    `drawn_in` is the first turn of anybody but the two first opponents (the first author of either side),
    once these have taken three turns between them; the detail is the side, a or b.
    `grants` is a post in which an author of the loop concedes, meets half-way or narrows his claim towards
    the other side; the detail is concession, conceded, compromise or refined. `leaves` is an author who says
    that he stops (detail `says so`); who posts on, but neither he nor an ally answers the last demand or
    question that a turn of the other side puts to him (`no answer to a demand`, `no answer to a question`;
    the post is the one that asks); or who, after two turns or more, is answered by the other side and posts
    nothing more in the thread, though ten posts and two turns of the other side follow his last turn
    (`speaks no more`; the post is that turn).
    `matter` is the first post after a change of the thread's matter, of no loop and no author; the
    detail holds words that come up with it, and without any there is no such event. No score is higher
    than that of the loop. Nobody is drawn in or leaves whose name the page withholds ("[deleted]"),
    since that may be several people.
    """

    name = "shape"
    version = 1
    requires = frozenset({"posts", "loops", "turns", "annotations:quote", "annotations:rhetoric"})
    assigns = frozenset({"events"})

    def analyze(self, tables: Tables) -> Tables:
        """Return the events of each thread, in the order of their posts."""
        turns: dict[str, dict[str, Turn]] = {}
        for turn in rows_of(Turn, tables["turns"]):
            turns.setdefault(turn.loop_id, {}).setdefault(turn.post_id, turn)
        loops: dict[str, dict[str, Loop]] = {}
        for loop in rows_of(Loop, tables["loops"]):
            loops.setdefault(loop.first_post, {}).setdefault(loop.loop_id, loop)
        events: list[Event] = []
        for thread in read_threads(tables):
            its = [loop for view in thread.posts for loop in loops.get(view.post.post_id, {}).values()]
            if not its and not may_change(thread):
                continue
            shape = _ThreadShape(thread, maker(self))
            events += shape.events([(loop, list(turns.get(loop.loop_id, {}).values())) for loop in its])
        return Tables({"events": frame_of(EVENTS, events)})


class _ThreadShape:
    """Finds the events of one thread."""

    def __init__(self, thread: ThreadView, by: str) -> None:
        self._thread, self._by = with_own_quotes(thread), by
        self._places = {view.post.post_id: place for place, view in enumerate(thread.posts)}
        self._conceding: dict[int, Annotation] = {}
        for row in thread.annotations:
            if row.layer == "rhetoric" and row.label == "concession":
                best = self._conceding.setdefault(self._places[row.post_id], row)
                if row.score > best.score:
                    self._conceding[self._places[row.post_id]] = row

    def events(self, loops: Sequence[tuple[Loop, Sequence[Turn]]]) -> list[Event]:
        """Return all events, in the order of their posts."""
        links = self._thread.remembered(Links) if loops else None
        found: list[Event] = []
        for loop, turns in loops:
            known = sorted((self._places[t.post_id], t) for t in turns if t.post_id in self._places)
            if known and links is not None:
                found += self._of_loop(loop, dict(known), links)
        for change in changes_of_matter(self._thread):
            found.append(
                self._event("matter", change.place, score=change.score, detail=", ".join(change.words))
            )
        order = {kind: number for number, kind in enumerate(_KINDS)}
        found.sort(key=lambda e: (self._places[e.post_id], order[e.kind], e.loop_id or "", e.author or ""))
        return [replace(event, number=number) for number, event in enumerate(found, start=1)]

    def _of_loop(self, loop: Loop, turns: dict[int, Turn], links: Links) -> Iterator[Event]:
        course = Course(self._thread, [(p, int(t.side == "b")) for p, t in turns.items()], links)
        ends = endings(course)
        told = [
            *self._course(loop, course, turns),
            *self._granted(course, ends),
            *self._left(course, turns, ends),
        ]
        for event in told:
            yield replace(event, loop_id=loop.loop_id, score=round(min(event.score, loop.score), 4))

    def _course(self, loop: Loop, course: Course, turns: dict[int, Turn]) -> Iterator[Event]:
        places = list(turns)
        yield self._turn("starts", places[0], turns[places[0]])
        rests = self._rests(places)
        for before, place in pairwise(places):
            if pause := self._pause(place - before - 1, rests.get(place)):
                yield self._turn("resumes", place, turns[place], pause)
        yield from self._drawn_in(course, turns)
        yield self._turn("ends", places[-1], turns[places[-1]], loop.state)

    @cached_property
    def _usual(self) -> timedelta:
        """The median time between two posts of the thread; none where times are unknown."""
        times = sorted(t for view in self._thread.posts if (t := view.post.timestamp) is not None)
        gaps = [two - one for one, two in pairwise(times)]
        return median_low(gaps) if gaps else timedelta()

    def _rests(self, places: Sequence[int]) -> Mapping[int, timedelta]:
        """Return how long before each turn the one lies that is next before it in time, where known."""
        times = sorted(
            (time, at) for at in places if (time := self._thread.posts[at].post.timestamp) is not None
        )
        return {at: two - one for (one, _), (two, at) in pairwise(times)}

    def _pause(self, between: int, rest: timedelta | None) -> str:
        """Say how long a loop rested before a turn; empty where it just went on."""
        told = []
        if between >= PAUSE_POSTS:
            told.append(f"after {between} posts")
        if rest is not None and rest >= max(PAUSE_TIME, _OFTEN * self._usual):
            told.append(f"after {rest.days} {'day' if rest.days == 1 else 'days'}")
        return ", ".join(told)

    def _drawn_in(self, course: Course, turns: dict[int, Turn]) -> Iterator[Event]:
        firsts: dict[int, str] = {}
        for place, side in course.turns:
            firsts.setdefault(side, course.author(place))
        core, taken, known = set(firsts.values()), 0, set(firsts.values())
        for place, turn in turns.items():
            author = course.author(place)
            if author not in known:
                known.add(author)
                if taken >= _CORE_TURNS and not is_gone(author):
                    yield self._turn("drawn_in", place, turn, turn.side)
            taken += author in core

    def _granted(self, course: Course, ends: Sequence[Ending]) -> Iterator[Event]:
        worded = {e.place: e for e in ends if e.state in ("conceded", "compromise", "refined")}
        reach = course.turns[-1][0] + AFTER
        for author, places in course.posts.items():
            for place in places:
                row, ending = self._conceding.get(place), worded.get(place)
                if ending is not None:
                    yield self._event(
                        "grants", place, author, ending.span, score=_SAYS_SO, detail=ending.state
                    )
                elif row is not None and place <= reach and self._concedes_in(course, place, author):
                    span = Span(start=row.start, end=row.end)
                    yield self._event("grants", place, author, span, score=row.score, detail="concession")

    def _concedes_in(self, course: Course, place: int, author: str) -> bool:
        """Say whether a post answers the other side of the loop, in a turn or right after one."""
        direct = course.links.direct(place)
        hangs = place in course.at or any(up in course.at for up in direct)
        return hangs and course.faces(place, course.sides[author])

    def _left(self, course: Course, turns: dict[int, Turn], ends: Sequence[Ending]) -> Iterator[Event]:
        told = {e.author: e for e in reversed(ends) if e.state == "silent"}
        told |= {e.author: e for e in reversed(ends) if e.state == "withdrawn"}
        for author, side in course.sides.items():
            if is_gone(author):
                continue
            if ending := told.get(author):
                how, score = _manner(ending)
                yield self._event("leaves", ending.place, author, ending.span, score=score, detail=how)
            elif self._speaks_no_more(course, author, side):
                last = course.last[author]
                yield self._turn("leaves", last, turns[last], "speaks no more", score=_SPEAKS_NO_MORE)

    def _speaks_no_more(self, course: Course, author: str, side: int) -> bool:
        last = course.last[author]
        if course.posts[author][-1] != last or course.asked.get(author, -1) <= last:
            return False
        if len(course.thread.posts) - 1 - last < _STILL_POSTS:
            return False
        later = sum(place > last and other != side for place, other in course.turns)
        return later >= _STILL_TURNS and course.counts[author] > 1

    def _turn(self, kind: str, place: int, turn: Turn, detail: str = "", *, score: float = 1.0) -> Event:
        return self._event(
            kind, place, turn.author, Span(start=turn.start, end=turn.end), score=score, detail=detail
        )

    def _event(
        self,
        kind: str,
        place: int,
        author: str | None = None,
        span: Span | None = None,
        *,
        score: float = 1.0,
        detail: str = "",
    ) -> Event:
        post = self._thread.posts[place].post
        return Event(
            thread_id=self._thread.thread_id,
            number=0,  # told once all are in order
            post_id=post.post_id,
            kind=kind,
            annotator=self._by,
            score=round(score, 4),
            author=author,
            start=None if span is None else span.start,
            end=None if span is None else span.end,
            quote=None if span is None else post.text[span.start : span.end],
            detail=detail or None,
        )


def _manner(ending: Ending) -> tuple[str, float]:
    if ending.state == "withdrawn":
        return "says so", _SAYS_SO
    if ending.demands:
        return "no answer to a demand", _DEMANDED
    return "no answer to a question", _ASKED
