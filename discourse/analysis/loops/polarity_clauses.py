"""The clauses of a thread's posts, and those that short replies carry on, each read when it is asked for."""

from collections.abc import Iterable, Iterator, Sequence, Set
from itertools import chain

from msgspec import Struct

from discourse.analysis.base import PostView, ThreadView
from discourse.analysis.loops.clauses import EXTREME, THIN, Clause, clauses_in, clauses_of, may_deny, term_of
from discourse.analysis.loops.dispute import Links
from discourse.analysis.loops.short_replies import Short, answers_a_question, may_be_short, short_reply
from discourse.model import Span

LANGUAGES = ("en",)  # whose words of denial are known
MIN_CLASHES = 3  # replies that turn the polarity of a post above
MIN_CLASHES_EXTREME = 2  # the same where the term is itself what is said of something ("the biggest")
_CARRIED = 30  # words of a post whose clauses a short reply to it takes up
_REMEMBERED = 4096  # sentences of a thread whose clauses are remembered
_MOST_CARRIED = 8  # of these clauses


class Use(Struct, frozen=True):
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
