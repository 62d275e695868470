"""Where the posts of a thread use a term: in which clauses, and whether these deny it.

Most threads hold no term that one author denies again and another affirms again. What each post may say is
told by its words alone, and clauses are read of those posts only that hold a term which may be disputed.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import chain

from discourse.analysis.base import PostView, ThreadView
from discourse.analysis.loops.clauses import EXTREME, THIN, Clause, clauses_in, clauses_of, may_deny, term_of
from discourse.analysis.loops.dispute import Links
from discourse.analysis.loops.short_replies import Short, answers_a_question, may_be_short, short_reply
from discourse.model import Span
from discourse.text.gone import is_gone

LANGUAGES = ("en",)  # whose words of denial are known
MIN_POSTS = 5  # that hold the term on either side
MIN_CLASHES = 3  # replies that turn the polarity of a post above
MIN_CLASHES_EXTREME = 2  # the same where the term is itself what is said of something ("the biggest")
AGAIN = 2  # posts in which somebody on either side must say it
_MOST_TERMS = 400  # of one thread that are looked at, the most frequent first
_CARRIED = 30  # words of a post whose clauses a short reply to it takes up
_REMEMBERED = 4096  # sentences of a thread whose clauses are remembered
_MOST_CARRIED = 8  # of these clauses


@dataclass(frozen=True, slots=True)
class Use:
    """One clause of a post that holds a term."""

    post: int
    author: str
    span: Span
    denies: bool
    stems: frozenset[str]  # of the clause's content words
    denied: frozenset[str]  # those that it denies outright; empty where it affirms
    said: bool = True  # in the post itself; a short reply carries the clause of the post that it answers


class Clauses:
    """The clauses of a thread's posts with their terms, each post read when it is asked for."""

    def __init__(self, thread: ThreadView, links: Links) -> None:
        self._thread, self._links = thread, links
        self._read: dict[int, list[tuple[Use, tuple[str, ...]]]] = {}
        self._denying: dict[int, bool] = {}
        self._denied: dict[int, set[str]] = {}
        # of sentences, by post and beginning; they are asked for several words, and for denials apart
        self._said: dict[tuple[int, int], list[tuple[Use, tuple[str, ...]]]] = {}
        self._carried: dict[int, list[tuple[Use, tuple[str, ...]]]] = {}
        # in thread order, since what a reply carries may be carried on
        for place, view in enumerate(thread.posts):
            if may_be_short(view) and (found := self._taken_up(place)):
                self._carried[place] = found

    def is_read(self, place: int) -> bool:
        """Say whether a post is in a language whose words are known; others have no clauses."""
        return self._thread.posts[place].post.lang in (None, *LANGUAGES)

    def of(self, place: int) -> list[tuple[Use, tuple[str, ...]]]:
        """Return the clauses of a post, and those that a short reply takes from the post that it answers."""
        if place not in self._read:
            self._read[place] = [*self._own(place), *self._carried.get(place, ())]
        return self._read[place]

    def may_deny(self, place: int) -> bool:
        """Say whether a clause of a post can deny anything."""
        if place not in self._denying:
            self._denying[place] = may_deny(self._thread.posts[place].words) or any(
                use.denies for use, _ in self._carried.get(place, ())
            )
        return self._denying[place]

    def may_clash(self, term: str, places: Sequence[int]) -> bool:
        """Say whether enough of the posts that hold a term stand below another's where either may deny it."""
        posts, deny = self._thread.posts, {place for place in places if self.may_deny(place)}
        held, clashes = set(places), 0
        for place in places:
            author = posts[place].post.author
            others = [u for u in self._links.near(place) if u in held and posts[u].post.author != author]
            clashes += (place in deny and bool(others)) + any(up in deny for up in others)
        return clashes >= least_clashes(term)

    def stems(self, place: int) -> Iterable[str]:
        """Return the terms of one word that clauses of a post can hold, and others; some of them twice."""
        own = map(term_of, self._thread.posts[place].words)
        carried = self._carried.get(place)
        return own if carried is None else chain(own, *(terms for _, terms in carried))

    def denied(self, place: int) -> Set[str]:
        """Return the terms of one word that clauses of a post can deny, and others."""
        if place not in self._denied:
            view, found = self._thread.posts[place], set[str]()
            for words in map(view.words_in, view.sentences):
                if may_deny(words):
                    found.update(map(term_of, words))
            self._denied[place] = found.union(*(terms for _, terms in self._carried.get(place, ())))
        return self._denied[place]

    def holding(
        self, place: int, stems: frozenset[str], *, denying: bool = False
    ) -> Iterator[tuple[Use, tuple[str, ...]]]:
        """Yield the clauses of a post that hold one of some words, and a few more; no others are read.

        With `denying` those suffice that deny.
        """
        if self.is_read(place):
            view = self._thread.posts[place]
            for sentence in view.sentences:
                words = view.words_in(sentence)
                if not stems.isdisjoint(map(term_of, words)) and (not denying or may_deny(words)):
                    yield from self._in_sentence(place, sentence)
        yield from self._carried.get(place, ())

    def _in_sentence(self, place: int, sentence: Span) -> list[tuple[Use, tuple[str, ...]]]:
        found = self._said.get((place, sentence.start))
        if found is None:
            view = self._thread.posts[place]
            found = [(_use(view, place, clause), clause.terms) for clause in clauses_in(view, sentence)]
            if len(self._said) >= _REMEMBERED:
                self._said.clear()
            self._said[place, sentence.start] = found
        return found

    def told(self, place: int, stems: frozenset[str], *, denies: bool) -> set[str]:
        """Return of some words those that clauses of a post deny, or affirm."""
        its = (terms for use, terms in self.holding(place, stems, denying=denies) if use.denies is denies)
        return {term for terms in its for term in terms if term in stems}

    def _own(self, place: int) -> Iterator[tuple[Use, tuple[str, ...]]]:
        view = self._thread.posts[place]
        if self.is_read(place):
            for clause in clauses_of(view):
                yield _use(view, place, clause), clause.terms

    def _taken_up(self, place: int) -> list[tuple[Use, tuple[str, ...]]]:
        """Return the clauses that a short reply takes from the post that it answers, asserted or denied."""
        up = self._links.answered(place)
        if up is None or not (self.is_read(place) and self.is_read(up)):
            return []
        view, upper = self._thread.posts[place], self._thread.posts[up]
        if len(upper.words) > _CARRIED or view.post.author == upper.post.author:
            return []
        short = short_reply(view)
        if short is None or answers_a_question(upper, None):
            return []
        # along a chain of such replies clauses would pile up
        taken = [(use, terms) for use, terms in self.of(up)[:_MOST_CARRIED] if use.stems]
        return [(_carried(view, place, short, use), terms) for use, terms in taken]


def least_clashes(term: str) -> int:
    """Return how many posts must turn what one above says of a term, for a dispute over it."""
    return MIN_CLASHES_EXTREME if term == EXTREME else MIN_CLASHES


def _use(view: PostView, place: int, clause: Clause) -> Use:
    stems, denied = clause.stems - THIN, clause.denied - THIN
    return Use(place, view.post.author, clause.span, clause.denies, stems, denied)


def _carried(view: PostView, place: int, short: Short, use: Use) -> Use:
    denies = _turned(short, use.denies)
    denied = use.stems if denies else frozenset()
    return Use(place, view.post.author, short.span, denies, use.stems, denied, False)


def _turned(short: Short, denied: bool) -> bool:
    """Say whether a short reply denies what the post above asserts or denies."""
    if short.manner in ("is", "isnt"):
        return short.manner == "isnt"
    return denied if short.manner == "yes" else not denied


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
