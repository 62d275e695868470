"""Disputes over a statement: one side makes it again, the other denies it again.

A statement is found by a term, a content word or two beside each other, that the authors of
one side use in clauses that affirm and those of the other in clauses that deny, across
reply links. Most terms of a thread are used both ways by everybody: what is kept must part
the authors cleanly, and each clause must say nearly what one of the other side denies.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from discourse.analysis.base import ThreadView
from discourse.analysis.loops.clauses import EXTREME, THIN, clauses_of
from discourse.analysis.loops.criteria import MIN_EMPTY_SHARE_DENIED, loop_parts
from discourse.analysis.loops.dispute import Dispute, Links, Stand, distinct
from discourse.analysis.loops.novelty import Sayings
from discourse.analysis.loops.short_replies import Short, answers_a_question, short_reply
from discourse.model import Span

LANGUAGES = ("en",)  # whose words of denial are known
MIN_POSTS = 5  # that hold the term on either side
MIN_CLASHES = 3  # replies that turn the polarity of a post above
MIN_CLASHES_EXTREME = 2  # the same where the term is itself what is said of something ("the biggest")
MIN_CLEAN = 0.66  # of an author's clauses with the term that must have one polarity
MIN_SHARED = 0.6  # of the shorter clause's content stems that a clause of the other side must hold
MIN_SHARED_EXTREME = 0.5  # the same of what is the biggest: of what, is said in other words ("of the war")
_SCORE = 0.6  # of a turn: a term's polarity is a hint at a claim, not the claim
_MOST_TERMS = 400  # of one thread that are looked at, the most frequent first
_SHORT = 3  # content stems of a clause so short that one word in common is what it says
_WIDE = 4  # content stems of a clause that is added to a dispute for its term alone
_COMPARED = 60  # clauses of one side with which those of the other are compared
_CARRIED = 30  # words of a post whose clauses a short reply to it takes up
_MOST_CARRIED = 8  # of these clauses


@dataclass(frozen=True, slots=True)
class _Use:
    """One clause of a post that holds a term."""

    post: int
    author: str
    span: Span
    denies: bool
    stems: frozenset[str]  # of the clause's content words
    denied: frozenset[str]  # those that it denies outright; empty where it affirms
    said: bool = True  # in the post itself; a short reply carries the clause of the post that it answers


def polarity_disputes(thread: ThreadView, links: Links) -> list[Dispute]:
    """Find the statements that a thread's authors assert and deny along reply links.

    Only those are kept that the codebook would call loops: any common word stands in
    clauses of both kinds, and tells nothing before its turns are counted.
    """
    found: list[tuple[int, str, Dispute]] = []
    sayings = thread.remembered(Sayings)
    for term, uses in _terms(thread, links).items():
        enough = MIN_CLASHES_EXTREME if term == EXTREME else MIN_CLASHES
        if _most_clashes(links, uses) < enough:
            continue
        clashes, dispute = _dispute(links, term, uses)
        if clashes < enough:
            continue
        known = frozenset(term.split())
        if loop_parts(thread, sayings, dispute.stands, known, least_empty=MIN_EMPTY_SHARE_DENIED):
            found.append((clashes, term, _widened(dispute, uses)))
    found.sort(key=lambda f: (-f[0], f[2].stands[0].post, f[1]))
    return distinct([dispute for _clashes, _term, dispute in found])


def _terms(thread: ThreadView, links: Links) -> dict[str, list[_Use]]:
    """Collect the clauses in which each term stands, of terms that enough posts hold."""
    uses: dict[str, list[_Use]] = defaultdict(list)
    at: dict[int, list[tuple[_Use, tuple[str, ...]]]] = {}  # clauses of each post, with their terms
    for place, view in enumerate(thread.posts):
        if view.post.lang not in (None, *LANGUAGES):
            continue
        author = view.post.author
        at[place] = [
            (_Use(place, author, c.span, c.denies, c.stems - THIN, c.denied - THIN), c.terms)
            for c in clauses_of(view)
        ]
        at[place] += _carried(thread, links, place, at)
        for use, terms in at[place]:
            for term in terms:
                if not THIN.issuperset(term.split()):
                    uses[term].append(use)
    posts = {term: len({use.post for use in its}) for term, its in uses.items()}
    kept = sorted((t for t in uses if posts[t] >= MIN_POSTS), key=lambda t: (-posts[t], t))
    return {term: uses[term] for term in kept[:_MOST_TERMS]}


def _carried(
    thread: ThreadView, links: Links, place: int, at: Mapping[int, list[tuple[_Use, tuple[str, ...]]]]
) -> list[tuple[_Use, tuple[str, ...]]]:
    """Return the clauses that a short reply takes from the post that it answers, asserted or denied."""
    up = links.answered(place)
    if up is None or up not in at or len(thread.posts[up].words) > _CARRIED:
        return []
    view, upper = thread.posts[place], thread.posts[up]
    short = short_reply(view) if view.post.author != upper.post.author else None
    if short is None or answers_a_question(upper, None):
        return []
    carried = []
    # along a chain of such replies clauses would pile up
    for use, terms in at[up][:_MOST_CARRIED]:
        if use.stems:
            denies = _turned(short, use.denies)
            denied = use.stems if denies else frozenset()
            carried.append(
                (_Use(place, view.post.author, short.span, denies, use.stems, denied, False), terms)
            )
    return carried


def _turned(short: Short, denied: bool) -> bool:
    """Say whether a short reply denies what the post above asserts or denies."""
    if short.manner in ("is", "isnt"):
        return short.manner == "isnt"
    return denied if short.manner == "yes" else not denied


def _most_clashes(links: Links, uses: Sequence[_Use]) -> int:
    """Count the posts that may clash with one above, whatever else their clauses say; often none."""
    told: dict[bool, dict[int, str]] = {True: {}, False: {}}  # authors of the posts, by what they say
    for use in uses:
        told[use.denies][use.post] = use.author
    return sum(
        any(author != others.get(up, author) for up in links.near(place))
        for denies, others in ((True, told[False]), (False, told[True]))
        for place, author in told[denies].items()
    )


def _dispute(links: Links, term: str, uses: Sequence[_Use]) -> tuple[int, Dispute]:
    """Return the posts that take a side with a term, and how many of them clash with one above."""
    opposed = _opposed(term, uses)
    sides = _sides(opposed)
    at: dict[int, _Use] = {}
    for use in _opposed(term, [u for u in opposed if sides.get(u.author) == int(u.denies)]):
        at.setdefault(use.post, use)
    clashes = sum(
        any(up in at and _clash(term, use, at[up]) for up in links.near(place)) for place, use in at.items()
    )
    stands = tuple(
        Stand(place, int(use.denies), use.span, False, _SCORE, use.said) for place, use in sorted(at.items())
    )
    return clashes, Dispute(attribute=term, values=None, stands=stands)


def _widened(dispute: Dispute, uses: Sequence[_Use]) -> Dispute:
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


def _opposed(term: str, uses: Sequence[_Use]) -> list[_Use]:
    """Keep the clauses that say nearly what a clause of the other side denies, or deny what one says."""
    kinds: dict[bool, list[_Use]] = {True: [], False: []}
    for use in uses:
        if len(kinds[use.denies]) < _COMPARED:
            kinds[use.denies].append(use)
    return [use for use in uses if _meets(term, use, kinds[not use.denies])]


def _meets(term: str, use: _Use, others: Sequence[_Use]) -> bool:
    # a loop, as this is what most of the time goes into
    for other in others:  # noqa: SIM110
        if use.author != other.author and _near(term, use, other):
            return True
    return False


def _near(term: str, one: _Use, other: _Use) -> bool:
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


def _clash(term: str, lower: _Use, upper: _Use) -> bool:
    """Say whether one clause denies what the other states."""
    return lower.denies != upper.denies and lower.author != upper.author and _near(term, lower, upper)


def _sides(uses: Sequence[_Use]) -> dict[str, int]:
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
