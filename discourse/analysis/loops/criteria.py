"""The codebook's criteria for a loop, and the turns on which they are checked."""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from msgspec import Struct

from discourse.analysis.base import ThreadView
from discourse.analysis.loops.dispute import Stand
from discourse.analysis.loops.novelty import Brought, Memory, Sayings, brought
from discourse.model import Span
from discourse.text.gone import is_gone
from discourse.text.quantities import find_quantities
from discourse.text.tokens import content_stems, tokenise

MIN_TURNS = 5
MIN_CHANGES = 3  # of side, along the turns
MIN_RESTATEMENTS = 3
MIN_EMPTY_SHARE = 0.5  # of the restatements
# the same of statements that are denied: in long posts what is new is often misread
MIN_EMPTY_SHARE_DENIED = 1 / 3
# the same of exchanges that a model took for loops: it has weighed what is new over all of their posts
MIN_EMPTY_SHARE_RATED = 0.0


class Part(Struct, frozen=True):
    """One post's part in a candidate for a loop."""

    post: int  # place in the thread, 0-based
    side: int  # 0 or 1
    span: Span
    score: float
    restates: bool
    brought: Brought


def may_circle(thread: ThreadView) -> bool:
    """Say whether authors of a thread come back often enough for any loop; in most threads they do not.

    Two of them must post twice or more, as somebody on each side restates; who is gone does not count.
    """
    counts = Counter(view.post.author for view in thread.posts)
    again = [count for author, count in counts.items() if count > 1 and not is_gone(author)]
    return len(thread.posts) >= MIN_TURNS and len(again) > 1 and sum(again) - len(again) >= MIN_RESTATEMENTS


def claimed(*texts: str | None) -> frozenset[str]:
    """Return the stems and values of some claims: what is no news when it is said again."""
    kept = [text for text in texts if text]
    words = [token.word for text in kept for token in tokenise(text)]
    values = [q.label for text in kept for q in find_quantities(text)]
    return frozenset([*content_stems(words), *values, *kept])


def loop_parts(
    thread: ThreadView,
    sayings: Sayings,
    stands: Sequence[Stand],
    known: frozenset[str],
    *,
    least_empty: float = MIN_EMPTY_SHARE,
) -> list[Part]:
    """Lay out who asserts what where, in thread order, one part a post; nothing where it is no loop.

    An author keeps the side of his first turn; a post of his that is read as on the other side is left
    out, for it may be misread.

    Parameters
    ----------
    known
        Labels of the disputed values and stems of the claims: no news to anybody.
    least_empty
        Share of the restatements that must bring nothing new.
    """
    turns = _turns(thread, stands)
    if not _has_shape(turns):
        return []
    news: dict[int, Brought] = {}
    at = {stand.post: stand for stand, _restates in turns}
    for author in dict.fromkeys(thread.posts[place].post.author for place in at):
        memory = Memory()
        for place in sayings.places[author]:
            said = sayings.of(place)
            if place in at:
                news[place] = brought(
                    thread.posts[place],
                    said,
                    at[place].span,
                    memory,
                    claimed=known,
                    common_length=sayings.common_length,
                )
            memory.take(said)
    parts = [Part(s.post, s.side, s.span, s.score, restates, news[s.post]) for s, restates in turns]
    restated = [part for part in parts if part.restates]
    empty = sum(part.brought.is_empty for part in restated)
    return parts if empty >= least_empty * len(restated) else []


def _turns(thread: ThreadView, stands: Sequence[Stand]) -> list[tuple[Stand, bool]]:
    """Return the surest stand of each post, and whether its author has taken that side before."""
    at: dict[int, Stand] = {}
    for stand in sorted(stands, key=lambda s: (s.post, -s.score, s.span.start)):
        at.setdefault(stand.post, stand)
    sides: dict[str, int] = {}
    turns: list[tuple[Stand, bool]] = []
    for place in sorted(at):
        author = thread.posts[place].post.author
        if is_gone(author):  # many people, or nobody
            continue
        if sides.get(author, at[place].side) == at[place].side:
            turns.append((at[place], author in sides))
            sides[author] = at[place].side
    return turns


def _has_shape(turns: Sequence[tuple[Stand, bool]]) -> bool:
    """Check every criterion but the emptiness of restatements, which costs more."""
    changes = sum(one.side != two.side for (one, _), (two, _) in pairwise(turns))
    restated = [stand for stand, restates in turns if restates]
    return (
        len(turns) >= MIN_TURNS
        and changes >= MIN_CHANGES
        and len(restated) >= MIN_RESTATEMENTS
        and {stand.side for stand in restated} == {0, 1}
    )
