"""Where the posts of a thread use a term: in which clauses, and whether these deny it.

Most threads hold no term that one author denies again and another affirms again. What each post may say is
told by its words alone, and clauses are read of those posts only that hold a term which may be disputed.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set

from discourse.analysis.base import ThreadView
from discourse.analysis.loops.clauses import THIN
from discourse.analysis.loops.polarity_clauses import Clauses, Use
from discourse.text.gone import is_gone

MIN_POSTS = 5  # that hold the term on either side
AGAIN = 2  # posts in which somebody on either side must say it
_MOST_TERMS = 400  # of one thread that are looked at, the most frequent first


def all_terms(thread: ThreadView, clauses: Clauses) -> dict[str, list[Use]]:
    """Collect the clauses in which each term stands, of the terms that most posts hold."""
    uses = _uses((said for place in range(len(thread.posts)) for said in clauses.of(place)), None)
    posts = {term: len({use.post for use in its}) for term, its in uses.items()}
    kept = sorted((t for t in uses if posts[t] >= MIN_POSTS), key=lambda t: (-posts[t], t))
    return {term: uses[term] for term in kept[:_MOST_TERMS]}


def contested_terms(thread: ThreadView, clauses: Clauses) -> dict[str, list[Use]]:
    """Collect the clauses of terms that five posts hold, and that two authors deny and affirm in two each.

    No other term can part the authors of a loop; how common the terms are beside others is not looked at.
    """
    stems = _contested_stems(thread, clauses)
    if not stems:
        return {}
    said = (s for place in range(len(thread.posts)) for s in clauses.holding(place, stems))
    return {term: its for term, its in _uses(said, stems).items() if _is_contested(its)}


def _uses(said: Iterable[tuple[Use, tuple[str, ...]]], stems: frozenset[str] | None) -> dict[str, list[Use]]:
    """Bring together the clauses of each term, or of each that holds one of some words."""
    uses: dict[str, list[Use]] = defaultdict(list)
    for use, terms in said:
        for term in terms:
            words = term.split()
            if not THIN.issuperset(words) and (stems is None or not stems.isdisjoint(words)):
                uses[term].append(use)
    return uses


def _is_contested(uses: Sequence[Use]) -> bool:
    posts = {(use.post, use.author, use.denies) for use in uses}
    if len({post for post, _, _ in posts}) < MIN_POSTS:
        return False
    counts = Counter((author, denies) for _, author, denies in posts)
    again = [key for key, count in counts.items() if count >= AGAIN and not is_gone(key[0])]
    deny, affirm = ({author for author, denies in again if denies is side} for side in (True, False))
    return bool(deny) and bool(affirm) and len(deny | affirm) > 1


def _contested_stems(thread: ThreadView, clauses: Clauses) -> frozenset[str]:
    """Return the words of such terms; clauses are read only of what the words of posts leave over."""
    posts: dict[str, list[int]] = defaultdict(list)
    for place, view in enumerate(thread.posts):
        if clauses.is_read(place):
            posts[view.post.author].append(place)
    again = {a: its for a, its in posts.items() if len(its) >= AGAIN and not is_gone(a)}
    if len(again) < 2:
        return frozenset()
    denying = {
        a: denying for a, its in again.items() if len(denying := list(filter(clauses.may_deny, its))) >= AGAIN
    }
    denied = set[str]().union(*(_in_two(map(clauses.denied, its)) for its in denying.values())) - THIN
    held: dict[str, list[int]] = defaultdict(list)
    for place in (place for its in posts.values() for place in its) if denied else ():
        for stem in denied.intersection(clauses.stems(place)):
            held[stem].append(place)
    common = frozenset(
        stem
        for stem, its in held.items()
        if len(its) >= MIN_POSTS and _two_say(thread, its, again.keys()) and clauses.may_clash(stem, its)
    )
    common = _told_in_two(clauses, denying, common, denies=True)
    return _told_in_two(clauses, again, common, denies=False)


def _told_in_two(
    clauses: Clauses, posts: Mapping[str, Sequence[int]], stems: frozenset[str], *, denies: bool
) -> frozenset[str]:
    """Keep of some words those that clauses in at least two posts of an author deny, or affirm."""
    kept: set[str] = set()
    for places in posts.values() if stems else ():
        held = [stems.intersection(clauses.denied(at) if denies else clauses.stems(at)) for at in places]
        own = _in_two(held)  # clauses are read of no others
        kept |= _in_two(
            clauses.told(at, here & own, denies=denies)
            for at, here in zip(places, held, strict=True)
            if not own.isdisjoint(here)
        )
    return frozenset(kept)


def _in_two(held: Iterable[Set[str]]) -> set[str]:
    """Return the words that at least two of some posts hold, given what each does."""
    once: set[str] = set()
    twice: set[str] = set()
    for here in held:
        twice |= here & once
        once |= here
    twice.discard("")
    return twice


def _two_say(thread: ThreadView, places: Sequence[int], authors: Set[str]) -> bool:
    """Say whether at least two of some authors have written two or more of some posts."""
    counts = Counter(thread.posts[place].post.author for place in places)
    return sum(count >= AGAIN and author in authors for author, count in counts.items()) > 1
