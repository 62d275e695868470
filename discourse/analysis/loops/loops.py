"""Argument loops: two sides that hold a pair of conflicting claims against each other over and over."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from discourse.analysis.base import ThreadView, maker, read_threads
from discourse.analysis.loops.circling import OVERLAP, shared_part
from discourse.analysis.loops.claim_rows import claims_by_thread
from discourse.analysis.loops.criteria import (
    MIN_EMPTY_SHARE,
    MIN_EMPTY_SHARE_DENIED,
    MIN_EMPTY_SHARE_RATED,
    Part,
    claimed,
    loop_parts,
)
from discourse.analysis.loops.dispute import Stand, with_own_quotes
from discourse.analysis.loops.kinds import loop_kind
from discourse.analysis.loops.loop_state import loop_state
from discourse.analysis.loops.novelty import Sayings
from discourse.analysis.loops.question import EXCHANGES, question
from discourse.model import Annotation, Claim, Loop, Span, Turn
from discourse.tables import LOOPS, TURNS, Tables, frame_of

_SAME = 0.5  # F1 of turns from which a dispute over a term is an exchange that is found besides
Candidate = tuple[Claim, Claim, list[Part]]


class Loops:
    """Keeps the pairs of conflicting claims that the codebook counts as loops.

    At least five turns and three changes of side, three restatements, one on each side; no
    author on both sides. Half of the restatements are empty where values are disputed, a
    third where a statement is denied; of what a model took for a loop none need be, as it
    has weighed that itself. Those that words show come before those that the model inferred;
    both are numbered by their first turn.
    """

    name = "loops"
    version = 4
    requires = frozenset(
        {"posts", "claims", "claims:exchanges", "annotations:claim", "annotations:claim:exchanges"}
        | {"annotations:quote"}
    )
    assigns = frozenset({"loops", "turns"})

    def analyze(self, tables: Tables) -> Tables:
        """Return the loops of each thread with their turns."""
        pairs = {
            name: pairs for name, its in claims_by_thread(tables).items() if (pairs := list(_pairs(its)))
        }
        loops: list[Loop] = []
        turns: list[Turn] = []
        for thread in read_threads(tables) if pairs else ():
            if its := pairs.get(thread.thread_id):
                for loop, its_turns in _loops_of(with_own_quotes(thread), its, maker(self)):
                    loops.append(loop)
                    turns += its_turns
        return Tables({"loops": frame_of(LOOPS, loops), "turns": frame_of(TURNS, turns)})


def _loops_of(
    thread: ThreadView, pairs: Sequence[tuple[Claim, Claim]], by: str
) -> Iterator[tuple[Loop, list[Turn]]]:
    rows: dict[str, list[Annotation]] = defaultdict(list)
    for row in thread.annotations:
        if row.layer == "claim" and row.target is not None:
            rows[row.target].append(row)
    candidates = []
    sayings = thread.remembered(Sayings)
    for first, second in pairs:
        parts = loop_parts(
            thread,
            sayings,
            _stands(thread, (first, second), rows),
            claimed(first.text, second.text, first.value, second.value),
            least_empty=_least_empty(first),
        )
        if parts:
            candidates.append((first, second, parts))
    candidates = _once(candidates)
    candidates.sort(key=lambda c: (_is_rated(c[0]), c[2][0].post, c[0].claim_id))
    for number, (first, second, parts) in enumerate(candidates, start=1):
        loop_id = f"{thread.thread_id}:l{number}"
        yield _loop(thread, loop_id, (first, second), parts, by), _turns(thread, loop_id, parts, by)


def _once(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Leave out the disputes over a term that are also an exchange, or share many turns with a longer one.

    An exchange knows more of the turns, and two terms of one quarrel are no two disputes.
    """
    kept = [c for c in candidates if c[0].value is not None or _is_rated(c[0])]
    exchanges = [_posts(candidate) for candidate in kept if _is_rated(candidate[0])]
    longer: list[set[int]] = []
    terms = sorted((c for c in candidates if c not in kept), key=lambda c: (-len(c[2]), c[0].claim_id))
    for candidate in terms:
        posts = _posts(candidate)
        is_exchange = any(shared_part(posts, other) >= _SAME for other in exchanges)
        if not is_exchange and all(shared_part(posts, other) < OVERLAP for other in longer):
            kept.append(candidate)
            longer.append(posts)
    return kept


def _posts(candidate: Candidate) -> set[int]:
    return {part.post for part in candidate[2]}


def _least_empty(claim: Claim) -> float:
    if _is_rated(claim):
        return MIN_EMPTY_SHARE_RATED
    return MIN_EMPTY_SHARE if claim.value else MIN_EMPTY_SHARE_DENIED


def _is_rated(claim: Claim) -> bool:
    return claim.annotator.partition("@")[0] == EXCHANGES


def _pairs(claims: Sequence[Claim]) -> Iterator[tuple[Claim, Claim]]:
    by_id = {claim.claim_id: claim for claim in claims}
    done: set[frozenset[str]] = set()
    for claim in claims:
        for other in (claim.conflicts_with or "").split():
            pair = frozenset({claim.claim_id, other})
            if other in by_id and pair not in done:
                done.add(pair)
                yield claim, by_id[other]


def _stands(
    thread: ThreadView, pair: tuple[Claim, Claim], rows: Mapping[str, Sequence[Annotation]]
) -> list[Stand]:
    """Read back from the claim rows who stands where; the surest row of a post decides."""
    places = thread.places
    taken = [
        (-row.score, places[row.post_id], row, side if row.label == "asserts" else 1 - side)
        for side, claim in enumerate(pair)
        for row in rows.get(claim.claim_id, ())
        if row.post_id in places
    ]
    return [
        Stand(place, side, Span(start=row.start, end=row.end), row.label == "denies", score=row.score)
        for _rank, place, row, side in sorted(taken, key=lambda t: (t[1], t[0], t[2].start))
    ]


def _loop(
    thread: ThreadView, loop_id: str, pair: tuple[Claim, Claim], parts: Sequence[Part], by: str
) -> Loop:
    restated = [part for part in parts if part.restates]
    return Loop(
        loop_id=loop_id,
        annotator=by,
        question=question(thread, *pair),
        claim_a=pair[0].claim_id,
        claim_b=pair[1].claim_id,
        kind=loop_kind(thread, {part.post for part in parts}, has_values=pair[0].value is not None),
        state=loop_state(thread, [part.post for part in parts], [part.side for part in parts]),
        turns=len(parts),
        restatements=len(restated),
        empty_restatements=sum(part.brought.is_empty for part in restated),
        first_post=thread.posts[parts[0].post].post.post_id,
        last_post=thread.posts[parts[-1].post].post.post_id,
        score=round(sum(part.score for part in parts) / len(parts), 4),
    )


def _turns(thread: ThreadView, loop_id: str, parts: Sequence[Part], by: str) -> list[Turn]:
    return [
        Turn(
            loop_id=loop_id,
            post_id=thread.posts[part.post].post.post_id,
            annotator=by,
            turn=number,
            author=thread.posts[part.post].post.author,
            side="b" if part.side else "a",
            role="restatement" if part.restates else "assertion",
            is_empty=part.restates and part.brought.is_empty,
            has_evidence=part.brought.has_evidence,
            novelty=part.brought.novelty,
            start=part.span.start,
            end=part.span.end,
            brought=" ".join(part.brought.kinds) or None,
            brought_start=part.brought.span.start if part.brought.span else None,
            brought_end=part.brought.span.end if part.brought.span else None,
        )
        for number, part in enumerate(parts, start=1)
    ]
