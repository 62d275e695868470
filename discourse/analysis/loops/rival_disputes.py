"""Disputes over what something is: one side says again that it is this, the other that it is that.

Neither claim need deny the other in words ("it was the frost" / "it's the gravel"). A term counts
where an author gives it in a few words as what the matter is or who is to blame, where an author of the
other side gives another one in answer, where both come back to theirs, and where neither takes up the
rival's but to deny or to question it.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from discourse.analysis.base import ThreadView
from discourse.analysis.loops.criteria import MIN_EMPTY_SHARE_DENIED, MIN_TURNS, loop_parts
from discourse.analysis.loops.dispute import Dispute, Links, Stand, distinct
from discourse.analysis.loops.naming import Piece
from discourse.analysis.loops.novelty import Sayings
from discourse.analysis.loops.rival_terms import (
    MIN_AGAIN,
    Names,
    Pieces,
    Said,
    Uses,
    addresses_of,
    answered,
    held,
    may_hold_rivals,
    used,
)

MIN_NAMED = 2  # of the turns that answer the other side, those that name a term where the other one does
MIN_CLASHES = 3  # turns that answer one of the other side
_SCORE = 0.6  # of a turn: what it is called is a hint at a claim, not the claim
_SHORT = 6  # content words of a stretch that says little beside its term
_MOST_PAIRS = 60  # pairs of authors of one thread that are looked at, those who clash most first

Events = list[tuple[Names, Names]]  # what the first of two authors names, and the second, in answers


def rival_disputes(thread: ThreadView, links: Links) -> list[Dispute]:
    """Find the rival terms that authors hold against each other in answer to each other."""
    pieces = Pieces(thread)
    if not may_hold_rivals(thread, links, pieces):
        return []
    said = pieces.all()
    answers = [answered(thread, links, place) for place in range(len(thread.posts))]
    uses = _uses(thread, said)
    sayings = thread.remembered(Sayings)
    names = addresses_of(thread)
    again = Counter(key for its in said for key in {key for piece in its for key in piece.named})
    found: list[tuple[int, Dispute]] = []
    for (one, other), events in _pairs(thread, pieces, answers).items():
        own = (held(uses[one], uses[other], names), held(uses[other], uses[one], names))
        if not any(mine.named & own[0] and its.named & own[1] for mine, its in events):
            continue
        terms = (
            _terms(uses, (one, other), events, own, again),
            _terms(uses, (other, one), _turned(events), own[::-1], again),
        )
        stands = tuple(
            stand
            for stand in _stands(thread, said, uses, (one, other), terms)
            if stand.exact or answers[stand.post]  # who answers nobody must say it in so many words
        )
        if not all(_is_named_again(said, stands, terms, side) for side in (0, 1)):
            continue
        clashes = _clashes(stands, answers)
        named = _clashes([stand for stand in stands if stand.exact], answers)
        if clashes >= MIN_CLASHES and named >= MIN_NAMED and len(stands) >= MIN_TURNS:
            known = terms[0] | terms[1]
            if loop_parts(thread, sayings, stands, known, least_empty=MIN_EMPTY_SHARE_DENIED):
                plain = tuple(_marked(said, stands, terms))
                found.append((clashes, Dispute("", None, plain)))
    found.sort(key=lambda f: (-f[0], f[1].stands[0].post))
    return distinct([dispute for _clashes, dispute in found])


def _terms(
    uses: Uses,
    pair: tuple[str, str],
    events: Events,
    own: tuple[frozenset[str], frozenset[str]],
    again: Counter[str],
) -> frozenset[str]:
    """Return the terms of an author's that meet those of a rival, with what else he says it is there."""
    terms: set[str] = set()
    for mine, its in events:
        if its.named & own[1]:
            terms |= mine.named & own[0]
            terms |= {key for key in mine.told if key not in uses[pair[1]] and again[key] >= MIN_AGAIN}
    return frozenset(terms)


def _turned(events: Events) -> Events:
    return [(its, mine) for mine, its in events]


def _uses(thread: ThreadView, said: Said) -> Uses:
    posts: dict[str, list[int]] = defaultdict(list)
    for place, view in enumerate(thread.posts):
        posts[view.post.author].append(place)
    return {author: used((place, said[place]) for place in places) for author, places in posts.items()}


def _pairs(
    thread: ThreadView, pieces: Pieces, answers: Sequence[tuple[int, ...]]
) -> dict[tuple[str, str], Events]:
    """Return who names one thing in answer to who names another, and what, those first who do most."""
    events: dict[tuple[str, str], Events] = defaultdict(list)
    for place, ups in enumerate(answers):
        for up in ups:
            upper, lower = pieces.names(up), pieces.names(place)
            if upper.meets(lower):
                low, high = thread.posts[place].post.author, thread.posts[up].post.author
                pair = (high, low) if high < low else (low, high)
                events[pair].append((upper, lower) if high < low else (lower, upper))
    most = sorted(events, key=lambda pair: (-len(events[pair]), pair))
    return {pair: events[pair] for pair in most[:_MOST_PAIRS]}


def _stands(
    thread: ThreadView,
    said: Said,
    uses: Uses,
    pair: tuple[str, str],
    terms: tuple[frozenset[str], frozenset[str]],
) -> tuple[Stand, ...]:
    sides = _sides(uses, pair, terms)
    stands = []
    for place, pieces in enumerate(said):
        side = sides.get(thread.posts[place].post.author)
        if side is None:
            continue
        best = min(
            (
                (rank, piece.span.start, piece)
                for piece in pieces
                if (rank := _rank(piece, side, terms)) is not None
            ),
            key=lambda r: r[:2],
            default=None,
        )
        if best is not None:
            stands.append(Stand(place, side, best[2].span, False, _SCORE, best[0] == 0))
    return tuple(stands)


def _sides(uses: Uses, pair: tuple[str, str], terms: tuple[frozenset[str], frozenset[str]]) -> dict[str, int]:
    """Give a side to two authors and to those who name the terms of one side alone."""
    sides = {pair[0]: 0, pair[1]: 1}
    for author, its in uses.items():
        if author not in sides:
            named = [any(key in its and its[key][1] for key in sorted(terms[side])) for side in (0, 1)]
            if named[0] != named[1]:
                sides[author] = int(named[1])
    return sides


def _rank(piece: Piece, side: int, terms: tuple[frozenset[str], frozenset[str]]) -> int | None:
    """Return how plainly a stretch speaks for a side, 0 best; None where it does not."""
    own, rival = piece.keys & terms[side], piece.keys & terms[1 - side]
    if piece.denies or piece.asks:
        return 2 if rival and not own else None
    if piece.named & terms[side]:
        return 0
    return 1 if own and not rival and len(piece.keys) <= _SHORT else None


def _is_named_again(
    said: Said, stands: Sequence[Stand], terms: tuple[frozenset[str], frozenset[str]], side: int
) -> bool:
    """Say whether one term of a side is named in several of its posts."""
    counts: Counter[str] = Counter()
    for stand in stands:
        if stand.side == side and stand.exact:
            counts.update({key for piece in said[stand.post] for key in piece.named & terms[side]})
    return max(counts.values(), default=0) >= MIN_AGAIN


def _marked(
    said: Said, stands: Sequence[Stand], terms: tuple[frozenset[str], frozenset[str]]
) -> Iterator[Stand]:
    """Yield the stands, those alone marked as exact that name the term that their side names most often."""
    counts: tuple[Counter[str], Counter[str]] = (Counter(), Counter())
    names = [
        frozenset(
            key for piece in said[s.post] if piece.span == s.span for key in piece.named & terms[s.side]
        )
        for s in stands
    ]
    for stand, its in zip(stands, names, strict=True):
        counts[stand.side].update(its)
    best = [min(count, key=lambda key: (-count[key], key)) for count in counts]
    for stand, its in zip(stands, names, strict=True):
        yield replace(stand, exact=best[stand.side] in its)


def _clashes(stands: Sequence[Stand], answers: Sequence[tuple[int, ...]]) -> int:
    sides = {stand.post: stand.side for stand in stands}
    return sum(any(sides.get(up) == 1 - side for up in answers[place]) for place, side in sides.items())
