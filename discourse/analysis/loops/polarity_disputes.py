"""Disputes over a statement: one side makes it again, the other denies it again.

A statement is found by a term, a content word or two beside each other, that the authors of
one side use in clauses that affirm and those of the other in clauses that deny, across
reply links. Most terms of a thread are used both ways by everybody: what is kept must part
the authors cleanly, and each clause must say nearly what one of the other side denies.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from msgspec.structs import replace

from discourse.analysis.base import ThreadView
from discourse.analysis.loops.clauses import EXTREME
from discourse.analysis.loops.criteria import MIN_EMPTY_SHARE_DENIED, loop_parts
from discourse.analysis.loops.dispute import Dispute, Links, Stand, distinct
from discourse.analysis.loops.novelty import Sayings
from discourse.analysis.loops.polarity_clauses import Clauses, Use, least_clashes
from discourse.analysis.loops.polarity_uses import all_terms, contested_terms

MIN_CLEAN = 0.66  # of an author's clauses with the term that must have one polarity
MIN_SHARED = 0.6  # of the shorter clause's content stems that a clause of the other side must hold
MIN_SHARED_EXTREME = 0.5  # the same of what is the biggest: of what, is said in other words ("of the war")
_SCORE = 0.6  # of a turn: a term's polarity is a hint at a claim, not the claim
_SHORT = 3  # content stems of a clause so short that one word in common is what it says
_WIDE = 4  # content stems of a clause that is added to a dispute for its term alone
_COMPARED = 60  # clauses of one side with which those of the other are compared


def polarity_disputes(thread: ThreadView, links: Links) -> list[Dispute]:
    """Find the statements that a thread's authors assert and deny along reply links.

    Only those are kept that the codebook would call loops: any common word stands in
    clauses of both kinds, and tells nothing before its turns are counted.
    """
    clauses = Clauses(thread, links)
    found = list(_found(thread, links, contested_terms(thread, clauses)))
    if not found:
        return []
    # of a thread's terms only the most frequent count
    frequent = all_terms(thread, clauses)
    found = [f for f in found if f[1] in frequent]
    found.sort(key=lambda f: (-f[0], f[2].stands[0].post, f[1]))
    return distinct([dispute for _clashes, _term, dispute in found])


def _found(
    thread: ThreadView, links: Links, terms: Mapping[str, Sequence[Use]]
) -> Iterator[tuple[int, str, Dispute]]:
    """Yield the disputes over some terms, each with its clashes and its term."""
    for term, uses in terms.items():
        enough = least_clashes(term)
        if _most_clashes(links, uses) < enough:
            continue
        clashes, dispute = _dispute(links, term, uses)
        if clashes < enough:
            continue
        known = frozenset(term.split())
        sayings = thread.remembered(Sayings)
        if loop_parts(thread, sayings, dispute.stands, known, least_empty=MIN_EMPTY_SHARE_DENIED):
            yield clashes, term, _widened(dispute, uses)


def _most_clashes(links: Links, uses: Sequence[Use]) -> int:
    """Count the posts that may clash with one above, whatever else their clauses say; often none."""
    told: dict[bool, dict[int, str]] = {True: {}, False: {}}  # authors of the posts, by what they say
    for use in uses:
        told[use.denies][use.post] = use.author
    return sum(
        any(author != others.get(up, author) for up in links.near(place))
        for denies, others in ((True, told[False]), (False, told[True]))
        for place, author in told[denies].items()
    )


def _dispute(links: Links, term: str, uses: Sequence[Use]) -> tuple[int, Dispute]:
    """Return the posts that take a side with a term, and how many of them clash with one above."""
    opposed = _opposed(term, uses)
    sides = _sides(opposed)
    at: dict[int, Use] = {}
    for use in _opposed(term, [u for u in opposed if sides.get(u.author) == int(u.denies)]):
        at.setdefault(use.post, use)
    clashes = sum(
        any(up in at and _clash(term, use, at[up]) for up in links.near(place)) for place, use in at.items()
    )
    stands = tuple(
        Stand(place, int(use.denies), use.span, False, _SCORE, use.said) for place, use in sorted(at.items())
    )
    return clashes, Dispute(attribute=term, values=None, stands=stands)


def _widened(dispute: Dispute, uses: Sequence[Use]) -> Dispute:
    """Add to a dispute the short clauses with its term that say it in other words.

    Whose side is known keeps it; others take that of all their clauses with the term.
    """
    sides = _sides(uses)
    at = {stand.post: stand for stand in dispute.stands}
    sides |= {use.author: at[use.post].side for use in uses if use.post in at}
    for use in uses:
        is_short = 0 < len(use.stems) <= _WIDE
        if use.post not in at and is_short and sides.get(use.author) == int(use.denies):
            at[use.post] = Stand(use.post, int(use.denies), use.span, False, _SCORE, False)
    return replace(dispute, stands=tuple(at[post] for post in sorted(at)))


def _opposed(term: str, uses: Sequence[Use]) -> list[Use]:
    """Keep the clauses that say nearly what a clause of the other side denies, or deny what one says."""
    kinds: dict[bool, list[Use]] = {True: [], False: []}
    for use in uses:
        if len(kinds[use.denies]) < _COMPARED:
            kinds[use.denies].append(use)
    return [use for use in uses if _meets(term, use, kinds[not use.denies])]


def _meets(term: str, use: Use, others: Sequence[Use]) -> bool:
    # a loop, as this is what most of the time goes into
    for other in others:  # noqa: SIM110
        if use.author != other.author and _near(term, use, other):
            return True
    return False


def _near(term: str, one: Use, other: Use) -> bool:
    """Say whether one of two clauses denies what the other says.

    They have most words of the shorter one in common, two or more of them; one is enough where
    either says little else, or where it is what is denied ("there is no curfew").
    """
    common = one.stems & other.stems
    if not common:
        return False
    shorter, longer = len(one.stems), len(other.stems)
    if longer < shorter:
        shorter, longer = longer, shorter
    least = MIN_SHARED_EXTREME if term == EXTREME else MIN_SHARED
    if len(common) >= least * shorter and (len(common) > 1 or longer < _SHORT or term == EXTREME):
        return True
    denied = one if one.denies else other
    return term in denied.denied and len(denied.stems) <= _SHORT


def _clash(term: str, lower: Use, upper: Use) -> bool:
    """Say whether one clause denies what the other states."""
    return lower.denies != upper.denies and lower.author != upper.author and _near(term, lower, upper)


def _sides(uses: Sequence[Use]) -> dict[str, int]:
    """Give a side to each author whose clauses with the term have clearly one polarity."""
    votes: dict[str, Counter[bool]] = defaultdict(Counter)
    for use in uses:
        votes[use.author][use.denies] += 1
    sides = {}
    for author, vote in votes.items():
        denies = vote[True] > vote[False]
        if vote[denies] >= MIN_CLEAN * vote.total():
            sides[author] = int(denies)
    return sides
